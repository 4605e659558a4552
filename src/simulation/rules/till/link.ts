/** The way between till and hub: messages are lost, doubled, late and overtaken; whoever is dead hears nothing. */
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import type { Chance } from "../../world/chance.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";

const lateMsMax = 12_000;
/** A broken stream of news is opened again after so long. */
const reopenMsMax = 10_000;

export class Link {
  isCutOff = false;
  readonly #shop: Shop;
  readonly #chance: Chance;
  /** Sales whose news got lost: the till asks for them once the stream stands again. */
  #missed: Sale[] = [];

  constructor(shop: Shop, chance: Chance) {
    this.#shop = shop;
    this.#chance = chance;
  }

  /** A question of the till. `serve` may run twice, or never; `done` runs once at most. */
  ask<T>(sale: Sale, serve: (reply: (answer: T) => void) => void, done: (answer: T) => void): void {
    const { hub, till, queue } = this.#shop;
    if (this.isCutOff || this.#hits("link_message_lost", sale)) return;
    let isAnswered = false;
    const hear = till.process.inThisLife((answer: T) => {
      if (isAnswered) return;
      isAnswered = true;
      done(answer);
    });
    const reply = (answer: T): void => {
      if (this.isCutOff || this.#hits("link_answer_lost", sale)) return;
      if (this.#hits("link_answer_garbled", sale)) return;
      queue.after(this.#wayMs(sale), () => hear(answer));
    };
    const arrive = (): void => {
      if (hub.process.isUp && !this.isCutOff) serve(reply);
    };
    queue.after(this.#wayMs(sale), arrive);
    if (this.#hits("link_message_doubled", sale))
      queue.after(this.#chance.whole(1, lateMsMax), arrive);
  }

  #hits(kind: Parameters<Shop["hits"]>[0], sale: Sale): boolean {
    return this.#shop.hits(kind, this.#chance, sale);
  }

  #wayMs(sale: Sale): number {
    if (this.#hits("link_message_delayed", sale)) return this.#chance.whole(100, lateMsMax);
    return this.#chance.whole(1, 20);
  }

  /** `isNews`: the till makes something of it. The rest only shows that the hub is at work on it. */
  news(sale: Sale, attempt: Attempt, isNews: boolean): void {
    const { till, queue } = this.#shop;
    if (!isNews) {
      if (!this.isCutOff) sale.heardMs = queue.nowMs;
      return;
    }
    this.#tell(sale, () => till.learn(sale, attempt));
  }

  refundNews(sale: Sale, refund: Refund): void {
    const { till } = this.#shop;
    this.#tell(sale, () => till.learnRefund(sale, refund));
  }

  #tell(sale: Sale, hear: () => void): void {
    const { till, queue } = this.#shop;
    const { isUp, life } = till.process;
    if (!isUp || this.isCutOff || this.#hits("link_answer_lost", sale)) return this.#miss(sale);
    queue.after(this.#wayMs(sale), () => {
      if (till.process.isStill(life)) hear();
      else this.#miss(sale);
    });
  }

  /** After a start of either, which ends the stream: every recent sale is asked about, also the settled ones. */
  lookAtRecent(): void {
    for (const sale of this.#shop.sales) if (!isInStep(sale)) this.#miss(sale);
  }

  #miss(sale: Sale): void {
    if (this.#missed.length === 0) this.#reopenSoon();
    if (sale.missed) return;
    sale.missed = true;
    this.#missed.push(sale);
  }

  #reopenSoon(): void {
    const { queue } = this.#shop;
    queue.after(this.#chance.whole(500, reopenMsMax), () => this.#reopen());
  }

  /**
   * The till asks about every recent sale, and a question without an answer is asked again; only those of which it
   * missed something can have news for it.
   */
  #reopen(): void {
    const { till, hub } = this.#shop;
    if (!till.process.isUp || !hub.process.isUp || this.isCutOff) return this.#reopenSoon();
    const missed: Sale[] = [];
    for (const sale of this.#missed) {
      sale.missed = !isInStep(sale);
      if (sale.missed) missed.push(sale);
    }
    this.#missed = missed;
    if (missed.length > 0) this.#reopenSoon();
    for (const sale of missed) if (till.process.isUp) till.catchUpWith(sale);
  }
}

/** The till knows how everything of it stands at the hub; how often the hub has asked is nothing to it. */
function isInStep({ record, attempts, refunds }: Sale): boolean {
  const knows = (one: Attempt): boolean => {
    const mine = record.attempts.find((other) => other.orderNo === one.orderNo);
    if (mine === undefined || mine.version >= one.version) return true;
    return mine.state === one.state && (mine.latePayment === null) === (one.latePayment === null);
  };
  const knowsRefund = (one: Refund): boolean => {
    const mine = record.refunds.find((other) => other.requestNo === one.requestNo);
    return mine !== undefined && (mine.version >= one.version || mine.state === one.state);
  };
  return attempts.every(knows) && refunds.every(knowsRefund);
}
