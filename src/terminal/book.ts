/**
 * The terminal's sales in memory: every sale that isn't settled, as the journal has it. All changes of one sale happen
 * one after the other, each durable before anyone hears of it.
 */
import { awaitsProof } from "../core/payment/states.ts";
import { REFUND_ENDS } from "../core/payment/refund-step.ts";
import { jobHasEnded } from "../core/printing/states.ts";
import { strayAttempt } from "../core/till/can.ts";
import { type PrintJob, waitsForEReceipt } from "../core/printing/job.ts";
import type { Journal, JournalWrite, SaleRecord } from "../ports/journal.ts";
import type { StreamEvent } from "../ports/ledger.ts";
import { owedToHub } from "./telling.ts";

/** What a decision makes of a sale: the new record, and what goes into the journal in the same commit. */
export interface Decision<T> {
  readonly record: SaleRecord;
  readonly events: readonly StreamEvent[];
  readonly writes?: readonly JournalWrite[];
  readonly result: T;
  /** News that needs no commit because the hub has it for sure, e.g. one more query without an answer. */
  readonly memoryOnly?: boolean;
}

/** What one commit changes at once: any number of sales, and papers of none. */
export interface Together {
  readonly decisions: readonly Decision<unknown>[];
  readonly looseJobs: readonly PrintJob[];
  readonly writes: readonly JournalWrite[];
  readonly events: readonly StreamEvent[];
}

/** What a decision makes of a paper of no sale, and of others with it: as they are from then on. */
export interface LooseDecision {
  readonly jobs: readonly PrintJob[];
  readonly events: readonly StreamEvent[];
}

type BookListener = (saleId: string, record: SaleRecord | null) => void;

export class Book {
  readonly #journal: Journal;
  readonly #records = new Map<string, SaleRecord>();
  readonly #saleOfJob = new Map<string, string>();
  readonly #saleOfOrder = new Map<string, string>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #running = new Set<Promise<unknown>>();
  #alone: Promise<unknown> | null = null;
  readonly #listeners = new Set<BookListener>();
  #looseJobs: readonly PrintJob[] = [];
  #looseTurn: Promise<unknown> = Promise.resolve();
  #unfinished: readonly PrintJob[] | null = null;

  constructor(journal: Journal) {
    this.#journal = journal;
    const open = journal.open();
    for (const record of open.records) this.#keep(record);
    this.#looseJobs = open.looseJobs;
  }

  /** Every sale that isn't settled, oldest first. */
  open(): readonly SaleRecord[] {
    return [...this.#records.values()].toSorted((a, b) => a.sale.createdAtMs - b.sale.createdAtMs);
  }

  /** Whether something of this sale is still to be done. */
  isOpen(saleId: string): boolean {
    return this.#records.has(saleId);
  }

  record(saleId: string): SaleRecord | null {
    return this.#records.get(saleId) ?? this.#journal.record(saleId);
  }

  saleOfOrder(orderNo: string): string | null {
    return this.#saleOfOrder.get(orderNo) ?? this.#journal.findSale(orderNo);
  }

  saleOfJob(jobId: string): string | null {
    return this.#saleOfJob.get(jobId) ?? this.#journal.saleOfJob(jobId);
  }

  /** Unfinished print jobs, oldest first. The spooler looks often, so the list is made once a change. */
  jobs(): readonly PrintJob[] {
    this.#unfinished ??= [...this.#records.values()]
      .flatMap((record) => record.jobs)
      .concat(this.#looseJobs)
      .filter((job) => !jobHasEnded(job.state))
      .toSorted((a, b) => a.createdAtMs - b.createdAtMs);
    return this.#unfinished;
  }

  looseJob(jobId: string): PrintJob | null {
    return this.#looseJobs.find((job) => job.id === jobId) ?? null;
  }

  /** A job of no sale: a test print, a day slip. */
  saveLooseJob(job: PrintJob, event: StreamEvent): Promise<void> {
    return this.#commitLoose({ jobs: [job], events: [event] });
  }

  /** Papers of no sale that haven't ended. */
  looseJobs(): readonly PrintJob[] {
    return this.#looseJobs;
  }

  /** Waits for its turn and decides on the newest state, as for a sale. Null: nothing changes, or there is no such paper. */
  changeLoose(
    jobId: string,
    decide: (job: PrintJob) => LooseDecision | null,
  ): Promise<PrintJob | null> {
    const turn = this.#looseTurn.then(() =>
      this.#besideNone(() => this.#decideLoose(jobId, decide)),
    );
    this.#looseTurn = turn.catch(() => null);
    return turn;
  }

  async #decideLoose(
    jobId: string,
    decide: (job: PrintJob) => LooseDecision | null,
  ): Promise<PrintJob | null> {
    const job = this.looseJob(jobId);
    const decision = job === null ? null : decide(job);
    if (decision === null) return null;
    await this.#commitLoose(decision);
    return decision.jobs.find((one) => one.id === jobId) ?? null;
  }

  async #commitLoose({ jobs, events }: LooseDecision): Promise<void> {
    await this.#journal.commit(
      jobs.map((job) => ({ kind: "job", job })),
      events,
    );
    this.#keepLoose(jobs);
    this.#tell("", null);
  }

  #keepLoose(jobs: readonly PrintJob[]): void {
    this.#unfinished = null;
    const kept = this.#looseJobs.filter((one) => jobs.every(({ id }) => id !== one.id));
    this.#looseJobs = [...kept, ...jobs].filter((one) => !jobHasEnded(one.state));
  }

  /** Told after each change; `record` is null for a paper of no sale. */
  onChange(listener: BookListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds a sale that is new; its record is committed before this resolves. */
  async add(
    record: SaleRecord,
    writes: readonly JournalWrite[],
    events: readonly StreamEvent[],
  ): Promise<void> {
    await this.#commit(null, { record, writes, events, result: null });
  }

  /** Waits for its turn, decides on the newest record, commits what the decision says. Null: nothing changes. */
  change<T>(saleId: string, decide: (record: SaleRecord) => Decision<T> | null): Promise<T | null> {
    const before = this.#turns.get(saleId) ?? Promise.resolve();
    const turn = before.then(() => this.#besideNone(() => this.#decide(saleId, decide)));
    const settled = turn
      .catch(() => null)
      .finally(() => {
        if (this.#turns.get(saleId) === settled) this.#turns.delete(saleId);
      });
    this.#turns.set(saleId, settled);
    return turn;
  }

  /** Nothing begins while something runs alone, and that waits for what has begun. */
  async #besideNone<T>(begin: () => Promise<T>): Promise<T> {
    while (this.#alone !== null) await this.#alone;
    const work = begin();
    this.#running.add(work);
    return work.finally(() => this.#running.delete(work));
  }

  /**
   * Runs while no sale and no paper changes: what is under way ends first, what comes waits. `act` must change a sale only by the
   * commit that it is given, in which everything is durable at once or nothing.
   */
  async alone<T>(act: (commit: (all: Together) => Promise<void>) => Promise<T>): Promise<T> {
    while (this.#alone !== null) await this.#alone;
    const acted = Promise.allSettled(this.#running).then(() => act((all) => this.#together(all)));
    this.#alone = acted.catch(() => null).finally(() => (this.#alone = null));
    return acted;
  }

  async #together({ decisions, looseJobs, writes, events }: Together): Promise<void> {
    const rows = decisions.flatMap(({ record, writes: own = [] }) => [
      ...changedRows(this.record(record.sale.id), record),
      ...own,
    ]);
    const jobs = looseJobs.map((job) => ({ kind: "job", job }) as const);
    const said = decisions.flatMap((one) => one.events);
    await this.#journal.commit([...rows, ...jobs, ...writes], [...said, ...events]);
    for (const { record } of decisions) this.#keep(record);
    this.#keepLoose(looseJobs);
    for (const { record } of decisions) this.#tell(record.sale.id, record);
    this.#tell("", null);
  }

  async #decide<T>(
    saleId: string,
    decide: (record: SaleRecord) => Decision<T> | null,
  ): Promise<T | null> {
    const record = this.record(saleId);
    const decision = record === null ? null : decide(record);
    if (decision === null) return null;
    await this.#commit(record, decision);
    return decision.result;
  }

  async #commit<T>(before: SaleRecord | null, decision: Decision<T>): Promise<void> {
    const { record } = decision;
    if (decision.memoryOnly !== true) {
      const writes = [...changedRows(before, record), ...(decision.writes ?? [])];
      await this.#journal.commit(writes, decision.events);
    }
    this.#keep(record);
    this.#tell(record.sale.id, record);
  }

  #keep(record: SaleRecord): void {
    this.#unfinished = null;
    const { id } = record.sale;
    if (isFinished(record)) {
      this.#records.delete(id);
      for (const job of record.jobs) this.#saleOfJob.delete(job.id);
      for (const attempt of record.attempts) this.#saleOfOrder.delete(attempt.orderNo);
      return;
    }
    this.#records.set(id, record);
    for (const job of record.jobs) this.#saleOfJob.set(job.id, id);
    for (const attempt of record.attempts) this.#saleOfOrder.set(attempt.orderNo, id);
  }

  #tell(saleId: string, record: SaleRecord | null): void {
    for (const listener of this.#listeners) listener(saleId, record);
  }
}

/** Only the rows that differ: records are replaced, never edited, so identity tells. */
function changedRows(before: SaleRecord | null, after: SaleRecord): readonly JournalWrite[] {
  const attempts = after.attempts.filter((one) => !(before?.attempts.includes(one) ?? false));
  const jobs = after.jobs.filter((one) => !(before?.jobs.includes(one) ?? false));
  const refunds = after.refunds.filter((one) => !(before?.refunds.includes(one) ?? false));
  const receipt =
    after.receipt !== null && after.receipt !== before?.receipt ? [after.receipt] : [];
  const settled = isFinished(after);
  const saleChanged =
    before === null || after.sale !== before.sale || settled !== isFinished(before);
  return [
    ...(saleChanged ? [{ kind: "sale", sale: after.sale, settled } as const] : []),
    ...attempts.map((attempt) => ({ kind: "attempt", attempt }) as const),
    ...receipt.map((one) => ({ kind: "receipt", receipt: one }) as const),
    ...jobs.map((job) => ({ kind: "job", job }) as const),
    ...refunds.map((refund) => ({ kind: "refund", refund }) as const),
  ];
}

/** Settled, and the hub has been told what it must know of it: only then does the terminal let go of a sale. */
export const isFinished = (record: SaleRecord): boolean =>
  isSettled(record) && owedToHub(record).length === 0;

/** Outcome known, paper settled, nothing on its way: nothing of the sale can change any more. */
export const isSettled = (record: SaleRecord): boolean => isAtRest(record, hasEnded);

/**
 * Settled, but that the customer hasn't opened the electronic receipt that was taken instead of paper. That is nobody's
 * work at the till: it is named wherever the sale is looked up, and ends with the opening, a person's word or the day.
 */
export const awaitsOpening = (record: SaleRecord): boolean =>
  !isSettled(record) && isAtRest(record, (job) => hasEnded(job) || waitsForEReceipt(job));

/** Somebody or something still has to act. */
export const needsWork = (record: SaleRecord): boolean =>
  !isSettled(record) && !awaitsOpening(record);

const hasEnded = ({ state }: PrintJob): boolean => jobHasEnded(state);

function isAtRest(record: SaleRecord, isOver: (job: PrintJob) => boolean): boolean {
  const quiet =
    record.sale.state !== "open" &&
    record.attempts.every((one) => !awaitsProof(one)) &&
    record.refunds.every((one) => REFUND_ENDS[one.state]) &&
    // A give-back that was refused is an end of the refund, not of our debt.
    strayAttempt(record) === null &&
    record.jobs.every(isOver);
  const isPaperless = record.jobs.some((one) => waitsForEReceipt(one) && isOver(one));
  return quiet && (record.sale.state !== "paid" || isPaperless || receiptIsSettled(record));
}

/** A paid sale ends with at least one of: a confirmed paper, an opened electronic receipt, a paper nobody wants. */
export function receiptIsSettled(record: SaleRecord): boolean {
  if (record.receipt === null) return false;
  if (record.receipt.openedAtMs !== null || record.receipt.void) return true;
  const papers = record.jobs.filter(
    (one) => one.slip.kind === "receipt" && one.holder === "customer",
  );
  return papers.some((one) => one.state === "confirmed" || one.state === "waived");
}
