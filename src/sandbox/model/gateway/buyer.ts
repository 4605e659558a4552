/** What customers do by themselves: scan a QR code, type the password, say no. */
import { newTrade } from "./api/pay.ts";
import type { Book } from "./book.ts";
import { behaviour } from "./behaviours.ts";
import { chinaDay } from "../../../core/rules/time.ts";
import { twistOf } from "./faults.ts";
import { sentinelFor } from "./sentinels.ts";
import { NO_TWIST, type QrOrder, type Trade, type Twist } from "./trades.ts";
import { asksPassword, walletRefusal } from "./wallets.ts";

/** Why a customer's action did nothing; a sub-code when the wallet itself refused. */
export interface BuyerRefusal {
  readonly refusal:
    | "no_such_trade"
    | "nobody_is_asked"
    | "no_such_wallet"
    | "no_such_qr"
    | "wallet_refused";
  readonly subCode: string | null;
}

const no = (refusal: BuyerRefusal["refusal"], subCode: string | null = null): BuyerRefusal => ({
  refusal,
  subCode,
});

export const isBuyerRefusal = (value: Trade | BuyerRefusal): value is BuyerRefusal =>
  "refusal" in value;

/** The customer types the password of a waiting trade. */
export function confirm(book: Book, outTradeNo: string, nowMs: number): Trade | BuyerRefusal {
  const trade = book.trades.get(outTradeNo);
  if (trade === undefined) return no("no_such_trade");
  if (trade.status !== "WAIT_BUYER_PAY" || trade.ask === null) return no("nobody_is_asked");
  const subCode = walletRefusal(book.wallet(trade.walletId), trade.totalFen, chinaDay(nowMs));
  return subCode === null ? book.settle(trade, nowMs) : no("wallet_refused", subCode);
}

/** The customer closes the password page; the trade closes. */
export function refuse(book: Book, outTradeNo: string, nowMs: number): Trade | BuyerRefusal {
  const trade = book.trades.get(outTradeNo);
  if (trade === undefined) return no("no_such_trade");
  if (trade.status !== "WAIT_BUYER_PAY" || trade.ask === null) return no("nobody_is_asked");
  return book.close(trade, "refused", nowMs);
}

/** The buyer's part of what the amount provokes; the other parts belong to calls. */
function twistByAmount(order: QrOrder): Twist {
  const sentinel = sentinelFor("alipay.trade.pay", order.totalFen);
  if (sentinel === null) return NO_TWIST;
  return twistOf(sentinel, behaviour(sentinel.behaviour).ms);
}

/**
 * The customer scans a QR code (its text, or the order number behind it). With `pays` false they only look
 * at it: the trade exists and waits.
 */
export function scan(
  book: Book,
  target: string,
  walletName: string,
  pays: boolean,
  nowMs: number,
): Trade | BuyerRefusal {
  const wallet = book.findWallet(walletName);
  if (wallet === undefined) return no("no_such_wallet");
  const order =
    book.qrOrders.get(target) ?? [...book.qrOrders.values()].find((one) => one.qrCode === target);
  if (order === undefined || order.expiresAtMs <= nowMs) return no("no_such_qr");
  const { qrCode: _code, createdAtMs: _created, ...rest } = order;
  const twist = twistByAmount(order);
  book.removeQr(order.outTradeNo);
  const context = { book, nowMs, notifyUrl: order.notifyUrl, twist };
  const trade = newTrade(context, rest, wallet.id, "qr");
  const asked = twist.ask ?? (asksPassword(wallet, order.totalFen) ? wallet.whenAsked : null);
  if (!pays) return book.ask(trade, { kind: "waits" }, nowMs);
  const subCode = walletRefusal(wallet, order.totalFen, chinaDay(nowMs));
  if (subCode !== null) {
    // The wallet shows why and the order stays open on the phone: the customer may look for money.
    book.ask(trade, { kind: "waits" }, nowMs);
    return no("wallet_refused", subCode);
  }
  return asked === null ? book.settle(trade, nowMs) : book.ask(trade, asked, nowMs);
}
