/** Evidence as a person reads it: who says so, and what was seen. One table, total over all kinds. */
import { causeOf, isListed } from "../payment/codes/codes.ts";
import { attemptText } from "../payment/states.ts";
import { jobName } from "../printing/holds.ts";
import { waitsForEReceipt } from "../printing/job.ts";
import { UNKNOWN_CAUSES } from "../text/causes.ts";
import {
  ACT_TEXTS,
  ASKED_TEXTS,
  bytesText,
  CHECK_TEXTS,
  FAILURE_TEXTS,
  LINE_EVENT_TEXTS,
  QUALIFICATION_STATES,
  QUALIFICATION_TEXTS,
  SOURCES,
  TARGET_TEXTS,
} from "../text/evidence.ts";
import { DOUBT_CAUSES, HOLD_CAUSES } from "../text/printer-causes.ts";
import { fill, type Text } from "../text/text.ts";
import { chinaTime } from "../rules/time.ts";
import { apiOf } from "./api-of.ts";
import type { Evidence, FactOf, Kind } from "./evidence.ts";
import type { About, EvidenceLine } from "./finding.ts";

interface Words {
  readonly source: Text;
  readonly text: Text;
}

const t = (zh: string, en: string): Text => ({ zh, en });
const whole = (ms: number): number => Math.round(ms);

const LINES: { readonly [K in Kind]: (fact: FactOf<K>) => Words } = {
  reach: ({ target, path, ms, failure }) => ({
    source: TARGET_TEXTS[target],
    text:
      failure === null && target === "interface"
        ? fill(t("{path} 已接通", "{path} is up"), { path })
        : failure === null
          ? fill(t("{path} 上有应答，{ms} 毫秒", "answers on {path} in {ms} ms"), {
              path,
              ms: whole(ms ?? 0),
            })
          : fill(t("{path} 上{why}", "on {path}: {why}"), { path, why: FAILURE_TEXTS[failure] }),
  }),
  provider_call: (fact) => ({ source: SOURCES.provider, text: callText(fact) }),
  elsewhere: ({ terminals, failing }) => ({
    source: SOURCES.hub,
    text: fill(
      t(
        "其他 {terminals} 台收银机中 {failing} 台也没有应答",
        "{failing} of {terminals} other tills get no answer either",
      ),
      { terminals, failing },
    ),
  }),
  printer: ({ condition, paperLow, reachable }) => ({
    source: SOURCES.printer,
    text:
      condition !== null
        ? HOLD_CAUSES[condition].title
        : paperLow
          ? t("纸快用完，可以打印", "paper is low; it can print")
          : reachable
            ? t("可以打印", "can print")
            : t("没有连接，也没有报错", "not connected; no error"),
  }),
  printer_line: ({ what }) => ({ source: SOURCES.printer, text: LINE_EVENT_TEXTS[what] }),
  print_time: ({ ms, expectedMs }) => ({
    source: SOURCES.printer,
    text: fill(
      t("打印一张用了 {ms} 秒，通常 {usual} 秒", "one paper took {ms} s, usually {usual} s"),
      {
        ms: (ms / 1000).toFixed(1),
        usual: (expectedMs / 1000).toFixed(1),
      },
    ),
  }),
  job: ({ state, hold, doubt }) => ({
    source: waitsForEReceipt({ state, hold }) ? SOURCES.here : SOURCES.printer,
    text: fill(t("小票{state}{why}", "paper: {state}{why}"), {
      state: jobName({ state, hold }),
      why:
        hold !== null
          ? fill(t("（{title}）", " ({title})"), { title: HOLD_CAUSES[hold].title })
          : doubt !== null
            ? fill(t("（{title}）", " ({title})"), { title: DOUBT_CAUSES[doubt].title })
            : t("", ""),
    }),
  }),
  attempt: (fact) => ({
    source: SOURCES.provider,
    text: fill(t("{state}{why}", "{state}{why}"), {
      state: attemptText(fact.state, fact.unpaidEnd, fact.late),
      why:
        // What a query's 10000 says of the query ("paid" of a charge) must not stand beside an open sale.
        fact.code === null || (fact.subCode === null && fact.unpaidEnd !== "declined")
          ? t("", "")
          : fill(t("（{title}，{code}）", " ({title}, {code})"), {
              title: codeTitle(fact.code, fact.subCode),
              code: fact.subCode ?? fact.code,
            }),
    }),
  }),
  computer: (fact) => ({ source: SOURCES.here, text: computerText(fact) }),
  clock: ({ against, offsetMs }) => ({
    source: against === "provider" ? SOURCES.provider : SOURCES.hub,
    text: fill(
      Math.abs(offsetMs) < 1_000
        ? t("本机时钟一致", "this clock agrees")
        : offsetMs >= 0
          ? t("本机时钟快 {s} 秒", "this clock is {s} s ahead")
          : t("本机时钟慢 {s} 秒", "this clock is {s} s behind"),
      { s: Math.round(Math.abs(offsetMs) / 1000) },
    ),
  }),
  start: ({ clean, awayMs, rebooted }) => ({
    source: SOURCES.here,
    text: clean
      ? t("收银程序正常启动", "started after a clean stop")
      : fill(
          t("收银程序意外中断后重新启动{away}{why}", "started after an unclean stop{away}{why}"),
          {
            away:
              awayMs === null
                ? t("", "")
                : fill(t("，最多中断 {s} 秒", ", {s} s away at most"), {
                    s: Math.round(awayMs / 1000),
                  }),
            why:
              rebooted === null
                ? t("", "")
                : rebooted
                  ? t("，电脑重启过", "; the computer restarted")
                  : t("，电脑没有重启", "; the computer didn't restart"),
          },
        ),
  }),
  self_check: ({ check, good, detail }) => ({
    source: SOURCES.here,
    text: good
      ? fill(t("自检通过：{check}", "self-check passed: {check}"), { check: CHECK_TEXTS[check] })
      : detail === ""
        ? fill(t("自检不通过：{check}", "self-check failed: {check}"), {
            check: CHECK_TEXTS[check],
          })
        : fill(t("自检不通过：{check}（{detail}）", "self-check failed: {check} ({detail})"), {
            check: CHECK_TEXTS[check],
            detail,
          }),
  }),
  act: ({ act, operatorNo, operatorName = "" }) => ({
    source:
      operatorNo === null
        ? SOURCES.till
        : operatorName === ""
          ? t(`操作员 ${operatorNo}`, `operator ${operatorNo}`)
          : t(operatorName, operatorName),
    text: ACT_TEXTS[act],
  }),
  qualification: ({ what, state, note }) => ({
    source: SOURCES.records,
    text: fill(t("{what}{state}{note}", "{what} {state}{note}"), {
      what: QUALIFICATION_TEXTS[what],
      state: QUALIFICATION_STATES[state],
      note: note === "" ? t("", "") : t(`（${note}）`, ` (${note})`),
    }),
  }),
  notice: ({ title, source, fromMs, untilMs }) => ({
    source: SOURCES.notice,
    text: t(
      `${title}，${window(fromMs, untilMs)}（来源 ${source}）`,
      `${title}, ${window(fromMs, untilMs)} (by ${source})`,
    ),
  }),
};

/** "2026-11-29 02:00 – 04:00": seconds say nothing of a window, nor a day that is the same. */
function window(fromMs: number, untilMs: number): string {
  const [from, until] = [chinaTime(fromMs).slice(0, 16), chinaTime(untilMs).slice(0, 16)];
  const isSameDay = from.slice(0, 10) === until.slice(0, 10);
  return `${from} – ${isSameDay ? until.slice(11) : until}`;
}

export function lineOf({ atMs, fact }: Evidence): EvidenceLine {
  const words = (LINES[fact.kind] as (one: typeof fact) => Words)(fact);
  const about = aboutOf(fact);
  return { atMs, ...words, ...(about === null ? {} : { about }) };
}

function aboutOf(fact: Evidence["fact"]): About | null {
  const saleId = "saleId" in fact ? fact.saleId : null;
  const orderNo = "orderNo" in fact ? fact.orderNo : null;
  if (saleId === null && orderNo === null) return null;
  return { saleId, orderNo, always: fact.kind === "attempt" };
}

export const linesOf = (evidence: readonly Evidence[]): readonly EvidenceLine[] =>
  evidence.map(lineOf);

/** A line made from many observations. */
export const summary = (atMs: number, source: Text, text: Text): EvidenceLine => ({
  atMs,
  source,
  text,
});

/** What a charge's last code may have answered: itself, else what was asked about it since. */
const askedOfCharge = [
  "alipay.trade.pay",
  "alipay.trade.precreate",
  "alipay.trade.query",
  "alipay.trade.cancel",
] as const;

function codeTitle(code: string, subCode: string | null): Text {
  const api = askedOfCharge.find((one) => isListed(one, code, subCode));
  if (api === undefined) return UNKNOWN_CAUSES.unlisted.title;
  return causeOf({ code, subCode, message: null }, api).title;
}

/** That there is no such trade is what it is meant to hear; the words of that code would sound like a sale's. */
const probeWell = t(
  "{what}，故意查一个不存在的单号：{ms} 毫秒后应答正常",
  "{what}, about an order that can't exist: answered as it should be in {ms} ms",
);

function callText({
  asked,
  ms,
  unknown,
  httpStatus,
  code,
  subCode,
}: FactOf<"provider_call">): Text {
  const what = ASKED_TEXTS[asked];
  if (asked === "probe" && unknown === null && subCode === "ACQ.TRADE_NOT_EXIST")
    return fill(probeWell, { what, ms: whole(ms) });
  const took = { what, ms: whole(ms) };
  if (unknown === "verify" && code !== null && code !== "10000") {
    const hinted = t(
      "{what} {ms} 毫秒：{title}，上面写着 {code}（没有通过验签，只供排查）",
      "{what} {ms} ms: {title}; it says {code} (unverified, a hint only)",
    );
    return fill(hinted, { ...took, title: UNKNOWN_CAUSES.verify.title, code: subCode ?? code });
  }
  if (code !== null && code !== "10000") {
    const api = apiOf(asked);
    const title = isListed(api, code, subCode)
      ? causeOf({ code, subCode, message: null }, api).title
      : UNKNOWN_CAUSES.unlisted.title;
    const said = t(
      "{what} {ms} 毫秒后应答：{title}（{code}）",
      "{what} answered in {ms} ms: {title} ({code})",
    );
    return fill(said, { ...took, title, code: subCode ?? code });
  }
  if (unknown === null)
    return fill(t("{what} {ms} 毫秒后应答", "{what} answered in {ms} ms"), took);
  const { title } = UNKNOWN_CAUSES[unknown];
  return fill(t("{what} {ms} 毫秒：{title}{status}", "{what} {ms} ms: {title}{status}"), {
    ...took,
    title,
    status: httpStatus === null ? t("", "") : t(`（HTTP ${httpStatus}）`, ` (HTTP ${httpStatus})`),
  });
}

function computerText(fact: FactOf<"computer">): Text {
  const parts: readonly (Text | null)[] = [
    fill(t("程序响应延迟 {ms} 毫秒", "event loop delayed by {ms} ms"), {
      ms: whole(fact.loopDelayMs),
    }),
    fact.diskFreeBytes === null
      ? null
      : fill(t("磁盘剩余 {n}", "{n} of disk free"), { n: bytesText(fact.diskFreeBytes) }),
    fact.memoryFreeBytes === null
      ? null
      : fill(t("内存剩余 {n}", "{n} of memory free"), { n: bytesText(fact.memoryFreeBytes) }),
    fact.diskWriteMs === null
      ? null
      : fill(t("写盘 {ms} 毫秒", "a write takes {ms} ms"), { ms: whole(fact.diskWriteMs) }),
    fact.undervoltage === true ? t("供电电压不足", "supply voltage is low") : null,
  ];
  const said = parts.filter((one) => one !== null);
  return { zh: said.map((one) => one.zh).join("，"), en: said.map((one) => one.en).join(", ") };
}
