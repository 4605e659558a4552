/**
 * Whose a data folder is, from its files at rest: for doctor, and for a start before it makes anything in the folder. A
 * sandbox that was started would leave its own folder behind, and that is read as a demo's.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { settingAtRest, soldAtRest } from "../adapters/store/sqlite/inspect.ts";
import type { EarlierSales, ProviderIdentity } from "../core/payment/provider-identity.ts";
import type { TieRefusal } from "../core/text/provider-tie.ts";
import { ledgerPath } from "./hub-part.ts";
import { checkTie, identityKey, identityOf, refusalOf, type Ties } from "./provider-tie.ts";
import { journalPath } from "./terminal-part.ts";

export interface AtRest {
  readonly earlier: EarlierSales;
  /** Of the store that refuses, else of the first that is tied. */
  readonly stored: ProviderIdentity | null;
  readonly why: TieRefusal | null;
}

export function tieAtRest(ties: Ties): AtRest {
  const stores = [ledgerPath(ties.data), journalPath(ties.data)];
  const tied = stores.map((path) => identityOf(settingAtRest(path, identityKey)));
  const earlier = tied.every((one) => one === null) ? earlierSales(ties.data, stores) : "none";
  const found = tied.map((stored) => ({ earlier, stored, why: refusalOf(ties, stored, earlier) }));
  return (
    found.find((one) => one.why !== null) ??
    found.find((one) => one.stored !== null) ?? { earlier, stored: null, why: null }
  );
}

/** Throws in words a person can act on. */
export function refuseAtRest(ties: Ties): void {
  const { stored, earlier } = tieAtRest(ties);
  checkTie(ties, stored, earlier);
}

/**
 * One receipt of real money says it: only its own account can tell of it, whatever a demo has added. Without any receipt
 * the box's own sandbox says it: where it never ran, charges went to Alipay.
 */
function earlierSales(data: string, stores: readonly string[]): EarlierSales {
  const sold = stores.map(soldAtRest);
  if (sold.some((one) => one.receipts === "some_live")) return "live";
  if (sold.some((one) => one.receipts === "play")) return "play";
  if (!sold.some((one) => one.hasCharges)) return "none";
  return existsSync(join(data, "sandbox")) ? "play" : "alipay";
}
