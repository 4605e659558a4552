/** Adds up what the workers tell. */
import { createHash } from "node:crypto";
import type { SeedResult } from "../../src/simulation/run/run.ts";
import type { Told } from "./messages.ts";

export interface Failure {
  readonly seed: number;
  readonly rule: string;
  readonly saleId: string | null;
  readonly seen: string;
}

export class Tally {
  readonly #startedMs = performance.now();
  readonly #digests = new Map<number, string>();
  readonly #cells = new Map<string, number>();
  readonly failures: Failure[] = [];
  sales = 0;
  events = 0;

  /** Gives what it found wrong. */
  add(told: Exclude<Told, { readonly kind: "ready" }>): readonly Failure[] {
    const found = failuresOf(told);
    this.failures.push(...found);
    if (told.kind === "broke") return found;
    const { seed, sales, events, digest, coverage } = told.result;
    this.sales += sales;
    this.events += events;
    this.#digests.set(seed, digest);
    for (const [cell, count] of Object.entries(coverage))
      this.#cells.set(cell, (this.#cells.get(cell) ?? 0) + count);
    return found;
  }

  get seeds(): number {
    return this.#digests.size;
  }

  get seconds(): number {
    return (performance.now() - this.#startedMs) / 1_000;
  }

  /** Seeds with at least one violation, in order. */
  get failedSeeds(): readonly number[] {
    return [...new Set(this.failures.map((one) => one.seed))].toSorted((a, b) => a - b);
  }

  cells(): SeedResult["coverage"] {
    return Object.fromEntries(this.#cells);
  }

  /** Over everything that happened in all seeds, in the order of the seeds. */
  logSha256(): string {
    const lines = [...this.#digests].toSorted(([a], [b]) => a - b);
    return createHash("sha256")
      .update(lines.map((one) => one.join(" ")).join("\n"))
      .digest("hex");
  }

  line(): string {
    const rate = Math.round(this.sales / this.seconds);
    const found =
      this.failures.length === 0 ? "no violation" : `${this.failures.length} violations`;
    return `${this.seeds} seeds, ${this.sales} sales, ${rate} a second, ${found}`;
  }
}

function failuresOf(told: Exclude<Told, { readonly kind: "ready" }>): readonly Failure[] {
  if (told.kind === "broke")
    return [{ seed: told.seed, rule: "exception", saleId: null, seen: told.error }];
  const { seed, violations } = told.result;
  return violations.map(({ rule, saleId, seen }) => ({ seed, rule, saleId, seen }));
}
