/** What the commands say of a sale: how it ended, what to do now, and its numbers. */
import { figureText } from "../core/money/money.ts";
import { frameText } from "../core/text/frame.ts";
import { fill, type Text } from "../core/text/text.ts";
import type { CauseView, SaleView } from "../core/till/view.ts";
import { below } from "./words.ts";

const OUTCOMES: Readonly<Record<NonNullable<SaleView["outcome"]>, Text>> = {
  paid: { zh: "已收款 {amount}", en: "Paid {amount}" },
  declined: { zh: "未收款 {amount}", en: "Not paid {amount}" },
  reversed: { zh: "已撤销，未收款 {amount}", en: "Reversed, not paid {amount}" },
  unknown: {
    zh: "结果待确认 {amount}",
    en: "Outcome not known yet {amount}",
  },
};
/** Alipay never had the order: nothing was there to be reversed. */
const neverCharged: Text = { zh: "没有扣款 {amount}", en: "Nothing charged {amount}" };
const refundedWhole: Text = { zh: "已全额退款 {amount}", en: "Refunded in full {amount}" };
const refundedPart: Text = {
  zh: "已收款，部分已退 {amount}",
  en: "Paid, part of it refunded {amount}",
};
const demo: Text = { zh: "{said}（{demo}）", en: "{said} ({demo})" };

function outcomeOf(sale: SaleView): Text {
  if (sale.never_charged) return neverCharged;
  if (sale.outcome !== "paid" || sale.refunded_fen === 0)
    return OUTCOMES[sale.outcome ?? "unknown"];
  return sale.refunded_fen >= sale.amount_fen ? refundedWhole : refundedPart;
}

export function saleWords(sale: SaleView): string {
  const { attempt, receipt, cause } = sale;
  const said = fill(outcomeOf(sale), { amount: figureText(sale.amount_fen) });
  const head = sale.livemode ? said : fill(demo, { said, demo: frameText.demo });
  const lines = [
    below(head),
    below(sale.advice),
    ...(cause === null ? [] : [causeWords(cause)]),
    ...(attempt === null ? [] : [row(orderLabel(attempt.order_no), tradeLabel(attempt))]),
    ...(receipt === null ? [] : [row(receiptLabel(receipt.number), urlLabel(receipt))]),
  ];
  return lines.join("\n");
}

export const causeWords = ({ title, code }: CauseView): string =>
  below(fill(because, { why: title, code }));

const because: Text = { zh: "原因：{why}（{code}）", en: "Cause: {why} ({code})" };

export const row = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join("  ");

export const orderLabel = (no: string | undefined): string => `订单号 order ${no ?? "—"}`;
export const receiptLabel = (number: string | undefined): string =>
  `小票号 receipt ${number ?? "—"}`;
const tradeLabel = ({ provider_trade_no: no }: NonNullable<SaleView["attempt"]>): string | null =>
  no === null ? null : `渠道交易号 trade ${no}`;
const urlLabel = ({ url }: NonNullable<SaleView["receipt"]>): string | null =>
  url === null ? null : `电子小票 e-receipt ${url}`;
