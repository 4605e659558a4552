/** The sums of a day's money. */
import type { DayView } from "../../core/till/view.ts";
import type { MoneyRow } from "../../ports/journal.ts";

export function sumOf(rows: readonly MoneyRow[]): {
  readonly count: number;
  readonly amount_fen: number;
} {
  return { count: rows.length, amount_fen: rows.reduce((sum, one) => sum + one.amountFen, 0) };
}

/** How many rows, and the money that stayed. */
export function netOf(rows: readonly MoneyRow[]): {
  readonly count: number;
  readonly net_fen: number;
} {
  const of = (kind: MoneyRow["kind"]): number =>
    sumOf(rows.filter((one) => one.kind === kind)).amount_fen;
  return { count: rows.length, net_fen: of("paid") - of("refunded") };
}

export function byOperator(rows: readonly MoneyRow[]): DayView["by_operator"] {
  const paid = rows.filter((one) => one.kind === "paid");
  const numbers = [...new Set(paid.map((one) => one.operatorNo))].toSorted((a, b) =>
    a < b ? -1 : 1,
  );
  return numbers.map((no) => {
    const own = paid.filter((one) => one.operatorNo === no);
    return { no, name: own.at(-1)?.operatorName ?? no, ...sumOf(own) };
  });
}
