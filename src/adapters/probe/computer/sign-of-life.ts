/**
 * DATA/alive.json: which process runs on this folder and where it listens, and when it was last seen alive. Flushed to the
 * disk now and then beside the journal: each flush tells how fast the disk takes data, and after a power cut the next start
 * knows since when nobody was there.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

export interface Alive {
  readonly pid: number;
  /** Null before it listens. */
  readonly url: string | null;
  readonly alive_at_ms: number;
  /** Ended by a stop that was asked for. */
  readonly clean: boolean;
}

export interface SignOfLife {
  /** What the run before this one left; null: there was none. */
  readonly last: Alive | null;
  /** Writes and flushes it; gives how long that took in ms, or the disk's own word for why it can't, e.g. ENOSPC. */
  beat(): number | string;
  listening(url: string): void;
  /** The stop was asked for. */
  end(): void;
}

const pathIn = (folder: string): string => join(folder, "alive.json");

/** What the box of this folder last wrote; null when none ever did, or it is unreadable. */
export function readAlive(folder: string): Alive | null {
  try {
    const read = JSON.parse(readFileSync(pathIn(folder), "utf8")) as Partial<Alive>;
    return typeof read.pid === "number" && typeof read.alive_at_ms === "number"
      ? (read as Alive)
      : null;
  } catch {
    return null;
  }
}

/** Always as long as this, so that it is written over in place. */
const fileBytes = 512;

export function openSignOfLife(folder: string, nowMs: () => number): SignOfLife {
  const last = readAlive(folder);
  let url: string | null = null;
  const write = (clean: boolean): void => {
    const alive: Alive = { pid: process.pid, url, alive_at_ms: nowMs(), clean };
    const file = openSync(pathIn(folder), readAlive(folder) === null ? "w" : "r+", 0o600);
    try {
      writeSync(
        file,
        JSON.stringify(alive)
          .padEnd(fileBytes - 1)
          .concat("\n"),
        0,
      );
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  };
  const beat = (): number | string => {
    const beganMs = performance.now();
    try {
      write(false);
      return performance.now() - beganMs;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? "unknown";
    }
  };
  return {
    last,
    beat,
    listening(at) {
      url = at;
      beat();
    },
    end() {
      try {
        write(true);
      } catch {
        // Then the next start takes this stop for an unclean one, which is the careful mistake.
      }
    },
  };
}
