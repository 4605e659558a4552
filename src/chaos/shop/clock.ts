/**
 * The box's wall clock, stepped while it runs: libfaketime reads its offset from a file at every question. Only the
 * wall clock moves; the monotonic one goes on, as it does when a person sets a real clock.
 */
import { existsSync, globSync, renameSync, writeFileSync } from "node:fs";

const libraries = [
  "/usr/lib/*/faketime/libfaketimeMT.so.1",
  "/usr/lib/faketime/libfaketimeMT.so.1",
];

export class Clock {
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  private constructor(file: string, library: string) {
    this.#file = file;
    this.env = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      NO_FAKE_STAT: "1",
      DONT_FAKE_MONOTONIC: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
    this.step(0);
  }

  /** `file`: where the offset stands. Null where libfaketime isn't installed. */
  static find(file: string): Clock | null {
    const library = findLibrary();
    return library === null ? null : new Clock(file, library);
  }

  /** Seconds from the true time, from now on. */
  step(seconds: number): void {
    const next = `${this.#file}.next`;
    writeFileSync(next, `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}s\n`);
    renameSync(next, this.#file);
  }
}

export const findLibrary = (): string | null =>
  globSync(libraries).find((path) => existsSync(path)) ?? null;
