/** Words of the pages behind the lights: measured series, the list of incidents, qualifications and notices. */
import type { NoticeSeen, QualificationSeen } from "../diagnosis/evidence.ts";
import type { NoticePhase } from "../records/records.ts";
import type { Text } from "./text.ts";

export const healthText = {
  more: { zh: "更多", en: "More" },
  evidenceTitle: { zh: "走势", en: "Charts" },
  minutes15: { zh: "最近 15 分钟", en: "Last 15 minutes" },
  hours24: { zh: "最近 24 小时", en: "Last 24 hours" },
  range: { zh: "时间范围", en: "Time range" },
  nothingMeasured: { zh: "这段时间没有数据。", en: "Nothing was measured in this time." },
  newest: { zh: "现在 {value}", en: "now {value}" },
  most: { zh: "最高 {value}", en: "highest {value}" },
  noAnswer: { zh: "没有应答", en: "no answer" },
  noAnswers: { zh: "{count} 次没有应答", en: "{count} without answer" },
  notMeasured: { zh: "没有数据", en: "not measured" },
  notMeasuredTimes: { zh: "{count} 次没有数据", en: "{count} not measured" },
  asTable: { zh: "看数字", en: "As a table" },
  time: { zh: "时间", en: "Time" },
  value: { zh: "数值", en: "Value" },
  newestRows: { zh: "最近 {count} 次", en: "newest {count}" },
  chartOf: {
    zh: "{name}，{from} 到 {to}",
    en: "{name}, {from} to {to}",
  },
  groupNetwork: { zh: "网络", en: "Network" },
  groupProvider: { zh: "支付宝", en: "Alipay" },
  groupPrinter: { zh: "打印机", en: "Printer" },
  groupComputer: { zh: "本机", en: "This till" },
  stateGood: { zh: "正常", en: "fine" },
  stateCare: { zh: "注意", en: "care" },
  stateBad: { zh: "故障", en: "fault" },

  incidentsTitle: { zh: "事件记录", en: "Incidents" },
  noIncidents: { zh: "还没有发生过未出票事件。", en: "There has been no incident yet." },
  openNow: { zh: "还没解决", en: "open" },
  tookTime: { zh: "用时 {took}", en: "took {took}" },
  /** From the charge, or the paper, to its end: neither from when the case opened nor to when it was closed. */
  waited: { zh: "顾客等了", en: "Customer waited" },
  waitedTime: { zh: "顾客等了 {took}", en: "customer waited {took}" },
  loadMore: { zh: "再看一些", en: "Load more" },
  incidentTitle: { zh: "事件 {no}", en: "Incident {no}" },
  opened: { zh: "发生", en: "Opened" },
  closed: { zh: "结束", en: "Closed" },
  reason: { zh: "为什么立案", en: "Why it was opened" },
  ended: { zh: "怎么结束", en: "How it ended" },
  fixedBy: { zh: "解决办法", en: "What fixed it" },
  escalatedAt: { zh: "求助时间", en: "Help was called" },
  openSale: { zh: "看这笔交易", en: "See the sale" },

  recordsTitle: { zh: "资质和公告", en: "Qualifications and notices" },
  recordsShort: { zh: "资质公告", en: "Records" },
  recordsPlain: {
    zh: "快到期、已过期的资质，和正在进行的维护，会自动写进诊断。",
    en: "What expires, and maintenance that is under way, goes into the diagnosis by itself.",
  },
  qualifications: { zh: "商户资质", en: "Qualifications" },
  notices: { zh: "公告", en: "Notices" },
  noQualifications: { zh: "还没有登记资质。", en: "No qualification is recorded." },
  noNotices: { zh: "没有公告。", en: "There are no notices." },
  add: { zh: "添加", en: "Add" },
  edit: { zh: "修改", en: "Edit" },
  remove: { zh: "删除", en: "Remove" },
  removeSure: { zh: "确定删除？", en: "Remove it?" },
  save: { zh: "保存", en: "Save" },
  saved: { zh: "已保存。", en: "Saved." },
  removed: { zh: "已删除。", en: "Removed." },
  ownerOnly: { zh: "只有店主能改", en: "only the owner can change this" },
  what: { zh: "是什么", en: "What" },
  state: { zh: "状态", en: "State" },
  until: { zh: "有效期到", en: "Valid until" },
  untilNone: { zh: "长期有效", en: "no end" },
  untilOf: { zh: "到 {day}", en: "until {day}" },
  note: { zh: "备注", en: "Note" },
  scope: { zh: "谁的", en: "Whose" },
  from: { zh: "开始", en: "From" },
  to: { zh: "结束", en: "To" },
  title: { zh: "内容", en: "Text" },
  source: { zh: "来源", en: "Source" },
  dateForm: { zh: "写成 2026-12-31", en: "like 2026-12-31" },
  timeForm: { zh: "写成 2026-12-31 02:00", en: "like 2026-12-31 02:00" },
  dateWrong: { zh: "日期写成 2026-12-31。", en: "Write the date like 2026-12-31." },
  timeWrong: {
    zh: "时间写成 2026-12-31 02:00，结束要晚于开始。",
    en: "Write times like 2026-12-31 02:00; the end comes after the start.",
  },
  textMissing: { zh: "内容不能空着。", en: "The text can't be empty." },
  feedNone: { zh: "没有设置订阅地址。", en: "No feed is set." },
  feedOf: {
    zh: "订阅：{address}，上次读取 {time}",
    en: "Feed: {address}, read {time}",
  },
  feedFailed: {
    zh: "上次没有读到：{error}。之前读到的仍然有效。",
    en: "The last read failed: {error}. What was read before still counts.",
  },
  fromFeed: { zh: "来自订阅", en: "from the feed" },
} as const satisfies Record<string, Text>;

type What = QualificationSeen["what"];

export const qualificationText: Record<What, Text> = {
  licence: { zh: "营业执照", en: "Business licence" },
  contract: { zh: "支付宝签约", en: "Alipay contract" },
  account: { zh: "收款账户", en: "Account" },
  limit: { zh: "收款额度", en: "Sales limit" },
  payment_product: { zh: "收款产品", en: "Payment product" },
};

export const qualificationStateText: Record<QualificationSeen["state"], Text> = {
  valid: { zh: "有效", en: "valid" },
  expiring: { zh: "快到期", en: "expiring" },
  expired: { zh: "已过期", en: "expired" },
  missing: { zh: "没有办", en: "missing" },
  frozen: { zh: "被冻结", en: "frozen" },
  limited: { zh: "受限", en: "restricted" },
  withdrawn: { zh: "已撤下", en: "withdrawn" },
};

export const noticePhaseText: Record<NoticePhase, Text> = {
  ahead: { zh: "还没开始", en: "ahead" },
  now: { zh: "进行中", en: "under way" },
  over: { zh: "已结束", en: "over" },
};

export const scopeText: Record<NoticeSeen["scope"], Text> = {
  provider: { zh: "支付宝", en: "Alipay" },
  hub: { zh: "中心", en: "Hub" },
  terminal: { zh: "收银机", en: "This till" },
  network: { zh: "网络", en: "Network" },
};
