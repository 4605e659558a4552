/** alipay.trade.precreate: a QR code for an amount. The trade itself begins when somebody scans it. */
import { refusal, success, type Reply } from "../reply.ts";
import { isPaid } from "../trades.ts";
import { isReply, merchantRefusal, readOrder } from "./context.ts";
import type { Biz, Context } from "./context.ts";

const api = "alipay.trade.precreate";

export function precreate(context: Context, biz: Biz): Reply {
  const order = readOrder(context, biz, api);
  if (isReply(order)) return order;
  const { book, nowMs } = context;
  const refused = (subCode: string): Reply => refusal(api, subCode, order.outTradeNo);
  const trade = book.trades.get(order.outTradeNo);
  const before = book.qrOrders.get(order.outTradeNo);
  const knownFen = trade?.totalFen ?? before?.totalFen ?? order.totalFen;
  if (knownFen !== order.totalFen) return refused("ACQ.CONTEXT_INCONSISTENT");
  if (trade !== undefined) {
    return refused(isPaid(trade) ? "ACQ.TRADE_HAS_SUCCESS" : "ACQ.TRADE_HAS_CLOSE");
  }
  if (nowMs >= order.expiresAtMs) return refused("ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR");
  const no = merchantRefusal(book, order.totalFen);
  if (no !== null) return refused(no);
  const qrCode = before?.qrCode ?? `https://qr.alipay.com/bax${book.digits(18)}`;
  if (before === undefined) {
    // The code itself lives two hours, whatever the order's time says.
    const expiresAtMs = Math.min(order.expiresAtMs, nowMs + book.settings.qrLifeMs);
    book.putQr({ ...order, expiresAtMs, qrCode, createdAtMs: nowMs });
    book.due.add({ atMs: expiresAtMs, what: "expire_qr", key: order.outTradeNo });
  }
  return success({ out_trade_no: order.outTradeNo, qr_code: qrCode });
}
