/** Memory that is still to be had, by the kernel's own estimate, and within the limit of a container. */
import { freemem } from "node:os";
import type { SystemFiles } from "../system.ts";

export function memoryFreeBytes(system: SystemFiles): number {
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec(system.text("/proc/meminfo") ?? "")?.[1];
  const ofSystem = available === undefined ? freemem() : Number(available) * 1024;
  const limit = bytesOf(system.text("/sys/fs/cgroup/memory.max"));
  const used = bytesOf(system.text("/sys/fs/cgroup/memory.current"));
  return limit === null || used === null ? ofSystem : Math.min(ofSystem, Math.max(0, limit - used));
}

/** "max" is no limit. */
const bytesOf = (text: string | null): number | null =>
  text !== null && /^\d+\s*$/.test(text) ? Number(text) : null;
