import type { Text } from "../../../core/text/text.ts";

/** Another process (or another part of this one) holds the file. */
export class StoreInUse extends Error {
  readonly path: string;
  /** Its process number as it wrote it down; null when it didn't. */
  readonly owner: string | null;
  /** For people. */
  readonly text: Text;
  constructor(path: string, owner: string | null) {
    const who = owner === null ? "another process" : `process ${owner}`;
    super(`${path} is in use by ${who}`);
    this.path = path;
    this.owner = owner;
    this.text = {
      zh: `数据文件 ${path} 正被${owner === null ? "另一个进程" : `进程 ${owner}`}使用。请先停止它，或换一个数据目录启动。`,
      en: `The data file ${path} is in use by ${who}. Stop that one first, or start with another data folder.`,
    };
  }
}

/** The file isn't what it should be: another program's, made by a newer version, or SQLite itself is too old. */
export class StoreUnfit extends Error {}

interface SqliteError extends Error {
  readonly errcode: number;
}

const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Error && typeof (error as Partial<SqliteError>).errcode === "number";

/** Result codes, https://sqlite.org/rescode.html; the low 8 bits are the primary code. */
const BUSY = 5;
const FULL = 13;
const UNIQUE = 2067;

/** ERROR, TOOBIG, CONSTRAINT, MISMATCH, MISUSE, RANGE: our statement or value is wrong, and the file is well. */
const ownFaults: ReadonlySet<number> = new Set([1, 18, 19, 20, 21, 25]);

/**
 * True when the disk or the file failed, so that nothing more may be written before the file was opened again:
 * IOERR, FULL, CORRUPT and every other code that isn't known to be the statement's own fault.
 */
export const isFileFailure = (error: unknown): boolean =>
  isSqliteError(error) && !ownFaults.has(error.errcode & 0xff);

export const isFull = (error: unknown): boolean =>
  isSqliteError(error) ? (error.errcode & 0xff) === FULL : isNoSpace(error);

export const isBusy = (error: unknown): boolean =>
  isSqliteError(error) && (error.errcode & 0xff) === BUSY;

export const isDuplicate = (error: unknown): boolean =>
  isSqliteError(error) && error.errcode === UNIQUE;

const isNoSpace = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === "ENOSPC";

export const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
