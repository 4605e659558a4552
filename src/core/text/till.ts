/** Words of the till's one big state and of the receipt beside it. Short: what happened, did money move, what now. */
import type { Text } from "./text.ts";

export const tillText = {
  // Words over the amount
  due: { zh: "应收", en: "To pay" },
  taken: { zh: "实收", en: "Paid" },
  notTaken: { zh: "未收", en: "Not paid" },

  // Amount
  amountHead: { zh: "输入金额", en: "Enter the amount" },
  amountPlain: {
    zh: "直接按数字键，再按 Enter。也可以输完金额直接扫付款码。",
    en: "Type the digits, then Enter. Or type the amount and scan the payment code at once.",
  },
  amountReadyHead: { zh: "按 Enter 收款", en: "Press Enter to take payment" },
  amountReadyPlain: {
    zh: "请和顾客核对金额。也可以直接扫付款码。",
    en: "Check the amount with the customer. You may scan the payment code at once.",
  },

  amountOldPlain: {
    zh: "直接按数字键，就换成新的金额；金额不变就按 Enter。",
    en: "Type digits to replace the amount, or press Enter to keep it.",
  },
  amountPlainTap: {
    zh: "输入金额，再点“收款”。",
    en: "Enter the amount, then tap “Take payment”.",
  },
  amountReadyHeadTap: { zh: "点“收款”", en: "Tap “Take payment”" },
  amountOldPlainTap: {
    zh: "输入数字，就换成新的金额；金额不变就点“收款”。",
    en: "Enter digits to replace the amount, or tap “Take payment” to keep it.",
  },
  amountWrongHead: { zh: "{why}，没有收款", en: "{why}; nothing charged" },

  // Same amount as a sale that is still open
  sameHead: { zh: "是同一位顾客吗？", en: "Is it the same customer?" },
  samePlain: {
    zh: "刚才有一笔同样的金额（￥{amount}）还没办完。是同一位顾客，就不要再收。",
    en: "A sale of the same amount (￥{amount}) is still open. If it is the same customer, don't charge again.",
  },

  // Show a code
  showCodeHead: { zh: "请顾客出示付款码", en: "Ask for the payment code" },
  showCodePlain: {
    zh: "扫一扫顾客手机上的支付宝付款码，不用先点任何地方。",
    en: "Scan the Alipay payment code on the customer's phone. No need to click anywhere.",
  },
  showQrHead: { zh: "请顾客扫码付款", en: "Ask the customer to scan" },
  showQrPlain: {
    zh: "请顾客用支付宝扫这个码。付款后本页自动显示结果。",
    en: "The customer scans this with Alipay. The result appears here by itself.",
  },

  // Waiting
  chargingHead: { zh: "正在收款", en: "Taking payment" },
  chargingPlain: {
    zh: "已经向支付宝请求，通常 3 秒内有结果。",
    en: "Alipay has been asked. The result usually takes under 3 seconds.",
  },
  makingQrHead: { zh: "正在生成收款二维码", en: "Making the QR code" },
  makingQrPlain: { zh: "马上就好，还没有扣款。", en: "One moment. No money has moved." },
  awaitingHead: { zh: "请顾客在手机上确认", en: "Customer confirms on the phone" },
  awaitingPlain: {
    zh: "支付宝正在等顾客输入密码。顾客付完，本页自动显示结果。",
    en: "Alipay waits for the customer's password. The result appears here by itself.",
  },
  awaitingLostPlain: {
    zh: "断开前支付宝在等顾客确认；现在不知道付了没有。",
    en: "Before contact was lost Alipay was waiting for the customer; whether it is paid isn't known now.",
  },
  outcomeUsuallyBy: {
    zh: "一般 {usually} 前有结论，最迟约 {latest}",
    en: "Usually known by {usually}, at the latest about {latest}",
  },
  outcomeBy: { zh: "最迟约 {latest} 有结论", en: "Known by about {latest} at the latest" },
  outcomeLater: {
    zh: "比预计久，系统还在查，不用重复操作",
    en: "Longer than expected. The system keeps asking; nothing to repeat",
  },
  secondsLeft: { zh: "最多 {seconds} 秒", en: "{seconds} s at most" },

  // Outcome unknown
  confirmingHead: { zh: "结果确认中，请勿重复收款", en: "Checking. Don't charge again" },
  confirmingPlain: {
    zh: "钱可能已付，也可能未付。系统正在向支付宝逐次查询。",
    en: "The money may or may not have been paid. The system keeps asking Alipay.",
  },
  confirmingPlainAskedOnce: {
    zh: "钱可能已付，也可能未付。系统正在向支付宝查询，已查 1 次。",
    en: "The money may or may not have been paid. Alipay has been asked once so far.",
  },
  confirmingPlainAsked: {
    zh: "钱可能已付，也可能未付。系统正在向支付宝查询，已查 {count} 次。",
    en: "The money may or may not have been paid. Alipay has been asked {count} times so far.",
  },
  phoneDoesNotCount: {
    zh: "顾客手机显示成功不作数，以本机为准。",
    en: "The customer's phone doesn't count. Only this screen does.",
  },
  reversingHead: { zh: "正在撤销，请勿重复收款", en: "Reversing. Don't charge again" },
  reversingPlain: {
    zh: "没等到付款结果，系统正在撤销这一单。如果已经扣款，会原路退回。",
    en: "No result in time, so this sale is being reversed. Any money taken goes back.",
  },

  // Not paid
  declinedHead: { zh: "未收款：{why}", en: "Not paid: {why}" },
  declinedPlainHead: { zh: "未收款", en: "Not paid" },
  declinedPlain: {
    zh: "没有扣款。请顾客重新出示付款码，或换一种付款方式。",
    en: "No money was taken. Ask for a new code or another way to pay.",
  },
  sayToCustomer: { zh: "可以对顾客说：{words}", en: "You can tell the customer: {words}" },
  notSentHead: { zh: "未收款：请求没有送出", en: "Not paid: the request never left" },
  notSentPlain: {
    zh: "没有扣款。请顾客重新出示付款码。",
    en: "No money was taken. Ask for a new payment code.",
  },
  reversedHead: { zh: "撤销成功", en: "Reversed" },
  reversedBack: {
    zh: "￥{amount} 已原路退回顾客。本单没有收款，可以重新收。",
    en: "￥{amount} went back to the customer. Nothing was taken; you may charge again.",
  },
  neverSeenHead: { zh: "没有扣款", en: "Nothing was charged" },
  neverSeenPlain: {
    zh: "支付宝没有收到这一单，也不会再扣。可以重新收，用新的付款码。",
    en: "Alipay never had this order and won't charge it later. You may charge again, with a new code.",
  },
  reversedNone: {
    zh: "没有扣款。本单已关闭，可以重新收。",
    en: "No money was taken. The order is closed; you may charge again.",
  },
  reversedInDoubt: {
    zh: "本单已关闭，店里没有收到钱；若曾扣款，已原路退回。可以重新收。",
    en: "The order is closed and the shop has no money of it; a charge, if any, was sent back. You may charge again.",
  },
  goingBackHead: { zh: "迟到的钱正在退回", en: "Late money is going back" },
  extraKeptHead: { zh: "迟到的钱没有退成", en: "Late money couldn't go back" },
  extraBackHead: { zh: "迟到的钱已退回", en: "Late money has gone back" },
  rolledBackHead: { zh: "这笔款被渠道退回了", en: "The provider took this payment back" },
  rolledBackPlain: {
    zh: "之前显示收款成功，支付宝随后更正为未付款。小票作废，请重新收款。",
    en: "It was shown as paid, then Alipay corrected it to not paid. The receipt is void; charge again.",
  },
  takenBackBefore: {
    zh: "之前收的那一笔被支付宝撤回了，小票已作废：商品可能已被拿走，请找到顾客重新收款。",
    en: "Alipay took the payment before back and its receipt is void: the goods may be gone. Find the customer and charge again.",
  },

  // Ended by a person
  otherwiseHead: { zh: "已改用其他方式收款", en: "Paid another way" },
  abandonedHead: { zh: "本单已取消", en: "Sale cancelled" },
  unchargedHead: { zh: "￥{amount} 没有收款", en: "￥{amount} wasn't charged" },
  unchargedPlain: {
    zh: "这一单没收款就随日结（或取消）结束了，没有扣款。请直接输入下一笔金额；要收这一单，请重新输入。",
    en: "This sale ended uncharged, with the close of the day or cancelled; no money was taken. Type the next amount, or this one anew to charge it.",
  },
  abandonedPlain: { zh: "没有收款。", en: "No money was taken." },

  // Paid
  paidHead: { zh: "收款成功", en: "Payment received" },
  paidKeep: { zh: "已收款，不要再收", en: "Paid. Don't charge again" },
  alipay: { zh: "支付宝", en: "Alipay" },
  refundedHead: { zh: "已退款 ￥{amount}", en: "Refunded ￥{amount}" },
  refundedFull: {
    zh: "这一单已全额退款，钱原路退回顾客。",
    en: "The whole sale is refunded to where the money came from.",
  },
  refundedPart: {
    zh: "钱原路退回顾客，本单还可退 ￥{left}。",
    en: "Refunded to where the money came from; ￥{left} can still be refunded.",
  },
  refundBesides: { zh: "{head}。{plain}", en: "{head}. {plain}" },
  refundingHead: { zh: "正在退款 ￥{amount}", en: "Refunding ￥{amount}" },
  refundingPlain: { zh: "通常几秒内有结果。", en: "Usually known in a few seconds." },
  refundUnknownHead: {
    zh: "退款结果确认中，请勿重复退款",
    en: "Checking the refund. Don't refund again",
  },
  refundUnknownPlain: {
    zh: "￥{amount} 可能已退，也可能未退。系统会用同一个退款单号继续查。",
    en: "￥{amount} may or may not have gone back. The system keeps asking with the same refund number.",
  },
  refundRefusedHead: { zh: "没有退成：￥{amount}", en: "Not refunded: ￥{amount}" },
  refundRefusedPlain: {
    zh: "钱没有退。请看原因后再试，或由店主处理。",
    en: "No money went back. See the cause, then try again or call the owner.",
  },

  // Paper held or doubtful
  heldHead: { zh: "小票没出来：{why}", en: "No receipt: {why}" },
  doubtfulHead: { zh: "小票打出来了吗？", en: "Did the receipt come out?" },
  heldResume: {
    zh: "系统看到打印机好了就自动接着打，不会重复",
    en: "Printing goes on by itself once the printer is ready, without doubling",
  },
  heldSaw: {
    zh: "看打印机状态：{what}（打印机自己报告）",
    en: "Printer status: {what} (its own report)",
  },
  heldNoticed: { zh: "看打印机状态：{what}", en: "Printer status: {what}" },

  // Acts
  take: { zh: "收款", en: "Take payment" },
  clear: { zh: "清除", en: "Clear" },
  showQr: { zh: "出示收款二维码", en: "Show a QR code" },
  changeAmount: { zh: "改金额", en: "Change amount" },
  typeCode: { zh: "手动输入付款码", en: "Type the code" },
  query: { zh: "现在查一次", en: "Check now" },
  chargeAgain: { zh: "重新收款", en: "Charge again" },
  chargeOnceMore: { zh: "再收一次", en: "Charge again" },
  cancelSale: { zh: "取消本单", en: "Cancel sale" },
  reverse: { zh: "顾客不付了，撤销", en: "Not paying: reverse" },
  payOtherwise: { zh: "改收现金", en: "Take cash instead" },
  goodsLeft: { zh: "顾客已拿走商品", en: "Goods have left" },
  pendingSlip: { zh: "打待确认凭证", en: "Print a pending slip" },
  next: { zh: "下一笔", en: "Next sale" },
  nextHeld: { zh: "先收下一位", en: "Next customer" },
  reprint: { zh: "补打", en: "Reprint" },
  printPaper: { zh: "打纸质小票", en: "Print the paper" },
  refund: { zh: "退款", en: "Refund" },
  refundExtra: { zh: "退回多到账的一笔", en: "Return the extra payment" },
  eReceipt: { zh: "电子小票", en: "E-receipt" },
  scanEReceipt: {
    zh: "请顾客扫码打开电子小票",
    en: "The customer scans this for the e-receipt",
  },
  waivedPaper: {
    zh: "不打纸质小票。",
    en: "No paper receipt is wanted.",
  },
  waivedButElectronic: {
    zh: "不打纸质小票。顾客想要电子小票，按 {key_show_e_receipt}。",
    en: "No paper receipt is wanted. The e-receipt can still be shown: press {key_show_e_receipt}.",
  },
  giveEReceipt: { zh: "给顾客电子小票", en: "Give e-receipt" },
  why: { zh: "为何未出票", en: "Why no receipt" },
  waivePaper: { zh: "顾客不要小票", en: "No paper wanted" },
  cameOut: { zh: "打出来了", en: "Yes, it did" },
  didNot: { zh: "没有，补打一张", en: "No, print again" },
  backToOpen: { zh: "回到那一单", en: "Back to that sale" },
  otherCustomer: { zh: "是另一位顾客，继续收", en: "Another customer, go on" },
  more: { zh: "其他处理", en: "More" },
  details: { zh: "本单详情", en: "Details" },

  // Why not
  notBeforeResult: { zh: "有结论前不可用", en: "not before the result is known" },
  boxAwayReason: { zh: "等连上收银程序再试。", en: "Wait until the till program answers." },
  noReceiptYet: {
    zh: "收款成功后才有电子小票。",
    en: "There is an e-receipt once the sale is paid.",
  },
  noReceiptUrl: {
    zh: "还没设置电子小票的访问地址，请店主在设置里填写。",
    en: "No address is set under which phones could open it; the owner can set one.",
  },
  noCodeNow: {
    zh: "这一单现在不收付款码。要收下一笔，请先按 {key_next}。",
    en: "This sale takes no code now. Press {key_next} for the next sale first.",
  },
  noCodeNowHeld: {
    zh: "这一单现在不收付款码。要收下一笔，请先按 {key_next_held}。",
    en: "This sale takes no code now. Press {key_next_held} for the next sale first.",
  },
  codeWhileAsked: {
    zh: "这一单现在不收付款码。请先回答小票打出来了吗：按 {key_came_out} 或 {key_did_not}。",
    en: "This sale takes no code now. First answer whether the receipt came out: press {key_came_out} or {key_did_not}.",
  },
  codeWhileChecking: {
    zh: "这个付款码没有使用：上一次收款还没有结论，请勿重复收款。",
    en: "That code was not used: the last attempt has no result yet. Don't charge again.",
  },
  codeAfterBroken: {
    zh: "付款码没有使用：刚才没有扫清，请先核对金额，按 {key_take}，再扫一次。",
    en: "The code was not used: the last scan went wrong. Check the amount, press {key_take}, then scan again.",
  },

  // Receipt beside the sale
  receipt: { zh: "小票", en: "Receipt" },
  sideSoon: { zh: "收款成功后自动出票", en: "Prints by itself once paid" },
  sideWaitTag: { zh: "等结论", en: "Waiting" },
  sideWait: {
    zh: "付了：自动出票\n未付：自动撤销，可以重新收款",
    en: "Paid: prints by itself\nNot paid: reversed by itself, charge again",
  },
  sideReversing: {
    zh: "正在撤销，不出小票\n如已扣款：原路退回，打撤销凭条",
    en: "Being reversed: no receipt\nIf charged: goes back, with a slip",
  },
  sideNoneTag: { zh: "不出票", en: "No receipt" },
  sideNone: { zh: "未收款的单子不出票", en: "No receipt without a payment" },
  sideOtherwise: { zh: "改收现金的单子，这里不出票", en: "No receipt from here for cash" },
  sideOtherwiseOpen: {
    zh: "改收现金的单子，这里不出票\n扫码的那一笔如已扣款：原路退回",
    en: "No receipt from here for cash\nIf the scan was charged: it goes back",
  },
  sideSlip: { zh: "撤销凭条：{state}", en: "Reversal slip: {state}" },
  sideRefundSlip: { zh: "退款凭条：{state}", en: "Refund slip: {state}" },
  sideQueuedTag: { zh: "马上出票", en: "Up next" },
  sidePrintingTag: { zh: "正在打印", en: "Printing" },
  sideConfirmedTag: { zh: "打印机已确认", en: "Printer confirmed" },
  sideSeenTag: { zh: "收银员已确认", en: "Seen by the cashier" },
  sideTrustedTag: { zh: "按设置算已出", en: "Counts as out" },
  sideHeldTag: { zh: "等打印机", en: "On hold" },
  sideInterruptedTag: { zh: "正在确认", en: "Checking" },
  sidePaperTag: { zh: "等纸", en: "Needs paper" },
  sideDoubtTag: { zh: "待你确认", en: "Your answer" },
  sideReplacedTag: { zh: "已补打", en: "Reprinted" },
  sideUnopenedTag: { zh: "电子小票还没打开", en: "E-receipt not opened" },
  sideUnopened: {
    zh: "请顾客扫码打开电子小票\n要纸的可以现在打",
    en: "Let the customer scan and open it\nThe paper can be printed now",
  },
  sideUnopenedRed: {
    zh: "请顾客扫码打开电子小票\n要纸的，等打印机好了再打",
    en: "Let the customer scan and open it\nPaper can be printed once the printer is back",
  },
  sideNotHere: {
    zh: "这张小票不会自动打出来\n请给顾客电子小票",
    en: "This one won't print by itself\nGive the electronic receipt",
  },
  sideWaivedTag: { zh: "不要纸质小票", en: "No paper wanted" },
  sideContradicted: {
    zh: "还没开始打印\n复核为已收款：自动出票",
    en: "Nothing printed yet\nPrints by itself if it proves to be paid",
  },
  sideHeld: {
    zh: "还没开始打印\n打印机好了就自动出票",
    en: "Nothing printed yet\nPrints by itself once the printer is ready",
  },
  sideOpened: {
    zh: "顾客手机上已有小票\n不再打印纸质小票",
    en: "The customer has it on the phone\nNo paper will be printed",
  },
  sideOpenedTag: { zh: "顾客已打开电子小票", en: "E-receipt opened" },
  sideVoidTag: { zh: "小票已作废", en: "Receipt void" },
  sideVoid: { zh: "这张小票已作废", en: "This receipt is void" },
  signOnHead: { zh: "请签到", en: "Sign on" },
  signOnPlain: { zh: "选择操作员，输入 PIN。", en: "Choose the operator, enter the PIN." },
} as const satisfies Record<string, Text>;
