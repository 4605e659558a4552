/** Words of the gate before a sale: four lights, what stops, what works anyway, and the owner's override. */
import type { GateView, LightView } from "../diagnosis/view.ts";
import { fill, type Text } from "./text.ts";

export const gateText = {
  lightsTitle: { zh: "四个灯", en: "The four lights" },
  lightsShort: { zh: "四个灯", en: "Lights" },
  lightsPlain: {
    zh: "绿：正常。黄：能用，有情况。红：有一样现在用不了。",
    en: "Green: fine. Amber: works, with a warning. Red: something can't be used now.",
  },
  till: { zh: "本机", en: "Till" },
  several: { zh: "{one}；{other}", en: "{one}; {other}" },
  noWhy: { zh: "没有要说明的。", en: "Nothing to add." },

  stoppedHead: { zh: "现在收不了支付宝", en: "Alipay can't be taken now" },
  /** Of a light that shows what is only suspected. */
  maybe: { zh: "可能是：{what}", en: "Likely: {what}" },
  reason: { zh: "{what}。{next}", en: "{what}. {next}" },
  stoppedCaution: {
    zh: "先不要扫付款码，还没有扣款。",
    en: "Don't scan a payment code yet. No money was taken.",
  },
  /** While other sales are open: of those nothing is said here. */
  stoppedCautionOfNew: {
    zh: "先不要扫付款码，这笔新单还没有扣款。待办里的另算，请勿重复收款。",
    en: "Don't scan a payment code yet: no money was taken for this new sale. What is open is another sale; don't charge it again.",
  },
  worksNow: { zh: "现在可以：", en: "What works now:" },
  enterSale: { zh: "记下这一单", en: "Enter this sale" },
  override: { zh: "店主放行", en: "Owner's override" },

  askHead: { zh: "顾客要电子小票吗？", en: "Is an e-receipt all right?" },
  askPlain: {
    zh: "纸质小票现在打不出来。要电子小票就照常收款；不要，先修打印机。",
    en: "No paper receipt can be printed now. If an e-receipt will do, go on; if not, fix the printer first.",
  },
  askYes: { zh: "要，用电子小票", en: "Yes, e-receipt" },
  askNo: { zh: "不要，先修打印机", en: "No, fix it" },
  askFirst: {
    zh: "先问顾客要不要电子小票：要按 {key_e_receipt}，不要按 {key_fix_printer}。",
    en: "Ask about the e-receipt first: {key_e_receipt} or {key_fix_printer}.",
  },
  codeBeforeAnswer: {
    zh: "付款码没有使用。先问顾客要不要电子小票：要按 {key_e_receipt}，不要按 {key_fix_printer}。",
    en: "The code was not used. Ask about the e-receipt first: {key_e_receipt} or {key_fix_printer}.",
  },

  overrideTitle: { zh: "店主放行", en: "Owner's override" },
  overridePlain: {
    zh: "放行后十分钟内不再拦收款。会记下是谁、什么时候、为什么放行。",
    en: "For ten minutes no sale is stopped. Who, when and why are recorded.",
  },
  overrideOwner: { zh: "店主", en: "Owner" },
  overrideWhy: { zh: "为什么放行", en: "Why" },
  overrideDo: { zh: "放行十分钟", en: "Let sales through for ten minutes" },
  windowUntil: {
    zh: "公告的维护时段到 {time} 为止，这段时间可能收不了或变慢。",
    en: "The announced window ends {time}; payments may fail or be slow until then.",
  },
  shopRefused: {
    zh: "支付宝上次拒绝了本店收款。请店主先登录商家平台处理；收成一笔，或店主更新资质记录后，这里变绿。",
    en: "Alipay refused the shop's last charge for this. The owner sees to it on the merchant site; a payment that goes through, or the owner's new record, turns this green.",
  },
  overriddenUntil: {
    zh: "店主已放行：{time} 前不拦收款。",
    en: "The owner let sales through: none is stopped until {time}.",
  },
  noOwner: {
    zh: "还没有设店主，不能放行。请用 chupiao operator 添加。",
    en: "No owner is set up, so nobody can override. Add one with chupiao operator.",
  },
} as const satisfies Record<string, Text>;

export const overrideReasons: readonly Text[] = [
  { zh: "我看过了，网络已经好了", en: "I checked, the network works" },
  { zh: "顾客愿意等结果", en: "The customer will wait for the result" },
  { zh: "灯不对，设备是好的", en: "The light is wrong, the device works" },
];

type Offer = GateView["offers"][number];

export const offerText: Record<Offer, { readonly name: Text; readonly plain: Text }> = {
  cash: {
    name: { zh: "收现金", en: "Take cash" },
    plain: { zh: "在这一单上按“改收现金”", en: "press Take cash instead on the sale" },
  },
  e_receipt: {
    name: { zh: "电子小票", en: "E-receipt" },
    plain: { zh: "顾客扫码就有，不用打印机", en: "the customer scans it, no printer needed" },
  },
  other_path: {
    name: { zh: "换一条网络", en: "Another network" },
    plain: { zh: "手机热点也行，连上自动变绿", en: "a phone's hotspot will do" },
  },
  wait: {
    name: { zh: "等一等", en: "Wait" },
    plain: { zh: "恢复后灯自动变绿，不用做什么", en: "the light turns green by itself" },
  },
  show_qr: {
    name: { zh: "出示收款二维码", en: "Show a QR code" },
    plain: { zh: "让顾客扫本机的码，按 {key_qr}", en: "the customer scans this till: {key_qr}" },
  },
};

type Stop = "gate_network_down" | "gate_provider_down";

/** Where the lights are looked at nobody has just scanned: what stands there is about the next sale. */
export const stopsNext: Record<Stop, Text> = {
  gate_network_down: {
    zh: "下一单先不要扫付款码：网络断了，请求发不出去。请先按本机的步骤恢复网络。",
    en: "Don't scan a code for the next sale yet: the network is down, so nothing can be sent. Follow the steps on this till first.",
  },
  gate_provider_down: {
    zh: "下一单先不要扫付款码：支付宝一直没有可用的应答。请等灯变绿。",
    en: "Don't scan a code for the next sale yet: no answer of Alipay's can be used. Wait until the light is green.",
  },
};

/** To a scan, while the outcome of another sale is open: whoever stands there may be that sale's customer. */
export const stopsWhileOpen: Record<Stop, Text> = {
  gate_network_down: {
    zh: "这笔新单没有扣款：网络断了，请求没有发出，付款码没有用过。请按本机的步骤恢复网络；没有结论的那一单请勿重复收款。",
    en: "No money was taken for this new sale: the network is down, so nothing was sent and the code is unused. Follow the steps on this till; don't charge the open sale again.",
  },
  gate_provider_down: {
    zh: "这笔新单没有扣款：支付宝一直没有可用的应答，请求没有发出，付款码没有用过。请稍等；没有结论的那一单请勿重复收款。",
    en: "No money was taken for this new sale: no answer of Alipay's can be used, so nothing was sent and the code is unused. Wait; don't charge the open sale again.",
  },
};

/** No surer than F8 is. */
export const surely = ({ text, verdict }: Pick<LightView, "text" | "verdict">): Text =>
  verdict === "suspected" ? fill(gateText.maybe, { what: text }) : text;
