/**
 * What a charge met and is over by now, or may be, is told in the past: that it stood in the way then, what is known of
 * now, and since when. Words of then would contradict what the probes say.
 */
import { rfc3339China } from "../../rules/time.ts";
import { fill, type Text } from "../../text/text.ts";
import { clockText } from "../../till/clock.ts";
import type { CauseWords } from "../case.ts";

const t = (zh: string, en: string): Text => ({ zh, en });

/** What breaks a line, by what was seen. */
export type LineBreak =
  | "interface_down"
  | "no_address"
  | "router_silent"
  | "login_page"
  | "line_down"
  | "dns_failing";

const TITLES: Readonly<Record<LineBreak, Text>> = {
  interface_down: t("收银机当时没有接上网络", "The till wasn't connected to a network"),
  no_address: t("收银机当时没有分到网络地址", "The till had no network address"),
  router_silent: t("路由器当时没有应答", "The router didn't answer"),
  login_page: t("网络当时要求先登录", "The network asked for a login"),
  line_down: t("宽带当时断了", "The line to the internet was down"),
  dns_failing: t("当时查不到支付宝的地址", "Alipay's address couldn't be looked up"),
};

const line = {
  back: {
    explain: t(
      "这一单发出去的时候网络断着。{time} 起网络已恢复，系统正在再问支付宝。",
      "The network was down when this sale was sent. It is back since {time}; Alipay is being asked again.",
    ),
    nextStep: t(
      "网络已经恢复。请稍等，不要重复收款；系统一直在问支付宝这一单。",
      "The network is back. Wait, don't charge again; the system keeps asking Alipay about this sale.",
    ),
  },
  asked: {
    explain: t(
      "这一单发出去的时候网络断着。现在有没有恢复，正在一段一段地查。",
      "The network was down when this sale was sent. Whether it is back is being checked step by step.",
    ),
    nextStep: t(
      "网络有没有恢复还在检查。请稍等，不要重复收款；系统一直在问支付宝这一单。",
      "It is still being checked whether the line answers again. Wait, don't charge again; the system keeps asking Alipay about this sale.",
    ),
  },
} as const;

/** `backMs`: since when something far away answers; null: it isn't known yet. */
export function lineWords(cause: LineBreak, backMs: number | null): CauseWords {
  const title = TITLES[cause];
  if (backMs === null) return { title, ...line.asked };
  return { title, ...line.back, explain: fill(line.back.explain, { time: timeOf(backMs) }) };
}

const keepsAsking = t(
  "请稍等，不要重复收款；系统一直在问支付宝这一单。",
  "Wait, don't charge again; the system keeps asking Alipay about this sale.",
);

const window = {
  back: t(
    "这一单是在公告的维护时段里发出的。{time} 起又有应答了，系统正在再问这一单。",
    "This sale was sent in an announced window. There are answers again since {time}; it is being asked about.",
  ),
  over: t(
    "这一单是在公告的维护时段里发出的。时段 {time} 已结束，现在通不通正在问。",
    "This sale was sent in an announced window, which ended {time}. Whether it works again is being asked.",
  ),
} as const;

/** What it names answers again since then, or its end has come and nothing is heard yet. */
export const windowWords = (how: keyof typeof window, atMs: number): CauseWords => ({
  explain: fill(window[how], { time: timeOf(atMs) }),
  nextStep: keepsAsking,
});

/** Alipay left this sale's charge unanswered, and answers again since then. */
export const silenceWords = (backMs: number): CauseWords => ({
  title: t("支付宝当时没有应答", "Alipay didn't answer"),
  explain: fill(
    t(
      "这一单发出去的时候支付宝没有应答。{time} 起又有应答了，系统正在再问这一单。",
      "Alipay didn't answer when this sale was sent. It answers again since {time}; this sale is being asked about.",
    ),
    { time: timeOf(backMs) },
  ),
  nextStep: keepsAsking,
});

const timeOf = (atMs: number): string => clockText(rfc3339China(atMs));
