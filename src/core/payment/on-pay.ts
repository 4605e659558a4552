/** What the answer to the attempt's own pay or precreate call proves. */
import type { PayAnswer, PrecreateAnswer } from "./answers.ts";
import type { Attempt } from "./attempt.ts";
import { becomePaid, endUnpaid, ignore, isOurs, reverse, stayOpen } from "./change.ts";
import type { Step } from "./events.ts";
import { mayBeLate, suspectLatePayment } from "./on-ended.ts";
import { isLive } from "./states.ts";
import type { PaymentTiming } from "./timing.ts";

export function onPayAnswer(
  attempt: Attempt,
  answer: PayAnswer,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (attempt.state === "reversing") return onAnswerWhileReversing(attempt, answer, timing, nowMs);
  if (!isLive(attempt)) {
    const news = answer.kind === "paid" && attempt.state !== "paid" && mayBeLate(attempt);
    return news ? suspectLatePayment(attempt, timing, nowMs) : ignore(attempt, "late_pay_answer");
  }
  if (attempt.state === "created") return ignore(attempt, "answer_to_nothing_sent");
  switch (answer.kind) {
    case "paid":
      return onPaidReply(attempt, answer, timing, nowMs);
    case "declined":
      return endUnpaid(attempt, "declined", "declined", timing, nowMs, { code: answer.code });
    case "awaiting_buyer":
      return stayOpen(attempt, timing, nowMs, {
        state: "awaiting_buyer",
        code: answer.code,
        providerTradeNo: answer.providerTradeNo ?? attempt.providerTradeNo,
      });
    case "unknown":
      // A reply that came after a query has already opened the attempt adds nothing to it.
      if (attempt.state !== "sending") return ignore(attempt, "late_unknown");
      return stayOpen(attempt, timing, nowMs, { state: "unknown", code: answer.code });
  }
}

function onPaidReply(
  attempt: Attempt,
  answer: Extract<PayAnswer, { kind: "paid" }>,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (!isOurs(attempt, answer.trade)) {
    const step = stayOpen(attempt, timing, nowMs, { state: "unknown", code: answer.code });
    return { ...step, effects: [...step.effects, { kind: "incident", name: "amount_mismatch" }] };
  }
  if (timing.confirmPaid === "before_receipt") {
    const opened = stayOpen(attempt, timing, nowMs, { state: "unknown", code: answer.code });
    return { ...opened, attempt: { ...opened.attempt, dueAtMs: nowMs } };
  }
  const dueAtMs = timing.confirmPaid === "off" ? null : nowMs + timing.confirmAfterMs;
  return becomePaid(attempt, answer.trade, answer.code, { confirmed: false, dueAtMs, nowMs });
}

/** The reversal wins: a booking that came after an answered reversal is reversed again at once. */
function onAnswerWhileReversing(
  attempt: Attempt,
  answer: PayAnswer,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (answer.kind !== "paid" || attempt.reversal.outstanding)
    return ignore(attempt, "reversal_wins");
  return reverse(attempt, timing, nowMs);
}

export function onPrecreateAnswer(
  attempt: Attempt,
  answer: PrecreateAnswer,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (attempt.state !== "sending") return ignore(attempt, "late_precreate_answer");
  switch (answer.kind) {
    case "qr":
      return stayOpen(attempt, timing, nowMs, {
        state: "awaiting_buyer",
        qrCode: answer.qrCode,
        code: answer.code,
      });
    case "declined":
      return endUnpaid(attempt, "declined", "declined", timing, nowMs, { code: answer.code });
    case "unknown":
      return stayOpen(attempt, timing, nowMs, { state: "unknown", code: answer.code });
  }
}
