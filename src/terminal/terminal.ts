/** The terminal: owns the sale, the receipt and the printer's work; keeps everything in its journal before it acts. */
import type { Attempt } from "../core/payment/attempt.ts";
import { isLive } from "../core/payment/states.ts";
import { step } from "../core/payment/step.ts";
import type { Receipt } from "../core/receipt/receipt.ts";
import type { Refund } from "../core/payment/refund.ts";
import type { RefusalCode } from "../core/rules/refusals.ts";
import type { ViewContext } from "../core/till/build.ts";
import { refundIsOpen } from "../core/till/can.ts";
import { stepJob } from "../core/printing/machine.ts";
import type { JobEvent, PrintJob } from "../core/printing/job.ts";
import { assert } from "../core/rules/assert.ts";
import { issueReceipt } from "../core/receipt/issue.ts";
import type { HubNews } from "../ports/link.ts";
import type { SaleRecord } from "../ports/journal.ts";
import { Book } from "./book.ts";
import type { TerminalDeps } from "./config.ts";
import { Days } from "./days.ts";
import { learnAttempt, learnRefund, type LearnContext, makesReceipt, say, waive } from "./learn.ts";
import { changedLoose } from "./loose.ts";
import { Numbers } from "./numbers.ts";
import { Papers } from "./papers.ts";
import { Recent } from "./recent.ts";
import { Sales } from "./sales.ts";
import { Staff } from "./staff.ts";
import { numbersSkipped, Standing } from "./standing.ts";
import { owedToHub, Telling } from "./telling.ts";
import { endsByItself } from "./unpaid.ts";

type OpenedNews = Extract<HubNews, { readonly kind: "receipt_opened" }>;

export class Terminal {
  readonly deps: TerminalDeps;
  readonly book: Book;
  readonly staff: Staff;
  readonly days: Days;
  readonly standing: Standing;
  readonly sales: Sales;
  readonly papers: Papers;
  readonly telling: Telling;
  readonly #recent: Recent;
  readonly #numbers: Numbers;
  /** Monotonic time of the last news of each live order and open refund. */
  readonly #heard = new Map<string, number>();
  readonly #receiptsToPut = new Map<string, Receipt>();
  /** Sales that the hub says are paid, while another start of this terminal draws the receipt numbers. */
  readonly #untaken = new Map<string, Attempt>();
  #stopWatching: () => void = () => {};
  #stopped = false;
  #stopNews: () => void = () => {};
  /** Called with each call to the provider that was made for this terminal. */
  onCall: (news: Extract<HubNews, { readonly kind: "provider_call" }>) => void = () => {};
  /** The open incident's case number, for papers. */
  caseNoOf: (saleId: string) => string | null = () => null;
  /** Called once, when another start of this terminal has taken over. */
  onReplaced: () => void = () => {};
  /** Called when a sale is paid and its receipt can't be made here. */
  onUntaken: () => void = () => {};
  /** Called when a print job was added or answered. */
  onJobs: () => void = () => {};

  constructor(deps: TerminalDeps) {
    this.deps = deps;
    this.book = new Book(deps.journal);
    this.staff = new Staff(deps);
    this.days = new Days(deps, this.book);
    this.#numbers = new Numbers(deps.world, deps.journal, deps.settings.terminalId);
    this.standing = new Standing(this, this.#numbers);
    this.sales = new Sales(this, this.#numbers);
    this.papers = new Papers(this);
    this.telling = new Telling(this);
    this.#recent = new Recent(this);
    this.book.onChange((saleId) => {
      void this.telling.tell(saleId);
      this.#endIfDecided(this.book.record(saleId));
    });
  }

  #endIfDecided(record: SaleRecord | null): void {
    if (record === null || !endsByItself(record)) return;
    const { id: saleId } = record.sale;
    this.sales.endIfUnpaid(saleId).catch((error: unknown) => {
      this.deps.log("warn", "sale_not_ended", { saleId, error: String(error) });
    });
  }

  /**
   * Takes up what a crash left: every live attempt is asked about. The spooler takes up the papers. A hub that doesn't
   * answer keeps nobody waiting for more than one question: the rest is asked in the background.
   */
  async start(): Promise<void> {
    const { link, settings, log } = this.deps;
    this.#stopNews = link.onNews(settings.terminalId, (news) => void this.#onNews(news));
    this.#watch();
    // Not what people begin while the hub is asked: their intents are on the way, not left over.
    const leftOver = this.book.open();
    // Decided before a crash, and not ended any more.
    for (const record of leftOver) this.#endIfDecided(record);
    await this.standing.take();
    this.#recent.look();
    Promise.all(leftOver.map((record) => this.#catchUp(record))).catch((error: unknown) =>
      log("error", "catch_up_failed", { error: String(error) }),
    );
  }

  stop(): void {
    this.#stopped = true;
    this.#stopNews();
    this.#stopWatching();
  }

  /** To be made within the turn that uses it: the day is the one in which the money is recorded. */
  context(): LearnContext {
    const { world, settings } = this.deps;
    const nowMs = world.nowMs();
    return {
      nowMs,
      businessDay: this.days.current(),
      settings,
      newId: () => world.newId(),
      isRestored: (saleId) => this.standing.isRestored(saleId),
      issue: (sale, attempt) => {
        const { counter, number, write, lost } = this.#numbers.receipt();
        const token = world.newToken();
        const input = {
          sale,
          attempt,
          issuer: settings.issuer,
          counter,
          token,
          baseAddress: settings.receiptBase,
          livemode: settings.livemode,
          nowMs,
        };
        const receipt = issueReceipt(input, (text) => world.sha256(text));
        const isLate = attempt.latePayment !== null;
        const why = typeof receipt === "string" ? receipt : "";
        assert(isLate || why === "", `a paid sale has a receipt: ${why}`);
        if (typeof receipt === "string") {
          this.#numbers.lose(number);
          return null;
        }
        const skipped = lost.map((one) =>
          numbersSkipped(settings.terminalId, { from: one, to: one }, nowMs),
        );
        return { receipt, writes: [write], events: skipped };
      },
    };
  }

  /** A newer copy of an attempt, from wherever it came. */
  async learn(attempt: Attempt): Promise<void> {
    const { saleId, orderNo } = attempt;
    if (attempt.state === "paid" && this.#isPaidHere(attempt)) return;
    const record = this.book.record(saleId);
    const draws = record !== null && makesReceipt(record, attempt);
    if (draws) await this.#mayIssue(attempt);
    else this.#noMoreUntaken(attempt);
    this.#heard.set(orderNo, this.deps.world.monotonicMs());
    const learned = await this.#learnOnce(attempt, draws);
    if (learned === null || isLive(learned)) return;
    this.#heard.delete(orderNo);
    await this.#afterEnd(saleId);
  }

  /** Paid for all that, and the receipt can't be made here: that is said, or nobody would know why it waits. */
  isUntaken(saleId: string): boolean {
    return this.#untaken.has(saleId) && this.book.record(saleId)?.sale.state === "open";
  }

  viewContext(saleId: string): ViewContext {
    const { timing, livemode } = this.deps.settings;
    return { timing, livemode, untaken: this.isUntaken(saleId) };
  }

  /** Throws unless a receipt number may be drawn. */
  async #mayIssue(attempt: Attempt): Promise<void> {
    try {
      await this.standing.mayDrawNumbers();
    } catch (error) {
      if (this.standing.isReplaced && !this.#untaken.has(attempt.saleId)) {
        this.#untaken.set(attempt.saleId, attempt);
        this.onUntaken();
      }
      throw error;
    }
  }

  /** The provider took its success back: what was said of that money isn't true any more. */
  #noMoreUntaken({ saleId, orderNo, version }: Attempt): void {
    const untaken = this.#untaken.get(saleId);
    if (untaken?.orderNo === orderNo && version > untaken.version) this.#untaken.delete(saleId);
  }

  /** A settled sale has no use for one more "paid" of the same attempt: only what contradicts it is news. */
  #isPaidHere({ saleId, orderNo }: Attempt): boolean {
    if (this.book.isOpen(saleId)) return false;
    const known = this.book.record(saleId)?.attempts.find((one) => one.orderNo === orderNo);
    return known?.state === "paid";
  }

  /** A receipt number whose commit failed is never given again: the next receipt's commit names the gap. */
  async #learnOnce(attempt: Attempt, mayDraw: boolean): Promise<Attempt | null> {
    let drawn: string | null = null;
    const learned = this.book.change(attempt.saleId, (record) => {
      if (!mayDraw && makesReceipt(record, attempt))
        throw new Error("the sale was opened again meanwhile: what came is asked about again");
      const decision = learnAttempt(record, attempt, this.context());
      const receipt = decision?.record.receipt ?? null;
      if (receipt !== null && receipt.number !== record.receipt?.number) drawn = receipt.number;
      return decision;
    });
    try {
      const news = await learned;
      if (drawn !== null) this.#numbers.kept(drawn);
      return news;
    } catch (error) {
      if (drawn !== null) this.#numbers.lose(drawn);
      throw error;
    }
  }

  async #afterEnd(saleId: string): Promise<void> {
    this.onJobs();
    const record = this.book.record(saleId);
    if (record === null) return;
    if (record.receipt !== null) await this.putReceipt(record.receipt);
    const unsent = record.refunds.filter((one) => refundIsOpen(one) && one.version === 0);
    for (const refund of unsent) await this.sendRefund(saleId, refund);
  }

  /** The electronic receipt lives at the hub. What can't be brought there now is brought later. */
  async putReceipt(receipt: Receipt): Promise<boolean> {
    const { link, settings, log } = this.deps;
    try {
      await link.putReceipt(settings.merchantId, receipt);
      if (this.#receiptsToPut.get(receipt.number)?.void === receipt.void)
        this.#receiptsToPut.delete(receipt.number);
      return true;
    } catch (error) {
      // What has become void while this was under way must not be undone by it.
      if (this.#receiptsToPut.get(receipt.number)?.void !== true)
        this.#receiptsToPut.set(receipt.number, receipt);
      log("warn", "receipt_not_at_hub", { number: receipt.number, error: String(error) });
      return false;
    }
  }

  async #onNews(news: HubNews): Promise<void> {
    try {
      if (news.kind === "attempt") return await this.learn(news.attempt);
      if (news.kind === "receipt_opened") return await this.#onOpened(news);
      if (news.kind === "missed") {
        await this.standing.look();
        return await this.#catchUpAll();
      }
      if (news.kind === "provider_call") return this.onCall(news);
      await this.learnRefund(news.refund);
    } catch (error) {
      this.deps.log("error", "news_not_kept", { kind: news.kind, error: String(error) });
    }
  }

  async learnRefund(refund: Refund): Promise<void> {
    if (refundIsOpen(refund)) this.#heard.set(refund.requestNo, this.deps.world.monotonicMs());
    else this.#heard.delete(refund.requestNo);
    await this.book.change(refund.saleId, (record) => learnRefund(record, refund, this.context()));
    this.onJobs();
  }

  /** The customer has the receipt on the phone: paper that hasn't left any more needn't. */
  async #onOpened({ saleId, number, atMs }: OpenedNews): Promise<void> {
    const context = this.context();
    await this.book.change(saleId, (record) => {
      const { receipt } = record;
      if (receipt === null || receipt.openedAtMs !== null) return null;
      // That an earlier one, void since, was opened says nothing of this one.
      if (number !== undefined && number !== receipt.number) return null;
      const jobs = waive(record.jobs, "e_receipt_opened", context.nowMs);
      const event = say(record, context, "receipt_opened", { number: receipt.number }, "customer");
      return {
        record: { ...record, receipt: { ...receipt, openedAtMs: atMs }, jobs },
        events: [event],
        result: null,
      };
    });
  }

  /** Applies an event to a print job, durably; null when its state no longer accepts it. */
  async changeJob(jobId: string, event: JobEvent): Promise<PrintJob | null> {
    const { world, settings } = this.deps;
    const nowMs = world.nowMs();
    const saleId = this.book.saleOfJob(jobId);
    if (saleId === null) {
      const now = { terminalId: settings.terminalId, nowMs };
      return this.book.changeLoose(jobId, (job) =>
        changedLoose(job, event, this.book.looseJobs(), now),
      );
    }
    return this.book.change(saleId, (record) => {
      const job = record.jobs.find((one) => one.id === jobId);
      const done = job === undefined ? null : stepJob(job, event, nowMs);
      if (done === null || done.refusal !== null) return null;
      const next = done.job;
      const detail = { jobId, slip: next.slip.kind, to: next.state, ...jobDetail(event) };
      const jobs = record.jobs.map((one) => (one.id === jobId ? next : one));
      return {
        record: { ...record, jobs },
        events: [say(record, { nowMs, settings }, `job_${event.kind}`, detail, "printer")],
        result: next,
      };
    });
  }

  /** After a start, or when an attempt has been silent for long: the hub's state is the truth. */
  async #catchUp(record: SaleRecord): Promise<void> {
    const { log, world } = this.deps;
    for (const attempt of record.attempts) {
      try {
        if (attempt.state === "created") await this.settleUnsent(record.sale.id, attempt);
        else if (isLive(attempt)) await this.learnIfThere(attempt);
      } catch (error) {
        log("warn", "hub_not_reached", { orderNo: attempt.orderNo, error: String(error) });
        this.#heard.set(attempt.orderNo, world.monotonicMs());
      }
    }
    for (const refund of record.refunds.filter(refundIsOpen))
      await this.sendRefund(record.sale.id, refund);
  }

  async learnIfThere(attempt: Attempt): Promise<void> {
    const truth = await this.deps.link.attempt(attempt.merchantId, attempt.orderNo);
    if (truth !== null) await this.learn(truth);
  }

  /** The intent was committed here; whether it reached the hub is asked, and if not, it never will. */
  async settleUnsent(saleId: string, attempt: Attempt): Promise<void> {
    const reply = await this.deps.link.withdraw(attempt.merchantId, attempt.orderNo);
    if (reply.kind === "known") return this.learn(reply.attempt);
    await this.endNeverSent(saleId, attempt.orderNo, null);
  }

  async endNeverSent(saleId: string, orderNo: string, reason: RefusalCode | null): Promise<void> {
    const { settings, world } = this.deps;
    const nowMs = world.nowMs();
    await this.book.change(saleId, (record) => {
      const attempt = record.attempts.find((one) => one.orderNo === orderNo);
      if (attempt === undefined) return null;
      const done = step(attempt, { kind: "withdraw" }, settings.timing, nowMs);
      if (done.ignored !== null) return null;
      const ended =
        reason === null
          ? done.attempt
          : { ...done.attempt, code: { code: "terminal", subCode: reason, message: null } };
      const attempts = record.attempts.map((one) => (one === attempt ? ended : one));
      return {
        record: { ...record, attempts },
        events: [say(record, { nowMs, settings }, "attempt_never_sent", { orderNo, reason })],
        result: null,
      };
    });
  }

  /** An intent that hasn't been silent for long may be on its way right now: it is left alone. */
  async #catchUpAll(): Promise<void> {
    const waiting = this.book
      .open()
      .filter((record) =>
        record.attempts.every((one) => one.state !== "created" || this.#isSilent(one.orderNo)),
      );
    await Promise.all(waiting.map((record) => this.#catchUp(record)));
    this.#recent.look();
  }

  /** One after the other, and none after the first that fails: the hub is away for all of them. */
  async #putReceipts(): Promise<void> {
    for (const receipt of this.#receiptsToPut.values())
      if (!(await this.putReceipt(receipt))) return;
  }

  #watch(): void {
    const { world, settings, log } = this.deps;
    this.#stopWatching = world.after(settings.newsSilenceMs / 2, () => {
      const silent = this.book
        .open()
        .filter(
          ({ attempts, refunds }) =>
            attempts.some((one) => isLive(one) && this.#isSilent(one.orderNo)) ||
            refunds.some((one) => refundIsOpen(one) && this.#isSilent(one.requestNo)),
        );
      const owed = this.book.open().filter((record) => owedToHub(record).length > 0);
      // A round over the last days may take long; what is open now is looked after meanwhile.
      void this.#recent.goOn();
      Promise.all([
        ...silent.map((record) => this.#catchUp(record)),
        ...owed.map((record) => this.telling.tell(record.sale.id)),
        this.#putReceipts(),
        this.standing.look(),
      ])
        .catch((error: unknown) => log("error", "catch_up_failed", { error: String(error) }))
        .finally(() => {
          if (!this.#stopped) this.#watch();
        });
    });
  }

  /** By order number or refund number. */
  #isSilent(number: string): boolean {
    const { world, settings } = this.deps;
    const heardMs = this.#heard.get(number);
    if (heardMs === undefined) this.#heard.set(number, world.monotonicMs());
    return heardMs !== undefined && world.monotonicMs() - heardMs > settings.newsSilenceMs;
  }

  /** Asks the hub for a refund that is already in the journal; a repeat is the same refund. */
  async sendRefund(saleId: string, refund: Refund): Promise<void> {
    const { link, log, world } = this.deps;
    try {
      const { merchantId, orderNo, requestNo, amountFen, reason, operatorNo } = refund;
      const reply = await link.refund({
        merchantId,
        orderNo,
        requestNo,
        amountFen,
        reason,
        operatorNo,
      });
      if (reply.kind === "accepted")
        return await this.#onNews({ kind: "refund", refund: reply.refund });
      const nowMs = world.nowMs();
      const code = { code: "hub", subCode: reply.reason, message: null };
      const refused: Refund = {
        ...refund,
        state: "refused",
        version: refund.version + 1,
        endedAtMs: nowMs,
        dueAtMs: null,
        code,
      };
      await this.book.change(saleId, (record) => learnRefund(record, refused, this.context()));
    } catch (error) {
      log("warn", "hub_not_reached", { requestNo: refund.requestNo, error: String(error) });
    }
  }
}

function jobDetail(event: JobEvent): Record<string, unknown> {
  switch (event.kind) {
    case "hold":
    case "not_sent":
    case "doubt":
      return { cause: event.cause };
    case "confirm":
      return { proof: event.proof.level, evidence: event.proof.evidence };
    case "send":
      return {
        processId: event.processId,
        bytesHash: event.bytesHash,
        cutsBefore: event.cutsBefore,
      };
    case "waive":
      return { reason: event.reason };
    case "replace":
      return { copyId: event.copyId };
    case "resume":
      return {};
  }
}
