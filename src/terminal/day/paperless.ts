/** The end of a paper that waited for its electronic receipt to be opened: with the day it is offered no longer. */
import type { SaleRecord } from "../../ports/journal.ts";
import type { Decision } from "../book.ts";
import type { TerminalSettings } from "../config.ts";
import { say, waive } from "../learn.ts";

/** The electronic receipt stays where it is, and its opening is still told. A paper after this is a marked copy. */
export function withoutPaper(
  record: SaleRecord,
  now: { readonly nowMs: number; readonly settings: TerminalSettings },
): Decision<true> {
  return {
    record: { ...record, jobs: waive(record.jobs, "day_closed", now.nowMs) },
    events: [say(record, now, "paper_let_go", {})],
    result: true,
  };
}
