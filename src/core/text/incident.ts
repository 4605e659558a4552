/** Words of an incident: on the till's stage, in its window (F8), in the list of incidents, and when calling for help. */
import type { GuideStepView } from "../diagnosis/view.ts";
import type { Text } from "./text.ts";

export const guideStateText: Record<GuideStepView["state"], Text> = {
  done: { zh: "已完成", en: "done" },
  tried: { zh: "还没见效", en: "no effect seen yet" },
  now: { zh: "现在做", en: "now" },
  later: { zh: "之后", en: "later" },
};

export const incidentText = {
  noReceipt: { zh: "小票没出来：{why}", en: "No receipt: {why}" },
  whyAsked: { zh: "正在查原因", en: "finding out why" },
  verdictAsked: { zh: "还不知道，正在查…", en: "Not known yet, asking…" },
  proof: { zh: "{source} {time}：{text}", en: "{source} {time}: {text}" },
  alsoConfirmed: { zh: "另外已确认：{what}", en: "Also confirmed: {what}" },
  alsoSuspected: { zh: "另外可能还有：{what}", en: "Also likely: {what}" },
  notCharged: { zh: "没有扣款", en: "No money was taken" },
  takenBack: { zh: "本单没有收到钱", en: "The sale has no money" },
  solved: { zh: "已了结：{what}", en: "Settled: {what}" },
  solvedOf: { zh: "{title}。{how}", en: "{title}; {how}" },
  solvedIn: { zh: "{how}，用时 {took}", en: "{how}, took {took}" },
  seen: { zh: "看到：{what}", en: "Seen: {what}" },
  caseNo: { zh: "事件编号", en: "Case no." },
  caseIs: { zh: "事件编号 {no}", en: "Case no. {no}" },
  caseIsOf: { zh: "事件编号 {no}。当时：{what}", en: "Case no. {no}. Then: {what}" },
  help: { zh: "求助", en: "Get help" },
  otherPath: { zh: "换一条网络", en: "Switch the network" },

  familiesTitle: { zh: "九类原因，逐一排查", en: "Nine kinds of cause, one by one" },
  notKnown: {
    zh: "还不知道原因，正在查。下面是每一类查到哪一步。",
    en: "The cause isn't known yet. Below is how far each question is.",
  },
  noCauseButOpen: {
    zh: "没有发现故障，但有 {count} 笔还没有办完。关闭这里，按 {key_open} 看要做什么。",
    en: "No fault was found, but {count} still open. Close this and press {key_open} to see what to do.",
  },
  otherOpen: { zh: "还没办完", en: "Still open" },
  noCause: {
    zh: "现在没有未出票的交易，也没有发现故障。",
    en: "No receipt is missing now, and no fault was found.",
  },
  moneyTitle: { zh: "钱", en: "Money" },
  guideTitle: { zh: "现在这样做", en: "Do this now" },
  moreSteps: {
    zh: "后面还有 {count} 步，按 {key_why} 看全部",
    en: "{count} more steps follow; {key_why} shows all",
  },
  moreStep: {
    zh: "后面还有 1 步，按 {key_why} 看全部",
    en: "1 more step follows; {key_why} shows all",
  },
  guideDone: { zh: "做过的步骤", en: "What was done" },
  nextStep: { zh: "下一步", en: "Next step" },
  fixer: { zh: "谁来处理：{who}", en: "Who fixes it: {who}" },
  since: { zh: "从 {time} 起", en: "since {time}" },
  evidence: { zh: "依据", en: "Evidence" },
  against: { zh: "为什么排除", en: "Why ruled out" },
  pictureOf: { zh: "示意图：{what}", en: "Drawing: {what}" },

  helpTitle: { zh: "求助", en: "Call for help" },
  sayFirst: { zh: "先报事件编号", en: "Give the case number first" },
  whomToCall: { zh: "打给谁", en: "Whom to call" },
  noPhone: { zh: "没有设置电话，请问店主", en: "no phone number set; ask the owner" },
  numbersTitle: { zh: "对方会问这些", en: "They will ask for" },
  report: { zh: "诊断报告", en: "Report" },
  reportPlain: {
    zh: "里面有全部证据，没有密钥，顾客信息已遮盖，可以发给服务商。",
    en: "It holds all the evidence and no keys, and the customer's data is masked, so it can be sent on.",
  },
  openReport: { zh: "打开报告", en: "Open the report" },
  caseSlip: { zh: "打印求助凭条", en: "Print a help slip" },
  caseSlipSent: {
    zh: "求助凭条已送去打印，上面有事件编号和电话。",
    en: "The help slip is on its way; it bears the case number and the phones.",
  },
  caseSlipSentNoPhone: {
    zh: "求助凭条已送去打印，上面有事件编号。{who}没有设置电话，请问店主。",
    en: "The help slip is on its way; it bears the case number. {who} has no phone number set; ask the owner.",
  },
  slipSent: {
    zh: "凭证已送去打印，上面有订单号和事件编号。",
    en: "The slip is on its way; it bears order and case number.",
  },
  pendingSlipSent: {
    zh: "凭条已送去打印，上面有订单号。",
    en: "The slip is on its way; it bears the order number.",
  },
  noIncidentShort: { zh: "没有未出票事件", en: "no incident now" },
  noIncident: {
    zh: "现在没有未出票事件，没有可求助的事件。",
    en: "There is no incident now, so there is no case to call about.",
  },
  otherPathTitle: { zh: "换一条网络", en: "Switch the network" },
  otherPathPlain: {
    zh: "没有结论的那一笔不用重收，网络一通系统会自己查清楚。",
    en: "Don't charge the open sale again; once the network works the system finds out by itself.",
  },
  otherPathDo: {
    zh: "用手机开个人热点，让收银机连上手机的无线网络。",
    en: "Turn on a phone's hotspot and connect the till computer to it.",
  },
  otherPathSee: {
    zh: "连上后网络灯自动变绿，就可以继续收款。",
    en: "The network light turns green by itself; then go on.",
  },
} as const satisfies Record<string, Text>;

/** What is over is told as that: its words of then would contradict where the money is now. */
export const pastText = {
  ofSale: {
    zh: "当时：{title}。这一单现在已有结论。",
    en: "What it was then: {title}. What became of this sale is known now.",
  },
  ofBox: { zh: "当时：{title}。现在已恢复。", en: "What it was then: {title}. It is over." },
  /** Heads what was found at that time: whether anybody has mended it since is another question. */
  causeThen: { zh: "当时的原因：{title}", en: "What it was then: {title}" },
  /** Of the same time, and not what the case was about: nobody says here that it is over. */
  ofThen: { zh: "当时：{title}。", en: "What it was then: {title}." },
  ofDoneSale: {
    zh: "当时：{title}。那一单已经办完。",
    en: "What it was then: {title}. That sale is done.",
  },
  /** Why the money wasn't known, and then why the paper didn't come. */
  both: { zh: "{first}；{second}", en: "{first}; {second}" },
  notThisSale: {
    zh: "这一单已经办完，不受影响。",
    en: "This sale is done and isn't affected.",
  },
  forNext: { zh: "下一单之前：{step}", en: "Before the next sale: {step}" },
  notAsked: { zh: "当时没有查到。", en: "Not known at that time." },
} as const satisfies Record<string, Text>;

export const phoneReportText = {
  noAddress: {
    zh: "手机打不开：还没有设置手机能到的地址。请店主在 config.json 里设置 receipt_base。",
    en: "A phone can't open it: no address that phones reach is set. The owner sets receipt_base in config.json.",
  },
  atTheTill: {
    zh: "手机打不开：中心在别处，报告只在这台收银机上。",
    en: "A phone can't open it: the hub is elsewhere, and the report is on this till only.",
  },
  scan: { zh: "手机扫码看报告，{time} 前有效", en: "Scan to read it on a phone, until {time}" },
  gone: {
    zh: "这个链接已经失效：过了两小时，或者收银程序重启过。请在收银机上重新打开“求助”（按 H），再扫一次新的码。",
    en: "This address is no longer valid: two hours have passed, or the till program was restarted. Open “Get help” at the till again (H) and scan the new code.",
  },
  goneTitle: { zh: "链接已失效", en: "No longer valid" },
} as const satisfies Record<string, Text>;

const msPerSecond = 1000;
const secondsPerMinute = 60;
const minutesPerHour = 60;

/** "42 秒", "3 分 5 秒", "2 小时 10 分". */
export function durationText(ms: number): Text {
  const seconds = Math.max(0, Math.round(ms / msPerSecond));
  const minutes = Math.floor(seconds / secondsPerMinute);
  const hours = Math.floor(minutes / minutesPerHour);
  if (seconds === 0) return { zh: "不到 1 秒", en: "under 1 s" };
  if (minutes === 0) return { zh: `${seconds} 秒`, en: `${seconds} s` };
  if (hours === 0) {
    const rest = seconds % secondsPerMinute;
    return { zh: `${minutes} 分 ${rest} 秒`, en: `${minutes} min ${rest} s` };
  }
  const rest = minutes % minutesPerHour;
  return { zh: `${hours} 小时 ${rest} 分`, en: `${hours} h ${rest} min` };
}
