/** What a print job becomes, kept with its sale or by itself. */
import type { JobEvent, PrintJob } from "../core/printing/job.ts";
import { stepJob } from "../core/printing/machine.ts";
import { say } from "./learn.ts";
import type { Terminal } from "./terminal.ts";

/** Applies an event to a print job, durably; null when its state no longer accepts it. */
export async function changeJob(
  { deps, book }: Pick<Terminal, "deps" | "book">,
  jobId: string,
  event: JobEvent,
): Promise<PrintJob | null> {
  const { world, settings } = deps;
  const nowMs = world.nowMs();
  const saleId = book.saleOfJob(jobId);
  const changed = (job: PrintJob): PrintJob | null => {
    const done = stepJob(job, event, nowMs);
    return done.refusal === null ? done.job : null;
  };
  if (saleId === null) {
    const job = book.looseJob(jobId);
    const next = job === null ? null : changed(job);
    if (next === null) return null;
    const said = {
      stream: settings.terminalId,
      saleId: null,
      atMs: nowMs,
      actor: "printer",
      kind: `job_${event.kind}`,
      detail: { jobId, to: next.state },
    };
    await book.saveLooseJob(next, said);
    return next;
  }
  return book.change(saleId, (record) => {
    const job = record.jobs.find((one) => one.id === jobId);
    const next = job === undefined ? null : changed(job);
    if (next === null) return null;
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
