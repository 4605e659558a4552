/** A business day in words: what was taken, what went back, what is open, and what was counted. */
import { figureText } from "../core/money/money.ts";
import { fill, type Text } from "../core/text/text.ts";
import { dayClockText } from "../core/till/clock.ts";
import type { DayView } from "../core/till/view.ts";
import { below } from "./words.ts";

export const dayWords = (day: DayView): readonly string[] => [
  below(headOf(day)),
  below(spanOf(day)),
  ...day.earlier_days.map((one) =>
    below(fill(EARLIER, { date: one.date, count: one.count, net: figureText(one.net_fen) })),
  ),
  below(moneyOf(day)),
  below(fill(REST, { unpaid: day.unpaid_count, open: day.open_sales.length })),
  ...(day.unopened_count === 0 ? [] : [below(fill(UNOPENED, { count: day.unopened_count }))]),
  ...openWords(day),
  ...countedOf(day).map((one) => below(one)),
];

export const openWords = ({ open_sales: open }: DayView): readonly string[] =>
  open.map((one) => {
    const values = { amount: figureText(one.amount_fen), no: one.order_no ?? one.sale_id };
    return below(fill(openLine, { ...values, why: one.why }));
  });
const openLine: Text = { zh: "未结 {amount}  {no}  {why}", en: "Open {amount}  {no}  {why}" };

const headOf = ({ date, close_no: no }: DayView): Text =>
  no === null
    ? fill({ zh: "{date}（未日结）", en: "{date} (not closed)" }, { date })
    : fill({ zh: "{date} 日结第 {no} 号", en: "{date} close no. {no}" }, { date, no });

function spanOf({ opened_at: opened, closed_at: closed }: DayView): Text {
  const from = dayClockText(opened);
  return closed === null
    ? fill({ zh: "{from} 开始", en: "Since {from}" }, { from })
    : fill(
        { zh: "营业起止 {from} 至 {until}", en: "From {from} to {until}" },
        { from, until: dayClockText(closed) },
      );
}

/** Why the sum is larger than this day's. */
const EARLIER: Text = {
  zh: "并入 {date}（以前没有日结）{count} 笔，净 {net}",
  en: "With {date} (never closed): {count}, net {net}",
};

const REST: Text = {
  zh: "未收成 {unpaid} 笔，未结 {open} 笔",
  en: "Not paid {unpaid}, still open {open}",
};

const UNOPENED: Text = {
  zh: "电子小票还没打开 {count} 笔（日结后不再等纸质小票）",
  en: "E-receipts not opened yet {count}; a close ends the wait for their paper",
};

function moneyOf({ paid, refunded, rolled_back: rolledBack, net_fen: netFen }: DayView): Text {
  const amount = figureText(rolledBack.amount_fen);
  return fill(MONEY, {
    paid: paid.count,
    paidAmount: figureText(paid.amount_fen),
    back: refunded.count - rolledBack.count,
    backAmount: figureText(refunded.amount_fen - rolledBack.amount_fen),
    taken: rolledBack.count === 0 ? NONE : fill(TAKEN, { count: rolledBack.count, amount }),
    net: figureText(netFen),
  });
}

const NONE: Text = { zh: "", en: "" };
const TAKEN: Text = {
  zh: "，渠道撤回 {count} 笔 {amount}",
  en: ", taken back by the provider {count}, {amount}",
};
const MONEY: Text = {
  zh: "收款 {paid} 笔 {paidAmount}，退款 {back} 笔 {backAmount}{taken}，净 {net}",
  en: "Paid {paid}, {paidAmount}; refunded {back}, {backAmount}{taken}; net {net}",
};

function countedOf({ counted, paid_otherwise: otherwise }: DayView): readonly Text[] {
  if (counted === null) return [];
  const { cash_fen: cashFen, cash_difference_fen: overFen, slips } = counted;
  const cash = (fenCounted: number): Text =>
    fill(CASH, {
      cash: figureText(fenCounted),
      due: figureText(otherwise.amount_fen),
      over: figureText(overFen ?? 0),
    });
  return [
    ...(cashFen === null ? [] : [cash(cashFen)]),
    ...(slips === null ? [] : [fill(SLIPS, { slips })]),
  ];
}

const CASH: Text = {
  zh: "清点现金 {cash}，应有 {due}，差额 {over}",
  en: "Cash counted {cash}, due {due}, difference {over}",
};
const SLIPS: Text = { zh: "清点小票 {slips} 张", en: "Slips counted {slips}" };
