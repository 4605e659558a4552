/** A terminal for tests: a real one in a manual world, with a journal in memory and a hub that says what it is told. */
import assert from "node:assert/strict";
import {
  type JournalDisk,
  memoryJournal,
  newJournalDisk,
} from "../../src/adapters/store/memory/journal.ts";
import { type ManualWorld, manualWorld } from "../../src/adapters/world/manual.ts";
import { fen } from "../../src/core/money/money.ts";
import { type Attempt, noReversal } from "../../src/core/payment/attempt.ts";
import { newRefund } from "../../src/core/payment/refund-step.ts";
import type { Refund } from "../../src/core/payment/refund.ts";
import { alipayTiming } from "../../src/core/payment/timing.ts";
import type { Receipt } from "../../src/core/receipt/receipt.ts";
import type { Journal, SaleRecord } from "../../src/ports/journal.ts";
import type { HubNews, Link, PayReply } from "../../src/ports/link.ts";
import { houseOperator } from "../../src/terminal/config.ts";
import type { NewSale } from "../../src/terminal/sales.ts";
import { Terminal } from "../../src/terminal/terminal.ts";
import { bench as hubBench } from "./hub-support.ts";
import { attempt as sample } from "./store-samples.ts";

export const operator = houseOperator;
export const code = { method: "code", paymentCode: "281234567890123456" } as const;
export const given: NewSale = {
  amountFen: fen(2_000),
  items: [],
  operator,
  acceptsElectronic: false,
  request: null,
};

export interface Asked {
  readonly what: string;
  readonly orderNo: string;
}

/** Keeps attempts as a hub does; a test sets how they stand and reads what was asked. */
export class ScriptedHub {
  readonly attempts = new Map<string, Attempt>();
  readonly refundsKept = new Map<string, Refund>();
  readonly asked: Asked[] = [];
  readonly receipts: Receipt[] = [];
  /** Every call rejects (`away`), or none ever answers (`black_hole`). */
  weather: "well" | "away" | "black_hole" = "well";
  /** What the pay of a new attempt makes of it. */
  onPay: Partial<Attempt> = { state: "declined", unpaidEnd: "declined" };
  /** The highest receipt number it has seen of this terminal; null: that question it can't answer. */
  highest: number | null = 0;
  refusePay: Extract<PayReply, { kind: "refused" }>["reason"] | null = null;
  /** For how long the till can't be sure to have heard everything. */
  unheardMs = 0;
  /** Who is the newest, a real hub says. */
  readonly #real = hubBench().hub;
  #listener: (news: HubNews) => void = () => {};

  tell(news: HubNews): void {
    this.#listener(news);
  }

  /** The attempt changes at the hub; nobody is told. */
  put(orderNo: string, patch: Partial<Attempt>): Attempt {
    const before = this.attempts.get(orderNo) ?? assert.fail(`no ${orderNo}`);
    const after = { ...before, ...patch, version: before.version + 1 };
    this.attempts.set(orderNo, after);
    return after;
  }

  endRefund(requestNo: string, state: Refund["state"]): void {
    const before = this.refundsKept.get(requestNo) ?? assert.fail(`no ${requestNo}`);
    const refund = { ...before, state, version: before.version + 1, endedAtMs: 1 };
    this.refundsKept.set(requestNo, refund);
    this.tell({ kind: "refund", refund });
  }

  readonly link: { -readonly [K in keyof Link]: Link[K] } = {
    pay: (intent) =>
      this.#answer("pay", intent.orderNo, () => {
        if (this.refusePay !== null) return { kind: "refused", reason: this.refusePay };
        const { orderNo, saleId, merchantId, terminalId, method, amountFen } = intent;
        const ids = { orderNo, saleId, merchantId, terminalId, method, amountFen };
        const attempt = sample(1, { ...ids, version: 3, reversal: noReversal, ...this.onPay });
        this.attempts.set(orderNo, attempt);
        return { kind: "accepted", attempt };
      }),
    withdraw: (_, orderNo) =>
      this.#answer("withdraw", orderNo, () => {
        const attempt = this.attempts.get(orderNo);
        return attempt === undefined ? { kind: "never_sent" } : { kind: "known", attempt };
      }),
    attempt: (_, orderNo) =>
      this.#answer("attempt", orderNo, () => this.attempts.get(orderNo) ?? null),
    ask: (_, orderNo, what) =>
      this.#answer(what, orderNo, () => {
        const attempt = this.attempts.get(orderNo);
        if (attempt === undefined) return null;
        if (what === "sale_ended" && !attempt.saleEnded)
          return this.put(orderNo, { saleEnded: true });
        if (what === "goods_left" && !attempt.goodsLeft)
          return this.put(orderNo, { goodsLeft: true });
        if (what === "reverse") return this.put(orderNo, { state: "reversing" });
        return attempt;
      }),
    refund: (intent) =>
      this.#answer("refund", intent.orderNo, () => {
        const attempt = this.attempts.get(intent.orderNo);
        if (attempt === undefined) return { kind: "refused", reason: "order_not_found" };
        const known = this.refundsKept.get(intent.requestNo);
        const refund = known ?? newRefund({ ...intent, latePayment: false }, attempt, 1);
        this.refundsKept.set(intent.requestNo, refund);
        return { kind: "accepted", refund };
      }),
    refundState: async (_, requestNo) => this.refundsKept.get(requestNo) ?? null,
    refunds: (_, orderNo) =>
      this.#answer("refunds", orderNo, () =>
        [...this.refundsKept.values()].filter((one) => one.orderNo === orderNo),
      ),
    refundsEndedAfter: (_, terminalId, after) =>
      this.#answer("refunds_ended", "", () =>
        [...this.refundsKept.values()].filter(
          (one) => one.terminalId === terminalId && (one.endedAtMs ?? 0) > after.endedAtMs,
        ),
      ),
    putReceipt: (_, receipt) =>
      this.#answer("put_receipt", receipt.content.orderNo, () => void this.receipts.push(receipt)),
    highestReceipt: () =>
      this.#answer("highest", "", () => this.highest ?? assert.fail("the ledger is away")),
    grantEpoch: (ask) => this.#answer("grant_epoch", "", () => this.#real.grantEpoch(ask)),
    holdEpoch: (ask) => this.#answer("hold_epoch", "", () => this.#real.holdEpoch(ask)),
    history: async () => [],
    health: () => ({ state: "answering", lastAnswerMs: 1, failuresInARow: 0 }),
    unheardMs: () => this.unheardMs,
    onNews: (_, listener) => {
      this.#listener = listener;
      return () => (this.#listener = () => {});
    },
  };

  async #answer<T>(what: string, orderNo: string, answer: () => T | Promise<T>): Promise<T> {
    this.asked.push({ what, orderNo });
    if (this.weather === "away") throw new Error("the hub is away");
    if (this.weather === "black_hole") await new Promise(() => {});
    return answer();
  }
}

export class Bench {
  readonly world: ManualWorld;
  readonly hub: ScriptedHub;
  readonly disk: JournalDisk;
  /** Commits take a while, as those of a real disk do. */
  isSlow = false;
  readonly #newsSilenceMs: number;
  terminal: Terminal;

  constructor(
    world: ManualWorld = manualWorld(),
    hub: ScriptedHub = new ScriptedHub(),
    disk: JournalDisk = newJournalDisk(),
    newsSilenceMs = 10_000,
  ) {
    this.world = world;
    this.hub = hub;
    this.disk = disk;
    this.#newsSilenceMs = newsSilenceMs;
    this.terminal = this.#make();
  }

  static async open(): Promise<Bench> {
    const bench = new Bench();
    await bench.terminal.start();
    return bench;
  }

  /** Another till of the same shop on what is in this one's data folder now. */
  copied(): Bench {
    return new Bench(this.world, this.hub, structuredClone(this.disk));
  }

  /** The papers that a printer would be given now. */
  papers(): readonly string[] {
    return this.terminal.standing.papers().map(({ mark, slip }) => `${mark.kind} ${slip.kind}`);
  }

  async restart(): Promise<void> {
    this.terminal.stop();
    this.terminal = this.#make();
    await this.terminal.start();
  }

  /** Sells; the attempt ends as `onPay` of the hub says. */
  async sell(onPay: Partial<Attempt> = this.hub.onPay, more: Partial<NewSale> = {}): Promise<Sold> {
    this.hub.onPay = onPay;
    const paymentCode = `28${String(this.hub.attempts.size).padStart(16, "0")}`;
    const done = await this.terminal.sales.sell({ ...given, ...more }, { ...code, paymentCode });
    assert.ok(done.ok);
    await this.world.advance(1);
    return {
      saleId: done.record.sale.id,
      orderNo: done.record.attempts[0]?.orderNo ?? assert.fail("no attempt"),
    };
  }

  record(saleId: string): SaleRecord {
    return this.terminal.book.record(saleId) ?? assert.fail("no sale");
  }

  /** The attempt changes at the hub, and the till hears of it. */
  async news(orderNo: string, patch: Partial<Attempt>): Promise<void> {
    this.hub.tell({ kind: "attempt", attempt: this.hub.put(orderNo, patch) });
    await this.world.advance(1);
  }

  asked(what: string): number {
    return this.hub.asked.filter((one) => one.what === what).length;
  }

  /** What the day's money says: taken less given back. */
  net(): number {
    return this.terminal.days.view().net_fen;
  }

  #make(): Terminal {
    const { world, hub, disk } = this;
    const journal = memoryJournal(world.sha256, disk);
    const slowly: Journal["commit"] = async (writes, events) => {
      if (this.isSlow) await new Promise((resolve) => setImmediate(resolve));
      return journal.commit(writes, events);
    };
    return new Terminal({
      world,
      journal: { ...journal, commit: slowly },
      link: hub.link,
      log: () => {},
      hashPin: async (pin, salt) => world.sha256(`${pin} ${salt}`),
      settings: {
        merchantId: "M1",
        storeId: "1",
        terminalId: "T01",
        issuer: {
          merchantName: "示例咖啡",
          merchantNo: "1",
          storeName: "一号店",
          storeNo: "1",
          terminalNo: "T01",
          address: "",
          phone: "",
        },
        provider: "alipay",
        livemode: false,
        training: false,
        receiptBase: "https://r.example.com",
        merchantCopy: true,
        amountMaxFen: fen(5_000_000),
        timing: alipayTiming,
        newsSilenceMs: this.#newsSilenceMs,
      },
    });
  }
}

export interface Sold {
  readonly saleId: string;
  readonly orderNo: string;
}

export const paid: Partial<Attempt> = {
  state: "paid",
  unpaidEnd: null,
  providerTradeNo: "P1",
  paidAtMs: 1,
  endedAtMs: 1,
};
export const declined: Partial<Attempt> = {
  state: "declined",
  unpaidEnd: "declined",
  endedAtMs: 1,
};
export const rolledBack: Partial<Attempt> = { state: "reversed", unpaidEnd: "rolled_back" };
export const late = (decision: "accept" | "refund"): Partial<Attempt> => ({
  latePayment: { seenAtMs: 5, decision, providerTradeNo: "P1" },
  providerTradeNo: "P1",
  paidAtMs: 5,
});
