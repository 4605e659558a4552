/**
 * A connection that broke with a paper on it: what can still be found out. While the printer stands still, with the data
 * in its buffer: wait. Then the cutter counter, with a late process id before it; without a counter that id alone, and also
 * where the printer was away meanwhile. Where the count says that nothing was cut, its buffer is cleared so that no half paper
 * comes out next to the copy, unless it may hold somebody else's. Else it is a doubt.
 */
import { holdCauseOf } from "../../core/printing/escpos/condition.ts";
import { clearBuffersRequest } from "../../core/printing/escpos/probe.ts";
import { isInterrupted } from "../../core/printing/job.ts";
import type { DoubtCause, PrintJob, PrintProof } from "../../core/printing/job.ts";
import type { PrinterProfile } from "../../core/printing/profile.ts";
import type { Desk } from "./desk.ts";
import { automaticStatusOn } from "./line.ts";
import { silenceCause } from "./probe.ts";
import { countCuts, isOursAlone, proofById, proofByLateCount } from "./proof.ts";
import type { Paper } from "./proof.ts";
import type { Verdict } from "./send.ts";

/** Tries to reach the printer again for `lostMs`, and to learn what became of the paper. */
export async function afterLoss(desk: Desk, paper: Paper): Promise<Verdict> {
  const { line, timing } = desk;
  let cause: DoubtCause = lossCause(desk);
  let untilMs = desk.nowMs() + timing.lostMs;
  let backoffMs = timing.backoffMs;
  desk.isTorn = true;
  desk.cutsExpected = null;
  // A printer without power doesn't end its side: what has happened is shown before that is given up.
  const closed = line.close();
  paper.job = await desk.showHold(paper.job, "unreachable");
  await closed;
  while (desk.nowMs() < untilMs) {
    if (desk.isStopping) return { kind: "stopped" };
    const wasEnded = line.closedBy === "ended";
    const inTheWay = await line.open();
    if (inTheWay === null) {
      const verdict = await askAgain(desk, paper, cause);
      if (verdict.kind !== "lost") return verdict;
      desk.reachedInVain(silenceCause(line));
      // Stopped for want of paper for however long: the time to find it again begins anew.
      if (paper.hold !== null) untilMs = desk.nowMs() + timing.lostMs;
      if (line.closedBy === "reset") cause = "printer_lost_power";
    } else {
      desk.reachedInVain(inTheWay);
      // It ended the connection itself and takes none now: it is switched off or starting.
      if (wasEnded && cause === "connection_lost") cause = "printer_lost_power";
    }
    await line.close();
    paper.job = await desk.showHold(paper.job, "unreachable");
    await desk.pause(backoffMs);
    backoffMs = Math.min(backoffMs * 2, timing.goneMaxMs);
  }
  return { kind: "doubt", cause };
}

/** A reset is said by a printer that knows nothing of the connection any more. */
const lossCause = (desk: Desk): DoubtCause =>
  desk.line.closedBy === "reset" || desk.line.hasToldPowerOff
    ? "printer_lost_power"
    : "connection_lost";

async function askAgain(desk: Desk, paper: Paper, cause: DoubtCause): Promise<Verdict> {
  const { line } = desk;
  await desk.endTorn(paper.profile);
  if (paper.profile.automaticStatus) line.write(automaticStatusOn);
  const stopped = await untilWell(desk, paper);
  if (stopped !== null) return stopped;
  const inDoubt = { ...paper.job, doubt: cause };
  const proof = await lateProof(desk, paper.profile, inDoubt, paper.printMs);
  if (proof !== null) return { kind: "proven", proof };
  if (!line.isOpen) return { kind: "lost" };
  const isProvenUncut =
    isOursAlone(desk) && line.cuts !== null && line.cuts.value === paper.job.cutsBefore;
  if (paper.profile.bufferClear && isProvenUncut) return clearBuffer(desk, paper, cause);
  return { kind: "doubt", cause };
}

/** Null once the printer is well. While it stands still, what it has of the job is in its buffer. */
async function untilWell(desk: Desk, paper: Paper): Promise<Verdict | null> {
  const { bell, line, timing, deps } = desk;
  for (;;) {
    bell.clear();
    const proof = proofById(desk, paper.job);
    if (proof !== null) return { kind: "proven", proof };
    if (desk.isStopping) return { kind: "stopped" };
    if (paper.profile.realtimeStatus && !(await line.status())) return { kind: "lost" };
    if (!line.isOpen) return { kind: "lost" };
    paper.hold = holdCauseOf(line.condition);
    // Well again after a break: what is out is still being found out, and nobody is to read that it prints.
    if (paper.hold === null && isInterrupted(paper.job)) desk.publish(line.isOpen, null);
    else paper.job = await desk.showHold(paper.job, paper.hold);
    if (paper.hold === null) return null;
    deps.log("print_job_waits_in_printer", { job: paper.job.id, hold: paper.hold });
    await desk.pause(timing.heldPollMs);
  }
}

/**
 * The printer is well again: counts the cuts, and where it can't, waits for a late process id. The count is answered
 * behind everything that was sent before, so an id that hasn't come by then won't. `printMs`: what it may still have to
 * print. Null when neither proves the paper.
 */
export async function lateProof(
  desk: Desk,
  profile: PrinterProfile,
  job: PrintJob,
  printMs: number,
): Promise<PrintProof | null> {
  const { bell, line, timing } = desk;
  const isCounted = job.cutsBefore !== null;
  const cuts = isCounted ? await countCuts(desk, profile, timing.inOrderAnswerMs + printMs) : null;
  if (cuts !== null) return proofById(desk, job) ?? proofByLateCount(desk, job, cuts);
  const untilMs = desk.nowMs() + timing.lateIdMs + printMs;
  while (job.processId !== null && line.isOpen && desk.nowMs() < untilMs && !desk.isStopping) {
    bell.clear();
    const proof = proofById(desk, job);
    if (proof !== null) return proof;
    await bell.wait(untilMs - desk.nowMs());
  }
  return proofById(desk, job);
}

/** It may have been printing just then, so the cuts are counted once more. */
async function clearBuffer(desk: Desk, paper: Paper, cause: DoubtCause): Promise<Verdict> {
  const { bell, line, timing } = desk;
  const before = line.clearedCount;
  const untilMs = desk.nowMs() + timing.inOrderAnswerMs;
  line.write(clearBuffersRequest);
  while (line.clearedCount === before) {
    bell.clear();
    if (!line.isOpen) return { kind: "lost" };
    if (desk.nowMs() >= untilMs) return { kind: "doubt", cause };
    await bell.wait(untilMs - desk.nowMs());
  }
  line.forgetBuffered();
  const cuts = await countCuts(desk, paper.profile, timing.inOrderAnswerMs);
  if (cuts === null) return { kind: "doubt", cause };
  const proof = proofByLateCount(desk, { ...paper.job, doubt: cause }, cuts);
  return proof === null ? { kind: "doubt", cause: "buffer_cleared" } : { kind: "proven", proof };
}
