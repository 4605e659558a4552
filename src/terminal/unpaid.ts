/** The end of a sale that took no money: by itself after its only charge, or by the day's close. */
import { changedSale } from "../core/payment/sale.ts";
import { isLive } from "../core/payment/states.ts";
import { strayAttempt } from "../core/till/can.ts";
import type { Journal, SaleRecord, SaleRow } from "../ports/journal.ts";
import type { Decision } from "./book.ts";
import type { TerminalSettings } from "./config.ts";
import { say } from "./learn.ts";

/** Took no money and waits only for somebody to press a button. */
export const tookNoMoney = (record: SaleRecord): boolean =>
  record.sale.state === "open" && !record.attempts.some(isLive) && strayAttempt(record) === null;

/**
 * Nothing was ever shown as paid for it, and nothing left the shop for it. One that had a receipt was taken back by the
 * provider, so its goods may have left; of another the cashier said that they have. Both stay open until a person deals
 * with them, and money that comes late for such goods is kept.
 */
export const endsWithDay = (record: SaleRecord): boolean =>
  tookNoMoney(record) && record.receipt === null && record.sale.goodsLeft === null;

/**
 * Nobody stands at the till to press "cancel" for a sale of one charge: once that is decided without money the sale is
 * over. Not after a roll-back, or when the goods have left: somebody is to charge again.
 */
export const endsByItself = (record: SaleRecord): boolean =>
  record.sale.oneShot === true && record.attempts.length > 0 && endsWithDay(record);

export function endedUnpaid(
  record: SaleRecord,
  now: { readonly nowMs: number; readonly settings: TerminalSettings },
): Decision<true> {
  const sale = changedSale(record.sale, { state: "unpaid" }, now.nowMs);
  return {
    record: { ...record, sale },
    events: [say(record, now, "sale_unpaid", {})],
    result: true,
  };
}

const pageSize = 200;
/** So long before a day a sale may have begun that ended in it. */
const carriedMs = 3_600_000;

/** How many sales were charged and have ended without money since then. Cash instead is no such end. */
export function unpaidSince(journal: Pick<Journal, "sales">, fromMs: number): number {
  let count = 0;
  for (let before: string | null = null; ;) {
    const page: readonly SaleRow[] = journal.sales(pageSize, before);
    count += page.filter((row) => endedWithoutMoney(row, fromMs)).length;
    const last = page.at(-1)?.sale;
    if (last === undefined || page.length < pageSize) return count;
    if (last.createdAtMs < fromMs - carriedMs) return count;
    before = last.id;
  }
}

function endedWithoutMoney({ sale, attempt }: SaleRow, fromMs: number): boolean {
  if (sale.state === "paid" || sale.state === "paid_otherwise" || attempt === null) return false;
  const hasEnded = attempt.state === "declined" || attempt.state === "reversed";
  return hasEnded && attempt.endedAtMs !== null && attempt.endedAtMs >= fromMs;
}
