/** Money that the provider gave back without a refund of ours: a person did it on the provider's own site. */
import type { Attempt } from "./attempt.ts";
import type { Refund } from "./refund.ts";
import { newRefund } from "./refund-step.ts";

/**
 * The refund that stands for it: whole and done, never sent. No refund of ours was left but refused ones, and a trade is
 * closed after a payment only when all of it has gone back.
 */
export function refundedElsewhere(attempt: Attempt, nowMs: number): Refund {
  const given = {
    requestNo: `${attempt.orderNo}-elsewhere`,
    amountFen: attempt.amountFen,
    reason: "已在支付宝退款",
    operatorNo: "alipay",
    latePayment: false,
  };
  return { ...newRefund(given, attempt, nowMs), state: "done", dueAtMs: null, endedAtMs: nowMs };
}
