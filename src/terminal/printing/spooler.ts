/**
 * The confirmed spooler: one printer, one owner, one paper at a time. It takes the journal's unfinished jobs, oldest
 * first, and brings each to its end or to a named hold or doubt. No paper's bytes leave twice.
 */
import { holdCauseOf } from "../../core/printing/escpos/condition.ts";
import {
  type HoldCause,
  type PrintJob,
  type PrintProof,
  TRUSTED_MUTE,
} from "../../core/printing/job.ts";
import { heldBy } from "../../core/printing/holds.ts";
import { wantsPrinter } from "../../core/printing/loose.ts";
import type { PrinterProfile } from "../../core/printing/profile.ts";
import { Desk } from "./desk.ts";
import type { PrinterStatus, Spooler, SpoolerDeps } from "./deps.ts";
import { automaticStatusOn } from "./line.ts";
import { Pairer } from "./pair.ts";
import { silenceCause } from "./probe.ts";
import { proofById, proofByMarker } from "./proof.ts";
import type { Paper } from "./proof.ts";
import { afterLoss, lateProof } from "./resolve.ts";
import { awaitProof, sendPaper } from "./send.ts";
import type { Verdict } from "./send.ts";
import { beginNewStrip, halfOf, mayBeHalf } from "./strip.ts";

export { defaultTiming } from "./deps.ts";
export type { Spooler, SpoolerDeps, SpoolerTiming } from "./deps.ts";

/** Starts at once; of a job that an earlier run left in `sending` is found out first what can be, before anything else is sent. */
export function createSpooler(deps: SpoolerDeps): Spooler {
  const actor = new SpoolerActor(deps);
  const ended = actor.run();
  return {
    wake: () => actor.wake(),
    status: () => actor.status,
    onStatus: (listener) => actor.onStatus(listener),
    stop: async () => {
      actor.stop();
      await ended;
    },
  };
}

const nothingKnown: PrinterStatus = {
  reachable: false,
  condition: null,
  warnings: [],
  told: false,
  checkedAtMs: null,
};

class SpoolerActor {
  readonly #deps: SpoolerDeps;
  readonly #desk: Desk;
  readonly #pairer: Pairer;
  readonly #listeners = new Set<(status: PrinterStatus) => void>();
  /** Jobs whose content can't be encoded; passed over in this run. */
  readonly #unprintable = new Set<string>();
  /** Proven papers whose proof is on its way to the disk. */
  readonly #concluding = new Map<string, Promise<void>>();
  /** Doubtful papers whose `GS r` may still be answered on this connection. */
  readonly #lateMarkers = new Map<number, string>();
  /** The newest doubtful paper: only for it does the cutter counter still speak. */
  #watchedJobId: string | null = null;
  #backoffMs: number;
  #nextOpenAtMs = 0;
  #openCause: HoldCause = "unreachable";
  #nextPollAtMs = 0;
  #lastJobAtMs: number;
  #wasOpen = false;
  status: PrinterStatus = nothingKnown;

  constructor(deps: SpoolerDeps) {
    this.#deps = deps;
    this.#desk = new Desk(deps, (reachable, cause) => this.#publish(reachable, cause));
    this.#pairer = new Pairer(this.#desk);
    this.#desk.halfJobId = halfOf(deps);
    this.#backoffMs = deps.timing.backoffMs;
    this.#lastJobAtMs = deps.world.monotonicMs();
  }

  wake(): void {
    this.#desk.bell.ring();
  }

  stop(): void {
    const { deps, line, timing, world } = this.#desk;
    this.#desk.stop();
    // Whoever still waits for an answer then waits no longer.
    world.after(timing.stopGraceMs + timing.answerMs, () => {
      line.close().catch((error: unknown) => deps.log("printer_close", { error: String(error) }));
    });
  }

  onStatus(listener: (status: PrinterStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async run(): Promise<void> {
    const desk = this.#desk;
    while (!desk.isStopping) {
      try {
        await this.#turn();
      } catch (error) {
        // A bug of ours or of an adapter: told, and not the end of all printing.
        this.#deps.log("spooler_failed", { error: String(error) });
        desk.isTorn = true;
        await desk.line.close();
        await desk.pause(desk.timing.retryMs);
      }
    }
    await Promise.all(this.#concluding.values());
    await desk.line.close();
  }

  /** One look at the journal, and one paper or one wait. */
  async #turn(): Promise<void> {
    const desk = this.#desk;
    if (await this.#strayWaits()) return;
    await this.#settleLateProofs();
    desk.bell.clear();
    const next = this.#printable()[0];
    if (next === undefined) return this.#idle();
    this.#lastJobAtMs = desk.nowMs();
    const cause = await this.#ready();
    if (cause === null) return this.#print(next, this.#deps.profile());
    desk.bell.clear();
    await this.#holdAll(cause);
    const waitMs = desk.line.isOpen ? desk.timing.heldPollMs : this.#nextOpenAtMs - desk.nowMs();
    if (!desk.isStopping) await desk.bell.wait(waitMs);
  }

  #printable(): readonly PrintJob[] {
    return this.#deps
      .jobs()
      .filter((job) => job.state === "queued" || job.state === "held")
      .filter((job) => !this.#unprintable.has(job.id));
  }

  /**
   * In `sending` with nobody at work on it: bytes may have left before a crash. Never sent again. While the printer stands
   * still what it has of the paper is in its buffer, and whoever is asked now would say "no" of a paper that comes yet.
   * True: one waits so, and so does all else.
   */
  async #strayWaits(): Promise<boolean> {
    const desk = this.#desk;
    const sending = this.#deps.jobs().filter((one) => one.state === "sending");
    const strays = sending.filter((one) => !this.#concluding.has(one.id));
    if (strays.length === 0) return false;
    const cause = await this.#ready();
    if (cause !== null && cause === holdCauseOf(desk.line.condition)) {
      desk.bell.clear();
      for (const job of strays) await desk.showHold(job, cause);
      await this.#holdAll(cause);
      if (!desk.isStopping) await desk.bell.wait(desk.timing.heldPollMs);
      return true;
    }
    for (const job of strays) {
      if (job.hold !== null && (await this.#goesOn(job))) return true;
      await desk.change(job, { kind: "doubt", cause: "till_restarted" });
      this.#watchedJobId = job.id;
      desk.halfJobId = job.id;
    }
    return false;
  }

  /** What stood still has just been well again: the rest of it prints now, and is proven or stops once more. */
  async #goesOn(job: PrintJob): Promise<boolean> {
    const desk = this.#desk;
    const stray = { ...job, doubt: "till_restarted" } as const;
    const proof = await lateProof(desk, this.#deps.profile(), stray, desk.timing.proofBaseMs);
    if (proof !== null) return (await desk.change(job, { kind: "confirm", proof })) !== null;
    return desk.line.isOpen && holdCauseOf(desk.line.condition) !== null;
  }

  /** Proof that came after the doubt. What fits no doubtful paper is another's, and dropped. */
  async #settleLateProofs(): Promise<void> {
    const desk = this.#desk;
    const { line } = desk;
    if (line.ids.size > 0) {
      for (const job of this.#deps.jobs().filter((one) => one.state === "doubtful")) {
        const proof = proofById(desk, job);
        if (proof === null) continue;
        await desk.change(job, { kind: "confirm", proof });
        await this.#pairer.judge({ kind: "proven", proof });
      }
      for (const id of line.ids) this.#deps.log("printer_foreign_process_id", { id });
      line.ids.clear();
    }
    if (line.isInOrderOpen) return;
    for (const [ticket, jobId] of this.#lateMarkers) {
      const job = this.#deps.jobs().find((one) => one.id === jobId && one.state === "doubtful");
      const proof = job && (await proofByMarker(desk, this.#deps.profile(), ticket));
      if (job === undefined || !line.answers.has(ticket)) this.#lateMarkers.delete(ticket);
      if (job === undefined || !proof) continue;
      this.#lateMarkers.delete(ticket);
      await desk.change(job, { kind: "confirm", proof });
      await this.#pairer.judge({ kind: "proven", proof });
    }
  }

  async #holdAll(cause: HoldCause): Promise<void> {
    for (const job of this.#printable()) {
      const by = heldBy(job.hold, cause);
      if (job.hold !== by) await this.#desk.change(job, { kind: "hold", cause: by });
    }
  }

  /** No job to print: keeps the printer light right, and lets the printer go after a while. */
  async #idle(): Promise<void> {
    const desk = this.#desk;
    const { line, timing } = desk;
    if (line.isOpen) desk.publish(true, holdCauseOf(line.condition));
    const isNewlyGone = this.#wasOpen && !line.isOpen;
    this.#wasOpen = line.isOpen;
    const waitMs = this.#nextPollAtMs - desk.nowMs();
    if (waitMs > 0 && !isNewlyGone) return desk.bell.wait(waitMs);
    await this.#ready();
    await this.#settleLateProofs();
    this.#nextPollAtMs = desk.nowMs() + timing.idlePollMs;
    const isWanted = this.#deps
      .jobs()
      .some((job) => wantsPrinter(job) && !this.#unprintable.has(job.id));
    if (!isWanted && desk.nowMs() - this.#lastJobAtMs > timing.idleCloseMs) await line.close();
    this.#wasOpen = line.isOpen;
  }

  /** Null when a paper can be sent now. Opens, asks, and settles what an earlier paper left open. */
  async #ready(): Promise<HoldCause | null> {
    const desk = this.#desk;
    const cause = (await this.#open()) ?? (await this.#paired()) ?? (await this.#preflight());
    desk.publish(desk.line.isOpen, cause);
    if (cause !== null) return cause;
    // It has answered behind all that was written before, as far as it answers at all.
    desk.isTorn = false;
    this.#backoffMs = desk.timing.backoffMs;
    await this.#settleWatched(this.#deps.profile());
    return desk.line.isOpen ? null : "unreachable";
  }

  async #open(): Promise<HoldCause | null> {
    const desk = this.#desk;
    const profile = this.#deps.profile();
    const { line } = desk;
    if (line.isOpen) return null;
    await line.close();
    if (desk.nowMs() < this.#nextOpenAtMs) return this.#openCause;
    const cause = await line.open();
    desk.isCounterSilent = false;
    this.#lateMarkers.clear();
    if (cause !== null) {
      this.#pairer.lost();
      return this.#openFailed(cause);
    }
    await desk.endTorn(profile);
    if (profile.automaticStatus) line.write(automaticStatusOn);
    return null;
  }

  /** Closes what there is and sets the time of the next try. */
  async #openFailed(cause: HoldCause): Promise<HoldCause> {
    const { line, timing } = this.#desk;
    await line.close();
    this.#desk.reachedInVain(cause);
    if (cause !== this.#openCause) this.#deps.log("printer_not_ready", { cause });
    this.#openCause = cause;
    this.#nextOpenAtMs = this.#desk.nowMs() + this.#backoffMs;
    const maxMs = cause === "unreachable" ? timing.goneMaxMs : timing.backoffMaxMs;
    this.#backoffMs = Math.min(this.#backoffMs * 2, maxMs);
    return cause;
  }

  /** A printer that has never answered is asked what it can do. Null: nothing of that stands in the way. */
  async #paired(): Promise<HoldCause | null> {
    const cause = await this.#pairer.pair();
    return cause === "silent" ? this.#notAnswered() : cause;
  }

  /** Uses what is known while it is news; else asks in the way that the printer understands. */
  async #preflight(): Promise<HoldCause | null> {
    const desk = this.#desk;
    const profile = this.#deps.profile();
    const { line, timing } = desk;
    const usesMarker = profile.inOrderStatus && !profile.processId;
    if (!usesMarker) line.forgetInOrder();
    const isInStep = (): boolean => !usesMarker || !(line.isOutOfStep || line.isInOrderOpen);
    if (isInStep() && this.#isKnown(profile)) return null;
    const isAnswered = await this.#asked(profile, isInStep());
    if (!isAnswered) return this.#notAnswered();
    if (holdCauseOf(line.condition) === null && !isInStep()) {
      const isBack = await line.resync(timing.inOrderAnswerMs);
      if (!isBack && holdCauseOf(line.condition) === null) return this.#notAnswered();
    }
    return line.isOpen ? holdCauseOf(line.condition) : this.#notAnswered();
  }

  /** With ASB every change is told, so any sign of life makes it news; else only its own last status does. */
  #isKnown(profile: PrinterProfile): boolean {
    const { line, timing } = this.#desk;
    if (line.knownAtMs === -Infinity) return false;
    const knownAtMs = profile.automaticStatus && line.hasAsb ? line.heardAtMs : line.knownAtMs;
    return this.#desk.nowMs() - knownAtMs <= timing.freshMs && holdCauseOf(line.condition) === null;
  }

  async #asked(profile: PrinterProfile, isInStep: boolean): Promise<boolean> {
    const { line, timing } = this.#desk;
    if (profile.realtimeStatus) return line.status();
    if (!profile.inOrderStatus) return true;
    if (!isInStep) return line.resync(timing.inOrderAnswerMs);
    return (await line.ask({ kind: "in_order", n: 1 }, timing.inOrderAnswerMs)) !== null;
  }

  #notAnswered(): Promise<HoldCause> {
    return this.#openFailed(silenceCause(this.#desk.line));
  }

  /** Before the next paper goes out, the last doubtful one gets its last chance of proof. */
  async #settleWatched(profile: PrinterProfile): Promise<void> {
    const desk = this.#desk;
    const job = this.#deps
      .jobs()
      .find((one) => one.id === this.#watchedJobId && one.state === "doubtful");
    this.#watchedJobId = null;
    if (job === undefined) return;
    const proof = await lateProof(desk, profile, job, 0);
    if (proof !== null) await desk.change(job, { kind: "confirm", proof });
    else if (!desk.line.isOpen) this.#watchedJobId = job.id;
  }

  async #print(next: PrintJob, profile: PrinterProfile): Promise<void> {
    const desk = this.#desk;
    const processId = desk.nextProcessId();
    const encoded = this.#encoded(next, profile, processId);
    if (encoded === null) {
      this.#unprintable.add(next.id);
      await desk.change(next, { kind: "hold", cause: "not_printable" });
      return;
    }
    const queued = next.state === "held" ? await desk.change(next, { kind: "resume" }) : next;
    if (queued === null) return this.#pauseIfUnchanged(next.id);
    await beginNewStrip(desk, profile, encoded.marker);
    const paper = await sendPaper(desk, queued, profile, processId, encoded);
    if (paper === null) return this.#pauseIfUnchanged(next.id);
    const sentAtMs = desk.nowMs();
    let verdict = await awaitProof(desk, paper);
    // A paper that waited for a person, or was looked for, says nothing of how fast the printer is.
    if (verdict.kind === "proven" && !paper.wasHeld) {
      const ms = Math.round(desk.nowMs() - sentAtMs);
      this.#deps.saw?.({ kind: "print_time", ms, expectedMs: paper.printMs });
    }
    if (verdict.kind === "lost") verdict = await afterLoss(desk, paper);
    await this.#conclude(paper, verdict);
    await this.#pairer.judge(verdict);
    this.#lastJobAtMs = desk.nowMs();
    this.#nextPollAtMs = this.#lastJobAtMs + desk.timing.idlePollMs;
  }

  /** A step that couldn't be stored is no reason to try it again at once. */
  async #pauseIfUnchanged(jobId: string): Promise<void> {
    const isStillNext = this.#desk.line.isOpen && this.#printable()[0]?.id === jobId;
    if (isStillNext) await this.#desk.pause(this.#desk.timing.retryMs);
  }

  #encoded(
    job: PrintJob,
    profile: PrinterProfile,
    processId: string,
  ): ReturnType<SpoolerDeps["encode"]> | null {
    try {
      return this.#deps.encode(job, profile, processId);
    } catch (error) {
      this.#deps.log("print_job_not_encoded", { job: job.id, error: String(error) });
      return null;
    }
  }

  /**
   * The proof is a fact already; making it durable needn't keep the next paper waiting. Its commit and the next paper's
   * `send` then share one fsync. A crash before it leaves the job in `sending`, as it would have anyway.
   */
  #confirmMeanwhile(job: PrintJob, proof: PrintProof): void {
    const done = this.#desk.change(job, { kind: "confirm", proof }).then(() => {
      this.#concluding.delete(job.id);
    });
    this.#concluding.set(job.id, done);
  }

  async #conclude(paper: Paper, verdict: Verdict): Promise<void> {
    const desk = this.#desk;
    switch (verdict.kind) {
      case "proven":
        this.#confirmMeanwhile(paper.job, verdict.proof);
        desk.publish(desk.line.isOpen, desk.line.isOpen ? holdCauseOf(desk.line.condition) : null);
        return;
      case "doubt": {
        desk.cutsExpected = null;
        const doubtful = await desk.change(paper.job, { kind: "doubt", cause: verdict.cause });
        if (doubtful === null) return;
        if (mayBeHalf(doubtful)) desk.halfJobId = doubtful.id;
        if (verdict.cause === "no_confirmation_possible") return this.#trust(doubtful);
        if (!desk.line.isOpen) this.#watchedJobId = doubtful.id;
        else if (paper.markerTicket !== null) {
          this.#lateMarkers.set(paper.markerTicket, doubtful.id);
        }
        return;
      }
      case "lost":
      case "stopped":
        // Stays in `sending`: the next start looks for proof of it, or asks.
        return;
    }
  }

  /** The owner said in the settings that this printer's papers count as out. */
  async #trust(job: PrintJob): Promise<void> {
    if (!this.#deps.timing.trustMutePrinter) return;
    const proof = {
      level: "person",
      atMs: this.#desk.world.nowMs(),
      evidence: TRUSTED_MUTE,
    } as const;
    await this.#desk.change(job, { kind: "confirm", proof });
  }

  #publish(reachable: boolean, condition: HoldCause | null): void {
    const isLow = reachable && this.#desk.line.condition.paperNearEnd;
    const before = this.status;
    this.status = {
      reachable,
      condition,
      warnings: isLow ? ["paper_low"] : [],
      told: reachable && this.#desk.line.toldCount > 0,
      checkedAtMs: this.#desk.world.nowMs(),
    };
    const isSame =
      before.checkedAtMs !== null &&
      before.reachable === reachable &&
      before.condition === condition &&
      before.told === this.status.told &&
      before.warnings.length === this.status.warnings.length;
    if (isSame) return;
    this.#deps.log("printer_status", { reachable, condition, paperLow: isLow });
    for (const listener of this.#listeners) listener(this.status);
  }
}
