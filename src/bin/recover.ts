/**
 * After a disk error journal and ledger take no more changes: nothing is known about the commit that failed, so all that
 * is in memory must be read again. Reading goes on meanwhile; once the disk takes data again, the box starts anew by itself.
 */
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../ports/log.ts";
import type { Box } from "./box.ts";

const lookMs = 3_000;
const probeBytes = 4 * 1024 * 1024;

export interface Running {
  box: Box | null;
  stopping: boolean;
}

/** Looks now and then, and replaces a broken box by a new one on the same files and port. */
export function recoverWhenDiskIsBack(
  running: Running,
  data: string,
  startAgain: () => Promise<Box>,
  log: Log,
): void {
  const look = async (): Promise<void> => {
    if (running.stopping) return;
    if (running.box !== null) {
      const broken = await running.box.broken();
      if (broken === null || !diskTakesData(data)) return;
      log("warn", "disk_is_back", { after: broken });
      const { box } = running;
      running.box = null;
      await box
        .stop()
        .catch((error: unknown) =>
          log("error", "box_not_stopped_cleanly", { error: String(error) }),
        );
    }
    // Asked to stop meanwhile: then nothing new begins.
    if (!running.stopping) running.box = await startAgain();
  };
  const again = (): void => {
    setTimeout(() => {
      look()
        .catch((error: unknown) => log("error", "box_not_back", { error: String(error) }))
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
