/** alipay.trade.cancel: undo an order whose outcome isn't known. Says whether it closed or gave money back. */
import { fen } from "../../../../core/money/money.ts";
import { chinaDay } from "../../../../core/rules/time.ts";
import { refusal, success, type Reply } from "../reply.ts";
import type { Trade } from "../trades.ts";
import { walletRefusal } from "../wallets.ts";
import { isReply, named } from "./context.ts";
import type { Biz, Context } from "./context.ts";

const api = "alipay.trade.cancel";

export function cancel(context: Context, biz: Biz): Reply {
  const found = named(context, biz, api);
  if (isReply(found)) return found;
  const { book } = context;
  if (found.trade === undefined) {
    if (found.number !== null && book.settings.cancelStopsLatePay) {
      book.stopped.add(found.number);
      book.removeQr(found.number);
    }
    // No trade, no action: real replies carry the number and retry_flag only.
    return success({ out_trade_no: found.number ?? undefined, retry_flag: "N" });
  }
  if (found.trade.twist.cancelRetries > 0) return askAgain(context, found.trade);
  const trade = raced(context, found.trade);
  const done = (action: "close" | "refund"): Reply =>
    success({
      action,
      out_trade_no: trade.outTradeNo,
      retry_flag: "N",
      trade_no: trade.tradeNo,
    });
  switch (trade.status) {
    case "WAIT_BUYER_PAY":
      book.close(trade, "cancel_unpaid", context.nowMs);
      return done("close");
    case "TRADE_CLOSED":
      return done(trade.paidAtMs === null ? "close" : "refund");
    case "TRADE_FINISHED":
      return refusal(api, "ACQ.TRADE_HAS_FINISHED", trade.outTradeNo);
    case "TRADE_SUCCESS": {
      const no = giveBack(context, trade);
      return no === null ? done("refund") : refusal(api, no, trade.outTradeNo);
    }
  }
}

/** The other end of the race: the buyer's password arrives just before the cancel. */
function raced(context: Context, trade: Trade): Trade {
  const first = context.twist.buyerPaysFirst || trade.twist.buyerPaysFirst;
  if (!first || trade.status !== "WAIT_BUYER_PAY") return trade;
  const { book, nowMs } = context;
  const no = walletRefusal(book.wallet(trade.walletId), trade.totalFen, chinaDay(nowMs));
  return no === null ? book.settle(trade, nowMs) : trade;
}

function askAgain(context: Context, trade: Trade): Reply {
  const twist = { ...trade.twist, cancelRetries: trade.twist.cancelRetries - 1 };
  context.book.putTrade({ ...trade, twist });
  return retryReply(trade.outTradeNo);
}

/** Trouble at the provider: nothing done, the same cancel must be sent again. */
export const retryReply = (outTradeNo: string | null): Reply => {
  const busy = refusal(api, "ACQ.SYSTEM_ERROR", outTradeNo);
  return { ...busy, fields: { ...busy.fields, retry_flag: "Y" } };
};

/** The sub-code that stops the refund, or null when the money went back. */
function giveBack(context: Context, trade: Trade): string | null {
  const { book, nowMs } = context;
  if (nowMs > trade.createdAtMs + book.settings.cancelWindowMs) return "ACQ.TRADE_CANCEL_TIME_OUT";
  const leftFen = fen(trade.totalFen - trade.refundedFen);
  if (leftFen > book.merchant.balanceFen) return "ACQ.SELLER_BALANCE_NOT_ENOUGH";
  const refund = { requestNo: trade.outTradeNo, amountFen: leftFen, reason: null, atMs: nowMs };
  book.close(book.refund(trade, refund), "cancel_refund", nowMs);
  return null;
}
