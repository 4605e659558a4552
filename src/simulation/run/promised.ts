/** The time in which each outcome is promised: in calm, and counted from the order's own beginning. */
import type { AttemptState } from "../../core/payment/attempt.ts";
import type { OpenFact } from "../auditor/facts.ts";

/**
 * After the weather: 150 s for what the provider never saw, a process that starts again, a till that asks after ten
 * seconds of silence, and a reversal that is asked for every 15 s.
 */
export const outcomeMsMax = 240_000;

/** An order that isn't decided, by the hub's row. */
export interface LiveOrder {
  readonly saleId: string;
  readonly orderNo: string;
  readonly state: AttemptState;
  readonly begunAtMs: number;
}

/** All times are the true ones. */
export class Promised {
  readonly #calmMs: number;
  readonly #late = new Map<string, OpenFact>();
  #lookAtMs: number;

  constructor(calmMs: number) {
    this.#calmMs = calmMs;
    this.#lookAtMs = calmMs + outcomeMsMax;
  }

  /** When to look again. What begins before that and isn't seen until then can't be late earlier. */
  get lookAtMs(): number {
    return this.#lookAtMs;
  }

  get late(): readonly OpenFact[] {
    return [...this.#late.values()];
  }

  /** Does nothing before its time. A customer who is charged again in the calm has the whole time once more. */
  look(nowMs: number, live: () => readonly LiveOrder[]): void {
    if (nowMs < this.#lookAtMs) return;
    this.#lookAtMs = nowMs + outcomeMsMax;
    for (const { saleId, orderNo, state, begunAtMs } of live()) {
      const sinceMs = Math.max(this.#calmMs, begunAtMs);
      const dueMs = sinceMs + outcomeMsMax;
      if (dueMs > nowMs) this.#lookAtMs = Math.min(this.#lookAtMs, dueMs);
      else if (!this.#late.has(orderNo))
        this.#late.set(orderNo, { saleId, what: "attempt", number: orderNo, state, sinceMs });
    }
  }
}
