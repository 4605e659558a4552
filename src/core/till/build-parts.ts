/** The parts of a sale's view: its attempts, receipt, papers and refunds, each with why it stands as it does. */
import type { Attempt } from "../payment/attempt.ts";
import { causeOf } from "../payment/codes/codes.ts";
import { CLOSED_TRADE } from "../payment/refund-step.ts";
import type { Refund } from "../payment/refund.ts";
import { isContradicted, isLive } from "../payment/states.ts";
import { outcomeByMs, type PaymentTiming } from "../payment/timing.ts";
import { isInterrupted, type PrintJob } from "../printing/job.ts";
import { type RefusalCode, REFUSALS } from "../rules/refusals.ts";
import { rfc3339China } from "../rules/time.ts";
import {
  causeView,
  PAYMENT_CONTRADICTED,
  REFUND_OF_CLOSED_TRADE,
  UNPAID_CAUSES,
} from "../text/causes.ts";
import { DOUBT_CAUSES, HOLD_CAUSES, PRINT_INTERRUPTED } from "../text/printer-causes.ts";
import { givenBackFen, isWithheld, newestPaper, type SaleFacts } from "./can.ts";
import { neverSeenCause, openCause } from "./open-cause.ts";
import type { AttemptView, CauseView, JobView, ReceiptView, RefundView } from "./view.ts";

const time = (ms: number): string => rfc3339China(ms);
const timeOrNull = (ms: number | null): string | null => (ms === null ? null : rfc3339China(ms));

export function attemptView(
  attempt: Attempt,
  facts: SaleFacts,
  timing: PaymentTiming,
): AttemptView {
  const live = isLive(attempt);
  const { usuallyMs, latestMs } = outcomeByMs(timing, attempt);
  return {
    order_no: attempt.orderNo,
    provider: attempt.provider,
    method: attempt.method,
    state: attempt.state,
    amount_fen: attempt.amountFen,
    provider_trade_no: attempt.providerTradeNo,
    payer: attempt.payer,
    unpaid_end: attempt.unpaidEnd,
    late: attempt.latePayment !== null,
    qr_code: live ? attempt.qrCode : null,
    sent_at: timeOrNull(attempt.sentAtMs),
    paid_at: timeOrNull(attempt.paidAtMs),
    ended_at: timeOrNull(attempt.endedAtMs),
    next_query_at: live ? timeOrNull(attempt.dueAtMs) : null,
    outcome_by: live ? time(latestMs) : null,
    usually_by: live ? time(usuallyMs) : null,
    queries_asked: attempt.queriesAsked,
    money_went_back: moneyWentBack(attempt, facts),
    cause: attemptCause(attempt),
  };
}

/** Only what is proven: the provider's own reversal that refunded, or refunds that are done. */
function moneyWentBack(attempt: Attempt, facts: SaleFacts): boolean {
  const arrived = attempt.latePayment !== null || attempt.state === "paid";
  if (!arrived) return attempt.unpaidEnd === "refunded";
  return givenBackFen(facts, attempt) >= attempt.amountFen;
}

/** Why there is no money (yet). A person's stop needs no cause, and a paid attempt has none. */
export function attemptCause(attempt: Attempt): CauseView | null {
  const { code, state, unpaidEnd } = attempt;
  if (isContradicted(attempt)) return PAYMENT_CONTRADICTED;
  if (state === "paid" || state === "created" || state === "sending") return null;
  if (unpaidEnd === "declined" && code !== null)
    return causeOf(code, attempt.method === "qr" ? "alipay.trade.precreate" : "alipay.trade.pay");
  if (
    unpaidEnd === "never_sent" &&
    code !== null &&
    code.subCode !== null &&
    code.subCode in REFUSALS
  )
    return refusalCause(code.subCode as RefusalCode);
  if (unpaidEnd === "never_seen") {
    const answered = neverSeenCause(attempt);
    if (answered !== null) return answered;
  }
  if (unpaidEnd !== null) return causeView(unpaidEnd, UNPAID_CAUSES[unpaidEnd]);
  // Only pay's own 10003 says why one waits: a QR that was made (10000) or has no trade yet is
  // no cause of anything.
  if (state === "awaiting_buyer")
    return code?.code === "10003" ? causeOf(code, "alipay.trade.pay") : null;
  // The money can't go back yet, and the owner can change that: fill up the account.
  const { refusedForNow } = attempt.reversal;
  if (state === "reversing" && refusedForNow !== null)
    return causeOf(refusedForNow, "alipay.trade.cancel");
  return openCause(attempt);
}

function refusalCause(code: RefusalCode): CauseView {
  const { text } = REFUSALS[code];
  return { family: "system", code, title: text, cashier: text, customer: text };
}

export function receiptView(facts: SaleFacts): ReceiptView | null {
  const { receipt } = facts;
  if (receipt === null) return null;
  const job = newestPaper(facts);
  const jobs = facts.jobs.filter(
    (one) => one.slip.kind === "receipt" && one.receiptNumber === receipt.number,
  );
  return {
    number: receipt.number,
    issued_at: time(receipt.issuedAtMs),
    url: receipt.content.url,
    opened_at: timeOrNull(receipt.openedAtMs),
    copies: receipt.copies,
    void: receipt.void,
    job: job === null ? null : paperOf(facts, job),
    jobs: jobs.map((one) => paperOf(facts, one)),
  };
}

/** It waits for Alipay, whatever the printer does. */
export const paperOf = (facts: SaleFacts, job: PrintJob): JobView =>
  isWithheld(facts, job) ? { ...jobView(job), cause: PAYMENT_CONTRADICTED } : jobView(job);

export function jobView(job: PrintJob): JobView {
  return {
    id: job.id,
    slip: job.slip.kind,
    state: job.state,
    mark: job.mark.kind,
    copy: job.mark.kind === "original" ? 0 : job.mark.count,
    hold: job.hold,
    doubt: job.doubt,
    proof: job.proof?.level ?? null,
    proof_at: timeOrNull(job.proof?.atMs ?? null),
    evidence: job.proof?.evidence ?? null,
    cause: jobCause(job),
  };
}

function jobCause(job: PrintJob): CauseView | null {
  if (job.state === "doubtful" && job.doubt !== null)
    return causeView(job.doubt, DOUBT_CAUSES[job.doubt]);
  if (isInterrupted(job)) return causeView("print_interrupted", PRINT_INTERRUPTED);
  if (job.hold !== null && job.state !== "confirmed")
    return causeView(job.hold, HOLD_CAUSES[job.hold]);
  return null;
}

export function refundView(refund: Refund): RefundView {
  return {
    request_no: refund.requestNo,
    order_no: refund.orderNo,
    amount_fen: refund.amountFen,
    state: refund.state,
    reason: refund.reason,
    requested_at: time(refund.requestedAtMs),
    done_at: refund.state === "done" ? timeOrNull(refund.endedAtMs) : null,
    late_payment: refund.latePayment,
    cause: refundCause(refund),
  };
}

function refundCause({ state, code }: Refund): CauseView | null {
  if (state === "done" || code === null) return null;
  const { subCode } = code;
  if (subCode !== null && subCode in REFUSALS) return refusalCause(subCode as RefusalCode);
  return state === "refused" && subCode === CLOSED_TRADE
    ? causeView(subCode, REFUND_OF_CLOSED_TRADE)
    : causeOf(code, "alipay.trade.refund");
}
