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
      zh: `数据文件 ${path} 正被${owner === null ? "另一个进程" : `进程 ${owner} `}使用。请先停止它，或换一个数据目录启动。`,
      en: `The data file ${path} is in use by ${who}. Stop that one first, or start with another data folder.`,
    };
  }
}

/** The file isn't what it should be: another program's, made by a newer version, or SQLite itself is too old. */
export class StoreUnfit extends Error {
  /** For people. */
  readonly text: Text;
  constructor(message: string, text: Text) {
    super(message);
    this.text = text;
  }
}

export const newerStore = (path: string, version: number, known: number): StoreUnfit =>
  new StoreUnfit(`${path} was made by a newer version (${version}); this one knows ${known}`, {
    zh: `数据文件 ${path} 是更新版本的程序建立的（文件版本 ${version}，这个程序只认识到 ${known}）。没有启动；数据没有丢，也没有改动。请换回新版程序再启动；一定要用这个旧版，就恢复升级前的备份，见 docs/operating/backup.md。`,
    en: `The data file ${path} was made by a newer version of the program (file version ${version}; this one knows ${known}). Nothing was started; no data is lost or changed. Start it with the newer program; to stay with this older one, restore the backup from before the update: docs/operating/backup.md.`,
  });

export const foreignStore = (path: string, name: string): StoreUnfit =>
  new StoreUnfit(`${path} is not a ${name} of ours`, {
    zh: `文件 ${path} 不是出票的数据文件，或放错了位置。没有启动，文件没有改动。请用 --data 换一个数据目录；如果是恢复备份时放错的，见 docs/operating/backup.md。`,
    en: `The file ${path} is not a ${name} of Chupiao, or stands in the wrong place. Nothing was started and the file wasn't changed. Use another --data; if a backup was put back wrongly, see docs/operating/backup.md.`,
  });

/** The file can't be read as a database any more. */
export class StoreDamaged extends Error {
  /** For people. */
  readonly text: Text;
  constructor(path: string, why: string) {
    super(`${path} is damaged: ${why}`);
    this.text = damageText(path, why);
  }
}

const damageText = (path: string, why: string): Text => ({
  zh: `数据文件 ${path} 损坏（${why}）。没有启动，也没有改动任何数据；已经收到的款不受影响，支付渠道都有记录。请不要删除这个文件：先把整个数据目录原样复制一份，再运行 npx chupiao doctor 查看，按 docs/operating/backup.md 恢复备份。`,
  en: `The data file ${path} is damaged (${why}). Nothing was started and no data was changed; money already taken is safe, the provider has it on record. Don't delete the file: copy the whole data folder as it is, look with npx chupiao doctor, and restore a backup as docs/operating/backup.md tells.`,
});

/** What to say when reading a store finds damage only after it was opened; null for every other error. */
export function damageOf(error: unknown): Text | null {
  if (error instanceof StoreDamaged) return error.text;
  const message = error instanceof Error ? error.message : "";
  return isDamage(error) || /database disk image is malformed|is damaged:/.test(message)
    ? damageText("journal.db / ledger.db", message)
    : null;
}

interface SqliteError extends Error {
  readonly errcode: number;
}

const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Error && typeof (error as Partial<SqliteError>).errcode === "number";

/** Result codes, https://sqlite.org/rescode.html; the low 8 bits are the primary code. */
const BUSY = 5;
const CORRUPT = 11;
const FULL = 13;
const NOTADB = 26;
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

export const isDamage = (error: unknown): boolean =>
  isSqliteError(error) && [CORRUPT, NOTADB].includes(error.errcode & 0xff);

export const isDuplicate = (error: unknown): boolean =>
  isSqliteError(error) && error.errcode === UNIQUE;

const isNoSpace = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === "ENOSPC";

export const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
