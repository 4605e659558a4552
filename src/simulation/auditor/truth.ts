/** What the gateway's own book says about the money of one order. */
import type { TradeFact } from "./facts.ts";

/** Money was moved from the buyer at some time, whatever became of it. */
export const wasTaken = (trade: TradeFact): boolean =>
  trade.paidAtMs !== null || trade.closedBy === "rolled_back";

/** What stays taken, as the book stands. */
export const netFen = (trade: TradeFact): number =>
  trade.paidAtMs === null ? 0 : trade.totalFen - trade.refundedFen;

/** What stayed taken at a moment of the past. */
export function netFenAt(trade: TradeFact, atMs: number): number {
  if (trade.paidAtMs === null || trade.paidAtMs > atMs) return 0;
  const back = trade.refunds.reduce((sum, one) => sum + (one.atMs <= atMs ? one.amountFen : 0), 0);
  return trade.totalFen - back;
}

/** The buyer can still pay it: nobody has closed it and no money has moved. */
export const isPayable = (trade: TradeFact): boolean => trade.status === "WAIT_BUYER_PAY";
