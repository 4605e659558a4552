/** What a cashier does beside taking money: papers, questions, refunds, open sales, the close of the day. */
import { fen } from "../../core/money/money.ts";
import { waitsForEReceipt } from "../../core/printing/job.ts";
import type { SaleView } from "../../core/till/view.ts";
import type { RunningTill } from "../parties/till.ts";
import type { Cashier } from "./cashier.ts";
import { isOnPile } from "./pile.ts";

export class Chores {
  readonly #cashier: Cashier;
  #refunds = 0;

  constructor(cashier: Cashier) {
    this.#cashier = cashier;
  }

  /** Between two customers: what lies open on the screen, and people who come back with an old sale. */
  async some(till: RunningTill): Promise<void> {
    const { chance, salesLeft } = this.#cashier.parts;
    const isQuiet = salesLeft === 0;
    if (isQuiet || chance.hits(0.3)) await this.#openSales(till);
    const { sales } = this.#cashier;
    if (sales.length > 0 && !isQuiet) {
      const saleId = chance.hits(0.5) ? (sales.at(-1) ?? "") : chance.pick(sales);
      await this.#comesBack(till, saleId);
    }
    if (this.#cashier.hits("day_close", null))
      await till.desk.closeDay(null, null, true, false, null);
  }

  /** True once nothing more is to be done about the paper of a paid sale. */
  async paperIsSettled(till: RunningTill, view: SaleView): Promise<boolean> {
    const orderNo = view.attempt?.order_no ?? null;
    const job = view.receipt?.job ?? null;
    if (job === null || view.receipt === null) return true;
    if (view.receipt.opened_at === null && this.#cashier.hits("open_receipt", orderNo))
      this.#openReceipt(view);
    if (job.state === "confirmed" || job.state === "waived" || job.state === "replaced")
      return true;
    if (job.state === "doubtful") {
      await this.#answer(till, view.sale_id, job.id);
      return false;
    }
    if (waitsForEReceipt(job)) return true;
    const isHeld = job.state === "held" || job.hold !== null;
    if (isHeld && this.#cashier.hits("waive_paper", orderNo)) {
      await till.desk.command(view.sale_id, "waive_paper");
      return true;
    }
    return false;
  }

  /** The outcome is open: waits, presses something, or leaves. True: done with this sale for now. */
  async lovesPatience(
    till: RunningTill,
    view: SaleView,
    waitedMs: number,
    patienceMs: number,
  ): Promise<boolean> {
    const { desk } = till;
    const cashier = this.#cashier;
    const orderNo = view.attempt?.order_no ?? null;
    const saleId = view.sale_id;
    if (waitedMs > 3_000) {
      if (cashier.hits("second_scan", orderNo)) {
        const paymentCode = cashier.parts.buyers.showCode(cashier.parts.buyers.pick());
        await desk.charge(saleId, { method: "code", paymentCode }, false);
      }
      if (cashier.hits("ask_again", orderNo)) await desk.command(saleId, "query");
      if (cashier.hits("goods_left", orderNo)) await desk.command(saleId, "goods_left");
      if (cashier.hits("stop", orderNo)) await desk.command(saleId, "reverse");
      if (cashier.hits("pay_otherwise", orderNo)) await desk.command(saleId, "pay_otherwise");
      if (cashier.hits("give_up", orderNo)) await desk.command(saleId, "abandon");
      if (cashier.parts.chance.hits(0.02)) await desk.command(saleId, "pending_slip");
      if (cashier.hits("leave_open", orderNo)) return true;
    }
    return waitedMs > patienceMs;
  }

  async #openSales(till: RunningTill): Promise<void> {
    for (const { sale } of till.terminal.book.open()) {
      if (!till.life.alive) return;
      const view = this.#cashier.see(till, sale.id);
      if (view === null) continue;
      for (const job of [...(view.receipt?.jobs ?? []), ...view.slips])
        if (job.state === "doubtful") await this.#answer(till, view.sale_id, job.id);
      if (isStuck(view) && view.can.refund === true) await this.#giveBack(till, view);
      if (view.state === "open" && view.outcome === null) await this.#drop(till, view.sale_id);
    }
    for (const job of till.terminal.book.jobs())
      if (job.saleId === null && job.state === "doubtful") await this.#answer(till, null, job.id);
  }

  /** The provider refused to take late money back; the owner tries again, as the till says. */
  async #giveBack(till: RunningTill, view: SaleView): Promise<void> {
    const { chance, terminalId } = this.#cashier.parts;
    this.#refunds += 1;
    const requestNo = `b${terminalId}.${this.#refunds}.${chance.digits(4)}`;
    await till.desk.refund(view.sale_id, null, "迟到款退回", requestNo);
  }

  /** Opened and never charged: the customer went away. */
  async #drop(till: RunningTill, saleId: string): Promise<void> {
    await till.desk.command(saleId, "abandon");
  }

  async #answer(till: RunningTill, saleId: string | null, jobId: string): Promise<void> {
    const record = saleId === null ? null : till.terminal.book.record(saleId);
    const job =
      record?.jobs.find((one) => one.id === jobId) ?? till.terminal.book.looseJob(jobId) ?? null;
    if (job === null) return;
    const isThere = isOnPile(this.#cashier.parts.printer, job);
    const isSeen = isThere && !this.#cashier.hits("wrong_answer", null);
    await till.desk.answerPrinted(jobId, isSeen);
  }

  async #comesBack(till: RunningTill, saleId: string): Promise<void> {
    const view = this.#cashier.see(till, saleId);
    if (view === null) return;
    const orderNo = view.attempt?.order_no ?? null;
    if (view.can.refund === true && this.#cashier.hits("refund", orderNo))
      await this.#refund(till, view);
    if (view.can.reprint === true && this.#cashier.hits("reprint", orderNo))
      await till.desk.command(saleId, "reprint");
    if (this.#cashier.hits("open_receipt", orderNo)) this.#openReceipt(view);
    if (view.can.query === true && this.#cashier.parts.chance.hits(0.1))
      await till.desk.command(saleId, "query");
  }

  async #refund(till: RunningTill, view: SaleView): Promise<void> {
    const { chance, terminalId } = this.#cashier.parts;
    this.#refunds += 1;
    const requestNo = `r${terminalId}.${this.#refunds}.${chance.digits(4)}`;
    const whole = chance.hits(0.5);
    const amountFen = whole ? null : fen(chance.whole(1, view.refundable_fen));
    const ask = (): Promise<unknown> =>
      till.desk.refund(view.sale_id, amountFen, "顾客退货", requestNo);
    await ask();
    if (this.#cashier.hits("double_press", view.attempt?.order_no ?? null)) await ask();
  }

  #openReceipt(view: SaleView): void {
    const token = /\/r\/(.+)$/.exec(view.receipt?.url ?? "")?.[1];
    if (token !== undefined) this.#cashier.parts.openReceipt(token);
  }
}

const isStuck = ({ refunds }: SaleView): boolean => {
  const late = refunds.filter((one) => one.late_payment);
  return late.length > 0 && late.every((one) => one.state === "refused");
};
