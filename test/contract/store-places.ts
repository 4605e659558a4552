/** Every adapter of the two ports, each with a place that it can be opened on again and tampered with. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { TestContext } from "node:test";
import type { ChainedEvent } from "../../src/adapters/store/chain.ts";
import { memoryJournal, newJournalDisk } from "../../src/adapters/store/memory/journal.ts";
import { memoryLedger, newLedgerDisk } from "../../src/adapters/store/memory/ledger.ts";
import { openJournal } from "../../src/adapters/store/sqlite/journal.ts";
import { openLedger } from "../../src/adapters/store/sqlite/ledger.ts";
import { realWorld } from "../../src/adapters/world/real.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { Ledger } from "../../src/ports/ledger.ts";

/** `edit`: an event's detail is changed. `remove`: it is gone. */
export interface Tampering {
  readonly how: "edit" | "remove";
  readonly stream: string;
  readonly seq: number;
}

export interface Place<Store> {
  /** Closes what was opened here before. */
  open(): Promise<Store>;
  /** Changes stored events behind the store's back; the store is closed. */
  tamper(tampering: Tampering): void;
}

export interface Adapter<Store> {
  readonly name: string;
  place(test: TestContext): Place<Store>;
}

/** A folder of its own, removed when the test ends. */
export function folder(test: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "chupiao-store-"));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function sqlitePlace<Store extends { close(): Promise<void> }>(
  test: TestContext,
  openAt: (path: string) => Promise<Store>,
): Place<Store> {
  const path = join(folder(test), "store.db");
  let opened: Store | null = null;
  const close = async (): Promise<void> => {
    await opened?.close();
    opened = null;
  };
  test.after(close);
  return {
    async open() {
      await close();
      return (opened = await openAt(path));
    },
    tamper({ how, stream, seq }) {
      const database = new DatabaseSync(path);
      const sql =
        how === "edit"
          ? "UPDATE event SET detail = '{}' WHERE stream = ? AND seq = ?"
          : "DELETE FROM event WHERE stream = ? AND seq = ?";
      database.prepare(sql).run(stream, seq);
      database.close();
    },
  };
}

function tamperInMemory(
  streams: Map<string, ChainedEvent[]>,
  { how, stream, seq }: Tampering,
): void {
  const events = streams.get(stream) ?? [];
  const at = events.findIndex((event) => event.seq === seq);
  const event = events[at];
  if (event === undefined) throw new Error(`${stream} has no event ${seq}`);
  events.splice(at, 1, ...(how === "edit" ? [{ ...event, detail: "{}" }] : []));
}

export const journals: readonly Adapter<Journal>[] = [
  {
    name: "SQLite journal",
    place: (test) =>
      sqlitePlace(test, (path) => Promise.resolve(openJournal(path, { ballastBytes: 0 }))),
  },
  {
    name: "journal in memory",
    place() {
      const disk = newJournalDisk();
      return {
        open: () => Promise.resolve(memoryJournal(realWorld.sha256, disk)),
        tamper: (tampering) => tamperInMemory(disk.events.streams, tampering),
      };
    },
  },
];

export const ledgers: readonly Adapter<Ledger>[] = [
  {
    name: "SQLite ledger in a thread",
    place: (test) => sqlitePlace(test, (path) => openLedger(path, { ballastBytes: 0 })),
  },
  {
    name: "SQLite ledger in the same thread",
    place: (test) =>
      sqlitePlace(test, (path) => openLedger(path, { ballastBytes: 0, inThread: true })),
  },
  {
    name: "ledger in memory",
    place() {
      const disk = newLedgerDisk();
      return {
        open: () => Promise.resolve(memoryLedger(realWorld.sha256, disk)),
        tamper: (tampering) => tamperInMemory(disk.events.streams, tampering),
      };
    },
  },
];
