/** What people do with a sale. Every command answers with the sale as it then stands, or names the rule it broke. */
import type { Fen } from "../core/money/money.ts";
import type { Attempt, AttemptMethod } from "../core/payment/attempt.ts";
import { newAttempt } from "../core/payment/change.ts";
import { newRefund } from "../core/payment/refund-step.ts";
import { changedSale, type Sale } from "../core/payment/sale.ts";
import { isLive } from "../core/payment/states.ts";
import type { ReceiptItem } from "../core/receipt/receipt.ts";
import type { RefusalCode } from "../core/rules/refusals.ts";
import { isRefundOf, paidAttempt, refundAsked, type RefundOf, SALE_CAN } from "../core/till/can.ts";
import { tookNoMoney } from "../core/till/no-money.ts";
import type { SaleCommand } from "../core/till/view.ts";
import type { JournalWrite, SaleRecord } from "../ports/journal.ts";
import type { PayIntent, PayRefusal, PayReply } from "../ports/link.ts";
import type { Operator } from "./config.ts";
import { say, waive } from "./learn.ts";
import type { Numbers } from "./numbers.ts";
import type { Terminal } from "./terminal.ts";
import { endedUnpaid } from "./unpaid.ts";
import { UsedCodes } from "./used-codes.ts";

export interface NewSale {
  readonly amountFen: Fen;
  readonly items: readonly ReceiptItem[];
  readonly operator: Operator;
  readonly acceptsElectronic: boolean;
  /** Nobody is there to charge again: without money it ends by itself. */
  readonly oneShot?: boolean;
  /** Committed with the sale, so that a repeated request finds the same sale. */
  readonly request: JournalWrite | null;
}

export interface Charge {
  readonly method: AttemptMethod;
  readonly paymentCode: string | null;
}

export type Done =
  | { readonly ok: true; readonly record: SaleRecord }
  | { readonly ok: false; readonly refusal: RefusalCode };

const refused = (refusal: RefusalCode): Done => ({ ok: false, refusal });

/** What the hub refuses, in the words of the till. Each proves that nothing was sent. */
const PAY_REFUSALS: Readonly<Record<PayRefusal, RefusalCode>> = {
  intent_too_old: "intent_too_old",
  order_withdrawn: "withdrawn",
  sale_has_attempt: "sale_has_live_attempt",
  earlier_attempt_not_closed: "earlier_attempt_not_closed",
  earlier_attempt_was_paid: "earlier_attempt_was_paid",
  ledger_unavailable: "ledger_unavailable",
  hub_not_reached: "hub_not_reached",
  hub_refused: "hub_refused",
  till_too_old: "till_too_old",
  terminal_replaced: "terminal_replaced",
};

export class Sales {
  readonly #terminal: Terminal;
  readonly #numbers: Numbers;
  readonly #codes: UsedCodes;

  constructor(terminal: Terminal, numbers: Numbers) {
    this.#terminal = terminal;
    this.#numbers = numbers;
    this.#codes = new UsedCodes(terminal.deps.world);
  }

  async open(given: NewSale): Promise<SaleRecord> {
    const record = this.#newRecord(given);
    await this.#add(record, given, []);
    return record;
  }

  /** A sale and its first charge in one commit. */
  async sell(given: NewSale, charge: Charge): Promise<Done> {
    const startedMs = this.#terminal.deps.world.monotonicMs();
    if (this.#codes.has(charge.paymentCode)) return refused("code_used_before");
    this.#codes.add(charge.paymentCode);
    const empty = this.#newRecord(given);
    const { attempt, write } = this.#newAttempt(empty.sale, charge);
    const record = { ...empty, attempts: [attempt] };
    await this.#unlessLost(charge, this.#add(record, given, [write]));
    await this.#send(record, attempt, charge, startedMs);
    return this.#done(record.sale.id);
  }

  /** `acceptsElectronic`: the customer has agreed to the electronic receipt since the sale was opened. */
  async charge(saleId: string, charge: Charge, acceptsElectronic = false): Promise<Done> {
    const startedMs = this.#terminal.deps.world.monotonicMs();
    const known = this.#terminal.book.record(saleId);
    if (known === null) return refused("sale_not_found");
    let refusal = "sale_not_found" as RefusalCode | "yes";
    let remembered = false;
    const made = this.#terminal.book.change(saleId, (record) => {
      // Asked again in its turn: two presses at once must not both pass.
      refusal = this.#codes.has(charge.paymentCode) ? "code_used_before" : SALE_CAN.charge(record);
      if (refusal !== "yes") return null;
      const made = this.#newAttempt(record.sale, charge);
      this.#codes.add(charge.paymentCode);
      remembered = true;
      const event = say(
        record,
        this.#now(),
        "attempt_created",
        { orderNo: made.attempt.orderNo, method: charge.method },
        actorOf(record.sale.operator),
      );
      const attempts = [...record.attempts, made.attempt];
      return {
        record: { ...record, attempts, sale: accepting(record.sale, acceptsElectronic) },
        events: [event],
        writes: [made.write],
        result: made.attempt,
      };
    });
    const attempt = await made.catch((error: unknown) => {
      if (remembered) this.#codes.forget(charge.paymentCode);
      throw error;
    });
    if (attempt === null) return refused(refusal === "yes" ? "sale_not_found" : refusal);
    await this.#send(this.#must(saleId), attempt, charge, startedMs);
    return this.#done(saleId);
  }

  /** Asks the provider now, whatever the state; of a sale that ended long ago too. */
  async query(saleId: string): Promise<Done> {
    return this.#ask(saleId, "query", "query");
  }

  /** The cashier's stop: one last query, then the reversal. */
  async stop(saleId: string): Promise<Done> {
    return this.#ask(saleId, "reverse", "stop");
  }

  async goodsLeft(saleId: string, operator: Operator): Promise<Done> {
    const now = this.#now();
    await this.#terminal.book.change(saleId, (record) => {
      if (record.sale.goodsLeft !== null) return null;
      const goodsLeft = { operatorNo: operator.no, atMs: now.nowMs };
      const sale = changedSale(record.sale, { goodsLeft }, now.nowMs);
      return {
        record: { ...record, sale },
        events: [say(record, now, "goods_left", {}, actorOf(operator))],
        result: null,
      };
    });
    if (this.#terminal.book.record(saleId) === null) return refused("sale_not_found");
    await this.#terminal.telling.tell(saleId);
    return this.#done(saleId);
  }

  /** Given up, or paid in another way after an unknown: both reverse what is open; any later success goes back. */
  async giveUp(
    saleId: string,
    how: "abandoned" | "paid_otherwise",
    operator: Operator,
  ): Promise<Done> {
    const command: SaleCommand = how === "abandoned" ? "abandon" : "pay_otherwise";
    let refusal = "sale_not_found" as RefusalCode | "yes";
    const given = await this.#terminal.book.change(saleId, (record) => {
      refusal = SALE_CAN[command](record);
      if (refusal !== "yes") return null;
      const context = this.#terminal.context();
      const open = record.attempts.filter(isLive);
      const state = how === "abandoned" && open.length === 0 ? "unpaid" : how;
      const sale = changedSale(record.sale, { state }, context.nowMs);
      const row = {
        key: `otherwise ${saleId}`,
        kind: "paid_otherwise",
        businessDay: context.businessDay,
        saleId,
        amountFen: sale.amountFen,
        method: null,
        operatorNo: operator.no,
        operatorName: operator.name,
        atMs: context.nowMs,
      } as const;
      const writes: readonly JournalWrite[] =
        how === "paid_otherwise" ? [{ kind: "money", row }] : [];
      return {
        record: { ...record, sale },
        events: [say(record, context, `sale_${state}`, {}, actorOf(operator))],
        writes,
        result: state,
      };
    });
    if (given === null) return refused(refusal === "yes" ? "sale_not_found" : refusal);
    await this.#terminal.telling.tell(saleId);
    return this.#done(saleId);
  }

  /** Nothing was taken, and nothing will be: the sale is over. */
  async endIfUnpaid(saleId: string): Promise<void> {
    const now = this.#now();
    const ended = await this.#terminal.book.change(saleId, (record) =>
      record.attempts.length > 0 && tookNoMoney(record) ? endedUnpaid(record, now) : null,
    );
    if (ended !== null) await this.#terminal.telling.tell(saleId);
  }

  /** Amount null: all that is left; `of` null: of the money that is due to go back first. The request number makes a repeat the same refund. */
  async refund(
    saleId: string,
    amountFen: Fen | null,
    reason: string,
    operator: Operator,
    requestNo: string,
    of: RefundOf | null = null,
  ): Promise<Done> {
    const { book, deps } = this.#terminal;
    if (book.record(saleId) === null) return refused("sale_not_found");
    // The provider would take it for the refund of the other sale.
    const owner = deps.journal.findSale(requestNo);
    if (owner !== null && owner !== saleId) return refused("idempotency_key_reused");
    let refusal = null as RefusalCode | null;
    const refund = await this.#terminal.book.change(saleId, (record) => {
      // Asked in its turn: of two equal requests at once the second is the first.
      const repeated = record.refunds.find((one) => one.requestNo === requestNo);
      if (repeated !== undefined) {
        const isSame =
          repeated.amountFen === (amountFen ?? repeated.amountFen) &&
          isRefundOf(record, repeated, of);
        refusal = isSame ? null : "idempotency_key_reused";
        return null;
      }
      const answer = refundAsked(record, amountFen, of);
      if (typeof answer === "string") {
        refusal = answer;
        return null;
      }
      const { attempt: paid, amountFen: wanted } = answer;
      const latePayment = paid.latePayment?.decision === "refund";
      const made = newRefund(
        { requestNo, amountFen: wanted, reason, operatorNo: operator.no, latePayment },
        paid,
        this.#now().nowMs,
      );
      // Version 0: the hub's own copy, from version 1 on, is always newer.
      const asked = { ...made, version: 0 };
      const event = say(
        record,
        this.#now(),
        "refund_requested",
        { requestNo, amountFen: wanted, reason },
        actorOf(operator),
      );
      return {
        record: { ...record, refunds: [...record.refunds, asked] },
        events: [event],
        result: asked,
      };
    });
    if (refusal !== null) return refused(refusal);
    if (refund !== null) await this.#terminal.sendRefund(saleId, refund);
    return this.#done(saleId);
  }

  async waivePaper(saleId: string, operator: Operator): Promise<Done> {
    let refusal = "sale_not_found" as RefusalCode | "yes";
    const now = this.#now();
    await this.#terminal.book.change(saleId, (record) => {
      refusal = SALE_CAN.waive_paper(record);
      if (refusal !== "yes") return null;
      const jobs = waive(record.jobs, "customer_wants_none", now.nowMs);
      return {
        record: { ...record, jobs },
        events: [say(record, now, "paper_waived", {}, actorOf(operator))],
        result: null,
      };
    });
    return refusal === "yes" ? this.#done(saleId) : refused(refusal);
  }

  #newRecord(given: NewSale): SaleRecord {
    const { world, settings } = this.#terminal.deps;
    const nowMs = world.nowMs();
    const { no, name } = given.operator;
    const sale: Sale = {
      id: world.newId(),
      merchantId: settings.merchantId,
      terminalId: settings.terminalId,
      operator: { no, name },
      amountFen: given.amountFen,
      items: given.items,
      state: "open",
      version: 1,
      createdAtMs: nowMs,
      changedAtMs: nowMs,
      goodsLeft: null,
      acceptsElectronic: given.acceptsElectronic,
      training: settings.training,
      ...(given.oneShot === true ? { oneShot: true } : {}),
    };
    return { sale, attempts: [], receipt: null, jobs: [], refunds: [] };
  }

  #newAttempt(
    sale: Sale,
    charge: Charge,
  ): { readonly attempt: Attempt; readonly write: JournalWrite } {
    const { settings, world } = this.#terminal.deps;
    const { orderNo, write } = this.#numbers.order();
    const { merchantId, terminalId } = sale;
    const given = {
      merchantId,
      terminalId,
      orderNo,
      saleId: sale.id,
      provider: settings.provider,
      method: charge.method,
      amountFen: sale.amountFen,
    };
    const attempt = newAttempt(given, world.nowMs());
    this.#terminal.ages.keep(attempt, this.#terminal.ages.aheadMs());
    return { attempt, write };
  }

  async #add(record: SaleRecord, given: NewSale, writes: readonly JournalWrite[]): Promise<void> {
    const request = given.request === null ? [] : [requestOf(given.request, record.sale.id)];
    const detail = {
      amountFen: record.sale.amountFen,
      orderNo: record.attempts[0]?.orderNo ?? null,
    };
    const event = say(record, this.#now(), "sale_created", detail, actorOf(given.operator));
    await this.#terminal.book.add(record, [...writes, ...request], [event]);
  }

  /** The intent is durable here; now the hub is asked. What the hub doesn't answer is asked about again later. */
  async #send(
    record: SaleRecord,
    attempt: Attempt,
    charge: Charge,
    startedMs: number,
  ): Promise<void> {
    const { log } = this.#terminal.deps;
    try {
      const reply = await this.#pay(record, attempt, charge, startedMs);
      if (reply.kind === "refused") {
        if (reply.reason === "terminal_replaced") await this.#terminal.standing.replaced();
        this.#codes.forget(charge.paymentCode);
        await this.#terminal.endNeverSent(
          record.sale.id,
          attempt.orderNo,
          PAY_REFUSALS[reply.reason],
        );
        // The hub knows of money that this till hasn't heard of.
        if (reply.reason === "earlier_attempt_was_paid")
          for (const one of record.attempts.filter((earlier) => earlier !== attempt))
            await this.#terminal.learnIfThere(one);
      } else await this.#terminal.learn(reply.attempt);
    } catch (error) {
      log("warn", "hub_not_reached", { orderNo: attempt.orderNo, error: String(error) });
    }
  }

  async #pay(
    record: SaleRecord,
    attempt: Attempt,
    charge: Charge,
    startedMs: number,
  ): Promise<PayReply> {
    const { link, world } = this.#terminal.deps;
    const epoch = await this.#terminal.standing.epoch();
    if (typeof epoch === "string") return { kind: "refused", reason: epoch };
    const ageMs = world.monotonicMs() - startedMs;
    return link.pay({ ...this.#intent(record, attempt, charge), ageMs, epoch });
  }

  #intent(
    record: SaleRecord,
    attempt: Attempt,
    charge: Charge,
  ): Omit<PayIntent, "ageMs" | "epoch"> {
    const { settings } = this.#terminal.deps;
    const { sale } = record;
    const first = sale.items[0];
    const subject =
      first === undefined
        ? `${settings.issuer.storeName || settings.issuer.merchantName} 消费`
        : `${first.name}${sale.items.length > 1 ? " 等" : ""}`;
    return {
      merchantId: sale.merchantId,
      storeId: settings.storeId,
      terminalId: sale.terminalId,
      operatorNo: sale.operator.no,
      saleId: sale.id,
      orderNo: attempt.orderNo,
      provider: attempt.provider,
      method: charge.method,
      amountFen: attempt.amountFen,
      subject,
      goods: sale.items.map(({ name, quantity, priceFen }) => ({ name, quantity, priceFen })),
      paymentCode: charge.paymentCode,
      again: record.attempts.length > 1,
    };
  }

  async #ask(saleId: string, command: SaleCommand, what: "query" | "stop"): Promise<Done> {
    const record = this.#terminal.book.record(saleId);
    if (record === null) return refused("sale_not_found");
    const can = SALE_CAN[command](record);
    if (can !== "yes") return refused(can);
    const attempt =
      record.attempts.findLast(isLive) ?? paidAttempt(record) ?? record.attempts.at(-1);
    if (attempt !== undefined) await this.#askHub(attempt, what);
    return this.#done(saleId);
  }

  async #askHub(attempt: Attempt, what: "query" | "stop"): Promise<void> {
    const { link, log } = this.#terminal.deps;
    try {
      const truth = await link.ask(attempt.merchantId, attempt.orderNo, what);
      if (truth !== null) await this.#terminal.learn(truth);
    } catch (error) {
      log("warn", "hub_not_reached", { orderNo: attempt.orderNo, error: String(error) });
    }
  }

  /** A charge that wasn't kept was never sent: its code is as good as before. */
  async #unlessLost(charge: Charge, commit: Promise<void>): Promise<void> {
    try {
      await commit;
    } catch (error) {
      this.#codes.forget(charge.paymentCode);
      throw error;
    }
  }

  #now(): { readonly nowMs: number; readonly settings: Terminal["deps"]["settings"] } {
    const { world, settings } = this.#terminal.deps;
    return { nowMs: world.nowMs(), settings };
  }

  #must(saleId: string): SaleRecord {
    const record = this.#terminal.book.record(saleId);
    if (record === null) throw new Error(`sale ${saleId} was here a moment ago`);
    return record;
  }

  #done(saleId: string): Done {
    return { ok: true, record: this.#must(saleId) };
  }
}

const accepting = (sale: Sale, acceptsElectronic: boolean): Sale =>
  acceptsElectronic && !sale.acceptsElectronic
    ? { ...sale, acceptsElectronic, version: sale.version + 1 }
    : sale;

export const actorOf = (operator: { readonly no: string }): string => `operator ${operator.no}`;

const requestOf = (write: JournalWrite, saleId: string): JournalWrite =>
  write.kind === "request" ? { ...write, result: saleId } : write;
