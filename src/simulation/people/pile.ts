/** The paper in front of the printer, as a cashier looks through it. */
import type { PrintJob } from "../../core/printing/job.ts";
import { slipsOf } from "../auditor/slips.ts";
import type { Printer } from "../printer/printer.ts";
import { numberOfSlip } from "./slip-number.ts";

/** Whether a whole paper of this job has come out. Of a slip without a number nobody can tell: it counts as missed. */
export function isOnPile(printer: Printer, job: PrintJob): boolean {
  const number = numberOfSlip(job);
  if (number === null) return false;
  const isMarked = job.mark.kind !== "original";
  return printer.papers.some(({ lines }) => {
    if (!lines.some((line) => line.includes(number))) return false;
    return slipsOf([{ printerId: printer.id, n: 0, lines, atMs: 0 }]).some(
      (slip) =>
        slip.number === number &&
        slip.kind === job.slip.kind &&
        slip.holder === job.holder &&
        slip.marked === isMarked &&
        slip.whole,
    );
  });
}
