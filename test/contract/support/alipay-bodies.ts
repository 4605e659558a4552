/** Replies as the live gateway was seen to send them, personal values masked. */
import type { Order } from "../../../src/ports/provider.ts";
import { fen } from "../../../src/core/money/money.ts";

export const paymentCode = "281234567890123456";
export const nowMs = Date.parse("2026-11-23T08:22:42+08:00");

export const order: Order = {
  orderNo: "T20261123000001",
  amountFen: fen(12_850),
  subject: "测试/商品 A=B & C",
  expiresAtMs: nowMs + 90_000,
  storeId: "S001",
  terminalId: "T-01",
  operatorId: "1001",
  goods: [{ name: "拿铁 大杯", quantity: 2, priceFen: fen(6_425) }],
};

const zero = {
  buyer_pay_amount: "0.00",
  invoice_amount: "0.00",
  point_amount: "0.00",
  receipt_amount: "0.00",
};

export const buyerAccount = "138****0000";
export const buyerId = "2088102180000009";

export const paid = {
  code: "10000",
  msg: "Success",
  buyer_logon_id: buyerAccount,
  buyer_pay_amount: "128.50",
  buyer_user_id: buyerId,
  fund_bill_list: [{ amount: "128.50", fund_channel: "PCREDIT" }],
  gmt_payment: "2026-11-23 08:22:43",
  invoice_amount: "128.50",
  out_trade_no: order.orderNo,
  point_amount: "0.00",
  receipt_amount: "128.50",
  total_amount: "128.50",
  trade_no: "2026112322001400000000000001",
};

export const awaiting = {
  code: "10003",
  msg: " order success pay inprocess",
  buyer_logon_id: buyerAccount,
  buyer_user_id: buyerId,
  ...zero,
  out_trade_no: order.orderNo,
  total_amount: "128.50",
  trade_no: "2026112322001400000000000001",
};

export const refusal = (subCode: string, code = "40004"): Record<string, unknown> => ({
  code,
  msg: "Business Failed",
  sub_code: subCode,
  sub_msg: "交易失败",
  ...zero,
  out_trade_no: order.orderNo,
});

export const shown = (status: string): Record<string, unknown> => {
  const { gmt_payment: sendPayDate, ...rest } = paid;
  return { ...rest, send_pay_date: sendPayDate, trade_status: status };
};

export const notification: Readonly<Record<string, string>> = {
  gmt_create: "2026-11-23 08:22:42",
  charset: "utf-8",
  seller_email: "shop@example.com",
  subject: "100% 折扣 + 奶茶",
  buyer_id: buyerId,
  invoice_amount: "128.50",
  notify_id: "2026112300222082243012345678901234",
  fund_bill_list: '[{"amount":"128.50","fundChannel":"ALIPAYACCOUNT"}]',
  notify_type: "trade_status_sync",
  trade_status: "TRADE_SUCCESS",
  receipt_amount: "128.50",
  buyer_pay_amount: "128.50",
  app_id: "2021000000000001",
  seller_id: "2088000000000001",
  gmt_payment: "2026-11-23 08:22:43",
  notify_time: "2026-11-23 08:22:44",
  version: "1.0",
  out_trade_no: order.orderNo,
  total_amount: "128.50",
  trade_no: "2026112322001400000000000001",
  auth_app_id: "2021000000000001",
  buyer_logon_id: buyerAccount,
  point_amount: "0.00",
};
