/**
 * What follows a broken scan, and what came just before one. Its tail may come after a pause that no stream bridges:
 * for a while no digit and no Enter is a person's. A lone digit before a cut code may be the code's own head.
 */
import { readScan } from "./code.ts";
import { afterSilence, atTheAmount, lateEnterMs, noScan, onScanKey, streamGapMs } from "./scan.ts";
import type { Place, ScanResult, ScanState, ScanStep } from "./scan.ts";

/** So long after the last key of a broken scan, or of a digit before one, a piece may still be the same code's. */
export const tailMs = 3_000;

export interface KeysState {
  readonly scan: ScanState;
  /** The last key of a broken scan. */
  readonly brokenMs: number;
  /** The last key that was taken for its tail and went nowhere. */
  readonly droppedMs: number;
  /** The last result went nowhere, so there is nothing to take back. */
  readonly hasDropped: boolean;
  /** The last digit that was typed. */
  readonly digitMs: number;
}

export interface KeysStep {
  readonly state: KeysState;
  readonly results: readonly ScanResult[];
}

const never = Number.NEGATIVE_INFINITY;

export const noKeys: KeysState = {
  scan: noScan,
  brokenMs: never,
  droppedMs: never,
  hasDropped: false,
  digitMs: never,
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

/** The result as it is to be believed; null when it is a tail's. */
function told(state: KeysState, result: ScanResult, held: string, atMs: number): ScanResult | null {
  const followsDigit = atMs - state.digitMs < tailMs;
  const followsBroken = atMs - state.brokenMs < tailMs;
  switch (result.kind) {
    case "typed":
      return isTail(state, result.keys, atMs) ? null : result;
    case "taken_back":
      return state.hasDropped ? null : result;
    case "scanned":
      if (!(followsDigit || followsBroken) || !isRest(result.text)) return result;
      return { kind: "broken", typed: followsDigit ? "unclear" : "nothing", endless: false };
    case "broken":
      if (result.typed !== "nothing" || !followsDigit || !isRest(held)) return result;
      return { ...result, typed: "unclear" };
  }
}

function isTail(state: KeysState, keys: readonly string[], atMs: number): boolean {
  if (atMs - state.brokenMs < tailMs) return true;
  return atMs - state.droppedMs < (keys.includes("Enter") ? lateEnterMs : streamGapMs);
}

/** Digits that may be a payment code without its first one or two. A real code has eighteen. */
const isRest = (text: string): boolean =>
  /^\d{14,23}$/.test(text) && !(text.length >= 18 && readScan(text).kind === "payment_code");

function after(state: KeysState, result: ScanResult | null, atMs: number): KeysState {
  if (result === null) return { ...state, droppedMs: atMs, hasDropped: true };
  const next = { ...state, hasDropped: false };
  if (result.kind === "broken") return { ...next, brokenMs: atMs, digitMs: never };
  if (result.kind !== "typed") return next;
  return result.keys.some((key) => /^\d$/.test(key)) ? { ...next, digitMs: atMs } : next;
}
