/** The provider: its book, the calls that reach it and what goes wrong with them, and its notifications. */
import type { Chance } from "../../world/chance.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";
import { NO_ANSWER, refused } from "./answers.ts";
import { Book, type Trade, type Twist } from "./book.ts";
import { type Behaviour, Behaviours, type Method } from "./behaviours.ts";
import { sendNotice } from "./notices.ts";
import type { UnknownAnswer } from "../../../core/payment/answers.ts";

/** One question to the provider. `A`: the answer in core's words. */
export interface Call<A> {
  readonly sale: Sale;
  readonly orderNo: string;
  readonly method: Method;
  /** What the provider makes of it when it arrives. */
  readonly work: (twist: Twist | null, nowMs: number) => A;
  /** It was refused by the business: a payment code is used up by that. */
  readonly refused?: () => void;
  /** Back at whoever asked. Called once. */
  readonly done: (answer: A | UnknownAnswer) => void;
}

/** A pay has an expiry and a code that dies; a refund has neither, so one that was refused is believed after ten seconds. */
const refundLateMsMax = 9_000;
const payLateMsMax = 55_000;

export class Gateway {
  readonly book: Book;
  mode: "up" | "maintenance" | "down" | "blackhole" = "up";
  isCutOff = false;
  readonly chance: Chance;
  readonly #shop: Shop;
  readonly #behaviours: Behaviours;
  readonly #afterCancel = new Map<string, () => void>();
  readonly #saleOfOrder = new Map<string, Sale>();

  constructor(shop: Shop, chance: Chance) {
    this.#shop = shop;
    this.chance = chance;
    this.#behaviours = new Behaviours(shop, chance.fork("behaviours"));
    this.book = new Book(shop.plan, {
      changed: (trade) => this.#changed(trade),
      later: (ms, act) => this.#shop.queue.after(ms, () => act(this.#shop.queue.nowMs)),
    });
  }

  clear(): void {
    this.mode = "up";
    this.isCutOff = false;
    this.#behaviours.clear();
  }

  #changed(trade: Trade): void {
    const sale = this.#saleOfOrder.get(trade.orderNo) ?? null;
    this.#shop.scribe.trade(trade, sale);
    if (sale !== null && trade.status !== "WAIT_BUYER_PAY") sendNotice(this.#shop, sale, trade);
  }

  ask<A>(call: Call<A>): void {
    const { queue, timing, weather } = this.#shop;
    const { chance } = this;
    const { sale } = call;
    this.#saleOfOrder.set(call.orderNo, sale);
    const silenceAtMs = queue.nowMs + timing.callTimeoutMs;
    const isLost = this.isCutOff || this.#shop.hits("gateway_message_lost", chance, sale);
    if (isLost) return this.#answer(call, NO_ANSWER.silence, timing.callTimeoutMs);
    let wayMs = chance.skewed(15, 400);
    if (
      weather.gateway_message_delayed > 0 &&
      this.#shop.hits("gateway_message_delayed", chance, sale)
    )
      wayMs = chance.whole(300, call.method === "refund" ? refundLateMsMax : payLateMsMax);
    if (
      weather.gateway_message_doubled > 0 &&
      this.#shop.hits("gateway_message_doubled", chance, sale)
    ) {
      const lateMs = chance.whole(1, call.method === "refund" ? refundLateMsMax : payLateMsMax);
      queue.after(lateMs, () => this.#work(call, null));
    }
    if (wayMs >= timing.callTimeoutMs) {
      this.#answer(call, NO_ANSWER.silence, timing.callTimeoutMs);
      queue.after(wayMs, () => this.#arrive(call, queue.nowMs));
    } else queue.after(wayMs, () => this.#arrive(call, silenceAtMs));
  }

  #answer<A>(call: Call<A>, answer: A | UnknownAnswer, ms: number): void {
    this.#shop.queue.after(ms, () => call.done(answer));
  }

  /** `silenceAtMs`: until when whoever asked listens. In the past: nobody does any more. */
  #arrive<A>(call: Call<A>, silenceAtMs: number): void {
    if (this.mode === "down") return this.#back(call, NO_ANSWER.broken, 0, silenceAtMs);
    if (this.mode === "blackhole") return this.#back(call, null, 0, silenceAtMs);
    if (this.mode === "maintenance")
      return this.#back(call, refused[call.method]("isp.unknow-error") as A, 0, silenceAtMs);
    const behaviour = this.#behaviours.of(call, this.book);
    if (behaviour === null) return this.#back(call, this.#work(call, null), 0, silenceAtMs);
    this.#misbehave(call, behaviour, silenceAtMs);
  }

  #work<A>(call: Call<A>, twist: Twist | null): A {
    const answer = call.work(twist, this.#shop.queue.nowMs);
    if (call.method === "query") this.book.stands(call.orderNo);
    if (call.method === "cancel" && this.#afterCancel.size > 0) this.#release(call.orderNo);
    return answer;
  }

  #release(orderNo: string): void {
    const held = this.#afterCancel.get(orderNo);
    if (held === undefined) return;
    this.#afterCancel.delete(orderNo);
    this.#shop.queue.after(this.chance.whole(1, 20_000), held);
  }

  #misbehave<A>(call: Call<A>, behaviour: Behaviour, silenceAtMs: number): void {
    const { work, ms, says, twist } = behaviour;
    let answer: A | UnknownAnswer | null = null;
    switch (work) {
      case "now":
        answer = this.#work(call, twist);
        break;
      case "never":
        break;
      case "late":
        this.#shop.queue.after(ms, () => this.#work(call, null));
        break;
      case "after_cancel":
        this.#afterCancel.set(call.orderNo, () => this.#work(call, null));
        break;
    }
    if (says.kind === "silence") return this.#back(call, null, 0, silenceAtMs);
    if (says.kind === "unreadable") return this.#back(call, NO_ANSWER[says.reason], 0, silenceAtMs);
    if (says.kind === "answer") return this.#back(call, answer, says.waitMs, silenceAtMs);
    const said = says.kind === "again" ? "again" : says.subCode;
    if (says.kind === "refused" && work === "never" && said.startsWith("ACQ.")) call.refused?.();
    this.#back(call, refused[call.method](said) as A, 0, silenceAtMs);
  }

  /** The answer on its way back; null: none ever comes. */
  #back<A>(
    call: Call<A>,
    answer: A | UnknownAnswer | null,
    waitMs: number,
    silenceAtMs: number,
  ): void {
    const { queue } = this.#shop;
    const { nowMs } = queue;
    if (silenceAtMs <= nowMs) return;
    const atMs = nowMs + waitMs + this.chance.skewed(15, 400);
    const isLost =
      answer === null ||
      atMs >= silenceAtMs ||
      this.isCutOff ||
      this.#shop.hits("gateway_answer_lost", this.chance, call.sale);
    if (isLost) return this.#answer(call, NO_ANSWER.silence, silenceAtMs - nowMs);
    this.#answer(call, this.#behaviours.spoilt(call.sale) ?? answer, atMs - nowMs);
  }
}
