/** What a print job becomes, kept with its sale or by itself. */
import type { JobEvent, PrintJob } from "../core/printing/job.ts";
import { stepJob } from "../core/printing/machine.ts";
import { isWithheld } from "../core/till/can.ts";
import { say } from "./learn.ts";
import { changedLoose } from "./loose.ts";
import type { Terminal } from "./terminal.ts";

/** Applies an event to a print job, durably; null when its state no longer accepts it. */
export function changeJob(
  { deps, book }: Pick<Terminal, "deps" | "book">,
  jobId: string,
  event: JobEvent,
): Promise<PrintJob | null> {
  const { world, settings } = deps;
  const nowMs = world.nowMs();
  const saleId = book.saleOfJob(jobId);
  if (saleId === null) {
    const now = { terminalId: settings.terminalId, nowMs };
    return book.changeLoose(jobId, (job) => changedLoose(job, event, book.looseJobs(), now));
  }
  return book.change(saleId, (record) => {
    const job = record.jobs.find((one) => one.id === jobId);
    // The news came while the printer was being asked how it is.
    const mayNotLeave = job !== undefined && event.kind === "send" && isWithheld(record, job);
    const done = job === undefined || mayNotLeave ? null : stepJob(job, event, nowMs);
    if (done === null || done.refusal !== null) return null;
    const next = done.job;
    const detail = { jobId, slip: next.slip.kind, to: next.state, ...jobDetail(event) };
    const jobs = record.jobs.map((one) => (one.id === jobId ? next : one));
    return {
      record: { ...record, jobs },
      events: [say(record, { nowMs, settings }, `job_${event.kind}`, detail, "printer")],
      result: next,
    };
  });
}

function jobDetail(event: JobEvent): Record<string, unknown> {
  switch (event.kind) {
    case "hold":
    case "not_sent":
    case "doubt":
      return { cause: event.cause };
    case "confirm":
      return { proof: event.proof.level, evidence: event.proof.evidence };
    case "send":
      return {
        processId: event.processId,
        bytesHash: event.bytesHash,
        cutsBefore: event.cutsBefore,
      };
    case "waive":
      return { reason: event.reason };
    case "replace":
      return { copyId: event.copyId };
    case "resume":
      return {};
  }
}
