/**
 * One SQLite file with one connection, durable by its settings, that fails closed: after a failure of the disk nothing
 * more is written until it has been opened again, while reading goes on.
 */
import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { dropBallast, keepBallast } from "./ballast.ts";
import type { Ballast } from "./ballast.ts";
import {
  asError,
  isBusy,
  isDamage,
  isFileFailure,
  isFull,
  StoreDamaged,
  StoreInUse,
  StoreUnfit,
} from "./errors.ts";
import { readOwner, removeOwner, writeOwner } from "./owner.ts";
import { migrate } from "./migrate.ts";
import type { Schema } from "./migrate.ts";

export interface FileSettings {
  /** Size of the ballast file; 0: none. Default 16 MB. */
  readonly ballastBytes?: number;
  /** After an unclean stop the file is checked at start if it isn't larger than this. Default 64 MB. */
  readonly checkBytesMax?: number;
}

/** How a store is, for screens and for whoever decides whether a new sale may begin. */
export interface StoreHealth {
  /** Null while it works; else why nothing more is written. Open it again to go on. */
  readonly failure: string | null;
  /** `spent`: the disk is or was full; finish what is open, and begin nothing new. */
  readonly ballast: Ballast;
  readonly lastStop: "first" | "clean" | "unclean";
  /** Result of the check at start: only made after an unclean stop, and not on a large file. */
  readonly checked: "whole" | "not_needed" | "too_large" | "damaged";
}

export type Value = SQLInputValue;
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What is remembered beside the file, and has to follow its transactions. */
export interface Remembered {
  keep(): void;
  undo(): void;
  forget(): void;
}

export type Outcome<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly error: Error };

const ballastBytesDefault = 16 << 20;
const checkBytesMaxDefault = 64 << 20;
const busyTimeoutMs = 5000;
/** Before this SQLite could lose commits when a WAL was reset: https://sqlite.org/wal.html#walresetbug */
const versionMin = [3, 51, 3] as const;

/** Throws StoreUnfit. */
export function checkVersion(version: string): void {
  const parts = version.split(".").map(Number);
  const at = versionMin.findIndex((min, place) => parts[place] !== min);
  if (at >= 0 && !((parts[at] ?? 0) > (versionMin[at] ?? 0))) {
    const needed = versionMin.join(".");
    throw new StoreUnfit(`SQLite ${version} may lose commits; ${needed} is needed`, {
      zh: `Node 自带的 SQLite ${version} 太旧，可能丢数据（至少要 ${needed}）。没有启动，数据没有改动。请在程序文件夹里运行 npm start。`,
      en: `SQLite ${version} of this Node may lose commits (${needed} is needed). Nothing was started and no data was changed. Run npm start in the program's folder.`,
    });
  }
}

export class SqliteFile {
  readonly path: string;
  readonly #schema: Schema;
  readonly #settings: Required<FileSettings>;
  #database: DatabaseSync;
  #statements = new Map<string, StatementSync>();
  #failure: Error | null = null;
  #ballast: Ballast = "off";
  #lastStop: StoreHealth["lastStop"] = "first";
  #checked: StoreHealth["checked"] = "not_needed";

  /** Throws StoreInUse, StoreUnfit, or SQLite's own error when there is no way to read the file. */
  constructor(path: string, schema: Schema, settings: FileSettings) {
    this.path = path;
    this.#schema = schema;
    this.#settings = {
      ballastBytes: settings.ballastBytes ?? ballastBytesDefault,
      checkBytesMax: settings.checkBytesMax ?? checkBytesMaxDefault,
    };
    this.#database = this.#open();
  }

  /** Statements are written with $1, $2, … as PostgreSQL wants them; to SQLite these would be names, ?1 are places. */
  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql.replaceAll(/\$(\d+)/g, "?$1"));
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Gives the number of rows that changed. Only within `together`. */
  run(sql: string, ...values: readonly Value[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  row(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.#reading(() => this.#statement(sql).get(...values));
  }

  rows(sql: string, ...values: readonly Value[]): readonly Row[] {
    return this.#reading(() => this.#statement(sql).all(...values));
  }

  #reading<R>(read: () => R): R {
    try {
      return read();
    } catch (error) {
      if (isFileFailure(error)) this.#fail(error);
      throw error;
    }
  }

  /**
   * Runs the operations in one transaction, so that they share one fsync, each in a savepoint of its own: one that
   * throws or whose result is `refused` leaves no trace and doesn't touch its neighbours. Throws when the file failed:
   * then nothing is known about any of them. `remembered` follows what happens.
   */
  together<R>(
    operations: readonly (() => R)[],
    refused: (result: R) => boolean,
    remembered: Remembered,
  ): readonly Outcome<R>[] {
    if (this.#failure !== null) throw this.#failure;
    try {
      this.run("BEGIN IMMEDIATE");
      const outcomes = operations.map((operation) => this.#apart(operation, refused, remembered));
      this.run("COMMIT");
      return outcomes;
    } catch (error) {
      this.#fail(error);
      remembered.forget();
      throw error;
    }
  }

  #apart<R>(
    operation: () => R,
    refused: (result: R) => boolean,
    remembered: Remembered,
  ): Outcome<R> {
    this.run("SAVEPOINT operation");
    let outcome: Outcome<R>;
    try {
      outcome = { ok: true, value: operation() };
    } catch (error) {
      if (isFileFailure(error) || !this.#database.isTransaction) throw error;
      outcome = { ok: false, error: asError(error) };
    }
    if (outcome.ok && !refused(outcome.value)) remembered.keep();
    else {
      this.run("ROLLBACK TO operation");
      remembered.undo();
    }
    this.run("RELEASE operation");
    return outcome;
  }

  #fail(error: unknown): void {
    this.#failure ??= asError(error);
    if (isFull(error)) {
      dropBallast(this.path);
      if (this.#ballast === "kept") this.#ballast = "spent";
    }
    try {
      // A full disk or a failed write has often rolled back already; then there is nothing left to undo.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
    } catch {
      // The failure that led here is the one to report.
    }
  }

  /** Checks all pages; seconds on a file of gigabytes. */
  #damage(): string | null {
    const found = this.rows("PRAGMA quick_check(1)")[0]?.["quick_check"];
    return found === "ok" ? null : String(found);
  }

  health(): StoreHealth {
    return {
      failure: this.#failure?.message ?? null,
      ballast: this.#ballast,
      lastStop: this.#lastStop,
      checked: this.#checked,
    };
  }

  /** The way on after a failure. Throws like the constructor; then it is closed, and may be tried again. */
  reopen(): void {
    this.#shut();
    this.#failure = null;
    try {
      this.#open();
    } catch (error) {
      this.#failure = asError(error);
      throw error;
    }
  }

  /** After a failure the owner's note stays, so that the next start has a closer look. */
  close(): void {
    // Before the lock is given back: after that the note may be the next owner's.
    if (this.#database.isOpen && this.#failure === null) removeOwner(this.path);
    this.#shut();
    this.#failure ??= new Error("the store is closed");
  }

  #shut(): void {
    this.#statements.clear();
    try {
      if (this.#database.isOpen) this.#database.close();
    } catch (error) {
      this.#fail(error);
    }
  }

  #open(): DatabaseSync {
    const sizeBytes = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    const database = new DatabaseSync(this.path, { enableDoubleQuotedStringLiterals: false });
    try {
      lockAndSet(database, this.path);
      migrate(database, this.#schema);
    } catch (error) {
      database.close();
      throw isDamage(error) ? new StoreDamaged(this.path, asError(error).message) : error;
    }
    this.#database = database;
    this.#start(sizeBytes);
    return database;
  }

  /** Whatever fails here leaves a store that can be read and takes nothing more. */
  #start(sizeBytes: number): void {
    const owner = readOwner(this.path);
    this.#lastStop = sizeBytes === 0 ? "first" : owner === null ? "clean" : "unclean";
    this.#checked = "not_needed";
    try {
      writeOwner(this.path);
      if (this.#lastStop === "unclean") this.#check(sizeBytes);
    } catch (error) {
      this.#fail(error);
    }
    this.#ballast = keepBallast(this.path, this.#settings.ballastBytes);
  }

  #check(sizeBytes: number): void {
    if (sizeBytes > this.#settings.checkBytesMax) {
      this.#checked = "too_large";
      return;
    }
    const damage = this.#damage();
    this.#checked = damage === null ? "whole" : "damaged";
    if (damage !== null) throw new Error(`${this.path} is damaged: ${damage}`);
  }
}

/**
 * Takes the file for this connection alone and makes every commit durable. These settings aren't stored in the file,
 * so they are made at each open and read back: https://sqlite.org/pragma.html
 */
function lockAndSet(database: DatabaseSync, path: string): void {
  const pragma = (name: string): unknown =>
    Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  // Before anything else, even a SELECT without a table, touches the file: only then does the WAL do without its
  // shared memory file, which a full disk would make unusable.
  pragma("locking_mode = EXCLUSIVE");
  try {
    pragma("journal_mode = WAL");
    database.exec("BEGIN EXCLUSIVE; COMMIT");
  } catch (error) {
    throw isBusy(error) ? new StoreInUse(path, readOwner(path)) : error;
  }
  checkVersion(String(database.prepare("SELECT sqlite_version() AS version").get()?.["version"]));
  for (const [name, value] of settings) {
    database.exec(`PRAGMA ${name} = ${value}`);
    const found = pragma(name);
    if (found !== value) throw unsafe(path, `${name} is ${String(found)}, not ${value}`);
  }
}

const unsafe = (path: string, why: string): StoreUnfit =>
  new StoreUnfit(`${path}: ${why}`, {
    zh: `数据文件 ${path} 在这里不能可靠地写入（${why}）。没有启动。请用 --data 换到本机磁盘上的文件夹。`,
    en: `The data file ${path} can't be written safely here (${why}). Nothing was started. Use a folder on a disk of this computer: --data FOLDER.`,
  });

const settings: readonly (readonly [name: string, value: string | number])[] = [
  ["locking_mode", "exclusive"],
  ["journal_mode", "wal"],
  ["synchronous", 2], // FULL: an fsync of the WAL in every commit
  ["fullfsync", 1], // on macOS fsync alone doesn't reach the medium
  ["checkpoint_fullfsync", 1],
  ["busy_timeout", busyTimeoutMs],
  ["wal_autocheckpoint", 1000],
  ["foreign_keys", 1],
];
