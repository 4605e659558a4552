/**
 * Which money the open day has. A row of money is recorded under the open day's label, and a label is used for one day
 * only, so each row is in exactly one close, however clocks were set and whenever the box started.
 */
import { chinaDay } from "../../core/rules/time.ts";
import type { DayView } from "../../core/till/view.ts";
import type { Journal, MoneyRow } from "../../ports/journal.ts";

/** Money of an earlier label that no close has summed. */
interface EarlierMoney {
  readonly label: string;
  /** So many of its rows, the oldest, are in a close already. */
  readonly closedRows: number;
}

export interface OpenDay {
  readonly label: string;
  readonly openedAtMs: number;
  /** Found when a folder of an earlier version was taken up; oldest first. */
  readonly earlier: readonly EarlierMoney[];
}

/** As an earlier version wrote it, or as it is written now. */
type StoredDay = Pick<OpenDay, "label" | "openedAtMs"> & Partial<Pick<OpenDay, "earlier">>;
type StoredClose = Omit<KeptDay, "earlier_days" | "rolled_back" | "unopened_count"> & {
  readonly earlier_days?: readonly MaybeDated<DayView["earlier_days"][number]>[];
  readonly rolled_back?: KeptDay["rolled_back"];
  readonly unopened_count?: number;
};
/** Earlier versions counted what the provider took back among the refunds, and so it stays as they told it. */
const noneApart: KeptDay["rolled_back"] = { count: 0, amount_fen: 0 };
/** Earlier versions kept no dates. */
type MaybeDated<T extends { readonly date: string }> = Omit<T, "date"> & Partial<Pick<T, "date">>;
export type KeptDay = MaybeDated<DayView>;
type Reads = Pick<Journal, "setting" | "money" | "moneyDays">;

export const openKey = "day_open";
export const closeCounterKey = "counter_day_close";

export const lastCloseNo = (journal: Pick<Journal, "setting">): number =>
  Number(journal.setting(closeCounterKey) ?? 0);

/** A day as it was closed; null for a number that never was. */
export function closedDay(journal: Pick<Journal, "setting">, closeNo: number): KeptDay | null {
  const stored = journal.setting(`day_closed_${closeNo}`);
  if (stored === null) return null;
  const kept = JSON.parse(stored) as StoredClose;
  const { earlier_days: earlier = [], rolled_back = noneApart, unopened_count = 0, ...day } = kept;
  const earlierDays = earlier.map((one) => ({ date: one.business_day, ...one }));
  return { ...day, earlier_days: earlierDays, rolled_back, unopened_count };
}

/**
 * The open day as it was stored. Earlier versions stored none before the first close, and let two days share a label
 * after the clock had been set back: of their folders the day has what no close has summed. It is today's, and goes on
 * under today's label.
 */
export function takenUp(journal: Reads, nowMs: number): OpenDay {
  const text = journal.setting(openKey);
  const stored = text === null ? null : (JSON.parse(text) as StoredDay);
  if (stored?.earlier !== undefined) return { ...stored, earlier: stored.earlier };
  const closed = closedRows(journal);
  const left = journal
    .moneyDays()
    .filter(({ businessDay, count }) => count > (closed.get(businessDay) ?? 0))
    .map(({ businessDay: label }) => ({ label, closedRows: closed.get(label) ?? 0 }));
  const [oldest] = left.flatMap((one) => earlierRows(journal, one).slice(0, 1));
  const openedAtMs = stored?.openedAtMs ?? oldest?.atMs ?? nowMs;
  const label = stored?.label ?? chinaDay(nowMs);
  if (closed.has(label)) return { ...freshDay(journal, nowMs, left), openedAtMs };
  return { label, openedAtMs, earlier: left.filter((one) => one.label !== label) };
}

/** The day after a close. */
export function freshDay(
  journal: Reads,
  nowMs: number,
  earlier: OpenDay["earlier"] = [],
  justClosed: string | null = null,
): OpenDay {
  const used = new Set([...closedRows(journal).keys(), justClosed]);
  const today = chinaDay(nowMs);
  let label = today;
  for (let part = 2; used.has(label) || journal.money(label).length > 0; part += 1)
    label = `${today}#${part}`;
  return { label, openedAtMs: nowMs, earlier };
}

/** All rows of the open day: those of earlier ones first. */
export function rowsOf(journal: Reads, day: OpenDay): readonly MoneyRow[] {
  const earlier = day.earlier.flatMap((one) => earlierRows(journal, one));
  return [...earlier, ...journal.money(day.label)];
}

export const earlierRows = (journal: Reads, one: EarlierMoney): readonly MoneyRow[] =>
  journal.money(one.label).slice(one.closedRows);

/**
 * How many rows of each label the closes have summed. A close sums all that its label has at that moment, so they are
 * the oldest; one of a label that was closed before has summed those again.
 */
function closedRows(journal: Reads): ReadonlyMap<string, number> {
  const closed = new Map<string, number>();
  const last = lastCloseNo(journal);
  for (let no = 1; no <= last; no += 1) {
    const day = closedDay(journal, no);
    if (day === null) continue;
    let own = day.paid.count + day.refunded.count + day.paid_otherwise.count;
    for (const { business_day: label, count } of day.earlier_days) {
      closed.set(label, (closed.get(label) ?? 0) + count);
      own -= count;
    }
    closed.set(day.business_day, Math.max(own, closed.get(day.business_day) ?? 0));
  }
  return closed;
}
