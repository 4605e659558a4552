/**
 * Causes that don't come from a row of the provider's codes: an answer that proves nothing, and the ways in which an
 * attempt ended without money staying taken. Each table is total, so a new member doesn't compile without its text.
 *
 * Every cashier's text says what happened, whether money moved, and what to do now; a customer's text blames nobody.
 */
import type { UnknownReason } from "../payment/answers.ts";
import type { UnpaidEnd } from "../payment/attempt.ts";
import type { CauseView } from "../till/view.ts";
import { fill, joined, type Text } from "./text.ts";

/** A cause without the code that names it: that is the key of its table. */
export type CauseText = Omit<CauseView, "code">;

/** The cause as screens and API show it. */
export function causeView(code: string, text: CauseText): CauseView {
  const { family, title, cashier, customer } = text;
  return { code, family, title, cashier, customer };
}

/** Paid by the hub's word, on a till whose place another one has taken. */
export const TAKEN_ELSEWHERE: CauseView = {
  code: "terminal_replaced",
  family: "system",
  title: { zh: "这台收银机已被替换", en: "This till has been replaced" },
  cashier: {
    zh: "已收款，不要再收。这台收银机已被替换，不能在这里出小票。请停用另一台，再重启这台，小票会自动出。",
    en: "Paid; don't charge again. This till has been replaced and can't make the receipt. Stop the other one and restart this one; the receipt then comes by itself.",
  },
  customer: {
    zh: "已经收到付款，请稍等，不用再付。",
    en: "Your payment has arrived. Please wait; don't pay again.",
  },
};

/** Said to be paid, then said to be closed; seconds later it is known which. */
export const PAYMENT_CONTRADICTED: CauseView = {
  code: "payment_contradicted",
  family: "provider_api",
  title: { zh: "支付宝改口了，正在复核", en: "Alipay changed its answer; being checked" },
  cashier: {
    zh: "支付宝刚才说这笔交易已关闭，正在复核；先别交货，也不要再收，等收银台显示结论。",
    en: "Alipay now says this trade is closed; it is being checked. Hold the goods, don't charge again, and wait for the till's result.",
  },
  customer: {
    zh: "支付宝还在确认这笔付款，请稍等，先不要再付。",
    en: "Alipay is still checking this payment. Please wait and don't pay again.",
  },
};

/** What was being done when an answer proved nothing. What may have happened to the money hangs on it. */
export type Asked =
  | "pay"
  | "precreate"
  | "query"
  | "cancel"
  | "close"
  | "refund"
  | "refund_query"
  | "bill";

const customerWaits: Text = {
  zh: "正在和支付宝确认这笔付款，请稍等，先不要再付一次。",
  en: "We're checking this payment with Alipay. Please wait and don't pay again yet.",
};
const refundWaits: Text = {
  zh: "正在和支付宝确认退款，请稍等；退款会原路退回。",
  en: "We're checking the refund with Alipay. Please wait; refunds go back the way they came.",
};

/** Whether money moved and what to do, for an open answer to each kind of question. */
export const OPEN_TEXTS: Record<Asked, Pick<CauseText, "cashier" | "customer">> = {
  pay: {
    cashier: {
      zh: "可能已扣款，系统正在确认，请勿重复收款。等收银台显示结论再继续。",
      en: "Money may have been taken; it's being checked. Don't charge again. Wait for the till's result.",
    },
    customer: customerWaits,
  },
  precreate: {
    cashier: {
      zh: "二维码可能已生成，系统正在确认，请勿重复收款。等收银台显示结论再继续。",
      en: "The QR may exist; it's being checked. Don't charge again. Wait for the till's result.",
    },
    customer: customerWaits,
  },
  query: {
    cashier: {
      zh: "可能已扣款，这次没查到结果。系统会接着查，请勿重复收款。",
      en: "Money may have been taken; this query gave no result. The system asks again. Don't charge again.",
    },
    customer: customerWaits,
  },
  cancel: {
    cashier: {
      zh: "撤销结果未知，可能已扣款。系统会继续撤销并查询，请勿重复收款。",
      en: "The reversal's result is open; money may have been taken. The system goes on. Don't charge again.",
    },
    customer: {
      zh: "正在和支付宝确认这笔钱，请稍等。我们不会多收您的钱。",
      en: "We're checking this with Alipay. Please wait; you won't be charged twice.",
    },
  },
  close: {
    cashier: {
      zh: "关单结果未知，顾客可能仍付了款。系统会接着查，请勿重复收款。",
      en: "The close is open; the customer may still have paid. The system asks again. Don't charge again.",
    },
    customer: customerWaits,
  },
  refund: {
    cashier: {
      zh: "退款结果未知，系统会用同一退款号确认，请勿重复退款。",
      en: "The refund's result is open; it's checked under the same number. Don't refund again.",
    },
    customer: refundWaits,
  },
  refund_query: {
    cashier: {
      zh: "退款结果未知，这次没查到。系统会接着查，请勿重复退款。",
      en: "The refund's result is open; this query gave none. The system asks again. Don't refund again.",
    },
    customer: refundWaits,
  },
  bill: {
    cashier: {
      zh: "不影响收款。对账单没取到，系统稍后再取。",
      en: "Sales go on. The bill wasn't fetched; the system asks again later.",
    },
    customer: { zh: "这不影响您的付款。", en: "This doesn't affect your payment." },
  },
};

const open = (family: CauseText["family"], title: Text, zh: string, en: string): CauseText => ({
  family,
  title,
  cashier: {
    zh: `可能已扣款，系统正在确认，请勿重复收款。${zh}`,
    en: `Money may have been taken; it's being checked. Don't charge again. ${en}`,
  },
  customer: customerWaits,
});

/** Why an answer about a payment proves nothing. */
export const UNKNOWN_CAUSES: Record<UnknownReason, CauseText> = {
  silence: open(
    "network",
    { zh: "支付宝没有应答", en: "No answer from Alipay" },
    "网络慢或断了，请看网线和路由器。",
    "The network is slow or down: look at cable and router.",
  ),
  broken: open(
    "network",
    { zh: "与支付宝的连接中断", en: "Connection to Alipay broke" },
    "系统会自动重连，请看网线和路由器。",
    "The system reconnects by itself: look at cable and router.",
  ),
  unreadable: open(
    "provider_api",
    { zh: "支付宝应答看不懂", en: "Alipay's answer is unreadable" },
    "若网络要求上网登录，请先登录。",
    "If the network asks to log in, do so first.",
  ),
  verify: open(
    "provider_api",
    { zh: "支付宝应答不能采信", en: "Alipay's answer isn't trusted" },
    "应答没有通过验签，不能当真，要等查询证明。一直这样请店主或技术支持核对应用编号和密钥。",
    "An answer came that can't be verified; only a query proves what happened. If it stays, the owner or support checks app id and keys.",
  ),
  mismatch: open(
    "provider_api",
    { zh: "应答与本单不符", en: "Answer doesn't match the order" },
    "应答里的订单号或金额不是本单的，请通知店主核对。",
    "Its order number or amount isn't ours; tell the owner to compare.",
  ),
  provider: open(
    "provider_api",
    { zh: "支付宝暂时没有结论", en: "Alipay has no result yet" },
    "支付宝正忙，等收银台显示结论再继续。",
    "Alipay is busy. Wait for the till's result.",
  ),
  unlisted: open(
    "provider_api",
    { zh: "支付宝返回新代码", en: "A code that isn't listed" },
    "这个代码还没有收录，等收银台显示结论再继续。",
    "This code isn't in our list. Wait for the till's result.",
  ),
};

const saidText: Text = {
  zh: "应答上写着 {hint}，没有签名，只供排查。",
  en: "It says {hint}, unsigned: a hint for whoever looks into it.",
};

/** Somebody's word in an answer that couldn't be verified may tell whose matter it is, and never what became of money. */
export function unverifiedCause(hint: string | null, family: CauseText["family"]): CauseText {
  const cause = { ...UNKNOWN_CAUSES.verify, family };
  return hint === null
    ? cause
    : { ...cause, cashier: joined(cause.cashier, fill(saidText, { hint })) };
}

const chargeAgain: Text = {
  zh: "这笔没有收您的钱。麻烦出示新的付款码，或换一种方式。",
  en: "You weren't charged. Please show a new code, or pay another way.",
};

/** A refund that ended refused because there is nothing left to give back; before its end the code's own text holds. */
export const REFUND_OF_CLOSED_TRADE: CauseText = {
  family: "operation",
  title: { zh: "交易已关闭", en: "Trade already closed" },
  cashier: {
    zh: "这次没有退款：交易在支付宝已关闭，钱已全额退过，或当时没有付成。不要再退，也不要给顾客现金。",
    en: "This refund wasn't made: Alipay has closed the trade, so it was refunded in full before, or never paid. Don't refund again, and don't pay back cash.",
  },
  customer: {
    zh: "这笔交易已关闭，付过的钱已原路退回，请查看支付宝账单。",
    en: "This trade is closed; what was paid has gone back. Please check your Alipay records.",
  },
};

/** How an attempt ended unpaid, each proven. Where the provider's code says why, that cause is shown instead. */
export const UNPAID_CAUSES: Record<UnpaidEnd, CauseText> = {
  never_sent: {
    family: "system",
    title: { zh: "请求没有发出", en: "The request wasn't sent" },
    cashier: {
      zh: "没有扣款，付款码没有用过。可以重新收款。",
      en: "No money was taken; the code wasn't used. You can charge again.",
    },
    customer: chargeAgain,
  },
  declined: {
    family: "buyer_account",
    title: { zh: "支付宝未能扣款", en: "Alipay couldn't charge" },
    cashier: {
      zh: "没有扣款。请顾客刷新付款码再试，或换一种付款方式。",
      en: "No money was taken. Ask for a refreshed code or another way of payment.",
    },
    customer: chargeAgain,
  },
  closed: {
    family: "operation",
    title: { zh: "已撤销，订单已关闭", en: "Reversed: order closed" },
    cashier: {
      zh: "没有扣款，订单已关闭。可以重新收款，用新的付款码。",
      en: "No money was taken and the order is closed. Charge again with a new code.",
    },
    customer: chargeAgain,
  },
  closed_in_doubt: {
    family: "operation",
    title: { zh: "已撤销，扣款会退回", en: "Reversed: any charge is back" },
    cashier: {
      zh: "订单已关闭，店里没有收到钱；若曾扣款，已原路退回。可以重新收款，用新的付款码。",
      en: "The order is closed and the shop has no money of it; a charge, if any, was sent back. Charge again with a new code.",
    },
    customer: {
      zh: "这笔没有付成；若曾扣款，已原路退回，请查看支付宝账单。",
      en: "This payment didn't go through. A charge, if any, was sent back; please check your Alipay records.",
    },
  },
  refunded: {
    family: "operation",
    title: { zh: "已撤销，钱已退回", en: "Reversed: money returned" },
    cashier: {
      zh: "曾扣款，已原路退回。告诉顾客，交给他撤销凭条；还要买就用新的付款码重新收。",
      en: "It was charged and sent back. Tell the customer, hand over the slip; charge anew with a new code.",
    },
    customer: {
      zh: "刚才的扣款已原路退回，请查看支付宝账单。",
      en: "The charge was sent back; please check your Alipay records.",
    },
  },
  never_seen: {
    family: "network",
    title: { zh: "支付宝没有收到请求", en: "Alipay never saw the request" },
    cashier: {
      zh: "没有扣款，支付宝查无此单，也不会再扣。可以重新收款，用新的付款码。",
      en: "No money was taken: Alipay has no such order and won't charge it later. Charge again with a new code.",
    },
    customer: chargeAgain,
  },
  rolled_back: {
    family: "provider_api",
    title: { zh: "支付宝撤回了付款", en: "Alipay took the payment back" },
    cashier: {
      zh: "先显示付款、后被支付宝撤回：本单没有收到钱，小票作废。请找店主，重新收款或收回商品。",
      en: "Alipay said paid, then took it back: we have no money and the receipt is void. Call the owner; charge again or keep the goods.",
    },
    customer: {
      zh: "支付宝撤回了这笔付款，请看一下账单。麻烦再付一次。",
      en: "Alipay took this payment back; please check your records. Could you pay once more?",
    },
  },
};

/** Never seen, and yet the charge was answered: what it was answered is the cause. Place: {why}. */
const NEVER_TAKEN: Text = {
  zh: "没有扣款：支付宝当时应答“{why}”，后来查无此单，也不会再扣。可以重新收款，用新的付款码。",
  en: 'No money was taken: Alipay answered "{why}", has no such order and won\'t charge it later. Charge again with a new code.',
};

const NEVER_TAKEN_UNVERIFIED: Text = {
  zh: "没有扣款：当时的应答没有通过验签，后来支付宝确认查无此单，也不会再扣。可以重新收款，用新的付款码；再这样请店主或技术支持核对应用编号和密钥。",
  en: "No money was taken: the answer couldn't be verified, and Alipay has since confirmed that it has no such order and won't charge it later. Charge again with a new code; if it happens again, the owner or support checks app id and keys.",
};

const noSuchOrder: Text = { zh: "支付宝查无此单", en: "Alipay has no such order" };

/**
 * The attempt ended as never seen; `cause` is why the answer to its charge had left it open. One that spoke of a payment is
 * told in the sentence only: as a headline it would say that this one was paid.
 */
export const neverTaken = (
  { code, family, title }: CauseView,
  spokeOfPayment: boolean,
): CauseView => ({
  code,
  family,
  title: spokeOfPayment ? noSuchOrder : title,
  cashier: code === "verify" ? NEVER_TAKEN_UNVERIFIED : fill(NEVER_TAKEN, { why: title }),
  customer: chargeAgain,
});
