/** The hub's clock follows the wall clock as the production one does, and what waits is moved along with it in one commit. */
import { isMeasured, isRefundMeasured } from "../../../core/payment/moments.ts";
import { refundStep } from "../../../core/payment/refund-step.ts";
import { step } from "../../../core/payment/step.ts";
import type { SteadyWorld } from "../../../hub/steady.ts";
import type { Sale } from "../sale.ts";
import type { Hub } from "./hub.ts";

export class Follower {
  readonly #hub: Hub;
  #clock: SteadyWorld | null = null;
  /** Calls without an answer yet, and effects that a slow disk holds up. */
  #atWork = 0;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  start(clock: SteadyWorld): void {
    this.#clock = clock;
    this.#atWork = 0;
  }

  /** Work has begun that has read the clock; the way to say that it is over. */
  begin(): () => void {
    const { process } = this.#hub;
    const { life } = process;
    this.#atWork += 1;
    return () => {
      if (process.life !== life) return;
      this.#atWork -= 1;
      this.look();
    };
  }

  look(): void {
    const { shop, process } = this.#hub;
    const clock = this.#clock;
    if (clock === null || !process.isUp || !shop.plan.isSole || this.#atWork > 0) return;
    // The production clock says itself that it has nothing to set; here that saves a look at every sale.
    if (Math.abs(clock.wallMs() - clock.nowMs()) <= differenceMsMax) return;
    if (shop.sales.some(holdsClock) || process.diesBefore()) return;
    const byMs = clock.set();
    for (const sale of shop.sales) this.#move(sale, byMs);
    process.diesAfter();
  }

  #move(sale: Sale, byMs: number): void {
    const { shop } = this.#hub;
    const event = { kind: "waits_moved", byMs } as const;
    const nowMs = this.#hub.nowMs();
    for (const [at, before] of sale.attempts.entries()) {
      if (before.dueAtMs === null) continue;
      const { attempt } = step(before, event, shop.timing, nowMs);
      sale.attempts[at] = attempt;
      if (attempt.dueAtMs !== null) this.#hub.timers.set(sale, at, attempt.dueAtMs);
      shop.scribe.attempt(sale, before, attempt, event);
    }
    for (const before of sale.refunds.slice()) {
      if (before.dueAtMs === null) continue;
      const { refund } = refundStep(before, event, shop.plan.refundTiming, nowMs);
      this.#hub.refunds.keep(sale, refund);
      this.#hub.refunds.setTimer(sale, refund);
    }
  }
}

const differenceMsMax = 5_000;

const holdsClock = ({ attempts, refunds }: Sale): boolean =>
  attempts.some(isMeasured) || refunds.some(isRefundMeasured);
