/** A folder and the processes that live in it: all are ended and put away, however the story ends. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { Program } from "../src/chaos/shop/program.ts";

const program = resolve(import.meta.dirname, "../src/bin/chupiao.ts");

export class Place {
  readonly #folder: string;
  readonly #ends: (() => Promise<unknown>)[] = [];

  constructor() {
    // Real keys that are set for this shell must not be found: a demo never moves money.
    for (const name of Object.keys(process.env))
      if (name.startsWith("CHUPIAO_")) delete process.env[name];
    this.#folder = mkdtempSync(join(tmpdir(), "chupiao-demo-"));
  }

  /** A data folder with these settings. */
  data(name: string, config: Readonly<Record<string, unknown>>): string {
    const data = join(this.#folder, name);
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(join(data, "config.json"), JSON.stringify(config));
    return data;
  }

  program(args: readonly string[]): Program {
    const one = new Program(program, args);
    this.atEnd(() => one.end("SIGTERM"));
    return one;
  }

  /** The sandbox that the process of this data folder has started. */
  endSandboxOf(data: string): void {
    this.atEnd(async () => {
      try {
        const news = readFileSync(join(data, "sandbox", "sandbox.json"), "utf8");
        process.kill((JSON.parse(news) as { readonly pid: number }).pid, "SIGTERM");
      } catch {
        // It has ended with its owner.
      }
    });
  }

  atEnd(end: () => Promise<unknown>): void {
    this.#ends.push(end);
  }

  async close(): Promise<void> {
    for (const end of this.#ends.toReversed()) await end();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A command that ends: the object that it printed. */
export async function runOnce(args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}
