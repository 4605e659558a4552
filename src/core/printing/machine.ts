/**
 * What happens to a print job, decided in one pure and total function. An event that the state doesn't accept is a
 * refusal; the job is then returned as it was.
 */
import type { JobEvent, PrintJob, PrintProof } from "./job.ts";
import { asciiBytes, hexText } from "./escpos/hex.ts";
import { jobNext } from "./states.ts";

export type JobRefusal =
  | "state_does_not_accept_it"
  | "already_so"
  | "evidence_missing"
  /** The process id in the evidence isn't the one that this job's last send asked for. */
  | "proof_of_another_print"
  | "no_cuts_counted_before"
  /** While the spooler waits for the printer, nobody's word ends a job. */
  | "a_person_answers_only_doubt";

export interface JobStep {
  readonly job: PrintJob;
  readonly refusal: JobRefusal | null;
}

/**
 * One step of one job. `nowMs` is wall clock, kept as `changedAtMs`. Never throws; `refusal` names the broken rule
 * and the job comes back unchanged with it.
 */
export function stepJob(job: PrintJob, event: JobEvent, nowMs: number): JobStep {
  const next = jobNext(job.state, event.kind);
  if (next === null) return { job, refusal: "state_does_not_accept_it" };
  const changes = changesOf(job, event);
  if (typeof changes === "string") return { job, refusal: changes };
  return {
    job: { ...job, ...changes, state: next, version: job.version + 1, changedAtMs: nowMs },
    refusal: null,
  };
}

/** The evidence of a process-id response as the printer sends it: header, identifier, the four characters, NUL. */
export const processIdEvidence = (id: string): string =>
  hexText([0x37, 0x22, ...asciiBytes(id), 0x00]);

function changesOf(job: PrintJob, event: JobEvent): Partial<PrintJob> | JobRefusal {
  switch (event.kind) {
    case "hold":
      return job.hold === event.cause ? "already_so" : { hold: event.cause };
    case "resume":
      return job.hold === null ? "already_so" : { hold: null };
    case "send":
      return {
        sends: job.sends + 1,
        processId: event.processId,
        bytesHash: event.bytesHash,
        cutsBefore: event.cutsBefore,
      };
    case "not_sent":
      return { hold: event.cause };
    case "confirm":
      return proofRefusal(job, event.proof) ?? { proof: event.proof, hold: null, doubt: null };
    case "doubt":
      return { doubt: event.cause, hold: null };
    case "replace":
      return { replacedBy: event.copyId };
    case "waive":
      return { hold: null, doubt: null };
  }
}

function proofRefusal(job: PrintJob, proof: PrintProof): JobRefusal | null {
  if (proof.evidence.trim() === "") return "evidence_missing";
  switch (proof.level) {
    case "process_id":
      return job.processId !== null && proof.evidence === processIdEvidence(job.processId)
        ? null
        : "proof_of_another_print";
    case "status":
      return null;
    case "cutter_counter":
      return job.cutsBefore === null ? "no_cuts_counted_before" : null;
    case "person":
      return job.state === "doubtful" ? null : "a_person_answers_only_doubt";
  }
}
