/** Which sales a stop of the program or the computer can have touched: one begun later was never in its way. */
import { jobHasEnded } from "../printing/states.ts";
import type { SaleFacts } from "../till/can.ts";
import type { Seen } from "./evidence.ts";

/** True for the box itself, which no sale speaks for. */
export function touchedBy(sale: SaleFacts | null, start: Seen<"start">): boolean {
  if (sale === null) return true;
  if (sale.sale.createdAtMs >= start.atMs) return false;
  const stoppedMs = start.atMs - (start.fact.awayMs ?? 0);
  return (
    sale.sale.state === "open" ||
    sale.attempts.some((one) => one.endedAtMs === null || one.endedAtMs >= stoppedMs) ||
    sale.jobs.some((one) => !jobHasEnded(one.state) || one.changedAtMs >= stoppedMs)
  );
}
