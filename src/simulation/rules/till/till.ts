/**
 * The till without its actors: its journal and its memory round the production decisions. What a decision calls memory
 * only is lost with the process; everything else is durable before anybody hears of it.
 */
import type { Attempt } from "../../../core/payment/attempt.ts";
import { isWithheld, refundIsOpen } from "../../../core/till/can.ts";
import { awaitsProof, isContradicted, isLive } from "../../../core/payment/states.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import type { JobEvent } from "../../../core/printing/job.ts";
import { stepJob } from "../../../core/printing/machine.ts";
import { isFinished, isSettled } from "../../../terminal/book.ts";
import type { Decision } from "../../../terminal/book.ts";
import type { TerminalSettings } from "../../../terminal/config.ts";
import { learnAttempt, type LearnContext, learnRefund, waive } from "../../../terminal/learn.ts";
import { endedUnpaid, endsByItself } from "../../../terminal/unpaid.ts";
import type { Chance } from "../../world/chance.ts";
import { startMs } from "../../world/machine.ts";
import { owedToHub } from "../../../terminal/telling.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";
import { Process } from "../world/process.ts";
import { Numbers, terminalSettings, TillContext } from "./context.ts";
import { Errands } from "./errands.ts";

export class Till {
  readonly process: Process;
  readonly settings: TerminalSettings;
  readonly numbers = new Numbers();
  readonly shop: Shop;
  readonly errands: Errands;
  readonly context: LearnContext;
  /** Sales of which something is on its way. */
  #waiting: Sale[] = [];
  #isWatching = false;

  constructor(shop: Shop, chance: Chance) {
    this.shop = shop;
    this.process = new Process(chance.fork("process"));
    this.settings = terminalSettings(shop.plan, shop.timing);
    this.errands = new Errands(this);
    this.context = new TillContext(
      this.settings,
      this.numbers,
      () => this.shop.hub.highestReceipt,
      () => this.nowMs(),
    );
  }

  nowMs(): number {
    return startMs + this.shop.queue.nowMs + this.process.clockOffMs;
  }

  add(sale: Sale): void {
    sale.heardMs = this.shop.queue.nowMs;
  }

  /** Commits a decision, then tells everybody who cares. False: it died, and nothing more follows. */
  commit(sale: Sale, decision: Decision<unknown>): boolean {
    const { record } = decision;
    if (decision.memoryOnly !== true) {
      if (this.process.diesBefore()) return false;
      sale.durable = record;
      this.#keepNumber(sale, decision);
      if (decision.writes !== undefined) this.shop.scribe.money(sale, decision.writes);
    }
    const before = sale.record;
    sale.record = record;
    if (decision.memoryOnly === true && !movesOn(before, record)) return true;
    if (decision.memoryOnly !== true && this.process.diesAfter()) return false;
    this.#changed(sale, before);
    return this.process.isUp && !this.process.diesBetween();
  }

  #keepNumber(sale: Sale, { record }: Decision<unknown>): void {
    const { receipt } = record;
    if (receipt === null || receipt.number === sale.record.receipt?.number) return;
    this.numbers.given += 1;
    this.shop.scribe.receipt(sale, receipt);
  }

  #changed(sale: Sale, before: Sale["record"]): void {
    const { record } = sale;
    this.shop.scribe.shown(sale);
    if (record.jobs !== before.jobs) this.shop.printer.ordered(sale);
    const owed = owedToHub(record);
    if (owed.length > 0) this.errands.tellOwed(sale, owed);
    if (endsByItself(record)) {
      const settings = { nowMs: this.nowMs(), settings: this.settings };
      if (!this.commit(sale, endedUnpaid(record, settings))) return;
    }
    if (!this.process.isUp) return;
    this.#sort(sale, sale.record === record ? owed : owedToHub(sale.record));
    this.shop.cashier.saw(sale, before);
  }

  /** Whether it is finished, and whether anything of it is on its way. */
  #sort(sale: Sale, owed: readonly unknown[]): void {
    const { record } = sale;
    const isOwed = owed.length > 0;
    sale.isOpen = isOwed || !isSettled(record);
    const isWaiting =
      sale.isOpen &&
      (isOwed || record.attempts.some(awaitsProof) || record.refunds.some(refundIsOpen));
    if (isWaiting && !sale.isWaiting) {
      this.#waiting.push(sale);
      this.watch();
    }
    sale.isWaiting = isWaiting;
  }

  /** A newer copy of an attempt, from wherever it came. */
  learn(sale: Sale, news: Attempt): void {
    const known = sale.record.attempts.find((one) => one.orderNo === news.orderNo);
    // A settled sale has no use for one more "paid" of the same attempt.
    const isPaidHere = !sale.isOpen && known?.state === "paid" && !isContradicted(known);
    if (news.state === "paid" && !isContradicted(news) && isPaidHere) return;
    sale.heardMs = this.shop.queue.nowMs;
    const decision = learnAttempt(sale.record, news, this.context);
    if (decision === null || !this.commit(sale, decision)) return;
    // Its paper was withheld, and isn't any more.
    if (known !== undefined && isContradicted(known)) this.shop.printer.wakeSoon();
    if (!isLive(news)) this.#afterEnd(sale);
  }

  #afterEnd(sale: Sale): void {
    const { receipt, refunds } = sale.record;
    if (receipt !== null) this.errands.putReceipt(sale);
    for (const refund of refunds)
      if (refundIsOpen(refund) && refund.version === 0) this.errands.sendRefund(sale, refund);
  }

  learnRefund(sale: Sale, news: Refund): void {
    sale.heardMs = this.shop.queue.nowMs;
    const decision = learnRefund(sale.record, news, this.context);
    if (decision !== null) this.commit(sale, decision);
  }

  /** The customer has the receipt on the phone: paper that hasn't left any more needn't. */
  opened(sale: Sale): void {
    const { receipt, jobs } = sale.record;
    if (receipt === null || receipt.openedAtMs !== null) return;
    const nowMs = this.nowMs();
    const record = {
      ...sale.record,
      receipt: { ...receipt, openedAtMs: nowMs },
      jobs: waive(jobs, "e_receipt_opened", nowMs),
    };
    this.commit(sale, { record, events: [], result: null });
  }

  /** True once the step is durable and the till still lives. */
  changeJob(sale: Sale, jobId: string, event: JobEvent): boolean {
    const { record } = sale;
    const job = record.jobs.find((one) => one.id === jobId);
    if (job === undefined || !this.process.isUp) return false;
    if (event.kind === "send" && isWithheld(record, job)) return false;
    const done = stepJob(job, event, this.nowMs());
    if (done.refusal !== null) return false;
    const jobs = record.jobs.map((one) => (one === job ? done.job : one));
    this.shop.scribe.job(sale, done.job, event);
    return this.commit(sale, { record: { ...record, jobs }, events: [], result: null });
  }

  /** Everything of this sale is asked for anew. */
  catchUpWith(sale: Sale): void {
    for (const attempt of sale.record.attempts) this.errands.learnIfThere(sale, attempt);
    this.errands.learnRefunds(sale);
  }

  /** Takes up what a crash left: memory is what the journal has. */
  start(): void {
    const { process } = this;
    process.start();
    const { life } = process;
    this.#isWatching = false;
    for (const sale of this.shop.sales) {
      sale.record = sale.durable;
      sale.isOpen = !isFinished(sale.record);
      sale.isWaiting = false;
    }
    this.#waiting = [];
    for (const sale of this.shop.sales) {
      if (!sale.isOpen) continue;
      this.shop.printer.restarted(sale);
      if (!process.isStill(life)) return;
      // Its people look at all of it anew: who was about to press something when it died hasn't.
      this.#changed(sale, { ...sale.record, jobs: [], refunds: [] });
      if (!process.isStill(life)) return;
      this.errands.catchUp(sale);
    }
    this.watch();
    this.shop.link.lookAtRecent();
    this.shop.cashier.begin();
  }

  died(): void {
    this.shop.printer.tillDied();
  }

  /** Whatever has been silent for long is asked about, and what is owed is told again. */
  watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const look = this.process.inThisLife(() => {
      this.#isWatching = false;
      this.#look();
      if (this.#waiting.length > 0) this.watch();
    });
    this.shop.queue.after(this.settings.newsSilenceMs / 2, look);
  }

  #look(): void {
    const silentSinceMs = this.shop.queue.nowMs - this.settings.newsSilenceMs;
    const looked = this.#waiting;
    this.#waiting = looked.filter(stillWaits);
    for (const sale of looked) {
      if (!sale.isWaiting) continue;
      const isSilent = sale.heardMs < silentSinceMs;
      const { attempts, refunds } = sale.record;
      if (isSilent && (attempts.some(awaitsProof) || refunds.some(refundIsOpen)))
        this.errands.catchUp(sale);
      this.errands.tellOwed(sale, owedToHub(sale.record));
      if (!this.process.isUp) return;
    }
  }
}

const stillWaits = (sale: Sale): boolean => sale.isWaiting;

/** Whether an attempt is in another state: what only counts questions changes nothing that anybody sees. */
const movesOn = (before: Sale["record"], after: Sale["record"]): boolean =>
  after.attempts.some((one, at) => one.state !== before.attempts[at]?.state);
