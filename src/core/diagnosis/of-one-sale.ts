/** What was wrong with one sale's buyer, amount or handling says nothing about the box. */
import type { CauseFamily } from "../till/view.ts";

export const ofOneSale: ReadonlySet<CauseFamily> = new Set([
  "buyer_account",
  "amount_or_input",
  "operation",
]);
