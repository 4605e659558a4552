/** The cashier: serves one customer after the other, and does with the till whatever people do. */
import { fen } from "../../../core/money/money.ts";
import { newAttempt } from "../../../core/payment/change.ts";
import { isLive } from "../../../core/payment/states.ts";
import { outcomeOf } from "../../../core/till/build.ts";
import { waitsForEReceipt } from "../../../core/printing/job.ts";
import { newestPaper, SALE_CAN } from "../../../core/till/can.ts";
import { jobHasEnded } from "../../../core/printing/states.ts";
import type { SaleRecord } from "../../../ports/journal.ts";
import type { Chance } from "../../world/chance.ts";
import type { Code } from "../gateway/book.ts";
import { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";
import { giveUp, goodsLeft } from "./acts.ts";
import { Papers } from "./papers.ts";
import { Whims } from "./whims.ts";

const codeLifeMs = 60_000;
const attemptsMax = 3;
/** Patience with one sale, at most; and with its paper. */
const patienceMsMax = 170_000;
const paperPatienceMs = 12_000;

const operator = { no: "01", name: "店主" };

export class Cashier {
  readonly shop: Shop;
  readonly chance: Chance;
  readonly papers: Papers;
  readonly #whims: Whims;
  salesLeft: number;
  #serving: Sale | null = null;
  #isBusy = false;
  /** When patience with the sale that is being served ends, and when somebody looks whether it has. */
  #leavesAtMs = 0;
  #looksAtMs = Number.POSITIVE_INFINITY;

  constructor(shop: Shop, chance: Chance) {
    this.shop = shop;
    this.chance = chance;
    this.papers = new Papers(this);
    this.#whims = new Whims(this);
    this.salesLeft = shop.plan.sales;
  }

  get isDone(): boolean {
    return this.salesLeft === 0 && this.#serving === null;
  }

  /** At a till that has just been opened. */
  begin(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#nextSoon();
  }

  #nextSoon(): void {
    this.#serving = null;
    this.shop.queue.after(this.chance.skewed(500, 15_000), () => this.#serve());
  }

  /** Done with this customer, whatever became of the sale. */
  leave(sale: Sale): void {
    if (this.#serving === sale) this.#nextSoon();
  }

  #serve(): void {
    const { till, queue } = this.shop;
    if (this.salesLeft === 0) return;
    if (!till.process.isUp) {
      queue.after(2_000, () => this.#serve());
      return;
    }
    this.salesLeft -= 1;
    const sale = this.#newSale();
    this.#serving = sale;
    const isPatient = this.chance.hits(0.7);
    const patienceMs = isPatient ? patienceMsMax : this.chance.skewed(2_000, patienceMsMax);
    this.#leavesAtMs = queue.nowMs + patienceMs;
    if (this.#looksAtMs > this.#leavesAtMs) this.#lookLater(patienceMs);
    this.charge(sale);
    if (this.shop.hits("double_press", this.chance, sale)) this.charge(sale);
  }

  /** One clock for all customers: it rings for the one who has waited for too long. */
  #lookLater(ms: number): void {
    const { queue } = this.shop;
    const atMs = queue.nowMs + ms;
    this.#looksAtMs = atMs;
    queue.after(ms, () => {
      if (this.#looksAtMs !== atMs) return;
      this.#looksAtMs = Number.POSITIVE_INFINITY;
      if (this.#serving === null) return;
      const leftMs = this.#leavesAtMs - queue.nowMs;
      if (leftMs <= 0) this.leave(this.#serving);
      else this.#lookLater(leftMs);
    });
  }

  #newSale(): Sale {
    const { shop, chance } = this;
    const n = shop.sales.length + 1;
    const nowMs = shop.till.nowMs();
    const { merchantId, terminalId } = shop.till.settings;
    const oneShot = chance.hits(0.1);
    const id = `S${n}`;
    const sale = {
      id,
      merchantId,
      terminalId,
      operator,
      amountFen: fen(chance.whole(1, 79_000)),
      items: [],
      state: "open",
      version: 1,
      createdAtMs: nowMs,
      changedAtMs: nowMs,
      goodsLeft: null,
      acceptsElectronic: chance.hits(0.1),
      training: false,
      ...(oneShot ? { oneShot } : {}),
    } as const;
    const record: SaleRecord = { sale, attempts: [], receipt: null, jobs: [], refunds: [] };
    const made = new Sale(n, id, record);
    shop.sales.push(made);
    shop.till.add(made);
    return made;
  }

  /** A code is shown and scanned. */
  charge(sale: Sale): void {
    const { shop, chance } = this;
    const { till } = shop;
    if (!till.process.isUp || SALE_CAN.charge(sale.record) !== "yes") return;
    const { record } = sale;
    till.numbers.orders += 1;
    const orderNo = `T01_261102_${String(till.numbers.orders).padStart(6, "0")}_aaaa`;
    const attempt = newAttempt(
      {
        merchantId: record.sale.merchantId,
        terminalId: record.sale.terminalId,
        orderNo,
        saleId: sale.id,
        provider: "alipay",
        method: "code",
        amountFen: record.sale.amountFen,
      },
      till.nowMs(),
    );
    shop.scribe.order(sale, attempt);
    const attempts = [...record.attempts, attempt];
    if (!till.commit(sale, { record: { ...record, attempts }, events: [], result: null })) return;
    const code: Code = {
      diesAtMs: shop.queue.nowMs + codeLifeMs - chance.whole(0, 20_000),
      refuses: chance.hits(0.01) ? "ACQ.BUYER_BALANCE_NOT_ENOUGH" : null,
      used: false,
    };
    const again = record.attempts.length > 0;
    till.errands.pay(sale, { attempt, code, ageMs: 0, again });
  }

  /** Called with each change of a sale at the till. */
  saw(sale: Sale, before: SaleRecord): void {
    const { record } = sale;
    if (record.jobs !== before.jobs) this.papers.saw(sale, before);
    const outcome = outcomeOf(record);
    if (outcome === "unknown") this.#whims.saw(sale);
    if (record.refunds !== before.refunds) this.#whims.sawRefunds(sale);
    if (this.#serving !== sale || sale.hasErrand) return;
    if (outcome === "paid") this.#sawPaid(sale);
    else if (outcome === "declined" || outcome === "reversed") this.#sawUnpaid(sale);
  }

  /** Stays until the paper is out, or is as good as. */
  #sawPaid(sale: Sale): void {
    const job = newestPaper(sale.record);
    if (job === null || jobHasEnded(job.state) || waitsForEReceipt(job)) {
      this.#whims.sawPaid(sale);
      return this.leave(sale);
    }
    if (!sale.isPaperAwaited) {
      sale.isPaperAwaited = true;
      this.#whims.sawPaper(sale);
    }
    if (sale.isPaperLate || (job.hold === null && job.doubt === null)) return;
    sale.isPaperLate = true;
    this.shop.queue.after(paperPatienceMs, () => this.leave(sale));
  }

  #sawUnpaid(sale: Sale): void {
    sale.hasErrand = true;
    const { chance, shop } = this;
    shop.queue.after(chance.skewed(300, 8_000), () => {
      sale.hasErrand = false;
      if (!shop.till.process.isUp) return this.leave(sale);
      this.#afterUnpaid(sale);
    });
  }

  #afterUnpaid(sale: Sale): void {
    const { chance, shop } = this;
    const { record } = sale;
    const isUnpaid = !record.attempts.some(isLive) && outcomeOf(record) !== "paid";
    if (record.sale.state !== "open") return this.leave(sale);
    if (!isUnpaid) return;
    if (shop.hits("goods_left", chance, sale)) goodsLeft(shop, sale);
    if (record.attempts.length < attemptsMax && chance.hits(0.6)) this.charge(sale);
    else {
      const draw = chance.next();
      if (draw < 0.3) giveUp(shop, sale, "paid_otherwise");
      else if (draw < 0.8) giveUp(shop, sale, "abandoned");
      this.leave(sale);
    }
  }
}
