/** What the parts of the spooler share while they work for one printer. */
import { endTornCommand } from "../../core/printing/escpos/torn.ts";
import { heldBy } from "../../core/printing/holds.ts";
import type { HoldCause, JobEvent, PrintJob } from "../../core/printing/job.ts";

import type { PrinterProfile } from "../../core/printing/profile.ts";
import type { World } from "../../ports/world.ts";
import { Bell } from "./bell.ts";
import type { SpoolerDeps, SpoolerTiming } from "./deps.ts";
import { PrinterLine } from "./line.ts";

/** 62 characters that print well and mean nothing to a printer; ids are four of them. */
const idCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const idCount = idCharacters.length ** 4;

/** A serial line at 9600 baud. */
const slowestBytesPerSecond = 900;

export class Desk {
  readonly deps: SpoolerDeps;
  readonly world: World;
  readonly timing: SpoolerTiming;
  readonly line: PrinterLine;
  readonly bell: Bell;
  /** Called with what stands in the way (or null) after each look at the printer. */
  readonly publish: (reachable: boolean, cause: HoldCause | null) => void;
  isStopping = false;
  /**
   * The printer may hold half a command: a connection broke with a paper on it, or this run has just begun, and what became
   * of the one before nobody knows. Until it has answered behind the zeros that end it.
   */
  isTorn = true;
  /** This paper, or the one that it replaces, may hang half-printed: the next one begins on a strip of its own. */
  halfJobId: string | null = null;
  /** Somebody else had the printer since the last paper began: what it holds and the runs of its blade may be theirs. */
  hadAnother = false;
  /**
   * It was reached in vain since the last paper began. A plug that is pulled says no word, so it may have been without power.
   */
  wasAway = false;
  /** Tickets up to this one were asked before the last paper; older counts are no count before the next. */
  lastPaperTicket = 0;
  /** What the cutter counter shows once all papers before are cut; null after one of which nobody knows. */
  cutsExpected: number | null = null;
  /** The printer left the question for its cutter counter unanswered on this connection. */
  isCounterSilent = false;
  readonly #pauses = new Set<() => void>();
  #lastId: number;

  constructor(deps: SpoolerDeps, publish: Desk["publish"]) {
    this.deps = deps;
    this.world = deps.world;
    this.timing = deps.timing;
    this.publish = publish;
    this.bell = new Bell(deps.world);
    this.line = new PrinterLine({ ...deps, onNews: () => this.bell.ring() });
    // A start by chance: a response that an earlier run left in the printer must not fit a paper of this run.
    this.#lastId = Math.floor(deps.world.random() * idCount);
  }

  /** On a new connection, before anything that is answered in buffer order. */
  async endTorn(profile: PrinterProfile): Promise<void> {
    if (!this.isTorn) return;
    const zeros = endTornCommand(profile);
    await this.line.writeWhole(zeros, (zeros.length * 1_000) / slowestBytesPerSecond);
  }

  nowMs(): number {
    return this.world.monotonicMs();
  }

  /** What stood in the way of a connection, or of an answer on one. */
  reachedInVain(cause: HoldCause): void {
    this.hadAnother ||= cause === "busy";
    this.wasAway ||= cause !== "busy";
  }

  /** What was seen of the printer until now says nothing of the next paper. */
  beginPaper(): void {
    this.hadAnother = false;
    this.wasAway = false;
  }

  /** Until `ms` have passed, or the spooler stops. */
  pause(ms: number): Promise<void> {
    if (this.isStopping) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        callOff();
        this.#pauses.delete(done);
        resolve();
      };
      const callOff = this.world.after(ms, done);
      this.#pauses.add(done);
    });
  }

  stop(): void {
    this.isStopping = true;
    for (const done of this.#pauses) done();
    this.bell.ring();
  }

  /** The next process id, ascending as Epson advises, and none that an unfinished job still waits for. */
  nextProcessId(): string {
    const pending = new Set(this.deps.jobs().map((job) => job.processId));
    for (;;) {
      this.#lastId = (this.#lastId + 1) % idCount;
      const id = idText(this.#lastId);
      if (!pending.has(id)) return id;
    }
  }

  /**
   * Makes one change durable. Null: the job no longer accepts it. What can't be stored is tried again, since the
   * fact stays true; only `send` isn't, since nothing has been done yet.
   */
  async change(job: PrintJob, event: JobEvent): Promise<PrintJob | null> {
    for (;;) {
      try {
        const changed = await this.deps.change(job.id, event);
        this.deps.log("print_job", { job: job.id, ...event, accepted: changed !== null });
        // Proven, it is out whole.
        if (event.kind === "confirm" && job.id === this.halfJobId) this.halfJobId = null;
        return changed;
      } catch (error) {
        this.deps.log("print_job_not_stored", { job: job.id, ...event, error: String(error) });
        if (event.kind === "send" || this.isStopping) return null;
        await this.pause(this.timing.retryMs);
      }
    }
  }

  /** The hold as the job shows it: sets, changes or lifts it. Gives the job as it is then. */
  async showHold(job: PrintJob, cause: HoldCause | null): Promise<PrintJob> {
    this.publish(this.line.isOpen, cause);
    const by = heldBy(job.hold, cause);
    if (job.hold === by) return job;
    const event: JobEvent = by === null ? { kind: "resume" } : { kind: "hold", cause: by };
    return (await this.change(job, event)) ?? job;
  }
}

function idText(id: number): string {
  const base = idCharacters.length;
  return [base ** 3, base ** 2, base, 1]
    .map((weight) => idCharacters[Math.floor(id / weight) % base])
    .join("");
}
