/** What a person can ask of a sale now: the one table that buttons, API and command line read. */
import type { Attempt, AttemptState } from "../payment/attempt.ts";
import type { Fen } from "../money/money.ts";
import {
  hasOpenRefund,
  REFUND_ENDS,
  refundableFen,
  refundRefusal,
} from "../payment/refund-step.ts";
import type { Refund } from "../payment/refund.ts";
import type { Sale } from "../payment/sale.ts";
import { attemptCan, isContradicted, isLive } from "../payment/states.ts";
import { isInterrupted, type PrintJob, waitsForEReceipt } from "../printing/job.ts";
import { jobHasEnded } from "../printing/states.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { RefusalCode } from "../rules/refusals.ts";
import type { SaleCommand } from "./view.ts";

/** Everything known of one sale; a `SaleRecord` of the journal is one. */
export interface SaleFacts {
  readonly sale: Sale;
  readonly attempts: readonly Attempt[];
  readonly receipt: Receipt | null;
  readonly jobs: readonly PrintJob[];
  readonly refunds: readonly Refund[];
}

/** `yes`, or the rule that stands against it. Rules have an order: the first that is broken is named. */
export const SALE_CAN: Readonly<Record<SaleCommand, (facts: SaleFacts) => "yes" | RefusalCode>> = {
  charge: (facts) => {
    const { sale, attempts } = facts;
    if (sale.state === "paid") return paidAlready(facts);
    if (sale.state !== "open") return "sale_ended";
    if (attempts.some((one) => one.latePayment !== null)) return chargedBefore(facts);
    return attempts.some(isLive) ? "sale_has_live_attempt" : "yes";
  },
  query: ({ attempts }) => (attempts.length === 0 ? "sale_has_no_attempt" : "yes"),
  reverse: (facts) => {
    const live = facts.attempts.find(isLive);
    if (live === undefined) return "nothing_to_reverse";
    if (attemptCan("reverse", live)) return "yes";
    return live.state === "reversing" ? "reversal_under_way" : "provider_being_asked";
  },
  abandon: (facts) => givesUp(facts),
  pay_otherwise: (facts) => givesUp(facts),
  refund: (facts) => {
    const paid = refundAttempt(facts);
    if (paid === null) return nothingOf(facts);
    if (hasOpenRefund(paid, facts.refunds)) return "refund_in_progress";
    return refundableFen(paid, facts.refunds) > 0 ? "yes" : "sale_fully_refunded";
  },
  reprint: (facts) => {
    if (facts.receipt === null) return "no_receipt_yet";
    if (facts.receipt.void) return "receipt_void";
    if (isMoneyContradicted(facts)) return "payment_contradicted";
    const job = newestPaper(facts);
    return job === null ? "yes" : copyRefusal(job);
  },
  answer_printed: (facts) =>
    facts.jobs.some((one) => one.state === "doubtful") ? "yes" : "paper_not_doubtful",
  waive_paper: (facts) => {
    const job = newestPaper(facts);
    if (job === null) return "no_receipt_yet";
    return job.state === "queued" || job.state === "held" || job.state === "doubtful"
      ? "yes"
      : "paper_already_settled";
  },
  print_pending_slip: ({ attempts }) => (attempts.some(isLive) ? "yes" : "outcome_is_known"),
};

/** A hub that is away must not hold a customer: an intent that it hasn't taken (`created`) is withdrawn when it is back. */
const givesWay: Readonly<Record<AttemptState, boolean>> = {
  created: true,
  sending: false,
  awaiting_buyer: true,
  unknown: true,
  reversing: true,
  paid: false,
  declined: false,
  reversed: false,
};

/** Whether a further, marked paper may be ordered of one that was: not before it is known whether that is out. */
export function copyRefusal(job: PrintJob): RefusalCode | "yes" {
  if (jobHasEnded(job.state) || waitsForEReceipt(job)) return "yes";
  if (job.state === "doubtful") return "answer_the_question_first";
  if (isInterrupted(job)) return "paper_interrupted";
  return job.state === "sending" ? "paper_still_printing" : "paper_waits_for_printer";
}

const paidAlready = (facts: SaleFacts): RefusalCode =>
  isMoneyContradicted(facts) ? "payment_contradicted" : "sale_already_paid";

function givesUp(facts: SaleFacts): "yes" | RefusalCode {
  const { sale, attempts } = facts;
  if (sale.state === "paid") return paidAlready(facts);
  if (sale.state !== "open") return "sale_ended";
  const live = attempts.find(isLive);
  if (live === undefined || givesWay[live.state]) return "yes";
  return "provider_being_asked";
}

/** The attempt whose money the sale has: the one that its receipt names. */
export function paidAttempt(facts: SaleFacts): Attempt | null {
  return facts.attempts.find((one) => isTheSales(facts, one)) ?? null;
}

/** Alipay's newest answer is against the sale's own money. What is true of an extra payment is another matter. */
export function isMoneyContradicted(facts: SaleFacts): boolean {
  const paid = paidAttempt(facts);
  return paid !== null && isContradicted(paid);
}

/** A receipt that hasn't left and says "paid": it stays here until it is known whether that is so. */
export const isWithheld = (facts: SaleFacts, { slip, state }: PrintJob): boolean =>
  slip.kind === "receipt" && (state === "queued" || state === "held") && isMoneyContradicted(facts);

/** Attempts whose money came and isn't the sale's, whether or not it has gone back. */
export const extraAttempts = (facts: SaleFacts): readonly Attempt[] =>
  facts.attempts.filter((one) => holdsMoney(one) && !isTheSales(facts, one));

/** One of them while not all of its money is proven to have gone back. */
export const strayAttempt = (facts: SaleFacts): Attempt | null =>
  extraAttempts(facts).find((one) => givenBackFen(facts, one) < one.amountFen) ?? null;

/** Another charge could meet money that comes once more, so there is none; whether that money is back is told as it is. */
const chargedBefore = (facts: SaleFacts): RefusalCode =>
  strayAttempt(facts) === null ? "earlier_payment_given_back" : "earlier_attempt_was_paid";

/** The attempt that a refund is for: money that must go back comes before money that may. */
export const refundAttempt = (facts: SaleFacts): Attempt | null =>
  strayAttempt(facts) ?? paidAttempt(facts);

/** Why there is no money of Alipay's to give back. */
const nothingOf = ({ sale, attempts, receipt }: SaleFacts): RefusalCode => {
  if (sale.state === "paid_otherwise") return "sale_paid_otherwise";
  const isOpen = attempts.some(isLive);
  if (receipt?.void === true && !isOpen) return "payment_taken_back";
  if (attempts.at(-1)?.state === "reversed") return "sale_was_reversed";
  return attempts.length === 0 ? "sale_never_charged" : "sale_is_not_paid";
};

/** Which money a refund is meant to give back. */
export type RefundOf = "sale" | "extra";

/**
 * What a refund is of and how much, or the rule against it. `amountFen` null: all that is left. An extra payment is
 * nobody's part of the sale: it goes back whole, and before anything of the sale does.
 */
export function refundAsked(
  facts: SaleFacts,
  amountFen: Fen | null,
  of: RefundOf | null,
): { readonly attempt: Attempt; readonly amountFen: Fen } | RefusalCode {
  const extra = strayAttempt(facts);
  if (of === "sale" && extra !== null) return "extra_payment_first";
  if (of === "extra" && extra === null) return "no_extra_payment";
  const can = SALE_CAN.refund(facts);
  if (can !== "yes") return can;
  const attempt = refundAttempt(facts);
  if (attempt === null) return "sale_is_not_paid";
  const leftFen = refundableFen(attempt, facts.refunds);
  const wantedFen = amountFen ?? leftFen;
  if (extra !== null && wantedFen !== leftFen) return "extra_payment_first";
  const answer = refundRefusal(attempt, facts.refunds, wantedFen);
  return answer === "refundable" ? { attempt, amountFen: wantedFen } : answer;
}

/** Whether a refund that was asked for before is of the money that is meant now. */
export function isRefundOf(facts: SaleFacts, refund: Refund, of: RefundOf | null): boolean {
  if (of === "extra") return paidAttempt(facts)?.orderNo !== refund.orderNo;
  return of === null || extraAttempts(facts).every((one) => one.orderNo !== refund.orderNo);
}

/** Shown as paid, with a receipt, then taken back by the provider; nobody has dealt with it yet. */
export const isTakenBack = ({ sale, attempts, receipt }: SaleFacts): boolean =>
  sale.state === "open" &&
  receipt?.void === true &&
  attempts.some((one) => one.unpaidEnd === "rolled_back");

/** Fen of this attempt that are proven to have gone back. */
export const givenBackFen = ({ refunds }: SaleFacts, attempt: Attempt): number =>
  refunds
    .filter((one) => one.orderNo === attempt.orderNo && one.state === "done")
    .reduce((sum, one) => sum + one.amountFen, 0);

/** Fen of the sale's own money that may have gone back: of a refund that has no result yet. */
export function refundOpenFen(facts: SaleFacts): number {
  const paid = paidAttempt(facts);
  return facts.refunds
    .filter((one) => one.orderNo === paid?.orderNo && refundIsOpen(one))
    .reduce((sum, one) => sum + one.amountFen, 0);
}

/** Fen of the sale's own money that are proven to have gone back to the customer. */
export function refundedFen(facts: SaleFacts): number {
  const paid = paidAttempt(facts);
  return paid === null ? 0 : givenBackFen(facts, paid);
}

const holdsMoney = (attempt: Attempt): boolean =>
  attempt.state === "paid" || attempt.latePayment !== null;

function isTheSales({ sale, receipt }: SaleFacts, attempt: Attempt): boolean {
  if (sale.state !== "paid") return false;
  if (receipt !== null) return receipt.content.orderNo === attempt.orderNo && holdsMoney(attempt);
  return attempt.state === "paid" || attempt.latePayment?.decision === "accept";
}

/** The customer's newest paper of the receipt: the one that decides whether there is a receipt in hand. */
export function newestPaper({ jobs, receipt }: SaleFacts): PrintJob | null {
  const papers = jobs.filter((one) => one.slip.kind === "receipt" && one.holder === "customer");
  return papers.findLast((one) => receipt === null || one.receiptNumber === receipt.number) ?? null;
}

export const refundIsOpen = (refund: Refund): boolean => !REFUND_ENDS[refund.state];
