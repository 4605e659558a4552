/** What people do out of turn: press stop, pay in cash, come back for their money. Drawn by the weather's shares. */
import { isLive } from "../../../core/payment/states.ts";
import { outcomeOf } from "../../../core/till/build.ts";
import { refundAttempt, SALE_CAN } from "../../../core/till/can.ts";
import { refundableFen } from "../../../core/payment/refund-step.ts";
import type { Sale } from "../sale.ts";
import { giveUp, goodsLeft, press, refund, waivePaper } from "./acts.ts";
import type { Cashier } from "./cashier.ts";

const worries = [
  "second_scan",
  "ask_again",
  "goods_left",
  "stop",
  "pay_otherwise",
  "give_up",
  "leave_open",
] as const;
/** Afterwards whoever is left waits. */
const worriesMax = 12;

export class Whims {
  readonly #cashier: Cashier;
  readonly #hasAny: boolean;
  #refunds = 0;

  constructor(cashier: Cashier) {
    this.#cashier = cashier;
    this.#hasAny = worries.some((kind) => cashier.shop.weather[kind] > 0);
  }

  /** The outcome is open for longer than it should be. */
  saw(sale: Sale): void {
    const { shop, chance } = this.#cashier;
    if (sale.worries > 0 || !this.#hasAny) return;
    const isStuck = sale.record.attempts.some((one) => isLive(one) && one.state !== "created");
    if (!isStuck || sale.record.attempts.every((one) => one.state === "sending")) return;
    sale.worries = 1;
    shop.queue.after(chance.skewed(500, 10_000), () => this.#worry(sale));
  }

  #worry(sale: Sale): void {
    const { shop, chance } = this.#cashier;
    if (outcomeOf(sale.record) !== "unknown" || sale.worries > worriesMax) {
      sale.worries = 0;
      return;
    }
    sale.worries += 1;
    shop.queue.after(chance.skewed(1_000, 30_000), () => this.#worry(sale));
    if (!shop.till.process.isUp) return;
    const hits = (kind: Parameters<typeof shop.hits>[0]): boolean =>
      shop.till.process.isUp && shop.hits(kind, chance, sale);
    if (hits("second_scan")) this.#cashier.charge(sale);
    if (hits("ask_again")) press(shop, sale, "query");
    if (hits("goods_left")) goodsLeft(shop, sale);
    if (hits("stop")) press(shop, sale, "stop");
    if (hits("pay_otherwise")) giveUp(shop, sale, "paid_otherwise");
    if (hits("give_up")) giveUp(shop, sale, "abandoned");
    if (hits("leave_open")) this.#cashier.leave(sale);
  }

  /** The paper is still on its way, or waits for the printer. */
  sawPaper(sale: Sale): void {
    const { shop, chance } = this.#cashier;
    const at = (ms: number, act: () => void): void =>
      shop.queue.after(ms, () => {
        if (shop.till.process.isUp) act();
      });
    if (shop.hits("waive_paper", chance, sale))
      at(chance.skewed(1, 10_000), () => waivePaper(shop, sale));
    if (shop.plan.receiptBase !== null && shop.hits("open_receipt", chance, sale))
      at(chance.skewed(300, 60_000), () => shop.till.opened(sale));
    this.#comesBack(sale);
  }

  sawPaid(sale: Sale): void {
    const { shop, chance } = this.#cashier;
    if (!shop.hits("reprint", chance, sale)) return;
    shop.queue.after(chance.skewed(500, 120_000), () => {
      if (shop.till.process.isUp) this.#cashier.papers.reprint(sale);
    });
  }

  /** For a refund: at once, or much later, whole or in parts, and pressed twice. */
  #comesBack(sale: Sale): void {
    const { shop, chance } = this.#cashier;
    for (let part = 0; part < 3 && shop.hits("refund", chance, sale); part += 1)
      shop.queue.after(chance.skewed(300, 400_000), () => this.#giveBack(sale));
  }

  #giveBack(sale: Sale): void {
    const { shop, chance } = this.#cashier;
    if (!shop.till.process.isUp || SALE_CAN.refund(sale.record) !== "yes") return;
    const paid = refundAttempt(sale.record);
    const leftFen = paid === null ? 0 : refundableFen(paid, sale.record.refunds);
    this.#refunds += 1;
    const requestNo = `r${this.#refunds}`;
    const amountFen = chance.hits(0.5) ? null : chance.whole(1, leftFen);
    refund(shop, sale, requestNo, amountFen);
    if (shop.till.process.isUp && shop.hits("double_press", chance, sale))
      refund(shop, sale, requestNo, amountFen);
  }

  /** The provider refused to take late money back; the owner tries again, as the till says. */
  sawRefunds(sale: Sale): void {
    const late = sale.record.refunds.filter((one) => one.latePayment);
    const isStuck = late.some(({ orderNo }) =>
      late.every((one) => one.orderNo !== orderNo || one.state === "refused"),
    );
    if (!isStuck || sale.isOwnerAsked) return;
    sale.isOwnerAsked = true;
    const { shop, chance } = this.#cashier;
    shop.queue.after(chance.skewed(5_000, 60_000), () => {
      sale.isOwnerAsked = false;
      if (!shop.till.process.isUp) return;
      this.#refunds += 1;
      refund(shop, sale, `b${this.#refunds}`, null);
    });
  }
}
