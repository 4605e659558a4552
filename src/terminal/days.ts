/** The business day: money belongs to the day in which it was recorded, and a close hides nothing that is open. */
import { chinaDay, rfc3339China } from "../core/rules/time.ts";
import type { RefusalCode } from "../core/rules/refusals.ts";
import type { DayView } from "../core/till/view.ts";
import type { SaleRecord } from "../ports/journal.ts";
import { type Book, isSettled } from "./book.ts";
import type { Operator, TerminalDeps } from "./config.ts";
import { type Counted, type DayClose, dayView, type OpenDay } from "./day-view.ts";
import { endedUnpaid, endsWithDay } from "./unpaid.ts";

/** An Idempotency-Key and what was asked with it. */
interface RequestKey {
  readonly key: string;
  readonly inputHash: string;
}

const openKey = "day_open";
const closeCounterKey = "counter_day_close";

export class Days {
  readonly #deps: TerminalDeps;
  readonly #book: Book;
  #open: OpenDay;

  constructor(deps: TerminalDeps, book: Book) {
    this.#deps = deps;
    this.#book = book;
    const stored = deps.journal.setting(openKey);
    this.#open = stored === null ? this.#newDay(null) : (JSON.parse(stored) as OpenDay);
  }

  /** The label that money is recorded under now, e.g. "2026-11-23". */
  current(): string {
    return this.#open.label;
  }

  view(): DayView {
    return this.#summary({ closedAt: null, closedBy: null, closeNo: null, counted: null });
  }

  /** A day as it was closed; null for a number that never was. */
  closed(closeNo: number): DayView | null {
    const stored = this.#deps.journal.setting(`day_closed_${closeNo}`);
    return stored === null ? null : (JSON.parse(stored) as DayView);
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
    const answered = (): DayView | RefusalCode | null =>
      this.repeated(request) ?? this.#refusal(carryOver, refuseEmpty);
    const before = answered();
    if (before !== null) return before;
    await this.#endUnpaidSales();
    // Money under way is recorded before the sum is made or under the next day's label, never in between.
    return this.#book.alone(
      async () => answered() ?? (await this.#closeNow(operator, counted, request)),
    );
  }

  /** What an earlier request of this key has closed; null for one that closed nothing. */
  repeated(request: RequestKey | null): DayView | RefusalCode | null {
    const known = request === null ? null : this.#deps.journal.request(request.key);
    if (known === null) return null;
    const day = this.closed(Number(known.result));
    return known.inputHash === request?.inputHash && day !== null ? day : "idempotency_key_reused";
  }

  #refusal(carryOver: boolean, refuseEmpty: boolean): RefusalCode | null {
    if (!carryOver && this.#book.open().some(staysOpen)) return "day_has_open_sales";
    return refuseEmpty && this.#isEmpty() ? "day_is_empty" : null;
  }

  async #closeNow(
    operator: Operator,
    counted: Counted,
    request: RequestKey | null,
  ): Promise<DayView> {
    const { journal, world, settings } = this.#deps;
    const nowMs = world.nowMs();
    const closeNo = Number(journal.setting(closeCounterKey) ?? 0) + 1;
    const closed = this.#summary({
      closedAt: rfc3339China(nowMs),
      closedBy: operator.no,
      closeNo,
      counted,
    });
    const next = this.#newDay(this.#open.label);
    await journal.commit(
      [
        { kind: "setting", key: `day_closed_${closeNo}`, value: JSON.stringify(closed) },
        { kind: "setting", key: closeCounterKey, value: String(closeNo) },
        { kind: "setting", key: openKey, value: JSON.stringify(next) },
        ...(request === null
          ? []
          : [{ kind: "request", ...request, result: String(closeNo), atMs: nowMs } as const]),
      ],
      [
        {
          stream: settings.terminalId,
          saleId: null,
          atMs: nowMs,
          actor: `operator ${operator.no}`,
          kind: "day_closed",
          detail: {
            closeNo,
            businessDay: closed.business_day,
            netFen: closed.net_fen,
            carriedOver: closed.open_sales.map((one) => one.sale_id),
          },
        },
      ],
    );
    this.#open = next;
    return closed;
  }

  /** A second close on one calendar day gets a label of its own, so that no two days share their money. */
  #newDay(closedLabel: string | null): OpenDay {
    const nowMs = this.#deps.world.nowMs();
    const today = chinaDay(nowMs);
    const [day, part = "1"] = (closedLabel ?? "").split("#");
    const label = day === today ? `${today}#${Number(part) + 1}` : today;
    return { label, openedAtMs: nowMs };
  }

  /** Sales that were never shown as paid and wait only for somebody to press a button are over. */
  async #endUnpaidSales(): Promise<void> {
    const { world, settings } = this.#deps;
    for (const { sale } of this.#book.open()) {
      const now = { nowMs: world.nowMs(), settings };
      await this.#book.change(sale.id, (record) =>
        endsWithDay(record) ? endedUnpaid(record, now) : null,
      );
    }
  }

  #isEmpty(): boolean {
    return this.#deps.journal.money(this.#open.label).length === 0;
  }

  #openSales(): readonly SaleRecord[] {
    return this.#book.open().filter((record) => !isSettled(record));
  }

  #summary(close: DayClose): DayView {
    const { journal } = this.#deps;
    return dayView(close, {
      day: this.#open,
      money: journal.money(this.#open.label),
      unpaidCount: journal.unpaidSince(this.#open.openedAtMs),
      open: this.#openSales().filter((one) => !endsWithDay(one)),
    });
  }
}

/** Once the sales that end with the day have been ended. */
const staysOpen = (record: SaleRecord): boolean =>
  !isSettled(
    endsWithDay(record) ? { ...record, sale: { ...record.sale, state: "unpaid" } } : record,
  );
