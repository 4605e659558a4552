/** How the hub's clock follows the wall clock: in steps only while no proof is measured by it, and never at a wait's cost. */
import type { Attempt } from "../core/payment/attempt.ts";
import type { Refund } from "../core/payment/refund.ts";
import { refundStep } from "../core/payment/refund-step.ts";
import { step } from "../core/payment/step.ts";
import type { LedgerWrite, StreamEvent } from "../ports/ledger.ts";
import type { HubTools } from "./deps.ts";
import { attemptEvent, refundEvent } from "./history.ts";
import type { Spans } from "./spans.ts";
import type { Timer } from "./timer.ts";

/** A row as it was when the clock was set, and as it is now: it may have been written since. */
interface Waiting<Row> {
  readonly from: Row;
  readonly row: Row;
}

interface Move {
  readonly byMs: number;
  readonly attempts: readonly Waiting<Attempt>[];
  readonly refunds: readonly Waiting<Refund>[];
  readonly writes: readonly LedgerWrite[];
  readonly events: readonly StreamEvent[];
}

const staleRetriesMax = 20;

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
    const { waitingAttempts, waitingRefunds } = this.#spans;
    this.#owed = this.#moved(
      byMs,
      waitingAttempts.map((row) => ({ from: row, row })),
      waitingRefunds.map((row) => ({ from: row, row })),
    );
    this.#underWay = this.#keep().catch((error: unknown) =>
      this.#deps.log("error", "waits_not_moved", { byMs, error: String(error) }),
    );
  }

  /** Rejects like a commit; asked again, it moves nothing twice, since each row's version says whether it was moved. */
  async #keep(): Promise<void> {
    const { ledger, log } = this.#deps;
    for (let tries = 0; this.#owed !== null; tries += 1) {
      const { byMs, writes, events } = this.#owed;
      if (tries === staleRetriesMax) throw new Error(`moved rows were stale ${tries} times`);
      const result = writes.length === 0 ? "committed" : await ledger.commit(writes, events);
      if (result !== "committed") log("warn", "waits_moved_anew", { byMs, result });
      this.#owed = result === "committed" ? null : await this.#anew(this.#owed);
    }
  }

  /** One row that somebody wrote, or that was moved after all, keeps none of the others where they are. */
  async #anew({ byMs, attempts, refunds }: Move): Promise<Move> {
    const { ledger } = this.#deps;
    const attemptsNow: Waiting<Attempt>[] = [];
    const refundsNow: Waiting<Refund>[] = [];
    for (const { from } of attempts) {
      const row = await ledger.attempt(from.merchantId, from.orderNo);
      if (row !== null) attemptsNow.push({ from, row });
    }
    for (const { from } of refunds) {
      const row = await ledger.refund(from.merchantId, from.requestNo);
      if (row !== null) refundsNow.push({ from, row });
    }
    return this.#moved(byMs, attemptsNow, refundsNow);
  }

  #moved(byMs: number, attempts: Move["attempts"], refunds: Move["refunds"]): Move {
    const { timing, refundTiming, world } = this.#deps;
    const [nowMs, wallMs] = [world.nowMs(), world.wallMs()];
    const writes: LedgerWrite[] = [];
    const events: StreamEvent[] = [];
    for (const { from, row } of attempts) {
      const event = { kind: "waits_moved", byMs, from } as const;
      const { attempt } = step(row, event, timing, nowMs);
      if (isAsItWas(row, attempt)) continue;
      writes.push({ kind: "update_attempt", attempt });
      events.push(attemptEvent(row, attempt, event, "hub", wallMs));
    }
    for (const { from, row } of refunds) {
      const event = { kind: "waits_moved", byMs, from } as const;
      const { refund } = refundStep(row, event, refundTiming, nowMs);
      if (isAsItWas(row, refund)) continue;
      writes.push({ kind: "update_refund", refund });
      events.push(refundEvent(row, refund, event, "hub", wallMs));
    }
    return { byMs, attempts, refunds, writes, events };
  }
}

/** It was moved already, or waits for nothing any more. */
const isAsItWas = (row: Attempt | Refund, moved: Attempt | Refund): boolean =>
  row.dueAtMs === moved.dueAtMs && row.endedAtMs === moved.endedAtMs;
