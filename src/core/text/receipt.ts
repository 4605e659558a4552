/** What stands on paper, and on the electronic receipt that shows the same. */
import type { AttemptMethod, ProviderName } from "../payment/attempt.ts";
import type { Holder, Slip } from "../printing/job.ts";
import type { Text } from "./text.ts";

/** Title of each slip. Only the receipt is a proof of payment, and every other slip says so in its title. */
export const SLIP_TITLE: Readonly<Record<Slip["kind"], Text>> = {
  receipt: { zh: "收款小票", en: "RECEIPT" },
  refund: { zh: "退款凭条，非收款凭据", en: "REFUND SLIP, not a proof of payment" },
  reversal: { zh: "撤销凭条，非收款凭据", en: "REVERSAL SLIP, not a proof of payment" },
  pending: { zh: "结果待确认凭证，非收款凭据", en: "OUTCOME PENDING, not a proof of payment" },
  day: { zh: "日结单，非收款凭据", en: "DAY CLOSE, not a proof of payment" },
  case: { zh: "求助凭条，非收款凭据", en: "CALL FOR HELP, not a proof of payment" },
  test: { zh: "打印测试，非收款凭据", en: "PRINT TEST, not a proof of payment" },
};

export const HOLDER_LABEL: Readonly<Record<Holder, Text>> = {
  customer: { zh: "顾客存根", en: "Customer copy" },
  merchant: { zh: "商户存根", en: "Merchant copy" },
};

/** Stand at top and bottom of the paper. */
export const PAPER_MARK = {
  replacement: {
    zh: "** 补打 第{count}次 {time} 操作员{operator} **",
    en: "** REPLACEMENT COPY {count} {time} operator {operator} **",
  },
  /** When and by whom wasn't kept by earlier versions. */
  replacementAlone: { zh: "** 补打 第{count}次 **", en: "** REPLACEMENT COPY {count} **" },
  reprint: {
    zh: "** 补打 第{count}次 {time} 操作员{operator} **",
    en: "** REPRINT {count} {time} operator {operator} **",
  },
  demo: { zh: "演示 · 非真实交易", en: "DEMO · not a real transaction" },
  training: { zh: "培训 · 非真实交易", en: "TRAINING · not a real transaction" },
} as const satisfies Record<string, Text>;

export const PROVIDER_LABEL: Readonly<Record<ProviderName, Text>> = {
  alipay: { zh: "支付宝", en: "Alipay" },
};

export const METHOD_LABEL: Readonly<Record<AttemptMethod, Text>> = {
  code: { zh: "付款码", en: "payment code" },
  qr: { zh: "扫码", en: "scan to pay" },
};

export const PAPER_LABEL = {
  merchantNo: { zh: "商户编号", en: "Merchant no." },
  storeNo: { zh: "门店编号", en: "Store no." },
  terminalNo: { zh: "终端编号", en: "Terminal no." },
  operator: { zh: "操作员", en: "Operator" },
  tradeType: { zh: "交易类型", en: "Transaction" },
  method: { zh: "支付方式", en: "Paid by" },
  payer: { zh: "付款账户", en: "Payer" },
  orderNo: { zh: "商户订单号", en: "Order no." },
  caseNo: { zh: "事件编号", en: "Case no." },
  tradeNo: { zh: "渠道交易号", en: "Provider trade no." },
  time: { zh: "日期时间", en: "Date and time" },
  receiptNo: { zh: "小票号", en: "Receipt no." },
  saleReceiptNo: { zh: "原小票号", en: "Original receipt no." },
  saleOrderNo: { zh: "原商户订单号", en: "Original order no." },
  saleTradeNo: { zh: "原渠道交易号", en: "Original trade no." },
  saleAmount: { zh: "原交易金额", en: "Original amount" },
  refunded: { zh: "已退款", en: "Refunded since" },
  refundNo: { zh: "退款单号", en: "Refund no." },
  amount: { zh: "金额", en: "CNY" },
  itemsTotal: { zh: "商品合计", en: "Items total" },
  hash: { zh: "校验码", en: "Check" },
  address: { zh: "地址", en: "Address" },
  phone: { zh: "客服电话", en: "Phone" },
} as const satisfies Record<string, Text>;

/** `amount` on each slip that carries one, so that the large figure can't be taken for another. */
export const AMOUNT_LABEL = {
  receipt: { zh: "金额", en: "PAID" },
  refund: { zh: "退款金额", en: "REFUNDED" },
  reversal: { zh: "撤销金额", en: "REVERSED" },
  pending: { zh: "待确认金额", en: "PENDING" },
} as const satisfies Record<string, Text>;

export const TRADE_TYPE = {
  receipt: { zh: "消费", en: "Sale" },
  refund: { zh: "退款", en: "Refund" },
  reversal: { zh: "撤销", en: "Reversal" },
  pending: { zh: "消费（结果待确认）", en: "Sale (outcome pending)" },
} as const satisfies Record<string, Text>;

export const PAPER_SENTENCE = {
  scan: { zh: "扫码查看电子小票", en: "Scan for your electronic receipt" },
  keep: { zh: "请妥善保管小票", en: "Please keep this receipt" },
  refunded: {
    zh: "退款原路退回付款账户，到账时间以支付渠道为准。",
    en: "The refund goes back to the account that paid; when it arrives depends on the provider.",
  },
  wentBack: {
    zh: "这笔收款已撤销。顾客曾被扣款，款项已原路退回付款账户。",
    en: "This payment was reversed. The customer was charged and the money went back to the account that paid.",
  },
  nothingTaken: {
    zh: "这笔收款已撤销，顾客没有被扣款。",
    en: "This payment was reversed. No money was taken.",
  },
  pending: {
    zh: "付款结果正在确认，请勿重复付款。如已扣款而交易未成立，款项会原路退回。",
    en: "The outcome is being confirmed; please don't pay again. If money was taken and the sale doesn't stand, it goes back.",
  },
  pendingScan: { zh: "扫码查看结果", en: "Scan to see the outcome" },
  itemWithoutName: { zh: "商品", en: "Item" },
  caseFirst: { zh: "先报事件编号", en: "Give the case number first" },
  casePhone: { zh: "没有设置电话", en: "no phone number set" },
  caseTrust: {
    zh: "钱收到没有，以收银机显示的为准。",
    en: "Whether money was taken is what the till shows.",
  },
  testText: {
    zh: "中文清晰、两侧对齐、金额完整、二维码可扫，即为正常。",
    en: "If the text is clear, both edges align, the amount is whole and the code scans, all is well.",
  },
  testEdge: { zh: "左边", en: "Left" },
  testEdgeRight: { zh: "右边", en: "Right" },
} as const satisfies Record<string, Text>;
