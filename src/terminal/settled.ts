/** Waits for a sale on behalf of whoever asked for it: until nothing is on its way any more, or a person is wanted. */
import { isMoneyContradicted, newestPaper } from "../core/till/can.ts";
import { waitsForEReceipt } from "../core/printing/job.ts";
import type { SaleRecord } from "../ports/journal.ts";
import { isSettled } from "./book.ts";
import type { Terminal } from "./terminal.ts";

/** How long a paper may be held before nobody waits for it any more. */
const heldGraceMs = 1_500;

/** As it then stands, or as it stands after `waitMs`; null: there is no such sale. */
export function settledRecord(
  { deps, book }: Pick<Terminal, "deps" | "book">,
  saleId: string,
  waitMs: number,
): Promise<SaleRecord | null> {
  const { world } = deps;
  const endsAtMs = world.monotonicMs() + waitMs;
  return new Promise((resolve) => {
    let heldSinceMs: number | null = null;
    let callOff = (): void => {};
    const done = (record: SaleRecord | null): void => {
      callOff();
      stop();
      resolve(record);
    };
    const look = (): void => {
      callOff();
      const record = book.record(saleId);
      const nowMs = world.monotonicMs();
      const wait = record === null ? "over" : waitsFor(record);
      heldSinceMs = wait === "person" ? (heldSinceMs ?? nowMs) : null;
      const patience =
        heldSinceMs === null ? endsAtMs : Math.min(endsAtMs, heldSinceMs + heldGraceMs);
      if (wait === "over" || nowMs >= patience) return done(record);
      callOff = world.after(Math.max(1, patience - nowMs), look);
    };
    const stop = book.onChange((changed) => {
      if (changed === saleId) look();
    });
    look();
  });
}

/** What a settled sale still waits for: nothing, the machines, or a person. */
function waitsFor(record: SaleRecord): "over" | "machines" | "person" {
  if (isSettled(record)) return "over";
  if (isMoneyContradicted(record)) return "machines";
  const paid = record.sale.state === "paid";
  if (!paid)
    return record.attempts.length > 0 && record.attempts.every((one) => one.endedAtMs !== null)
      ? "over"
      : "machines";
  const job = newestPaper(record);
  if (job === null || job.state === "confirmed" || job.state === "waived") return "over";
  if (waitsForEReceipt(job)) return "over";
  return job.hold !== null || job.state === "doubtful" ? "person" : "machines";
}
