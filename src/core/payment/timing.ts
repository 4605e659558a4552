/** When a provider is asked, how long, and when a reversal starts. Every figure is a setting of the provider. */
import { assert } from "../rules/assert.ts";
import type { Attempt } from "./attempt.ts";

export interface PaymentTiming {
  /** A pay intent older than this is refused as never sent. */
  readonly intentAgeMsMax: number;
  /** The longest one call takes before it counts as silence. */
  readonly callTimeoutMs: number;
  /** Added to a call's time-out before another worker may take the row over. */
  readonly leaseMarginMs: number;
  /** `time_expire` of a pay request, from the moment it is sent. */
  readonly payExpiresAfterMs: number;
  readonly qrExpiresAfterMs: number;
  /** How long a payment code can be used. */
  readonly codeLifeMs: number;
  /** Added to the later of expiry and code life before "no such trade" proves anything (R1). */
  readonly proofMarginMs: number;
  /** From the first open answer to the first query. */
  readonly firstQueryAfterMs: number;
  /** Query every `everyMs` until `untilMs` after the first open answer; the last `untilMs` starts the reversal. */
  readonly queryPlan: readonly { readonly untilMs: number; readonly everyMs: number }[];
  readonly cancelRetryMs: number;
  readonly cancelRetryMsMax: number;
  /** A reversal refused for now (the merchant's balance) is asked again after this. */
  readonly refusedRetryMs: number;
  /** Whether a `10000` on pay is confirmed by a query: before the receipt, in the background, or not at all. */
  readonly confirmPaid: "before_receipt" | "background" | "off";
  readonly confirmAfterMs: number;
  /** Two contradictions at least this far apart are a roll-back. */
  readonly contradictionGapMs: number;
  /** How long a trade may go on to be shown as paid after a reversal was answered "refunded". */
  readonly givenBackLagMs: number;
  /** Checks of an attempt that ended unpaid, counted from its end; the first is never before its expiry (R3). */
  readonly afterChecksMs: readonly number[];
}

/** Alipay's figures: facts of opendocs 00f7nv, 05osuz and DESIGN 2a; they disagree, so all are settings. */
export const alipayTiming: PaymentTiming = {
  intentAgeMsMax: 15_000,
  callTimeoutMs: 5_000,
  leaseMarginMs: 5_000,
  payExpiresAfterMs: 90_000,
  qrExpiresAfterMs: 120_000,
  codeLifeMs: 60_000,
  proofMarginMs: 30_000,
  firstQueryAfterMs: 3_000,
  queryPlan: [
    { untilMs: 30_000, everyMs: 3_000 },
    { untilMs: 60_000, everyMs: 5_000 },
  ],
  cancelRetryMs: 1_000,
  cancelRetryMsMax: 15_000,
  refusedRetryMs: 30_000,
  confirmPaid: "background",
  confirmAfterMs: 2_000,
  contradictionGapMs: 10_000,
  givenBackLagMs: 3_600_000,
  afterChecksMs: [0, 600_000, 10_800_000],
};

/** Times are whole milliseconds, and what waits at all still waits one. */
export const divideMs = (ms: number, factor: number): number =>
  ms === 0 ? 0 : Math.max(1, Math.round(ms / factor));

/** The same plan with every time divided by `factor`: for tests and training, never for real money. */
export function compress(timing: PaymentTiming, factor: number): PaymentTiming {
  assert(factor >= 1, "a compressed plan is not slower than the real one");
  const scaled = Object.entries(timing).map(([name, value]) => {
    if (typeof value === "number") return [name, divideMs(value, factor)];
    if (name === "afterChecksMs")
      return [name, timing.afterChecksMs.map((ms) => divideMs(ms, factor))];
    if (name === "queryPlan") {
      const plan = timing.queryPlan.map((one) => ({
        untilMs: divideMs(one.untilMs, factor),
        everyMs: divideMs(one.everyMs, factor),
      }));
      return [name, plan];
    }
    return [name, value];
  });
  return Object.fromEntries(scaled) as PaymentTiming;
}

/** How long an open attempt is queried before it is reversed. */
export function queryTotalMs(timing: PaymentTiming, method: Attempt["method"]): number {
  return method === "qr" ? timing.qrExpiresAfterMs : (timing.queryPlan.at(-1)?.untilMs ?? 0);
}

/** When the next query is due: by the plan, and never past the moment of the last one. */
export function nextQueryAtMs(timing: PaymentTiming, attempt: Attempt, nowMs: number): number {
  const sinceMs = attempt.openSinceMs ?? nowMs;
  const openMs = nowMs - sinceMs;
  const step = timing.queryPlan.find((one) => openMs < one.untilMs) ?? timing.queryPlan.at(-1);
  const lastAtMs = sinceMs + queryTotalMs(timing, attempt.method);
  return Math.max(nowMs + 1, Math.min(nowMs + (step?.everyMs ?? 0), lastAtMs));
}

/** From this moment on, "no such trade" after an answered reversal proves that none will ever be (R1). */
export function neverSeenProofAtMs(timing: PaymentTiming, attempt: Attempt): number {
  const sentAtMs = attempt.sentAtMs ?? attempt.createdAtMs;
  const codeDiesAtMs = attempt.method === "code" ? sentAtMs + timing.codeLifeMs : 0;
  return Math.max(attempt.expiresAtMs, codeDiesAtMs) + timing.proofMarginMs;
}

/** Was it written under a clock that has been set back since? Then it waits for that clock's future. */
export function liesAhead(timing: PaymentTiming, attempt: Attempt, nowMs: number): boolean {
  const { endedAtMs, lateSuspectAtMs, contradictedAtMs, reversal, dueAtMs } = attempt;
  const moments = [endedAtMs, lateSuspectAtMs, contradictedAtMs, reversal.answeredAtMs];
  return (
    moments.some((ms) => ms !== null && ms > nowMs) ||
    (dueAtMs ?? 0) - nowMs > longestWaitMs(timing, attempt)
  );
}

/** No attempt waits longer than this for its next turn. */
function longestWaitMs(timing: PaymentTiming, attempt: Attempt): number {
  const { callTimeoutMs, leaseMarginMs, refusedRetryMs, contradictionGapMs } = timing;
  const everyMs = timing.queryPlan.map((one) => one.everyMs);
  const callMs = callTimeoutMs + leaseMarginMs;
  const cancelMs = cancelUnansweredMsMax(timing);
  const openMs = Math.max(callMs, refusedRetryMs, cancelMs, contradictionGapMs, ...everyMs);
  const isChecked = attempt.state !== "paid" || attempt.lateSuspectAtMs !== null;
  if (attempt.endedAtMs === null || !isChecked) return openMs;
  const provenMs = timing.qrExpiresAfterMs + timing.codeLifeMs + timing.proofMarginMs;
  return Math.max(openMs, provenMs, ...timing.afterChecksMs);
}

/**
 * By when there is an outcome: usually, if the provider saw the order and answers; and at the latest, if it never saw
 * it but answers. Both are known when the request is sent and never move. Shown to people; they decide nothing.
 */
export function outcomeByMs(
  timing: PaymentTiming,
  attempt: Attempt,
): { readonly usuallyMs: number; readonly latestMs: number } {
  const sentAtMs = attempt.sentAtMs ?? attempt.createdAtMs;
  // The pay call, the last query and the reversal may each take as long as a call may.
  const callsMs = 3 * timing.callTimeoutMs;
  const usuallyMs = sentAtMs + queryTotalMs(timing, attempt.method) + callsMs;
  const provenMs = neverSeenProofAtMs(timing, attempt) + timing.cancelRetryMsMax + callsMs;
  return { usuallyMs, latestMs: Math.max(usuallyMs, provenMs) };
}

/** Wait before asking a reversal again: doubles from the first to the longest. */
export function cancelRetryAfterMs(timing: PaymentTiming, asked: number): number {
  return Math.min(timing.cancelRetryMs * 2 ** Math.min(asked, 20), timing.cancelRetryMsMax);
}

/** One that got no answer slows down further: an error that stays is told to the shop, and asking doesn't mend it. */
export const cancelUnansweredMsMax = (timing: PaymentTiming): number => 4 * timing.cancelRetryMsMax;

export function cancelUnansweredAfterMs(timing: PaymentTiming, asked: number): number {
  return Math.min(timing.cancelRetryMs * 2 ** Math.min(asked, 20), cancelUnansweredMsMax(timing));
}

/** Wait before a question that got no answer is asked again: ever longer, by how long there was none. */
export function queryAgainAfterMs(timing: PaymentTiming, silentForMs: number): number {
  const afterMs = Math.max(timing.firstQueryAfterMs, Math.floor(silentForMs / 4));
  return Math.min(afterMs, timing.cancelRetryMsMax);
}
