/**
 * How old an open charge is. Its moments were told by the wall clock of that time, which may have been set since; what
 * passed since then is counted by the monotonic clock. So nobody is told that a charge of a moment ago is late, or that
 * one which is late is new.
 */
import type { Attempt } from "../core/payment/attempt.ts";
import { attemptMovedBy } from "../core/payment/moments.ts";
import { isLive } from "../core/payment/states.ts";
import type { SaleRecord } from "../ports/journal.ts";
import type { World } from "../ports/world.ts";

/** The two clocks differ by less than this from minute to minute, and nobody minds. */
const differenceMsMax = 1_000;

export class Ages {
  readonly #world: Pick<World, "nowMs" | "monotonicMs">;
  /** What the wall clock was ahead of the monotonic one when each open attempt was told of. */
  readonly #aheadMs = new Map<string, number>();

  constructor(world: Pick<World, "nowMs" | "monotonicMs">) {
    this.#world = world;
  }

  /** To be taken when a copy comes, for when it is kept. */
  aheadMs(): number {
    return this.#world.nowMs() - this.#world.monotonicMs();
  }

  keep({ orderNo }: Attempt, aheadMs: number): void {
    this.#aheadMs.set(orderNo, aheadMs);
  }

  forget(orderNo: string): void {
    this.#aheadMs.delete(orderNo);
  }

  /** The record with every moment of its open attempts as if it were told now. */
  now<Kept extends Pick<SaleRecord, "attempts">>(record: Kept): Kept {
    const aheadMs = this.aheadMs();
    let isChanged = false;
    const attempts = record.attempts.map((attempt) => {
      const byMs = aheadMs - (this.#aheadMs.get(attempt.orderNo) ?? aheadMs);
      if (Math.abs(byMs) < differenceMsMax || !isLive(attempt)) return attempt;
      isChanged = true;
      const wholeMs = Math.round(byMs);
      const moved = attemptMovedBy(attempt, wholeMs);
      return { ...moved, createdAtMs: attempt.createdAtMs + wholeMs };
    });
    return isChanged ? { ...record, attempts } : record;
  }
}
