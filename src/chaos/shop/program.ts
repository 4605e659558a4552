/** One process of Chupiao, started as a person starts it and killed as power kills it. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { whenLeft } from "./leave.ts";

/** What Node made of the sources: a process that is killed every second shouldn't read them anew each time. */
const compiled = { NODE_COMPILE_CACHE: resolve(import.meta.dirname, "../../../.build/compiled") };
/** Two seconds on an idle machine; where twenty others want it a start has taken more than a minute. */
const startMsMax = 180_000;
const wordsMax = 8_000;

/** Only a process that ends by itself leaves what it compiled. */
export function compileOnce(program: string): void {
  spawnSync(process.execPath, [program, "version"], { env: { ...process.env, ...compiled } });
}

export class Program {
  readonly #program: string;
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  /** A command to run it under, such as a tracer. */
  readonly #under: readonly string[];
  #child: ChildProcess | null = null;
  /** Of the program itself, which may run under another command. */
  #pid: number | null = null;
  #words = "";

  constructor(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    under: readonly string[] = [],
  ) {
    this.#program = program;
    this.#args = args;
    this.#env = { ...process.env, ...compiled, ...env };
    this.#under = under;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child !== null && child.exitCode === null && child.signalCode === null;
  }

  /** The end of what it wrote to standard error over all its lives. */
  get words(): string {
    return this.#words;
  }

  /** Resolves with the line it announces itself by; rejects when it ends before. */
  async start(): Promise<Readonly<Record<string, unknown>>> {
    const [command = "", ...args] = [
      ...this.#under,
      process.execPath,
      this.#program,
      ...this.#args,
    ];
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: this.#env });
    this.#child = child;
    this.#pid = null;
    child.stderr.on("data", (part: Buffer) => {
      this.#words = (this.#words + part.toString()).slice(-wordsMax);
    });
    const { promise, resolve: done, reject } = Promise.withResolvers<string>();
    let text = "";
    child.stdout.on("data", (part: Buffer) => {
      text += part.toString();
      if (text.includes("\n")) done(text);
    });
    child.once(
      "exit",
      whenLeft(() => this.#signal("SIGKILL")),
    );
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`ended with ${signal ?? code}`)));
    const late = setTimeout(() => reject(new Error("didn't start in time")), startMsMax);
    try {
      const news = JSON.parse(await promise) as Readonly<Record<string, unknown>>;
      this.#pid = typeof news["pid"] === "number" ? news["pid"] : null;
      return news;
    } catch (error) {
      throw new Error(`${this.#args[0]}: ${String(error)}\n${this.#words}`, { cause: error });
    } finally {
      clearTimeout(late);
    }
  }

  /** Resolves once it is gone. Nothing happens to one that isn't there. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isRunning) return;
    const ended = new Promise((done) => child.once("exit", done));
    this.#signal(signal);
    await ended;
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      if (this.#pid !== null) process.kill(this.#pid, signal);
      else this.#child?.kill(signal);
    } catch {
      // It died by itself; the command around it may not have noticed yet.
      this.#child?.kill(signal);
    }
  }
}
