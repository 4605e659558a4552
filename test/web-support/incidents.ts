/** Incidents, gates, series and records as the box would send them. Unit tests and browser tests share them. */
import { FAMILY_TEXTS } from "../../src/core/text/diagnosis.ts";
import type {
  EscalationView,
  EvidenceLineView,
  FamilyView,
  FindingView,
  GuideStepView,
  IncidentRow,
  IncidentView,
  LightView,
  SeriesView,
} from "../../src/core/diagnosis/view.ts";
import type { IncidentReport } from "../../src/core/diagnosis/report.ts";
import type { NoticeView, QualificationView } from "../../src/core/records/view.ts";
import type { Text } from "../../src/core/text/text.ts";
import type { CauseFamily, Light } from "../../src/core/till/view.ts";
import { at } from "./views.ts";

const text = (zh: string, en: string): Text => ({ zh, en });

const sources = {
  printer: text("打印机", "Printer"),
  alipay: text("支付宝", "Alipay"),
  router: text("路由器", "Router"),
  till: text("本机", "This till"),
} as const;

export const line = (
  clock: string,
  source: keyof typeof sources,
  zh: string,
  en: string,
): EvidenceLineView => ({ at: at(clock), source: sources[source], text: text(zh, en) });

export const paperOut: FindingView = {
  family: "device",
  cause: "paper_out",
  verdict: "confirmed",
  title: text("打印机缺纸", "Printer out of paper"),
  explain: text(
    "打印机没纸了，小票打不出来。钱不受影响，装纸后自动接着打。",
    "The printer has no paper. The money isn't affected; it prints once paper is in.",
  ),
  fixer: "cashier",
  next_step: text("装一卷热敏纸，合上盖子。", "Load a roll and close the cover."),
  since: at("17:21:08"),
  evidence: [
    line("17:21:08", "printer", "自己报告缺纸", "reports paper out by itself"),
    line("17:18:40", "printer", "报告纸快用完", "reported paper low"),
  ],
};

export const slowNetwork: FindingView = {
  family: "network",
  cause: "line_slow",
  verdict: "suspected",
  title: text("网络慢", "Slow network"),
  explain: text("到支付宝的线路变慢，结果可能晚到。", "The line to Alipay is slow."),
  fixer: "owner",
  next_step: text("看看是不是有人在下载大文件。", "See whether someone downloads a lot."),
  since: at("17:20:50"),
  evidence: [line("17:21:02", "router", "往返 480 毫秒，平时 3 毫秒", "480 ms, usually 3 ms")],
};

export const lineDown: FindingView = {
  family: "network",
  cause: "line_down",
  verdict: "confirmed",
  title: text("店里的网络断了", "The shop's network is down"),
  explain: text(
    "路由器没有应答，问不到支付宝。网络一通，系统会自己查清这一单。",
    "The router doesn't answer, so Alipay can't be asked. Once it does the system finds out by itself.",
  ),
  fixer: "cashier",
  next_step: text("看路由器的电源和网线。", "Check the router's power and cable."),
  since: at("17:21:04"),
  evidence: [
    line("17:21:10", "router", "3 次没有应答", "no answer, 3 times"),
    line("17:21:09", "till", "网卡有连接", "the network card has a link"),
  ],
};

const ruledOut: Readonly<Record<CauseFamily, EvidenceLineView>> = {
  network: line("17:21:12", "router", "应答 3 毫秒", "answers in 3 ms"),
  device: line("17:21:11", "printer", "一切正常", "reports no fault"),
  buyer_account: line("17:21:06", "alipay", "收款成功", "says paid"),
  amount_or_input: line("17:21:01", "till", "金额和付款码都对", "amount and code were fine"),
  system: line("17:20:00", "till", "自检 11 项全部通过", "all 11 self checks passed"),
  provider_api: line("17:21:06", "alipay", "应答 214 毫秒", "answered in 214 ms"),
  operation: line("17:21:01", "till", "一次扫码，一次收款", "one scan, one charge"),
  merchant: line("17:20:00", "till", "资质都在有效期内", "all qualifications are valid"),
  maintenance: line("17:20:00", "till", "没有进行中的公告", "no notice is under way"),
};

const FAMILIES = Object.keys(FAMILY_TEXTS) as readonly CauseFamily[];

/** All nine: found ones as given, `asked` not known yet, the rest ruled out. */
export const families = (
  found: readonly FindingView[],
  asked: readonly CauseFamily[] = [],
): readonly FamilyView[] =>
  FAMILIES.map((family) => {
    const findings = found.filter((one) => one.family === family);
    const isAsked = findings.length === 0 && asked.includes(family);
    return {
      family,
      name: FAMILY_TEXTS[family],
      verdict: findings[0]?.verdict ?? (isAsked ? "not_known" : "ruled_out"),
      findings,
      against: findings.length > 0 || isAsked ? [] : [ruledOut[family]],
      asking: isAsked ? text("向支付宝查询这一单", "asking Alipay about this order") : null,
    };
  });

export const step = (
  id: string,
  state: GuideStepView["state"],
  zh: string,
  en: string,
  change: Partial<GuideStepView> = {},
): GuideStepView => ({
  id,
  text: text(zh, en),
  picture: null,
  state,
  seen: null,
  action: "none",
  enabled: true,
  ...change,
});

export const paperGuide: readonly GuideStepView[] = [
  step("look", "done", "看打印机状态", "Look at the printer's status", {
    seen: text("17:21:08 打印机报告缺纸", "paper out, reported at 17:21:08"),
  }),
  step("load", "now", "装一卷 80 毫米热敏纸，热敏面朝上，合上盖子", "Load a roll, shiny side up", {
    picture: "printer_load_paper",
    seen: text("正在等打印机报告有纸", "waiting for the printer to report paper"),
  }),
  step("resume", "later", "自动接着打，不会重复", "It prints by itself, without doubling"),
];

export const networkGuide: readonly GuideStepView[] = [
  step("cable", "tried", "网线拔下再插紧", "Reseat the network cable", {
    picture: "network_cable",
  }),
  step("router", "now", "关掉路由器，等 10 秒，再打开", "Router off, 10 seconds, on again", {
    picture: "router",
    seen: text("正在等路由器应答", "waiting for the router to answer"),
  }),
  step("path", "later", "还不通就换手机热点", "Else use a phone's hotspot", {
    picture: "hotspot",
    action: "other_path",
  }),
];

export const incident = (change: Partial<IncidentView> = {}): IncidentView => ({
  id: "I-7",
  case_no: "CP-1123-0007",
  opened_at: at("17:21:09"),
  closed_at: null,
  why: "receipt_late",
  sale_id: "S-000481",
  order_no: "T01-261123-000481",
  amount_fen: 12_850,
  money: text("已收款，不要再收。", "Paid. Don't charge again."),
  first: paperOut,
  families: families([paperOut]),
  guide: paperGuide,
  ended: null,
  escalated_at: null,
  ...change,
});

export const open = text(
  "钱可能已付，也可能未付；不要重复收款。",
  "The money may or may not have moved; don't charge again.",
);

/** A sale without a result because the line is down; the network is slow in the background too. */
export const outcomeIncident = (): IncidentView =>
  incident({
    why: "outcome_late",
    money: open,
    first: lineDown,
    families: families([lineDown], ["provider_api", "buyer_account", "maintenance"]),
    guide: networkGuide,
  });

/** Nothing is known yet, and what is being asked stands there. */
export const askedIncident = (): IncidentView =>
  incident({
    why: "outcome_late",
    money: open,
    first: null,
    families: families([], ["network", "buyer_account", "provider_api"]),
    guide: [
      step("query", "now", "系统正在查，也可以现在再查一次", "Being asked; you may ask again now", {
        picture: "wait",
        action: "query",
      }),
    ],
  });

export const lowBalance: FindingView = {
  family: "buyer_account",
  cause: "ACQ.BUYER_BALANCE_NOT_ENOUGH",
  verdict: "confirmed",
  title: text("顾客余额不足", "The customer's balance is too low"),
  explain: text(
    "支付宝拒绝了这次付款，没有扣款。",
    "Alipay refused the payment; nothing was taken.",
  ),
  fixer: "buyer",
  next_step: text("请顾客换一张银行卡，再出示新的付款码。", "Another card, then a new code."),
  since: at("17:21:03"),
  evidence: [
    line(
      "17:21:03",
      "alipay",
      "这笔未收款（顾客余额不足，ACQ.BUYER_BALANCE_NOT_ENOUGH）",
      "this sale: not paid (Balance too low, ACQ.BUYER_BALANCE_NOT_ENOUGH)",
    ),
  ],
};

export const refusedIncident = (): IncidentView =>
  incident({
    why: "payment_refused",
    money: text("没有扣款，可以重新收款。", "No money was taken; you can charge again."),
    first: lowBalance,
    families: families([lowBalance]),
    guide: [
      step(
        "card",
        "now",
        "请顾客换一张卡、换一个账户，或换一种方式付",
        "Ask for another card, account or way of payment",
        {
          picture: "payment_code",
          seen: text("系统会自己看到", "the system sees by itself when it is done"),
        },
      ),
      step(
        "again",
        "later",
        "请顾客出示新的付款码再收",
        "Charge with a new code from the customer",
      ),
      step("help", "later", "还不行就求助", "Else call for help"),
    ],
  });

export const solvedIncident = (): IncidentView =>
  incident({
    closed_at: at("17:21:50"),
    ended: {
      how: "receipt_confirmed",
      fixed_by: text("装了纸，自动接着打", "Paper was loaded and it went on"),
      took_ms: 41_000,
    },
  });

export const rows: readonly IncidentRow[] = [
  {
    id: "I-7",
    case_no: "CP-1123-0007",
    opened_at: at("17:21:09"),
    closed_at: null,
    why: "receipt_late",
    title: paperOut.title,
    family: "device",
    verdict: "confirmed",
    sale_id: "S-000481",
    amount_fen: 12_850,
    ended: null,
    took_ms: null,
  },
  {
    id: "I-6",
    case_no: "CP-1123-0006",
    opened_at: at("12:03:31"),
    closed_at: at("12:05:02"),
    why: "outcome_late",
    title: lineDown.title,
    family: "network",
    verdict: "suspected",
    sale_id: "S-000305",
    amount_fen: 3300,
    ended: "receipt_confirmed",
    took_ms: 91_000,
  },
  {
    id: "I-5",
    case_no: "CP-1122-0005",
    opened_at: "2026-11-22T09:12:00+08:00",
    closed_at: "2026-11-22T11:40:00+08:00",
    why: "gate_red",
    title: text("支付宝接口异常", "Alipay's interface fails"),
    family: "provider_api",
    verdict: "confirmed",
    sale_id: null,
    amount_fen: null,
    ended: "cleared",
    took_ms: 8_880_000,
  },
];

export const escalation: EscalationView = {
  case_no: "CP-1123-0007",
  call: [
    {
      who: text("服务商（技术支持）", "Service provider"),
      phone: "021-5555 0101",
      why: text("打印机和收银机的问题", "printer and till"),
    },
    {
      who: text("支付宝商家热线", "Alipay for merchants"),
      phone: "95188",
      why: text("扣款和账户的问题，24 小时", "charges and accounts, day and night"),
    },
  ],
  numbers: [
    { name: text("订单号", "Order no."), value: "T01-261123-000481" },
    { name: text("支付宝交易号", "Alipay trade no."), value: "2026112322001400000000000481" },
    { name: text("应用编号", "App id"), value: "2021000000000000" },
    { name: text("时间", "Time"), value: "2026-11-23 17:21:06" },
  ],
  slip: true,
  report_phone: {
    url: "https://r.example.com/r/report/k3YxQabcdefghijklmnop",
    expires_at: "2026-11-23T19:21:48+08:00",
    why: null,
  },
  report_url: "/api/incidents/I-7/report",
};

/** The report of the open incident, as the box makes it for whoever is called. */
export const report = (): IncidentReport => ({
  case_no: "CP-1123-0007",
  made_at: at("17:24:00"),
  livemode: false,
  store: { merchant_name: "瑞福便利店", store_name: "人民广场店", terminal_no: "01" },
  incident: incident({
    families: families([paperOut, slowNetwork], ["provider_api"]),
  }),
  sale: {
    order_no: "T01-261123-000481",
    provider_trade_no: "2026112322001400000000000481",
    receipt_number: "000481",
    amount_fen: 12_850,
    payer: "138****0000",
  },
  timeline: [
    line("17:21:01", "till", "扫到付款码，向支付宝请求收款", "code scanned, Alipay asked to pay"),
    line("17:21:06", "alipay", "收款成功", "says paid"),
    ...paperOut.evidence.toReversed(),
  ],
  versions: [
    { name: { zh: "出票", en: "Chupiao" }, value: "0.1.0" },
    { name: { zh: "Node", en: "Node" }, value: "24.21.0" },
    { name: { zh: "系统", en: "System" }, value: "Linux 6.1" },
  ],
  escalation: {
    ...escalation,
    numbers: escalation.numbers.slice(0, 2),
  },
});

export const lightView = (light: Light, zh: string, en: string, why?: Text): LightView => ({
  light,
  text: text(zh, en),
  why: why ?? null,
});

export const unsteady: LightView = {
  ...lightView(
    "amber",
    "网络时断时续",
    "The network is unsteady",
    text("最近 1 分钟 20 次里有 4 次没有应答", "4 of 20 probes in the last minute had no answer"),
  ),
  cause: "line_unstable",
  verdict: "suspected",
};
export const networkRed: LightView = {
  ...lightView(
    "red",
    "网络：断了",
    "Network: down",
    text("路由器没有应答，17:21:10 起", "the router doesn't answer since 17:21:10"),
  ),
  cause: "router_silent",
  verdict: "confirmed",
};
export const paperRed = lightView(
  "red",
  "打印机：缺纸",
  "Printer: out of paper",
  text("打印机自己报告，17:21:08", "its own report, 17:21:08"),
);

export const stopsForNetwork = text(
  "店里的网络断了，问不到支付宝。付款码先别扫，免得钱扣了却不知道。",
  "The shop's network is down and Alipay can't be asked. Don't scan a code, or a charge may go unseen.",
);

/** A quarter of an hour of measurements that end at `endMs`. */
export function series(endMs: number): readonly SeriesView[] {
  const time = (ms: number): string =>
    new Date(ms + 8 * 3_600_000).toISOString().replace("Z", "+08:00");
  const points = (count: number, of: (index: number) => number | null) =>
    Array.from(
      { length: count },
      (_, index) => [time(endMs - (count - 1 - index) * 15_000), of(index)] as const,
    );
  const wave = (base: number, index: number): number =>
    Math.round(base * (1 + 0.4 * Math.sin(index / 3) + 0.3 * Math.sin(index * 1.7)));
  return [
    {
      id: "reach.router.eth0",
      name: text("路由器（有线）往返", "Router by cable, round trip"),
      unit: "ms",
      points: points(60, (i) => (i > 40 && i < 46 ? null : wave(4, i))),
    },
    {
      id: "reach.provider.eth0",
      name: text("支付宝（有线）往返", "Alipay by cable, round trip"),
      unit: "ms",
      points: points(60, (i) => (i > 39 && i < 48 ? null : wave(38, i))),
    },
    {
      id: "reach.router.wlan0",
      name: text("无线网络丢包", "Wi-Fi loss"),
      unit: "percent",
      points: points(60, (i) => (i > 30 && i < 50 ? 20 : 0)),
    },
    {
      id: "provider.call",
      name: text("支付宝接口应答", "Alipay's answers"),
      unit: "ms",
      points: points(30, (i) => wave(210, i)),
    },
    {
      id: "printer.state",
      name: text("打印机状态", "Printer's status"),
      unit: "state",
      points: points(60, (i) => (i < 20 ? 0 : i < 44 ? 1 : i < 50 ? 2 : 0)),
    },
    {
      id: "computer.disk",
      name: text("磁盘剩余", "Free disk"),
      unit: "bytes",
      points: points(15, (i) => 42e9 - i * 1e7),
    },
  ];
}

export const qualifications: readonly QualificationView[] = [
  {
    id: "licence",
    what: "licence",
    state: "expiring",
    until: "2026-12-20T23:59:59+08:00",
    note: "统一社会信用代码尾号 4X9K",
    source: "操作员 01",
    by_hand: true,
  },
  {
    id: "contract",
    what: "contract",
    state: "valid",
    until: null,
    note: "",
    source: "https://feed.example/records.json",
    by_hand: false,
  },
];

export const notices: readonly NoticeView[] = [
  {
    id: "N-1",
    scope: "provider",
    from: "2026-11-24T02:00:00+08:00",
    until: "2026-11-24T04:00:00+08:00",
    title: "支付宝系统升级，期间付款可能变慢",
    source: "操作员 01",
    phase: "ahead",
    by_hand: true,
  },
];
