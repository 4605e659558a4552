/** What is refused about a sale: what was entered, what was asked of it, and its refunds. */
import type { AmountRefusal } from "../money/money.ts";
import type { CodeRefusal } from "../payment/code-form.ts";
import { PAYMENT_CONTRADICTED } from "../text/causes.ts";
import { AMOUNT_CAUSES, CODE_CAUSES } from "../text/input-causes.ts";
import type { Text } from "../text/text.ts";
import { type Refusal, refusal } from "./refusal.ts";

export type InputRefusal =
  | AmountRefusal
  | CodeRefusal
  | "amount_differs_from_items"
  | "item_not_readable"
  | "reason_needed";

export type SaleRefusal =
  | "sale_not_found"
  | "sale_has_live_attempt"
  | "sale_has_no_attempt"
  | "sale_already_paid"
  | "payment_contradicted"
  | "sale_is_not_paid"
  | "sale_paid_otherwise"
  | "sale_never_charged"
  | "payment_taken_back"
  | "sale_was_reversed"
  | "sale_ended"
  | "outcome_is_known"
  | "nothing_to_reverse"
  | "reversal_under_way"
  | "provider_being_asked"
  | "earlier_attempt_not_closed"
  | "earlier_attempt_was_paid"
  | "earlier_payment_given_back"
  | "intent_too_old"
  | "withdrawn";

export type RefundRefusal =
  | "refund_must_be_positive"
  | "refund_amount_not_readable"
  | "sale_fully_refunded"
  | "refund_exceeds_what_is_left"
  | "refund_in_progress"
  | "extra_payment_first"
  | "no_extra_payment"
  | "refund_number_reused"
  | "refund_not_found";

/** Bad input is 422; its text is the one that the till shows. */
const input = (cause: { readonly cashier: Text }): Refusal => ({
  status: 422,
  text: cause.cashier,
});

export const INPUT: Record<InputRefusal, Refusal> = {
  amount_missing: input(AMOUNT_CAUSES.amount_missing),
  amount_not_a_number: input(AMOUNT_CAUSES.amount_not_a_number),
  amount_too_many_decimals: input(AMOUNT_CAUSES.amount_too_many_decimals),
  amount_not_positive: input(AMOUNT_CAUSES.amount_not_positive),
  amount_too_large: input(AMOUNT_CAUSES.amount_too_large),
  amount_over_limit: input(AMOUNT_CAUSES.amount_over_limit),
  code_missing: input(CODE_CAUSES.code_missing),
  code_not_digits: input(CODE_CAUSES.code_not_digits),
  code_is_product: input(CODE_CAUSES.code_is_product),
  code_of_other_wallet: input(CODE_CAUSES.code_of_other_wallet),
  code_too_long: input(CODE_CAUSES.code_too_long),
  code_wrong_length: input(CODE_CAUSES.code_wrong_length),
  code_not_of_a_wallet: input(CODE_CAUSES.code_not_of_a_wallet),
  code_used_before: { ...input(CODE_CAUSES.code_used_before), status: 409 },
  amount_differs_from_items: refusal(
    422,
    "没有扣款：金额和商品合计不一致。请改金额或商品；只写商品，金额就按合计。",
    "No money was taken: the amount isn't what the items add up to. Correct one of them, or give the items alone.",
  ),
  item_not_readable: refusal(
    422,
    "没有扣款：商品写法不对。请写成 名称*数量@单价，例如 牛奶*2@6.50。",
    "No money was taken: the item can't be read. Write NAME*QUANTITY@PRICE, e.g. milk*2@6.50.",
  ),
  reason_needed: refusal(422, "请选择或填写原因后再试。", "Give a reason, then try again."),
};

export const SALE: Record<SaleRefusal, Refusal> = {
  sale_not_found: refusal(
    404,
    "没有这笔交易。请核对交易号或订单号，或在今天的列表里找。",
    "There is no such sale. Check the number, or look in today's list.",
  ),
  sale_has_live_attempt: refusal(
    409,
    "这笔正在收款，结论出来前不能再收。请等本机显示结论，或先撤销。",
    "This sale is being charged; it can't be charged again yet. Wait for the result, or reverse it.",
  ),
  sale_has_no_attempt: refusal(
    409,
    "这笔还没有收过款，没有可查的结果。请先收款。",
    "Nothing has been charged for this sale, so there is nothing to ask about. Charge it first.",
  ),
  sale_already_paid: refusal(
    409,
    "这笔已付款，不要再收。要退钱请用退款，要小票请用补打。",
    "This sale is paid; don't charge again. Use a refund to give money back, a reprint for paper.",
  ),
  payment_contradicted: { status: 409, text: PAYMENT_CONTRADICTED.cashier },
  sale_is_not_paid: refusal(
    409,
    "这笔没有查到付款，不能这样做。请先查单，确认已付款再试。",
    "This sale isn't known to be paid, so this can't be done. Query it first.",
  ),
  sale_paid_otherwise: refusal(
    409,
    "这笔是用其他方式收的款，支付宝这里没有可退的钱。要退请按原来的方式退给顾客。",
    "This sale was paid in another way; Alipay has nothing to refund. Give it back the way it was paid.",
  ),
  payment_taken_back: refusal(
    409,
    "没有退款：支付宝已把这笔钱撤回给顾客，小票作废，店里没有可退的钱，也不要退现金。货已拿走的，请在收银台再收或改收现金。",
    "Nothing was refunded: Alipay took this payment back and the receipt is void, so there is nothing to give back, in cash neither. If the goods have left, charge again or take cash at the till.",
  ),
  sale_was_reversed: refusal(
    409,
    "没有退款：这笔已撤销，没有收钱，收过的也已原路退回，不用再退。顾客说没到账，请凭撤销凭条或订单号在支付宝里查。",
    "Nothing was refunded: this sale was reversed, so no money was kept; any that was taken has gone back. A customer who misses it looks it up in Alipay by the order number.",
  ),
  sale_never_charged: refusal(
    409,
    "这笔没有发起过收款，没有可退的钱。请核对是不是要退另一笔。",
    "This sale was never charged, so there is nothing to refund. Check whether another sale is meant.",
  ),
  sale_ended: refusal(
    409,
    "这笔已经结束，不能再改。要收款请新开一笔。",
    "This sale has ended and no longer changes. Start a new sale to charge.",
  ),
  outcome_is_known: refusal(
    409,
    "这笔已有结论，不用再确认。请看本机显示的结果。",
    "This sale's outcome is known. Go by what the till shows.",
  ),
  nothing_to_reverse: refusal(
    409,
    "没有可撤销的收款。已付款的请用退款。",
    "There is nothing to reverse. For a paid sale use a refund.",
  ),
  reversal_under_way: refusal(
    409,
    "这笔正在撤销，请等本机显示结论，不要收款也不要退款。",
    "This is being reversed. Wait for the result; neither charge nor refund.",
  ),
  provider_being_asked: refusal(
    409,
    "正在等支付宝应答这笔收款，几秒就有结果，请稍等。",
    "Alipay is being asked about this charge; wait a few seconds for its answer.",
  ),
  earlier_attempt_not_closed: refusal(
    503,
    "没有扣款：上一次收款还没能确认关闭，这次没有发出。请检查网络后再收。",
    "No money was taken: the attempt before couldn't be closed for sure, so this one wasn't sent. Check the network and charge again.",
  ),
  earlier_attempt_was_paid: refusal(
    409,
    "上一次收款其实到账了，系统正在退回，这次没有发出。请等本机显示结论。",
    "The attempt before was paid after all and is being sent back; this one wasn't sent. Wait for the result.",
  ),
  earlier_payment_given_back: refusal(
    409,
    "后来到账的钱已退回顾客，这一单不能再收，这次没有发出。要收款请新开一笔。",
    "The money that came late has gone back to the customer. This sale can't be charged again, and nothing was sent. Start a new sale to charge.",
  ),
  intent_too_old: refusal(
    409,
    "没有扣款：请求放得太久，没有发出。请顾客刷新付款码重新收款。",
    "No money was taken: the request was too old and wasn't sent. Charge again with a refreshed code.",
  ),
  withdrawn: refusal(
    409,
    "没有扣款：这次收款已收回，没有发出。可以重新收款。",
    "No money was taken: this attempt was withdrawn before it was sent. You can charge again.",
  ),
};

export const REFUND: Record<RefundRefusal, Refusal> = {
  refund_must_be_positive: refusal(
    422,
    "没有退款：退款金额须大于 0。请改金额。",
    "Nothing was refunded: the amount must be above 0. Correct it.",
  ),
  refund_amount_not_readable: refusal(
    422,
    "没有退款：金额写法不对。请写成 3.00 这样，最多两位小数，不加单位。",
    "Nothing was refunded: that is no amount. Write it like 3.00, with two decimals at most and no unit.",
  ),
  sale_fully_refunded: refusal(
    422,
    "这笔已全部退回，没有可退的余额，不要再退。",
    "All of this sale has gone back already: nothing is left, so don't refund it again.",
  ),
  refund_exceeds_what_is_left: refusal(
    422,
    "没有退款：金额超过可退余额。请改小金额，或先看已退了多少。",
    "Nothing was refunded: the amount is above what is left. Lower it, or see what was refunded before.",
  ),
  refund_in_progress: refusal(
    409,
    "这次没有退款：前一次退款还没有结果，钱可能已经退了。请等它的结果，不要再退。",
    "Nothing more was refunded: a refund of this sale has no result yet, and its money may have gone back. Wait for that result; don't refund again.",
  ),
  extra_payment_first: refusal(
    409,
    "没有退款：这一单另有一笔多到账的钱还没退回。先整笔退回它（正在退的等它退完），再退本单的钱。",
    "Nothing was refunded: an extra payment of this sale hasn't gone back yet. Return it whole first, or wait while it is on its way; then refund the sale.",
  ),
  no_extra_payment: refusal(
    409,
    "没有退款：这一单没有多到账、还没退回的钱。要退本单的钱，请直接退款。",
    "Nothing was refunded: no extra payment of this sale waits to go back. To give back the sale's own money, refund the sale.",
  ),
  refund_number_reused: refusal(
    409,
    "没有退款：这个退款号已用于另一金额。请新开一笔退款。",
    "Nothing was refunded: this refund number was used for another amount. Start a new refund.",
  ),
  refund_not_found: refusal(
    404,
    "没有这笔退款。请核对退款号。",
    "There is no such refund. Check its number.",
  ),
};

/** What is wrong with an amount, in the words of a refund: the till's own speak of a charge. */
export const REFUND_AMOUNT: Record<AmountRefusal, RefundRefusal> = {
  amount_missing: "refund_amount_not_readable",
  amount_not_a_number: "refund_amount_not_readable",
  amount_too_many_decimals: "refund_amount_not_readable",
  amount_not_positive: "refund_must_be_positive",
  amount_too_large: "refund_exceeds_what_is_left",
  amount_over_limit: "refund_exceeds_what_is_left",
};
