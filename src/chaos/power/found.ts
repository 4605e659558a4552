/** The stores as a cut left them: opened by the program's own code, then read as anybody could. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { openJournal } from "../../adapters/store/sqlite/journal.ts";
import { openLedger } from "../../adapters/store/sqlite/ledger.ts";
import { type Doc, Rows } from "../facts/rows.ts";
import type { Stores } from "./promises.ts";
import { storeFiles } from "./recording.ts";

/** Puts the files there as they are, and nothing else. */
export function layDown(folder: string, files: ReadonlyMap<string, Buffer>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of files) writeFileSync(join(folder, basename(path)), bytes);
}

/** The stores of a data folder are replaced by these; everything else in it stays. */
export function restore(data: string, files: ReadonlyMap<string, Buffer>): void {
  for (const name of storeFiles) {
    rmSync(join(data, name), { force: true });
    rmSync(join(data, `${name}-shm`), { force: true });
  }
  for (const [path, bytes] of files) writeFileSync(path, bytes);
}

/** What is wrong with the stores themselves, or null: they open, they are whole, and so are their logs. */
export async function openingFault(folder: string): Promise<string | null> {
  try {
    const journal = openJournal(join(folder, "journal.db"), { ballastBytes: 0 });
    const journalBreak = journal.brokenChain();
    const { checked } = journal.health();
    await journal.close();
    const ledger = await openLedger(join(folder, "ledger.db"), { ballastBytes: 0, inThread: true });
    const ledgerBreak = await ledger.brokenChain();
    const { checked: ledgerChecked } = await ledger.health();
    await ledger.close();
    const broken = journalBreak ?? ledgerBreak;
    if (broken !== null) return `the log ${broken.stream} is broken at ${broken.seq}`;
    const damaged = checked === "damaged" || ledgerChecked === "damaged";
    return damaged ? "a store is damaged" : null;
  } catch (error) {
    return `a store doesn't open: ${String(error)}`;
  }
}

export function readStores(folder: string): Stores {
  const journal = new Rows(join(folder, "journal.db"));
  const ledger = new Rows(join(folder, "ledger.db"));
  try {
    const sales = byField(journal.docs("sale"), "id");
    const attempts = byField(journal.docs("attempt"), "orderNo");
    const receipts = byField(journal.docs("receipt"), "saleId");
    const jobs = Map.groupBy(journal.docs("job"), (doc) => String(doc["receiptNumber"]));
    const orders = byField(ledger.docs("attempt WHERE state <> 'withdrawn'"), "orderNo");
    return {
      saleState: (saleId) => text(sales.get(saleId), "state"),
      attemptState: (orderNo) => text(attempts.get(orderNo), "state"),
      receiptOf: (saleId) => text(receipts.get(saleId), "number"),
      jobStates: (number) => (jobs.get(number) ?? []).map((doc) => String(doc["state"])),
      hubState: (orderNo) => text(orders.get(orderNo), "state"),
    };
  } finally {
    journal.close();
    ledger.close();
  }
}

const byField = (docs: readonly Doc[], field: string): ReadonlyMap<string, Doc> =>
  new Map(docs.map((doc) => [String(doc[field]), doc]));

const text = (doc: Doc | undefined, field: string): string | null =>
  doc === undefined ? null : String(doc[field]);
