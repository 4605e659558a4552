/** Money that the provider gave back without a refund of ours: a person did it on the provider's own site. */
import type { Attempt } from "./attempt.ts";
import type { Refund } from "./refund.ts";
import { newRefund, refundableFen } from "./refund-step.ts";

/**
 * The refund that stands for it: done, and never sent. No refund of ours is open, and a trade is closed after a payment
 * only when all of it has gone back: what ours haven't given back went that way.
 */
export function refundedElsewhere(
  attempt: Attempt,
  refunds: readonly Refund[],
  nowMs: number,
): Refund {
  const given = {
    requestNo: `${attempt.orderNo}-elsewhere`,
    amountFen: refundableFen(attempt, refunds),
    reason: "已在支付宝退款",
    operatorNo: "alipay",
    latePayment: false,
  };
  return { ...newRefund(given, attempt, nowMs), state: "done", dueAtMs: null, endedAtMs: nowMs };
}
