/** A folder has one sandbox: two would write the same books, and each would undo the other's. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as after } from "node:timers/promises";
import type { Text } from "../../../core/text/text.ts";
import { readNews } from "./news.ts";

export class SandboxInUse extends Error {
  readonly code = "sandbox_in_use";
  /** For people. */
  readonly text: Text;
  constructor(folder: string) {
    const news = readNews(folder);
    super(`another sandbox works in ${folder}`);
    this.text = {
      zh: `${folder} 里已经有一个沙盒在运行${news === null ? "" : `（${news.control}，进程 ${news.pid}）`}，没有再启动，它照常运行。直接用它就可以；要另一个，请换一个文件夹：--data 文件夹`,
      en: `A sandbox works in ${folder} already${news === null ? "" : ` (${news.control}, process ${news.pid})`}, so none was started and that one goes on. Use it, or give another folder with --data FOLDER.`,
    };
  }
}

/** One that was told to end has up to a second and a half for it. */
const waitMsDefault = 2_500;
const lookMs = 50;

/** Gives the way to let go; the kernel does it for a process that dies. Throws SandboxInUse. */
export async function lockFolder(folder: string, waitMs = waitMsDefault): Promise<() => void> {
  const endsAtMs = performance.now() + waitMs;
  for (;;) {
    const lock = tryLock(join(folder, "sandbox.lock"));
    if (lock !== null) return () => lock.close();
    if (performance.now() >= endsAtMs) throw new SandboxInUse(folder);
    await after(lookMs);
  }
}

const busy = 5;

/** An empty file that SQLite locks: it knows how on every system. Null while another has it. */
function tryLock(path: string): DatabaseSync | null {
  const lock = new DatabaseSync(path);
  try {
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return null;
    throw error;
  }
}
