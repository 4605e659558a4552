/** The small moves that every decision about an attempt is made of. Each gives a whole Step. */
import type { Fen } from "../money/money.ts";
import type { PaidTrade, ProviderCode } from "./answers.ts";
import { type Attempt, noReversal, type UnpaidEnd } from "./attempt.ts";
import type { AttemptEffect, Step } from "./events.ts";
import { neverSeenProofAtMs, nextQueryAtMs, type PaymentTiming } from "./timing.ts";

export const ignore = (attempt: Attempt, why: string): Step => ({
  attempt,
  effects: [],
  ignored: why,
});

export function change(
  attempt: Attempt,
  patch: Partial<Attempt>,
  effects: readonly AttemptEffect[] = [],
): Step {
  return {
    attempt: { ...attempt, ...patch, version: attempt.version + 1 },
    effects,
    ignored: null,
  };
}

export const also = (step: Step, ...effects: readonly AttemptEffect[]): Step => ({
  ...step,
  effects: [...step.effects, ...effects],
});

/** While a call is out its row falls due only when the call can't be running any more: that is how a crash shows. */
const callEndsAtMs = (timing: PaymentTiming, nowMs: number): number =>
  nowMs + timing.callTimeoutMs + timing.leaseMarginMs;

export function ask(
  attempt: Attempt,
  timing: PaymentTiming,
  nowMs: number,
  patch: Partial<Attempt> = {},
): Step {
  return change(attempt, { ...patch, dueAtMs: callEndsAtMs(timing, nowMs) }, [{ kind: "query" }]);
}

/**
 * Asks beside a reversal that has no answer and is repeated by its own timer: nobody knows when one will come, and the
 * trade may be paid or closed meanwhile.
 */
export const askBeside = (
  attempt: Attempt,
  patch: Partial<Attempt> & { readonly dueAtMs: number },
): Step => change(attempt, patch, [{ kind: "query" }]);

/** The same for a person who waits: the reversal is repeated as soon as no call of it can be running any more. */
export function askBesideNow(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  const dueAtMs = Math.min(attempt.dueAtMs ?? Infinity, callEndsAtMs(timing, nowMs));
  return askBeside(attempt, { dueAtMs });
}

/** Starts or repeats the reversal. It is `outstanding` in the same commit that allows it to leave. */
export function reverse(
  attempt: Attempt,
  timing: PaymentTiming,
  nowMs: number,
  patch: Partial<Attempt> = {},
): Step {
  const next: Partial<Attempt> = {
    ...patch,
    state: "reversing",
    reversingSinceMs: attempt.reversingSinceMs ?? nowMs,
    reversal: { ...attempt.reversal, outstanding: true, asked: attempt.reversal.asked + 1 },
    dueAtMs: callEndsAtMs(timing, nowMs),
  };
  return change(attempt, next, [{ kind: "cancel" }]);
}

/** The answer proves nothing yet: ask again by the plan. */
export function stayOpen(
  attempt: Attempt,
  timing: PaymentTiming,
  nowMs: number,
  patch: Partial<Attempt> & { readonly state: "unknown" | "awaiting_buyer" },
): Step {
  const opened = { ...attempt, openSinceMs: attempt.openSinceMs ?? nowMs };
  const first = attempt.openSinceMs === null;
  const dueAtMs = first ? nowMs + timing.firstQueryAfterMs : nextQueryAtMs(timing, opened, nowMs);
  return change(opened, { ...patch, dueAtMs: attempt.stopAskedAtMs === null ? dueAtMs : nowMs });
}

/** Proven by the provider; order and amount match. `confirmed`: it came from a query or a notification. */
export function becomePaid(
  attempt: Attempt,
  trade: PaidTrade,
  code: ProviderCode | null,
  how: { readonly confirmed: boolean; readonly dueAtMs: number | null; readonly nowMs: number },
): Step {
  return change(attempt, {
    state: "paid",
    providerTradeNo: trade.providerTradeNo,
    payer: trade.payer ?? attempt.payer,
    paidAtMs: trade.paidAtMs ?? how.nowMs,
    qrCode: null,
    endedAtMs: how.nowMs,
    dueAtMs: how.dueAtMs,
    code,
    confirmed: how.confirmed,
  });
}

/** Ends after which nothing can come of the number any more, so that it needn't be closed out (R3). */
const provesNoTrade: ReadonlySet<UnpaidEnd> = new Set<UnpaidEnd>([
  "never_sent",
  "closed",
  "closed_in_doubt",
  "refunded",
]);

/** Ends without money. The number is checked again later: an end isn't forgotten (R3). */
export function endUnpaid(
  attempt: Attempt,
  state: "declined" | "reversed",
  unpaidEnd: UnpaidEnd,
  timing: PaymentTiming,
  nowMs: number,
  patch: Partial<Attempt> = {},
): Step {
  const neverLeft = unpaidEnd === "never_sent";
  return change(attempt, {
    ...patch,
    state,
    unpaidEnd,
    endedAtMs: nowMs,
    qrCode: null,
    dueAtMs: neverLeft ? null : afterCheckAtMs({ ...attempt, endedAtMs: nowMs }, timing, 0),
    closedOut: provesNoTrade.has(unpaidEnd),
  });
}

/** When check number `index` of an attempt that ended unpaid is due; null after the last. */
export function afterCheckAtMs(
  attempt: Attempt,
  timing: PaymentTiming,
  index: number,
): number | null {
  const afterMs = timing.afterChecksMs[index];
  if (afterMs === undefined) return null;
  const earliestMs = neverSeenProofAtMs(timing, attempt);
  return Math.max((attempt.endedAtMs ?? 0) + afterMs, earliestMs);
}

/** When doubted money is asked about again, as often as an end is looked at; null after the last. */
export function recheckAtMs(
  doubtedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): number | null {
  const afterMs = timing.afterChecksMs.find((ms) => doubtedAtMs + ms > nowMs);
  return afterMs === undefined ? null : doubtedAtMs + afterMs;
}

export const isOurs = (attempt: Attempt, trade: PaidTrade): boolean =>
  trade.orderNo === attempt.orderNo && trade.amountFen === attempt.amountFen;

/** The attempt as it is committed before anything is sent. Amount in fen, times in epoch ms. */
export function newAttempt(
  given: Pick<
    Attempt,
    "merchantId" | "orderNo" | "saleId" | "terminalId" | "provider" | "method"
  > & { readonly amountFen: Fen },
  nowMs: number,
): Attempt {
  // Named one by one: what else the caller holds (a payment code above all) must not come along.
  const { merchantId, orderNo, saleId, terminalId, provider, method, amountFen } = given;
  return {
    merchantId,
    orderNo,
    saleId,
    terminalId,
    provider,
    method,
    amountFen,
    state: "created",
    version: 1,
    createdAtMs: nowMs,
    sentAtMs: null,
    expiresAtMs: nowMs,
    dueAtMs: nowMs,
    openSinceMs: null,
    queriesAsked: 0,
    reversingSinceMs: null,
    reversal: noReversal,
    stopAskedAtMs: null,
    providerTradeNo: null,
    payer: null,
    paidAtMs: null,
    qrCode: null,
    endedAtMs: null,
    unpaidEnd: null,
    code: null,
    confirmed: false,
    contradictions: 0,
    contradictedAtMs: null,
    afterChecks: 0,
    lateSuspectAtMs: null,
    closedOut: false,
    goodsLeft: false,
    saleEnded: false,
    latePayment: null,
  };
}
