/**
 * The date that people know a day by: that on which its money was taken. The label under which the money is recorded is
 * drawn when the day before is closed, mostly on the evening before, and is a key only.
 */
import { chinaDay } from "../../core/rules/time.ts";
import type { Journal, MoneyRow } from "../../ports/journal.ts";
import { closedDay, type KeptDay, lastCloseNo } from "./open-day.ts";
import { dateOf } from "./view.ts";

type Reads = Pick<Journal, "setting" | "money">;

/** A date that an earlier close has too gets a part of its own: "2026-11-23#2". */
export class DayDates {
  readonly #journal: Reads;
  /** Of each close, by its number less one; read once, since a close is kept as it was. */
  readonly #closed: string[] = [];
  readonly #parts = new Map<string, number>();

  constructor(journal: Reads) {
    this.#journal = journal;
  }

  /** `own`: the money under the day's own label; a day without any is of the date on which it would be closed. */
  ofOpen(own: readonly MoneyRow[], nowMs: number): string {
    this.#read();
    return this.#named(dateOf(own) ?? chinaDay(nowMs));
  }

  ofClosed(closeNo: number, kept: KeptDay): string {
    this.#read();
    return kept.date ?? this.#closed[closeNo - 1] ?? kept.business_day;
  }

  #read(): void {
    const last = lastCloseNo(this.#journal);
    for (let no = this.#closed.length + 1; no <= last; no += 1) {
      const kept = closedDay(this.#journal, no);
      const date = kept === null ? "" : (kept.date ?? this.#named(this.#dateOf(kept)));
      this.#closed.push(date);
      const [day = ""] = date.split("#");
      this.#parts.set(day, (this.#parts.get(day) ?? 0) + 1);
    }
  }

  #named(date: string): string {
    const before = this.#parts.get(date) ?? 0;
    return before === 0 ? date : `${date}#${before + 1}`;
  }

  /** Earlier versions didn't keep it. */
  #dateOf({ business_day: label, closed_at: closedAt }: KeptDay): string {
    return dateOf(this.#journal.money(label)) ?? (closedAt ?? label).slice(0, 10);
  }
}
