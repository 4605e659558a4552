/**
 * Tells a scanner from a person by the gaps between keys, and holds every key back until that is known, so that no
 * digit of a code ever reaches the amount. A scanner types a character in under 30 ms, a person in over 80 ms.
 */

/** Two keys closer than this belong to one burst. */
export const burstGapMs = 50;
/** Shorter bursts are a quick hand on the number pad; no one types eight keys at this pace. */
export const burstLengthMin = 8;
/** After a burst without its Enter, the rest of it may still be on its way: swallowed until this much silence. */
export const brokenBurstQuietMs = 300;

/** Digits in one breath, as long as a payment code nearly is: one that lost some on a busy computer. */
export const isCutCode = (text: string): boolean => /^\d{10,}$/.test(text);

export interface ScanState {
  /** Keys of the burst so far, held back. */
  readonly held: string;
  readonly lastMs: number;
  /** Keys let go at the last silence. A busy computer delivers keys late, so they may yet turn out to be a burst. */
  readonly letGo: string;
  /** A burst broke off; its tail is being swallowed. */
  readonly broken: boolean;
}

export type ScanResult =
  /** Keys that a person typed, now let go in their order; `Enter` too. */
  | { readonly kind: "typed"; readonly keys: readonly string[] }
  | { readonly kind: "scanned"; readonly text: string }
  /** The keys typed last were the head of a burst after all: undo them. */
  | { readonly kind: "taken_back" }
  /** A burst that never got its Enter: the scanner isn't set to send one, or the code was cut. */
  | { readonly kind: "broken" };

export interface ScanStep {
  readonly state: ScanState;
  readonly results: readonly ScanResult[];
}

export const noScan: ScanState = {
  held: "",
  lastMs: Number.NEGATIVE_INFINITY,
  letGo: "",
  broken: false,
};

/** Silence: lets held keys go, or gives up on a burst. Call when `burstGapMs` passed without a key. */
export function afterSilence(state: ScanState, nowMs: number): ScanStep {
  const quietMs = nowMs - state.lastMs;
  if (state.broken || state.held === "") {
    return { state: quietMs >= brokenBurstQuietMs ? noScan : state, results: [] };
  }
  if (quietMs < burstGapMs) return { state, results: [] };
  const broken = state.held.length >= burstLengthMin;
  const after = { ...noScan, lastMs: state.lastMs, letGo: state.held, broken };
  return {
    state: quietMs >= brokenBurstQuietMs ? noScan : after,
    results: [broken ? { kind: "broken" } : { kind: "typed", keys: state.held.split("") }],
  };
}

/** One key: a printable character, or `Enter`. `atMs` is when it was pressed, not when it was handled. */
export function onScanKey(before: ScanState, key: string, atMs: number): ScanStep {
  const silence = afterSilence(before, atMs);
  const { results } = silence;
  const goesOn = silence.state.letGo !== "" && atMs - silence.state.lastMs < burstGapMs;
  // Once a key of the tail was swallowed the burst can't be whole any more.
  if (silence.state.broken && !goesOn)
    return { state: { ...silence.state, lastMs: atMs, letGo: "" }, results };
  const head = goesOn ? silence.state.letGo : silence.state.held;
  const undo: readonly ScanResult[] =
    goesOn && !silence.state.broken ? [{ kind: "taken_back" }] : [];
  if (key !== "Enter") {
    const state = { held: head + key, lastMs: atMs, letGo: "", broken: false };
    return { state, results: [...results, ...undo] };
  }
  if (head.length >= burstLengthMin) {
    return { state: noScan, results: [...results, ...undo, { kind: "scanned", text: head }] };
  }
  const keys = [...(goesOn ? "" : head).split("").filter(Boolean), "Enter"];
  return { state: noScan, results: [...results, { kind: "typed", keys }] };
}
