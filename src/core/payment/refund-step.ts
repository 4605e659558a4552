/** What an event makes of a refund. Synchronous and total, like `step` for attempts. */
import type { ProviderCode, RefundAnswer, RefundQueryAnswer } from "./answers.ts";
import { codeRow } from "./codes/codes.ts";
import type { Attempt } from "./attempt.ts";
import type { Fen } from "../money/money.ts";
import type { Refund, RefundState } from "./refund.ts";
import { attemptCan } from "./states.ts";

export type RefundEvent =
  | { readonly kind: "send" }
  | { readonly kind: "restart" }
  | { readonly kind: "due" }
  | { readonly kind: "refund_answer"; readonly answer: RefundAnswer }
  | { readonly kind: "query_answer"; readonly answer: RefundQueryAnswer };

export type RefundEffect = { readonly kind: "refund" } | { readonly kind: "refund_query" };

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
        ? send(refund, timing, nowMs)
        : query(refund, timing, nowMs);
    case "due":
      if (refund.dueAtMs === null || refund.dueAtMs > nowMs) return ignore(refund, "not_due");
      return refund.state === "requested"
        ? send(refund, timing, nowMs)
        : query(refund, timing, nowMs);
    case "refund_answer":
      return onRefundAnswer(refund, event.answer, timing, nowMs);
    case "query_answer":
      return onQueryAnswer(refund, event.answer, timing, nowMs);
  }
}

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
      // A refusal of a repeat proves nothing about the request before it.
      if (refund.tries > 1)
        return query({ ...refund, code: answer.code, refusedAtMs: nowMs }, timing, nowMs);
      return change(refund, {
        state: "refused",
        endedAtMs: nowMs,
        dueAtMs: null,
        code: answer.code,
      });
    case "unknown": {
      // A listed refusal that leaves doubt: the query asked after it decides.
      const refusedAtMs = namesRefusal(answer.code) ? nowMs : refund.refusedAtMs;
      const dueAtMs = nowMs + timing.queryAfterMs;
      return change(refund, { state: "unknown", dueAtMs, code: answer.code, refusedAtMs });
    }
  }
}

const namesRefusal = (code: ProviderCode | null): boolean =>
  code !== null &&
  codeRow("alipay.trade.refund", code.code, code.subCode)?.refund_outcome === "not_refunded";

/** Not seen: the same number and amount are sent again, which never refunds twice. */
function onQueryAnswer(
  refund: Refund,
  answer: RefundQueryAnswer,
  timing: RefundTiming,
  nowMs: number,
): RefundStep {
  if (refund.state !== "unknown") return ignore(refund, "not_asked");
  const waitMs = Math.min(timing.queryAfterMs * 2 ** Math.min(refund.tries, 10), timing.retryMsMax);
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
      return change(refund, { dueAtMs: nowMs + waitMs, code: answer.code });
    case "not_seen":
      if (refund.refusedAtMs !== null) {
        return change(refund, { state: "refused", endedAtMs: nowMs, dueAtMs: null });
      }
      if (refund.sentAtMs !== null && nowMs - refund.sentAtMs < timing.queryAfterMs) {
        return change(refund, { dueAtMs: refund.sentAtMs + timing.queryAfterMs });
      }
      return send(refund, timing, nowMs);
    case "unknown":
      return change(refund, { dueAtMs: nowMs + waitMs, code: answer.code ?? refund.code });
  }
}

export type RefundRefusal =
  | "refund_must_be_positive"
  | "sale_is_not_paid"
  | "refund_exceeds_what_is_left";

/** What is left to refund of an attempt: its amount less everything done or still open. */
export function refundableFen(attempt: Attempt, refunds: readonly Refund[]): Fen {
  const taken = refunds
    .filter((one) => one.orderNo === attempt.orderNo && one.state !== "refused")
    .reduce((sum, one) => sum + one.amountFen, 0);
  return (attempt.amountFen - taken) as Fen;
}

export function refundRefusal(
  attempt: Attempt,
  refunds: readonly Refund[],
  amountFen: Fen,
): RefundRefusal | "refundable" {
  if (amountFen <= 0) return "refund_must_be_positive";
  if (!attemptCan("refund", attempt) && attempt.latePayment === null) return "sale_is_not_paid";
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
