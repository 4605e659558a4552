/**
 * The hub without its actors: its rows, its timers and its clock round the production decisions. A decision is durable
 * in one step, and only then its effects leave; each of these places is one to die at.
 */
import type { TradeNotification } from "../../../core/payment/answers.ts";
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { AttemptEffect, AttemptEvent, Step } from "../../../core/payment/events.ts";
import { newRefund } from "../../../core/payment/refund-step.ts";
import { refundedElsewhere } from "../../../core/payment/refunded-elsewhere.ts";
import { step } from "../../../core/payment/step.ts";
import { leaseCovers } from "../../../hub/driver.ts";
import type { Chance } from "../../world/chance.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";
import { Process } from "../world/process.ts";
import type { Call } from "../gateway/gateway.ts";
import { hubClock } from "./clock.ts";
import { Follower } from "./follow.ts";
import { Intake } from "./intake.ts";
import { Calls, type Secret } from "./calls.ts";
import { Refunds } from "./refunds.ts";
import { Timers } from "./timers.ts";

/** A disk that stands still for so long lets the lease over a row run out. */
const stuckDiskMs = 12_000;
/** Of the commits on a slow disk: to wait at each would only cost events. */
const slowShare = 0.1;

export class Hub {
  readonly process: Process;
  readonly intake: Intake;
  readonly refunds: Refunds;
  readonly timers: Timers;
  readonly follower: Follower;
  readonly shop: Shop;
  readonly chance: Chance;
  readonly #calls: Calls;
  #nowMs: () => number = () => 0;
  /** The highest receipt number that a terminal has shown it. */
  highestReceipt = 0;

  constructor(shop: Shop, chance: Chance) {
    this.shop = shop;
    this.chance = chance;
    this.process = new Process(chance.fork("process"));
    this.timers = new Timers(this);
    this.follower = new Follower(this);
    this.intake = new Intake(this);
    this.refunds = new Refunds(this);
    this.#calls = new Calls(this);
  }

  /** Its own clock, which never jumps while a proof is measured by it. */
  nowMs(): number {
    return this.#nowMs();
  }

  /** Takes up what a crash left behind. */
  start(): void {
    this.process.start();
    const clock = hubClock(this.shop.queue, this.process, this.chance);
    this.#nowMs = clock.nowMs;
    this.follower.start(clock);
    this.timers.restart();
  }

  /** Decides, makes it durable, and carries out the effects. */
  apply(sale: Sale, at: number, event: AttemptEvent): void {
    const before = sale.attempts[at];
    if (!this.process.isUp || before === undefined) return;
    const done = step(before, event, this.shop.timing, this.#nowMs());
    if (done.ignored !== null) {
      // Its call is back and changed nothing: now the row waits for its own time.
      if (before.dueAtMs !== null) this.timers.set(sale, at, before.dueAtMs);
      return;
    }
    if (this.process.diesBefore()) return;
    this.#keep(sale, at, before, done, event);
    this.carryOut(sale, at, done, null, movesOn(before, done.attempt));
  }

  #keep(sale: Sale, at: number, before: Attempt | null, done: Step, event: AttemptEvent): void {
    const { attempt, effects } = done;
    sale.attempts[at] = attempt;
    const isLate = effects.some((one) => one.kind === "refund_late");
    if (isLate) this.#keepLateRefund(sale, attempt);
    if (effects.some((one) => one.kind === "refunded_elsewhere"))
      this.#keepElsewhere(sale, attempt);
    this.shop.scribe.attempt(sale, before, attempt, event);
  }

  #keepElsewhere(sale: Sale, attempt: Attempt): void {
    const ofOrder = sale.refunds.filter((one) => one.orderNo === attempt.orderNo);
    this.refunds.keep(sale, refundedElsewhere(attempt, ofOrder, this.#nowMs()));
  }

  /** In one commit with its attempt, as the driver does it. */
  #keepLateRefund(sale: Sale, attempt: Attempt): void {
    const given = {
      requestNo: `${attempt.orderNo}-late`,
      amountFen: attempt.amountFen,
      reason: "late",
      operatorNo: "system",
      latePayment: true,
    };
    this.refunds.keep(sale, newRefund(given, attempt, this.#nowMs()));
  }

  /** A new row, already on its way. */
  insert(sale: Sale, sent: Step, secret: Secret): boolean {
    if (this.process.diesBefore()) return false;
    const at = sale.attempts.length;
    this.#keep(sale, at, null, sent, { kind: "send" });
    // Its reply brings the same news; that they may overtake each other matters only where messages are late.
    return this.carryOut(sale, at, sent, secret, this.shop.weather.link_message_delayed > 0);
  }

  /** The effects of a step that has just become durable. False: it died on the way. */
  carryOut(sale: Sale, at: number, done: Step, secret: Secret | null, isNews: boolean): boolean {
    if (this.process.diesAfter()) return false;
    this.shop.link.news(sale, done.attempt, isNews);
    const stuckMs = this.#diskMs(sale);
    if (stuckMs === 0) return this.#perform(sale, at, done, secret, 0);
    return this.#performLater(sale, at, done, secret, stuckMs);
  }

  #performLater(sale: Sale, at: number, done: Step, secret: Secret | null, stuckMs: number): true {
    const over = this.follower.begin();
    const perform = this.process.inThisLife(() => this.#perform(sale, at, done, secret, stuckMs));
    this.shop.queue.after(stuckMs, () => {
      perform();
      over();
    });
    return true;
  }

  #diskMs(sale: Sale): number {
    const most = this.shop.weather.hub_disk_slow;
    if (most === 0 || !this.chance.hits(slowShare)) return 0;
    const isStuck = this.chance.hits(0.05);
    if (isStuck) this.shop.scribe.struck("hub_disk_slow", sale);
    return isStuck ? this.chance.whole(1, stuckDiskMs) : this.chance.skewed(0, most);
  }

  #perform(sale: Sale, at: number, done: Step, secret: Secret | null, diskMs: number): boolean {
    const { attempt, effects } = done;
    if (sale.closing.length > 0) for (const heard of sale.closing.slice()) heard(attempt);
    if (effects.length === 0) {
      if (attempt.dueAtMs !== null) this.timers.set(sale, at, attempt.dueAtMs);
      return true;
    }
    const isCovered = leaseCovers(0, diskMs, this.shop.timing.leaseMarginMs);
    for (const effect of effects) {
      if (this.process.diesBetween()) return false;
      this.#leave(sale, at, attempt, effect, secret, isCovered);
    }
    return true;
  }

  #leave(
    sale: Sale,
    at: number,
    attempt: Attempt,
    effect: AttemptEffect,
    secret: Secret | null,
    isCovered: boolean,
  ): void {
    switch (effect.kind) {
      case "pay":
      case "precreate": {
        const mayPay = isCovered && secret !== null && this.shop.queue.nowMs <= secret.leavesByMs;
        if (mayPay) this.#calls.pay(sale, at, attempt, secret);
        else this.apply(sale, at, { kind: "kept_back" });
        return;
      }
      case "query":
        return this.#calls.query(sale, at, attempt.orderNo);
      case "cancel":
        if (isCovered) this.#calls.cancel(sale, at, attempt.orderNo);
        else this.#wait(sale, at, attempt);
        return;
      case "refund_late":
        return this.refunds.setTimers(sale);
      case "refunded_elsewhere":
        return this.refunds.tellDone(sale, attempt);
      case "incident":
        // Other effects may have asked: their answer comes before the row's own time.
        return this.#wait(sale, at, attempt);
    }
  }

  /** Asks the provider; until the answer has been dealt with a call is out. */
  ask<A>(call: Call<A>): void {
    const over = this.follower.begin();
    const done: Call<A>["done"] = (answer) => {
      call.done(answer);
      over();
    };
    this.shop.gateway.ask({ ...call, done });
  }

  /** No call is out whose answer would look after the row. */
  #wait(sale: Sale, at: number, { dueAtMs }: Attempt): void {
    if (dueAtMs !== null) this.timers.set(sale, at, dueAtMs);
  }

  notified(sale: Sale, notification: TradeNotification): void {
    if (!this.process.isUp) return;
    const at = sale.attempts.findIndex((one) => one.orderNo === notification.orderNo);
    if (at >= 0) this.apply(sale, at, { kind: "notified", notification });
  }
}

/** Whether the till makes anything of it: what only counts questions is told now and then. */
const movesOn = (before: Attempt, after: Attempt): boolean =>
  before.state !== after.state ||
  before.latePayment !== after.latePayment ||
  before.saleEnded !== after.saleEnded ||
  before.goodsLeft !== after.goodsLeft ||
  after.version % 8 === 0;
