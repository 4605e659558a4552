/** What a cashier does about paper: answers whether one is out, wants another, and may be wrong. */
import { type PrintJob, waitsForEReceipt } from "../../../core/printing/job.ts";
import { orderReplacement, orderReprint } from "../../../core/printing/orders.ts";
import { newestPaper, SALE_CAN } from "../../../core/till/can.ts";
import type { SaleRecord } from "../../../ports/journal.ts";
import type { Sale } from "../sale.ts";
import type { Cashier } from "./cashier.ts";

export class Papers {
  readonly #cashier: Cashier;

  constructor(cashier: Cashier) {
    this.#cashier = cashier;
  }

  /** A paper that has just become doubtful is looked for. */
  saw(sale: Sale, before: SaleRecord): void {
    const { shop, chance } = this.#cashier;
    for (const job of sale.record.jobs) {
      if (job.state !== "doubtful" || before.jobs.includes(job)) continue;
      shop.queue.after(chance.skewed(1_000, 60_000), () => this.#answer(sale, job.id));
    }
  }

  #answer(sale: Sale, jobId: string): void {
    const { shop, chance } = this.#cashier;
    if (!shop.till.process.isUp) return;
    const job = sale.record.jobs.find((one) => one.id === jobId);
    if (job === undefined || job.state !== "doubtful") return;
    const isSeen = shop.scribe.isOut(jobId) && !shop.hits("wrong_answer", chance, sale);
    if (!isSeen) return this.#missed(sale, job);
    const proof = { level: "person", atMs: shop.till.nowMs(), evidence: "operator 01" } as const;
    shop.till.changeJob(sale, jobId, { kind: "confirm", proof });
  }

  #missed(sale: Sale, job: PrintJob): void {
    const { till } = this.#cashier.shop;
    const { record } = sale;
    const ofReceipt = job.slip.kind === "receipt" && record.receipt !== null;
    const earlier = job.mark.kind === "original" ? 0 : job.mark.count;
    const count = (ofReceipt ? (record.receipt?.copies ?? 0) : earlier) + 1;
    const { newId, nowMs } = till.context;
    const both = orderReplacement(job, newId(), { count, operatorNo: "01" }, nowMs);
    if (typeof both === "string") return;
    const receipt =
      ofReceipt && record.receipt !== null ? { ...record.receipt, copies: count } : record.receipt;
    const jobs = [...record.jobs.map((one) => (one === job ? both.replaced : one)), both.copy];
    till.commit(sale, { record: { ...record, receipt, jobs }, events: [], result: null });
  }

  reprint(sale: Sale): void {
    const { till } = this.#cashier.shop;
    const { record } = sale;
    const last = newestPaper(record);
    if (SALE_CAN.reprint(record) !== "yes" || record.receipt === null || last === null) return;
    if (waitsForEReceipt(last)) return void till.changeJob(sale, last.id, { kind: "resume" });
    const count = record.receipt.copies + 1;
    const { newId, nowMs } = till.context;
    const copy = orderReprint(last, newId(), { count, operatorNo: "01" }, nowMs);
    if (copy === "first_paper_still_open") return;
    const receipt = { ...record.receipt, copies: count };
    const jobs = [...record.jobs, copy];
    till.commit(sale, { record: { ...record, receipt, jobs }, events: [], result: null });
  }
}
