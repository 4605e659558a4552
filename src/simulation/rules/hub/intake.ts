/** Takes a pay intent, as the production intake does: durable before it leaves, one attempt of a sale at a time. */
import { holdsSale } from "../../../adapters/store/ended.ts";
import type { Attempt } from "../../../core/payment/attempt.ts";
import { newAttempt } from "../../../core/payment/change.ts";
import { step } from "../../../core/payment/step.ts";
import { earlierNeeds, earlierRefuses, isClosedOut } from "../../../hub/close-out.ts";
import type { PayRefusal, PayReply, WithdrawReply } from "../../../ports/link.ts";
import type { Code } from "../gateway/book.ts";
import type { Sale } from "../sale.ts";
import type { Hub } from "./hub.ts";

export interface Intent {
  readonly attempt: Attempt;
  readonly code: Code;
  readonly ageMs: number;
  /** Not the sale's first number: the earlier ones are closed out before. */
  readonly again: boolean;
}

type Reply = (reply: PayReply) => void;

export class Intake {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  pay(sale: Sale, intent: Intent, reply: Reply): void {
    this.#hub.follower.look();
    const { queue, timing } = this.#hub.shop;
    const leavesByMs = queue.nowMs + timing.intentAgeMsMax - intent.ageMs;
    if (queue.nowMs > leavesByMs) return this.#refuse(sale, intent, "intent_too_old", reply);
    if (!intent.again) return this.#insert(sale, intent, false, leavesByMs, reply);
    const others = sale.attempts.filter((one) => one.orderNo !== intent.attempt.orderNo);
    this.#closeOut(sale, intent, others, leavesByMs, reply);
  }

  /** A refusal proves that nothing was sent, and sees to it that nothing will be. */
  #refuse(sale: Sale, intent: Intent, reason: PayRefusal, reply: Reply): void {
    const withdrawn = this.withdraw(sale, intent.attempt.orderNo);
    if (withdrawn === null) return;
    reply(withdrawn.kind === "known" ? withdrawn : { kind: "refused", reason });
  }

  /** R3: one earlier number after the other. */
  #closeOut(
    sale: Sale,
    intent: Intent,
    others: readonly Attempt[],
    leavesByMs: number,
    reply: Reply,
  ): void {
    for (const given of others) {
      const at = sale.attempts.findIndex((one) => one.orderNo === given.orderNo);
      const attempt = sale.attempts[at];
      const needs = attempt === undefined ? null : earlierNeeds(attempt);
      if (needs === null || attempt === undefined) continue;
      if (needs !== "closing_out") return this.#refuse(sale, intent, needs, reply);
      return this.#waitFor(sale, at, attempt, (closed) => {
        const refusal = earlierRefuses(closed);
        if (refusal !== null) return this.#refuse(sale, intent, refusal, reply);
        this.#closeOut(sale, intent, others.slice(others.indexOf(given) + 1), leavesByMs, reply);
      });
    }
    if (this.#hub.shop.queue.nowMs > leavesByMs)
      return this.#refuse(sale, intent, "intent_too_old", reply);
    const goodsLeft = sale.attempts.some(
      (one) => one.goodsLeft && one.orderNo !== intent.attempt.orderNo,
    );
    this.#insert(sale, intent, goodsLeft, leavesByMs, reply);
  }

  #waitFor(sale: Sale, at: number, before: Attempt, then: (closed: Attempt) => void): void {
    const { shop, process } = this.#hub;
    let isDone = false;
    const done = process.inThisLife(() => {
      if (isDone) return;
      isDone = true;
      sale.closing.splice(sale.closing.indexOf(heard), 1);
      then(sale.attempts[at] ?? before);
    });
    const heard = (one: Attempt): void => {
      if (one.orderNo === before.orderNo && isClosedOut(one, before)) shop.queue.after(0, done);
    };
    sale.closing.push(heard);
    shop.queue.after(3 * shop.timing.callTimeoutMs, done);
    this.#hub.apply(sale, at, { kind: "close_out_asked" });
    heard(sale.attempts[at] ?? before);
  }

  #insert(sale: Sale, intent: Intent, goodsLeft: boolean, leavesByMs: number, reply: Reply): void {
    const { orderNo } = intent.attempt;
    const known = sale.attempts.find((one) => one.orderNo === orderNo);
    if (known !== undefined) return reply({ kind: "known", attempt: known });
    if (sale.withdrawn.includes(orderNo))
      return reply({ kind: "refused", reason: "order_withdrawn" });
    if (sale.attempts.some((one) => holdsSale[one.state]))
      return reply({ kind: "refused", reason: "sale_has_attempt" });
    const nowMs = this.#hub.nowMs();
    const created = newAttempt(intent.attempt, nowMs);
    const row = goodsLeft ? { ...created, goodsLeft } : created;
    const sent = step(row, { kind: "send" }, this.#hub.shop.timing, nowMs);
    const isAlive = this.#hub.insert(sale, sent, { code: intent.code, leavesByMs });
    if (isAlive) reply({ kind: "accepted", attempt: sent.attempt });
  }

  /** Answers for good whether an order was ever sent. Null: it died over it. */
  withdraw(sale: Sale, orderNo: string): WithdrawReply | null {
    const { process } = this.#hub;
    const attempt = sale.attempts.find((one) => one.orderNo === orderNo);
    if (attempt !== undefined) return { kind: "known", attempt };
    if (process.diesBefore()) return null;
    if (!sale.withdrawn.includes(orderNo)) sale.withdrawn.push(orderNo);
    return process.diesAfter() ? null : { kind: "never_sent" };
  }
}
