/** Mistakes about what an answer, a silence or a clock proves of a payment. */
import type { PlantedBug } from "./planted.ts";

export const PAYMENT_BUGS: readonly PlantedBug[] = [
  {
    name: "timeout_read_as_declined",
    mistake: "No answer to the pay call is taken for a no.",
    file: "src/core/payment/on-pay.ts",
    right: `return ignore(attempt, "late_unknown");
      return stayOpen(attempt, timing, nowMs, { state: "unknown", code: answer.code });`,
    wrong: `return ignore(attempt, "late_unknown");
      return endUnpaid(attempt, "declined", "declined", timing, nowMs, { code: answer.code });`,
  },
  {
    name: "system_error_read_as_declined",
    mistake: "Every code that isn't a success counts as a refusal.",
    file: "src/adapters/provider/alipay/outcome.ts",
    right: `return { kind: "awaiting_buyer", providerTradeNo: textOf(body, "trade_no"), code };
    }
    return provesDeclined(api, code) ? { kind: "declined", code } : unproven(api, code);`,
    wrong: `return { kind: "awaiting_buyer", providerTradeNo: textOf(body, "trade_no"), code };
    }
    return { kind: "declined", code };`,
  },
  {
    name: "closed_locally_at_expiry",
    mistake: "Our own clock ends a payment that the provider never said anything about.",
    file: "src/core/payment/on-query.ts",
    right: `if (askedAtMs >= lastAtMs) return reverse(attempt, timing, nowMs, patch);`,
    wrong: `if (askedAtMs >= lastAtMs) return endUnpaid(attempt, "reversed", "closed", timing, nowMs, patch);`,
  },
  {
    name: "no_such_trade_read_as_unpaid",
    mistake:
      "A query that finds no trade ends the payment, though the request may still be on its way.",
    file: "src/core/payment/on-query.ts",
    right: `    case "not_exist":
    case "unknown":
      return goOn(`,
    wrong: `    case "not_exist":
      return endUnpaid(attempt, "reversed", "never_seen", timing, nowMs, { code: answer.code });
    case "unknown":
      return goOn(`,
  },
  {
    name: "never_seen_proven_too_early",
    mistake: 'After a reversal "no such trade" is believed before the order\'s life is over.',
    file: "src/core/payment/on-query.ts",
    right: `if (askedAtMs > provenAtMs) {`,
    wrong: `if (askedAtMs > 0) {`,
  },
  {
    name: "success_beats_reversal",
    mistake: "A success that is seen while the money is being sent back makes the sale paid.",
    file: "src/core/payment/on-query.ts",
    right: `if (mayStay(attempt, askedAtMs, timing) && isOurs(attempt, answer.trade)) {`,
    wrong: `if (isOurs(attempt, answer.trade)) {`,
    weather: {
      gateway_booked_after_cancel: 0.1,
      gateway_silence_before: 0.1,
      gateway_message_doubled: 0.1,
      gateway_message_delayed: 0.2,
      stop: 0.3,
    },
  },
  {
    name: "cancel_without_query",
    mistake: "An answered cancel ends the payment; nobody asks what became of it.",
    file: "src/core/payment/on-cancel.ts",
    right: `    case "reversed":
      return ask(attempt, timing, nowMs, {
        code: answer.code,
        contradictedAtMs: null,
        reversal: answered({`,
    wrong: `    case "reversed":
      return change(attempt, {
        state: "reversed",
        unpaidEnd: answer.action === "refund" ? "refunded" : "closed",
        endedAtMs: nowMs,
        dueAtMs: null,
        code: answer.code,
        reversal: answered({`,
  },
  {
    name: "no_look_after_the_end",
    mistake:
      "An order that ended unpaid is never looked at again, and notifications about it are dropped.",
    file: "src/core/payment/on-ended.ts",
    right: `      if (attempt.lateSuspectAtMs === null) return suspectLatePayment(attempt, timing, nowMs);`,
    wrong: `      return nothingMoreDue(attempt, "it has ended");`,
    weather: { gateway_refused_but_booked: 0.1, notice_lost: 0.6 },
  },
  {
    name: "late_money_kept_for_a_reversed_order",
    mistake:
      "Goods left, so late money is accepted, although a reversal is on its way to send it back.",
    file: "src/core/payment/on-ended.ts",
    right: `attempt.goodsLeft && !attempt.saleEnded && attempt.reversal.asked === 0 && isOurs(attempt, trade);`,
    wrong: `attempt.goodsLeft && isOurs(attempt, trade);`,
    weather: { gateway_refused_but_booked: 0.1, goods_left: 0.3 },
  },
  {
    name: "first_contradiction_forgotten",
    mistake: "A success that the provider takes back stays a success.",
    file: "src/core/payment/on-ended.ts",
    right: `    case "waiting":
    case "not_exist":
    case "closed":
      return onContradiction(attempt, answer.code, askedAtMs, timing, nowMs);`,
    wrong: `    case "waiting":
    case "not_exist":
    case "closed":
      return nothingMoreDue(attempt, "paid is paid");`,
    weather: { gateway_rolled_back: 0.03 },
  },
  {
    name: "forged_notification_believed",
    mistake: "The signature of a notification isn't checked.",
    file: "src/adapters/provider/alipay/notify.ts",
    right: `  if (!signedByAlipay(form)) return "sign";`,
    wrong: ``,
    weather: { notice_forged: 10 },
  },
  {
    name: "refund_sent_again_under_a_new_number",
    mistake: "A refund without an answer is repeated as if it were another one.",
    file: "src/hub/refunds.ts",
    right: `provider.refund(orderNo, requestNo, amountFen, reason),`,
    wrong:
      "provider.refund(orderNo, refund.tries > 1 ? `${requestNo}x${refund.tries}` : requestNo, amountFen, reason),",
    weather: { refund: 0.2, gateway_answer_lost: 0.2 },
  },
  {
    name: "refund_timeout_read_as_refused",
    mistake: "No answer to a refund is taken for a no.",
    file: "src/core/payment/refund-step.ts",
    right: `    case "unknown": {
      const dueAtMs = nowMs + retryAfterMs(refund.tries, timing);`,
    wrong: `    case "unknown": {
      return change(refund, { state: "refused", endedAtMs: nowMs, dueAtMs: null });
      const dueAtMs = nowMs + retryAfterMs(refund.tries, timing);`,
    weather: { refund: 0.2, gateway_answer_lost: 0.2 },
  },
];
