/** An end isn't forgotten: confirmations of `paid`, checks after an unpaid end, and late payments. */
import type { CancelAnswer, PaidTrade, ProviderCode, QueryAnswer } from "./answers.ts";
import type { Attempt } from "./attempt.ts";
import {
  afterCheckAtMs,
  also,
  ask,
  askBeside,
  askBesideNow,
  change,
  endUnpaid,
  ignore,
  isOurs,
  recheckAtMs,
} from "./change.ts";
import type { Step } from "./events.ts";
import { isLive } from "./states.ts";
import {
  cancelRetryAfterMs,
  cancelUnansweredAfterMs,
  nextQueryAtMs,
  type PaymentTiming,
} from "./timing.ts";

export function onQueryAfterEnd(
  attempt: Attempt,
  answer: QueryAnswer,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  return attempt.state === "paid"
    ? onConfirmation(attempt, answer, askedAtMs, timing, nowMs)
    : onAfterCheck(attempt, answer, askedAtMs, timing, nowMs);
}

/** The reply `10000` may be rolled back by its document; two contradictions in a row, apart, are a roll-back. */
function onConfirmation(
  attempt: Attempt,
  answer: QueryAnswer,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (attempt.lateSuspectAtMs !== null)
    return onDoubtedMoney(attempt, answer, askedAtMs, timing, nowMs);
  if (attempt.confirmed) return nothingMoreDue(attempt, "already_confirmed");
  switch (answer.kind) {
    case "paid":
      if (isOurs(attempt, answer.trade)) {
        return change(attempt, {
          confirmed: true,
          contradictions: 0,
          contradictedAtMs: null,
          dueAtMs: null,
          payer: answer.trade.payer ?? attempt.payer,
        });
      }
      return also(askAgain(attempt, timing, nowMs), { kind: "incident", name: "amount_mismatch" });
    case "unknown":
      return askAgain(attempt, timing, nowMs);
    case "waiting":
    case "not_exist":
    case "closed":
      return onContradiction(attempt, answer.code, askedAtMs, timing, nowMs);
  }
}

/** A question that left before `paid` was known, or too soon after the first contradiction, says nothing new (R5). */
function onContradiction(
  attempt: Attempt,
  code: ProviderCode,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  const firstAtMs = attempt.contradictedAtMs;
  if (firstAtMs === null) {
    if (askedAtMs <= (attempt.endedAtMs ?? 0)) return ignore(attempt, "asked_before_it_was_paid");
    const again = change(attempt, {
      contradictions: 1,
      contradictedAtMs: nowMs,
      dueAtMs: nowMs + timing.contradictionGapMs,
    });
    return also(again, { kind: "incident", name: "paid_contradicted" });
  }
  const countsFromMs = firstAtMs + timing.contradictionGapMs;
  if (askedAtMs < countsFromMs) {
    return change(attempt, { dueAtMs: Math.max(countsFromMs, nowMs + 1) });
  }
  const ended = endUnpaid(attempt, "reversed", "rolled_back", timing, nowMs, {
    code,
    contradictions: attempt.contradictions + 1,
  });
  return also(ended, { kind: "incident", name: "rolled_back" });
}

/** A refund of it was refused: whether the money is there at all, or still, is asked again. */
export function onRefundRefused(
  attempt: Attempt,
  isProven: boolean,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  const { state, confirmed, latePayment: late } = attempt;
  // Late money that is going back in parts: what is left of it is the next refund's matter.
  if (isProven && late?.decision === "refund") return ignore(attempt, "known");
  // What a query has shown as paid the provider doesn't take back: where it is closed now, somebody gave it back.
  const isShown = isProven || (confirmed && timing.confirmPaid !== "off");
  return late !== null || (state === "paid" && isShown)
    ? change(attempt, { lateSuspectAtMs: nowMs, dueAtMs: nowMs })
    : confirmAgain(attempt, timing, nowMs);
}

/** A success is looked into for as long as an end is; much later the provider may not know the trade any more. */
function confirmAgain(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  const sinceMs = nowMs - (attempt.endedAtMs ?? 0);
  if (attempt.state !== "paid" || sinceMs > Math.max(...timing.afterChecksMs))
    return ignore(attempt, "known");
  const unconfirmed = { confirmed: false, contradictions: 0, contradictedAtMs: null };
  return change(attempt, { ...unconfirmed, dueAtMs: nowMs });
}

/** The question was a person's; its answer ends it, or the row would ask for ever. */
const nothingMoreDue = (attempt: Attempt, why: string): Step =>
  attempt.dueAtMs === null ? ignore(attempt, why) : change(attempt, { dueAtMs: null });

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
  if (attempt.latePayment !== null)
    return onDoubtedMoney(attempt, answer, askedAtMs, timing, nowMs);
  const { outstanding, answeredAtMs } = attempt.reversal;
  // A cancel is on its way: its answer, or its own timer, asks anew. A success is looked into at once, and nothing
  // leaves a closed trade. A success that was seen before the cancel was answered may have been given back by it (R5).
  const says = answer.kind === "paid" || answer.kind === "closed";
  if (outstanding && !attempt.closedOut ? !says : askedAtMs < (answeredAtMs ?? 0))
    return ignore(attempt, "asked_before_the_cancel_was_answered");
  switch (answer.kind) {
    case "paid":
      if (attempt.lateSuspectAtMs === null) return suspectLatePayment(attempt, timing, nowMs);
      if (askedAtMs < attempt.lateSuspectAtMs) return ignore(attempt, "asked_before_the_suspicion");
      return latePayment(attempt, answer.trade, nowMs);
    case "unknown":
      return change(attempt, { dueAtMs: nowMs + timing.cancelRetryMsMax });
    case "waiting":
      // A trade that can still be paid under an ended number: close it now, then look again.
      return closeOutAgain(attempt, timing, nowMs);
    case "not_exist":
    case "closed": {
      if (attempt.lateSuspectAtMs !== null && askedAtMs < attempt.lateSuspectAtMs)
        return ignore(attempt, "asked_before_the_suspicion");
      // Only a question asked at its time counts as the check; an earlier one (a person's, R3's) doesn't use it up.
      const checkAtMs = afterCheckAtMs(attempt, timing, attempt.afterChecks);
      const afterChecks =
        attempt.afterChecks + (checkAtMs !== null && askedAtMs >= checkAtMs ? 1 : 0);
      return change(attempt, {
        afterChecks,
        lateSuspectAtMs: null,
        closedOut: attempt.closedOut || provesClosedOut(attempt, answer.kind, askedAtMs),
        dueAtMs: afterCheckAtMs(attempt, timing, afterChecks),
      });
    }
  }
}

/** Money that a query had shown, and its refund was refused. Nothing leaves a closed trade: it has gone back. */
function onDoubtedMoney(
  attempt: Attempt,
  answer: QueryAnswer,
  askedAtMs: number,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  const doubtedAtMs = attempt.lateSuspectAtMs;
  if (doubtedAtMs === null) return nothingMoreDue(attempt, "late_payment_is_known");
  if (askedAtMs < doubtedAtMs) return ignore(attempt, "asked_before_the_doubt");
  switch (answer.kind) {
    case "closed":
      return attempt.latePayment?.decision === "refund"
        ? lateMoneyGone(attempt, answer.code, nowMs)
        : givenBackElsewhere(attempt);
    case "unknown":
      return change(attempt, { dueAtMs: nowMs + timing.cancelRetryMsMax });
    case "paid":
    case "waiting":
    case "not_exist":
      // It may not show yet what closed it: the doubt stays, for the next question and for a person's.
      return change(attempt, { dueAtMs: recheckAtMs(doubtedAtMs, timing, nowMs) });
  }
}

/** It never was the sale's, and has gone back in another way. */
function lateMoneyGone(attempt: Attempt, code: ProviderCode, nowMs: number): Step {
  const gone = change(attempt, {
    state: "reversed",
    unpaidEnd: "refunded",
    endedAtMs: nowMs,
    code,
    latePayment: null,
    lateSuspectAtMs: null,
    closedOut: true,
    dueAtMs: null,
  });
  return also(gone, { kind: "incident", name: "rolled_back" });
}

/** The sale stays paid, and its money is told as refunded: nobody is to pay, or to refund, once more. */
function givenBackElsewhere(attempt: Attempt): Step {
  const known = change(attempt, { lateSuspectAtMs: null, dueAtMs: null });
  return also(
    known,
    { kind: "refunded_elsewhere" },
    { kind: "incident", name: "refunded_elsewhere" },
  );
}

/** Only a question asked after the cancel of R3 was answered shows what that cancel left behind. */
function provesClosedOut(
  attempt: Attempt,
  kind: "not_exist" | "closed",
  askedAtMs: number,
): boolean {
  if (kind === "closed") return true;
  const { answeredAtMs, refusedForGood } = attempt.reversal;
  if (answeredAtMs === null || refusedForGood !== null) return false;
  return answeredAtMs >= (attempt.endedAtMs ?? 0) && askedAtMs >= answeredAtMs;
}

/** R4: a success after an end proves nothing yet; it only makes us ask. */
export function suspectLatePayment(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  return ask(attempt, timing, nowMs, { lateSuspectAtMs: nowMs });
}

/** A success that isn't known and isn't being looked into yet. */
export const mayBeLate = (attempt: Attempt): boolean =>
  attempt.latePayment === null && attempt.lateSuspectAtMs === null;

/** R6: it is accepted only if the goods left and no reversal of this attempt was ever sent; else it goes back. */
function latePayment(attempt: Attempt, trade: PaidTrade, nowMs: number): Step {
  const decision = mayAccept(attempt, trade) ? "accept" : "refund";
  const step = change(attempt, {
    latePayment: { seenAtMs: nowMs, decision, providerTradeNo: trade.providerTradeNo },
    providerTradeNo: trade.providerTradeNo,
    payer: trade.payer ?? attempt.payer,
    paidAtMs: trade.paidAtMs ?? nowMs,
    lateSuspectAtMs: null,
    dueAtMs: null,
  });
  const noticed = also(step, { kind: "incident", name: "late_payment" });
  return decision === "refund" ? also(noticed, { kind: "refund_late" }) : noticed;
}

const mayAccept = (attempt: Attempt, trade: PaidTrade): boolean =>
  attempt.goodsLeft && !attempt.saleEnded && attempt.reversal.asked === 0 && isOurs(attempt, trade);

/** The first repeats follow at once; a provider that takes them and changes nothing is asked ever more slowly. */
function closeOutAgain(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  const { asked } = attempt.reversal;
  if (asked < 2) return closeOut(attempt, timing, nowMs);
  return change(attempt, {
    reversal: { ...attempt.reversal, answeredAtMs: null },
    closedOut: false,
    dueAtMs: nowMs + cancelRetryAfterMs(timing, asked),
  });
}

/** It is to be closed out, and the cancel of that has no answer, or not yet one that changed anything. */
export const wantsCancel = ({ closedOut, reversal }: Attempt): boolean =>
  !closedOut && (reversal.outstanding || (reversal.asked > 0 && reversal.answeredAtMs === null));

/** A cancel that is under way, or had no answer and waits for its next turn, is waited for. */
export function onCloseOutAsked(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  const { state, closedOut, latePayment: late, reversal } = attempt;
  if (isLive(attempt) || state === "paid" || closedOut || late !== null)
    return ignore(attempt, "nothing_to_close_out");
  return reversal.outstanding
    ? askBesideNow(attempt, timing, nowMs)
    : closeOut(attempt, timing, nowMs);
}

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
  const answered = { ...attempt.reversal, outstanding: false, answeredAtMs: nowMs };
  switch (answer.kind) {
    case "reversed":
      return ask(attempt, timing, nowMs, {
        reversal: {
          ...answered,
          action: answer.action,
          everRefunded: answered.everRefunded || answer.action === "refund",
          refusedForNow: null,
          refusedForGood: null,
        },
      });
    case "refused_for_good":
      // It will say so every time; only the trade itself can show what it means.
      return ask(attempt, timing, nowMs, {
        code: answer.code,
        reversal: { ...answered, refusedForGood: answer.code },
      });
    case "refused_for_now":
      return askBeside(attempt, { dueAtMs: nowMs + timing.refusedRetryMs });
    case "again":
    case "unknown": {
      const afterMs = cancelUnansweredAfterMs(timing, attempt.reversal.asked - 1);
      return askBeside(attempt, { dueAtMs: nowMs + afterMs });
    }
  }
}
