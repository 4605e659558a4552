/** Keeps the book on disk, so that trades outlive a killed process. One table of rows as JSON, by name and key. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Change, TableName } from "../../model/gateway/book.ts";

export interface BookStore {
  /** Everything that was kept, in order of first appearance. */
  read(): readonly Change[];
  /** In one transaction; done when it returns. */
  write(changes: readonly Change[]): void;
  close(): void;
}

/** For benchmarks and most tests: nothing outlives the process. */
export const memoryStore: BookStore = { read: () => [], write: () => {}, close: () => {} };

/** A process that dies loses nothing of what `write` returned from; losing power may. */
export function diskStore(folder: string): BookStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(folder, "gateway.db"));
  db.exec(`PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS book (
      seq INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
      UNIQUE (name, key)
    ) STRICT;`);
  const put = db.prepare(
    "INSERT INTO book (name, key, value) VALUES (?, ?, ?) ON CONFLICT (name, key) DO UPDATE SET value = excluded.value",
  );
  const remove = db.prepare("DELETE FROM book WHERE name = ? AND key = ?");
  const all = db.prepare("SELECT name, key, value FROM book ORDER BY seq");
  return {
    read: () =>
      all.all().map((row) => ({
        table: String(row["name"]) as TableName,
        key: String(row["key"]),
        value: JSON.parse(String(row["value"])) as Change["value"],
      })),
    write(changes) {
      if (changes.length === 0) return;
      db.exec("BEGIN IMMEDIATE");
      try {
        for (const { table, key, value } of changes) {
          if (value === null) remove.run(table, key);
          else put.run(table, key, JSON.stringify(value));
        }
        db.exec("COMMIT");
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => db.close(),
  };
}
