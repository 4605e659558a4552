/** What the till asks the hub for a sale, and what it makes of the answer. */
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { AttemptEvent } from "../../../core/payment/events.ts";
import { awaitsProof } from "../../../core/payment/states.ts";
import { step } from "../../../core/payment/step.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import { parseReceiptNumber } from "../../../core/receipt/number.ts";
import { refundIsOpen } from "../../../core/till/can.ts";
import type { PayReply, RefundReply, WithdrawReply } from "../../../ports/link.ts";
import { learnRefund } from "../../../terminal/learn.ts";
import type { owedToHub } from "../../../terminal/telling.ts";
import type { Intent } from "../hub/intake.ts";
import type { Sale } from "../sale.ts";
import type { Till } from "./till.ts";

const events = {
  query: { kind: "query_asked" },
  stop: { kind: "stop_asked" },
  reverse: { kind: "reverse_asked" },
  goods_left: { kind: "goods_left" },
  sale_ended: { kind: "sale_ended" },
} as const satisfies Record<string, AttemptEvent>;

/** A question without an answer keeps the next of the same sale waiting for so long. */
const tellingMs = 5_000;

export class Errands {
  readonly #till: Till;

  constructor(till: Till) {
    this.#till = till;
  }

  pay(sale: Sale, intent: Intent): void {
    const { hub, link } = this.#till.shop;
    link.ask<PayReply>(
      sale,
      (reply) => hub.intake.pay(sale, intent, reply),
      (reply) => {
        if (reply.kind !== "refused") return this.#till.learn(sale, reply.attempt);
        this.endNeverSent(sale, intent.attempt.orderNo);
        if (reply.reason === "earlier_attempt_was_paid") this.#till.catchUpWith(sale);
      },
    );
  }

  /** The intent was committed here; whether it reached the hub is asked, and if not, it never will. */
  #settleUnsent(sale: Sale, { orderNo }: Attempt): void {
    const { hub, link } = this.#till.shop;
    link.ask<WithdrawReply>(
      sale,
      (reply) => {
        const answer = hub.intake.withdraw(sale, orderNo);
        if (answer !== null) reply(answer);
      },
      (answer) => {
        if (answer.kind === "known") this.#till.learn(sale, answer.attempt);
        else this.endNeverSent(sale, orderNo);
      },
    );
  }

  endNeverSent(sale: Sale, orderNo: string): void {
    const { record } = sale;
    const attempt = record.attempts.find((one) => one.orderNo === orderNo);
    if (attempt === undefined) return;
    const { timing } = this.#till.settings;
    const done = step(attempt, { kind: "withdraw" }, timing, this.#till.nowMs());
    if (done.ignored !== null) return;
    const attempts = record.attempts.map((one) => (one === attempt ? done.attempt : one));
    this.#till.commit(sale, { record: { ...record, attempts }, events: [], result: null });
  }

  /** The hub's state is the truth. */
  catchUp(sale: Sale): void {
    sale.heardMs = this.#till.shop.queue.nowMs;
    const { attempts, refunds } = sale.record;
    for (const attempt of attempts) {
      if (attempt.state === "created") this.#settleUnsent(sale, attempt);
      else if (awaitsProof(attempt)) this.learnIfThere(sale, attempt);
    }
    for (const refund of refunds) if (refundIsOpen(refund)) this.sendRefund(sale, refund);
  }

  learnIfThere(sale: Sale, { orderNo }: Attempt): void {
    const { link } = this.#till.shop;
    link.ask<Attempt>(
      sale,
      (reply) => {
        const truth = sale.attempts.find((one) => one.orderNo === orderNo);
        if (truth !== undefined) reply(truth);
      },
      (truth) => this.#till.learn(sale, truth),
    );
  }

  learnRefunds(sale: Sale): void {
    if (sale.refunds.length === 0) return;
    const { link } = this.#till.shop;
    link.ask<readonly Refund[]>(
      sale,
      (reply) => reply([...sale.refunds]),
      (all) => {
        for (const one of all) if (this.#till.process.isUp) this.#till.learnRefund(sale, one);
      },
    );
  }

  /** A person's question or stop, or what the hub must hear of the sale. */
  ask(sale: Sale, orderNo: string, what: keyof typeof events): void {
    const { hub, link } = this.#till.shop;
    link.ask<Attempt | null>(
      sale,
      (reply) => {
        const at = sale.attempts.findIndex((one) => one.orderNo === orderNo);
        if (at >= 0) hub.apply(sale, at, events[what]);
        if (hub.process.isUp) reply(sale.attempts[at] ?? null);
      },
      (truth) => {
        if (truth !== null) this.#till.learn(sale, truth);
        else if (what === "sale_ended") this.#unknownThere(sale, orderNo);
      },
    );
  }

  /** A hub that doesn't have this order can't accept its money either. */
  #unknownThere(sale: Sale, orderNo: string): void {
    const { record } = sale;
    const attempts = record.attempts.map((one) =>
      one.orderNo === orderNo ? { ...one, saleEnded: true } : one,
    );
    this.#till.commit(sale, { record: { ...record, attempts }, events: [], result: null });
  }

  tellOwed(sale: Sale, owed: ReturnType<typeof owedToHub>): void {
    const { queue } = this.#till.shop;
    if (owed.length === 0 || sale.tellsAgainAtMs > queue.nowMs) return;
    sale.tellsAgainAtMs = queue.nowMs + tellingMs;
    for (const { attempt, what } of owed) this.ask(sale, attempt.orderNo, what);
  }

  sendRefund(sale: Sale, refund: Refund): void {
    const { hub, link } = this.#till.shop;
    link.ask<RefundReply>(
      sale,
      (reply) => hub.refunds.accept(sale, refund, reply),
      (reply) => {
        if (reply.kind === "accepted") return this.#till.learnRefund(sale, reply.refund);
        const refused: Refund = {
          ...refund,
          state: "refused",
          version: refund.version + 1,
          endedAtMs: this.#till.nowMs(),
          code: { code: "hub", subCode: reply.reason, message: null },
        };
        const decision = learnRefund(sale.record, refused, this.#till.context);
        if (decision !== null) this.#till.commit(sale, decision);
      },
    );
  }

  /** The electronic receipt lives at the hub. */
  putReceipt(sale: Sale): void {
    const { hub } = this.#till.shop;
    const counter = parseReceiptNumber(sale.record.receipt?.number ?? "")?.counter ?? 0;
    hub.highestReceipt = Math.max(hub.highestReceipt, counter);
  }
}
