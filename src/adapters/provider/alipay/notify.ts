/** Asynchronous notifications: genuine ones of our app and seller become facts, everything else is dropped and counted. */
import type { TradeNotification } from "../../../core/payment/answers.ts";
import { tradeStatusRow } from "../../../core/payment/codes/codes.ts";
import { amountOf, payerOf, textOf, timeOf } from "./fields.ts";

export type DropReason =
  | "sign"
  | "app_id"
  | "seller_id"
  | "not_a_trade"
  | "status_unlisted"
  | "fields";

const STATUS = new Map<string | undefined, TradeNotification["status"]>([
  ["paid", "paid"],
  ["pending", "waiting"],
  ["not_paid", "closed"],
]);

/**
 * What the merchant must check (opendocs open/00f7nu): signature, app_id and seller_id here; order and amount against
 * the order by the caller. `trade` is null unless the status is `paid`.
 */
export function readNotification(
  form: Readonly<Record<string, string>>,
  ours: { readonly appId: string; readonly sellerId: string },
  signedByAlipay: (form: Readonly<Record<string, string>>) => boolean,
): TradeNotification | DropReason {
  if (!signedByAlipay(form)) return "sign";
  if (textOf(form, "app_id") !== ours.appId) return "app_id";
  if (textOf(form, "seller_id") !== ours.sellerId) return "seller_id";
  if (textOf(form, "notify_type") !== "trade_status_sync") return "not_a_trade";
  const status = STATUS.get(tradeStatusRow(textOf(form, "trade_status") ?? "")?.outcome);
  if (status === undefined) return "status_unlisted";
  const notifyId = textOf(form, "notify_id");
  const orderNo = textOf(form, "out_trade_no");
  if (notifyId === null || orderNo === null) return "fields";
  const providerTradeNo = textOf(form, "trade_no");
  if (status !== "paid") {
    const named = providerTradeNo === null ? {} : { providerTradeNo };
    return { notifyId, orderNo, status, trade: null, ...named };
  }
  const amountFen = amountOf(form, "total_amount");
  if (providerTradeNo === null || amountFen === null) return "fields";
  const paidAtMs = timeOf(form, "gmt_payment");
  const trade = { orderNo, providerTradeNo, amountFen, payer: payerOf(form), paidAtMs };
  return { notifyId, orderNo, status, trade };
}
