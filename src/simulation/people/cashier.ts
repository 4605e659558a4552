/**
 * The cashier: serves one customer after the other and looks after what is left open. Sees only what the till shows and
 * the paper that comes out, and does with it whatever people do.
 */
import { fen } from "../../core/money/money.ts";
import type { SaleView } from "../../core/till/view.ts";
import type { ChargeInput, SaleInput } from "../../ports/till.ts";
import type { Weather } from "../faults/kinds.ts";
import type { RunningTill } from "../parties/till.ts";
import type { Printer } from "../printer/printer.ts";
import type { Chance } from "../world/chance.ts";
import type { Timeline } from "../world/timeline.ts";
import type { Buyers } from "./buyers.ts";
import { Chores } from "./chores.ts";
import { Eyes, type Shown } from "./eyes.ts";

export interface CashierParts {
  readonly terminalId: string;
  readonly time: Timeline;
  readonly chance: Chance;
  readonly weather: () => Weather;
  readonly buyers: Buyers;
  readonly printer: Printer;
  readonly shown: Shown;
  /** How many sales are still to be made today. */
  salesLeft: number;
  readonly onSale: () => void;
  /** A kind of human fault happens to this sale. */
  readonly struck: (kind: keyof Weather, orderNo: string | null) => void;
  /** The customer presses the button on the electronic receipt. */
  readonly openReceipt: (token: string) => void;
}

/** Patience with one sale, at most: longer than the promised time. */
const patienceMsMax = 170_000;

export class Cashier {
  readonly parts: CashierParts;
  readonly chores: Chores;
  /** Sales made at this till, in order; people come back with any of them. */
  readonly sales: string[] = [];
  #eyes: Eyes | null = null;

  constructor(parts: CashierParts) {
    this.parts = parts;
    this.chores = new Chores(this);
  }

  /** Begins at a till that has just been opened; ends with its process. */
  begin(till: RunningTill): void {
    const soon = (look: () => void): void =>
      this.parts.time.atEnd(() => {
        if (till.life.alive) look();
      });
    this.#eyes = new Eyes(till, soon, this.parts.shown);
    this.#work(till).catch((error: unknown) => {
      throw error;
    });
  }

  async #work(till: RunningTill): Promise<void> {
    for (;;) {
      await this.pause(till, this.parts.chance.skewed(500, 20_000));
      try {
        if (this.parts.salesLeft > 0) await this.#serve(till);
        await this.chores.some(till);
      } catch {
        // The till answered with an error page: the customer waits, the cashier tries something else.
        await this.pause(till, 2_000);
      }
      if (this.parts.salesLeft === 0) await this.pause(till, 5_000);
    }
  }

  pause(till: RunningTill, ms: number): Promise<void> {
    return new Promise((resolve) => {
      till.life.world.after(ms, resolve);
    });
  }

  hits(kind: keyof Weather, orderNo: string | null): boolean {
    if (!this.parts.chance.hits(this.parts.weather()[kind])) return false;
    this.parts.struck(kind, orderNo);
    return true;
  }

  /** What the till says of this sale now. */
  see(till: RunningTill, saleId: string): SaleView | null {
    return till.life.alive ? (this.#eyes?.see(saleId) ?? null) : null;
  }

  async #serve(till: RunningTill): Promise<void> {
    this.parts.salesLeft -= 1;
    this.parts.onSale();
    const { chance, buyers } = this.parts;
    const buyer = buyers.pick();
    const input = this.#input();
    const saleId = await this.#begin(till, input, this.#charge(buyer));
    if (saleId === null) return;
    this.sales.push(saleId);
    for (let attempts = 1; attempts <= 3; attempts += 1) {
      const view = await this.#attend(till, saleId, buyer);
      if (view === null || view.outcome === "paid" || view.outcome === "unknown") return;
      // The customer is gone with the goods, whatever the till says.
      if (this.hits("goods_left", view.attempt?.order_no ?? null))
        await till.desk.command(saleId, "goods_left");
      if (view.state !== "open" || view.can.charge !== true || !chance.hits(0.6)) break;
      await this.#press(view, () => till.desk.charge(saleId, this.#charge(buyer), false));
    }
    await this.#endUnpaid(till, saleId);
  }

  #input(): SaleInput {
    const { chance } = this.parts;
    const items = chance.hits(0.2)
      ? [
          { name: "拿铁", quantity: chance.whole(1, 3), priceFen: fen(1_800) },
          { name: "司康", quantity: 1, priceFen: fen(950) },
        ]
      : [];
    const total = items.reduce((sum, one) => sum + one.quantity * one.priceFen, 0);
    // Below 800 yuan: the amounts above are the sandbox's way to be told what to do.
    const amountFen = fen(total > 0 ? total : chance.whole(1, 79_000));
    const key = chance.hits(0.5) ? `k${this.parts.terminalId}.${chance.digits(12)}` : null;
    return {
      amountFen,
      items,
      acceptsElectronic: chance.hits(0.1),
      operatorNo: null,
      request: key === null ? null : { key, inputHash: `${amountFen}` },
    };
  }

  #charge(buyer: string): ChargeInput {
    const { chance, buyers } = this.parts;
    return chance.hits(0.15)
      ? { method: "qr" }
      : { method: "code", paymentCode: buyers.showCode(buyer) };
  }

  /** In one step, or amount first and code after it. */
  async #begin(till: RunningTill, input: SaleInput, charge: ChargeInput): Promise<string | null> {
    const { desk } = till;
    if (this.parts.chance.hits(0.5)) {
      const isTwice = input.request !== null && this.hits("double_press", null);
      const [sold] = await Promise.all([
        desk.sell(input, charge),
        isTwice ? desk.sell(input, charge) : null,
      ]);
      return sold.ok ? sold.value.sale_id : null;
    }
    const opened = await desk.open(input);
    if (!opened.ok) return null;
    await this.#press(opened.value, () => desk.charge(opened.value.sale_id, charge, false));
    return opened.value.sale_id;
  }

  async #press(view: SaleView, act: () => Promise<unknown>): Promise<void> {
    const isTwice = this.hits("double_press", view.attempt?.order_no ?? null);
    await Promise.all([act(), isTwice ? act() : null]);
  }

  /** Stays with the sale until it is decided and its paper is out, or until something else seems better. */
  async #attend(till: RunningTill, saleId: string, buyer: string): Promise<SaleView | null> {
    const { time, chance } = this.parts;
    const startedMs = time.nowMs;
    const patienceMs = chance.hits(0.7) ? patienceMsMax : chance.skewed(2_000, patienceMsMax);
    const scanned = new Set<string>();
    let paperSinceMs: number | null = null;
    for (let view = this.see(till, saleId); view !== null; view = this.see(till, saleId)) {
      this.#scan(view, scanned, buyer);
      if (view.outcome !== "unknown" && view.outcome !== "paid") return view;
      if (view.outcome === "paid") {
        paperSinceMs ??= time.nowMs;
        if (await this.chores.paperIsSettled(till, view)) return view;
        if (time.nowMs - paperSinceMs > 12_000) return view;
      } else if (await this.chores.lovesPatience(till, view, time.nowMs - startedMs, patienceMs)) {
        return this.see(till, saleId);
      }
      await this.#somethingNew(till, saleId, chance.whole(1_000, 4_000));
    }
    return null;
  }

  #scan(view: SaleView, scanned: Set<string>, buyer: string): void {
    const { attempt } = view;
    if (attempt === null || attempt.qr_code === null || scanned.has(attempt.order_no)) return;
    scanned.add(attempt.order_no);
    this.parts.buyers.scanSoon(attempt.order_no, buyer);
  }

  /** Until the till's picture of the sale changes, at most so long. */
  #somethingNew(till: RunningTill, saleId: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        callOff();
        stop();
        resolve();
      };
      const callOff = till.life.world.after(ms, done);
      const stop = till.terminal.book.onChange((changed) => {
        if (changed === saleId) done();
      });
    });
  }

  async #endUnpaid(till: RunningTill, saleId: string): Promise<void> {
    const view = this.see(till, saleId);
    if (view === null || view.state !== "open") return;
    const draw = this.parts.chance.next();
    if (draw < 0.3) await till.desk.command(saleId, "pay_otherwise");
    else if (draw < 0.8) await till.desk.command(saleId, "abandon");
  }
}
