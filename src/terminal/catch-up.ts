/**
 * The hub's state is the truth: after a start, and when an order or a refund has been silent for long, the hub is asked how
 * it stands, and told what it is owed.
 */
import type { Attempt } from "../core/payment/attempt.ts";
import type { Refund } from "../core/payment/refund.ts";
import { awaitsProof } from "../core/payment/states.ts";
import { refundIsOpen } from "../core/till/can.ts";
import type { SaleRecord } from "../ports/journal.ts";
import { Recent } from "./recent.ts";
import { owedToHub } from "./telling.ts";
import type { Terminal } from "./terminal.ts";

export class CatchUp {
  readonly #terminal: Terminal;
  readonly #recent: Recent;
  /** Monotonic time of the last news of each live order and open refund. */
  readonly #heard = new Map<string, number>();
  #stopWatching: () => void = () => {};
  #stopped = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#recent = new Recent(terminal);
  }

  /** Something was heard of this order or refund; `isOver`: nothing more is waited for. */
  heard(number: string, isOver: boolean): void {
    if (isOver) this.#heard.delete(number);
    else this.#heard.set(number, this.#terminal.deps.world.monotonicMs());
  }

  stop(): void {
    this.#stopped = true;
    this.#stopWatching();
  }

  /** What a crash left: all of it is asked about, and the sales of the last days too. */
  begin(leftOver: readonly SaleRecord[]): void {
    const { log } = this.#terminal.deps;
    this.lookBack();
    Promise.all(leftOver.map((record) => this.#catchUp(record))).catch((error: unknown) =>
      log("error", "catch_up_failed", { error: String(error) }),
    );
  }

  /** An intent that hasn't been silent for long may be on its way right now: it is left alone. */
  async all(): Promise<void> {
    const waiting = this.#terminal.book
      .open()
      .filter((record) =>
        record.attempts.every((one) => one.state !== "created" || this.#isSilent(one.orderNo)),
      );
    await Promise.all(waiting.map((record) => this.#catchUp(record)));
    this.lookBack();
  }

  /** News are kept by `work`, or it throws. */
  takeIn(work: () => Promise<void>): Promise<void> {
    return this.#recent.takeIn(work);
  }

  refundKept(refund: Refund): void {
    this.#recent.refundKept(refund);
  }

  /** The sales of the last days are asked about: something was told of one, and nobody heard or could keep it. */
  lookBack(): void {
    this.#recent.look();
  }

  async #catchUp(record: SaleRecord): Promise<void> {
    const { log } = this.#terminal.deps;
    for (const attempt of record.attempts) {
      try {
        if (attempt.state === "created") await this.#settleUnsent(record.sale.id, attempt);
        else if (awaitsProof(attempt)) await this.#terminal.learnIfThere(attempt);
      } catch (error) {
        log("warn", "hub_not_reached", { orderNo: attempt.orderNo, error: String(error) });
        this.heard(attempt.orderNo, false);
      }
    }
    for (const refund of record.refunds.filter(refundIsOpen))
      await this.#terminal.sendRefund(record.sale.id, refund);
  }

  /** The intent was committed here; whether it reached the hub is asked, and if not, it never will. */
  async #settleUnsent(saleId: string, attempt: Attempt): Promise<void> {
    const reply = await this.#terminal.deps.link.withdraw(attempt.merchantId, attempt.orderNo);
    if (reply.kind === "known") return this.#terminal.learn(reply.attempt);
    await this.#terminal.endNeverSent(saleId, attempt.orderNo, null);
  }

  watch(): void {
    const { world, settings, log } = this.#terminal.deps;
    this.#stopWatching = world.after(settings.newsSilenceMs / 2, () => {
      const silent = this.#terminal.book
        .open()
        .filter(
          ({ attempts, refunds }) =>
            attempts.some((one) => awaitsProof(one) && this.#isSilent(one.orderNo)) ||
            refunds.some((one) => refundIsOpen(one) && this.#isSilent(one.requestNo)),
        );
      const owed = this.#terminal.book.open().filter((record) => owedToHub(record).length > 0);
      // A round over the last days may take long; what is open now is looked after meanwhile.
      void this.#recent.goOn();
      Promise.all([
        this.#recent.keepUp(),
        ...silent.map((record) => this.#catchUp(record)),
        ...owed.map((record) => this.#terminal.telling.tell(record.sale.id)),
        this.#terminal.receiptsAtHub.putOwed(),
        this.#terminal.standing.look(),
      ])
        .catch((error: unknown) => log("error", "catch_up_failed", { error: String(error) }))
        .finally(() => {
          if (!this.#stopped) this.watch();
        });
    });
  }

  /** By order number or refund number. */
  #isSilent(number: string): boolean {
    const { world, settings } = this.#terminal.deps;
    const heardMs = this.#heard.get(number);
    if (heardMs === undefined) this.#heard.set(number, world.monotonicMs());
    return heardMs !== undefined && world.monotonicMs() - heardMs > settings.newsSilenceMs;
  }
}
