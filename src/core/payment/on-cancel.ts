/** What the answer to a reversal means. Only a query asked after it shows whether the attempt has ended. */
import type { CancelAnswer } from "./answers.ts";
import type { Attempt, Reversal } from "./attempt.ts";
import { also, ask, askBeside, ignore } from "./change.ts";
import type { Step } from "./events.ts";
import { onCloseOutCancel } from "./on-ended.ts";
import { cancelUnansweredAfterMs, type PaymentTiming } from "./timing.ts";

export function onCancelAnswer(
  attempt: Attempt,
  answer: CancelAnswer,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (attempt.state === "declined" || attempt.state === "reversed") {
    return onCloseOutCancel(attempt, answer, timing, nowMs);
  }
  if (attempt.state !== "reversing") return ignore(attempt, "nothing_was_reversed");
  const answered = (patch: Partial<Reversal>): Reversal => ({
    ...attempt.reversal,
    outstanding: false,
    answeredAtMs: nowMs,
    refusedForNow: null,
    refusedForGood: null,
    ...patch,
  });
  switch (answer.kind) {
    case "reversed":
      return ask(attempt, timing, nowMs, {
        code: answer.code,
        contradictedAtMs: null,
        reversal: answered({
          action: answer.action,
          everRefunded: attempt.reversal.everRefunded || answer.action === "refund",
        }),
      });
    case "refused_for_good":
      return ask(attempt, timing, nowMs, {
        code: answer.code,
        reversal: answered({ refusedForGood: answer.code }),
      });
    case "refused_for_now": {
      const reversal = { ...attempt.reversal, refusedForNow: answer.code };
      const dueAtMs = nowMs + timing.refusedRetryMs;
      const step = askBeside(attempt, { code: answer.code, reversal, dueAtMs });
      return attempt.reversal.refusedForNow === null
        ? also(step, { kind: "incident", name: "reversal_refused_for_now" })
        : step;
    }
    case "again":
    case "unknown":
      // No answer: it stays outstanding and is repeated under the same number.
      return askBeside(attempt, {
        code: answer.code ?? attempt.code,
        dueAtMs: nowMs + cancelUnansweredAfterMs(timing, attempt.reversal.asked - 1),
      });
  }
}
