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

export interface ScanState {
  /** Keys of the burst so far, held back. */
  readonly held: string;
  readonly lastMs: number;
  /** The tail of a broken burst is being swallowed. */
  readonly broken: boolean;
}

export type ScanResult =
  /** Keys that a person typed, now let go in their order; `Enter` too. */
  | { readonly kind: "typed"; readonly keys: readonly string[] }
  | { readonly kind: "scanned"; readonly text: string }
  /** A burst that never got its Enter: the scanner isn't set to send one, or the code was cut. */
  | { readonly kind: "broken" };

export interface ScanStep {
  readonly state: ScanState;
  readonly results: readonly ScanResult[];
}

export const noScan: ScanState = { held: "", lastMs: Number.NEGATIVE_INFINITY, broken: false };

const typed = (keys: string): readonly ScanResult[] =>
  keys === "" ? [] : [{ kind: "typed", keys: keys.split("") }];

/** Silence: lets held keys go, or gives up on a burst. Call when `burstGapMs` passed without a key. */
export function afterSilence(state: ScanState, nowMs: number): ScanStep {
  const quietMs = nowMs - state.lastMs;
  if (state.broken) {
    return quietMs >= brokenBurstQuietMs ? { state: noScan, results: [] } : { state, results: [] };
  }
  if (quietMs < burstGapMs || state.held === "") return { state, results: [] };
  if (state.held.length >= burstLengthMin) {
    const after = quietMs >= brokenBurstQuietMs ? noScan : { ...state, held: "", broken: true };
    return { state: after, results: [{ kind: "broken" }] };
  }
  return { state: noScan, results: typed(state.held) };
}

/** One key: a printable character, or `Enter`. `atMs` is when it was pressed, not when it was handled. */
export function onScanKey(before: ScanState, key: string, atMs: number): ScanStep {
  const { state, results } = afterSilence(before, atMs);
  if (state.broken) return { state: { ...state, lastMs: atMs }, results };
  if (key !== "Enter") {
    return { state: { held: state.held + key, lastMs: atMs, broken: false }, results };
  }
  if (state.held.length >= burstLengthMin) {
    return { state: noScan, results: [...results, { kind: "scanned", text: state.held }] };
  }
  const keys = [...state.held.split(""), "Enter"];
  return { state: noScan, results: [...results, { kind: "typed", keys }] };
}
