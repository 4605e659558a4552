/** What each screen, answer and display says about the money, in the auditor's own reading. */
import type { ShownFact } from "./facts.ts";

/** `paid`: money is in. `not_paid`: none stays taken. `open`: nobody knows yet. `nothing`: it isn't about money. */
export type Claim = "paid" | "not_paid" | "open" | "nothing";

const CLAIMS: Readonly<Record<ShownFact["where"], Readonly<Record<string, Claim>>>> = {
  screen: {
    sign_on: "nothing",
    amount: "nothing",
    same_amount: "nothing",
    show_code: "nothing",
    making_qr: "open",
    show_qr: "open",
    charging: "open",
    awaiting_buyer: "open",
    confirming: "open",
    reversing: "open",
    late_money: "open",
    declined: "not_paid",
    not_sent: "not_paid",
    reversed: "not_paid",
    rolled_back: "not_paid",
    paid_otherwise: "nothing",
    abandoned: "nothing",
    paid: "paid",
    held: "paid",
    doubtful: "paid",
    refund: "paid",
  },
  outcome: {
    none: "nothing",
    unknown: "open",
    paid: "paid",
    declined: "not_paid",
    reversed: "not_paid",
  },
  display: {
    idle: "nothing",
    show_code: "nothing",
    show_qr: "open",
    waiting: "open",
    confirming: "open",
    paid: "paid",
    not_paid: "not_paid",
  },
};

/** Null: a word that the auditor was never told the meaning of. */
export const claimOf = (shown: ShownFact): Claim | null => CLAIMS[shown.where][shown.name] ?? null;
