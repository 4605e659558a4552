/** What the provider tells the merchant by itself, and how often it tries (A3 of the protocol). */
import { yuanText } from "../../../core/money/money.ts";
import { chinaTime } from "../../../core/rules/time.ts";
import { scaled, type Settings } from "./settings.ts";
import type { Trade } from "./trades.ts";
import type { Wallet } from "./wallets.ts";

export interface Notification {
  /** 34 digits, the day first; the same over every try. */
  readonly id: string;
  readonly outTradeNo: string;
  readonly url: string;
  /** Without notify_time, sign and sign_type: those belong to one try. */
  readonly fields: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  readonly tries: number;
  /** Sends still to be made although one was answered well (duplicate delivery). */
  readonly extra: number;
  /** Null when no further try is planned. */
  readonly nextAtMs: number | null;
  readonly delivered: boolean;
  /** The first characters of the last answer, or why there was none. */
  readonly lastAnswer: string | null;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** 4 m, 10 m, 10 m, 1 h, 2 h, 6 h, 15 h: eight sends in all (opendocs open/00f7nu). */
export const RETRY_PLAN_MS: readonly number[] = [
  4 * minuteMs,
  10 * minuteMs,
  10 * minuteMs,
  hourMs,
  2 * hourMs,
  6 * hourMs,
  15 * hourMs,
];

/** After the query that follows the longest silence of a call. */
const lateMs = 15_000;

export function notificationOf(
  trade: Trade,
  wallet: Wallet,
  settings: Settings,
  id: string,
  nowMs: number,
): Notification {
  const total = yuanText(trade.totalFen);
  const paid = trade.paidAtMs !== null;
  const amount = paid ? total : "0.00";
  const fields: Record<string, string | null> = {
    gmt_create: chinaTime(trade.createdAtMs),
    charset: "utf-8",
    seller_email: settings.sellerEmail,
    subject: trade.subject,
    body: trade.body,
    buyer_id: wallet.userId,
    buyer_logon_id: wallet.logonId,
    invoice_amount: amount,
    notify_id: id,
    fund_bill_list: paid ? JSON.stringify([{ amount, fundChannel: wallet.channel }]) : null,
    notify_type: "trade_status_sync",
    trade_status: trade.status,
    receipt_amount: amount,
    buyer_pay_amount: amount,
    point_amount: "0.00",
    app_id: settings.appId,
    auth_app_id: settings.appId,
    seller_id: settings.sellerId,
    gmt_payment: trade.paidAtMs === null ? null : chinaTime(trade.paidAtMs),
    gmt_close: trade.closedAtMs === null ? null : chinaTime(trade.closedAtMs),
    refund_fee: trade.refundedFen > 0 ? yuanText(trade.refundedFen) : null,
    version: "1.0",
    out_trade_no: trade.outTradeNo,
    total_amount: total,
    trade_no: trade.tradeNo,
    passback_params: trade.passback,
  };
  // Empty fields are never sent: the documents contradict each other on whether they are signed.
  const filled = Object.entries(fields).filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[1] !== "",
  );
  return {
    id,
    outTradeNo: trade.outTradeNo,
    url: trade.notifyUrl ?? "",
    fields: Object.fromEntries(filled),
    createdAtMs: nowMs,
    tries: 0,
    extra: trade.twist.notify === "twice" ? 1 : 0,
    nextAtMs: nowMs + (trade.twist.notify === "late" ? scaled(settings, lateMs) : 0),
    delivered: false,
    lastAnswer: null,
  };
}

/** The form of one try and the text that is signed for it: V1, without sign and sign_type. */
export function tryForm(
  one: Notification,
  nowMs: number,
): { readonly fields: Readonly<Record<string, string>>; readonly signText: string } {
  const fields: Record<string, string> = { ...one.fields, notify_time: chinaTime(nowMs) };
  const signText = Object.keys(fields)
    .toSorted()
    .map((key) => `${key}=${fields[key] ?? ""}`)
    .join("&");
  return { fields, signText };
}

/** The notification after a try: only the seven characters `success` end it. */
export function afterTry(
  one: Notification,
  answer: string,
  settings: Settings,
  nowMs: number,
): Notification {
  const delivered = one.delivered || answer === "success";
  const tries = one.tries + 1;
  const told = { ...one, tries, delivered, lastAnswer: answer.slice(0, 80) };
  if (one.extra > 0) return { ...told, extra: one.extra - 1, nextAtMs: nowMs };
  if (delivered) return { ...told, nextAtMs: null };
  const planned = tries - 1 - settings.notifyImmediateResends;
  const waitMs = planned < 0 ? 0 : RETRY_PLAN_MS[planned];
  return { ...told, nextAtMs: waitMs === undefined ? null : nowMs + scaled(settings, waitMs) };
}
