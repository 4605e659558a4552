/** "This sale" only of the sale that is asked about; whatever was seen of another says so, and of which. */
import { fen, yuanText } from "../money/money.ts";
import { fill, type Text } from "../text/text.ts";
import type { SaleFacts } from "../till/can.ts";
import type { About, EvidenceLine } from "./finding.ts";

const t = (zh: string, en: string): Text => ({ zh, en });

const WORDS = {
  own: t("这笔{text}", "this sale: {text}"),
  other: t("另一笔{which}：{text}", "another sale{which}: {text}"),
  any: t("一笔{which}：{text}", "a sale{which}: {text}"),
  byOrder: t("（订单尾号 {tail}）", " (order …{tail})"),
  byAmount: t("（￥{amount}）", " (¥{amount})"),
  byBoth: t("（￥{amount}，订单尾号 {tail}）", " (¥{amount}, order …{tail})"),
  byNothing: t("", ""),
} as const;

const tailLength = 6;

/** `sale`: the asked one, null: the box as such; `known`: sales whose amounts are at hand. */
export const toldOf =
  (sale: SaleFacts | null, known: readonly SaleFacts[]) =>
  (line: EvidenceLine): EvidenceLine => {
    const { about, text } = line;
    if (about === undefined) return line;
    if (sale !== null && isOf(sale, about))
      return about.always ? { ...line, text: fill(WORDS.own, { text }) } : line;
    const which = whichOf(about, known);
    if (sale === null && which === WORDS.byNothing) return line;
    return { ...line, text: fill(sale === null ? WORDS.any : WORDS.other, { which, text }) };
  };

const isOf = ({ sale, attempts }: SaleFacts, { saleId, orderNo }: About): boolean =>
  saleId === sale.id || attempts.some((one) => one.orderNo === orderNo);

function whichOf(about: About, known: readonly SaleFacts[]): Text {
  const facts = known.find((one) => isOf(one, about));
  const tail = about.orderNo?.slice(-tailLength);
  if (facts === undefined)
    return tail === undefined ? WORDS.byNothing : fill(WORDS.byOrder, { tail });
  const amount = yuanText(fen(facts.sale.amountFen));
  return tail === undefined
    ? fill(WORDS.byAmount, { amount })
    : fill(WORDS.byBoth, { amount, tail });
}
