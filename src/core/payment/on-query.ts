/** What a query's answer proves. It counts by when it was asked, never by when it came. */
import type { QueryAnswer } from "./answers.ts";
import type { Attempt, Reversal, UnpaidEnd } from "./attempt.ts";
import {
  also,
  becomePaid,
  change,
  endUnpaid,
  ignore,
  isOurs,
  reverse,
  stayOpen,
} from "./change.ts";
import type { Step } from "./events.ts";
import { onQueryAfterEnd } from "./on-ended.ts";
import {
  cancelRetryAfterMs,
  neverSeenProofAtMs,
  type PaymentTiming,
  queryAgainAfterMs,
  queryTotalMs,
} from "./timing.ts";

export function onQueryAnswer(
  attempt: Attempt,
  answer: QueryAnswer,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  const counted: Attempt = { ...attempt, queriesAsked: attempt.queriesAsked + 1 };
  switch (attempt.state) {
    case "created":
      return ignore(attempt, "answer_to_nothing_sent");
    case "sending":
      // The pay call itself is still out. A success ends it early, and so does a closed trade, which nothing leaves.
      return answer.kind === "paid" || answer.kind === "closed"
        ? onOpenAnswer(counted, answer, askedAtMs, timing, nowMs)
        : ignore(attempt, "pay_is_out");
    case "awaiting_buyer":
    case "unknown":
      return onOpenAnswer(counted, answer, askedAtMs, timing, nowMs);
    case "reversing":
      return onReversingAnswer(counted, answer, askedAtMs, timing, nowMs);
    case "paid":
    case "declined":
    case "reversed":
      return onQueryAfterEnd(counted, answer, askedAtMs, timing, nowMs);
  }
}

function onOpenAnswer(
  attempt: Attempt,
  answer: QueryAnswer,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  switch (answer.kind) {
    case "paid":
      if (isOurs(attempt, answer.trade)) {
        return becomePaid(attempt, answer.trade, answer.code, {
          confirmed: true,
          dueAtMs: null,
          nowMs,
        });
      }
      return also(goOn(attempt, "unknown", answer, askedAtMs, timing, nowMs), {
        kind: "incident",
        name: "amount_mismatch",
      });
    case "closed":
      return endUnpaid(attempt, "reversed", "closed", timing, nowMs, { code: answer.code });
    case "waiting":
      return goOn(attempt, "awaiting_buyer", answer, askedAtMs, timing, nowMs);
    case "not_exist":
    case "unknown":
      return goOn(
        attempt,
        attempt.state === "awaiting_buyer" ? "awaiting_buyer" : "unknown",
        answer,
        askedAtMs,
        timing,
        nowMs,
      );
  }
}

/** Asks again by the plan; the last query and the reversal follow each other with no gap. */
function goOn(
  attempt: Attempt,
  state: "unknown" | "awaiting_buyer",
  answer: QueryAnswer,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  const patch = {
    code: answer.code ?? attempt.code,
    providerTradeNo:
      answer.kind === "waiting"
        ? (answer.providerTradeNo ?? attempt.providerTradeNo)
        : attempt.providerTradeNo,
  };
  const lastAtMs = Math.min(
    (attempt.openSinceMs ?? nowMs) + queryTotalMs(timing, attempt.method),
    attempt.stopAskedAtMs ?? Number.POSITIVE_INFINITY,
  );
  if (askedAtMs >= lastAtMs) return reverse(attempt, timing, nowMs, patch);
  return stayOpen(attempt, timing, nowMs, { ...patch, state });
}

function onReversingAnswer(
  attempt: Attempt,
  answer: QueryAnswer,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  const { reversal } = attempt;
  // Nothing leaves a closed trade, whenever it was seen.
  if (answer.kind === "closed") {
    return endUnpaid(attempt, "reversed", closedEnd(reversal), timing, nowMs, {
      code: answer.code,
    });
  }
  // It may have been asked too early to count, and yet it shows that there was money to give back.
  if (answer.kind === "paid" && isOurs(attempt, answer.trade) && !reversal.sawPaid) {
    const seen = { ...attempt, reversal: { ...reversal, sawPaid: true } };
    const next = onReversingAnswer(seen, answer, askedAtMs, timing, nowMs);
    return next.ignored === null ? next : change(seen, {});
  }
  const answeredAtMs = reversal.answeredAtMs;
  if (reversal.outstanding || answeredAtMs === null || askedAtMs < answeredAtMs) {
    return ignore(attempt, "asked_before_the_reversal_was_answered");
  }
  switch (answer.kind) {
    case "paid":
      if (mayStay(attempt, askedAtMs, timing) && isOurs(attempt, answer.trade)) {
        const kept = { ...attempt, contradictedAtMs: null };
        const how = { confirmed: true, dueAtMs: null, nowMs };
        const paid = becomePaid(kept, answer.trade, answer.code, how);
        return also(paid, { kind: "incident", name: "reversal_refused" });
      }
      return reverseAgain(
        { ...attempt, contradictedAtMs: stillPaidSinceMs(attempt, nowMs) },
        timing,
        nowMs,
      );
    case "waiting":
      return reverseAgain({ ...attempt, contradictedAtMs: null }, timing, nowMs);
    case "not_exist": {
      const provenAtMs = neverSeenProofAtMs(timing, attempt);
      if (askedAtMs > provenAtMs) {
        // Refused for good and not there: the two don't fit, and the next answer to a reversal tells which is so.
        return reversal.refusedForGood === null
          ? endUnpaid(attempt, "reversed", "never_seen", timing, nowMs, { code: answer.code })
          : reverseAgain({ ...attempt, contradictedAtMs: null }, timing, nowMs);
      }
      const soonMs = nowMs + timing.cancelRetryMsMax;
      const dueAtMs =
        provenAtMs > nowMs ? Math.min(soonMs, provenAtMs + 1) : nowMs + timing.firstQueryAfterMs;
      return change(attempt, { dueAtMs, code: answer.code, contradictedAtMs: null });
    }
    case "unknown":
      return change(attempt, {
        dueAtMs: nowMs + queryAgainAfterMs(timing, nowMs - answeredAtMs),
        code: answer.code ?? attempt.code,
      });
  }
}

/**
 * Refused for good. Where an earlier one was answered as given back, the trade may not show that yet: then only a
 * success that has been shown for longer than that can take stands against it.
 */
function mayStay(
  { reversal, contradictedAtMs }: Attempt,
  askedAtMs: number,
  timing: PaymentTiming,
): boolean {
  if (reversal.refusedForGood === null) return false;
  if (!reversal.everRefunded) return true;
  return contradictedAtMs !== null && askedAtMs >= contradictedAtMs + timing.givenBackLagMs;
}

/** A reversal that is answered "refunded" once more, and any answer but a success, begins the wait anew. */
const stillPaidSinceMs = ({ reversal, contradictedAtMs }: Attempt, nowMs: number): number | null =>
  reversal.refusedForGood !== null && reversal.everRefunded ? (contradictedAtMs ?? nowMs) : null;

/** What a closed trade says about the money that a reversal may have met. */
function closedEnd(reversal: Reversal): UnpaidEnd {
  if (reversal.everRefunded || reversal.sawPaid) return "refunded";
  return reversal.outstanding ? "closed_in_doubt" : "closed";
}

/** The first repeats follow at once; a provider that takes them and changes nothing is asked ever more slowly. */
function reverseAgain(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  if (attempt.reversal.asked <= 2) return reverse(attempt, timing, nowMs);
  return change(attempt, {
    reversal: { ...attempt.reversal, answeredAtMs: null },
    dueAtMs: nowMs + cancelRetryAfterMs(timing, attempt.reversal.asked),
  });
}
