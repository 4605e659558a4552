/**
 * What follows a broken scan, and what came just before one. Its tail may come after a pause that no stream bridges:
 * for a while no digit and no Enter is a person's. A lone digit before a cut code may be the code's own head.
 */
import { readScan } from "./code.ts";
import { afterSilence, atTheAmount, noScan, onScanKey } from "./scan.ts";
import type { Place, ScanResult, ScanState, ScanStep } from "./scan.ts";

/** So long after the last key of a broken scan, or of a digit before one, a piece may still be the same code's. */
export const tailMs = 3_000;

/** A tail comes in a piece or two; whoever presses on is a person, and is told to wait. */
const handKeysMin = 2;

export interface KeysState {
  readonly scan: ScanState;
  /** The last key of a broken scan. */
  readonly brokenMs: number;
  /** The last key that was taken for its tail and went nowhere. */
  readonly droppedMs: number;
  /** The last result went nowhere, so there is nothing to take back. */
  readonly hasDropped: boolean;
  /** How many results of typing have gone nowhere since the last one that didn't. */
  readonly dropped: number;
  /** The last digit that was typed, and the two last ones in one. */
  readonly digitMs: number;
  readonly lastDigits: string;
}

export interface KeysStep {
  readonly state: KeysState;
  readonly results: readonly ScanResult[];
}

type Ignored = Extract<ScanResult, { readonly kind: "ignored" }>;

const never = Number.NEGATIVE_INFINITY;

export const noKeys: KeysState = {
  scan: noScan,
  brokenMs: never,
  droppedMs: never,
  hasDropped: false,
  dropped: 0,
  digitMs: never,
  lastDigits: "",
};

/** Like `onScanKey`, with a memory of some seconds. */
export function onKeyPressed(
  before: KeysState,
  key: string,
  atMs: number,
  place: Place = atTheAmount,
): KeysStep {
  const quiet = afterQuiet(before, atMs, place);
  const step = onScanKey(quiet.state.scan, key, atMs, place);
  const next = remember(quiet.state, step, atMs);
  return { state: next.state, results: [...quiet.results, ...next.results] };
}

/** Like `afterSilence`, with a memory of some seconds. */
export function afterQuiet(before: KeysState, nowMs: number, place: Place = atTheAmount): KeysStep {
  return remember(before, afterSilence(before.scan, nowMs, place), before.scan.lastMs);
}

function remember(before: KeysState, step: ScanStep, atMs: number): KeysStep {
  let state: KeysState = { ...before, scan: step.state };
  const results: ScanResult[] = [];
  for (const result of step.results) {
    const one = told(state, result, before.scan.held, atMs);
    state = after(state, one, atMs);
    if (one !== null) results.push(one);
  }
  return { state, results };
}

/** The result as it is to be believed; null when there is nothing to take back. */
function told(state: KeysState, result: ScanResult, held: string, atMs: number): ScanResult | null {
  const followsDigit = atMs - state.digitMs < tailMs;
  const followsBroken = atMs - state.brokenMs < tailMs;
  switch (result.kind) {
    case "typed":
      return isTail(state, atMs) ? ignored(state, result.keys) : result;
    case "ignored":
      return result;
    case "taken_back":
      return state.hasDropped ? null : result;
    case "scanned":
      return followsDigit || followsBroken ? scanned(state, result, followsDigit) : result;
    case "broken":
      if (result.typed !== "nothing" || !followsDigit || !isRest(held)) return result;
      return { ...result, typed: "unclear" };
  }
}

/**
 * An amount is heard from its beginning or not at all: once a key of it was dropped so are all that follow, however
 * slowly they come, until a pause or an Enter ends it.
 */
const isTail = (state: KeysState, atMs: number): boolean =>
  atMs - state.brokenMs < tailMs || atMs - state.droppedMs < tailMs;

/** A lone digit is told at once: were it a hand's, its amount would lack it. */
const ignored = ({ dropped }: KeysState, keys: readonly string[]): Ignored => ({
  kind: "ignored",
  isHand: dropped + 1 >= handKeysMin || (keys.length === 1 && keys[0] !== "Enter"),
  endsAmount: keys.at(-1) === "Enter",
});

/**
 * A whole code of another wallet is told as such even then: it charges nothing. Where the digits before it might be its
 * head, the amount is looked at once more.
 */
function scanned(
  { lastDigits }: KeysState,
  result: Extract<ScanResult, { readonly kind: "scanned" }>,
  followsDigit: boolean,
): ScanResult {
  if (!isRest(result.text)) return result;
  const wholes = followsDigit
    ? [1, 2].map((length) => lastDigits.slice(-length) + result.text)
    : [];
  const isOtherWallets = readScan(result.text).kind === "other_wallet";
  if (isOtherWallets && !wholes.some((text) => readScan(text).kind === "payment_code"))
    return {
      ...result,
      amountInDoubt: wholes.some((text) => readScan(text).kind !== "not_a_code"),
    };
  return { kind: "broken", typed: followsDigit ? "unclear" : "nothing", endless: false };
}

/** Digits that may be a payment code without its first one or two. A real code has eighteen. */
const isRest = (text: string): boolean =>
  /^\d{14,23}$/.test(text) && !(text.length >= 18 && readScan(text).kind === "payment_code");

function after(state: KeysState, result: ScanResult | null, atMs: number): KeysState {
  if (result === null) return { ...state, droppedMs: atMs, hasDropped: true };
  if (result.kind === "ignored") {
    const droppedMs = result.endsAmount ? never : atMs;
    return { ...state, droppedMs, hasDropped: true, dropped: state.dropped + 1 };
  }
  const next = { ...state, hasDropped: false, dropped: 0 };
  if (result.kind === "broken") return { ...next, brokenMs: atMs, digitMs: never, lastDigits: "" };
  if (result.kind !== "typed") return next;
  const digits = result.keys.filter((key) => /^\d$/.test(key)).join("");
  if (digits === "") return next;
  return { ...next, digitMs: atMs, lastDigits: (state.lastDigits + digits).slice(-2) };
}
