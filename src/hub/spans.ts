/**
 * What is being measured by the hub's clock just now: each attempt and refund that something is being waited for, by
 * what this hub, the only one on its ledger, has made durable. While there is none its clock may be set.
 */
import { isAtRest } from "../core/payment/change.ts";
import { isRefundAtRest } from "../core/payment/refund-step.ts";
import type { Attempt } from "../core/payment/attempt.ts";
import type { Refund } from "../core/payment/refund.ts";
import type { Ledger, LedgerWrite, StreamEvent } from "../ports/ledger.ts";

export class Spans {
  readonly #measured = new Set<string>();
  /** Commits under way: they may open one. */
  #commits = 0;

  get areNone(): boolean {
    return this.#commits === 0 && this.#measured.size === 0;
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

  async #commit(
    inner: Ledger,
    writes: readonly LedgerWrite[],
    events: readonly StreamEvent[],
  ): ReturnType<Ledger["commit"]> {
    this.#commits += 1;
    try {
      const result = await inner.commit(writes, events);
      if (result === "committed") for (const write of writes) this.#note(write);
      return result;
    } finally {
      this.#commits -= 1;
    }
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
        const { merchantId, orderNo } = write.attempt;
        this.#set(`attempt ${merchantId} ${orderNo}`, isAtRest(write.attempt));
        return;
      }
      case "insert_refund":
      case "update_refund": {
        const { merchantId, requestNo } = write.refund;
        this.#set(`refund ${merchantId} ${requestNo}`, isRefundAtRest(write.refund));
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

  #set(row: string, isAtRestNow: boolean): void {
    if (isAtRestNow) this.#measured.delete(row);
    else this.#measured.add(row);
  }
}
