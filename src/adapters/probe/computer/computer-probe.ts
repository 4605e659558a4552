/** How the till computer is: frozen moments, memory, disk, supply. Costs a few system calls, and one flush now and then. */
import { statfs } from "node:fs/promises";
import type { ComputerSeen, Evidence, Fact } from "../../../core/diagnosis/evidence.ts";
import type { Probe } from "../../../ports/probe.ts";
import type { SystemFiles } from "../system.ts";
import { watchLoopDelay } from "./loop-delay.ts";
import { memoryFreeBytes } from "./memory.ts";
import { undervoltage } from "./power.ts";
import type { SignOfLife } from "./sign-of-life.ts";

export interface ComputerProbe extends Probe {
  close(): void;
}

export interface ComputerOptions {
  /** Where the journal is. */
  readonly folder: string;
  readonly system: SystemFiles;
  readonly life: SignOfLife;
  readonly nowMs: () => number;
  readonly monotonicMs?: () => number;
}

/** A flush wears flash memory: far less often than the journal's own. */
const beatEveryMs = 20_000;

export function computerProbe(options: ComputerOptions): ComputerProbe {
  const { folder, system, life, nowMs, monotonicMs = () => performance.now() } = options;
  const delay = watchLoopDelay(() => performance.now());
  let beatMs: number | null = null;
  let wrote: number | string | null = null;
  return {
    name: "computer",
    everyMs: 5_000,
    everyMsInTrouble: 2_000,
    async look(): Promise<readonly Evidence[]> {
      const loopDelayMs = delay.worstMs();
      const due = beatMs === null || monotonicMs() - beatMs >= beatEveryMs;
      if (due) {
        beatMs = monotonicMs();
        wrote = life.beat();
      }
      const computer: ComputerSeen = {
        kind: "computer",
        loopDelayMs,
        memoryFreeBytes: memoryFreeBytes(system),
        diskFreeBytes: await diskFreeBytes(folder, system),
        diskWriteMs: due && typeof wrote === "number" ? Math.round(wrote * 10) / 10 : null,
        undervoltage: undervoltage(system),
      };
      const facts: readonly Fact[] = due ? [computer, diskTakesData(wrote)] : [computer];
      const atMs = nowMs();
      return facts.map((fact) => ({ atMs, fact }));
    },
    close: () => delay.stop(),
  };
}

/** The journal stands on the same disk: what it refuses here it refuses there. */
const diskTakesData = (wrote: number | string | null): Fact => ({
  kind: "self_check",
  check: "disk",
  good: typeof wrote === "number",
  detail: typeof wrote === "number" ? "" : String(wrote),
});

/** Of a tree that stands for a system: no file of /proc tells the room on a disk. */
export const diskPath = "/etc/chupiao/disk_free_bytes";

async function diskFreeBytes(folder: string, system: SystemFiles): Promise<number | null> {
  const staged = system.root === null ? null : system.text(diskPath)?.trim();
  if (staged !== null && staged !== undefined && /^\d+$/.test(staged)) return Number(staged);
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
