/** Refunds at the hub: decide, make durable, then ask. */
import type { Attempt } from "../../../core/payment/attempt.ts";
import {
  newRefund,
  REFUND_ENDS,
  type RefundEvent,
  refundRefusal,
  type RefundStep,
  refundStep,
} from "../../../core/payment/refund-step.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import { step } from "../../../core/payment/step.ts";
import { leaseCovers } from "../../../hub/driver.ts";
import type { RefundReply } from "../../../ports/link.ts";
import { refundAnswer, refundQueryAnswer } from "../gateway/answers.ts";
import type { Sale } from "../sale.ts";
import type { Hub } from "./hub.ts";

export class Refunds {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** A row of its own or the newest of a known one. */
  keep(sale: Sale, refund: Refund): void {
    const at = sale.refunds.findIndex((one) => one.requestNo === refund.requestNo);
    sale.refunds[at < 0 ? sale.refunds.length : at] = refund;
    this.#hub.shop.scribe.refund(sale, refund);
  }

  accept(sale: Sale, asked: Refund, reply: (reply: RefundReply) => void): void {
    const { shop, process } = this.#hub;
    this.#hub.follower.look();
    const known = sale.refunds.find((one) => one.requestNo === asked.requestNo);
    if (known !== undefined) return reply({ kind: "accepted", refund: known });
    const at = sale.attempts.findIndex((one) => one.orderNo === asked.orderNo);
    const attempt = sale.attempts[at];
    if (attempt === undefined) return reply({ kind: "refused", reason: "order_not_found" });
    const ofOrder = sale.refunds.filter((one) => one.orderNo === asked.orderNo);
    const refusal = refundRefusal(attempt, ofOrder, asked.amountFen);
    if (refusal !== "refundable") return reply({ kind: "refused", reason: refusal });
    const nowMs = this.#hub.nowMs();
    const made = newRefund({ ...asked, latePayment: false }, attempt, nowMs);
    const sent = refundStep(made, firstEvent(attempt), shop.plan.refundTiming, nowMs);
    const touched = step(attempt, { kind: "refund_asked" }, shop.timing, nowMs);
    if (process.diesBefore()) return;
    if (touched.ignored === null) sale.attempts[at] = touched.attempt;
    this.keep(sale, sent.refund);
    if (this.#carryOut(sale, sent)) reply({ kind: "accepted", refund: sent.refund });
  }

  #apply(sale: Sale, requestNo: string, event: RefundEvent): void {
    const { shop, process } = this.#hub;
    const before = sale.refunds.find((one) => one.requestNo === requestNo);
    if (!process.isUp || before === undefined) return;
    const done = refundStep(before, event, shop.plan.refundTiming, this.#hub.nowMs());
    if (done.ignored !== null || process.diesBefore()) return;
    this.keep(sale, done.refund);
    if (done.refund.state === "refused") this.#doubt(sale, done.refund);
    this.#carryOut(sale, done);
  }

  /** Refused, and no other refund is to speak yet: whether the money is there is asked again. */
  #doubt(sale: Sale, { orderNo, requestNo }: Refund): void {
    const others = sale.refunds.filter(
      (one) => one.orderNo === orderNo && one.requestNo !== requestNo,
    );
    const at = sale.attempts.findIndex((one) => one.orderNo === orderNo);
    const isProven = others.some((one) => one.state === "done");
    if (at >= 0 && others.every((one) => REFUND_ENDS[one.state]))
      this.#hub.apply(sale, at, { kind: "refund_refused", isProven });
  }

  #carryOut(sale: Sale, { refund, effects }: RefundStep): boolean {
    const { shop, process, chance } = this.#hub;
    if (process.diesAfter()) return false;
    shop.link.refundNews(sale, refund);
    this.setTimer(sale, refund);
    const most = shop.weather.hub_disk_slow;
    const diskMs = most === 0 ? 0 : chance.skewed(0, most);
    for (const effect of effects) {
      if (process.diesBetween()) return false;
      if (effect.kind === "refund" && leaseCovers(0, diskMs, shop.plan.refundTiming.leaseMarginMs))
        this.#ask(sale, refund);
      if (effect.kind === "refund_query") this.#query(sale, refund);
    }
    return true;
  }

  #heard(sale: Sale, requestNo: string): (event: RefundEvent) => void {
    return this.#hub.process.inThisLife((event) => this.#apply(sale, requestNo, event));
  }

  #ask(sale: Sale, { orderNo, requestNo, amountFen }: Refund): void {
    const { shop } = this.#hub;
    const { book } = shop.gateway;
    const heard = this.#heard(sale, requestNo);
    this.#hub.ask({
      sale,
      orderNo,
      method: "refund",
      work: (_twist, nowMs) =>
        refundAnswer(book.refund(orderNo, requestNo, amountFen, nowMs), book.trades.get(orderNo)),
      done: (answer) => heard({ kind: "refund_answer", answer }),
    });
  }

  #query(sale: Sale, { orderNo, requestNo }: Refund): void {
    const { shop } = this.#hub;
    const { book } = shop.gateway;
    const heard = this.#heard(sale, requestNo);
    const askedAtMs = this.#hub.nowMs();
    this.#hub.ask({
      sale,
      orderNo,
      method: "refund_query",
      work: () => refundQueryAnswer(book.refundQuery(orderNo, requestNo)),
      done: (answer) => heard({ kind: "query_answer", answer, askedAtMs }),
    });
  }

  /** What is never sent has nobody else who tells of it. */
  tellDone(sale: Sale, { orderNo }: Attempt): void {
    for (const one of sale.refunds)
      if (one.orderNo === orderNo && one.state === "done")
        this.#hub.shop.link.refundNews(sale, one);
  }

  setTimers(sale: Sale): void {
    for (const refund of sale.refunds) this.setTimer(sale, refund);
  }

  setTimer(sale: Sale, { requestNo, dueAtMs }: Refund): void {
    const { shop, process } = this.#hub;
    if (dueAtMs === null) return;
    const ring = process.inThisLife(() => {
      const now = sale.refunds.find((one) => one.requestNo === requestNo);
      if (now?.dueAtMs !== dueAtMs) return;
      if (dueAtMs > this.#hub.nowMs()) this.setTimer(sale, now);
      else this.#due(sale, now);
    });
    shop.queue.after(Math.max(0, dueAtMs - this.#hub.nowMs()), ring);
  }

  /** One that nothing was sent of looks first whether its payment still stands. */
  #due(sale: Sale, refund: Refund): void {
    const isUnsent = refund.state === "requested" && refund.tries === 0;
    const attempt = isUnsent
      ? sale.attempts.find((one) => one.orderNo === refund.orderNo)
      : undefined;
    if (attempt?.unpaidEnd === "rolled_back" && attempt.latePayment === null)
      return this.#apply(sale, refund.requestNo, { kind: "nothing_to_refund" });
    const isSure = attempt === undefined || mayBeRefunded(attempt);
    this.#apply(sale, refund.requestNo, isSure ? { kind: "due" } : firstEvent(attempt));
  }

  /** After a start: what lies further ahead than anything waits is asked about now. */
  takeUp(sale: Sale): void {
    const { shop, process } = this.#hub;
    const { timing, plan } = shop;
    const { life } = process;
    const leaseMs = timing.callTimeoutMs + timing.leaseMarginMs;
    const aheadMs = Math.max(leaseMs, plan.refundTiming.retryMsMax);
    for (const refund of sale.refunds.slice()) {
      const { dueAtMs, requestNo } = refund;
      const isStranded = dueAtMs !== null && dueAtMs > this.#hub.nowMs() + aheadMs;
      if (plan.isSole && isStranded) this.#apply(sale, requestNo, { kind: "restart" });
      else this.setTimer(sale, refund);
      if (!process.isStill(life)) return;
    }
  }
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
