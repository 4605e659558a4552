/** Drives refunds the way Driver drives attempts: decide, make durable, then ask. */
import {
  REFUND_ENDS,
  type RefundEffect,
  type RefundEvent,
  type RefundStep,
  newRefund,
  refundRefusal,
  refundStep,
} from "../core/payment/refund-step.ts";
import type { Attempt } from "../core/payment/attempt.ts";
import { refundRecorded } from "../core/payment/moments.ts";
import type { Refund } from "../core/payment/refund.ts";
import { step } from "../core/payment/step.ts";
import type { RefundIntent, RefundReply } from "../ports/link.ts";
import type { LedgerWrite } from "../ports/ledger.ts";
import type { HubTools, Newsroom } from "./deps.ts";
import { leaseCovers } from "./driver.ts";
import type { CallAbout, HealthMeter } from "./health.ts";
import { refundEvent } from "./history.ts";

const staleRetriesMax = 20;

export class Refunds {
  readonly #deps: HubTools;
  readonly #newsroom: Newsroom;
  readonly #meter: HealthMeter;
  onDue: (dueAtMs: number) => void = () => {};

  constructor(deps: HubTools, newsroom: Newsroom, meter: HealthMeter) {
    this.#deps = deps;
    this.#newsroom = newsroom;
    this.#meter = meter;
  }

  /** The same request number gives the same refund, however often it is asked. */
  accept(intent: RefundIntent): Promise<RefundReply> {
    return this.#deps.spans.during(() => this.#accept(intent));
  }

  async #accept(intent: RefundIntent): Promise<RefundReply> {
    const { ledger, world, refundTiming } = this.#deps;
    for (let tries = 0; tries < staleRetriesMax; tries += 1) {
      const startedMs = world.monotonicMs();
      const known = await ledger.refund(intent.merchantId, intent.requestNo);
      if (known !== null) return replyForKnown(known, intent);
      const attempt = await ledger.attempt(intent.merchantId, intent.orderNo);
      if (attempt === null) return { kind: "refused", reason: "order_not_found" };
      const refunds = await ledger.refundsOfOrder(intent.merchantId, intent.orderNo);
      const refusal = refundRefusal(attempt, refunds, intent.amountFen);
      if (refusal !== "refundable") return { kind: "refused", reason: refusal };
      const nowMs = world.nowMs();
      const wallMs = world.wallMs();
      const made = newRefund({ ...intent, latePayment: false }, attempt, nowMs);
      const asked = refundRecorded(made, null, wallMs);
      const first = firstEvent(attempt);
      const sent = refundStep(asked, first, refundTiming, nowMs);
      const said = refundEvent(null, sent.refund, first, `operator ${intent.operatorNo}`, wallMs);
      // Writing the attempt too makes two refunds of one attempt meet: the second is stale and counts again.
      const writes: readonly LedgerWrite[] = [
        { kind: "update_attempt", attempt: this.#touched(attempt, nowMs) },
        { kind: "insert_refund", refund: sent.refund },
      ];
      if ((await ledger.commit(writes, [said])) === "committed") {
        this.#carryOut(sent, startedMs);
        return { kind: "accepted", refund: sent.refund };
      }
    }
    throw new Error(`refund ${intent.requestNo} met other writers ${staleRetriesMax} times`);
  }

  #touched(attempt: Attempt, nowMs: number): Attempt {
    const done = step(attempt, { kind: "refund_asked" }, this.#deps.timing, nowMs);
    return done.ignored === null ? done.attempt : { ...attempt, version: attempt.version + 1 };
  }

  /** Its row fell due. One that nothing was sent of looks first whether its payment still stands. */
  async due(refund: Refund): Promise<void> {
    const { ledger } = this.#deps;
    const isUnsent = refund.state === "requested" && refund.tries === 0;
    const attempt = isUnsent ? await ledger.attempt(refund.merchantId, refund.orderNo) : null;
    // Taken back and come again: then there is something to give back after all.
    if (attempt?.unpaidEnd === "rolled_back" && attempt.latePayment === null)
      return this.apply(refund, { kind: "nothing_to_refund" }, "hub");
    const isSure = attempt === null || mayBeRefunded(attempt);
    const event = isSure ? ({ kind: "due" } as const) : firstEvent(attempt);
    return this.apply(refund, event, "hub");
  }

  apply(given: Refund, event: RefundEvent, actor: string): Promise<void> {
    return this.#deps.spans.during(() => this.#apply(given, event, actor));
  }

  async #apply(given: Refund, event: RefundEvent, actor: string): Promise<void> {
    const { world, ledger, refundTiming, log } = this.#deps;
    let current = given;
    for (let tries = 0; tries < staleRetriesMax; tries += 1) {
      const startedMs = world.monotonicMs();
      const [nowMs, wallMs] = [world.nowMs(), world.wallMs()];
      const stepped = refundStep(current, event, refundTiming, nowMs);
      const done = { ...stepped, refund: refundRecorded(stepped.refund, current, wallMs) };
      if (done.ignored !== null) {
        const { requestNo } = current;
        log("info", "event_ignored", { requestNo, event: event.kind, why: done.ignored });
        return;
      }
      const said = refundEvent(current, done.refund, event, actor, wallMs);
      const attempt = await this.#doubted(done.refund, nowMs);
      const writes: readonly LedgerWrite[] = [
        { kind: "update_refund", refund: done.refund },
        ...(attempt === null ? [] : [{ kind: "update_attempt", attempt } as const]),
      ];
      if ((await ledger.commit(writes, [said])) === "committed") {
        if (attempt !== null) {
          this.#newsroom.publish(attempt.terminalId, { kind: "attempt", attempt });
          this.onDue(nowMs);
        }
        if (REFUND_ENDS[done.refund.state])
          log("info", "refund_ended", {
            requestNo: done.refund.requestNo,
            state: done.refund.state,
          });
        this.#carryOut(done, startedMs);
        return;
      }
      current = (await ledger.refund(current.merchantId, current.requestNo)) ?? current;
    }
    log("error", "refund_always_stale", { requestNo: current.requestNo, event: event.kind });
  }

  /** Refused, and no other refund is to speak yet: whether the money is there is asked again. */
  async #doubted(refund: Refund, nowMs: number): Promise<Attempt | null> {
    if (refund.state !== "refused") return null;
    const { ledger, timing } = this.#deps;
    const { merchantId, orderNo, requestNo } = refund;
    // Read first: a refund that is accepted after it makes this attempt stale.
    const attempt = await ledger.attempt(merchantId, orderNo);
    const refunds = await ledger.refundsOfOrder(merchantId, orderNo);
    const others = refunds.filter((one) => one.requestNo !== requestNo);
    if (attempt === null || others.some((one) => !REFUND_ENDS[one.state])) return null;
    const isProven = others.some((one) => one.state === "done");
    const done = step(attempt, { kind: "refund_refused", isProven }, timing, nowMs);
    return done.ignored === null ? done.attempt : null;
  }

  #carryOut(done: RefundStep, startedMs: number): void {
    const { refund } = done;
    const { spans, log } = this.#deps;
    this.#newsroom.publish(refund.terminalId, { kind: "refund", refund });
    if (refund.dueAtMs !== null) this.onDue(refund.dueAtMs);
    for (const effect of done.effects) {
      const performed = (): Promise<void> => this.#perform(refund, effect, startedMs);
      spans.during(performed).catch((error: unknown) => {
        log("error", "effect_failed", {
          requestNo: refund.requestNo,
          effect: effect.kind,
          error: String(error),
        });
      });
    }
  }

  async #perform(refund: Refund, effect: RefundEffect, startedMs: number): Promise<void> {
    const { provider, world, refundTiming, log } = this.#deps;
    const { orderNo, requestNo, amountFen, reason, terminalId } = refund;
    const about = (asked: CallAbout["asked"]): CallAbout => ({ asked, orderNo, terminalId });
    switch (effect.kind) {
      case "refund": {
        // Held back, its row falls due by itself: the query says "not seen", and it is sent then.
        if (!leaseCovers(startedMs, world.monotonicMs(), refundTiming.leaseMarginMs)) {
          log("warn", "refund_kept_back", { orderNo, requestNo });
          return;
        }
        const answer = await this.#meter.timed(about("refund"), () =>
          provider.refund(orderNo, requestNo, amountFen, reason),
        );
        await this.apply(refund, { kind: "refund_answer", answer }, "provider");
        return;
      }
      case "refund_query": {
        const askedAtMs = world.nowMs();
        const answer = await this.#meter.timed(about("refund_query"), () =>
          provider.refundQuery(orderNo, requestNo),
        );
        await this.apply(refund, { kind: "query_answer", answer, askedAtMs }, "provider");
        return;
      }
      case "incident":
        log("warn", "incident", { orderNo, requestNo, name: effect.name });
        return;
    }
  }
}

function replyForKnown(known: Refund, intent: RefundIntent): RefundReply {
  const same = known.amountFen === intent.amountFen && known.orderNo === intent.orderNo;
  return same
    ? { kind: "accepted", refund: known }
    : { kind: "refused", reason: "idempotency_key_reused" };
}

/** Paid by the pay reply alone, and the question that confirms it is still to be answered: it may be taken back. */
const mayBeRefunded = ({ state, confirmed, dueAtMs }: Attempt): boolean =>
  state !== "paid" || confirmed || dueAtMs === null;

/** For the answer to the question that confirms it. */
const confirmedSoonMs = 500;

const firstEvent = (attempt: Attempt): RefundEvent =>
  mayBeRefunded(attempt)
    ? { kind: "send" }
    : { kind: "wait", untilMs: (attempt.dueAtMs ?? 0) + confirmedSoonMs };
