/** Stand-ins for the printer tests: a clock that only moves when told, a journal in memory, a tiny encoder. */
import { lastSentOf } from "../../src/adapters/store/last-sent.ts";
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { stepJob } from "../../src/core/printing/machine.ts";
import { orderOriginal } from "../../src/core/printing/orders.ts";
import { jobHasEnded } from "../../src/core/printing/states.ts";
import type { JobEvent, PrintJob } from "../../src/core/printing/job.ts";
import { profile80 } from "../../src/core/printing/profile.ts";
import type { PrinterProfile } from "../../src/core/printing/profile.ts";
import type { World } from "../../src/ports/world.ts";
import type { EncodedJob } from "../../src/terminal/printing/deps.ts";

const sha256 = (data: string | Uint8Array): string =>
  createHash("sha256").update(data).digest("hex");

/** Real time, for tests over sockets. */
export const realWorld: World = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  random: Math.random,
  newId: () => randomUUID(),
  newToken: () => randomUUID(),
  sha256,
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Lets everything that waits for no timer run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A world whose time stands still until `advance`. */
export class VirtualWorld implements World {
  #nowMs = 0;
  #nextTimer = 0;
  readonly #timers = new Map<number, { readonly atMs: number; readonly call: () => void }>();

  nowMs(): number {
    return 1_800_000_000_000 + this.#nowMs;
  }
  monotonicMs(): number {
    return this.#nowMs;
  }
  random(): number {
    return 0;
  }
  newId(): string {
    return randomUUID();
  }
  newToken(): string {
    return randomUUID();
  }
  sha256(text: string): string {
    return sha256(text);
  }
  after(ms: number, call: () => void): () => void {
    this.#nextTimer += 1;
    const id = this.#nextTimer;
    this.#timers.set(id, { atMs: this.#nowMs + Math.max(0, ms), call });
    return () => this.#timers.delete(id);
  }

  /** Moves time on, timer by timer, letting everything run in between. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await settle();
    for (;;) {
      const [next] = [...this.#timers].toSorted((a, b) => a[1].atMs - b[1].atMs || a[0] - b[0]);
      if (next === undefined || next[1].atMs > untilMs) break;
      this.#timers.delete(next[0]);
      this.#nowMs = Math.max(this.#nowMs, next[1].atMs);
      next[1].call();
      await settle();
    }
    this.#nowMs = untilMs;
  }

  /** Moves on until the fact holds; fails when it doesn't within `maxMs`. Gives the time that it took. */
  async until(what: string, fact: () => boolean, maxMs = 120_000): Promise<number> {
    const startMs = this.#nowMs;
    await settle();
    while (!fact()) {
      assert.ok(this.#nowMs - startMs < maxMs, `not within ${maxMs} ms: ${what}`);
      await this.advance(10);
    }
    return this.#nowMs - startMs;
  }
}

/** The journal's part that the spooler sees. Survives a crash of the spooler. */
export class Journal {
  readonly jobs = new Map<string, PrintJob>();
  readonly history: string[] = [];
  /** Called before each change; may throw, as a full disk would. */
  before: (event: JobEvent) => void | Promise<void> = () => undefined;
  /** After it the spooler that held it is gone: nothing it does is stored. */
  epoch = 0;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  order(id: string): PrintJob {
    const issuer = null as never;
    const slip = { kind: "test", issuer, atMs: 0, livemode: false } as const;
    const order = { id, saleId: null, receiptNumber: id, slip, holder: "customer" } as const;
    const job = orderOriginal(order, [...this.jobs.values()], this.#world.nowMs());
    assert.ok(typeof job === "object");
    this.jobs.set(id, job);
    return job;
  }

  get(id: string): PrintJob {
    const job = this.jobs.get(id);
    assert.ok(job);
    return job;
  }

  unfinished(): readonly PrintJob[] {
    return [...this.jobs.values()].filter((job) => !jobHasEnded(job.state));
  }

  lastSent(): PrintJob | null {
    return lastSentOf([...this.jobs.values()]);
  }

  async change(epoch: number, id: string, event: JobEvent): Promise<PrintJob | null> {
    await this.before(event);
    if (epoch !== this.epoch) return new Promise(() => undefined);
    const step = stepJob(this.get(id), event, this.#world.nowMs());
    if (step.refusal !== null) return null;
    this.jobs.set(id, step.job);
    this.history.push(`${id} ${event.kind}`);
    return step.job;
  }
}

/** Eight lines that name the job, a cut, and the marker that the profile allows. */
export function encode(job: PrintJob, profile: PrinterProfile, processId: string): EncodedJob {
  const lines = Array.from({ length: 8 }, (_, at) => `${job.id} line ${at + 1}\n`).join("");
  const marker = profile.processId ? "process_id" : profile.inOrderStatus ? "in_order" : "none";
  const bytes = Buffer.concat([
    Buffer.from([0x1b, 0x40]),
    Buffer.from(lines, "latin1"),
    Buffer.from(profile.cutter ? [0x1d, 0x56, 0x42, 0x00] : []),
    marker === "process_id"
      ? Buffer.from([0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, ...Buffer.from(processId, "latin1")])
      : Buffer.from(marker === "in_order" ? [0x1d, 0x72, 0x01] : []),
  ]);
  return { bytes, sha256: sha256(bytes), marker };
}

export const epson: PrinterProfile = {
  ...profile80,
  processId: true,
  automaticStatus: true,
  cutCounter: true,
  bufferClear: true,
};
export const clone: PrinterProfile = profile80;
export const mute: PrinterProfile = {
  ...profile80,
  realtimeStatus: false,
  inOrderStatus: false,
};
