/** A small disk of the shop's own, in memory, so that it can be full without anybody else noticing. Needs root. */
import { execFileSync } from "node:child_process";
import { closeSync, cpSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { whenLeft } from "./leave.ts";

const sizeMb = 256;

export class Disk {
  readonly folder: string;
  readonly #hog: string;
  readonly #kept: () => void;

  private constructor(folder: string) {
    this.folder = folder;
    this.#kept = whenLeft(() => this.unmount());
    this.#hog = join(folder, "hog");
  }

  /** Throws where this isn't allowed. */
  static mount(folder: string): Disk {
    mkdirSync(folder, { recursive: true });
    const options = `size=${sizeMb}m,mode=700`;
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "chupiao-chaos", folder], {
      stdio: "pipe",
    });
    return new Disk(folder);
  }

  /** Down to the last byte. */
  fill(): void {
    const file = openSync(this.#hog, "w");
    try {
      for (;;) writeSync(file, Buffer.alloc(64 * 1024));
    } catch {
      // Full: what was wanted.
    } finally {
      closeSync(file);
    }
  }

  clear(): void {
    rmSync(this.#hog, { force: true });
  }

  /** What is on it, for a person to look at once it is gone. */
  copyTo(folder: string): void {
    cpSync(this.folder, folder, { recursive: true, filter: (path) => !path.endsWith("ballast") });
  }

  unmount(): void {
    this.#kept();
    execFileSync("umount", ["-l", this.folder]);
  }
}
