/** What every API handler gets, and the readers that they share. */
import { fen, parseYuan, yuanText, type Fen } from "../../../../core/money/money.ts";
import type { Book } from "../book.ts";
import { chinaTime, parseChinaTime } from "../../../../core/rules/time.ts";
import { refusal, type Fields, type Json, type Reply } from "../reply.ts";
import type { Order, Trade, Twist } from "../trades.ts";
import type { Wallet } from "../wallets.ts";

export type Biz = Readonly<Record<string, unknown>>;

export interface Context {
  readonly book: Book;
  readonly nowMs: number;
  readonly notifyUrl: string | null;
  readonly twist: Twist;
}

export type Api = (context: Context, biz: Biz) => Reply;

/** A text field, trimmed of nothing; null when it is missing or empty. Numbers count as their digits. */
export function text(biz: Biz, key: string): string | null {
  const value = biz[key];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

export function amount(biz: Biz, key: string): Fen | null {
  const parsed = parseYuan(text(biz, key) ?? "");
  return typeof parsed === "number" ? fen(parsed) : null;
}

export const invalid = (api: string, outTradeNo: string | null, why: string): Reply =>
  refusal(api, "ACQ.INVALID_PARAMETER", outTradeNo, { subMsg: `参数无效：${why}` });

/** The trade that out_trade_no or trade_no names; trade_no wins. A reply when neither is given. */
export function named(
  context: Context,
  biz: Biz,
  api: string,
): { readonly number: string | null; readonly trade: Trade | undefined } | Reply {
  const number = text(biz, "out_trade_no");
  const tradeNo = text(biz, "trade_no");
  if (number === null && tradeNo === null) {
    return invalid(api, null, "out_trade_no 和 trade_no 不能同时为空");
  }
  return { number, trade: context.book.findTrade(number, tradeNo) };
}

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const orderLifeMsMax = 15 * unitMs.d;

/** When the order dies: time_expire wins over timeout_express; null when what was sent can't be read. */
function expiry(context: Context, biz: Biz): number | null {
  const absolute = text(biz, "time_expire");
  if (absolute !== null) return absolute.length > 10 ? parseChinaTime(absolute) : null;
  const express = text(biz, "timeout_express");
  if (express === null) return context.nowMs + context.book.settings.defaultOrderLifeMs;
  if (express === "1c")
    return (parseChinaTime(chinaTime(context.nowMs).slice(0, 10)) ?? 0) + unitMs.d;
  const match = /^([1-9]\d{0,4})([mhd])$/.exec(express);
  if (match === null) return null;
  const lifeMs = Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
  return lifeMs > orderLifeMsMax ? null : context.nowMs + lifeMs;
}

/** The order of a pay or precreate request, or the refusal of its first wrong field. */
export function readOrder(context: Context, biz: Biz, api: string): Order | Reply {
  const outTradeNo = text(biz, "out_trade_no");
  if (outTradeNo === null) return invalid(api, null, "out_trade_no 不能为空");
  const wrong = (why: string): Reply => invalid(api, outTradeNo, why);
  if (!/^\w{1,64}$/.test(outTradeNo))
    return wrong("out_trade_no 只能是 64 位以内字母、数字、下划线");
  const totalFen = amount(biz, "total_amount");
  if (totalFen === null) return wrong("total_amount 须在 0.01 到 100000000 之间，最多两位小数");
  const subject = text(biz, "subject");
  if (subject === null) return wrong("subject 不能为空");
  if (subject.length > 256 || /[/=&]/.test(subject)) return wrong("subject 超长或含有特殊字符");
  const expiresAtMs = expiry(context, biz);
  if (expiresAtMs === null) return wrong("time_expire 或 timeout_express 格式不正确");
  return {
    outTradeNo,
    totalFen,
    subject,
    body: text(biz, "body"),
    storeId: text(biz, "store_id") ?? "",
    terminalId: text(biz, "terminal_id") ?? "",
    operatorId: text(biz, "operator_id") ?? "",
    passback: text(biz, "passback_params"),
    notifyUrl: context.notifyUrl,
    expiresAtMs,
  };
}

export const isReply = (value: object): value is Reply => "subCode" in value;

/** The merchant's own reasons to refuse an amount. */
export function merchantRefusal(book: Book, totalFen: Fen): string | null {
  const { merchantState, merchantSingleLimitFen } = book.settings;
  if (merchantState === "blocked") return "ACQ.SELLER_BEEN_BLOCKED";
  if (merchantState === "suspended") return "ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT";
  return merchantSingleLimitFen !== null && totalFen > merchantSingleLimitFen
    ? "ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION"
    : null;
}

/** Amounts and buyer of a trade as pay and query show them; zero while nothing is paid. */
export function tradeFields(trade: Trade, wallet: Wallet): Fields {
  const paid = trade.paidAtMs === null ? "0.00" : yuanText(trade.totalFen);
  const fundBills: Json = [{ amount: paid, fund_channel: wallet.channel }];
  return {
    buyer_logon_id: wallet.logonId,
    buyer_pay_amount: paid,
    buyer_user_id: wallet.userId,
    fund_bill_list: trade.paidAtMs === null ? undefined : fundBills,
    invoice_amount: paid,
    out_trade_no: trade.outTradeNo,
    point_amount: "0.00",
    receipt_amount: paid,
    total_amount: yuanText(trade.totalFen),
    trade_no: trade.tradeNo,
  };
}
