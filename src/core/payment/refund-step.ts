/** What an event makes of a refund. Synchronous and total, like `step` for attempts. */
import type { ProviderCode, RefundAnswer, RefundQueryAnswer } from "./answers.ts";
import { codeRow } from "./codes/codes.ts";
import type { Attempt } from "./attempt.ts";
import type { WaitsMoved } from "./events.ts";
import type { Fen } from "../money/money.ts";
import { isRefundMeasured, refundMovedBy } from "./moments.ts";
import type { Refund, RefundState } from "./refund.ts";
import { attemptCan } from "./states.ts";

export type RefundEvent =
  | { readonly kind: "send" }
  | { readonly kind: "restart" }
  /** The hub's clock was set: what it waits for is as far away as before. */
  | WaitsMoved<Refund>
  | { readonly kind: "due" }
  /** The payment that it is of isn't confirmed yet: its own question is answered first. */
  | { readonly kind: "wait"; readonly untilMs: number }
  /** The payment was rolled back before anything was sent: there is nothing to give back. */
  | { readonly kind: "nothing_to_refund" }
  | { readonly kind: "refund_answer"; readonly answer: RefundAnswer }
  /** `askedAtMs`: when the question left; "not seen" counts by it. */
  | {
      readonly kind: "query_answer";
      readonly answer: RefundQueryAnswer;
      readonly askedAtMs: number;
    };

export type RefundEffect =
  | { readonly kind: "refund" }
  | { readonly kind: "refund_query" }
  | { readonly kind: "incident"; readonly name: RefundIncident };

export type RefundIncident = "give_back_wants_balance" | "refund_amount_mismatch";

export interface RefundStep {
  readonly refund: Refund;
  readonly effects: readonly RefundEffect[];
  readonly ignored: string | null;
}

export interface RefundTiming {
  /** Alipay asks for at least 10 s between a refund and its query (facts alipay A5.6). */
  readonly queryAfterMs: number;
  readonly callTimeoutMs: number;
  readonly leaseMarginMs: number;
  readonly retryMsMax: number;
}

export const alipayRefundTiming: RefundTiming = {
  queryAfterMs: 10_000,
  callTimeoutMs: 5_000,
  leaseMarginMs: 5_000,
  retryMsMax: 300_000,
};

export const REFUND_ENDS: Readonly<Record<RefundState, boolean>> = {
  requested: false,
  sending: false,
  unknown: false,
  done: true,
  refused: true,
};

export function refundStep(
  refund: Refund,
  event: RefundEvent,
  timing: RefundTiming,
  nowMs: number,
): RefundStep {
  if (REFUND_ENDS[refund.state]) return { refund, effects: [], ignored: "refund_has_ended" };
  switch (event.kind) {
    case "send":
      return refund.state === "requested"
        ? send(refund, timing, nowMs)
        : ignore(refund, "already_sent");
    case "restart":
      return refund.state === "requested"
        ? change(refund, { dueAtMs: nowMs })
        : query(countedAnew(refund, nowMs), timing, nowMs);
    case "waits_moved":
      return isRefundMeasured(refund)
        ? ignore(refund, "still_measured")
        : change(refundMovedBy(refund, event.byMs, event.from), {});
    case "due":
      if (refund.dueAtMs === null || refund.dueAtMs > nowMs) return ignore(refund, "not_due");
      return refund.state === "requested"
        ? send(refund, timing, nowMs)
        : query(refund, timing, nowMs);
    case "wait":
      return refund.state === "requested"
        ? change(refund, { dueAtMs: Math.max(event.untilMs, nowMs + 1) })
        : ignore(refund, "already_sent");
    case "nothing_to_refund":
      return refund.state === "requested" && refund.tries === 0
        ? change(refund, { state: "refused", endedAtMs: nowMs, dueAtMs: null, code: notPaid })
        : ignore(refund, "already_sent");
    case "refund_answer":
      return onRefundAnswer(refund, event.answer, timing, nowMs);
    case "query_answer":
      return onQueryAnswer(refund, event.answer, event.askedAtMs, timing, nowMs);
  }
}

/**
 * The clock may have been set while the process was away: what was sent can't lie ahead, and a refusal, which the
 * absence of the refund may prove for good, counts from now.
 */
const countedAnew = (refund: Refund, nowMs: number): Refund => ({
  ...refund,
  sentAtMs: refund.sentAtMs === null ? null : Math.min(refund.sentAtMs, nowMs),
  refusedAtMs: refund.refusedAtMs === null ? null : nowMs,
});

const notPaid: ProviderCode = { code: "hub", subCode: "sale_is_not_paid", message: null };

const ignore = (refund: Refund, why: string): RefundStep => ({ refund, effects: [], ignored: why });

function change(
  refund: Refund,
  patch: Partial<Refund>,
  effects: readonly RefundEffect[] = [],
): RefundStep {
  return { refund: { ...refund, ...patch, version: refund.version + 1 }, effects, ignored: null };
}

function send(refund: Refund, timing: RefundTiming, nowMs: number): RefundStep {
  const dueAtMs = nowMs + timing.callTimeoutMs + timing.leaseMarginMs;
  return change(refund, { state: "sending", sentAtMs: nowMs, tries: refund.tries + 1, dueAtMs }, [
    { kind: "refund" },
  ]);
}

function query(refund: Refund, timing: RefundTiming, nowMs: number): RefundStep {
  const dueAtMs = nowMs + timing.callTimeoutMs + timing.leaseMarginMs;
  return change(refund, { state: "unknown", dueAtMs }, [{ kind: "refund_query" }]);
}

function onRefundAnswer(
  refund: Refund,
  answer: RefundAnswer,
  timing: RefundTiming,
  nowMs: number,
): RefundStep {
  switch (answer.kind) {
    case "done":
      return change(refund, { state: "done", endedAtMs: nowMs, dueAtMs: null, code: answer.code });
    case "refused":
      if (waitsForBalance(refund, answer.code)) {
        return waitForBalance(refund, answer.code, timing, nowMs);
      }
      // A refusal proves nothing about a request before it, nor about a copy of this one that the network still
      // holds: a query tells, but not before its time.
      return change(refund, {
        state: "unknown",
        code: answer.code,
        refusedAtMs: nowMs,
        dueAtMs: nowMs + timing.queryAfterMs,
      });
    case "unknown": {
      // A listed refusal that leaves doubt: the query asked after it decides.
      const refusedAtMs = namesRefusal(answer.code) ? nowMs : refund.refusedAtMs;
      const dueAtMs = nowMs + retryAfterMs(refund.tries - 1, timing);
      return change(refund, { state: "unknown", dueAtMs, code: answer.code, refusedAtMs });
    }
  }
}

/** Codes by which the provider says that the merchant's account lacks the money; a top-up heals them. */
const wantsBalance: ReadonlySet<string> = new Set(["ACQ.SELLER_BALANCE_NOT_ENOUGH"]);

/** Made by the system itself: money that belongs to nobody's sale and must go back, however long that takes. */
export const isGiveBack = (refund: Pick<Refund, "latePayment" | "requestNo">): boolean =>
  refund.latePayment || refund.requestNo.endsWith("-back");

const waitsForBalance = (refund: Refund, code: ProviderCode | null): boolean =>
  isGiveBack(refund) && wantsBalance.has(code?.subCode ?? "");

/** It stays open and is sent again under the same number, ever more slowly: that never refunds twice. */
function waitForBalance(
  refund: Refund,
  code: ProviderCode | null,
  timing: RefundTiming,
  nowMs: number,
): RefundStep {
  return change(
    refund,
    {
      state: "requested",
      code,
      refusedAtMs: null,
      dueAtMs: nowMs + retryAfterMs(refund.tries, timing),
    },
    [{ kind: "incident", name: "give_back_wants_balance" }],
  );
}

const retryAfterMs = (tries: number, timing: RefundTiming): number =>
  Math.min(timing.queryAfterMs * 2 ** Math.min(tries, 10), timing.retryMsMax);

/** Nothing is given back of a closed trade any more: what wasn't given back before never will be. */
export const CLOSED_TRADE = "ACQ.TRADE_HAS_CLOSE";

const namesRefusal = (code: ProviderCode | null): boolean =>
  code !== null &&
  (code.subCode === CLOSED_TRADE ||
    codeRow("alipay.trade.refund", code.code, code.subCode)?.refund_outcome === "not_refunded");

/** Not seen: the same number and amount are sent again, which never refunds twice. */
function onQueryAnswer(
  refund: Refund,
  answer: RefundQueryAnswer,
  askedAtMs: number,
  timing: RefundTiming,
  nowMs: number,
): RefundStep {
  if (refund.state !== "unknown") return ignore(refund, "not_asked");
  switch (answer.kind) {
    case "done":
      if (answer.amountFen === refund.amountFen) {
        return change(refund, {
          state: "done",
          endedAtMs: nowMs,
          dueAtMs: null,
          code: answer.code,
        });
      }
      return change(refund, { dueAtMs: nowMs + timing.retryMsMax, code: answer.code }, [
        { kind: "incident", name: "refund_amount_mismatch" },
      ]);
    case "not_seen": {
      const provesFromMs =
        Math.max(refund.sentAtMs ?? 0, refund.refusedAtMs ?? 0) + timing.queryAfterMs;
      if (askedAtMs < provesFromMs) {
        return change(refund, { dueAtMs: Math.max(provesFromMs, nowMs + 1) });
      }
      if (refund.refusedAtMs === null) return send(refund, timing, nowMs);
      return waitsForBalance(refund, refund.code)
        ? waitForBalance(refund, refund.code, timing, nowMs)
        : change(refund, { state: "refused", endedAtMs: nowMs, dueAtMs: null });
    }
    case "unknown": {
      const dueAtMs = nowMs + retryAfterMs(refund.tries, timing);
      return change(refund, { dueAtMs, code: answer.code ?? refund.code });
    }
  }
}

export type RefundRefusal =
  | "refund_must_be_positive"
  | "sale_is_not_paid"
  | "refund_in_progress"
  | "refund_exceeds_what_is_left";

/** What is left to refund of an attempt: its amount less everything done or still open. */
export function refundableFen(attempt: Attempt, refunds: readonly Refund[]): Fen {
  const taken = refunds
    .filter((one) => one.orderNo === attempt.orderNo && one.state !== "refused")
    .reduce((sum, one) => sum + one.amountFen, 0);
  return (attempt.amountFen - taken) as Fen;
}

/**
 * One refund of an attempt at a time: while nobody knows whether its money went back, whoever presses again means the
 * same money.
 */
export const hasOpenRefund = (attempt: Attempt, refunds: readonly Refund[]): boolean =>
  refunds.some((one) => one.orderNo === attempt.orderNo && !REFUND_ENDS[one.state]);

export function refundRefusal(
  attempt: Attempt,
  refunds: readonly Refund[],
  amountFen: Fen,
): RefundRefusal | "refundable" {
  if (amountFen <= 0) return "refund_must_be_positive";
  if (!attemptCan("refund", attempt) && attempt.latePayment === null) return "sale_is_not_paid";
  if (hasOpenRefund(attempt, refunds)) return "refund_in_progress";
  if (amountFen > refundableFen(attempt, refunds)) return "refund_exceeds_what_is_left";
  return "refundable";
}

/** A refund as it is committed before anything is sent; `requestNo` is its idempotency key at the provider. */
export function newRefund(
  given: Pick<Refund, "requestNo" | "amountFen" | "reason" | "operatorNo" | "latePayment">,
  attempt: Attempt,
  nowMs: number,
): Refund {
  const { merchantId, orderNo, saleId, terminalId } = attempt;
  return {
    requestNo: given.requestNo,
    amountFen: given.amountFen,
    reason: given.reason,
    operatorNo: given.operatorNo,
    latePayment: given.latePayment,
    merchantId,
    orderNo,
    saleId,
    terminalId,
    state: "requested",
    version: 1,
    requestedAtMs: nowMs,
    sentAtMs: null,
    dueAtMs: nowMs,
    tries: 0,
    refusedAtMs: null,
    endedAtMs: null,
    code: null,
  };
}
