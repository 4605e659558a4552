/**
 * Durable commits a second of journal and ledger, beside a raw loop of writes and fsyncs on the same disk in the same
 * run: disks differ by more than stores do, so only the ratio says something.
 *   node bench/store.ts            prints it
 *   node bench/store.ts start N    how long a journal with N past sales takes to open, in ms
 */
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync } from "node:fs";
import { rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openJournal } from "../src/adapters/store/sqlite/journal.ts";
import { openLedger } from "../src/adapters/store/sqlite/ledger.ts";
import type { Journal, JournalWrite } from "../src/ports/journal.ts";
import type { Ledger } from "../src/ports/ledger.ts";
import { attempt, event, job, money, next, receipt, sale } from "../test/contract/store-samples.ts";

export interface StoreRun {
  /** Callers that each wait for one commit before they ask for the next. */
  readonly atOnce: number;
  readonly commitsPerSecond: number;
  /** Commits a second for each raw write and fsync a second. Above 1: several share one fsync. */
  readonly ratio: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU of the calling thread for a commit, in µs. */
  readonly callerMicros: number;
}

export interface StoreBench {
  /** Of the ledger at 32 at once, the hub's usual way of working. */
  readonly commitsPerSecond: number;
  /** Raw: 4 KiB written over the same place, then fsync. */
  readonly fsyncsPerSecond: number;
  readonly ratio: number;
  readonly journal: readonly StoreRun[];
  readonly ledger: readonly StoreRun[];
  readonly ledgerInThread: readonly StoreRun[];
}

const atOnce = [1, 32] as const;

/** Each step resolves when it is durable; three make a sale. */
type Steps = (n: number) => readonly (() => Promise<unknown>)[];

function rawFsyncsPerSecond(folder: string, forMs: number): number {
  const file = openSync(join(folder, "raw"), "w");
  const block = Buffer.alloc(4096, 1);
  const startMs = performance.now();
  let count = 0;
  for (; performance.now() - startMs < forMs; count += 1) {
    writeSync(file, block, 0, block.length, 0);
    fsyncSync(file);
  }
  closeSync(file);
  return (count / (performance.now() - startMs)) * 1000;
}

const inJournal =
  (journal: Journal): Steps =>
  (n) => {
    const told = [event("T01", { saleId: `S${n}` })];
    const sent = next(attempt(n), { state: "sending" });
    const paid = next(sent, { state: "paid", providerTradeNo: `P${n}` });
    const first: readonly JournalWrite[] = [
      { kind: "sale", sale: sale(n), settled: false },
      { kind: "attempt", attempt: attempt(n) },
    ];
    const last: readonly JournalWrite[] = [
      { kind: "sale", sale: sale(n, { state: "paid", version: 2 }), settled: true },
      { kind: "attempt", attempt: paid },
      { kind: "receipt", receipt: receipt(n) },
      { kind: "job", job: job(n) },
      { kind: "money", row: money(n) },
    ];
    return [
      () => journal.commit(first, told),
      () => journal.commit([{ kind: "attempt", attempt: sent }], told),
      () => journal.commit(last, told),
    ];
  };

const inLedger =
  (ledger: Ledger): Steps =>
  (n) => {
    const told = [event(`S${n}`, { saleId: `S${n}` })];
    const sent = next(attempt(n), { state: "sending", dueAtMs: n + 5000 });
    const paid = next(sent, { state: "paid", providerTradeNo: `P${n}`, dueAtMs: null });
    return [
      () => ledger.commit([{ kind: "insert_attempt", attempt: attempt(n) }], told),
      () => ledger.commit([{ kind: "update_attempt", attempt: sent }], told),
      () => ledger.commit([{ kind: "update_attempt", attempt: paid }], told),
    ];
  };

async function measure(
  steps: Steps,
  callers: number,
  forMs: number,
  fsyncsPerSecond: number,
): Promise<StoreRun> {
  const tookMs: number[] = [];
  const cpuBefore = process.threadCpuUsage();
  const startMs = performance.now();
  const caller = async (_: unknown, who: number): Promise<void> => {
    for (let n = who; performance.now() - startMs < forMs; n += callers) {
      for (const step of steps(n)) {
        const askedMs = performance.now();
        await step();
        tookMs.push(performance.now() - askedMs);
      }
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - startMs) / 1000;
  const cpu = process.threadCpuUsage(cpuBefore);
  const sorted = tookMs.toSorted((a, b) => a - b);
  const commitsPerSecond = tookMs.length / seconds;
  return {
    atOnce: callers,
    commitsPerSecond,
    ratio: commitsPerSecond / fsyncsPerSecond,
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    callerMicros: (cpu.user + cpu.system) / tookMs.length,
  };
}

interface Store {
  close(): Promise<void>;
}

/** A folder on the disk of the checkout: the system's temporary folder is often memory. */
export function newFolder(): string {
  mkdirSync(".build", { recursive: true });
  return mkdtempSync(join(".build", "bench-store-"));
}

/** Takes about `forMs` for each of seven runs. */
export async function benchStore(forMs = 1500): Promise<StoreBench> {
  const folder = newFolder();
  try {
    const fsyncsPerSecond = rawFsyncsPerSecond(folder, forMs);
    const runs = async <S extends Store>(
      name: string,
      open: (path: string) => S | Promise<S>,
      steps: (store: S) => Steps,
    ): Promise<readonly StoreRun[]> => {
      const results: StoreRun[] = [];
      for (const callers of atOnce) {
        const store = await open(join(folder, `${name}${callers}.db`));
        results.push(await measure(steps(store), callers, forMs, fsyncsPerSecond));
        await store.close();
      }
      return results;
    };
    const journal = await runs("journal", (path) => openJournal(path), inJournal);
    const ledger = await runs("ledger", (path) => openLedger(path), inLedger);
    const ledgerInThread = await runs(
      "ledger-in-thread",
      (path) => openLedger(path, { inThread: true }),
      inLedger,
    );
    const { commitsPerSecond = 0, ratio = 0 } = ledger.at(-1) ?? {};
    return { commitsPerSecond, fsyncsPerSecond, ratio, journal, ledger, ledgerInThread };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface JournalStart {
  readonly pastSales: number;
  readonly openSales: number;
  readonly fileMegabytes: number;
  /** Opening the file and loading the open sales: after a clean stop. */
  readonly startMs: number;
}

/** Settled sales S0 …, and after them open ones. */
export async function fillJournal(
  path: string,
  pastSales: number,
  openSales: number,
): Promise<void> {
  const filling = openJournal(path);
  const steps = inJournal(filling);
  for (let n = 0; n < pastSales; n += 500) {
    const sales = Array.from({ length: Math.min(500, pastSales - n) }, (_, at) => steps(n + at));
    for (const step of [0, 1, 2]) await Promise.all(sales.map(async (one) => one[step]?.()));
  }
  for (let n = 0; n < openSales; n += 1) await steps(pastSales + n)[0]?.();
  await filling.close();
}

/** Fills a journal with `pastSales` settled sales and 100 open ones, and opens it again. */
export async function benchJournalStart(pastSales: number): Promise<JournalStart> {
  const folder = newFolder();
  const path = join(folder, "journal.db");
  const openSales = 100;
  try {
    await fillJournal(path, pastSales, openSales);
    const beforeMs = performance.now();
    const journal = openJournal(path);
    const { records } = journal.open();
    const startMs = performance.now() - beforeMs;
    await journal.close();
    if (records.length !== openSales) throw new Error(`${records.length} open sales`);
    return { pastSales, openSales, fileMegabytes: statSync(path).size / 2 ** 20, startMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const [, , command, count] = process.argv;
  const result = command === "start" ? await benchJournalStart(Number(count)) : await benchStore();
  console.log(JSON.stringify(result, (_, value: unknown) => rounded(value), 2));
}

function rounded(value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}
