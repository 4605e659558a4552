/** When the computer was started: what tells a power cut from a program that died. */
import { uptime } from "node:os";
import type { SystemFiles } from "../system.ts";

/** Epoch ms. A tree that stands for the system tells it as Linux does, in whole seconds; else the real system is asked. */
export function bootedAtMs(system: SystemFiles, nowMs: number): number {
  const stat = system.root === null ? null : system.text("/proc/stat");
  const told = /^btime (\d{1,12})$/m.exec(stat ?? "")?.[1];
  return told === undefined ? Math.round(nowMs - uptime() * 1_000) : Number(told) * 1_000;
}
