/** An end isn't forgotten: confirmations of `paid`, checks after an unpaid end, and late payments. */
import type { CancelAnswer, PaidTrade, QueryAnswer } from "./answers.ts";
import type { Attempt } from "./attempt.ts";
import { afterCheckAtMs, also, ask, change, endUnpaid, ignore, isOurs } from "./change.ts";
import type { Step } from "./events.ts";
import { nextQueryAtMs, type PaymentTiming } from "./timing.ts";

export function onQueryAfterEnd(
  attempt: Attempt,
  answer: QueryAnswer,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  return attempt.state === "paid"
    ? onConfirmation(attempt, answer, timing, nowMs)
    : onAfterCheck(attempt, answer, askedAtMs, timing, nowMs);
}

/** The reply `10000` may be rolled back by its document; two contradictions in a row, apart, are a roll-back. */
function onConfirmation(
  attempt: Attempt,
  answer: QueryAnswer,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (attempt.confirmed) return ignore(attempt, "already_confirmed");
  switch (answer.kind) {
    case "paid":
      if (isOurs(attempt, answer.trade)) {
        return change(attempt, {
          confirmed: true,
          contradictions: 0,
          dueAtMs: null,
          payer: answer.trade.payer ?? attempt.payer,
        });
      }
      return also(askAgain(attempt, timing, nowMs), { kind: "incident", name: "amount_mismatch" });
    case "unknown":
      return askAgain(attempt, timing, nowMs);
    case "waiting":
    case "not_exist":
    case "closed": {
      const contradictions = attempt.contradictions + 1;
      if (contradictions >= 2) {
        const ended = endUnpaid(attempt, "reversed", "rolled_back", timing, nowMs, {
          code: answer.code,
          contradictions,
        });
        return also(ended, { kind: "incident", name: "rolled_back" });
      }
      const again = change(attempt, { contradictions, dueAtMs: nowMs + timing.contradictionGapMs });
      return also(again, { kind: "incident", name: "paid_contradicted" });
    }
  }
}

const askAgain = (attempt: Attempt, timing: PaymentTiming, nowMs: number): Step =>
  change(attempt, {
    dueAtMs: Math.max(nowMs + timing.cancelRetryMsMax, nextQueryAtMs(timing, attempt, nowMs)),
  });

function onAfterCheck(
  attempt: Attempt,
  answer: QueryAnswer,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (attempt.latePayment !== null) return ignore(attempt, "late_payment_is_known");
  switch (answer.kind) {
    case "paid":
      if (attempt.lateSuspectAtMs === null) return suspectLatePayment(attempt, timing, nowMs);
      if (askedAtMs < attempt.lateSuspectAtMs) return ignore(attempt, "asked_before_the_suspicion");
      return latePayment(attempt, answer.trade, nowMs);
    case "unknown":
      return change(attempt, { dueAtMs: nowMs + timing.cancelRetryMsMax });
    case "waiting":
      // A trade that can still be paid under an ended number: close it now, then look again.
      return closeOut(attempt, timing, nowMs);
    case "not_exist":
    case "closed": {
      // Only a question asked at its time counts as the check; an earlier one (a person's, R3's) doesn't use it up.
      const checkAtMs = afterCheckAtMs(attempt, timing, attempt.afterChecks);
      const afterChecks =
        attempt.afterChecks + (checkAtMs !== null && askedAtMs >= checkAtMs ? 1 : 0);
      return change(attempt, {
        afterChecks,
        lateSuspectAtMs: null,
        closedOut: attempt.closedOut || answer.kind === "closed",
        dueAtMs: afterCheckAtMs(attempt, timing, afterChecks),
      });
    }
  }
}

/** R4: a success after an end proves nothing yet; it only makes us ask. */
export function suspectLatePayment(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  return ask(attempt, timing, nowMs, { lateSuspectAtMs: nowMs });
}

/** R6: it is accepted only if the goods left and no reversal of this attempt was ever sent; else it goes back. */
function latePayment(attempt: Attempt, trade: PaidTrade, nowMs: number): Step {
  const decision = mayAccept(attempt, trade) ? "accept" : "refund";
  const step = change(attempt, {
    latePayment: { seenAtMs: nowMs, decision, providerTradeNo: trade.providerTradeNo },
    providerTradeNo: trade.providerTradeNo,
    payer: trade.payer ?? attempt.payer,
    paidAtMs: trade.paidAtMs ?? nowMs,
    dueAtMs: null,
  });
  const noticed = also(step, { kind: "incident", name: "late_payment" });
  return decision === "refund" ? also(noticed, { kind: "refund_late" }) : noticed;
}

const mayAccept = (attempt: Attempt, trade: PaidTrade): boolean =>
  attempt.goodsLeft && !attempt.saleEnded && attempt.reversal.asked === 0 && isOurs(attempt, trade);

/** R3: before a new attempt of the sale this number is cancelled once and queried once. */
export function closeOut(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  const reversal = { ...attempt.reversal, outstanding: true, asked: attempt.reversal.asked + 1 };
  const dueAtMs = nowMs + timing.callTimeoutMs + timing.leaseMarginMs;
  return change(attempt, { reversal, dueAtMs, closedOut: false }, [{ kind: "cancel" }]);
}

export function onCloseOutCancel(
  attempt: Attempt,
  answer: CancelAnswer,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (!attempt.reversal.outstanding) return ignore(attempt, "nothing_was_asked");
  if (answer.kind !== "reversed")
    return change(attempt, { dueAtMs: nowMs + timing.cancelRetryMsMax });
  return ask(attempt, timing, nowMs, {
    closedOut: true,
    reversal: {
      ...attempt.reversal,
      outstanding: false,
      answeredAtMs: nowMs,
      action: answer.action,
      everRefunded: attempt.reversal.everRefunded || answer.action === "refund",
    },
  });
}
