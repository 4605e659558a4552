/** What is asked of Alipay: the business fields of each call, within the lengths and letters that its pages allow. */
import { fen, isFen, yuanText } from "../../../core/money/money.ts";
import type { Fen } from "../../../core/money/money.ts";
import type { Goods, Order } from "../../../ports/provider.ts";
import { chinaTime } from "../../../core/rules/time.ts";
import type { Body } from "./fields.ts";

export interface RequestSettings {
  readonly payProductCode: string;
  readonly qrProductCode: string;
  readonly qrTimeoutExpress: string;
  readonly goodsMax: number;
}

/** alipay.trade.pay (opendocs open/02ekfp): the customer shows a code, or his face (a code of 35 characters from `fp`). */
export const payRequest = (
  order: Order,
  paymentCode: string,
  settings: RequestSettings,
  nowMs: number,
): Body => ({
  ...orderFields(order, settings),
  time_expire: chinaTime(order.expiresAtMs),
  product_code: settings.payProductCode,
  scene: paymentCode.startsWith("fp") ? "security_code" : "bar_code",
  auth_code: paymentCode,
  // `time_expire` wins; where it isn't heeded, the whole minutes that are left still close the trade.
  timeout_express: `${Math.max(1, Math.ceil((order.expiresAtMs - nowMs) / 60_000))}m`,
});

/** alipay.trade.precreate (opendocs open/05osv9): the customer scans our QR. */
export const precreateRequest = (order: Order, settings: RequestSettings, nowMs: number): Body => ({
  ...orderFields(order, settings),
  product_code: settings.qrProductCode,
  ...qrLife(order, settings, nowMs),
});

/** A life that was rounded up to a second, and spent some seconds on its way to the wire, still is whole minutes. */
const spentMs = 10_000;

/**
 * A QR has no code that dies: nothing but its expiry keeps it from being paid after our proof that it wasn't. `time_expire`
 * would put that at our clock's mercy; the two lives in whole minutes are counted by Alipay's. Documents contradict each
 * other on whether `timeout_express` counts from the precreate or from the scan, and `qr_code_timeout_express` is the
 * QR's own: both say the same, so that whichever holds, it is over.
 */
function qrLife(order: Order, { qrTimeoutExpress }: RequestSettings, nowMs: number): Body {
  const minutes = Math.floor((order.expiresAtMs - nowMs + spentMs) / 60_000);
  const shorterMinutes = Number(/^(\d+)m$/.exec(qrTimeoutExpress)?.[1] ?? minutes);
  const life = shorterMinutes < minutes ? qrTimeoutExpress : `${Math.max(1, minutes)}m`;
  const both = { timeout_express: life, qr_code_timeout_express: life };
  return minutes < 1 ? { time_expire: chinaTime(order.expiresAtMs), ...both } : both;
}

/** alipay.trade.refund (opendocs open/02ekfs): no other field may be sent. */
export const refundRequest = (
  orderNo: string,
  requestNo: string,
  amountFen: Fen,
  reason: string,
): Body => ({
  out_trade_no: orderNo,
  out_request_no: requestNo,
  refund_amount: yuanText(amountFen),
  refund_reason: plainText(reason, 256, "退款"),
});

/** An empty field would be signed as empty and refused or lost, so what is empty isn't sent. */
function orderFields(order: Order, settings: RequestSettings): Body {
  const goods = order.goods.slice(0, settings.goodsMax).flatMap(goodsFields);
  const optional = {
    store_id: plainId(order.storeId, 32),
    terminal_id: plainId(order.terminalId, 32),
    operator_id: plainId(order.operatorId, 28),
  };
  return {
    out_trade_no: order.orderNo,
    total_amount: yuanText(order.amountFen),
    subject: plainText(order.subject, 256, "门店消费"),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== "")),
    ...(goods.length > 0 ? { goods_detail: goods } : {}),
  };
}

/** `quantity` must be whole, so goods by weight become one piece at the price of the line. Goods are information only. */
function goodsFields(goods: Goods, index: number): Body[] {
  const whole = Number.isSafeInteger(goods.quantity) && goods.quantity > 0;
  const priceFen = whole ? goods.priceFen : Math.round(goods.priceFen * goods.quantity);
  if (!isFen(priceFen) || priceFen <= 0) return [];
  const name = whole ? goods.name : `${goods.name} ×${goods.quantity}`;
  return [
    {
      goods_id: `item${index + 1}`,
      goods_name: plainText(name, 256, "商品"),
      quantity: whole ? goods.quantity : 1,
      price: yuanText(fen(priceFen)),
    },
  ];
}

/** Without what Alipay forbids in a subject (`/`, `=`, `&`), control characters and broken characters; never empty. */
function plainText(text: string, lengthMax: number, fallback: string): string {
  const plain = text.replaceAll(/[/=&\p{Cc}\p{Cs}\s]+/gu, " ").trim();
  return plain === "" ? fallback : Array.from(plain).slice(0, lengthMax).join("").trim();
}

/** Numbers of stores, tills and people: no Chinese (opendocs open/02ekfp, store_id). */
const plainId = (id: string, lengthMax: number): string =>
  id.replaceAll(/[^0-9A-Za-z_-]/g, "").slice(0, lengthMax);
