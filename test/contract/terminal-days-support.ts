/** Days as earlier versions kept them, and what a property may ask of closes. */
import assert from "node:assert/strict";
import { type JournalDisk, memoryJournal } from "../../src/adapters/store/memory/journal.ts";
import type { ManualWorld } from "../../src/adapters/world/manual.ts";
import { fen } from "../../src/core/money/money.ts";
import { chinaDay } from "../../src/core/rules/time.ts";
import type { DayView } from "../../src/core/till/view.ts";
import type { Journal, MoneyRow } from "../../src/ports/journal.ts";
import { sumOf } from "../../src/terminal/day/view.ts";

const kinds = ["paid", "refunded", "paid_otherwise"] as const;

/**
 * Each row is in exactly one of the days. Within a kind all amounts are different powers of two: so many of them have
 * that sum only when each is there once.
 */
export function assertEachOnce(rows: readonly MoneyRow[], days: readonly DayView[]): void {
  for (const kind of kinds) {
    const own = sumOf(rows.filter((one) => one.kind === kind));
    const summed = days.map((day) => day[kind]);
    const count = summed.reduce((sum, one) => sum + one.count, 0);
    const amount = summed.reduce((sum, one) => sum + one.amount_fen, 0);
    assert.deepEqual({ kind, count, amount_fen: amount }, { kind, ...own });
  }
}

/** A till of version 0.1 before its days were mended, as far as days go: it wrote the folders that are taken up now. */
export class EarlierTill {
  readonly #world: ManualWorld;
  readonly #journal: Journal;
  readonly #summed = new Set<string>();
  #label = "";
  #rows = 0;

  constructor(world: ManualWorld, disk: JournalDisk) {
    this.#world = world;
    this.#journal = memoryJournal(world.sha256, disk);
    this.restart();
  }

  /** Until the first close each start began a day of its own. */
  restart(): void {
    const stored = this.#journal.setting("day_open");
    this.#label = stored === null ? this.#today() : (JSON.parse(stored) as { label: string }).label;
  }

  async money(kind: MoneyRow["kind"]): Promise<void> {
    const n = (this.#rows += 1);
    const row: MoneyRow = {
      key: `earlier ${n}`,
      kind,
      businessDay: this.#label,
      saleId: `earlier-${n}`,
      amountFen: fen(2 ** n),
      method: "code",
      operatorNo: "01",
      operatorName: "店主",
      atMs: this.#world.nowMs(),
    };
    await this.#journal.commit([{ kind: "money", row }], []);
  }

  /** Sums all that its label has, and looks at no label but the one just closed. */
  async close(): Promise<void> {
    const rows = this.#journal.money(this.#label);
    for (const { key } of rows) this.#summed.add(key);
    const no = Number(this.#journal.setting("counter_day_close") ?? 0) + 1;
    const of = (kind: MoneyRow["kind"]): DayView["paid"] =>
      sumOf(rows.filter((one) => one.kind === kind));
    const closed = {
      business_day: this.#label,
      close_no: no,
      paid: of("paid"),
      refunded: of("refunded"),
      paid_otherwise: of("paid_otherwise"),
    };
    const [day, part = "1"] = this.#label.split("#");
    const today = this.#today();
    this.#label = day === today ? `${today}#${Number(part) + 1}` : today;
    const open = { label: this.#label, openedAtMs: this.#world.nowMs() };
    const settings = {
      [`day_closed_${no}`]: JSON.stringify(closed),
      counter_day_close: String(no),
      day_open: JSON.stringify(open),
    };
    await this.#journal.commit(
      Object.entries(settings).map(([key, value]) => ({ kind: "setting", key, value })),
      [],
    );
  }

  isSummed({ key }: MoneyRow): boolean {
    return this.#summed.has(key);
  }

  #today(): string {
    return chinaDay(this.#world.nowMs());
  }
}
