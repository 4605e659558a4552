/** The slip of a close: what stands on it, its original, and its marked copies. */
import type { PrintJob, Slip } from "../../core/printing/job.ts";
import {
  orderCopy,
  orderOriginal,
  orderReplacement,
  orderReprint,
} from "../../core/printing/orders.ts";
import { jobHasEnded } from "../../core/printing/states.ts";
import { assert } from "../../core/rules/assert.ts";
import type { DayView } from "../../core/till/view.ts";
import type { Journal, JournalWrite } from "../../ports/journal.ts";
import type { TerminalSettings } from "../config.ts";
import { dayLines } from "./slip-lines.ts";

interface Ordering {
  readonly jobId: string;
  readonly operatorNo: string;
  readonly nowMs: number;
  readonly settings: TerminalSettings;
}

interface Ordered {
  readonly job: PrintJob;
  readonly copies: number;
  /** With the paper in whose place it comes. */
  readonly jobs: readonly PrintJob[];
  readonly write: JournalWrite;
}

/** Stored in the close's own commit, so that no crash has the close without its slip. */
export function firstSlip(day: DayView, by: Ordering): Ordered {
  const job = orderOriginal(orderOf(day, by), [], by.nowMs);
  assert(job !== "original_exists", "a slip of no sale is nobody else's original");
  return ordered(day, job, 0, []);
}

/** One more, marked 补打 第 N 次; in the place of one that nobody knows to be out. Null: one is on its way. */
export function nextSlip(journal: Journal, day: DayView, by: Ordering): Ordered | null {
  const last = newestSlip(journal, day);
  const count = (last === null || last.mark.kind === "original" ? 0 : last.mark.count) + 1;
  const mark = { count, operatorNo: by.operatorNo };
  if (last === null) return ordered(day, orderCopy(orderOf(day, by), mark, by.nowMs), count, []);
  if (last.state === "doubtful") {
    const both = orderReplacement(last, by.jobId, mark, by.nowMs);
    return typeof both === "string" ? null : ordered(day, both.copy, count, [both.replaced]);
  }
  if (!jobHasEnded(last.state)) return null;
  const copy = orderReprint(last, by.jobId, mark, by.nowMs);
  return copy === "first_paper_still_open" ? null : ordered(day, copy, count, []);
}

/**
 * Null: of a close before this was kept, whose original was ordered apart and has mostly come out. A paper that was
 * replaced by somebody's answer leads to its copy.
 */
function newestSlip(journal: Journal, day: DayView): PrintJob | null {
  let jobId = journal.setting(keyOf(day));
  let last: PrintJob | null = null;
  while (jobId !== null) {
    last = journal.job(jobId);
    jobId = last?.replacedBy ?? null;
  }
  return last;
}

function ordered(
  day: DayView,
  job: PrintJob,
  copies: number,
  replaced: readonly PrintJob[],
): Ordered {
  const write = { kind: "setting", key: keyOf(day), value: job.id } as const;
  return { job, copies, jobs: [...replaced, job], write };
}

const keyOf = (day: DayView): string => `day_slip_${day.close_no}`;

function orderOf(day: DayView, { jobId, nowMs, settings }: Ordering) {
  const { issuer, livemode, training } = settings;
  const title = `日结单 ${day.date} 第 ${day.close_no} 号`;
  const slip: Slip = {
    kind: "day",
    issuer,
    title,
    lines: dayLines(day),
    atMs: nowMs,
    livemode,
    training,
  };
  return { id: jobId, saleId: null, receiptNumber: null, slip, holder: "merchant" } as const;
}
