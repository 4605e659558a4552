/**
 * What an answer says beside what it proves: the provider's own number of the trade, and why it left the outcome open.
 * Both are kept for people, who look a sale up by the one and read the other. No decision about money asks for either.
 */
import type { ProviderCode, UnknownAnswer } from "./answers.ts";
import type { Attempt, OpenAnswer } from "./attempt.ts";
import { change } from "./change.ts";
import type { AttemptEvent, Step } from "./events.ts";

/** The step with what its event says. A number is kept even where the event changes nothing else. */
export function noted(before: Attempt, done: Step, event: AttemptEvent): Step {
  if (before.state === "created") return done;
  const number = numberOf(before, event);
  const isNew = number !== null && done.attempt.providerTradeNo === null;
  const named = isNew ? { providerTradeNo: number } : {};
  if (done.ignored !== null) return isNew ? change(before, named) : done;
  const openAnswers = openAnswersAfter(before.openAnswers ?? [], event);
  if (!isNew && openAnswers === null) return done;
  const open = openAnswers === null ? {} : { openAnswers };
  return { ...done, attempt: { ...done.attempt, ...named, ...open } };
}

/** The number that a verified answer or message gives to the trade of this very order. */
function numberOf({ orderNo }: Attempt, event: AttemptEvent): string | null {
  switch (event.kind) {
    case "pay_answer":
    case "query_answer":
    case "cancel_answer": {
      const { answer } = event;
      if ("trade" in answer)
        return answer.trade.orderNo === orderNo ? answer.trade.providerTradeNo : null;
      return ("providerTradeNo" in answer ? answer.providerTradeNo : null) ?? null;
    }
    case "notified": {
      const { notification } = event;
      if (notification.orderNo !== orderNo) return null;
      return notification.trade?.providerTradeNo ?? notification.providerTradeNo ?? null;
    }
    default:
      return null;
  }
}

const ASKED = {
  pay_answer: "pay",
  precreate_answer: "precreate",
  query_answer: "query",
  cancel_answer: "cancel",
} as const satisfies Partial<Record<AttemptEvent["kind"], OpenAnswer["asked"]>>;

type Answered = Extract<AttemptEvent, { readonly kind: keyof typeof ASKED }>;

const isAnswered = (event: AttemptEvent): event is Answered => event.kind in ASKED;

/**
 * One for each kind of call, the newest last. Silence adds nothing and takes nothing away; an answer that proves something
 * takes back only what the same call was answered before. Null: as it was.
 */
function openAnswersAfter(
  before: readonly OpenAnswer[],
  event: AttemptEvent,
): readonly OpenAnswer[] | null {
  if (!isAnswered(event)) return null;
  const asked = ASKED[event.kind];
  const said = openAnswer(asked, event.answer);
  if (said === "nothing") return null;
  const others = before.filter((one) => one.asked !== asked);
  if (said !== null) return [...others, said];
  return others.length === before.length ? null : others;
}

/** Null: it proves what it says. */
function openAnswer(
  asked: OpenAnswer["asked"],
  answer: Answered["answer"],
): OpenAnswer | "nothing" | null {
  switch (answer.kind) {
    case "unknown":
      return isSilence(answer)
        ? "nothing"
        : { asked, reason: answer.reason, code: answer.code, hint: answer.hint ?? null };
    case "again":
    case "refused_for_good":
      return namesTrouble(answer.code)
        ? { asked, reason: "provider", code: answer.code, hint: null }
        : null;
    default:
      return null;
  }
}

const isSilence = ({ reason }: UnknownAnswer): boolean =>
  reason === "silence" || reason === "broken";

const namesTrouble = ({ subCode }: ProviderCode): boolean => subCode !== null;
