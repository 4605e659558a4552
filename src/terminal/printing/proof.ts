/** What proves that a paper came out, best first. "The socket took the bytes" is no proof. */
import { holdCauseOf } from "../../core/printing/escpos/condition.ts";
import { hexText } from "../../core/printing/escpos/hex.ts";
import type {
  DoubtCause,
  HoldCause,
  PrintJob,
  PrintProof,
  ProofLevel,
} from "../../core/printing/job.ts";
import { processIdEvidence } from "../../core/printing/machine.ts";
import type { PrinterProfile } from "../../core/printing/profile.ts";
import type { Desk } from "./desk.ts";
import type { Marker } from "./deps.ts";

/** A paper whose bytes may have left, and what to look for. */
export interface Paper {
  readonly profile: PrinterProfile;
  readonly marker: Marker;
  /** Under which the answer to the `GS r 1` behind the job comes; null without one. */
  readonly markerTicket: number | null;
  /** The same of the cutter counter. */
  readonly cutsTicket: number | null;
  /** To carry and print the bytes. */
  readonly printMs: number;
  job: PrintJob;
  /** What the printer last said that it waits for, and the job shows. */
  hold: HoldCause | null;
  /** It said so at any time. */
  wasHeld: boolean;
}

const proofOf = (desk: Desk, level: ProofLevel, evidence: string): PrintProof => ({
  level,
  atMs: desk.world.nowMs(),
  evidence,
});

/** Process id, else the marker with all well behind it, else (where nothing better was asked) the counter. */
export async function proofSoFar(desk: Desk, paper: Paper): Promise<PrintProof | null> {
  const byId = proofById(desk, paper.job);
  if (byId !== null) return byId;
  if (paper.markerTicket !== null) return proofByMarker(desk, paper.profile, paper.markerTicket);
  return paper.marker === "none" ? proofByCounterAnswer(desk, paper) : null;
}

/** Takes the id off the line's list, so that it is used once. */
export function proofById(desk: Desk, job: PrintJob): PrintProof | null {
  if (job.processId === null || !desk.line.ids.delete(job.processId)) return null;
  return proofOf(desk, "process_id", processIdEvidence(job.processId));
}

/** `GS r 1` answered: everything before it was processed. With the printer well after that, it was printed. */
export async function proofByMarker(
  desk: Desk,
  profile: PrinterProfile,
  ticket: number,
): Promise<PrintProof | null> {
  const { line } = desk;
  const heard = line.answers.get(ticket);
  if (heard === undefined || !line.isOpen) return null;
  if (line.knownSequence < heard.sequence && line.hasAsb) {
    // The ASB that was switched on again behind the marker is on its way.
    desk.bell.clear();
    await desk.bell.wait(desk.timing.settleMs);
  }
  if (line.knownSequence < heard.sequence && profile.realtimeStatus) await line.status();
  const isKnown = line.knownSequence >= heard.sequence || !(line.hasAsb || profile.realtimeStatus);
  if (!isKnown || !line.isOpen || holdCauseOf(line.condition) !== null) return null;
  return proofOf(
    desk,
    "status",
    `GS r 1: ${hexText("byte" in heard.answer ? [heard.answer.byte] : [])}; status: all well`,
  );
}

/** The answer that came behind the job itself. */
export function proofByCounterAnswer(desk: Desk, paper: Paper): PrintProof | null {
  const heard = paper.cutsTicket === null ? undefined : desk.line.answers.get(paper.cutsTicket);
  if (heard?.answer.kind !== "counter") return null;
  return proofByCount(desk, paper.job, heard.answer.value);
}

/** The blade ran exactly once since the send. Two runs or none prove nothing about this paper. */
export function proofByCount(desk: Desk, job: PrintJob, cutsNow: number): PrintProof | null {
  const before = job.cutsBefore;
  if (before === null || cutsNow !== before + 1) return null;
  return proofOf(desk, "cutter_counter", `GS g 2 (50): ${before} -> ${cutsNow}`);
}

/** Nobody else can have had the printer since the last paper began: what it holds and cuts is ours. */
export const isOursAlone = (desk: Desk): boolean => !desk.timing.sharedPrinter && !desk.hadAnother;

/**
 * Whether a run of the blade may be this paper's. Without power the count is only roughly kept; of the time in which this
 * till was down, nobody knows whether the printer had power or who else used it. What was cleared is never cut.
 */
const mayBeCounted: Readonly<Record<DoubtCause, boolean>> = {
  till_restarted: false,
  printer_lost_power: false,
  connection_lost: true,
  no_proof_in_time: true,
  buffer_cleared: false,
  no_confirmation_possible: true,
};

/** The same, of a doubtful paper: somebody else's is cut as well, and while the printer was away nobody saw what it did. */
export function proofByLateCount(desk: Desk, job: PrintJob, cutsNow: number): PrintProof | null {
  const isSeen = isOursAlone(desk) && !desk.wasAway;
  const isCounted = isSeen && job.doubt !== null && mayBeCounted[job.doubt];
  return isCounted ? proofByCount(desk, job, cutsNow) : null;
}

/**
 * The cutter counter now; null where there is none. It is answered in buffer order, so `waitMs` covers what is
 * still to be printed.
 */
export async function countCuts(
  desk: Desk,
  profile: PrinterProfile,
  waitMs: number,
): Promise<number | null> {
  if (!profile.cutCounter || !profile.cutter || desk.isCounterSilent) return null;
  const answer = await desk.line.ask({ kind: "counter", n: 50 }, waitMs);
  if (answer?.kind === "counter") return answer.value;
  if (desk.line.isOpen) desk.isCounterSilent = true;
  return null;
}
