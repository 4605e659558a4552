/** Takes a pay intent: nothing leaves before it is durable, and nothing leaves for a sale that has a live or paid attempt. */
import { newAttempt } from "../core/payment/change.ts";
import type { Attempt } from "../core/payment/attempt.ts";
import { step } from "../core/payment/step.ts";
import { LedgerUnavailable } from "../ports/ledger.ts";
import type { PayIntent, PayRefusal, PayReply, WithdrawReply } from "../ports/link.ts";
import { earlierNeeds, earlierRefuses, type EarlierRefusal, isClosedOut } from "./close-out.ts";
import type { HubTools, Newsroom } from "./deps.ts";
import type { Driver, Secret } from "./driver.ts";
import type { Epochs } from "./epochs.ts";
import { attemptEvent } from "./history.ts";

export class Intake {
  readonly #deps: HubTools;
  readonly #driver: Driver;
  readonly #newsroom: Newsroom;
  readonly #epochs: Epochs;

  constructor(deps: HubTools, driver: Driver, newsroom: Newsroom, epochs: Epochs) {
    this.#deps = deps;
    this.#driver = driver;
    this.#newsroom = newsroom;
    this.#epochs = epochs;
  }

  async pay(intent: PayIntent): Promise<PayReply> {
    const { timing, ledger, world, log } = this.#deps;
    const leavesByMs = world.monotonicMs() + timing.intentAgeMsMax - intent.ageMs;
    const outdated = await this.#outdated(intent, leavesByMs);
    if (outdated !== null) return this.#refuse(intent, outdated);
    let goodsLeft = false;
    if (intent.again) {
      const earlier = await this.#closeOutEarlier(intent);
      if (typeof earlier === "string") return this.#refuse(intent, earlier);
      ({ goodsLeft } = earlier);
      // Closing out waits for the provider; neither the customer with his code in the air nor a new start of the till does.
      const outdatedSince = await this.#outdated(intent, leavesByMs);
      if (outdatedSince !== null) return this.#refuse(intent, outdatedSince);
    }
    try {
      return await this.#insert(intent, goodsLeft, leavesByMs);
    } catch (error) {
      if (!(error instanceof LedgerUnavailable)) throw error;
      log("error", "ledger_unavailable", { orderNo: intent.orderNo, error: error.message });
      // Whether the row is there isn't known, but nothing was sent, and the tombstone or a restart ends it.
      const known = await ledger.attempt(intent.merchantId, intent.orderNo).catch(() => null);
      return known === null
        ? { kind: "refused", reason: "ledger_unavailable" }
        : { kind: "known", attempt: known };
    }
  }

  /** A refusal proves that nothing was sent: not by this message, nor by the same one a moment before or after it. */
  async #refuse(intent: PayIntent, reason: PayRefusal): Promise<PayReply> {
    const reply = await this.withdraw(intent.merchantId, intent.orderNo);
    return reply.kind === "known" ? reply : { kind: "refused", reason };
  }

  async #outdated(intent: PayIntent, leavesByMs: number): Promise<PayRefusal | null> {
    if (this.#deps.world.monotonicMs() > leavesByMs) return "intent_too_old";
    return (await this.#epochs.isOlder(intent)) ? "terminal_replaced" : null;
  }

  async #insert(intent: PayIntent, goodsLeft: boolean, leavesByMs: number): Promise<PayReply> {
    const { world, ledger, timing } = this.#deps;
    const startedMs = world.monotonicMs();
    const nowMs = world.nowMs();
    const created = { ...newAttempt(intent, nowMs), goodsLeft };
    const sent = step(created, { kind: "send" }, timing, nowMs);
    const said = attemptEvent(
      null,
      sent.attempt,
      { kind: "send" },
      `terminal ${intent.terminalId}`,
      world.wallMs(),
    );
    const result = await ledger.commit([{ kind: "insert_attempt", attempt: sent.attempt }], [said]);
    switch (result) {
      case "committed":
        this.#driver.carryOut(sent, this.#secretOf(intent, sent.attempt, leavesByMs), startedMs);
        return { kind: "accepted", attempt: sent.attempt };
      case "order_exists": {
        const known = await ledger.attempt(intent.merchantId, intent.orderNo);
        if (known === null) throw new Error(`order ${intent.orderNo} exists and is not there`);
        return { kind: "known", attempt: known };
      }
      case "order_withdrawn":
      case "sale_has_attempt":
        return this.#refuse(intent, result);
      case "refund_exists":
      case "receipt_number_used":
      case "stale":
        throw new Error(`an insert was refused as ${result}`);
    }
  }

  /**
   * R3: every earlier number of the sale is cancelled once and queried once before a new one is made. A success that was
   * told of it meanwhile is looked into first.
   */
  async #closeOutEarlier(
    intent: PayIntent,
  ): Promise<EarlierRefusal | { readonly goodsLeft: boolean }> {
    const { merchantId, saleId, orderNo } = intent;
    const all = await this.#deps.ledger.attemptsOfSale(merchantId, saleId);
    const earlier = all.filter((one) => one.orderNo !== orderNo);
    for (const attempt of earlier) {
      const needs = earlierNeeds(attempt);
      if (needs === null) continue;
      if (needs !== "closing_out") return needs;
      const refusal = earlierRefuses(await this.#closeOut(attempt));
      if (refusal !== null) return refusal;
    }
    return { goodsLeft: earlier.some((one) => one.goodsLeft) };
  }

  async #closeOut(attempt: Attempt): Promise<Attempt> {
    const { world, timing } = this.#deps;
    const asked = await this.#driver.apply(attempt, { kind: "close_out_asked" }, "hub");
    return new Promise((resolve) => {
      let newest = asked;
      const done = (): void => {
        stopListening();
        stopWaiting();
        resolve(newest);
      };
      const stopListening = this.#newsroom.listen(attempt.terminalId, (news) => {
        if (news.kind !== "attempt" || news.attempt.orderNo !== attempt.orderNo) return;
        newest = news.attempt;
        if (isClosedOut(newest, attempt)) done();
      });
      const stopWaiting = world.after(3 * timing.callTimeoutMs, done);
      if (isClosedOut(newest, attempt)) done();
    });
  }

  /** Answers for good whether an order was ever sent: unknown here means that it never will be. */
  async withdraw(merchantId: string, orderNo: string): Promise<WithdrawReply> {
    const { ledger, world } = this.#deps;
    const atMs = world.wallMs();
    const result = await ledger.commit([{ kind: "withdraw_order", merchantId, orderNo, atMs }], []);
    if (result === "committed" || result === "order_withdrawn") return { kind: "never_sent" };
    const attempt = await ledger.attempt(merchantId, orderNo);
    if (attempt === null) throw new Error(`order ${orderNo} exists and is not there`);
    return { kind: "known", attempt };
  }

  /**
   * The provider goes by the wall clock. Where ours has parted from it, the order lives as long there as we think: no
   * longer, since that is what an end is proven by, and no shorter, or it would be refused as over before it began.
   */
  #secretOf(intent: PayIntent, attempt: Attempt, leavesByMs: number): Secret {
    const aheadMs = (attempt.sentAtMs ?? 0) - this.#deps.world.wallMs();
    const expiresAtMs = Math.ceil((attempt.expiresAtMs - aheadMs) / 1_000) * 1_000;
    return secretOf(intent, expiresAtMs, leavesByMs);
  }
}

function secretOf(intent: PayIntent, expiresAtMs: number, leavesByMs: number): Secret {
  const { orderNo, amountFen, subject, storeId, terminalId, goods } = intent;
  const order = {
    orderNo,
    amountFen,
    subject,
    storeId,
    terminalId,
    goods,
    expiresAtMs,
    operatorId: intent.operatorNo,
  };
  return { order, paymentCode: intent.paymentCode, leavesByMs };
}
