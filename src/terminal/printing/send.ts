/** One paper: the durable step, the bytes, and the wait for proof. */
import { holdCauseOf } from "../../core/printing/escpos/condition.ts";
import { feedDots } from "../../core/printing/escpos/print-time.ts";
import { questionBytes } from "../../core/printing/escpos/status.ts";
import type { StatusQuestion } from "../../core/printing/escpos/status.ts";
import type { DoubtCause, HoldCause, PrintJob, PrintProof } from "../../core/printing/job.ts";
import type { PrinterProfile } from "../../core/printing/profile.ts";
import type { EncodedJob } from "./deps.ts";
import type { Desk } from "./desk.ts";
import { automaticStatusOn } from "./line.ts";
import { countCuts, proofByCounterAnswer, proofSoFar } from "./proof.ts";
import type { Paper } from "./proof.ts";

/** How the wait for one paper ended. `lost`: the connection is gone and nothing is decided. */
export type Verdict =
  | { readonly kind: "proven"; readonly proof: PrintProof }
  | { readonly kind: "doubt"; readonly cause: DoubtCause }
  | { readonly kind: "lost" }
  | { readonly kind: "stopped" };

/**
 * Sends a queued job on an open line. Null: nothing was sent, and the job stands as the journal says. The `send` is
 * durable before the first byte is given to the system.
 */
export async function sendPaper(
  desk: Desk,
  job: PrintJob,
  profile: PrinterProfile,
  processId: string,
  encoded: EncodedJob,
): Promise<Paper | null> {
  const { line, timing } = desk;
  desk.beginPaper();
  const cutsBefore = await cutsBeforeSend(desk, profile);
  if (!line.isOpen) return null;
  const sending = await desk.change(job, {
    kind: "send",
    processId: encoded.marker === "process_id" ? processId : null,
    bytesHash: encoded.sha256,
    cutsBefore,
  });
  if (sending === null) return null;
  if (!line.isOpen) {
    await desk.change(sending, { kind: "not_sent", cause: "unreachable" });
    return null;
  }
  const shown = cutsBefore ?? desk.cutsExpected;
  desk.cutsExpected = shown === null ? null : shown + 1;
  const asksCuts = cutsBefore !== null;
  // What was counted before this paper is no news after it.
  if (!asksCuts) line.cuts = null;
  const questions: StatusQuestion[] = [];
  if (encoded.marker === "in_order") questions.push(paperQuestion);
  if (asksCuts) questions.push(cutsQuestion);
  const tickets = line.write(
    joined([
      encoded.bytes,
      // ESC @ at a job's start may have switched it off; the answer also tells the state behind the job.
      profile.automaticStatus ? automaticStatusOn : new Uint8Array(0),
      asksCuts ? questionBytes(cutsQuestion) : new Uint8Array(0),
    ]),
    questions,
  );
  desk.lastPaperTicket = line.lastTicket;
  const printS =
    encoded.bytes.length / timing.bytesPerSecond + feedDots(encoded.bytes) / timing.dotsPerSecond;
  return {
    profile,
    marker: encoded.marker,
    markerTicket: encoded.marker === "in_order" ? (tickets[0] ?? null) : null,
    cutsTicket: asksCuts ? (tickets.at(-1) ?? null) : null,
    printMs: Math.ceil(printS * 1000),
    job: sending,
    hold: null,
    wasHeld: false,
  };
}

/** Waits until the paper is proven, the printer has had all the time it needs, or the connection is gone. */
export async function awaitProof(desk: Desk, paper: Paper): Promise<Verdict> {
  const { bell, line, timing } = desk;
  const sentAtMs = desk.nowMs();
  let deadlineMs = sentAtMs + allowedMs(desk, paper);
  let nextBeatMs = sentAtMs + timing.heartbeatMs;
  let stopAtMs = Infinity;
  for (;;) {
    bell.clear();
    const proof = await proofSoFar(desk, paper);
    if (proof !== null) return { kind: "proven", proof };
    if (!line.isOpen) return { kind: "lost" };
    const hold = await holdNow(desk, paper);
    if (hold !== paper.hold) {
      paper.wasHeld ||= hold !== null;
      paper.hold = hold;
      paper.job = await desk.showHold(paper.job, hold);
      // What was in its buffer prints when it goes on, and has its whole time again.
      deadlineMs = desk.nowMs() + allowedMs(desk, paper);
      continue;
    }
    const nowMs = desk.nowMs();
    if (hold === null && nowMs >= deadlineMs) return atDeadline(desk, paper);
    if (paper.profile.realtimeStatus && isSilent(desk, paper, sentAtMs)) {
      desk.deps.log("printer_silent", { sinceMs: nowMs - line.heardAtMs });
      return { kind: "lost" };
    }
    if (desk.isStopping) stopAtMs = Math.min(stopAtMs, nowMs + timing.stopGraceMs);
    if (nowMs >= stopAtMs) return { kind: "stopped" };
    if (nowMs >= nextBeatMs) {
      nextBeatMs = nowMs + timing.heartbeatMs;
      await beat(desk, paper);
      continue;
    }
    await bell.wait(Math.min(nextBeatMs, stopAtMs, hold === null ? deadlineMs : Infinity) - nowMs);
  }
}

/** A heartbeat only says "offline"; the cause is asked for before anybody is told. */
async function holdNow(desk: Desk, paper: Paper): Promise<HoldCause | null> {
  const hold = holdCauseOf(desk.line.condition);
  const isVague = hold === "printer_offline" && paper.hold !== hold;
  if (!isVague || !paper.profile.realtimeStatus) return hold;
  await desk.line.status();
  return holdCauseOf(desk.line.condition);
}

/** Asks how the printer is, with what it understands. Only a printer that stands still is asked for everything. */
async function beat(desk: Desk, paper: Paper): Promise<void> {
  const { line } = desk;
  if (paper.profile.realtimeStatus) {
    if (paper.hold === null && !line.condition.offline) line.heartbeat();
    else await line.status();
  } else if (paper.hold !== null && paper.profile.inOrderStatus && !line.isInOrderOpen) {
    line.write(questionBytes(paperQuestion), [paperQuestion]);
  }
}

/** Where nothing can prove it, only the printing itself is waited for before the cashier is asked. */
const allowedMs = (desk: Desk, paper: Paper): number =>
  paper.printMs + (canBeProven(paper) ? desk.timing.proofBaseMs : 0);

const canBeProven = (paper: Paper): boolean => paper.marker !== "none" || paper.cutsTicket !== null;

/**
 * Until something is heard after the send, our questions may stand behind the job's bytes on their way into a full
 * buffer, so the printing time is added; so is a patience of its own while the printer said that it can't go on.
 */
function isSilent(desk: Desk, paper: Paper, sentAtMs: number): boolean {
  const { line, timing } = desk;
  const silentMs = desk.nowMs() - Math.max(line.heardAtMs, sentAtMs);
  if (paper.hold !== null) return silentMs >= timing.silenceBlockedMs;
  return silentMs >= timing.silenceMs + (line.heardAtMs <= sentAtMs ? paper.printMs : 0);
}

function atDeadline(desk: Desk, paper: Paper): Verdict {
  if (!canBeProven(paper)) return { kind: "doubt", cause: "no_confirmation_possible" };
  const proof = proofByCounterAnswer(desk, paper);
  return proof === null ? { kind: "doubt", cause: "no_proof_in_time" } : { kind: "proven", proof };
}

const cutsQuestion: StatusQuestion = { kind: "counter", n: 50 };
const paperQuestion: StatusQuestion = { kind: "in_order", n: 1 };

/**
 * The count behind the paper before this one will do, while it is news. A count that doesn't show the cuts of the papers
 * before yet is none: the blade may still run for them, and would be taken for this paper's.
 */
async function cutsBeforeSend(desk: Desk, profile: PrinterProfile): Promise<number | null> {
  const count = await lastCount(desk, profile);
  const isBehind = desk.cutsExpected !== null && (count ?? 0) < desk.cutsExpected;
  return isBehind ? null : count;
}

async function lastCount(desk: Desk, profile: PrinterProfile): Promise<number | null> {
  const { cuts } = desk.line;
  const isNews =
    cuts !== null &&
    cuts.ticket >= desk.lastPaperTicket &&
    desk.nowMs() - cuts.atMs <= desk.timing.freshMs;
  if (isNews && profile.cutCounter) return cuts.value;
  return countCuts(desk, profile, desk.timing.inOrderAnswerMs);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
