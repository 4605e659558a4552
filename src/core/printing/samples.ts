/** One sample of each slip, for tests, documents and a look at a paper before there is a sale. */
import { fen } from "../money/money.ts";
import type { Issuer, ReceiptContent } from "../receipt/receipt.ts";
import type { Slip } from "./job.ts";

export const sampleIssuer: Issuer = {
  merchantName: "瑞福茶饮",
  merchantNo: "2088000000000001",
  storeName: "人民路店",
  storeNo: "S1",
  terminalNo: "T01",
  address: "上海市黄浦区人民路1号",
  phone: "021-12345678",
};

/** 2026-01-31 09:05:00 in China. */
export const sampleAtMs = 1_769_821_500_000;

export const sampleContent: ReceiptContent = {
  number: "T01-000481",
  saleId: "sale-481",
  issuer: sampleIssuer,
  operator: { no: "01", name: "小王" },
  provider: "alipay",
  method: "code",
  orderNo: "T01202601310905000481A7",
  providerTradeNo: "2026013122001400001412345678",
  payer: "138****0000",
  paidAtMs: sampleAtMs,
  amountFen: fen(12_850),
  items: [
    { name: "珍珠奶茶（大杯）", quantity: 2, priceFen: fen(1800) },
    { name: "鲜果茶 冰 少糖", quantity: 1, priceFen: fen(9250) },
  ],
  livemode: true,
  training: false,
  url: "https://r.example.com/r/k3YxQabcdefghijklmnop",
};

export const sampleSlips = {
  receipt: { kind: "receipt", content: sampleContent, hash: "1a2b3c4d5e6f7081" },
  refund: {
    kind: "refund",
    content: sampleContent,
    refundFen: fen(1800),
    refundNo: "R20260131000012",
    atMs: sampleAtMs,
  },
  reversal: {
    kind: "reversal",
    issuer: sampleIssuer,
    orderNo: sampleContent.orderNo,
    providerTradeNo: sampleContent.providerTradeNo,
    amountFen: fen(12_850),
    atMs: sampleAtMs,
    moneyWentBack: true,
    livemode: true,
  },
  pending: {
    kind: "pending",
    issuer: sampleIssuer,
    orderNo: sampleContent.orderNo,
    caseNo: "CP-0131-0007",
    amountFen: fen(12_850),
    atMs: sampleAtMs,
    url: sampleContent.url,
    livemode: true,
  },
  day: {
    kind: "day",
    issuer: sampleIssuer,
    title: "2026-01-31 第12号",
    lines: [
      ["收款", "86笔 ￥3482.50"],
      ["退款", "2笔 ￥37.00"],
      ["净额", "￥3445.50"],
    ],
    atMs: sampleAtMs,
    livemode: true,
  },
  case: {
    kind: "case",
    issuer: sampleIssuer,
    caseNo: "CP-0131-0007",
    call: [
      { who: { zh: "技术支持", en: "Support" }, phone: "400-820-0000" },
      { who: { zh: "支付宝商家热线", en: "Alipay's hotline for merchants" }, phone: "95188" },
    ],
    numbers: [
      { name: { zh: "发生时间", en: "Opened at" }, value: "2026-01-31 09:05:00" },
      { name: { zh: "订单号", en: "Order number" }, value: sampleContent.orderNo },
    ],
    atMs: sampleAtMs,
    livemode: true,
    training: false,
  },
  test: { kind: "test", issuer: sampleIssuer, atMs: sampleAtMs, livemode: true },
} as const satisfies { readonly [Kind in Slip["kind"]]: Extract<Slip, { kind: Kind }> };
