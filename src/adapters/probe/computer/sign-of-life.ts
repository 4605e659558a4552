/**
 * DATA/alive.json: that this box runs, since when, and when it was last seen alive. Flushed to the disk now and then beside
 * the journal, so that the next start knows whether the last run was killed or lost power, and for how long it was away;
 * and each flush tells how fast the disk takes data.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { uptime } from "node:os";
import { join } from "node:path";
import type { SystemFiles } from "../system.ts";

export interface LastRun {
  /** Ended by a stop that was asked for. */
  readonly clean: boolean;
  readonly aliveAtMs: number;
  /** The computer was started anew since; null where the system doesn't tell. */
  readonly rebooted: boolean | null;
}

export interface Alive {
  readonly pid: number;
  readonly url: string | null;
  readonly boot: string;
  readonly started_at_ms: number;
  readonly alive_at_ms: number;
  readonly clean: boolean;
}

export interface SignOfLife {
  /** How the run before this one ended; null: there was none. */
  readonly lastRun: LastRun | null;
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

/** Always as long as this, so that it is written over in place: a full disk can't refuse that. */
const fileBytes = 512;

export function openSignOfLife(
  folder: string,
  system: SystemFiles,
  { nowMs = Date.now, bootId = () => bootOf(system, nowMs()) } = {},
): SignOfLife {
  const last = readAlive(folder);
  const boot = bootId();
  const startedAtMs = nowMs();
  let url: string | null = null;
  const write = (clean: boolean): void => {
    const alive: Alive = {
      pid: process.pid,
      url,
      boot,
      started_at_ms: startedAtMs,
      alive_at_ms: nowMs(),
      clean,
    };
    const file = openSync(pathIn(folder), last === null && !clean ? "w" : flags(folder), 0o600);
    try {
      writeSync(file, `${JSON.stringify(alive)}`.padEnd(fileBytes - 1).concat("\n"), 0);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  };
  return {
    lastRun:
      last === null
        ? null
        : { clean: last.clean, aliveAtMs: last.alive_at_ms, rebooted: rebooted(last.boot, boot) },
    beat() {
      const beganMs = performance.now();
      try {
        write(false);
        return performance.now() - beganMs;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code ?? "unknown";
      }
    },
    listening(at) {
      url = at;
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

const flags = (folder: string): "r+" | "w" => (readAlive(folder) === null ? "w" : "r+");

const bootSlackMs = 30_000;
const idPath = "/proc/sys/kernel/random/boot_id";

/** The kernel's own id of this boot, else the time of it. */
function bootOf(system: SystemFiles, nowMs: number): string {
  const id = system.text(idPath)?.trim();
  return id ?? `at ${Math.round(nowMs - uptime() * 1000)}`;
}

function rebooted(before: string, now: string): boolean | null {
  const times = [before, now].map((one) => /^at (\d+)$/.exec(one)?.[1]);
  const [one, other] = times;
  if (one === undefined && other === undefined) return before !== now;
  // The computed time of a boot moves with the clock that it was computed from.
  return one !== undefined && other !== undefined
    ? Math.abs(Number(one) - Number(other)) > bootSlackMs
    : null;
}
