/** Sales that took no money, and what may be said and done of them for that. */
import type { Attempt, UnpaidEnd } from "../payment/attempt.ts";
import { isLive } from "../payment/states.ts";
import { type SaleFacts, strayAttempt } from "./can.ts";

/** Took no money and waits only for somebody to press a button. */
export const tookNoMoney = (facts: SaleFacts): boolean =>
  facts.sale.state === "open" && !facts.attempts.some(isLive) && strayAttempt(facts) === null;

/**
 * Nothing was ever shown as paid for it, and nothing left the shop for it. One that had a receipt was taken back by the
 * provider, so its goods may have left; of another the cashier said that they have. Both stay open until a person deals
 * with them, and money that comes late for such goods is kept.
 */
export const endsWithDay = (facts: SaleFacts): boolean =>
  tookNoMoney(facts) && facts.receipt === null && facts.sale.goodsLeft === null;

/** The last charge never reached the provider's books, and of no earlier one money came, not even to go back. */
export const wasNeverCharged = ({ attempts }: SaleFacts): boolean =>
  attempts.at(-1)?.unpaidEnd === "never_seen" && attempts.every(tookNothing);

const tookNothing = ({ unpaidEnd, latePayment }: Attempt): boolean =>
  latePayment === null && unpaidEnd !== null && FATE[unpaidEnd] === "none";

/** Where the money of a charge is that ended unpaid. */
export const FATE: Readonly<Record<UnpaidEnd, "none" | "in_doubt" | "back" | "taken_back">> = {
  never_sent: "none",
  declined: "none",
  closed: "none",
  closed_in_doubt: "in_doubt",
  refunded: "back",
  never_seen: "none",
  rolled_back: "taken_back",
};
