/** alipay.trade.pay: a payment code against an amount. One order number never books twice. */
import { fen } from "../../../../core/money/money.ts";
import { refusal, inProcess, success, type Reply } from "../reply.ts";
import { chinaDay, chinaTime } from "../../../../core/rules/time.ts";
import { isPaid, type Order, type PaymentCode, type Trade } from "../trades.ts";
import { asksPassword, walletRefusal } from "../wallets.ts";
import { isReply, merchantRefusal, readOrder, text, tradeFields } from "./context.ts";
import type { Biz, Context } from "./context.ts";

const api = "alipay.trade.pay";

/** Prefix 25 to 30 and 16 to 24 digits, or a face code of 35 characters. */
const codePattern = /^(?:(?:2[5-9]|30)\d{14,22}|fp[0-9a-zA-Z]{33})$/;

export function pay(context: Context, biz: Biz): Reply {
  const order = readOrder(context, biz, api);
  if (isReply(order)) return order;
  const code = text(biz, "auth_code");
  const refused = (subCode: string): Reply => refusal(api, subCode, order.outTradeNo);
  const known = context.book.trades.get(order.outTradeNo);
  const answered = known === undefined ? null : knownOrder(context, known, order);
  if (answered !== null) return answered;
  const precreated = context.book.qrOrders.get(order.outTradeNo);
  if (precreated !== undefined && precreated.totalFen !== order.totalFen) {
    return refused("ACQ.CONTEXT_INCONSISTENT");
  }
  if (context.book.stopped.has(order.outTradeNo)) return refused("ACQ.TRADE_HAS_CLOSE");
  if (context.nowMs >= order.expiresAtMs) return refused("ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR");
  if (code === null) return refused("ACQ.AUTH_TOKEN_IS_NOT_EXIST");
  const shown = codePattern.test(code) ? context.book.codes.get(code) : undefined;
  if (shown === undefined || shown.used || shown.expiresAtMs <= context.nowMs) {
    return refused("ACQ.PAYMENT_AUTH_CODE_INVALID");
  }
  context.book.putCode({ ...shown, used: true });
  context.book.removeQr(order.outTradeNo);
  return charge(context, order, shown, known);
}

/** What a number that has a trade already answers; null when a waiting trade may be paid with a new code. */
function knownOrder(context: Context, known: Trade, order: Order): Reply | null {
  const refused = (subCode: string): Reply => refusal(api, subCode, order.outTradeNo);
  if (known.totalFen !== order.totalFen) return refused("ACQ.CONTEXT_INCONSISTENT");
  if (isPaid(known)) return refused("ACQ.TRADE_HAS_SUCCESS");
  if (known.status === "TRADE_CLOSED") return refused("ACQ.TRADE_HAS_CLOSE");
  if (known.ask === null) return null;
  return context.book.settings.resendWhileWaiting === "status_error"
    ? refused("ACQ.TRADE_STATUS_ERROR")
    : waitingReply(context, known);
}

function charge(
  context: Context,
  order: Order,
  shown: PaymentCode,
  known: Trade | undefined,
): Reply {
  const { book, nowMs, twist } = context;
  const wallet = book.wallet(shown.walletId);
  const no =
    merchantRefusal(book, order.totalFen) ?? walletRefusal(wallet, order.totalFen, chinaDay(nowMs));
  if (no !== null && !book.settings.declinedLeavesTrade) {
    return refusal(api, no, order.outTradeNo);
  }
  const trade = known ?? newTrade(context, order, wallet.id, "code");
  if (no !== null) return refusal(api, no, order.outTradeNo);
  if (trade.walletId !== wallet.id) {
    return refusal(api, "ACQ.TRADE_BUYER_NOT_MATCH", order.outTradeNo);
  }
  const asked = twist.ask ?? (asksPassword(wallet, order.totalFen) ? wallet.whenAsked : null);
  if (asked !== null) return waitingReply(context, book.ask(trade, asked, nowMs));
  return paidReply(context, book.settle(trade, nowMs));
}

/** A trade of this order that nobody has paid yet. */
export const newTrade = (
  { book, nowMs, twist }: Context,
  order: Order,
  walletId: string,
  via: Trade["via"],
): Trade =>
  book.openTrade({
    ...order,
    walletId,
    via,
    status: "WAIT_BUYER_PAY",
    ask: null,
    askedAtMs: null,
    createdAtMs: nowMs,
    paidAtMs: null,
    closedAtMs: null,
    closedBy: null,
    refunds: [],
    refundedFen: fen(0),
    twist,
  });

/** 10003: amounts are zero except the total, and the buyer's open_id shows (a real reply of 2019). */
function waitingReply(context: Context, trade: Trade): Reply {
  const wallet = context.book.wallet(trade.walletId);
  return inProcess({ ...tradeFields(trade, wallet), open_id: wallet.openId });
}

function paidReply(context: Context, trade: Trade): Reply {
  const wallet = context.book.wallet(trade.walletId);
  return success({
    ...tradeFields(trade, wallet),
    gmt_payment: chinaTime(trade.paidAtMs ?? context.nowMs),
    store_name: trade.storeId === "" ? undefined : context.book.settings.storeName,
  });
}
