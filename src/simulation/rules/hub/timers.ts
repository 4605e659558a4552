/** Rows that fall due, and what a start finds: the same as the production timer and start make of a ledger. */
import { takenUpBy } from "../../../core/payment/moments.ts";
import { interrupted } from "../../../adapters/store/ended.ts";
import type { Sale } from "../sale.ts";
import type { Hub } from "./hub.ts";

export class Timers {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** A row has no more timers than it needs: one that rings earlier sets the next. */
  set(sale: Sale, at: number, dueAtMs: number): void {
    const { shop, process } = this.#hub;
    const waitMs = Math.max(0, dueAtMs - this.#hub.nowMs());
    const atMs = shop.queue.nowMs + waitMs;
    const set = sale.timerAtMs[at] ?? Number.POSITIVE_INFINITY;
    if (set <= atMs && set >= shop.queue.nowMs) return;
    sale.timerAtMs[at] = atMs;
    const ring = process.inThisLife(() => this.#ring(sale, at, atMs));
    shop.queue.after(waitMs, ring);
  }

  #ring(sale: Sale, at: number, atMs: number): void {
    if (sale.timerAtMs[at] !== atMs) return;
    sale.timerAtMs[at] = Number.POSITIVE_INFINITY;
    this.#hub.follower.look();
    const dueAtMs = sale.attempts[at]?.dueAtMs ?? null;
    if (dueAtMs === null || !this.#hub.process.isUp) return;
    if (dueAtMs > this.#hub.nowMs()) return this.set(sale, at, dueAtMs);
    this.#hub.apply(sale, at, { kind: "due" });
  }

  /** A hub that works alone asks at once for whatever isn't proven; others wait for the row's own time. */
  restart(): void {
    const { shop, process } = this.#hub;
    const { life } = process;
    for (const sale of shop.sales) {
      sale.closing.length = 0;
      for (let at = 0; at < sale.attempts.length; at += 1) {
        sale.timerAtMs[at] = Number.POSITIVE_INFINITY;
        this.#takeUp(sale, at);
        if (!process.isStill(life)) return;
      }
      this.#hub.refunds.takeUp(sale);
      if (!process.isStill(life)) return;
    }
  }

  #takeUp(sale: Sale, at: number): void {
    const { shop } = this.#hub;
    const { timing } = shop;
    const attempt = sale.attempts[at];
    if (attempt === undefined) return;
    const isInterrupted = interrupted.has(attempt.state);
    const event = isInterrupted
      ? ({ kind: "restart" } as const)
      : takenUpBy(attempt, timing, this.#hub.nowMs());
    if (shop.plan.isSole && event !== null) this.#hub.apply(sale, at, event);
    const nowDueAtMs = sale.attempts[at]?.dueAtMs ?? null;
    if (nowDueAtMs !== null) this.set(sale, at, nowDueAtMs);
  }
}
