/** The business day: money belongs to the day in which it was recorded, and a close hides nothing that is open. */
import { rfc3339China } from "../core/rules/time.ts";
import type { RefusalCode } from "../core/rules/refusals.ts";
import { endsWithDay } from "../core/till/no-money.ts";
import type { DayRow, DaySlipAnswer, DayView } from "../core/till/view.ts";
import type { JournalWrite, MoneyRow } from "../ports/journal.ts";
import type { StreamEvent } from "../ports/ledger.ts";
import { awaitsOpening, type Book, type Together } from "./book.ts";
import type { Operator, TerminalDeps } from "./config.ts";
import { DayDates } from "./day/dates.ts";
import {
  closeCounterKey,
  closedDay,
  earlierRows,
  freshDay,
  lastCloseNo,
  type OpenDay,
  openKey,
  rowsOf,
  takenUp,
} from "./day/open-day.ts";
import { withoutPaper } from "./day/paperless.ts";
import { firstSlip, nextSlip } from "./day/slips.ts";
import { type Counted, type DayClose, dayView, staysOpen } from "./day/view.ts";
import { endedUnpaid } from "./unpaid.ts";

/** An Idempotency-Key and what was asked with it. */
interface RequestKey {
  readonly key: string;
  readonly inputHash: string;
}

type Commit = (all: Together) => Promise<void>;

export class Days {
  readonly #deps: TerminalDeps;
  readonly #book: Book;
  readonly #onJobs: () => void;
  readonly #dates: DayDates;
  #open: OpenDay;

  constructor(deps: TerminalDeps, book: Book, onJobs: () => void) {
    this.#deps = deps;
    this.#book = book;
    this.#onJobs = onJobs;
    this.#dates = new DayDates(deps.journal);
    this.#open = takenUp(deps.journal, deps.world.nowMs());
  }

  /** A day that no close has begun is stored too: the next start goes on with it, whatever the date is then. */
  async keep(): Promise<void> {
    const { journal, log, settings, world } = this.#deps;
    const write = stored(this.#open);
    if (journal.setting(write.key) === write.value) return;
    const detail = {
      businessDay: this.#open.label,
      earlierDays: this.#open.earlier.map((one) => one.label),
    };
    const atMs = world.nowMs();
    const actor = `terminal ${settings.terminalId}`;
    const event = { stream: settings.terminalId, saleId: null, atMs, actor, detail };
    await journal
      .commit([write], [{ ...event, kind: "day_opened" }])
      .catch((error: unknown) => log("warn", "day_not_kept", { error: String(error) }));
  }

  /** The label that money is recorded under now, e.g. "2026-11-23": a key, and no date that people read. */
  current(): string {
    return this.#open.label;
  }

  view(): DayView {
    const close = { closedAt: null, closedBy: null, closeNo: null, counted: null };
    return this.#summary(close, this.#deps.world.nowMs());
  }

  /** A day as it was closed; null for a number that never was. */
  closed(closeNo: number): DayView | null {
    const kept = closedDay(this.#deps.journal, closeNo);
    return kept === null ? null : { ...kept, date: this.#dates.ofClosed(closeNo, kept) };
  }

  /** Newest first; `before` is the number of the last one of the page before. */
  list(
    limit: number,
    before: number | null,
  ): { readonly data: readonly DayRow[]; readonly next: number | null } {
    const last = lastCloseNo(this.#deps.journal);
    const first = before === null ? last : Math.min(last, before - 1);
    const numbers = Array.from({ length: Math.min(limit, first) }, (_, n) => first - n);
    const end = numbers.at(-1) ?? 1;
    const data = numbers.flatMap((no) => {
      const day = this.closed(no);
      return day === null ? [] : [rowOf(day, no)];
    });
    return { data, next: end > 1 ? end : null };
  }

  /**
   * Refuses while a sale is open, unless it is carried over: then the close names it. A refused close changes nothing,
   * and a repeated request gets the day that it closed, also after a restart.
   */
  async close(
    operator: Operator,
    counted: Counted,
    carryOver: boolean,
    refuseEmpty = false,
    request: RequestKey | null = null,
  ): Promise<DayView | RefusalCode> {
    // Money under way is recorded before the sum is made or under the next day's label, never in between.
    const closed = await this.#book.alone(
      async (commit) =>
        this.#repeated(request) ??
        this.#refusal(carryOver, refuseEmpty) ??
        (await this.#closeNow(operator, counted, request, commit)),
    );
    this.#onJobs();
    return closed;
  }

  /** What an earlier request of this key has closed; null for one that closed nothing. */
  #repeated(request: RequestKey | null): DayView | RefusalCode | null {
    const known = request === null ? null : this.#deps.journal.request(request.key);
    if (known === null) return null;
    const day = this.closed(Number(known.result));
    return known.inputHash === request?.inputHash && day !== null ? day : "idempotency_key_reused";
  }

  /** The slip of a close once more, as a marked copy. */
  async printAgain(closeNo: number, operator: Operator): Promise<DaySlipAnswer | RefusalCode> {
    const { journal, settings, world } = this.#deps;
    const day = this.closed(closeNo);
    if (day === null) return "day_not_found";
    const answer = await this.#book.alone(async (commit) => {
      const jobId = world.newId();
      const by = { jobId, operatorNo: operator.no, nowMs: world.nowMs(), settings };
      const slip = nextSlip(journal, day, by);
      if (slip === null) return "day_slip_on_its_way";
      const detail = { slip: "day", jobId, closeNo, copy: slip.copies };
      await commit({
        decisions: [],
        looseJobs: slip.jobs,
        writes: [slip.write],
        events: [this.#said("slip_ordered", operator, by.nowMs, detail)],
      });
      return { close_no: closeNo, copy: slip.copies, job_id: jobId };
    });
    this.#onJobs();
    return answer;
  }

  #refusal(carryOver: boolean, refuseEmpty: boolean): RefusalCode | null {
    if (!carryOver && this.#book.open().some(staysOpen)) return "day_has_open_sales";
    return refuseEmpty && this.#rows().length === 0 ? "day_is_empty" : null;
  }

  /** The sums, what ends with them, the slip and the next day: one commit. */
  async #closeNow(
    operator: Operator,
    counted: Counted,
    request: RequestKey | null,
    commit: Commit,
  ): Promise<DayView> {
    const { journal, world, settings } = this.#deps;
    const nowMs = world.nowMs();
    const closeNo = lastCloseNo(journal) + 1;
    const closedAt = rfc3339China(nowMs);
    const closed = this.#summary({ closedAt, closedBy: operator.no, closeNo, counted }, nowMs);
    const open = this.#book.open();
    const next = freshDay(journal, nowMs, [], this.#open.label);
    const slip = firstSlip(closed, {
      jobId: world.newId(),
      operatorNo: operator.no,
      nowMs,
      settings,
    });
    await commit({
      // Sales that were never shown as paid and wait only for somebody to press a button are over, and so are papers
      // that nobody has wanted.
      decisions: [
        ...open.filter(endsWithDay).map((record) => endedUnpaid(record, { nowMs, settings })),
        ...open.filter(awaitsOpening).map((record) => withoutPaper(record, { nowMs, settings })),
      ],
      looseJobs: slip.jobs,
      writes: [
        { kind: "setting", key: `day_closed_${closeNo}`, value: JSON.stringify(closed) },
        { kind: "setting", key: closeCounterKey, value: String(closeNo) },
        stored(next),
        slip.write,
        ...(request === null
          ? []
          : [{ kind: "request", ...request, result: String(closeNo), atMs: nowMs } as const]),
      ],
      events: [
        this.#said("day_closed", operator, nowMs, {
          closeNo,
          businessDay: closed.business_day,
          netFen: closed.net_fen,
          carriedOver: closed.open_sales.map((one) => one.sale_id),
        }),
        this.#said("slip_ordered", operator, nowMs, { slip: "day", jobId: slip.job.id, closeNo }),
      ],
    });
    this.#open = next;
    return closed;
  }

  #said(
    kind: string,
    operator: Operator,
    atMs: number,
    detail: Readonly<Record<string, unknown>>,
  ): StreamEvent {
    const stream = this.#deps.settings.terminalId;
    return { stream, saleId: null, atMs, actor: `operator ${operator.no}`, kind, detail };
  }

  #rows(): readonly MoneyRow[] {
    return rowsOf(this.#deps.journal, this.#open);
  }

  #summary(close: DayClose, nowMs: number): DayView {
    const { journal } = this.#deps;
    return dayView(close, {
      day: this.#open,
      date: this.#dates.ofOpen(journal.money(this.#open.label), nowMs),
      money: this.#rows(),
      earlier: this.#open.earlier.map((one) => ({
        label: one.label,
        money: earlierRows(journal, one),
      })),
      unpaidCount: journal.unpaidSince(this.#open.openedAtMs),
      unopenedCount: this.#book.open().filter(awaitsOpening).length,
      open: this.#book.open().filter(staysOpen),
    });
  }
}

const stored = (day: OpenDay): Extract<JournalWrite, { kind: "setting" }> => ({
  kind: "setting",
  key: openKey,
  value: JSON.stringify(day),
});

const rowOf = (day: DayView, no: number): DayRow => ({
  close_no: no,
  business_day: day.business_day,
  date: day.date,
  closed_at: day.closed_at ?? "",
  closed_by: day.closed_by ?? "",
  paid_count: day.paid.count,
  net_fen: day.net_fen,
});
