/**
 * The one table of what an attempt's states mean and where they lead. Server, buttons, console and the diagram in
 * the documentation read it; `step` is tested against it.
 */
import type { Text } from "../text/text.ts";
import type { Attempt, AttemptState, UnpaidEnd } from "./attempt.ts";

export interface StateFacts {
  readonly text: Text;
  readonly tone: "calm" | "wait" | "care" | "good" | "bad";
  /** Live: the outcome isn't proven. `paid`, `declined` and `reversed` are ends. */
  readonly live: boolean;
  readonly leavesTo: readonly AttemptState[];
}

export const ATTEMPT_STATES: Readonly<Record<AttemptState, StateFacts>> = {
  created: {
    text: { zh: "待发送", en: "not sent yet" },
    tone: "calm",
    live: true,
    leavesTo: ["sending", "declined"],
  },
  sending: {
    text: { zh: "收款中", en: "asking the provider" },
    tone: "wait",
    live: true,
    leavesTo: ["awaiting_buyer", "unknown", "paid", "declined", "reversed"],
  },
  awaiting_buyer: {
    text: { zh: "等顾客确认", en: "waiting for the customer" },
    tone: "wait",
    live: true,
    leavesTo: ["paid", "declined", "unknown", "reversing", "reversed"],
  },
  unknown: {
    text: { zh: "结果确认中", en: "outcome being confirmed" },
    tone: "care",
    live: true,
    leavesTo: ["paid", "declined", "awaiting_buyer", "reversing", "reversed"],
  },
  reversing: {
    text: { zh: "撤销中", en: "being reversed" },
    tone: "care",
    live: true,
    leavesTo: ["reversed", "paid"],
  },
  paid: {
    text: { zh: "已收款", en: "paid" },
    tone: "good",
    live: false,
    // Only the provider's own roll-back of an unconfirmed success, seen twice, leads out of it.
    leavesTo: ["reversed"],
  },
  declined: {
    text: { zh: "未收款", en: "not paid" },
    tone: "bad",
    live: false,
    // Money that came after it, and was gone again before its refund.
    leavesTo: ["reversed"],
  },
  reversed: { text: { zh: "已撤销", en: "reversed" }, tone: "bad", live: false, leavesTo: [] },
};

/**
 * What is said of an attempt. Of one that the provider never had nothing was reversed. `late`: money came after its end,
 * and whatever became of it since, how it had ended isn't true any more.
 */
export function attemptText(state: AttemptState, unpaidEnd: UnpaidEnd | null, late: boolean): Text {
  if (late) return cameLate;
  return unpaidEnd === "never_seen" ? neverCharged : ATTEMPT_STATES[state].text;
}

const neverCharged: Text = { zh: "没有扣款", en: "nothing charged" };
const cameLate: Text = { zh: "后来到账", en: "paid late" };

/** In the order in which an attempt may come to them. */
export const attemptStates = Object.keys(ATTEMPT_STATES) as readonly AttemptState[];

export const isLive = (attempt: Attempt): boolean => ATTEMPT_STATES[attempt.state].live;

/** Paid by the pay reply, and the first query that was to confirm it says otherwise: a second one, later, decides. */
export const isContradicted = ({ state, contradictions }: Attempt): boolean =>
  state === "paid" && contradictions > 0;

/** Nobody may rely on how it stands: its outcome isn't proven, or not any more. */
export const awaitsProof = (attempt: Attempt): boolean =>
  isLive(attempt) || isContradicted(attempt);

/** What can be asked of an attempt in each state. */
const accepts = {
  query: ["sending", "awaiting_buyer", "unknown", "reversing", "paid", "declined", "reversed"],
  reverse: ["awaiting_buyer", "unknown"],
  refund: ["paid"],
} as const satisfies Record<string, readonly AttemptState[]>;

export const attemptCan = (command: keyof typeof accepts, attempt: Attempt): boolean =>
  (accepts[command] as readonly AttemptState[]).includes(attempt.state);
