/** Papers of no sale: the day slip, the help slip and the test page. */
import { type PrintJob, type Slip, waitsForEReceipt } from "./job.ts";

type Kind = Slip["kind"];

/**
 * Whether the question about an older paper of this kind is over once a newer one has been printed. A test page and a
 * help slip serve who stands there now, and any number of them can be printed. A day slip is for the folder and is asked
 * about until somebody answers, except where the printer can never tell: there every paper ends in doubt, so that the
 * doubt says nothing, and questions that only pile up would teach people to look past them. The day itself can be read
 * and printed at any time.
 */
const endsWithNewer: Readonly<Record<Kind, (older: PrintJob) => boolean>> = {
  test: () => true,
  case: () => true,
  day: ({ doubt }) => doubt === "no_confirmation_possible",
  receipt: () => false,
  refund: () => false,
  reversal: () => false,
  pending: () => false,
};

/** The papers in doubt that nobody is asked about any more, now that this one has been printed, for sure or not. */
export function overtaken(newer: PrintJob, all: readonly PrintJob[]): readonly PrintJob[] {
  if (newer.state !== "doubtful" && newer.state !== "confirmed") return [];
  return all.filter(
    (one) =>
      one.id !== newer.id &&
      one.state === "doubtful" &&
      one.saleId === null &&
      one.slip.kind === newer.slip.kind &&
      one.createdAtMs <= newer.createdAtMs &&
      endsWithNewer[one.slip.kind](one),
  );
}

/** Still to be printed, or being printed: what the printer is wanted for. */
export const wantsPrinter = (job: Pick<PrintJob, "state" | "hold">): boolean =>
  (job.state === "queued" || job.state === "held" || job.state === "sending") &&
  !waitsForEReceipt(job);
