/** Words round the till's big state: head, lights, key bar, banners, sign-on, second tab, customer's screen. */
import type { Text } from "./text.ts";

export const frameText = {
  product: { zh: "出票", en: "Chupiao" },
  pageTitle: { zh: "收银台 · 出票", en: "Till · Chupiao" },
  demo: { zh: "演示 · 非真实交易", en: "Demo · no real money" },
  training: { zh: "培训 · 非真实交易", en: "Training · no real money" },
  tillNo: { zh: "收银台 {no}", en: "Till {no}" },
  network: { zh: "网络", en: "Network" },
  provider: { zh: "支付宝", en: "Alipay" },
  printer: { zh: "打印机", en: "Printer" },
  green: { zh: "正常", en: "good" },
  amber: { zh: "注意", en: "care" },
  red: { zh: "故障", en: "fault" },
  notKnown: { zh: "状态不明", en: "not known" },
  otherLanguage: { zh: "English", en: "中文" },
  signOff: { zh: "签退", en: "Sign off" },
  menu: { zh: "菜单", en: "Menu" },

  keyQr: { zh: "二维码", en: "QR" },
  keyFind: { zh: "查单", en: "Find" },
  keyRefund: { zh: "退款", en: "Refund" },
  keyReprint: { zh: "补打", en: "Reprint" },
  keyEReceipt: { zh: "电子小票", en: "E-receipt" },
  keyWhy: { zh: "为何未出票", en: "Why none" },
  keyOpen: { zh: "待办", en: "Open" },
  keyDay: { zh: "日结", en: "Day" },
  keyHelp: { zh: "帮助", en: "Help" },

  openSales: { zh: "{count} 笔待办", en: "{count} open" },
  openBoth: { zh: "{sales} 笔 {papers} 张待办", en: "{sales} + {papers} open" },
  openPapers: { zh: "{count} 张待确认", en: "{count} to confirm" },
  starting: { zh: "正在连接收银程序…", en: "Connecting to the till program…" },
  away: {
    zh: "收银程序没有回应，正在重连。已送出的收款不受影响，连上后显示结果；请勿重复收款。",
    en: "The till program doesn't answer; reconnecting. Payments already sent go on and show here. Don't charge again.",
  },
  elsewhereHead: { zh: "已在另一个标签页打开", en: "Open in another tab" },
  elsewherePlain: {
    zh: "一台收银台同时只用一个页面，免得两边同时收款。关掉那一页，这里会自动接上。",
    en: "A till works in one page at a time, so that nobody charges twice. Close the other and this one goes on.",
  },
  takeOver: { zh: "改用这个标签页", en: "Use this tab" },
  tookOver: { zh: "另一个标签页接管了收银", en: "Another tab took over" },

  operator: { zh: "操作员", en: "Operator" },
  pin: { zh: "PIN", en: "PIN" },
  signOn: { zh: "签到", en: "Sign on" },
  cashier: { zh: "收银员", en: "cashier" },
  owner: { zh: "店主", en: "owner" },
  noPinYet: { zh: "还没有设 PIN，直接签到", en: "no PIN set, sign on directly" },
  signOffNeedsPins: {
    zh: "没有设 PIN，不用签到签退。现在当班：{no} {name}。",
    en: "No PIN is set, so nobody signs on or off. On duty: {no} {name}.",
  },
  deleteDigit: { zh: "删除", en: "Delete" },
  signOnRemembers: {
    zh: "签到后，收款和退款都记在你名下。",
    en: "Payments and refunds are recorded under your name.",
  },

  // Scanner, paste and typing
  scanBroken: {
    zh: "条码没有扫全，没有使用。请再扫一次；总是这样的话，把扫码枪设成扫完发回车。",
    en: "The scan was incomplete and not used. Scan again; if it keeps happening, set the scanner to send Enter.",
  },
  scanUnclear: {
    zh: "没有扫清，没有使用。请再扫一次。",
    en: "The scan wasn't clear and was not used. Scan again.",
  },
  scanCheckAmount: {
    zh: "没有扫清，没有扣款。请核对金额，按 {key_take}，再扫一次。",
    en: "The scan wasn't clear; no money has moved. Check the amount, press {key_take}, then scan again.",
  },
  scanCleared: {
    zh: "没有扫清，没有扣款。金额里可能混进了条码的数字，已经清空：停 3 秒，重新输入金额，再扫一次。",
    en: "The scan wasn't clear; no money has moved. Its digits may have got into the amount, so it is cleared: wait 3 seconds, type it again, then scan.",
  },
  keysIgnored: {
    zh: "刚才按的没有收：可能是没扫清的条码还在发。停 3 秒，再从头输入金额。",
    en: "Those keys were not taken: they may be the rest of a broken scan. Wait 3 seconds, then type the amount from its beginning.",
  },
  scanInSheet: {
    zh: "扫到付款码，没有使用。先关掉这个窗口，再扫一次。",
    en: "A payment code was scanned and not used. Close this window, then scan again.",
  },
  keyNoAmount: {
    zh: "金额只用数字和小数点。",
    en: "An amount takes digits and a point only.",
  },
  digitsNotNow: {
    zh: "这一单还没办完，数字没有用上。先办完，再输金额。",
    en: "This sale isn't finished, so the digits were not used. Finish it first.",
  },
  digitsAfterNext: {
    zh: "这一单还没办完，数字没有用上。要先收下一位，先按 {key}。",
    en: "This sale isn't finished, so the digits were not used. To serve the next one first, press {key}.",
  },
  digitsAfterEsc: {
    zh: "数字没有用上，金额没变。要改金额，先按 {key}。",
    en: "The digits were not used and the amount is unchanged. Press {key} first to change it.",
  },
  pastedNothing: {
    zh: "剪贴板里不是付款码，也不是金额。",
    en: "The clipboard holds neither a payment code nor an amount.",
  },
  notNow: { zh: "“{what}”现在不能用：{why}", en: "“{what}” can't be used now. {why}" },
  askedNow: {
    zh: "收到，系统马上再查一次。有结论会自己显示，不用重复按。",
    en: "The system asks once more now. The result appears by itself; no need to press again.",
  },
  busyNow: {
    zh: "上一步还没有办完，请稍等。",
    en: "The step before isn't finished yet. Please wait.",
  },
  escTooLate: {
    zh: "收款已经开始，不能取消。等有结论后再处理。",
    en: "The charge has begun, so this can't be cancelled. Wait for the result.",
  },
  escReverses: {
    zh: "收款已经开始，不能取消。要撤销这一单，按 {key_reverse}；先收下一位，按 {key_leave}。",
    en: "The charge has begun, so this can't be cancelled. To reverse it, press {key_reverse}; to serve the next customer meanwhile, {key_leave}.",
  },
  requestFailed: {
    zh: "没有连上收银程序，这一步没有确认。连上后请看结果，不要重复收款。",
    en: "The till program could not be reached, so this step isn't confirmed. Wait for the result; don't charge again.",
  },

  // Customer's screen
  displayTitle: { zh: "顾客屏 · 出票", en: "Customer display · Chupiao" },
  welcome: { zh: "欢迎光临", en: "Welcome" },
  displayShowCode: { zh: "请出示付款码", en: "Please show your payment code" },
  displayShowQr: { zh: "请用支付宝扫码付款", en: "Scan with Alipay to pay" },
  displayWaiting: { zh: "请在手机上确认付款", en: "Please confirm on your phone" },
  displayConfirming: { zh: "正在确认结果，请稍等", en: "Checking the result, one moment" },
  displayConfirmingNote: { zh: "请先不要再付一次", en: "Please don't pay again" },
  displayPaid: { zh: "支付成功", en: "Paid" },
  displayNotPaid: { zh: "没有付款成功", en: "Not paid" },
  displayNotPaidNote: {
    zh: "没有收您的钱，请看收银员提示",
    en: "Your money was not taken. The cashier will help",
  },
  displayReceipt: { zh: "扫码看电子小票", en: "Scan for your receipt" },
  displayThanks: { zh: "谢谢惠顾", en: "Thank you" },
  displayAway: { zh: "请看收银员提示", en: "Please ask the cashier" },
} as const satisfies Record<string, Text>;
