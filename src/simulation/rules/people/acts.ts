/** What a person can press, as the till's commands decide it: by the table of what a sale allows. */
import { changedSale } from "../../../core/payment/sale.ts";
import { isLive } from "../../../core/payment/states.ts";
import { newRefund } from "../../../core/payment/refund-step.ts";
import { fen } from "../../../core/money/money.ts";
import { paidAttempt, refundAsked, SALE_CAN } from "../../../core/till/can.ts";
import { waive } from "../../../terminal/learn.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";

export function goodsLeft(shop: Shop, sale: Sale): void {
  const { record } = sale;
  const nowMs = shop.till.nowMs();
  if (record.sale.goodsLeft !== null) return;
  const left = changedSale(record.sale, { goodsLeft: { operatorNo: "01", atMs: nowMs } }, nowMs);
  shop.till.commit(sale, { record: { ...record, sale: left }, events: [], result: null });
}

export function giveUp(shop: Shop, sale: Sale, how: "abandoned" | "paid_otherwise"): void {
  const { record } = sale;
  const can = how === "abandoned" ? SALE_CAN.abandon(record) : SALE_CAN.pay_otherwise(record);
  if (can !== "yes") return;
  const nowMs = shop.till.nowMs();
  const isUnpaid = how === "abandoned" && !record.attempts.some(isLive);
  const ended = changedSale(record.sale, { state: isUnpaid ? "unpaid" : how }, nowMs);
  shop.till.commit(sale, { record: { ...record, sale: ended }, events: [], result: null });
}

export function press(shop: Shop, sale: Sale, what: "query" | "stop"): void {
  const { record } = sale;
  const can = what === "query" ? SALE_CAN.query(record) : SALE_CAN.reverse(record);
  if (can !== "yes") return;
  const attempt = record.attempts.findLast(isLive) ?? paidAttempt(record) ?? record.attempts.at(-1);
  if (attempt !== undefined) shop.till.errands.ask(sale, attempt.orderNo, what);
}

/** Amount null: all that is left. */
export function refund(shop: Shop, sale: Sale, requestNo: string, amountFen: number | null): void {
  const { record } = sale;
  if (record.refunds.some((one) => one.requestNo === requestNo)) return;
  const answer = refundAsked(record, amountFen === null ? null : fen(amountFen), null);
  if (typeof answer === "string") return;
  const { attempt: paid, amountFen: wanted } = answer;
  const latePayment = paid.latePayment?.decision === "refund";
  const given = { requestNo, amountFen: wanted, reason: "退货", operatorNo: "01", latePayment };
  const asked = { ...newRefund(given, paid, shop.till.nowMs()), version: 0 };
  const refunds = [...record.refunds, asked];
  shop.scribe.refundAsked(sale, asked);
  if (shop.till.commit(sale, { record: { ...record, refunds }, events: [], result: null }))
    shop.till.errands.sendRefund(sale, asked);
}

export function waivePaper(shop: Shop, sale: Sale): void {
  const { record } = sale;
  if (SALE_CAN.waive_paper(record) !== "yes") return;
  const jobs = waive(record.jobs, "customer_wants_none", shop.till.nowMs());
  shop.till.commit(sale, { record: { ...record, jobs }, events: [], result: null });
}
