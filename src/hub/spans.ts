/**
 * What the hub's clock is needed for just now, by what this hub, the only one on its ledger, has made durable: the rows
 * of which a span of time proves something, and those that only wait. The clock may be set while there is none of the
 * first and nobody is at work: no call is out whose question bears the old time, and no commit is under way.
 */
import type { Attempt } from "../core/payment/attempt.ts";
import { isMeasured, isRefundMeasured } from "../core/payment/moments.ts";
import type { Refund } from "../core/payment/refund.ts";
import type { Ledger, LedgerWrite, StreamEvent } from "../ports/ledger.ts";

export class Spans {
  readonly #measured = new Set<string>();
  readonly #attempts = new Map<string, Attempt>();
  readonly #refunds = new Map<string, Refund>();
  #atWork = 0;
  /** Called when the last one that was at work is done and nothing is measured. */
  onFree: () => void = () => {};

  get areNone(): boolean {
    return this.#atWork === 0 && this.#measured.size === 0;
  }

  /** The newest of each that waits for its time while no span of it is measured. */
  get waitingAttempts(): readonly Attempt[] {
    return [...this.#attempts.values()];
  }

  get waitingRefunds(): readonly Refund[] {
    return [...this.#refunds.values()];
  }

  /** Work that has read the clock and isn't durable yet, from its first step to its last. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#atWork += 1;
    try {
      return await work();
    } finally {
      this.#atWork -= 1;
      if (this.areNone) this.onFree();
    }
  }

  /** The same ledger; what is written by it is noted here. */
  watched(inner: Ledger): Ledger {
    return {
      commit: (writes, events) => this.#commit(inner, writes, events),
      attempt: (merchantId, orderNo) => inner.attempt(merchantId, orderNo),
      attemptByOrder: (orderNo) => inner.attemptByOrder(orderNo),
      attemptsOfSale: (merchantId, saleId) => inner.attemptsOfSale(merchantId, saleId),
      refund: (merchantId, requestNo) => inner.refund(merchantId, requestNo),
      refundsOfOrder: (merchantId, orderNo) => inner.refundsOfOrder(merchantId, orderNo),
      refundsEndedAfter: (...given) => inner.refundsEndedAfter(...given),
      claimAttempts: (nowMs, untilMs, limit) => inner.claimAttempts(nowMs, untilMs, limit),
      claimRefunds: (nowMs, untilMs, limit) => inner.claimRefunds(nowMs, untilMs, limit),
      nextDueAtMs: () => inner.nextDueAtMs(),
      interrupted: () => inner.interrupted(),
      attemptsDueAfter: (atMs) => inner.attemptsDueAfter(atMs),
      refundsDueAfter: (atMs) => inner.refundsDueAfter(atMs),
      receiptByToken: (token) => inner.receiptByToken(token),
      withdrawn: (merchantId, orderNo) => inner.withdrawn(merchantId, orderNo),
      setting: (key) => inner.setting(key),
      events: (stream) => inner.events(stream),
      brokenChain: () => inner.brokenChain(),
      close: () => inner.close(),
    };
  }

  #commit(
    inner: Ledger,
    writes: readonly LedgerWrite[],
    events: readonly StreamEvent[],
  ): ReturnType<Ledger["commit"]> {
    return this.during(async () => {
      const result = await inner.commit(writes, events);
      if (result === "committed") for (const write of writes) this.#note(write);
      return result;
    });
  }

  /** What a start found; noted at once, since what is committed after it was read is newer. */
  noteAttempts(attempts: readonly Attempt[]): void {
    for (const attempt of attempts) this.#note({ kind: "update_attempt", attempt });
  }

  noteRefunds(refunds: readonly Refund[]): void {
    for (const refund of refunds) this.#note({ kind: "update_refund", refund });
  }

  #note(write: LedgerWrite): void {
    switch (write.kind) {
      case "insert_attempt":
      case "update_attempt": {
        const { attempt } = write;
        const key = `attempt ${attempt.merchantId} ${attempt.orderNo}`;
        this.#set(key, isMeasured(attempt), this.#attempts, attempt);
        return;
      }
      case "insert_refund":
      case "update_refund": {
        const { refund } = write;
        const key = `refund ${refund.merchantId} ${refund.requestNo}`;
        this.#set(key, isRefundMeasured(refund), this.#refunds, refund);
        return;
      }
      case "withdraw_order":
      case "put_receipt":
      case "put_setting":
      case "raise_setting":
      case "swap_setting":
        return;
    }
  }

  #set<Row extends { readonly dueAtMs: number | null }>(
    key: string,
    isMeasuredNow: boolean,
    waiting: Map<string, Row>,
    row: Row,
  ): void {
    if (isMeasuredNow) this.#measured.add(key);
    else this.#measured.delete(key);
    if (isMeasuredNow || row.dueAtMs === null) waiting.delete(key);
    else waiting.set(key, row);
  }
}
