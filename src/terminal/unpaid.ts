/** The end of a sale that took no money: by itself after its only charge, or by the day's close. */
import { changedSale } from "../core/payment/sale.ts";
import { endsWithDay } from "../core/till/no-money.ts";
import type { SaleRecord } from "../ports/journal.ts";
import type { Decision } from "./book.ts";
import type { TerminalSettings } from "./config.ts";
import { say } from "./learn.ts";

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
