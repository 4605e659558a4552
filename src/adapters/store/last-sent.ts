/** Which paper the printer may still hold: of the newest jobs the one that was at work last. */
import type { PrintJob } from "../../core/printing/job.ts";

/** More than wait at once in any shop; looking through all of a year would slow each start. */
export const newestJobs = 200;

export const lastSentOf = (jobs: readonly PrintJob[]): PrintJob | null =>
  jobs
    .filter(({ sends }) => sends > 0)
    .reduce<PrintJob | null>(
      (last, one) => (last === null || one.changedAtMs >= last.changedAtMs ? one : last),
      null,
    );
