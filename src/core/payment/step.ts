/**
 * The heart: what an event makes of an attempt. Synchronous and total; it never waits, reads no clock and does nothing.
 * The caller makes the new attempt durable, and only then carries out the effects.
 */
import type { TradeNotification } from "./answers.ts";
import type { Attempt } from "./attempt.ts";
import {
  ask,
  askBesideNow,
  becomePaid,
  change,
  endUnpaid,
  ignore,
  isOurs,
  reverse,
} from "./change.ts";
import type { AttemptEvent, Step } from "./events.ts";
import { attemptMovedBy, isMeasured, notAhead, wasLeftAhead } from "./moments.ts";
import { onCancelAnswer } from "./on-cancel.ts";
import {
  closeOut,
  mayBeLate,
  onCloseOutAsked,
  onRefundRefused,
  suspectLatePayment,
  wantsCancel,
} from "./on-ended.ts";
import { noted } from "./noted.ts";
import { onPayAnswer, onPrecreateAnswer } from "./on-pay.ts";
import { onQueryAnswer } from "./on-query.ts";
import { attemptCan, isLive } from "./states.ts";
import type { PaymentTiming } from "./timing.ts";

/** Times in epoch ms. `ignored` names why an event changed nothing; it is never an error. */
export function step(
  given: Attempt,
  event: AttemptEvent,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  const attempt = wasLeftAhead(given, timing, nowMs) ? notAhead(given, nowMs) : given;
  return noted(attempt, decide(attempt, event, timing, nowMs), event);
}

function decide(attempt: Attempt, event: AttemptEvent, timing: PaymentTiming, nowMs: number): Step {
  switch (event.kind) {
    case "send":
      return attempt.state === "created"
        ? send(attempt, timing, nowMs)
        : ignore(attempt, "already_sent");
    case "withdraw":
      return attempt.state === "created"
        ? endUnpaid(attempt, "declined", "never_sent", timing, nowMs)
        : ignore(attempt, "already_sent");
    case "kept_back":
      return attempt.state === "sending" || attempt.state === "unknown"
        ? endUnpaid(attempt, "declined", "never_sent", timing, nowMs)
        : ignore(attempt, "too_late_to_keep_back");
    case "restart":
      return onRestart(attempt, timing, nowMs);
    case "waits_moved":
      return isMeasured(attempt)
        ? ignore(attempt, "still_measured")
        : change(attemptMovedBy(attempt, event.byMs, event.from), {});
    case "pay_answer":
      return onPayAnswer(attempt, event.answer, timing, nowMs);
    case "precreate_answer":
      return onPrecreateAnswer(attempt, event.answer, timing, nowMs);
    case "query_answer":
      return onQueryAnswer(attempt, event.answer, event.askedAtMs, timing, nowMs);
    case "cancel_answer":
      return onCancelAnswer(attempt, event.answer, timing, nowMs);
    case "notified":
      return onNotification(attempt, event.notification, timing, nowMs);
    case "due":
      return onDue(attempt, timing, nowMs);
    case "query_asked":
      return onQueryAsked(attempt, timing, nowMs);
    case "stop_asked":
      return attemptCan("reverse", attempt) && attempt.stopAskedAtMs === null
        ? ask(attempt, timing, nowMs, { stopAskedAtMs: nowMs })
        : ignore(attempt, "cannot_stop_now");
    case "reverse_asked":
      return attemptCan("reverse", attempt)
        ? reverse(attempt, timing, nowMs)
        : ignore(attempt, "cannot_reverse_now");
    case "close_out_asked":
      return onCloseOutAsked(attempt, timing, nowMs);
    case "goods_left":
      return attempt.goodsLeft ? ignore(attempt, "known") : change(attempt, { goodsLeft: true });
    case "sale_ended":
      return attempt.saleEnded ? ignore(attempt, "known") : change(attempt, { saleEnded: true });
    case "refund_asked":
      return onRefundAsked(attempt);
    case "refund_refused":
      return onRefundRefused(attempt, event.isProven, timing, nowMs);
    case "bill_paid":
    case "bill_refunded":
    case "bill_absent":
      return onBill(attempt, event, timing, nowMs);
  }
}

/** A person asks. A reversal that waits for its answer goes on beside the question. */
function onQueryAsked(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  if (attempt.state === "created") return ignore(attempt, "nothing_to_ask");
  return attempt.reversal.outstanding
    ? askBesideNow(attempt, timing, nowMs)
    : ask(attempt, timing, nowMs);
}

/** Its answers say more than what is asked of the payment itself. */
function onRefundAsked(attempt: Attempt): Step {
  // A success that is being confirmed: the refund waits for that.
  if (attempt.state === "paid" && !attempt.confirmed && attempt.dueAtMs === null)
    return change(attempt, { confirmed: true });
  const isDoubted = attempt.latePayment !== null || attempt.state === "paid";
  return isDoubted && attempt.lateSuspectAtMs !== null
    ? change(attempt, { lateSuspectAtMs: null })
    : ignore(attempt, "known");
}

/** `time_expire` counts from here: after it the provider makes no trade of this number any more. */
function send(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  return change(
    attempt,
    {
      state: "sending",
      sentAtMs: nowMs,
      expiresAtMs: expiryMs(attempt, timing, nowMs),
      dueAtMs: nowMs + timing.callTimeoutMs + timing.leaseMarginMs,
    },
    [{ kind: attempt.method === "qr" ? "precreate" : "pay" }],
  );
}

/** Providers take whole seconds; never expect it to end before they do. */
function expiryMs({ method }: Attempt, timing: PaymentTiming, sentAtMs: number): number {
  const lifeMs = method === "qr" ? timing.qrExpiresAfterMs : timing.payExpiresAfterMs;
  return Math.ceil((sentAtMs + lifeMs) / 1_000) * 1_000;
}

/** What was in flight when the process died has no answer any more: ask at once. */
function onRestart(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  if (attempt.state === "created")
    return endUnpaid(attempt, "declined", "never_sent", timing, nowMs);
  if (attempt.state === "sending")
    return lostAnswer(countedAnew(attempt, timing, nowMs), timing, nowMs);
  return attempt.dueAtMs === null
    ? ignore(attempt, "nothing_was_due")
    : change(countedAnew(attempt, timing, nowMs), { dueAtMs: nowMs });
}

/**
 * A clock that was set back lets answers count again. Nor does one that seems to have gone on tell how long the process
 * was away: it may have leapt. So an order whose end isn't proven lives a whole life from now on; that is longer than
 * its code and its `timeout_express` can.
 */
function countedAnew(attempt: Attempt, timing: PaymentTiming, nowMs: number): Attempt {
  const lifeEndsAtMs = expiryMs(attempt, timing, nowMs);
  const counted = notAhead(attempt, nowMs);
  return {
    ...counted,
    expiresAtMs: isLive(attempt) ? lifeEndsAtMs : Math.min(attempt.expiresAtMs, lifeEndsAtMs),
    // What a live one was shown in spite of its reversal, or a paid one in spite of that, must last for a span that was
    // measured whole.
    contradictedAtMs: isMeasured(attempt) ? null : counted.contradictedAtMs,
  };
}

const lostAnswer = (attempt: Attempt, timing: PaymentTiming, nowMs: number): Step =>
  ask(attempt, timing, nowMs, { state: "unknown", openSinceMs: attempt.openSinceMs ?? nowMs });

function onDue(attempt: Attempt, timing: PaymentTiming, nowMs: number): Step {
  if (attempt.dueAtMs === null || attempt.dueAtMs > nowMs) return ignore(attempt, "not_due");
  switch (attempt.state) {
    case "created":
      return endUnpaid(attempt, "declined", "never_sent", timing, nowMs);
    case "sending":
      return lostAnswer(attempt, timing, nowMs);
    case "awaiting_buyer":
    case "unknown":
    case "paid":
      return ask(attempt, timing, nowMs);
    case "reversing": {
      const answered = !attempt.reversal.outstanding && attempt.reversal.answeredAtMs !== null;
      return answered ? ask(attempt, timing, nowMs) : reverse(attempt, timing, nowMs);
    }
    case "declined":
    case "reversed":
      return attempt.latePayment === null && wantsCancel(attempt)
        ? closeOut(attempt, timing, nowMs)
        : ask(attempt, timing, nowMs);
  }
}

/** Verified, but perhaps old, doubled or out of order: a success ends an open attempt, everything else makes us ask. */
function onNotification(
  attempt: Attempt,
  notification: TradeNotification,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  if (notification.orderNo !== attempt.orderNo || attempt.state === "created")
    return ignore(attempt, "not_ours");
  if (attempt.state === "paid") {
    // A success that only the pay reply told: a closed trade under it is to be looked into.
    return notification.status === "closed" && !attempt.confirmed
      ? ask(attempt, timing, nowMs)
      : ignore(attempt, "known");
  }
  const trade = notification.status === "paid" ? notification.trade : null;
  if (!isLive(attempt)) {
    const news = trade !== null && mayBeLate(attempt);
    return news ? suspectLatePayment(attempt, timing, nowMs) : ignore(attempt, "known");
  }
  const isFirstAsked = timing.confirmPaid === "before_receipt";
  if (trade !== null && attempt.state !== "reversing" && isOurs(attempt, trade) && !isFirstAsked) {
    // What is told at once may be taken back, as after a paid reply: the answer to a question confirms it.
    const confirms = timing.confirmPaid !== "off";
    const dueAtMs = confirms ? nowMs + timing.confirmAfterMs : null;
    return becomePaid(attempt, trade, attempt.code, { confirmed: !confirms, dueAtMs, nowMs });
  }
  const mayAsk =
    attempt.state !== "sending" &&
    !attempt.reversal.outstanding &&
    notification.status !== "waiting";
  return mayAsk ? ask(attempt, timing, nowMs) : ignore(attempt, "ask_later");
}

/** The provider's own list of the day is the final judge of what is still open when it has been read. */
function onBill(
  attempt: Attempt,
  event: Extract<AttemptEvent, { kind: "bill_paid" | "bill_refunded" | "bill_absent" }>,
  timing: PaymentTiming,
  nowMs: number,
): Step {
  const agrees =
    event.kind === "bill_paid"
      ? attempt.state === "paid"
      : attempt.state === "declined" || attempt.state === "reversed";
  if (agrees) return ignore(attempt, "bill_agrees");
  if (!isLive(attempt)) {
    if (event.kind === "bill_paid") {
      return mayBeLate(attempt)
        ? suspectLatePayment(attempt, timing, nowMs)
        : ignore(attempt, "known");
    }
    return {
      attempt,
      effects: [{ kind: "incident", name: "bill_disagrees" }],
      ignored: "bill_disagrees",
    };
  }
  if (event.kind === "bill_refunded")
    return endUnpaid(attempt, "reversed", "refunded", timing, nowMs);
  if (event.kind === "bill_absent")
    return endUnpaid(attempt, "reversed", "never_seen", timing, nowMs);
  // Listed as paid while open: the fresh answer of a query settles it, with the trade's own data.
  if (attempt.reversal.outstanding || attempt.state === "created" || attempt.state === "sending")
    return ignore(attempt, "ask_later");
  // The bill is made long after: a reversal that was answered "refunded" would stand in it.
  const { refusedForGood, everRefunded } = attempt.reversal;
  return refusedForGood !== null && everRefunded
    ? ask(attempt, timing, nowMs, { contradictedAtMs: nowMs - timing.givenBackLagMs })
    : ask(attempt, timing, nowMs);
}
