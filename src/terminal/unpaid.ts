/** The end of a sale that took no money: by itself after its only charge, or by the day's close. */
import { changedSale } from "../core/payment/sale.ts";
import { isLive } from "../core/payment/states.ts";
import { strayAttempt } from "../core/till/can.ts";
import type { SaleRecord } from "../ports/journal.ts";
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
