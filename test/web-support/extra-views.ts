/** Till views of sales whose money has a story: an extra payment, a charge in vain, paper in doubt beside a refund. */
import { REFUSALS } from "../../src/core/rules/refusals.ts";
import type { ExtraView, SaleView } from "../../src/core/till/view.ts";
import { extraWords } from "../../src/core/till/extra.ts";
import * as views from "./views.ts";

type ExtraState = ExtraView["state"];

const earlierOrder = "T01-261123-000480";

const extra = (state: ExtraState, orderNo: string): ExtraView => ({
  order_no: orderNo,
  amount_fen: 12_850,
  left_fen: state === "back" ? 0 : 12_850,
  state,
});

const REFUND_STATE = { going_back: "unknown", kept: "refused", back: "done" } as const;

/** The sale, with another payment of the same amount beside it. */
function withExtra(sale: SaleView, state: ExtraState, orderNo: string): SaleView {
  const one = extra(state, orderNo);
  const refund = views.refund({
    request_no: `${orderNo}-back`,
    order_no: orderNo,
    amount_fen: 12_850,
    state: REFUND_STATE[state],
    late_payment: true,
    reason: "交易已取消，退回款项",
  });
  const isTold = sale.state !== "paid" || state !== "back";
  return {
    ...sale,
    refunds: [refund],
    refundable_fen: state === "going_back" ? 0 : 12_850,
    extra: one,
    ...(isTold ? { advice: extraWords(sale, one) } : {}),
    can: { ...sale.can, refund: state === "going_back" ? sale.can.abandon : true },
  };
}

/** An earlier attempt's money came beside the one that paid. */
export const paidTwice = (state: ExtraState): SaleView => {
  const sale = views.paid();
  const earlier = views.attempt({ order_no: earlierOrder, state: "declined" });
  return withExtra({ ...sale, attempts: [earlier, ...sale.attempts] }, state, earlierOrder);
};

const ended = (change: Partial<SaleView>): SaleView => {
  const attempt = views.attempt({ state: "reversed", unpaid_end: "closed" });
  return views.sale({ attempt, attempts: [attempt], ...change });
};

/** Cash was taken, then the wallet's money came too. */
export const cashAndLate = (state: ExtraState): SaleView => {
  const outcome = state === "back" ? "reversed" : "unknown";
  const sale = ended({ state: "paid_otherwise", outcome });
  return withExtra(sale, state, views.attempt().order_no);
};

/** Nothing was taken, the sale ended, and then money came. */
export const late = (state: ExtraState): SaleView => {
  const outcome = state === "back" ? "reversed" : "unknown";
  return withExtra(ended({ state: "unpaid", outcome }), state, views.attempt().order_no);
};

/** Taken back by the provider, then charged again, and that took nothing either. */
export function inVain(how: "reversed" | "declined"): SaleView {
  const before = views.rolledBack();
  const after = how === "reversed" ? views.reversed(false) : views.declined();
  const attempt = views.attempt({ ...after.attempt, order_no: "T01-261123-000482" });
  return { ...after, attempt, attempts: [...before.attempts, attempt], receipt: before.receipt };
}

/** Taken back, charged again in vain, and then the money of that charge came. */
export const inVainLate = (state: ExtraState): SaleView => {
  const isBack = state === "back";
  const told = withExtra(inVain("declined"), state, "T01-261123-000482");
  const can = { ...told.can, charge: isBack ? givenBack : comesBack, ...canEnd };
  return { ...told, outcome: isBack ? "reversed" : "unknown", can };
};

/** The goods left, nothing was taken; money came late and is back. It waits for somebody to end it. */
export const goodsLeftBack = (): SaleView => {
  const told = late("back");
  const can = { ...told.can, charge: givenBack, ...canEnd };
  return { ...told, state: "open", goods_left: true, can };
};

/** The sale's own money went back whole, and an extra payment stands beside it. */
export const refundedAndMore = (state: ExtraState): SaleView => {
  const told = paidTwice(state);
  const own = views.refund({ amount_fen: 12_850 });
  const sale = { ...told, refunds: [own, ...told.refunds], refunded_fen: 12_850 };
  const refund = state === "back" ? REFUSALS.sale_fully_refunded.text : told.can.refund;
  const advice = extraWords(sale, extra(state, earlierOrder));
  return { ...sale, advice, can: { ...sale.can, refund } };
};

const canEnd = { abandon: true, pay_otherwise: true } as const;
const givenBack = REFUSALS.earlier_payment_given_back.text;
const comesBack = REFUSALS.earlier_attempt_was_paid.text;

/** A part went back while the receipt's paper waits for a person. */
export function refundedBeside(sale: SaleView, state: "done" | "unknown" | "refused"): SaleView {
  const cause = state === "refused" ? { ...views.balanceCause, cashier: noMoney } : null;
  const isBack = state === "done";
  const slips = isBack ? [views.job({ id: "job-f1", slip: "refund" })] : [];
  return {
    ...sale,
    slips,
    refunds: [views.refund({ state, cause })],
    refunded_fen: isBack ? 2_850 : 0,
    refund_open_fen: state === "unknown" ? 2_850 : 0,
    refundable_fen: state === "refused" ? 12_850 : 10_000,
    can: { ...sale.can, query: true },
  };
}

const noMoney = {
  zh: "店里账户余额不足，没有退款。请店主充值后再退。",
  en: "The shop's account lacks the money; nothing was refunded. The owner fills it up and tries again.",
};
