/** What the hub asks the provider, and what it makes of the answer. An answer to an earlier life finds nobody. */
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { AttemptEvent } from "../../../core/payment/events.ts";
import { startMs } from "../../world/machine.ts";
import { cancelAnswer, payAnswer, queryAnswer } from "../gateway/answers.ts";
import type { Code } from "../gateway/book.ts";
import type { Sale } from "../sale.ts";
import type { Hub } from "./hub.ts";

/** What only the pay call needs. */
export interface Secret {
  readonly code: Code;
  /** By the clock that never jumps; after it the intent is too old to leave. */
  readonly leavesByMs: number;
}

export class Calls {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  #heard(sale: Sale, at: number): (event: AttemptEvent) => void {
    return this.#hub.process.inThisLife((event) => this.#hub.apply(sale, at, event));
  }

  pay(sale: Sale, at: number, attempt: Attempt, { code }: Secret): void {
    const { shop } = this.#hub;
    const { book } = shop.gateway;
    const heard = this.#heard(sale, at);
    const { orderNo, amountFen } = attempt;
    const order = { orderNo, amountFen, expiresAtMs: this.#expiryMs(attempt) };
    this.#hub.ask({
      sale,
      orderNo,
      method: "pay",
      work: (twist, nowMs) => {
        const said = book.pay(order, code, twist, nowMs);
        return payAnswer(said, book.trades.get(orderNo));
      },
      refused: () => (code.used = true),
      done: (answer) => heard({ kind: "pay_answer", answer }),
    });
  }

  /** In the provider's time, as the hub writes it by a wall clock from which its own may have parted. */
  #expiryMs({ sentAtMs, expiresAtMs }: Attempt): number {
    const { queue } = this.#hub.shop;
    const wallMs = startMs + queue.nowMs + this.#hub.process.clockOffMs;
    const aheadMs = (sentAtMs ?? 0) - wallMs;
    return Math.ceil((expiresAtMs - aheadMs) / 1_000) * 1_000 - startMs;
  }

  query(sale: Sale, at: number, orderNo: string): void {
    const { shop } = this.#hub;
    const { book } = shop.gateway;
    const heard = this.#heard(sale, at);
    const askedAtMs = this.#hub.nowMs();
    this.#hub.ask({
      sale,
      orderNo,
      method: "query",
      work: () => queryAnswer(book.query(orderNo), book.trades.get(orderNo)),
      done: (answer) => heard({ kind: "query_answer", answer, askedAtMs }),
    });
  }

  cancel(sale: Sale, at: number, orderNo: string): void {
    const { shop } = this.#hub;
    const { book } = shop.gateway;
    const heard = this.#heard(sale, at);
    const askedAtMs = this.#hub.nowMs();
    this.#hub.ask({
      sale,
      orderNo,
      method: "cancel",
      work: (_twist, nowMs) => cancelAnswer(book.cancel(orderNo, nowMs), book.trades.get(orderNo)),
      done: (answer) => heard({ kind: "cancel_answer", answer, askedAtMs }),
    });
  }
}
