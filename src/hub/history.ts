/** How a change reads in the sale's history: small, plain, and without anything that must not be kept. */
import type { Attempt } from "../core/payment/attempt.ts";
import type { AttemptEvent } from "../core/payment/events.ts";
import type { RefundEvent } from "../core/payment/refund-step.ts";
import type { Refund } from "../core/payment/refund.ts";
import type { StreamEvent } from "../ports/ledger.ts";

export function attemptEvent(
  before: Attempt | null,
  after: Attempt,
  event: AttemptEvent,
  actor: string,
  atMs: number,
): StreamEvent {
  return {
    stream: after.saleId,
    saleId: after.saleId,
    atMs,
    actor,
    kind: `attempt_${event.kind}`,
    detail: {
      orderNo: after.orderNo,
      from: before?.state ?? null,
      to: after.state,
      ...answerOf(event),
      ...(after.unpaidEnd === null || before?.unpaidEnd === after.unpaidEnd
        ? {}
        : { end: after.unpaidEnd }),
      ...(after.latePayment === null || before?.latePayment === after.latePayment
        ? {}
        : { latePayment: after.latePayment.decision }),
    },
  };
}

function answerOf(event: AttemptEvent): Record<string, unknown> {
  if (!("answer" in event)) return {};
  const { answer } = event;
  const code =
    "code" in answer && answer.code !== null ? (answer.code.subCode ?? answer.code.code) : null;
  return {
    answer: answer.kind,
    ...("reason" in answer ? { reason: answer.reason } : {}),
    ...("action" in answer ? { action: answer.action } : {}),
    ...(code === null ? {} : { code }),
    ...("hint" in answer ? { hint: answer.hint.subCode ?? answer.hint.code } : {}),
  };
}

export function refundEvent(
  before: Refund | null,
  after: Refund,
  event: RefundEvent,
  actor: string,
  atMs: number,
): StreamEvent {
  const answer = "answer" in event ? { answer: event.answer.kind } : {};
  return {
    stream: after.saleId,
    saleId: after.saleId,
    atMs,
    actor,
    kind: `refund_${event.kind}`,
    detail: {
      orderNo: after.orderNo,
      requestNo: after.requestNo,
      amountFen: after.amountFen,
      from: before?.state ?? null,
      to: after.state,
      ...answer,
      ...(after.code?.subCode ? { code: after.code.subCode } : {}),
    },
  };
}
