/** Money that came and isn't the sale's: late, doubled, or of a payment whose reversal was refused for good. */
import type { Attempt } from "../payment/attempt.ts";
import { besideCash, extraText } from "../text/extra.ts";
import { fill, type Text } from "../text/text.ts";
import { fen, yuanText } from "../money/money.ts";
import { extraAttempts, givenBackFen, refundIsOpen, type SaleFacts } from "./can.ts";
import { FATE } from "./no-money.ts";
import type { ExtraView, SaleView } from "./view.ts";

/** What is to be told of such money: what hasn't gone back comes before what has. Null where none came. */
export function extraOf(facts: SaleFacts): ExtraView | null {
  const all = extraAttempts(facts);
  const one = all.find((each) => leftOf(facts, each) > 0) ?? all.at(-1);
  if (one === undefined) return null;
  const left = leftOf(facts, one);
  const ways = facts.refunds.filter(({ orderNo }) => orderNo === one.orderNo);
  const isKept = ways.length > 0 && !ways.some(refundIsOpen);
  return {
    order_no: one.orderNo,
    amount_fen: one.amountFen,
    left_fen: left,
    state: left <= 0 ? "back" : isKept ? "kept" : "going_back",
  };
}

const leftOf = (facts: SaleFacts, attempt: Attempt): number =>
  attempt.amountFen - givenBackFen(facts, attempt);

type Own = Pick<SaleView, "state" | "amount_fen" | "refunded_fen">;

const whereItIs = (sale: Own): keyof typeof extraText => {
  if (sale.state === "paid") return sale.refunded_fen >= sale.amount_fen ? "refunded" : "paid";
  return sale.state === "paid_otherwise" ? "paid_otherwise" : "none";
};

/** What it says of such a sale: where the sale's own money is, and what becomes of the rest. */
export function extraWords(sale: Own, extra: ExtraView): Text {
  const words = extraText[whereItIs(sale)];
  const amountFen = extra.state === "back" ? extra.amount_fen : extra.left_fen;
  return fill(words[extra.state], { amount: yuanText(fen(amountFen)) });
}

/** Of several charges the one whose money moved furthest is told. */
const TOLD_FIRST = ["back", "in_doubt", "taken_back"] as const;

/** What became of the charges of a sale that was paid in another way, all of which have ended without money here. */
export function besideCashWords(attempts: readonly Attempt[]): Text {
  const ended = attempts.map((one) => FATE[one.unpaidEnd ?? "closed"]);
  const fate = TOLD_FIRST.find((one) => ended.includes(one)) ?? "none";
  const backFen = attempts
    .filter(({ unpaidEnd }) => unpaidEnd === "refunded")
    .reduce((sum, one) => sum + one.amountFen, 0);
  return fill(besideCash[fate], { amount: yuanText(fen(backFen)) });
}
