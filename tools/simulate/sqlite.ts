/**
 * The real SQLite stores under the simulation: files on a disk in memory, so that a sync costs nothing. What a crash
 * loses is decided above them, as with the stores in memory.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openJournal } from "../../src/adapters/store/sqlite/journal.ts";
import { openLedger } from "../../src/adapters/store/sqlite/ledger.ts";
import type { StoredEvent } from "../../src/ports/ledger.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import type { Engines, Insight } from "../../src/simulation/stores/engine.ts";
import { quickHash } from "../../src/simulation/world/hash.ts";

const memoryDisk = "/dev/shm";
const settings = {
  ballastBytes: 0,
  world: { sha256: quickHash },
  soon: (flush: () => void): void => flush(),
} as const;

/** Everything of one seed; `close` removes its files. */
export function sqliteEngines(drain: () => void): Engines {
  const folder = mkdtempSync(join(memoryDisk, "chupiao-simulate-"));
  let count = 0;
  const path = (): string => join(folder, `${(count += 1)}.db`);
  return {
    journal() {
      const file = path();
      const journal = openJournal(file, settings);
      return { journal, insight: insightOf(file, () => journal.close()) };
    },
    ledger() {
      const file = path();
      const ledger = arriving(openLedger(file, { ...settings, inThread: true }));
      // Promises alone stand between this call and the file: the drain runs them.
      const close = (): Promise<void> => {
        const closed = ledger.close();
        drain();
        return closed;
      };
      return { ledger, insight: insightOf(file, close) };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Opening is a promise that needs no more than a turn: each call waits for it. */
function arriving(opened: Promise<Ledger>): Ledger {
  return {
    commit: async (...given) => (await opened).commit(...given),
    attempt: async (...given) => (await opened).attempt(...given),
    attemptByOrder: async (...given) => (await opened).attemptByOrder(...given),
    attemptsOfSale: async (...given) => (await opened).attemptsOfSale(...given),
    refund: async (...given) => (await opened).refund(...given),
    refundsOfOrder: async (...given) => (await opened).refundsOfOrder(...given),
    refundsEndedAfter: async (...given) => (await opened).refundsEndedAfter(...given),
    claimAttempts: async (...given) => (await opened).claimAttempts(...given),
    claimRefunds: async (...given) => (await opened).claimRefunds(...given),
    nextDueAtMs: async () => (await opened).nextDueAtMs(),
    interrupted: async () => (await opened).interrupted(),
    attemptsDueAfter: async (...given) => (await opened).attemptsDueAfter(...given),
    refundsDueAfter: async (...given) => (await opened).refundsDueAfter(...given),
    receiptByToken: async (...given) => (await opened).receiptByToken(...given),
    withdrawn: async (...given) => (await opened).withdrawn(...given),
    setting: async (...given) => (await opened).setting(...given),
    events: async (...given) => (await opened).events(...given),
    brokenChain: async () => (await opened).brokenChain(),
    close: async () => (await opened).close(),
  };
}

/** Looks at the file itself, once nobody has it open any more. */
function insightOf(file: string, close: () => Promise<void>): Insight {
  let isClosed = false;
  const rows = (sql: string): readonly Record<string, unknown>[] => {
    if (!isClosed) close().catch(() => {});
    isClosed = true;
    const database = new DatabaseSync(file);
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  };
  return {
    events: () =>
      rows("SELECT * FROM event ORDER BY stream, seq").map((row): StoredEvent => ({
        stream: String(row["stream"]),
        seq: Number(row["seq"]),
        hash: String(row["hash"]),
        saleId: row["sale_id"] === null ? null : (row["sale_id"] as string),
        atMs: Number(row["at_ms"]),
        actor: String(row["actor"]),
        kind: String(row["kind"]),
        detail: JSON.parse(String(row["detail"])) as StoredEvent["detail"],
      })),
    heads: () =>
      rows("SELECT stream, seq, hash FROM head ORDER BY stream").map((row) => ({
        stream: String(row["stream"]),
        seq: Number(row["seq"]),
        hash: String(row["hash"]),
      })),
  };
}
