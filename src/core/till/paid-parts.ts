/** Of a paid sale: its own refunds, what is left of its money, and the paper that waits for a person. */
import { REFUND_ENDS } from "../payment/refund-step.ts";
import { waitsForEReceipt } from "../printing/job.ts";
import type { JobView, RefundView, SaleView } from "./view.ts";

/** Refunds of the money that the sale has. Those of an extra payment are another matter. */
export const refundsOf = ({ attempt, refunds }: SaleView): readonly RefundView[] =>
  refunds.filter((one) => one.order_no === attempt?.order_no);

/** The newest, unless that is done and another isn't: what has gone well mustn't hide what nobody knows yet. */
export function refundToTell(sale: SaleView): RefundView | null {
  const all = refundsOf(sale);
  const newest = all.at(-1) ?? null;
  if (newest?.state !== "done") return newest;
  return all.findLast(({ state }) => !REFUND_ENDS[state]) ?? newest;
}

/** Fen that are neither given back nor on their way. */
export const leftFen = (sale: SaleView): number =>
  refundsOf(sale)
    .filter(({ state }) => state !== "refused")
    .reduce((left, one) => left - one.amount_fen, sale.amount_fen);

/** The receipt's paper while a person has to look at it or at the printer; null once all of the money went back. */
export function paperThatNeeds(sale: SaleView): JobView | null {
  const { receipt, refunded_fen: backFen, amount_fen: amountFen } = sale;
  const job = receipt?.job ?? null;
  if (job === null || receipt?.opened_at !== null || receipt.void || backFen >= amountFen)
    return null;
  if (waitsForEReceipt(job)) return null;
  const isHeld = (job.state === "held" || job.state === "sending") && job.hold !== null;
  return job.state === "doubtful" || isHeld ? job : null;
}
