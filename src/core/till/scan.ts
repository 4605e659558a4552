/**
 * Tells a scanner from a person by the gaps between keys, and holds every key back until that is known, so that no
 * digit of a code ever reaches the amount. A scanner types a character in under 30 ms, a person in over 60 ms. A code
 * that came in pieces is told by its stream: all keys since the last pause that no scanner makes.
 */

/** Two keys closer than this belong to one burst. */
export const burstGapMs = 50;
/** Shorter bursts are a quick hand on the number pad; no one types eight keys at this pace. */
export const burstLengthMin = 8;
/** Keys that follow each other this closely are no hand's. */
export const machineGapMs = 35;
/** A longer pause ends a stream. Within one, a burst may be the rest of a code whose head looked like typing. */
export const streamGapMs = 450;
/** The Enter of a broken scan may come late, and it confirms nothing; a person reads first. */
export const lateEnterMs = 1_500;

/** Where keys go when nobody scans, and what can't be typing there. */
export interface Place {
  /** More digits in one stream are a code, however slowly they come. */
  readonly digitsMax: number;
  /** This many keys with a machine's gaps are a piece of a code. */
  readonly machineLengthMin: number;
}

/** No amount has more digits, and no hand strikes two keys that fast. */
export const atTheAmount: Place = { digitsMax: 10, machineLengthMin: 2 };
/** Order numbers are long, and a short bar code may fill a field. */
export const inAField: Place = {
  digitsMax: Number.POSITIVE_INFINITY,
  machineLengthMin: burstLengthMin,
};

/** Digits in one breath, as long as a payment code nearly is: one that lost some on a busy computer. */
export const isCutCode = (text: string): boolean => /^\d{10,}$/.test(text);

export interface ScanState {
  /** Keys of the burst so far, held back. */
  readonly held: string;
  /** The held keys came faster than any hand. */
  readonly fast: boolean;
  readonly lastMs: number;
  /** Keys let go at the last silence. A busy computer delivers keys late, so they may yet turn out to be a burst. */
  readonly letGo: string;
  /** What this stream has typed before `letGo`. */
  readonly typed: Typed;
  /** A burst broke off; its tail is being swallowed. */
  readonly broken: boolean;
}

interface Typed {
  readonly keys: number;
  /** Digits without another sign between them, up to now. */
  readonly digits: number;
  /** Piece by piece, none of it can be a hand's. */
  readonly byMachine: boolean;
}

export type ScanResult =
  /** Keys that a person typed, now let go in their order; `Enter` too. `begins`: the first ones of their stream. */
  | { readonly kind: "typed"; readonly keys: readonly string[]; readonly begins: boolean }
  /** `amountInDoubt`: the digit or two before it may be the head of this code, and no part of the amount. */
  | { readonly kind: "scanned"; readonly text: string; readonly amountInDoubt: boolean }
  /**
   * Keys that may be a broken scan's, and went nowhere. `isHand`: by their look a person is typing. `endsAmount`: with
   * Enter, so that what follows is no part of the same amount.
   */
  | { readonly kind: "ignored"; readonly isHand: boolean; readonly endsAmount: boolean }
  /** What the last result did was done to the head of a burst after all: undo it. */
  | { readonly kind: "taken_back" }
  /**
   * A scan that can't be used. `typed` says what its stream has typed until now: nothing; only keys of the scanner,
   * to be undone; or keys of which nobody knows whose they are, so that the amount must be typed anew.
   */
  | {
      readonly kind: "broken";
      readonly typed: "nothing" | "by_machine" | "unclear";
      /** Without an Enter at its end: cut short, or the scanner isn't set to send one. */
      readonly endless: boolean;
    };

export interface ScanStep {
  readonly state: ScanState;
  readonly results: readonly ScanResult[];
}

const nothingTyped: Typed = { keys: 0, digits: 0, byMachine: true };

export const noScan: ScanState = {
  held: "",
  fast: true,
  lastMs: Number.NEGATIVE_INFINITY,
  letGo: "",
  typed: nothingTyped,
  broken: false,
};

/** Silence: lets held keys go, or gives up on a burst. Call when `burstGapMs` passed without a key. */
export function afterSilence(
  state: ScanState,
  nowMs: number,
  place: Place = atTheAmount,
): ScanStep {
  const quietMs = nowMs - state.lastMs;
  const hasEnded = (broken: boolean): boolean => quietMs >= (broken ? lateEnterMs : streamGapMs);
  if (state.broken || state.held === "")
    return { state: hasEnded(state.broken) ? noScan : state, results: [] };
  if (quietMs < burstGapMs) return { state, results: [] };
  const { held, typed } = state;
  const broken = isScan(state, place);
  const result: ScanResult = broken
    ? brokenAfter(typed, true)
    : { kind: "typed", keys: held.split(""), begins: typed.keys === 0 };
  const next = { ...state, held: "", letGo: held, broken };
  return { state: hasEnded(broken) ? noScan : next, results: [result] };
}

/**
 * One key: a printable character, or `Enter`. `atMs` is when it was pressed, not when it was handled; `place` is
 * where it goes.
 */
export function onScanKey(
  before: ScanState,
  key: string,
  atMs: number,
  place: Place = atTheAmount,
): ScanStep {
  const { state: quiet, results } = afterSilence(before, atMs, place);
  const gapMs = atMs - quiet.lastMs;
  const isPersons = gapMs >= streamGapMs && key !== "Enter";
  const state = quiet.broken && isPersons ? noScan : quiet;
  const goesOn = state.letGo !== "" && gapMs < burstGapMs;
  // Once a key of the tail was swallowed, or typed keys were undone, the burst can't be whole any more.
  if (state.broken && !(goesOn && state.typed.keys === 0))
    return { state: { ...state, lastMs: atMs, letGo: "" }, results };
  const head = goesOn ? state.letGo : state.held;
  const typed = goesOn ? state.typed : after(state.typed, state.letGo, state.fast);
  const fast = head === "" || (state.fast && gapMs < machineGapMs);
  const undo: readonly ScanResult[] = goesOn ? [{ kind: "taken_back" }] : [];
  if (key !== "Enter") {
    const next = { held: head + key, fast, lastMs: atMs, letGo: "", typed, broken: false };
    return { state: next, results: [...results, ...undo] };
  }
  if (isScan({ held: head, fast, typed }, place)) {
    const whole = head.length >= burstLengthMin && typed.keys === 0;
    const result: ScanResult = whole
      ? { kind: "scanned", text: head, amountInDoubt: false }
      : brokenAfter(typed, false);
    return { state: noScan, results: [...results, ...undo, result] };
  }
  const keys = [...(goesOn ? "" : head).split("").filter(Boolean), "Enter"];
  const begins = typed.keys === 0 && !goesOn;
  return { state: noScan, results: [...results, { kind: "typed", keys, begins }] };
}

/** The keys 00 and 000 of a number pad send their zeros at once. */
const isZeroKey = (held: string): boolean => /^0{2,3}$/.test(held);

function isScan({ held, fast, typed }: Pick<ScanState, "held" | "fast" | "typed">, place: Place) {
  if (held.length >= burstLengthMin) return true;
  const isNoHands = fast && held.length >= place.machineLengthMin;
  if (isNoHands && !isZeroKey(held)) return true;
  return after(typed, held, fast).digits > place.digitsMax;
}

const brokenAfter = (typed: Typed, endless: boolean): ScanResult => ({
  kind: "broken",
  typed: typed.keys === 0 ? "nothing" : typed.byMachine ? "by_machine" : "unclear",
  endless,
});

/** What a stream has typed once one more piece of it is let go. A single key may always be a hand's. */
function after(typed: Typed, piece: string, fast: boolean): Typed {
  if (piece === "") return typed;
  const last = /\d*$/.exec(piece)?.[0].length ?? 0;
  return {
    keys: typed.keys + piece.length,
    digits: last === piece.length ? typed.digits + last : last,
    byMachine: typed.byMachine && fast && piece.length > 1,
  };
}
