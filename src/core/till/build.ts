/** Makes the view of a sale from what the terminal knows. Pure; the words come from the total tables of core. */
import type { Attempt, AttemptState } from "../payment/attempt.ts";
import { refundableFen } from "../payment/refund-step.ts";
import { isLive } from "../payment/states.ts";
import type { PaymentTiming } from "../payment/timing.ts";
import { REFUSALS } from "../rules/refusals.ts";
import { rfc3339China } from "../rules/time.ts";
import { TAKEN_ELSEWHERE } from "../text/causes.ts";
import type { Text } from "../text/text.ts";
import { adviceFor } from "./advice.ts";
import { attemptCause, attemptView, jobView, receiptView, refundView } from "./build-parts.ts";
import { extraOf } from "./extra.ts";
import {
  isMoneyContradicted,
  newestPaper,
  paidAttempt,
  refundAttempt,
  refundedFen,
  refundOpenFen,
  SALE_CAN,
  type SaleFacts,
  strayAttempt,
} from "./can.ts";
import { endsWithDay, wasNeverCharged } from "./no-money.ts";
import { takenElsewhereView } from "./taken-elsewhere.ts";
import type { Can, SaleCommand, SaleSummary, SaleView } from "./view.ts";

export interface ViewContext {
  readonly timing: PaymentTiming;
  readonly livemode: boolean;
  /** The hub says that it is paid, and another start of this till makes its receipt. */
  readonly untaken?: boolean;
}

/** The attempt that the sale's view is about: the paid one, else the live one, else the last. */
export const shownAttempt = (facts: SaleFacts): Attempt | null =>
  paidAttempt(facts) ?? facts.attempts.findLast(isLive) ?? facts.attempts.at(-1) ?? null;

/** The hub has the money of it, and here nothing is known of that. */
const isUntaken = (facts: SaleFacts, untaken: boolean | undefined): boolean =>
  untaken === true && paidAttempt(facts) === null;

/** The advice alone, for a row of a list. */
export function saleAdvice(facts: SaleFacts, untaken = false): Text {
  if (isUntaken(facts, untaken)) return TAKEN_ELSEWHERE.cashier;
  const shown = shownAttempt(facts);
  const job = facts.receipt === null ? null : newestPaper(facts);
  const cause = shown === null ? null : attemptCause(shown);
  return adviceFor(facts, outcomeOf(facts), cause, job === null ? null : jobView(job));
}

export function saleView(facts: SaleFacts, context: ViewContext): SaleView {
  const own = ownView(facts, context);
  return isUntaken(facts, context.untaken) ? takenElsewhereView(own) : own;
}

/** By what this till itself knows of the sale. */
function ownView(facts: SaleFacts, context: ViewContext): SaleView {
  const { sale, attempts, refunds } = facts;
  const shown = shownAttempt(facts);
  const receipt = receiptView(facts);
  const outcome = outcomeOf(facts);
  const attempt = shown === null ? null : attemptView(shown, facts, context.timing);
  const job = receipt?.job ?? null;
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
    created_at: rfc3339China(sale.createdAtMs),
    livemode: context.livemode,
    goods_left: sale.goodsLeft !== null,
    accepts_e_receipt: sale.acceptsElectronic,
    outcome,
    never_charged: wasNeverCharged(facts),
    took_no_money: endsWithDay(facts),
    contradicted: isMoneyContradicted(facts),
    attempt,
    attempts: attempts.map((one) => attemptView(one, facts, context.timing)),
    receipt,
    slips: facts.jobs.filter((one) => one.slip.kind !== "receipt").map(jobView),
    refunds: refunds.map(refundView),
    refunded_fen: refundedFen(facts),
    refund_open_fen: refundOpenFen(facts),
    refundable_fen: toRefund === null ? 0 : refundableFen(toRefund, refunds),
    extra: extraOf(facts),
    cause: (outcome === "paid" ? job?.cause : attempt?.cause) ?? null,
    advice: adviceFor(facts, outcome, attempt?.cause ?? null, job),
    can: canOf(facts),
  };
}

/** Null before anything was sent. A sale's outcome is what its attempts prove together. */
export function outcomeOf(facts: SaleFacts): SaleView["outcome"] {
  const { attempts } = facts;
  if (paidAttempt(facts) !== null) return isMoneyContradicted(facts) ? "unknown" : "paid";
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

export function saleSummary(facts: SaleFacts): SaleSummary {
  const shown = paidAttempt(facts) ?? facts.attempts.at(-1) ?? null;
  const { refund, reprint } = canOf(facts);
  const paper = newestPaper(facts);
  return {
    sale_id: facts.sale.id,
    state: facts.sale.state,
    outcome: outcomeOf(facts),
    never_charged: wasNeverCharged(facts),
    amount_fen: facts.sale.amountFen,
    refunded_fen: refundedFen(facts),
    refund_open_fen: refundOpenFen(facts),
    created_at: rfc3339China(facts.sale.createdAtMs),
    order_no: shown?.orderNo ?? null,
    provider_trade_no: shown?.providerTradeNo ?? null,
    receipt_number: facts.receipt?.number ?? null,
    job: paper?.state ?? null,
    job_hold: paper?.hold ?? null,
    receipt_void: facts.receipt?.void ?? false,
    operator_no: facts.sale.operator.no,
    can: { refund, reprint },
  };
}
