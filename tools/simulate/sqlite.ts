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
export function sqliteEngines(): Engines {
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
      return { ledger, insight: insightOf(file, () => ledger.close()) };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Opening is a promise that needs no more than a turn: each call waits for it. */
function arriving(opened: Promise<Ledger>): Ledger {
  return new Proxy({} as Ledger, {
    get: (_, name: keyof Ledger) => async (...given: readonly never[]) =>
      ((await opened)[name] as (...all: readonly never[]) => unknown)(...given),
  });
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
        saleId: row["sale_id"] === null ? null : String(row["sale_id"]),
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
