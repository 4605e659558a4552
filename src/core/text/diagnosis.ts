/** The words of diagnosis: families, verdicts, why an incident opened, and how it ended. */
import type { Fixer, Verdict } from "../diagnosis/finding.ts";
import type { IncidentEnd, IncidentWhy } from "../diagnosis/view.ts";
import type { CauseFamily } from "../till/view.ts";
import type { Text } from "./text.ts";

export const FAMILY_TEXTS: Record<CauseFamily, Text> = {
  network: { zh: "网络问题", en: "Network" },
  device: { zh: "设备故障", en: "Device" },
  buyer_account: { zh: "支付宝账户问题", en: "Customer's Alipay account" },
  amount_or_input: { zh: "金额超限或输入错误", en: "Amount or input" },
  system: { zh: "系统故障", en: "System" },
  provider_api: { zh: "支付宝接口问题", en: "Alipay's service" },
  operation: { zh: "操作不当", en: "Operation" },
  merchant: { zh: "商户资质问题", en: "Shop's qualification" },
  maintenance: { zh: "系统升级维护", en: "Maintenance" },
};

export const VERDICT_TEXTS: Record<Verdict, Text> = {
  confirmed: { zh: "已确认", en: "confirmed" },
  suspected: { zh: "可能是", en: "likely" },
  ruled_out: { zh: "已排除", en: "ruled out" },
  not_known: { zh: "还不知道", en: "not known yet" },
};

export const FIXER_TEXTS: Record<Fixer, Text> = {
  cashier: { zh: "收银员", en: "cashier" },
  owner: { zh: "店主", en: "owner" },
  service_provider: { zh: "技术支持", en: "support" },
  provider: { zh: "支付宝", en: "Alipay" },
  buyer: { zh: "顾客", en: "customer" },
};

export const WHY_TEXTS: Record<IncidentWhy, Text> = {
  outcome_late: { zh: "付款结果迟迟没有出来", en: "The outcome is late" },
  receipt_late: { zh: "已付款，小票还没有确认", en: "Paid; the receipt isn't confirmed" },
  printer_cannot: { zh: "打印机打不了小票", en: "The printer can't print the receipt" },
  gate_red: { zh: "现在不能正常收款或出票", en: "Sales or receipts can't go on now" },
  payment_taken_back: {
    zh: "支付宝撤回了已收的款，本单没有收到钱",
    en: "Alipay took the payment back; the sale has no money",
  },
  payment_refused: { zh: "支付宝没有受理这笔付款", en: "Alipay refused this payment" },
};

export const END_TEXTS: Record<IncidentEnd, Text> = {
  receipt_confirmed: { zh: "小票已出，已确认", en: "receipt out, and confirmed" },
  receipt_seen: { zh: "小票已出（由人确认）", en: "receipt out, by a person's word" },
  copy_printed: { zh: "已补打带标记的小票", en: "a marked copy was printed" },
  electronic_receipt: {
    zh: "顾客已打开电子小票",
    en: "the customer opened the electronic receipt",
  },
  paid_otherwise: { zh: "已用其他方式收款", en: "paid in another way" },
  not_paid: { zh: "没有收款", en: "not paid" },
  money_returned: { zh: "钱已退回", en: "the money went back" },
  paper_waived: { zh: "顾客不要小票", en: "no receipt wanted" },
  cleared: { zh: "已恢复正常", en: "back to normal" },
  escalated: { zh: "已转交", en: "handed over" },
};

/** Whether money moved, for an incident that is about no sale. */
export const noSaleMoney: Text = {
  zh: "没有涉及某一笔交易，没有扣款。",
  en: "No sale is concerned and no money moved.",
};

/** Of the box, while outcomes of the same time aren't known: nobody may read that nothing was taken. */
export const boxMoneyTexts = {
  open: {
    zh: "还有 {count} 笔没有结论：{which}。现在不知道扣款没有，不要重复收款。",
    en: "{count} without an outcome: {which}. Whether money was taken isn't known now; don't charge again.",
  },
  past: {
    zh: "没有涉及某一笔交易；当时的每一笔，以它自己的结果为准。",
    en: "No single sale is concerned; each sale of that time has its own result.",
  },
} as const satisfies Record<string, Text>;

/** Of a sale that took no money, once its case is over. `open`: it could still be charged. */
export const moneyThenTexts = {
  none: {
    open: { zh: "没有扣款。", en: "No money was taken." },
    over: { zh: "没有扣款，这一单已结束。", en: "No money was taken; this sale is over." },
  },
  in_doubt: {
    open: {
      zh: "店里没有收到钱；若曾扣款，已原路退回。",
      en: "The shop has no money of it; a charge, if any, was sent back.",
    },
    over: {
      zh: "店里没有收到钱；若曾扣款，已原路退回。这一单已结束。",
      en: "The shop has no money of it; a charge, if any, was sent back. This sale is over.",
    },
  },
  back: {
    open: {
      zh: "扣过的款已全部退回顾客。",
      en: "All that was taken has gone back to the customer.",
    },
    over: {
      zh: "扣过的款已全部退回顾客，这一单已结束。",
      en: "All that was taken has gone back to the customer; this sale is over.",
    },
  },
} as const satisfies Record<string, Readonly<Record<"open" | "over", Text>>>;

export const overrideTexts = {
  needsOwner: {
    zh: "要店主来决定，请店主签到。",
    en: "The owner decides this; ask the owner to sign on.",
  },
  nothingToOverride: { zh: "现在没有停止收款。", en: "Sales aren't stopped now." },
} as const satisfies Record<string, Text>;
