/** The terminal: owns the sale, the receipt and the printer's work; keeps everything in its journal before it acts. */
import type { Attempt } from "../core/payment/attempt.ts";
import { isContradicted, isLive } from "../core/payment/states.ts";
import { step } from "../core/payment/step.ts";
import type { Refund } from "../core/payment/refund.ts";
import type { RefusalCode } from "../core/rules/refusals.ts";
import type { ViewContext } from "../core/till/build.ts";
import { refundIsOpen } from "../core/till/can.ts";
import type { JobEvent, PrintJob } from "../core/printing/job.ts";
import { assert } from "../core/rules/assert.ts";
import { issueReceipt } from "../core/receipt/issue.ts";
import type { HubNews } from "../ports/link.ts";
import type { SaleRecord } from "../ports/journal.ts";
import { Ages } from "./ages.ts";
import { Book } from "./book.ts";
import { CatchUp } from "./catch-up.ts";
import { changeJob } from "./change-job.ts";
import type { TerminalDeps } from "./config.ts";
import { Days } from "./days.ts";
import { learnAttempt, learnRefund, type LearnContext, makesReceipt, say, waive } from "./learn.ts";
import { Numbers } from "./numbers.ts";
import { Papers } from "./papers.ts";
import { ReceiptsAtHub } from "./receipts-at-hub.ts";
import { Sales } from "./sales.ts";
import { Staff } from "./staff.ts";
import { numbersSkipped, Standing } from "./standing.ts";
import { Telling } from "./telling.ts";
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
  readonly receiptsAtHub: ReceiptsAtHub;
  readonly ages: Ages;
  readonly #catchUp: CatchUp;
  readonly #numbers: Numbers;
  /** Sales that the hub says are paid, while another start of this terminal draws the receipt numbers. */
  readonly #untaken = new Map<string, Attempt>();
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
    this.ages = new Ages(deps.world);
    this.staff = new Staff(deps);
    this.days = new Days(deps, this.book, () => this.onJobs());
    this.#numbers = new Numbers(deps.world, deps.journal, deps.settings.terminalId);
    this.standing = new Standing(this, this.#numbers);
    this.sales = new Sales(this, this.#numbers);
    this.papers = new Papers(this);
    this.telling = new Telling(this);
    this.receiptsAtHub = new ReceiptsAtHub(deps);
    this.#catchUp = new CatchUp(this);
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
    const { link, settings } = this.deps;
    this.#stopNews = link.onNews(settings.terminalId, (news) => void this.#onNews(news));
    this.#catchUp.watch();
    // Not what people begin while the hub is asked: their intents are on the way, not left over.
    const leftOver = this.book.open();
    // Decided before a crash, and not ended any more.
    for (const record of leftOver) this.#endIfDecided(record);
    await this.days.keep();
    await this.standing.take();
    this.#catchUp.begin(leftOver);
  }

  stop(): void {
    this.#stopNews();
    this.#catchUp.stop();
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
    const aheadMs = this.ages.aheadMs();
    if (attempt.state === "paid" && !isContradicted(attempt) && this.#isPaidHere(attempt)) return;
    const record = this.book.record(saleId);
    const draws = record !== null && makesReceipt(record, attempt);
    if (draws) await this.#mayIssue(attempt);
    else this.#noMoreUntaken(attempt);
    this.#catchUp.heard(orderNo, false);
    const learned = await this.#learnOnce(attempt, draws, aheadMs);
    if (learned === null || isLive(learned)) return;
    this.#catchUp.heard(orderNo, !isContradicted(learned));
    this.ages.forget(orderNo);
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
    return known?.state === "paid" && !isContradicted(known);
  }

  /** A receipt number whose commit failed is never given again: the next receipt's commit names the gap. */
  async #learnOnce(attempt: Attempt, mayDraw: boolean, aheadMs: number): Promise<Attempt | null> {
    let drawn: string | null = null;
    const learned = this.book.change(attempt.saleId, (record) => {
      if (!mayDraw && makesReceipt(record, attempt))
        throw new Error("the sale was opened again meanwhile: what came is asked about again");
      const decision = learnAttempt(record, attempt, this.context());
      if (decision !== null) this.ages.keep(attempt, aheadMs);
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
    if (record.receipt !== null) await this.receiptsAtHub.put(record.receipt);
    const unsent = record.refunds.filter((one) => refundIsOpen(one) && one.version === 0);
    for (const refund of unsent) await this.sendRefund(saleId, refund);
  }

  #onNews(news: HubNews): Promise<void> {
    return this.#catchUp.takeIn(() => this.#takeIn(news));
  }

  async #takeIn(news: HubNews): Promise<void> {
    try {
      if (news.kind === "attempt") return await this.learn(news.attempt);
      if (news.kind === "receipt_opened") return await this.#onOpened(news);
      if (news.kind === "missed") {
        await this.standing.look();
        return await this.#catchUp.all();
      }
      if (news.kind === "provider_call") return this.onCall(news);
      await this.learnRefund(news.refund);
    } catch (error) {
      this.deps.log("error", "news_not_kept", { kind: news.kind, error: String(error) });
      // The hub has told it and won't again; of a settled sale nothing else would ask.
      this.#catchUp.lookBack();
    }
  }

  async learnRefund(refund: Refund): Promise<void> {
    this.#catchUp.heard(refund.requestNo, !refundIsOpen(refund));
    await this.book.change(refund.saleId, (record) => learnRefund(record, refund, this.context()));
    this.#catchUp.refundKept(refund);
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
  changeJob(jobId: string, event: JobEvent): Promise<PrintJob | null> {
    return changeJob(this, jobId, event);
  }

  async learnIfThere(attempt: Attempt): Promise<void> {
    const truth = await this.deps.link.attempt(attempt.merchantId, attempt.orderNo);
    if (truth !== null) await this.learn(truth);
  }

  async endNeverSent(saleId: string, orderNo: string, reason: RefusalCode | null): Promise<void> {
    const { settings, world } = this.deps;
    const nowMs = world.nowMs();
    await this.book.change(saleId, (record) => {
      const attempt = record.attempts.find((one) => one.orderNo === orderNo);
      if (attempt === undefined) return null;
      const done = step(attempt, { kind: "withdraw" }, settings.timing, nowMs);
      if (done.ignored !== null) return null;
      this.ages.forget(orderNo);
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
