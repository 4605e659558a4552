/** The plain values of a stored event, in words: what a state, an answer or a reason is called in a history. */
import type { AttemptState } from "../payment/attempt.ts";
import type {
  CancelAnswer,
  PayAnswer,
  PrecreateAnswer,
  QueryAnswer,
  RefundAnswer,
  RefundQueryAnswer,
  UnknownReason,
} from "../payment/answers.ts";
import type { Slip, WaiveReason } from "../printing/job.ts";
import { DOUBT_CAUSES, HOLD_CAUSES } from "./printer-causes.ts";
import { proofText } from "./sheets.ts";
import type { Text } from "./text.ts";

type AnswerKind = (
  | PayAnswer
  | PrecreateAnswer
  | QueryAnswer
  | CancelAnswer
  | RefundAnswer
  | RefundQueryAnswer
)["kind"];

const ANSWERS: Record<AnswerKind, Text> = {
  paid: { zh: "已付款", en: "paid" },
  declined: { zh: "没有付成", en: "declined" },
  awaiting_buyer: { zh: "等顾客确认", en: "waiting for the customer" },
  waiting: { zh: "等顾客付款", en: "waiting for the payment" },
  qr: { zh: "二维码已生成", en: "the QR is made" },
  closed: { zh: "交易已关闭", en: "the trade is closed" },
  not_exist: { zh: "没有这笔交易", en: "there is no such trade" },
  reversed: { zh: "已撤销", en: "reversed" },
  again: { zh: "要求再撤一次", en: "to be asked again" },
  refused_for_now: { zh: "现在不能撤销", en: "not possible now" },
  refused_for_good: { zh: "不能撤销", en: "not possible" },
  refused: { zh: "被拒绝", en: "refused" },
  done: { zh: "已退款", en: "refunded" },
  not_seen: { zh: "没有这笔退款", en: "there is no such refund" },
  unknown: { zh: "没有明确的应答", en: "no clear answer" },
};

/** An answer that leaves the outcome open, by why it does. */
export const OPEN_ANSWERS: Readonly<Record<string, Text>> = {
  silence: { zh: "没有应答", en: "no answer" },
  broken: { zh: "连接中断，没有应答", en: "the connection broke, no answer" },
  unreadable: { zh: "应答看不懂", en: "an unreadable answer" },
  verify: { zh: "应答没有通过验签，不能采信", en: "an answer that can't be verified" },
  mismatch: { zh: "应答与本单不符", en: "an answer about something else" },
  provider: { zh: "没有结论", en: "no result" },
  unlisted: { zh: "没有收录的代码", en: "a code that isn't listed" },
} satisfies Record<UnknownReason, Text>;

const STATES: Record<AttemptState, Text> = {
  created: { zh: "还没发出", en: "not sent yet" },
  sending: { zh: "正在发出", en: "being sent" },
  awaiting_buyer: { zh: "等顾客确认", en: "waiting for the customer" },
  unknown: { zh: "结果确认中", en: "being confirmed" },
  reversing: { zh: "正在撤销", en: "being reversed" },
  paid: { zh: "已收款", en: "paid" },
  declined: { zh: "未收款", en: "not paid" },
  reversed: { zh: "已撤销", en: "reversed" },
};

const REASONS: Record<WaiveReason, Text> = {
  e_receipt_opened: { zh: "顾客已有电子小票", en: "the customer has the electronic receipt" },
  customer_wants_none: { zh: "顾客不要", en: "the customer wants none" },
  fully_refunded: { zh: "已全额退款", en: "all was refunded" },
  receipt_void: { zh: "小票已作废", en: "the receipt is void" },
  newer_paper: { zh: "已打过更新的一张", en: "a newer one was printed" },
  day_closed: {
    zh: "当日已结，电子小票仍可打开",
    en: "the day was closed; the electronic receipt can still be opened",
  },
  journal_restored: { zh: "账本是从备份恢复的", en: "the journal was restored from a copy" },
};

const SLIPS: Record<Slip["kind"], Text> = {
  receipt: { zh: "小票", en: "receipt" },
  refund: { zh: "退款", en: "refund" },
  reversal: { zh: "撤销", en: "reversal" },
  pending: { zh: "待确认", en: "pending" },
  day: { zh: "日结", en: "day close" },
  case: { zh: "求助", en: "call for help" },
  test: { zh: "测试", en: "test" },
};

const titles = (causes: Readonly<Record<string, { readonly title: Text }>>): Record<string, Text> =>
  Object.fromEntries(Object.entries(causes).map(([name, { title }]) => [name, title]));

/** By the place in the sentence. A value without a word here (a reason that a person typed) stays as it is. */
export const HISTORY_WORDS: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  answer: ANSWERS,
  state: STATES,
  reason: REASONS,
  slip: SLIPS,
  cause: titles({ ...HOLD_CAUSES, ...DOUBT_CAUSES }),
  proof: proofText,
};
