/** The history of a sale as a person reads it: each stored event in one sentence. */
import { figureText, isFen } from "../money/money.ts";
import { attemptText } from "../payment/states.ts";
import { rfc3339China } from "../rules/time.ts";
import { CAUSES, codeCauseRow, isNamed } from "../diagnosis/causes/causes.ts";
import type { IncidentEnd } from "../diagnosis/view.ts";
import { END_TEXTS } from "../text/diagnosis.ts";
import { isTrustedMute } from "../printing/job.ts";
import { HISTORY_WORDS, OPEN_ANSWERS } from "../text/history.ts";
import { trustedText } from "../text/sheets.ts";
import { fill, type Text } from "../text/text.ts";
import type { EventView } from "./view.ts";

interface Stored {
  readonly seq: number;
  readonly atMs: number;
  readonly actor: string;
  readonly kind: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export function eventView(event: Stored, where: EventView["where"]): EventView {
  const values = Object.fromEntries(
    Object.entries(event.detail).map(([name, value]) => [
      name,
      event.kind.startsWith("incident_") ? ofIncident(name, value) : inWords(name, value, event),
    ]),
  );
  return {
    seq: event.seq,
    at: rfc3339China(event.atMs),
    where,
    actor: event.actor,
    kind: event.kind,
    text: fill(EVENT_TEXT[event.kind] ?? { zh: event.kind, en: event.kind }, values),
    detail: event.detail,
  };
}

/** Money in yuan, states and answers in words. */
function inWords(name: string, value: unknown, event: Stored): string | Text {
  const { detail } = event;
  if (name === "answer") return answerText(value, event);
  if (name === "proof" && isTrustedMute(detail["evidence"])) return trustedText;
  if (name.endsWith("Fen") && isFen(value)) return figureText(value);
  if (name === "state" && (detail["late"] === true || detail["end"] === "never_seen"))
    return attemptText("reversed", "never_seen", detail["late"] === true);
  return HISTORY_WORDS[name]?.[String(value)] ?? plain(value);
}

/** With the code that came, unless it says no more than that all went well. */
function answerText(value: unknown, { detail }: Stored): Text {
  const { reason, code, hint } = detail;
  const isOpen = value === "unknown" && typeof reason === "string";
  const words =
    (isOpen ? OPEN_ANSWERS[reason] : undefined) ?? HISTORY_WORDS["answer"]?.[String(value)];
  const said = words ?? { zh: plain(value), en: plain(value) };
  if (typeof hint === "string") return fill(hinted, { said, hint });
  if (typeof code !== "string" || code.startsWith("1000")) return said;
  return fill(coded, { said, code });
}

const coded: Text = { zh: "{said}（{code}）", en: "{said} ({code})" };
const hinted: Text = {
  zh: "{said}，上面写着 {hint}（只供排查）",
  en: "{said}; it says {hint} (a hint only)",
};

/** An incident's cause may be of any family, or a code of the provider's. */
function ofIncident(name: string, value: unknown): string | Text {
  if (name === "how") return END_TEXTS[value as IncidentEnd] ?? plain(value);
  if (name !== "cause") return plain(value);
  if (typeof value !== "string") return notKnown;
  return isNamed(value) ? CAUSES[value].title : (codeCauseRow("40004", value)?.title ?? value);
}

/** Timer lines since the last line that was neither one of them nor an answer become one, with how many there were. */
export function foldedTimers(events: readonly EventView[]): readonly EventView[] {
  const shown: EventView[] = [];
  const runs = new Map<string, Run>();
  for (const event of events) {
    const isTimer = timerKinds.has(event.kind);
    if (!isTimer && !event.kind.endsWith("_answer")) runs.clear();
    const run = runs.get(event.kind);
    if (!isTimer || run === undefined) {
      if (isTimer) runs.set(event.kind, { at: shown.length, count: 1 });
      shown.push(event);
      continue;
    }
    run.count += 1;
    const first = shown[run.at];
    if (first !== undefined)
      shown[run.at] = {
        ...first,
        text: fill(repeated, {
          text: EVENT_TEXT[event.kind] ?? event.text,
          count: run.count,
          at: event.at,
        }),
      };
  }
  return shown;
}

interface Run {
  readonly at: number;
  count: number;
}

const timerKinds: ReadonlySet<string> = new Set(["attempt_due", "refund_due"]);
const repeated: Text = {
  zh: "{text}（共 {count} 次，最后一次 {at}）",
  en: "{text} ({count} times, last at {at})",
};

const notKnown: Text = { zh: "还不知道原因", en: "cause not known yet" };

const plain = (value: unknown): string =>
  typeof value === "string" || typeof value === "number"
    ? String(value)
    : value === null
      ? "—"
      : JSON.stringify(value);

/** An event without a sentence here shows its own name; a test holds that none is missing. */
export const EVENT_TEXT: Readonly<Record<string, Text>> = {
  sale_created: { zh: "开单 {amountFen}", en: "Sale opened, {amountFen}" },
  sale_unpaid: { zh: "本单结束，未收款", en: "Sale ended unpaid" },
  sale_abandoned: { zh: "取消本单", en: "Sale given up" },
  sale_paid_otherwise: { zh: "改用其他方式收款", en: "Paid in another way" },
  goods_left: { zh: "商品已交给顾客", en: "Goods left the shop" },
  attempt_created: { zh: "发起收款 {orderNo}", en: "Attempt {orderNo} made" },
  attempt_ended: { zh: "收款 {orderNo} 结束：{state}", en: "Attempt {orderNo} ended: {state}" },
  attempt_never_sent: { zh: "收款 {orderNo} 没有发出", en: "Attempt {orderNo} was never sent" },
  attempt_send: { zh: "已向支付宝发出", en: "Sent to Alipay" },
  attempt_pay_answer: {
    zh: "支付宝应答收款：{answer}",
    en: "Alipay answered the charge: {answer}",
  },
  attempt_precreate_answer: {
    zh: "支付宝应答二维码：{answer}",
    en: "Alipay answered the QR: {answer}",
  },
  attempt_query_answer: {
    zh: "支付宝应答查询：{answer}",
    en: "Alipay answered the query: {answer}",
  },
  attempt_cancel_answer: {
    zh: "支付宝应答撤销：{answer}",
    en: "Alipay answered the reversal: {answer}",
  },
  attempt_notified: { zh: "收到支付宝通知", en: "Notified by Alipay" },
  attempt_due: { zh: "到时间，继续处理", en: "Due: taken up again" },
  attempt_restart: { zh: "程序重启后继续", en: "Taken up after a restart" },
  attempt_waits_moved: {
    zh: "停机或校时之后，再次核对的时间顺延",
    en: "After a stop or a clock that was set, its next check moved along",
  },
  attempt_kept_back: { zh: "已过时限，没有发出", en: "Held back as too late, never sent" },
  attempt_withdraw: { zh: "撤回，没有发出", en: "Withdrawn, never sent" },
  attempt_query_asked: { zh: "有人要求现在查询", en: "Somebody asked to query now" },
  attempt_stop_asked: { zh: "收银员停止等待", en: "The cashier stopped waiting" },
  attempt_reverse_asked: { zh: "要求撤销", en: "Reversal asked for" },
  attempt_close_out_asked: { zh: "再次收款前先关闭这笔", en: "Closed before a new attempt" },
  attempt_goods_left: { zh: "商品已交给顾客", en: "Goods left the shop" },
  attempt_sale_ended: {
    zh: "本单已结束，之后到账的钱会退回",
    en: "The sale has ended; money that comes later goes back",
  },
  attempt_refund_asked: { zh: "要求退款", en: "Refund asked for" },
  attempt_bill_paid: { zh: "对账单：已付", en: "Bill: paid" },
  attempt_bill_refunded: { zh: "对账单：已退", en: "Bill: refunded" },
  attempt_bill_absent: { zh: "对账单：没有这笔", en: "Bill: no such trade" },
  receipt_issued: { zh: "小票开出，号码 {number}", en: "Receipt {number} issued" },
  receipt_numbers_skipped: {
    zh: "小票号 {from} 至 {to} 跳过",
    en: "Receipt numbers {from} to {to} passed over",
  },
  receipt_void: { zh: "小票 {number} 作废", en: "Receipt {number} void" },
  receipt_opened: { zh: "顾客打开了电子小票", en: "The customer opened the electronic receipt" },
  job_hold: { zh: "打印等待：{cause}", en: "Printing waits: {cause}" },
  job_resume: { zh: "打印继续", en: "Printing goes on" },
  job_send: { zh: "开始发送到打印机", en: "Being sent to the printer" },
  job_not_sent: { zh: "没有发到打印机：{cause}", en: "Nothing reached the printer: {cause}" },
  job_confirm: { zh: "出票确认：{proof}", en: "Printing confirmed: {proof}" },
  job_doubt: { zh: "是否出票待确认：{cause}", en: "Printed or not: {cause}" },
  job_replace: { zh: "另打一张补打小票", en: "A marked copy takes its place" },
  job_waive: { zh: "不再打印：{reason}", en: "No paper any more: {reason}" },
  paper_seen: { zh: "收银员确认票已出", en: "The cashier saw the paper" },
  paper_missed: {
    zh: "收银员说票没出，补打第 {count} 次",
    en: "The cashier saw no paper; copy {count} ordered",
  },
  paper_waived: { zh: "顾客不要纸质小票", en: "The customer wants no paper" },
  paper_let_go: {
    zh: "当日已结，电子小票还没打开：不再等纸质小票",
    en: "The day was closed, the electronic receipt not opened yet: its paper isn't waited for any more",
  },
  paper_wanted: { zh: "要纸质小票，送去打印", en: "Paper wanted after all; sent to print" },
  reprint_ordered: { zh: "补打第 {count} 次", en: "Reprint {count} ordered" },
  pending_slip_ordered: { zh: "打印结果待确认凭证", en: "Pending slip ordered" },
  printer_paired: {
    zh: "与打印机配对：{maker} {model}",
    en: "Paired with the printer: {maker} {model}",
  },
  incident_opened: { zh: "事件 {caseNo} 打开：{cause}", en: "Incident {caseNo} opened: {cause}" },
  incident_closed: { zh: "事件 {caseNo} 结束：{how}", en: "Incident {caseNo} closed: {how}" },
  incident_escalated: { zh: "事件 {caseNo} 已转交", en: "Incident {caseNo} was handed over" },
  gate_overridden: { zh: "店主允许继续收款", en: "The owner let sales go on" },
  provider_tied: { zh: "本目录的账归这个支付渠道", en: "The folder belongs to this provider" },
  day_opened: { zh: "营业日 {businessDay} 开始", en: "Business day {businessDay} began" },
  day_closed: { zh: "日结第 {closeNo} 号", en: "Day closed, number {closeNo}" },
  slip_ordered: { zh: "打印{slip}单", en: "Slip ordered: {slip}" },
  operator_signed_on: { zh: "操作员 {operatorNo} 登录", en: "Operator {operatorNo} signed on" },
  operator_signed_off: { zh: "操作员 {operatorNo} 签退", en: "Operator {operatorNo} signed off" },
  record_set: { zh: "登记了 {what}（{id}）", en: "Record set: {what} ({id})" },
  record_removed: { zh: "删除了 {what}（{id}）", en: "Record removed: {what} ({id})" },
  feed_read: {
    zh: "数据源更新：资质 {qualifications} 项，公告 {notices} 条",
    en: "Feed read: {qualifications} qualifications, {notices} notices",
  },
  operator_set: { zh: "操作员 {operatorNo} 的设置已改", en: "Operator {operatorNo} set" },
  refund_requested: {
    zh: "发起退款 {amountFen}：{reason}",
    en: "Refund of {amountFen} asked: {reason}",
  },
  refund_done: { zh: "退款成功 {amountFen}", en: "Refunded {amountFen}" },
  refund_refused: { zh: "退款被拒绝", en: "Refund refused" },
  refund_send: { zh: "已向支付宝发出退款", en: "Refund sent to Alipay" },
  refund_wait: {
    zh: "退款先等这笔收款确认",
    en: "The refund waits until its payment is confirmed",
  },
  refund_nothing_to_refund: {
    zh: "这笔收款已被渠道退回，不用再退款",
    en: "The provider took the payment back: nothing to refund",
  },
  refund_due: { zh: "退款到时间，继续处理", en: "Refund due: taken up again" },
  refund_waits_moved: {
    zh: "校时之后，退款等待的时间顺延",
    en: "After a clock that was set, the refund's wait moved along",
  },
  refund_restart: { zh: "程序重启后继续退款", en: "Refund taken up after a restart" },
  refund_refund_answer: {
    zh: "支付宝应答退款：{answer}",
    en: "Alipay answered the refund: {answer}",
  },
  refund_query_answer: {
    zh: "支付宝应答退款查询：{answer}",
    en: "Alipay answered the refund query: {answer}",
  },
  refund_unknown: { zh: "退款结果确认中", en: "Refund being confirmed" },
  refund_sending: { zh: "退款发送中", en: "Refund being sent" },
};
