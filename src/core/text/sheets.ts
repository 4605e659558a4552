/** Words of the windows over the till: finding, detail, refund, day close, help, causes. */
import type { SaleState } from "../payment/sale.ts";
import { isTrustedMute, type ProofLevel } from "../printing/job.ts";
import type { JobView, RefundView } from "../till/view.ts";
import type { Text } from "./text.ts";

export const sheetText = {
  close: { zh: "关闭", en: "Close" },
  goBack: { zh: "返回", en: "Back" },
  loading: { zh: "正在读取…", en: "Loading…" },
  working: { zh: "正在处理…", en: "Working…" },
  cancel: { zh: "不了", en: "No" },

  findTitle: { zh: "查单", en: "Find a sale" },
  findRefundTitle: { zh: "退款：先选一笔交易", en: "Refund: choose the sale" },
  findReprintTitle: { zh: "补打：先选一笔交易", en: "Reprint: choose the sale" },
  findEReceiptTitle: { zh: "电子小票：先选一笔交易", en: "E-receipt: choose the sale" },
  findLabel: {
    zh: "订单号、支付宝交易号或小票号",
    en: "Order, Alipay trade or receipt number",
  },
  find: { zh: "查找", en: "Find" },
  findNothing: {
    zh: "没有找到。请核对号码，或扫小票上的条码。",
    en: "Nothing found. Check the number, or scan it.",
  },
  findEmpty: { zh: "今天还没有交易。", en: "No sales yet." },
  findUntried: {
    zh: "另有 {count} 笔没有发起收款，也列出",
    en: "Also list {count} that were never charged",
  },
  findNoRefund: {
    zh: "另有 {count} 笔现在不能退，也列出来看原因",
    en: "Also list {count} that can't be refunded, and why",
  },
  findNoReprint: {
    zh: "另有 {count} 笔现在不能补打，也列出来看原因",
    en: "Also list {count} that can't be reprinted, and why",
  },
  findNoEReceipt: {
    zh: "另有 {count} 笔没有电子小票，也列出来看原因",
    en: "Also list {count} without an e-receipt, and why",
  },
  findNoneFits: {
    zh: "这里没有可以选的交易。",
    en: "There is no sale to choose from here.",
  },
  findKeys: {
    zh: "↑ ↓ 选一笔，Enter 打开，Esc 关闭",
    en: "↑ ↓ choose a sale, Enter opens it, Esc closes",
  },
  loadMore: { zh: "再看 20 笔", en: "20 more" },
  receiptVoid: { zh: "已作废", en: "void" },
  refundedPart: { zh: "已退 ￥{amount}", en: "refunded ￥{amount}" },
  refundOpenPart: { zh: "￥{amount} 退款中", en: "￥{amount} refund under way" },
  noResult: { zh: "未收款", en: "not charged" },

  saleTitle: { zh: "交易详情", en: "Sale" },
  saleOn: { zh: "在收银台上打开", en: "Open at the till" },
  facts: { zh: "基本信息", en: "Facts" },
  orderNo: { zh: "订单号", en: "Order no." },
  tradeNo: { zh: "支付宝交易号", en: "Alipay trade no." },
  receiptNo: { zh: "小票号", en: "Receipt no." },
  createdAt: { zh: "时间", en: "Time" },
  took: { zh: "用时", en: "Took" },
  operator: { zh: "操作员", en: "Operator" },
  payer: { zh: "付款人", en: "Payer" },
  saleNo: { zh: "本机编号", en: "Sale id" },
  items: { zh: "商品", en: "Items" },
  refundable: { zh: "还可退", en: "Refundable" },
  attempts: { zh: "收款经过", en: "Attempts" },
  refunds: { zh: "退款", en: "Refunds" },
  papers: { zh: "打印", en: "Papers" },
  history: { zh: "完整经过", en: "Whole history" },
  evidence: { zh: "证据", en: "Evidence" },
  noPaperYet: { zh: "没有小票", en: "no receipt" },
  lateRefund: { zh: "迟到付款，自动退回", en: "late payment, sent back" },
  copyNo: { zh: "第 {count} 次", en: "no. {count}" },

  refundTitle: { zh: "退款", en: "Refund" },
  refundOwner: {
    zh: "退款要店主来做。请店主先签到，再退。",
    en: "Only the owner can refund. The owner signs on first.",
  },
  refundAll: { zh: "全部退 ￥{amount}", en: "All: ￥{amount}" },
  refundPart: { zh: "退一部分", en: "Part" },
  refundAmount: { zh: "退款金额（元）", en: "Amount to refund (yuan)" },
  refundLeft: {
    zh: "这一单收了 ￥{paid}，已退 ￥{back}，还可退 ￥{left}。",
    en: "Paid ￥{paid}, refunded ￥{back}, ￥{left} left to refund.",
  },
  refundOpen: {
    zh: "这一单收了 ￥{paid}，已退 ￥{back}；另有 ￥{open} 处理中，可能已经退了。",
    en: "Paid ￥{paid}, refunded ￥{back}; another ￥{open} is under way and may have gone back.",
  },
  refundTooMuch: { zh: "最多还可退 ￥{left}。", en: "At most ￥{left} can be refunded." },
  refundReason: { zh: "原因", en: "Reason" },
  refundGo: { zh: "退 ￥{amount}", en: "Refund ￥{amount}" },
  refundSure: { zh: "确定退 ￥{amount} 吗？", en: "Refund ￥{amount}?" },
  refundSurePlain: {
    zh: "原因：{reason}。钱原路退回顾客的支付宝，退出去就收不回来。",
    en: "Reason: {reason}. The money goes back to the customer's Alipay and can't be called back.",
  },
  extraTitle: { zh: "退回多到账的一笔", en: "Return the extra payment" },
  extraPlain: {
    zh: "这一单多到账一笔 ￥{amount}，自动退回被拒，钱还在店里账上。它不是本单的钱，要整笔退回；退完之后，本单才能退款。",
    en: "An extra ￥{amount} of this sale came in, its way back was refused and the shop still has it. It isn't the sale's money and goes back whole; the sale itself can be refunded after that.",
  },
  extraPlainUnpaid: {
    zh: "这一单结束后到账一笔 ￥{amount}，自动退回被拒，钱还在店里账上。它不是这一单收的钱，要整笔退回。",
    en: "￥{amount} came in after this sale had ended, its way back was refused and the shop still has it. It isn't what this sale took, and goes back whole.",
  },
  extraGo: { zh: "退回这一笔 ￥{amount}", en: "Return this ￥{amount}" },
  extraSure: { zh: "确定退回多到账的 ￥{amount} 吗？", en: "Return the extra ￥{amount}?" },
  extraReason: { zh: "多到账的一笔，退回顾客", en: "An extra payment, sent back to the customer" },
  extraLeft: { zh: "多到账、待退回", en: "Extra, to go back" },
  extraRefund: { zh: "多到账的一笔", en: "extra payment" },
  refundNo: { zh: "不退，回去改", en: "No, go back" },
  refundNote: {
    zh: "钱原路退回顾客的支付宝，不能改成现金。",
    en: "The money goes back to the customer's Alipay, not as cash.",
  },
  reason_returned: { zh: "顾客退货", en: "Goods returned" },
  reason_faulty: { zh: "商品有问题", en: "Goods faulty" },
  reason_amount: { zh: "金额收错", en: "Wrong amount" },
  reason_twice: { zh: "重复收款", en: "Charged twice" },
  reason_other: { zh: "其他", en: "Other" },

  dayTitle: { zh: "日结", en: "Business day" },
  dayOf: { zh: "营业日 {day}", en: "Business day {day}" },
  daySince: { zh: "{from} 开始", en: "Since {from}" },
  daySpan: { zh: "营业起止 {from} 至 {to}", en: "Open from {from} to {to}" },
  dayPaid: { zh: "收款", en: "Taken" },
  dayRefunded: { zh: "退款", en: "Refunded" },
  dayTakenBack: { zh: "渠道撤回", en: "Taken back by Alipay" },
  dayNet: { zh: "净收", en: "Net" },
  dayOtherwise: { zh: "改收现金", en: "Cash instead" },
  dayUnpaid: { zh: "未收成", en: "Not paid" },
  dayUnopened: { zh: "电子小票没打开", en: "E-receipts not opened" },
  dayCount: { zh: "{count} 笔", en: "{count}" },
  dayByMethod: { zh: "按方式", en: "By method" },
  dayByOperator: { zh: "按操作员", en: "By operator" },
  method_code: { zh: "付款码", en: "payment code" },
  method_qr: { zh: "收款二维码", en: "QR code" },
  dayCounted: { zh: "点数（可不填）", en: "Counted (optional)" },
  dayCash: { zh: "实点现金（元）", en: "Cash counted (yuan)" },
  daySlips: { zh: "小票存根张数", en: "Slips counted" },
  dayDifference: { zh: "现金差额", en: "Cash difference" },
  dayOpenHead: { zh: "还有 {count} 笔没有办完", en: "Sales still open: {count}" },
  dayCarry: { zh: "逐笔记名，转到下一个营业日", en: "Carry them over by name to the next day" },
  dayEmpty: { zh: "这一日没有收款，也要结", en: "Nothing was taken; close it all the same" },
  dayClose: { zh: "结束今天", en: "Close the day" },
  dayClosed: { zh: "已日结，第 {no} 号", en: "Closed as no. {no}" },
  dayClosedBy: { zh: "{time} 由 {who} 结束", en: "by {who} at {time}" },
  dayEarlier: { zh: "并入以前没有日结的", en: "With money of days that were never closed" },
  dayCloses: { zh: "以前的日结", en: "Earlier closes" },
  dayCloseNo: { zh: "第 {no} 号", en: "No. {no}" },
  dayCloseTitle: { zh: "日结第 {no} 号", en: "Close no. {no}" },
  dayPayments: { zh: "收款 {count} 笔", en: "Payments: {count}" },
  dayCashWas: { zh: "实点现金", en: "Cash counted" },
  dayMore: { zh: "再看 20 次日结", en: "20 more closes" },
  dayCarriedHead: { zh: "转到下一个营业日 {count} 笔", en: "Carried over: {count}" },
  daySlipAgain: { zh: "补打日结单", en: "Print the slip again" },
  daySlipSent: {
    zh: "日结单已送去打印，印有“补打 第 {count} 次”，请看出纸口。",
    en: "The slip is on its way, marked as copy no. {count}; look at the printer.",
  },
  dayAmountWrong: { zh: "写成例如 300.00 的金额。", en: "Write an amount like 300.00." },
  daySlipsWrong: { zh: "写成整数。", en: "Write a whole number." },

  openTitle: { zh: "待办：还没办完的", en: "Still open" },
  openNone: { zh: "都办完了。", en: "Everything is settled." },
  openPapers: { zh: "这些票打出来了吗？", en: "Did these papers come out?" },
  openPapersPlain: {
    zh: "不是小票，跟顾客的钱没有关系。请看打印机旁边。",
    en: "No receipts: no customer's money depends on them. Look beside the printer.",
  },
  paperAnswered: { zh: "记下了：票已出", en: "Noted: it came out" },
  paperCopied: { zh: "正在补打，票上有补打标记", en: "A copy is printing, marked as one" },
  openPlain: {
    zh: "结论和小票都会自动补上；点开看现在要做什么。",
    en: "Results and receipts arrive by themselves; open one to see what to do.",
  },

  whyTitle: { zh: "为何未出票", en: "Why no receipt" },
  whyCustomer: { zh: "对顾客说", en: "Tell the customer" },
  whyMoney: { zh: "钱和票", en: "Money and receipt" },
  testPrinter: { zh: "打测试页", en: "Test page" },
  testSent: {
    zh: "测试页已送去打印，请看出纸口。",
    en: "The test page is on its way; look at the printer.",
  },

  eReceiptTitle: { zh: "电子小票", en: "E-receipt" },
  eReceiptPlain: {
    zh: "请顾客用手机扫码。顾客打开后，这里会显示。",
    en: "The customer scans this. It shows here once opened.",
  },
  eReceiptOpened: { zh: "顾客已在 {time} 打开", en: "Opened by the customer at {time}" },

  typeCodeTitle: { zh: "手动输入付款码", en: "Type the payment code" },
  typeCodeLabel: { zh: "付款码下面的数字", en: "Digits under the payment code" },
  typeCodePlain: {
    zh: "付款码约一分钟换一次，请照着顾客手机现在显示的输入。",
    en: "The code changes about every minute; type what the phone shows now.",
  },

  confirmTitle: { zh: "请确认", en: "Please confirm" },
  confirmOtherwise: {
    zh: "改收现金后，支付宝这一单会撤销；如果已经扣款，会原路退回。",
    en: "The Alipay order will be reversed; any money taken goes back. Take the cash only then.",
  },
  confirmOtherwiseNone: {
    zh: "这一单记为现金。支付宝没有收过款。",
    en: "The sale is recorded as cash. Alipay was never asked.",
  },
  confirmOtherwiseProven: {
    zh: "这一单记为现金。已确认支付宝没有扣款。",
    en: "The sale is recorded as cash. It is proven that Alipay took nothing.",
  },
  confirmOtherwiseBack: {
    zh: "这一单记为现金。支付宝收到过的钱已经退回去了，不在店里账上。",
    en: "The sale is recorded as cash. What had come by Alipay went back; the shop doesn't have it.",
  },
  confirmReverse: {
    zh: "撤销后这一单不再收款；如果已经扣款，会原路退回。",
    en: "The order will be closed; any money taken goes back.",
  },
  confirmWaive: {
    zh: "确认后这一单不再打印纸质小票。",
    en: "No paper will be printed for this sale.",
  },
  confirmGoods: {
    zh: "只作记录，不会改变收款结果。",
    en: "Only a note; it never changes the result of the payment.",
  },

  helpTitle: { zh: "键盘和扫码枪", en: "Keys and scanner" },
  helpScan: {
    zh: "扫码枪：任何时候都可以扫，不用先点输入框。",
    en: "Scanner: scan at any time, no need to click anywhere.",
  },
  helpDigits: { zh: "数字键：输入金额", en: "Digits: the amount" },
  helpEnter: { zh: "Enter：做最醒目的那一步", en: "Enter: the most visible step" },
  helpEsc: {
    zh: "Esc：改金额；向支付宝请求后不能取消",
    en: "Esc: change the amount; not after Alipay was asked",
  },
  helpYn: { zh: "Y / N：回答“小票打出来了吗？”", en: "Y / N: answer “did the receipt come out?”" },
  helpMore: {
    zh: "M：打开“其他处理”；里面每个按钮都写着它的字母键，不打开也能用",
    en: "M: opens “More”; each button there shows its letter, which works without opening it too",
  },
  helpTitleTap: { zh: "帮助", en: "Help" },
  helpTap: {
    zh: "每个按钮都写着它做什么；最醒目的那个就是下一步。",
    en: "Each button says what it does; the most visible one is the next step.",
  },
  helpRule: {
    zh: "只有本机显示“收款成功”才算收到钱；黄色“结果确认中”时不要再收。",
    en: "Only “Payment received” here means the money is in. While it is amber, don't charge again.",
  },
} as const satisfies Record<string, Text>;

export const saleStateText: Record<SaleState, Text> = {
  open: { zh: "进行中", en: "open" },
  paid: { zh: "已收款", en: "paid" },
  unpaid: { zh: "未收款", en: "not paid" },
  paid_otherwise: { zh: "改收现金", en: "cash instead" },
  abandoned: { zh: "已取消", en: "cancelled" },
};

export const refundStateText: Record<RefundView["state"], Text> = {
  requested: { zh: "已提交", en: "requested" },
  sending: { zh: "正在退", en: "being sent" },
  done: { zh: "已退", en: "done" },
  refused: { zh: "没有退成", en: "refused" },
  unknown: { zh: "确认中", en: "being checked" },
};

export const slipText: Record<JobView["slip"], Text> = {
  receipt: { zh: "小票", en: "receipt" },
  refund: { zh: "退款凭条", en: "refund slip" },
  reversal: { zh: "撤销凭条", en: "reversal slip" },
  pending: { zh: "结果待确认凭证", en: "pending slip" },
  day: { zh: "日结单", en: "day slip" },
  case: { zh: "求助凭条", en: "help slip" },
  test: { zh: "测试页", en: "test page" },
};

export const markText: Record<JobView["mark"], Text> = {
  original: { zh: "原始", en: "original" },
  replacement: { zh: "补打", en: "replacement" },
  reprint: { zh: "补打", en: "reprint" },
};

/** A mute printer whose papers count as out. */
export const trustedText: Text = {
  zh: "按店主设置算已出",
  en: "counts as out by the owner's setting",
};

export const proofWords = (level: ProofLevel, evidence: string | null): Text =>
  level === "person" && isTrustedMute(evidence) ? trustedText : proofText[level];

export const proofText: Record<ProofLevel, Text> = {
  process_id: { zh: "打印机回了本单编号", en: "the printer answered with this job's id" },
  status: { zh: "打印机按顺序回了状态", en: "the printer's status came in order" },
  cutter_counter: { zh: "切刀计数加一", en: "the cutter counter went up" },
  person: { zh: "收银员看到纸", en: "the cashier saw it" },
};
