/**
 * Who has the store open, written beside it. The lock itself is SQLite's own on the file, which the kernel gives back
 * when a process dies; this note only says whose it is, and, when it is still there at the next start, that the last
 * stop wasn't clean.
 */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const noteOf = (path: string): string => `${path}.owner`;

/** The process that holds the store, as it wrote itself down; null when nobody did. */
export function readOwner(path: string): string | null {
  try {
    return readFileSync(noteOf(path), "utf8").trim();
  } catch {
    return null;
  }
}

function flush(path: string, text: string | null): void {
  const file = openSync(path, text === null ? "r" : "w");
  try {
    if (text !== null) writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Durable before anything is written to the store. Throws when the disk is full or fails. */
export function writeOwner(path: string): void {
  flush(noteOf(path), `${process.pid}\n`);
  // Windows can't open a folder; NTFS journals the new name by itself.
  if (process.platform !== "win32") flush(dirname(path), null);
}

export function removeOwner(path: string): void {
  rmSync(noteOf(path), { force: true });
}
