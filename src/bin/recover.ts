/**
 * After a disk error journal and ledger take no more changes: nothing is known about the commit that failed, so all that
 * is in memory must be read again. Reading goes on meanwhile; once the disk takes data again, the box, hub or terminal
 * starts anew by itself. So it does after the death of a ledger's thread.
 */
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../ports/log.ts";

const lookMs = 3_000;
const probeBytes = 4 * 1024 * 1024;

/** What runs on the files of a data folder. */
export interface Part {
  /** Why journal or ledger take no more changes; null while they do. */
  broken(): Promise<string | null>;
  stop(): Promise<void>;
}

export interface Running<P extends Part> {
  part: P | null;
  stopping: boolean;
}

/** Looks now and then, and replaces a broken part by a new one on the same files and port. */
export function recoverWhenDiskIsBack<P extends Part>(
  running: Running<P>,
  data: string,
  startAgain: () => Promise<P>,
  log: Log,
): void {
  const look = async (): Promise<void> => {
    if (running.stopping) return;
    if (running.part !== null) {
      // A store that can't even be asked is broken too.
      const broken = await running.part.broken().catch(String);
      if (broken === null || !diskTakesData(data)) return;
      log("warn", "disk_is_back", { after: broken });
      const { part } = running;
      running.part = null;
      await part
        .stop()
        .catch((error: unknown) => log("error", "not_stopped_cleanly", { error: String(error) }));
    }
    // Asked to stop meanwhile: then nothing new begins.
    if (!running.stopping) running.part = await startAgain();
  };
  const again = (): void => {
    setTimeout(() => {
      look()
        .catch((error: unknown) => log("error", "not_back", { error: String(error) }))
        .finally(again);
    }, lookMs).unref();
  };
  again();
}

function diskTakesData(folder: string): boolean {
  const path = join(folder, "disk.probe");
  try {
    const file = openSync(path, "w", 0o600);
    try {
      writeSync(file, Buffer.alloc(probeBytes));
      fsyncSync(file);
      return true;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  } finally {
    rmSync(path, { force: true });
  }
}
