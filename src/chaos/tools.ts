/** What this machine can do. What is missing is said loudly, and fails where everything has to be tried. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findLibrary } from "./shop/clock.ts";
import { Disk } from "./shop/disk.ts";

export interface Tools {
  /** A small disk of the shop's own. */
  readonly disk: boolean;
  readonly clock: boolean;
  readonly recorder: boolean;
}

const MISSING: Readonly<Record<keyof Tools, string>> = {
  disk: "no full disks: mounting a small one needs root",
  clock: "no steps of the clock: needs libfaketime (Debian: apt install faketime)",
  recorder: "no power cuts: needs strace (Debian: apt install strace), and the right to trace",
};

export const findTools = (): Tools => ({
  disk: canMount(),
  clock: findLibrary() !== null,
  recorder: canTrace(),
});

/** One line each, with what to do. */
export const missingOf = (tools: Tools): readonly string[] =>
  (Object.keys(MISSING) as (keyof Tools)[])
    .filter((name) => !tools[name])
    .map((name) => MISSING[name]);

/** There are machines that have it and don't let it. */
const canTrace = (): boolean =>
  spawnSync("strace", ["-o", "/dev/null", process.execPath, "--version"], { stdio: "ignore" })
    .status === 0;

/** Root isn't always allowed to. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-disk-"));
  try {
    Disk.mount(folder).unmount();
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
