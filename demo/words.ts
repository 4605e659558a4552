/** Every word of the two stories that isn't the product's own. */
import type { Text } from "../src/core/text/text.ts";

export const people = {
  story: { zh: "旁白", en: "story" },
  cashier: { zh: "收银员", en: "cashier" },
  owner: { zh: "店主", en: "owner" },
  printer: { zh: "打印机", en: "printer" },
  power: { zh: "电源", en: "power" },
  till: { zh: "收银台", en: "till" },
  line: { zh: "网络", en: "line" },
  table: { zh: "{till} · {no} 号桌", en: "{till} · table {no}" },
  books: { zh: "对账", en: "books" },
} as const satisfies Record<string, Text>;

export const words = {
  screen: { zh: "【{headline}】", en: "[{headline}]" },
  says: { zh: "说明：", en: "says: " },
  money: { zh: "钱：", en: "money: " },
  caution: { zh: "注意：", en: "note: " },
  verdict: { zh: "把握：", en: "how sure: " },
  evidence: { zh: "依据：", en: "evidence: " },
  receipt: { zh: "小票：", en: "receipt: " },
  step: { zh: "现在做：", en: "do now: " },

  marketTitle: {
    zh: "一 小超市：小票打到一半，收银机和打印机一起断电",
    en: "1 A small supermarket: till and printer lose power in mid-receipt",
  },
  open: {
    zh: "{shop} 开门。真实的收银程序已启动，支付宝和打印机是沙盒：演示，非真实交易。",
    en: "{shop} opens. The real till is running on a sandbox for Alipay and printer: no real money.",
  },
  rings: {
    zh: "收 ￥{yuan}，扫{customer}的付款码。",
    en: "Takes ￥{yuan}; scans {customer}'s code.",
  },
  first: { zh: "第一位顾客", en: "the first customer" },
  second: { zh: "第二位顾客", en: "the second customer" },
  third: { zh: "第三位顾客", en: "the third customer" },
  cut: {
    zh: "电压骤降：收银程序被立即杀死（SIGKILL），打印机同时断电，小票正打到一半。",
    en: "The voltage dips: the till is killed (SIGKILL) and the printer loses power at the same instant, in mid-receipt.",
  },
  hangs: { zh: "打印机上挂着的纸：", en: "The paper that hangs from the printer:" },
  nothingHangs: { zh: "（还没有一行字）", en: "(not a line yet)" },
  back: {
    zh: "来电了，但电压还偏低。打印机亮起，收银程序重新启动。",
    en: "Power is back, but still low. The printer is on, the till starts again.",
  },
  looks: {
    zh: "看那张纸：有没有店名、金额，一直到最后一行？",
    en: "Looks at the paper: shop, amount, down to the last line?",
  },
  isWhole: { zh: "是完整的。按 Y：打出来了。", en: "It is whole. Presses Y: it came out." },
  isHalf: {
    zh: "只有半张。撕下来，按 N：没有打出来。",
    en: "Only half of it. Tears it off and presses N: it didn't come out.",
  },
  copyCame: {
    zh: "补打的小票出来了，上面有“补打”标记：",
    en: "The copy is out, and it is marked 补打:",
  },
  otherSocket: {
    zh: "看了电源插头，把收银机换到另一个插座，电压恢复正常。",
    en: "Checks the plug and moves the till to another socket; the voltage is normal.",
  },
  incidentClosed: {
    zh: "事件 {no} 已自动结束：{how}，用时 {took}。",
    en: "Incident {no} closed by itself: {how}, after {took}.",
  },
  incidentFound: {
    zh: "事件 {no}：{why}。原因：{verdict}{cause}（{family}）。",
    en: "Incident {no}: {why}. Cause: {verdict} {cause} ({family}).",
  },

  chainTitle: {
    zh: "二 连锁餐厅：饭点，线路延迟 2 秒，还有抖动和丢失，30 桌同时结账",
    en: "2 A restaurant chain at rush hour: 2 s of latency, jitter and loss, 30 tables paying",
  },
  chainOpen: {
    zh: "中心和 {tills} 台收银机已启动，各是一个进程；每台收银机有自己的线路和打印机。演示，非真实交易。",
    en: "One hub and {tills} tills, each a process; each till has its own line and printer. No real money.",
  },
  weather: {
    zh: "从现在起，每条线路来回约 {round} 毫秒，抖动 {jitter} 毫秒，隔一阵丢一段。",
    en: "From now on each line takes about {round} ms both ways, {jitter} ms of jitter, and loses a stretch now and then.",
  },
  lost: {
    zh: "{till} 的线路有几秒不通：{what}。",
    en: "{till}'s line fails for some seconds: {what}.",
  },
  lostUp: { zh: "去中心的请求到不了", en: "requests don't reach the hub" },
  lostDown: { zh: "中心的应答回不来", en: "the hub's answers don't come back" },
  lostCut: { zh: "连接中断", en: "the connection breaks" },
  tablePays: { zh: "￥{yuan}，扫付款码。", en: "￥{yuan}, scans the code." },
  tableAgain: {
    zh: "收银台确认没有扣款，请顾客再出示一次付款码。",
    en: "The till has proof that nothing was charged; asks for another code.",
  },
  tableStopped: {
    zh: "收银台不让收，付款码没有用：{why}",
    en: "The till doesn't take it and the code isn't used: {why}",
  },
  tableLater: {
    zh: "结果还没有确认：不再收，先接待下一桌。",
    en: "Not known yet: isn't charged again; the next table is served.",
  },
  calm: { zh: "饭点过了，线路恢复正常。", en: "The rush is over and the lines are well again." },

  booksTitle: {
    zh: "对账：支付宝自己的交易、收银台、纸",
    en: "The books: Alipay's own trades, the tills, the papers",
  },
  row: {
    zh: "{name}：应收 ￥{due}，支付宝收下 ￥{kept}（{charges} 笔）；{outcome}；小票 {receipt}：原件 {originals} 张，半张 {halves} 张，补打 {copies} 张。",
    en: "{name}: due ￥{due}, Alipay kept ￥{kept} ({charges} charge); {outcome}; receipt {receipt}: {originals} whole, {halves} torn half, {copies} marked copy.",
  },
  good: {
    zh: "全部成立：{sales} 单结果都已知，每单只扣一次款，共 ￥{yuan}；原件没有重复，补打都有标记。",
    en: "All holds: {sales} outcomes known, each charged once, ￥{yuan} in all; no second original, every copy marked.",
  },
  bad: { zh: "有 {count} 处不成立：", en: "{count} don't hold:" },
  paid: { zh: "已付", en: "paid" },
  declined: { zh: "未付", en: "not paid" },
  reversed: { zh: "已撤销", en: "reversed" },
  unknown: { zh: "结果未知", en: "not known" },
  noReceipt: { zh: "无", en: "none" },

  stray: {
    zh: "支付宝收下 ￥{yuan}，没有哪一单对得上：{order}",
    en: "Alipay kept ￥{yuan} that belongs to no sale: {order}",
  },
  notKnown: { zh: "{name}：结果还不知道", en: "{name}: the outcome isn't known" },
  notPaid: { zh: "{name}：没有付成", en: "{name}: didn't get to pay" },
  chargedTwice: { zh: "{name}：扣了 {charges} 次款", en: "{name}: charged {charges} times" },
  otherAmount: {
    zh: "{name}：应收 ￥{due}，支付宝收下 ￥{kept}",
    en: "{name}: due ￥{due}, Alipay kept ￥{kept}",
  },
  keptUnpaid: {
    zh: "{name}：没有付成，支付宝却收下 ￥{kept}",
    en: "{name}: not paid, yet Alipay kept ￥{kept}",
  },
  notConfirmed: { zh: "{name}：小票没有得到确认", en: "{name}: the receipt isn't confirmed" },
  twoOriginals: {
    zh: "{name}：有 {originals} 张没有标记的小票",
    en: "{name}: {originals} receipts without a mark",
  },
  noPaper: { zh: "{name}：已付，没有小票", en: "{name}: paid, and no paper" },
  paperUnpaid: { zh: "{name}：没有付，却有小票", en: "{name}: not paid, yet there is a receipt" },
  noIncident: {
    zh: "没有为断电打开事件，或没有结束",
    en: "no incident was opened for the power cut, or it didn't close",
  },
  noCause: { zh: "事件没有说出断电这个原因", en: "the incident doesn't name the loss of power" },
  wasWhole: { zh: "断电没有发生在小票中间", en: "the power didn't fail in mid-receipt" },
  calmLine: { zh: "线路没有丢过任何东西", en: "the lines lost nothing" },
} as const satisfies Record<string, Text>;
