/** alipay.trade.close: ends a trade that nobody paid yet. */
import { refusal, success, type Reply } from "../reply.ts";
import { isReply, named } from "./context.ts";
import type { Biz, Context } from "./context.ts";

const api = "alipay.trade.close";

export function close(context: Context, biz: Biz): Reply {
  const found = named(context, biz, api);
  if (isReply(found)) return found;
  const { trade } = found;
  // A QR code that nobody scanned answers the same: there is no trade yet (seen on the live gateway).
  if (trade === undefined) return refusal(api, "ACQ.TRADE_NOT_EXIST", found.number);
  if (trade.status !== "WAIT_BUYER_PAY") {
    return refusal(api, "ACQ.TRADE_STATUS_ERROR", trade.outTradeNo);
  }
  context.book.close(trade, "close", context.nowMs);
  return success({ out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo });
}
