/**
 * Space kept back for the day when the disk is full: a file of real blocks that is deleted then, so that what is open
 * can be brought to its end while somebody makes room.
 */
import { randomFillSync } from "node:crypto";
import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

export type Ballast = "kept" | "spent" | "off";

const blockBytes = 1 << 20;
/** Ballast is only taken while this many times its size is free: it must not fill the disk itself. */
const freeTimesMin = 4;

const fileOf = (path: string): string => `${path}.ballast`;

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Random bytes, because some file systems store a row of zeros as nothing. */
function fill(path: string, bytes: number): void {
  const block = randomFillSync(Buffer.alloc(Math.min(bytes, blockBytes)));
  const file = openSync(path, "w");
  try {
    for (let done = 0; done < bytes;) {
      done += writeSync(file, block, 0, Math.min(block.length, bytes - done));
    }
  } finally {
    closeSync(file);
  }
}

/** Sees to it that the ballast of the store at `path` is there. `spent`: the disk is too full for it now. */
export function keepBallast(path: string, bytes: number): Ballast {
  if (bytes === 0) return "off";
  const file = fileOf(path);
  if (sizeOf(file) === bytes) return "kept";
  try {
    rmSync(file, { force: true });
    if (freeBytes(dirname(file)) < bytes * freeTimesMin) return "spent";
    fill(file, bytes);
    return "kept";
  } catch {
    rmSync(file, { force: true });
    return "spent";
  }
}

/** Gives the space back to the disk. */
export function dropBallast(path: string): void {
  rmSync(fileOf(path), { force: true });
}
