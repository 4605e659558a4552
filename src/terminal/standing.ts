/**
 * How this start of the terminal stands with its hub. Only the hub can say whether this journal is the newest and how far
 * receipts are numbered; until it has, and when another start has taken over, no original leaves.
 */
import { type PrintJob, waitsForEReceipt } from "../core/printing/job.ts";
import { nextReceiptCounter } from "../core/receipt/number.ts";
import { isWithheld } from "../core/till/can.ts";
import type { JournalWrite } from "../ports/journal.ts";
import type { EpochAsk, PayRefusal } from "../ports/link.ts";
import type { StreamEvent } from "../ports/ledger.ts";
import type { Book } from "./book.ts";
import type { Numbers } from "./numbers.ts";
import type { Terminal } from "./terminal.ts";

const restoredKey = "sales_restored";
const journalKey = "journal_id";
const epochKey = "epoch";

export class Standing {
  readonly #terminal: Terminal;
  readonly #numbers: Numbers;
  #ask: EpochAsk;
  #state: "not_asked" | "held" | "replaced" = "not_asked";
  /** Sales that were open in a journal that turned out to be an older copy. */
  #restored: ReadonlySet<string>;
  readonly #salesAtStart: readonly string[];
  readonly #jobsAtStart: ReadonlySet<string>;
  #taking: Promise<void> | null = null;

  constructor(terminal: Terminal, numbers: Numbers) {
    this.#terminal = terminal;
    this.#numbers = numbers;
    const { journal, settings, world } = terminal.deps;
    const { merchantId, terminalId } = settings;
    const journalId = journal.setting(journalKey) ?? world.newId();
    const epoch = journal.setting(epochKey);
    this.#ask = { merchantId, terminalId, journalId, epoch: epoch === null ? null : Number(epoch) };
    this.#restored = new Set(JSON.parse(journal.setting(restoredKey) ?? "[]") as string[]);
    this.#salesAtStart = terminal.book.open().map(({ sale }) => sale.id);
    this.#jobsAtStart = new Set(terminal.book.jobs().map((one) => one.id));
  }

  isRestored(saleId: string): boolean {
    return this.#restored.has(saleId);
  }

  /** The papers that may leave, and those that have. No receipt leaves while Alipay says that its sale isn't paid. */
  papers(): readonly PrintJob[] {
    const { book } = this.#terminal;
    const jobs = book.jobs().filter((job) => !waitsForEReceipt(job) && !isInQuestion(book, job));
    return this.#state === "held" ? jobs : jobs.filter((job) => !this.#isHeldBack(job));
  }

  /**
   * Asks the hub for an epoch. A journal that isn't the newest, or is behind in its numbers, was lost, restored or
   * copied: numbers go on above the highest seen, and papers that still wait may be out already, so only marked copies of
   * them print. Done when all of it is; until then it is tried again.
   */
  take(): Promise<void> {
    const { log } = this.#terminal.deps;
    this.#taking ??= this.#take()
      .catch((error: unknown) => log("error", "standing_not_kept", { error: String(error) }))
      .finally(() => (this.#taking = null));
    return this.#taking;
  }

  /** Now and then: what isn't done is tried again, and while originals wait the hub is asked who may print them. */
  async look(): Promise<void> {
    if (this.#state === "not_asked") return this.take();
    if (this.#state === "replaced" || !this.#terminal.book.jobs().some(isWaitingOriginal)) return;
    await this.#lookIfNewest();
  }

  /** A hub that doesn't answer says nothing about it. */
  async #lookIfNewest(): Promise<void> {
    if (this.#state !== "held") return;
    const isNewest = await this.#terminal.deps.link.holdEpoch(this.#ask).catch(() => true);
    if (!isNewest) await this.replaced();
  }

  /** What an intent carries; or why none may leave. */
  async epoch(): Promise<number | Extract<PayRefusal, "hub_not_reached" | "terminal_replaced">> {
    if (this.#state === "not_asked") await this.take();
    if (this.#state === "replaced") return "terminal_replaced";
    return this.#state === "held" && this.#ask.epoch !== null ? this.#ask.epoch : "hub_not_reached";
  }

  /**
   * Throws unless this start is, as far as can be known, the one that draws receipt numbers. One drawn before the hub has
   * said how far it has seen them may be on a paper that a lost journal printed; one drawn by a start that was replaced is
   * drawn by the newer one too. What was to be learned is learned by that one, or by this one's next start.
   */
  async mayDrawNumbers(): Promise<void> {
    if (this.#state === "not_asked") await this.take();
    else await this.#lookIfNewest();
    if (this.#state === "not_asked")
      throw new Error("the hub hasn't said how far receipts are numbered");
    if (this.isReplaced)
      throw new Error("another start of this terminal draws the receipt numbers now");
  }

  get isReplaced(): boolean {
    return this.#state === "replaced";
  }

  /** Another start of this terminal is at work: this one's next start may take its place again. */
  async replaced(): Promise<void> {
    if (this.#state === "replaced") return;
    this.#state = "replaced";
    this.#terminal.deps.log("error", "terminal_replaced", { epoch: this.#ask.epoch });
    this.#terminal.onReplaced();
    await this.#holdBack("terminal_replaced");
  }

  async #take(): Promise<void> {
    const { link, log } = this.#terminal.deps;
    const answers = await this.#askHub().catch((error: unknown) => {
      log("warn", "hub_not_asked", { error: String(error) });
      return null;
    });
    if (answers === null) return this.#holdBack("hub_not_asked");
    const { grant, highest } = answers;
    await this.#keep(grant.epoch, grant.isUnbroken, highest);
    // In the journal, so that whoever takes this journal up after a crash is the one who holds it.
    const isNewest = await link.holdEpoch(this.#ask).catch(() => false);
    if (!isNewest) return this.#holdBack("hub_not_asked");
    this.#state = "held";
    this.#terminal.onJobs();
  }

  async #askHub() {
    const { link, settings } = this.#terminal.deps;
    const grant = await link.grantEpoch(this.#ask);
    return { grant, highest: await link.highestReceipt(settings.terminalId) };
  }

  /** The copies first: once the epoch is stored, the next start takes this journal for the newest. */
  async #keep(epoch: number, isUnbroken: boolean, highest: number): Promise<void> {
    const { log, settings, world, journal } = this.#terminal.deps;
    const { counter, gap } = nextReceiptCounter(this.#numbers.lastReceipt(), highest);
    const isOld = !isUnbroken || gap !== null;
    if (isOld) {
      log("warn", "journal_behind_hub", { isUnbroken, highest, next: counter });
      for (const { sale } of this.#terminal.book.open())
        await this.#terminal.papers.copiesOnly(sale.id);
    }
    const restored = isOld ? new Set([...this.#restored, ...this.#salesAtStart]) : this.#restored;
    const writes = [
      put(journalKey, this.#ask.journalId),
      put(epochKey, String(epoch)),
      ...(isOld ? [put(restoredKey, JSON.stringify([...restored]))] : []),
    ];
    const skipped = gap === null ? [] : [numbersSkipped(settings.terminalId, gap, world.nowMs())];
    await journal.commit(writes, skipped);
    this.#restored = restored;
    this.#ask = { ...this.#ask, epoch };
    if (gap !== null) this.#numbers.skipTo(counter);
  }

  async #holdBack(cause: "hub_not_asked" | "terminal_replaced"): Promise<void> {
    for (const job of this.#terminal.book.jobs().filter((one) => this.#isHeldBack(one)))
      if (job.hold !== cause) await this.#terminal.changeJob(job.id, { kind: "hold", cause });
  }

  /** Papers that prove nothing, asked for just now by who stands here, print in any case. */
  #isHeldBack(job: PrintJob): boolean {
    if (!isWaitingOriginal(job)) return false;
    return !provesNothing.has(job.slip.kind) || this.#jobsAtStart.has(job.id);
  }
}

const provesNothing: ReadonlySet<PrintJob["slip"]["kind"]> = new Set([
  "pending",
  "day",
  "case",
  "test",
]);

const isWaitingOriginal = (job: PrintJob): boolean =>
  job.mark.kind === "original" &&
  (job.state === "queued" || job.state === "held") &&
  !waitsForEReceipt(job);

function isInQuestion(book: Book, job: PrintJob): boolean {
  const record = job.saleId === null ? null : book.record(job.saleId);
  return record !== null && isWithheld(record, job);
}

const put = (key: string, value: string): JournalWrite => ({ kind: "setting", key, value });

export const numbersSkipped = (
  terminalId: string,
  { from, to }: { readonly from: number; readonly to: number },
  atMs: number,
): StreamEvent => ({
  stream: terminalId,
  saleId: null,
  atMs,
  actor: `terminal ${terminalId}`,
  kind: "receipt_numbers_skipped",
  detail: { from, to },
});
