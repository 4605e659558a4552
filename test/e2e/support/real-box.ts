/** The real box as a process, with its sandbox as another: what a person starts with `npm start`, killed as power kills it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { SaleView } from "../../../src/core/till/view.ts";

const program = resolve(import.meta.dirname, "../../../src/bin/chupiao.ts");
const startMsMax = 60_000;

interface Announced {
  readonly url: string;
  readonly sandbox_url: string;
}

export interface TradeRow {
  readonly out_trade_no: string;
  readonly status: string;
  readonly total_fen: number;
  readonly refunded_fen: number;
  readonly paid_at: string | null;
}

export class RealBox {
  readonly data: string;
  url = "";
  sandbox = "";
  /** Any free one at first, then the same again: a page that is open must find its box after a restart. */
  #port = "0";
  #child: ChildProcess | null = null;

  private constructor(data: string) {
    this.data = data;
  }

  /** `timeFactor` divides the waiting times of box and gateway. */
  static async open(
    timeFactor = 1,
    data = mkdtempSync(join(tmpdir(), "chupiao-box-")),
    settings: Readonly<Record<string, unknown>> = {},
  ): Promise<RealBox> {
    mkdirSync(data, { recursive: true });
    const config = { ...settings, time_factor: timeFactor };
    writeFileSync(join(data, "config.json"), JSON.stringify(config));
    const box = new RealBox(data);
    await box.start();
    await box.control("PATCH", "/control/settings", { time_factor: timeFactor }).catch(() => null);
    return box;
  }

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [program, "start", "--data", this.data, "--port", this.#port, "--json"],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    this.#child = child;
    let words = "";
    child.stderr?.on("data", (part: Buffer) => (words += part.toString()));
    const announced = await new Promise<Announced>((done, fail) => {
      let text = "";
      const late = setTimeout(() => fail(new Error(`the box did not start: ${words}`)), startMsMax);
      child.stdout?.on("data", (part: Buffer) => {
        text += part.toString();
        if (!text.includes("\n")) return;
        clearTimeout(late);
        done(JSON.parse(text) as Announced);
      });
      child.once("exit", (code) => fail(new Error(`the box ended with ${code}: ${words}`)));
    });
    this.url = announced.url;
    this.#port = new URL(announced.url).port;
    this.sandbox = announced.sandbox_url;
  }

  /** To its process alone, e.g. SIGSTOP. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Power off, for the box alone: the outside world goes on. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Gives how long a clean stop took, in ms. */
  async terminate(): Promise<number> {
    const startedMs = performance.now();
    await this.#end("SIGTERM");
    return performance.now() - startedMs;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await ended;
  }

  async close(): Promise<void> {
    await this.kill();
    try {
      const { pid } = JSON.parse(
        readFileSync(join(this.data, "sandbox", "sandbox.json"), "utf8"),
      ) as { pid: number };
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended with the box.
    }
    rmSync(this.data, { recursive: true, force: true, maxRetries: 5 });
  }

  async ask<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
    return call<T>(`${this.url}${path}`, method, body);
  }

  async control<T>(
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
  ): Promise<T> {
    return call<T>(`${this.sandbox}${path}`, method, body);
  }

  async code(wallet?: string): Promise<string> {
    const body = wallet === undefined ? {} : { wallet };
    return (await this.control<{ code: string }>("POST", "/control/codes", body)).code;
  }

  /** Begins a sale and doesn't wait for its outcome. */
  async begin(amount: string): Promise<string> {
    const { sale_id: saleId } = await this.ask<SaleView>("POST", "/api/sell", {
      amount,
      code: await this.code(),
      wait_ms: 0,
    });
    return saleId;
  }

  async until(
    saleId: string,
    holds: (sale: SaleView) => boolean,
    limitMs = 60_000,
  ): Promise<SaleView> {
    const endsAtMs = performance.now() + limitMs;
    for (;;) {
      const sale = await this.ask<SaleView>("GET", `/api/sales/${saleId}`);
      if (holds(sale)) return sale;
      if (performance.now() > endsAtMs)
        throw new Error(`not within ${limitMs} ms: ${JSON.stringify(sale)}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** Kept money by the gateway's own book, all orders of this sandbox, in fen. */
  async takenFen(): Promise<number> {
    const { trades } = await this.control<{ trades: readonly TradeRow[] }>(
      "GET",
      "/control/trades?limit=200",
    );
    return trades.reduce(
      (sum, one) => sum + (one.paid_at === null ? 0 : one.total_fen) - one.refunded_fen,
      0,
    );
  }

  /** All papers, once they are as wanted. */
  async untilPapers(areRight: (texts: readonly string[]) => boolean): Promise<readonly string[]> {
    for (const endsAtMs = performance.now() + 20_000; ;) {
      const texts = await this.papers();
      if (areRight(texts)) return texts;
      if (performance.now() > endsAtMs) throw new Error(`not in time: ${texts.join("\n---\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The text of every finished paper, and of what hangs out. */
  async papers(): Promise<readonly string[]> {
    const { papers } = await this.control<{ papers: readonly { text: string }[] }>(
      "GET",
      "/printer/papers",
    );
    const hanging = await (await fetch(`${this.sandbox}/printer/papers/hanging.txt`)).text();
    return [...papers.map((one) => one.text), hanging];
  }
}

async function call<T>(url: string, method: string, body: unknown): Promise<T> {
  const init =
    body === undefined
      ? { method }
      : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
