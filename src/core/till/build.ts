/** Makes the view of a sale from what the terminal knows. Pure; the words come from the total tables of core. */
import type { Attempt, AttemptState } from "../payment/attempt.ts";
import { causeOf } from "../payment/codes/codes.ts";
import { CLOSED_TRADE, refundableFen } from "../payment/refund-step.ts";
import type { Refund } from "../payment/refund.ts";
import { isLive } from "../payment/states.ts";
import { outcomeByMs, type PaymentTiming } from "../payment/timing.ts";
import { isInterrupted, type PrintJob } from "../printing/job.ts";
import { type RefusalCode, REFUSALS } from "../rules/refusals.ts";
import { rfc3339China } from "../rules/time.ts";
import {
  causeView,
  REFUND_OF_CLOSED_TRADE,
  UNKNOWN_CAUSES,
  TAKEN_ELSEWHERE,
  UNPAID_CAUSES,
} from "../text/causes.ts";
import { DOUBT_CAUSES, HOLD_CAUSES, PRINT_INTERRUPTED } from "../text/printer-causes.ts";
import type { Text } from "../text/text.ts";
import { adviceFor } from "./advice.ts";
import { extraOf } from "./extra.ts";
import {
  givenBackFen,
  newestPaper,
  paidAttempt,
  refundAttempt,
  refundedFen,
  SALE_CAN,
  type SaleFacts,
  strayAttempt,
} from "./can.ts";
import type {
  AttemptView,
  Can,
  CauseView,
  JobView,
  ReceiptView,
  RefundView,
  SaleCommand,
  SaleSummary,
  SaleView,
} from "./view.ts";

export interface ViewContext {
  readonly timing: PaymentTiming;
  readonly livemode: boolean;
  /** The hub says that it is paid, and another start of this till makes its receipt. */
  readonly untaken?: boolean;
}

const time = (ms: number): string => rfc3339China(ms);
const timeOrNull = (ms: number | null): string | null => (ms === null ? null : rfc3339China(ms));

/** The attempt that the sale's view is about: the paid one, else the live one, else the last. */
export const shownAttempt = (facts: SaleFacts): Attempt | null =>
  paidAttempt(facts) ?? facts.attempts.findLast(isLive) ?? facts.attempts.at(-1) ?? null;

/** The advice alone, for a row of a list. */
export function saleAdvice(facts: SaleFacts, untaken = false): Text {
  if (untaken && paidAttempt(facts) === null) return TAKEN_ELSEWHERE.cashier;
  const shown = shownAttempt(facts);
  const job = facts.receipt === null ? null : newestPaper(facts);
  const cause = shown === null ? null : attemptCause(shown);
  return adviceFor(facts, outcomeOf(facts), cause, job === null ? null : jobView(job));
}

export function saleView(facts: SaleFacts, context: ViewContext): SaleView {
  const { sale, attempts, refunds } = facts;
  const shown = shownAttempt(facts);
  const receipt = receiptView(facts);
  // Nothing that is shown may ask for the money again, whatever the attempts say here.
  const isUntaken = context.untaken === true && paidAttempt(facts) === null;
  const outcome = isUntaken ? "unknown" : outcomeOf(facts);
  const attempt = shown === null ? null : attemptView(shown, facts, context);
  const toRefund = refundAttempt(facts);
  return {
    sale_id: sale.id,
    state: sale.state,
    amount_fen: sale.amountFen,
    items: sale.items.map(({ name, quantity, priceFen }) => ({
      name,
      quantity,
      price_fen: priceFen,
    })),
    operator: sale.operator,
    created_at: time(sale.createdAtMs),
    livemode: context.livemode,
    goods_left: sale.goodsLeft !== null,
    accepts_e_receipt: sale.acceptsElectronic,
    outcome,
    attempt,
    attempts: attempts.map((one) => attemptView(one, facts, context)),
    receipt,
    slips: facts.jobs.filter((one) => one.slip.kind !== "receipt").map(jobView),
    refunds: refunds.map(refundView),
    refunded_fen: refundedFen(facts),
    refundable_fen: toRefund === null ? 0 : refundableFen(toRefund, refunds),
    extra: extraOf(facts),
    cause: isUntaken
      ? TAKEN_ELSEWHERE
      : outcome === "paid"
        ? (receipt?.job?.cause ?? null)
        : (attempt?.cause ?? null),
    advice: isUntaken
      ? TAKEN_ELSEWHERE.cashier
      : adviceFor(facts, outcome, attempt?.cause ?? null, receipt?.job ?? null),
    can: { ...canOf(facts), ...(isUntaken ? { charge: TAKEN_ELSEWHERE.cashier } : {}) },
  };
}

/** Null before anything was sent. A sale's outcome is what its attempts prove together. */
export function outcomeOf(facts: SaleFacts): SaleView["outcome"] {
  const { attempts } = facts;
  if (paidAttempt(facts) !== null) return "paid";
  if (attempts.some(isLive)) return "unknown";
  const last = attempts.at(-1);
  if (last === undefined) return null;
  // Money came after the end, or its reversal was refused for good: until it is back, "not paid" isn't true.
  if (strayAttempt(facts) !== null) return "unknown";
  return last.state === "paid" ? "reversed" : OUTCOME_OF_STATE[last.state];
}

const OUTCOME_OF_STATE: Readonly<Record<AttemptState, Exclude<SaleView["outcome"], null>>> = {
  created: "unknown",
  sending: "unknown",
  awaiting_buyer: "unknown",
  unknown: "unknown",
  reversing: "unknown",
  paid: "paid",
  declined: "declined",
  reversed: "reversed",
};

const saleCommands = Object.keys(SALE_CAN) as readonly SaleCommand[];

export function canOf(facts: SaleFacts): Can {
  const can = {} as Record<SaleCommand, true | Text>;
  for (const command of saleCommands) {
    const answer = SALE_CAN[command](facts);
    can[command] = answer === "yes" ? true : REFUSALS[answer].text;
  }
  return can;
}

function attemptView(attempt: Attempt, facts: SaleFacts, { timing }: ViewContext): AttemptView {
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
function attemptCause(attempt: Attempt): CauseView | null {
  const { code, state, unpaidEnd } = attempt;
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

/** A code that says nothing of the trade itself, or none at all, is silence. */
function openCause(attempt: Attempt): CauseView {
  const { code } = attempt;
  if (code === null || code.subCode === null || code.subCode === "ACQ.TRADE_NOT_EXIST")
    return causeView("silence", UNKNOWN_CAUSES.silence);
  return { ...causeOf(code, "alipay.trade.query"), code: code.subCode };
}

function refusalCause(code: RefusalCode): CauseView {
  const { text } = REFUSALS[code];
  return { family: "system", code, title: text, cashier: text, customer: text };
}

function receiptView(facts: SaleFacts): ReceiptView | null {
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
    job: job === null ? null : jobView(job),
    jobs: jobs.map(jobView),
  };
}

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

function refundView(refund: Refund): RefundView {
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

export function saleSummary(facts: SaleFacts): SaleSummary {
  const shown = paidAttempt(facts) ?? facts.attempts.at(-1) ?? null;
  return {
    sale_id: facts.sale.id,
    state: facts.sale.state,
    outcome: outcomeOf(facts),
    amount_fen: facts.sale.amountFen,
    refunded_fen: refundedFen(facts),
    created_at: time(facts.sale.createdAtMs),
    order_no: shown?.orderNo ?? null,
    provider_trade_no: shown?.providerTradeNo ?? null,
    receipt_number: facts.receipt?.number ?? null,
    job: newestPaper(facts)?.state ?? null,
    receipt_void: facts.receipt?.void ?? false,
    operator_no: facts.sale.operator.no,
  };
}
