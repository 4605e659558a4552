/** How the hub's clock follows the wall clock: in steps only while no proof is measured by it, and never at a wait's cost. */
import { refundStep } from "../core/payment/refund-step.ts";
import { step } from "../core/payment/step.ts";
import type { LedgerWrite, StreamEvent } from "../ports/ledger.ts";
import type { HubTools } from "./deps.ts";
import { attemptEvent, refundEvent } from "./history.ts";
import type { Spans } from "./spans.ts";
import type { Timer } from "./timer.ts";

interface Move {
  readonly byMs: number;
  readonly writes: readonly LedgerWrite[];
  readonly events: readonly StreamEvent[];
}

export class Follower {
  readonly #deps: HubTools;
  readonly #spans: Spans;
  readonly #timer: Timer;
  /** What a start found isn't known before it is over. */
  #isBegun = false;
  /** Not known to be durable yet. Nothing falls due, and the clock isn't set again, before it is. */
  #owed: Move | null = null;
  #underWay: Promise<void> = Promise.resolve();

  constructor(deps: HubTools, spans: Spans, timer: Timer) {
    this.#deps = deps;
    this.#spans = spans;
    this.#timer = timer;
    spans.onFree = () => this.look();
    timer.beforeLook = async () => {
      this.look();
      await this.#underWay;
      await this.#keep();
    };
  }

  begin(): void {
    this.#isBegun = true;
  }

  /**
   * The box slept, or somebody set the clock: as soon as no proof is measured by ours, it is set too, and what waits is
   * moved by the same span. All within one turn: whoever reads a row from here on reads it as moved, and what was decided
   * about it before is stale. Where power fails now, the next start finds all of it moved or nothing; its clock starts
   * at the wall clock in any case, so what was moved is right, and the rest is what any stop leaves.
   */
  look(): void {
    if (!this.#isBegun || this.#owed !== null || !this.#spans.areNone) return;
    const byMs = this.#deps.world.set();
    if (byMs === 0) return;
    this.#timer.lookAnew();
    this.#owed = this.#moved(byMs);
    this.#underWay = this.#keep().catch((error: unknown) =>
      this.#deps.log("error", "waits_not_moved", { byMs, error: String(error) }),
    );
  }

  /** Rejects like a commit; asked again, it moves nothing twice, since each row's version says whether it was moved. */
  async #keep(): Promise<void> {
    const { ledger, log } = this.#deps;
    const owed = this.#owed;
    if (owed === null) return;
    const { byMs, writes, events } = owed;
    const result = writes.length === 0 ? "committed" : await ledger.commit(writes, events);
    if (result !== "committed") log("error", "waits_not_moved", { byMs, result });
    this.#owed = null;
  }

  #moved(byMs: number): Move {
    const { timing, refundTiming, world } = this.#deps;
    const event = { kind: "waits_moved", byMs } as const;
    const [nowMs, wallMs] = [world.nowMs(), world.wallMs()];
    const writes: LedgerWrite[] = [];
    const events: StreamEvent[] = [];
    for (const before of this.#spans.waitingAttempts) {
      const { attempt } = step(before, event, timing, nowMs);
      writes.push({ kind: "update_attempt", attempt });
      events.push(attemptEvent(before, attempt, event, "hub", wallMs));
    }
    for (const before of this.#spans.waitingRefunds) {
      const { refund } = refundStep(before, event, refundTiming, nowMs);
      writes.push({ kind: "update_refund", refund });
      events.push(refundEvent(before, refund, event, "hub", wallMs));
    }
    return { byMs, writes, events };
  }
}
