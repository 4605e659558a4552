/** alipay.trade.query: what the provider knows of an order. A QR code nobody scanned is no trade. */
import { chinaTime } from "../../../../core/rules/time.ts";
import { refusal, success, type Reply } from "../reply.ts";
import { isReply, named, tradeFields } from "./context.ts";
import type { Biz, Context } from "./context.ts";

const api = "alipay.trade.query";

export function query(context: Context, biz: Biz): Reply {
  const found = named(context, biz, api);
  if (isReply(found)) return found;
  const { trade } = found;
  if (trade === undefined) return refusal(api, "ACQ.TRADE_NOT_EXIST", found.number);
  const { paidAtMs } = trade;
  return success({
    ...tradeFields(trade, context.book.wallet(trade.walletId)),
    buyer_user_type: paidAtMs === null ? undefined : "PRIVATE",
    send_pay_date: paidAtMs === null ? undefined : chinaTime(paidAtMs),
    store_id: trade.storeId === "" ? undefined : trade.storeId,
    terminal_id: trade.terminalId === "" ? undefined : trade.terminalId,
    trade_status: trade.status,
  });
}
