/** Every way in which the gateway can misbehave: one table, read by the model, the servers, the page and the manual. */
import type { Text } from "../../../core/text/text.ts";

/** What happens to the work of the call: done at once, not at all, or as if the request had arrived late. */
export type Work = "now" | "never" | "late" | "after_cancel";
/** What the caller sees on the line. */
export type Send =
  | "reply"
  | "silence"
  | "reset"
  | "truncated"
  | "slow_body"
  | "http_502"
  | "portal_page";

export interface Behaviour {
  readonly text: Text;
  readonly work: Work;
  readonly send: Send;
  readonly signature: "right" | "wrong" | "missing";
  /** In place of the real answer: SYSTEM_ERROR, the fault's own sub-code, or a cancel's retry_flag=Y. */
  readonly say: "answer" | "system_error" | "sub_code" | "retry_flag";
  /** The wait that belongs to it, in ms: before the reply, the late work, the password, the roll-back. */
  readonly ms: number;
  /** On whose side it happens: the line, the provider's answer, the buyer, the notification. */
  readonly side: "line" | "answer" | "buyer" | "notify";
}

type Rest = Partial<Omit<Behaviour, "text" | "side">>;
const of = (side: Behaviour["side"], zh: string, en: string, rest: Rest = {}): Behaviour => ({
  text: { zh, en },
  side,
  work: "now",
  send: "reply",
  signature: "right",
  say: "answer",
  ms: 0,
  ...rest,
});
const line = (zh: string, en: string, rest: Rest): Behaviour => of("line", zh, en, rest);
const answer = (zh: string, en: string, rest: Rest): Behaviour => of("answer", zh, en, rest);
const buyer = (zh: string, en: string, ms = 0): Behaviour => of("buyer", zh, en, { ms });
const notify = (zh: string, en: string): Behaviour => of("notify", zh, en);

export const BEHAVIOURS = {
  password_confirms: buyer(
    "要求输密码，20 秒后确认",
    "password asked, confirmed after 20 s",
    20_000,
  ),
  password_never: buyer("要求输密码，一直不确认", "password asked, never confirmed"),
  password_refuses: buyer("要求输密码，5 秒后取消", "password asked, refused after 5 s", 5_000),
  rolled_back: buyer("成功后 2 秒被回滚", "paid, rolled back after 2 s", 2_000),
  cancel_retry_twice: buyer(
    "不确认密码，前两次撤销答 retry_flag=Y",
    "never confirmed; two cancels answer retry_flag=Y",
  ),
  buyer_pays_first: buyer("撤销前一刻确认密码", "password arrives just before the cancel"),
  silence_after: line("已扣款，不应答", "charged, never answers", { send: "silence" }),
  silence_before: line("未扣款，不应答", "not charged, never answers", {
    work: "never",
    send: "silence",
  }),
  reset_before: line("处理前断开连接", "reset before booking", { work: "never", send: "reset" }),
  reset_after: line("处理后断开连接", "reset after booking", { send: "reset" }),
  slow_answer: line("4 秒后才应答", "answers after 4 s", { ms: 4_000 }),
  very_slow_answer: line("8 秒后才应答", "answers after 8 s", { ms: 8_000 }),
  truncated_body: line("应答只发一半", "half of the body, then the end", { send: "truncated" }),
  slow_body: line("应答后半段 8 秒后到", "second half of the body after 8 s", {
    send: "slow_body",
    ms: 8_000,
  }),
  http_502_before: line("502，未处理", "502, not booked", { work: "never", send: "http_502" }),
  http_502_after: line("502，已处理", "502, booked", { send: "http_502" }),
  portal_page: line("被上网认证页拦截", "a captive portal answers", {
    work: "never",
    send: "portal_page",
  }),
  late_booking: line("请求 12 秒后才到达", "the request arrives 12 s late", {
    work: "late",
    send: "silence",
    ms: 12_000,
  }),
  booked_after_cancel: line("撤销之后请求才到达", "the request arrives after its cancel", {
    work: "after_cancel",
    send: "silence",
    ms: 1_000,
  }),
  system_error_before: answer("系统异常，未处理", "SYSTEM_ERROR, not booked", {
    work: "never",
    say: "system_error",
  }),
  system_error_after: answer("系统异常，已处理", "SYSTEM_ERROR, booked", { say: "system_error" }),
  wrong_signature: answer("应答签名错误", "wrong signature", { signature: "wrong" }),
  missing_signature: answer("应答没有签名", "no signature", { signature: "missing" }),
  sub_code: answer("指定错误码", "a given sub-code", { work: "never", say: "sub_code" }),
  cancel_retry: answer("撤销答 retry_flag=Y", "cancel answers retry_flag=Y", {
    work: "never",
    say: "retry_flag",
  }),
  notify_first: notify("先通知后应答", "notification before the reply"),
  notify_twice: notify("通知发两次", "notification sent twice"),
  notify_never: notify("不发通知", "no notification"),
} as const satisfies Record<string, Behaviour>;

export type BehaviourName = keyof typeof BEHAVIOURS;
export const BEHAVIOUR_NAMES = Object.keys(BEHAVIOURS) as readonly BehaviourName[];
export const behaviour = (name: BehaviourName): Behaviour => BEHAVIOURS[name];
