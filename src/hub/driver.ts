/**
 * Drives attempts: decides by `step`, makes the decision durable, and only then carries out its effects. Several
 * drivers may work on one ledger; a stale one changes nothing, reads again and decides anew.
 */
import type { Attempt } from "../core/payment/attempt.ts";
import type { AttemptEffect, AttemptEvent, Step } from "../core/payment/events.ts";
import { refundRecorded } from "../core/payment/moments.ts";
import { newRefund, REFUND_ENDS } from "../core/payment/refund-step.ts";
import type { Refund } from "../core/payment/refund.ts";
import { refundedElsewhere } from "../core/payment/refunded-elsewhere.ts";
import { step } from "../core/payment/step.ts";
import type { LedgerWrite } from "../ports/ledger.ts";
import type { Order } from "../ports/provider.ts";
import type { HubTools, Newsroom } from "./deps.ts";
import type { CallAbout, HealthMeter } from "./health.ts";
import { attemptEvent } from "./history.ts";

/** What only the pay call needs; it lives until that call has been made and is never stored. */
export interface Secret {
  readonly order: Order;
  readonly paymentCode: string | null;
  /** By the monotonic clock; after it the intent is too old to leave. */
  readonly leavesByMs: number;
}

/** `stale`: other writers were always faster, and nothing of this event is durable. */
export interface Applied {
  readonly attempt: Attempt;
  readonly result: "committed" | "ignored" | "stale";
}

const staleRetriesMax = 20;

/** Another worker may take the row over when its lease ends; a call that can't finish before then must not leave. */
export const leaseCovers = (startedMs: number, nowMs: number, leaseMarginMs: number): boolean =>
  nowMs - startedMs < leaseMarginMs;

export class Driver {
  readonly #deps: HubTools;
  readonly #newsroom: Newsroom;
  readonly #meter: HealthMeter;
  /** Called with every row that falls due later, so that the timer can sleep until then. */
  onDue: (dueAtMs: number) => void = () => {};

  constructor(deps: HubTools, newsroom: Newsroom, meter: HealthMeter) {
    this.#deps = deps;
    this.#newsroom = newsroom;
    this.#meter = meter;
  }

  /** Applies the event to the newest stored state and gives the attempt as it then stands. */
  async apply(given: Attempt, event: AttemptEvent, actor: string): Promise<Attempt> {
    return (await this.tryApply(given, event, actor)).attempt;
  }

  tryApply(given: Attempt, event: AttemptEvent, actor: string): Promise<Applied> {
    return this.#deps.spans.during(() => this.#tryApply(given, event, actor));
  }

  async #tryApply(given: Attempt, event: AttemptEvent, actor: string): Promise<Applied> {
    const { world, ledger, timing, log } = this.#deps;
    let current = given;
    for (let tries = 0; tries < staleRetriesMax; tries += 1) {
      const startedMs = world.monotonicMs();
      const nowMs = world.nowMs();
      const done = step(current, event, timing, nowMs);
      if (done.ignored !== null) {
        log("info", "event_ignored", {
          orderNo: current.orderNo,
          event: event.kind,
          why: done.ignored,
        });
        return { attempt: current, result: "ignored" };
      }
      const said = attemptEvent(current, done.attempt, event, actor, world.wallMs());
      const writes = await this.#writesOf(done, nowMs);
      const result = await ledger.commit(writes, [said]);
      if (result === "committed") {
        this.carryOut(done, null, startedMs);
        this.#tellEnded(writes);
        return { attempt: done.attempt, result: "committed" };
      }
      current = (await ledger.attempt(current.merchantId, current.orderNo)) ?? current;
    }
    log("error", "attempt_always_stale", { orderNo: current.orderNo, event: event.kind });
    return { attempt: current, result: "stale" };
  }

  /**
   * Carries out the effects of a step that has just become durable. `startedMs`: the monotonic clock when the step was
   * decided; the lease over the row counts from then, and the commit may have taken long.
   */
  carryOut(done: Step, secret: Secret | null, startedMs: number): void {
    const { attempt } = done;
    const { spans, log } = this.#deps;
    this.#newsroom.publish(attempt.terminalId, { kind: "attempt", attempt });
    if (attempt.dueAtMs !== null) this.onDue(attempt.dueAtMs);
    for (const effect of done.effects) {
      const performed = (): Promise<void> => this.#perform(attempt, effect, secret, startedMs);
      spans.during(performed).catch((error: unknown) => {
        // The row's own timer takes it up again; nothing is lost but time.
        log("error", "effect_failed", {
          orderNo: attempt.orderNo,
          effect: effect.kind,
          error: String(error),
        });
      });
    }
  }

  async #perform(
    attempt: Attempt,
    effect: AttemptEffect,
    secret: Secret | null,
    startedMs: number,
  ): Promise<void> {
    const { world, provider, timing, log } = this.#deps;
    const { orderNo } = attempt;
    const nowMs = world.monotonicMs();
    const mayLeave = leaseCovers(startedMs, nowMs, timing.leaseMarginMs);
    const mayPay = mayLeave && secret !== null && nowMs <= secret.leavesByMs;
    const about = (asked: CallAbout["asked"]): CallAbout => ({
      asked,
      orderNo,
      terminalId: attempt.terminalId,
    });
    switch (effect.kind) {
      case "pay": {
        const code = secret?.paymentCode ?? null;
        if (!mayPay || code === null) return this.#keepBack(attempt);
        const answer = await this.#meter.timed(about("pay"), () =>
          provider.pay(secret.order, code),
        );
        await this.apply(attempt, { kind: "pay_answer", answer }, "provider");
        return;
      }
      case "precreate": {
        if (!mayPay) return this.#keepBack(attempt);
        const answer = await this.#meter.timed(about("precreate"), () =>
          provider.precreate(secret.order),
        );
        await this.apply(attempt, { kind: "precreate_answer", answer }, "provider");
        return;
      }
      case "query": {
        const askedAtMs = world.nowMs();
        const answer = await this.#meter.timed(about("query"), () => provider.query(orderNo));
        await this.apply(attempt, { kind: "query_answer", answer, askedAtMs }, "provider");
        return;
      }
      case "cancel": {
        if (!mayLeave) return;
        const askedAtMs = world.nowMs();
        const answer = await this.#meter.timed(about("cancel"), () => provider.cancel(orderNo));
        await this.apply(attempt, { kind: "cancel_answer", answer, askedAtMs }, "provider");
        return;
      }
      case "refund_late":
        // Its row was committed with the attempt; the timer finds it due at once.
        this.onDue(world.nowMs());
        return;
      case "refunded_elsewhere":
        return;
      case "incident":
        log("warn", "incident", { orderNo, name: effect.name });
        return;
    }
  }

  /** The attempt and, where its money goes or went back, the refund: one commit, so that no crash forgets it. */
  async #writesOf({ attempt, effects }: Step, nowMs: number): Promise<readonly LedgerWrite[]> {
    const { ledger, world } = this.#deps;
    const update: LedgerWrite = { kind: "update_attempt", attempt };
    const recorded = (refund: Refund): Refund => refundRecorded(refund, null, world.wallMs());
    const asks = (kind: AttemptEffect["kind"]): boolean =>
      effects.some((effect) => effect.kind === kind);
    if (asks("refund_late"))
      return [update, { kind: "insert_refund", refund: recorded(lateRefund(attempt, nowMs)) }];
    if (!asks("refunded_elsewhere")) return [update];
    const refunds = await ledger.refundsOfOrder(attempt.merchantId, attempt.orderNo);
    const elsewhere = recorded(refundedElsewhere(attempt, refunds, nowMs));
    return [update, { kind: "insert_refund", refund: elsewhere }];
  }

  /** A refund that is never sent is told at once: nobody drives it. */
  #tellEnded(writes: readonly LedgerWrite[]): void {
    for (const write of writes)
      if (write.kind === "insert_refund" && REFUND_ENDS[write.refund.state])
        this.#newsroom.publish(write.refund.terminalId, { kind: "refund", refund: write.refund });
  }

  /** Nothing left: that is proof, and the cashier needn't wait for the provider to say so. */
  async #keepBack(attempt: Attempt): Promise<void> {
    this.#deps.log("warn", "pay_kept_back", { orderNo: attempt.orderNo });
    await this.apply(attempt, { kind: "kept_back" }, "hub");
  }
}

function lateRefund(attempt: Attempt, nowMs: number): Refund {
  const given = {
    requestNo: `${attempt.orderNo}-late`,
    amountFen: attempt.amountFen,
    reason: "收款已结束后到账，自动退回",
    operatorNo: "system",
    latePayment: true,
  };
  return newRefund(given, attempt, nowMs);
}
