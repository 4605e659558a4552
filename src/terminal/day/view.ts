/** The business day in sums: what was taken and given back, and why a sale stays open over its close. */
import type { Fen } from "../../core/money/money.ts";
import { REFUND_ENDS } from "../../core/payment/refund-step.ts";
import { awaitsProof } from "../../core/payment/states.ts";
import { waitsForEReceipt } from "../../core/printing/job.ts";
import { chinaDay, rfc3339China } from "../../core/rules/time.ts";
import type { Text } from "../../core/text/text.ts";
import { strayAttempt } from "../../core/till/can.ts";
import { endsWithDay, tookNoMoney } from "../../core/till/no-money.ts";
import type { DayView } from "../../core/till/view.ts";
import type { MoneyRow, SaleRecord } from "../../ports/journal.ts";
import { needsWork, receiptIsSettled } from "../book.ts";
import { isRollBack } from "../learn.ts";
import type { OpenDay } from "./open-day.ts";

export interface Counted {
  readonly cashFen: Fen | null;
  readonly slips: number | null;
}

/** All null while the day is open. */
export interface DayClose {
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly closeNo: number | null;
  readonly counted: Counted | null;
}

interface DayFacts {
  readonly day: Pick<OpenDay, "label" | "openedAtMs">;
  readonly date: string;
  /** With the earlier ones. */
  readonly money: readonly MoneyRow[];
  readonly earlier: readonly { readonly label: string; readonly money: readonly MoneyRow[] }[];
  readonly unpaidCount: number;
  readonly unopenedCount: number;
  /** Sales that don't end with the day. */
  readonly open: readonly SaleRecord[];
}

export function dayView(
  close: DayClose,
  { day, date, money, earlier, unpaidCount, unopenedCount, open }: DayFacts,
): DayView {
  const paid = sumOf(money.filter((one) => one.kind === "paid"));
  const refunded = sumOf(money.filter((one) => one.kind === "refunded"));
  const otherwise = sumOf(money.filter((one) => one.kind === "paid_otherwise"));
  return {
    business_day: day.label,
    date,
    opened_at: rfc3339China(day.openedAtMs),
    closed_at: close.closedAt,
    closed_by: close.closedBy,
    close_no: close.closeNo,
    earlier_days: earlier.map((one) => ({
      business_day: one.label,
      date: dateOf(one.money) ?? one.label,
      ...netOf(one.money),
    })),
    paid,
    refunded,
    rolled_back: sumOf(money.filter(isRollBack)),
    net_fen: paid.amount_fen - refunded.amount_fen,
    unpaid_count: unpaidCount,
    unopened_count: unopenedCount,
    paid_otherwise: otherwise,
    by_method: (["code", "qr"] as const).map((method) => ({
      method,
      ...sumOf(money.filter((one) => one.kind === "paid" && one.method === method)),
    })),
    by_operator: byOperator(money),
    open_sales: open.map((one) => ({
      sale_id: one.sale.id,
      order_no: one.attempts.at(-1)?.orderNo ?? null,
      amount_fen: one.sale.amountFen,
      why: whyOpen(one),
    })),
    counted:
      close.counted === null
        ? null
        : {
            cash_fen: close.counted.cashFen,
            cash_difference_fen:
              close.counted.cashFen === null ? null : close.counted.cashFen - otherwise.amount_fen,
            slips: close.counted.slips,
          },
  };
}

/** Once the sales that end with the day have been ended. */
export const staysOpen = (record: SaleRecord): boolean =>
  needsWork(
    endsWithDay(record) ? { ...record, sale: { ...record.sale, state: "unpaid" } } : record,
  );

function whyOpen(record: SaleRecord): Text {
  if (strayAttempt(record) !== null) return moneyToGiveBack;
  if (record.attempts.some(awaitsProof)) return outcomeOpen;
  if (record.refunds.some((one) => !REFUND_ENDS[one.state])) return refundOpen;
  if (tookNoMoney(record) && record.receipt !== null) return takenBack;
  if (tookNoMoney(record) && record.sale.goodsLeft !== null) return goodsUnpaid;
  const isMissed = !receiptIsSettled(record) && !record.jobs.some(waitsForEReceipt);
  if (record.sale.state === "paid" && isMissed) return paperOpen;
  return slipOpen;
}

const refundOpen: Text = {
  zh: "退款结果还在确认",
  en: "The outcome of a refund is still being confirmed",
};
const slipOpen: Text = {
  zh: "钱已有结论，凭条还没有出来",
  en: "The money is settled; a slip hasn't come out yet",
};
const moneyToGiveBack: Text = {
  zh: "有一笔款项要退回，还没有退成",
  en: "Money has to go back and hasn't yet",
};
const takenBack: Text = {
  zh: "支付宝把这笔钱撤回了，本单没有收到钱；请在收银台再收、改收现金或取消",
  en: "Alipay took the money back; the sale has none. At the till charge it again, take cash, or cancel it",
};
const goodsUnpaid: Text = {
  zh: "货已带走，没有收到钱；请在收银台再收、改收现金或取消",
  en: "The goods have left, and no money came. At the till charge it again, take cash, or cancel it",
};
const outcomeOpen: Text = {
  zh: "付款结果还在确认",
  en: "The outcome of the payment is still being confirmed",
};
const paperOpen: Text = {
  zh: "已收款，小票还没有出来",
  en: "Paid; its receipt hasn't come out yet",
};

export function sumOf(rows: readonly MoneyRow[]): {
  readonly count: number;
  readonly amount_fen: number;
} {
  return { count: rows.length, amount_fen: rows.reduce((sum, one) => sum + one.amountFen, 0) };
}

/** When this money was taken; null for none. */
export const dateOf = ([first]: readonly MoneyRow[]): string | null =>
  first === undefined ? null : chinaDay(first.atMs);

/** How many rows, and the money that stayed. */
function netOf(rows: readonly MoneyRow[]): { readonly count: number; readonly net_fen: number } {
  const of = (kind: MoneyRow["kind"]): number =>
    sumOf(rows.filter((one) => one.kind === kind)).amount_fen;
  return { count: rows.length, net_fen: of("paid") - of("refunded") };
}

function byOperator(rows: readonly MoneyRow[]): DayView["by_operator"] {
  const paid = rows.filter((one) => one.kind === "paid");
  const numbers = [...new Set(paid.map((one) => one.operatorNo))].toSorted((a, b) =>
    a < b ? -1 : 1,
  );
  return numbers.map((no) => {
    const own = paid.filter((one) => one.operatorNo === no);
    return { no, name: own.at(-1)?.operatorName ?? no, ...sumOf(own) };
  });
}
