/** One printer's connection: questions and answers in step, and what has been heard. Knows nothing of jobs. */
import { allWell, conditionAfter } from "../../core/printing/escpos/condition.ts";
import type { PrinterCondition } from "../../core/printing/escpos/condition.ts";
import {
  hear,
  hearSilence,
  nothingHeard,
  questionBytes,
} from "../../core/printing/escpos/status.ts";
import type { Listening, PrinterEvent, StatusQuestion } from "../../core/printing/escpos/status.ts";
import type { HoldCause } from "../../core/printing/job.ts";
import type { PrinterLineEvent } from "../../core/diagnosis/evidence.ts";
import { assert } from "../../core/rules/assert.ts";
import { PrinterOpenError } from "../../ports/printer.ts";
import type { PrinterConnection, PrinterPort, PrinterUnreachable } from "../../ports/printer.ts";
import type { World } from "../../ports/world.ts";
import { pause } from "./bell.ts";
import type { SpoolerDeps, SpoolerTiming } from "./deps.ts";

export type Answer = Extract<PrinterEvent, { readonly ticket: number }>;
/** An answer with its place among all that was heard on this line. */
export interface Heard {
  readonly answer: Answer;
  readonly sequence: number;
}

type LineTiming = Pick<SpoolerTiming, "answerMs" | "inOrderAnswerMs" | "settleMs">;
export interface LineDeps {
  readonly world: World;
  readonly port: PrinterPort;
  readonly timing: LineTiming;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** For diagnosis: what happened on this line. */
  readonly saw?: SpoolerDeps["saw"];
  /** Something was heard, or the connection ended. */
  readonly onNews: () => void;
}

const openCauses: Readonly<Record<PrinterUnreachable, HoldCause>> = {
  refused: "unreachable",
  busy: "busy",
  timeout: "unreachable",
  no_route: "unreachable",
  no_device: "unreachable",
  not_permitted: "unreachable",
};

/** `GS a`: changes of online state, errors and paper are told by themselves; not drawer and panel. */
export const automaticStatusOn = Uint8Array.of(0x1d, 0x61, 0x0e);

export class PrinterLine {
  readonly #deps: LineDeps;
  #connection: PrinterConnection | null = null;
  #closing: Promise<void> | null = null;
  /** Of the last write. */
  #written: Promise<void> = Promise.resolve();
  #generation = 0;
  #listening: Listening = nothingHeard;
  #lastTicket = 0;
  readonly #askers = new Map<number, (answer: Answer | null) => void>();
  readonly #deafTo = new Set<number>();
  #isUnsettled = false;
  #callOffSilence = (): void => undefined;

  /** Counts everything heard; says which of two things came first. */
  sequence = 0;
  condition: PrinterCondition = allWell;
  /** When and as which event the full condition was last told: by ASB, or by `status`. */
  knownAtMs = -Infinity;
  knownSequence = 0;
  /** Monotonic time of the last byte on this connection. */
  heardAtMs = -Infinity;
  hasHeard = false;
  hasAsb = false;
  hasToldPowerOff = false;
  closedBy: "ended" | "reset" | "timeout" | "us" | null = null;
  clearedCount = 0;
  /** What the printer said of itself and we understood, on this connection; of it the automatic status. */
  toldCount = 0;
  asbCount = 0;
  /** Bytes that answer nothing that we still wait for, on this connection. */
  unasked = 0;
  /** Bytes that fit no rule or no question, on this connection. */
  noise = 0;
  /** Process ids heard and not yet looked at. */
  readonly ids = new Set<string>();
  /** Answers to questions that went out with `write`, on this connection. */
  readonly answers = new Map<number, Heard>();
  cuts: { readonly value: number; readonly atMs: number; readonly ticket: number } | null = null;
  /** A `GS r` of an earlier time may still be answered and be taken for a later one's. */
  isOutOfStep = true;

  constructor(deps: LineDeps) {
    this.#deps = deps;
  }

  get isOpen(): boolean {
    return this.#connection !== null && this.closedBy === null;
  }

  get lastTicket(): number {
    return this.#lastTicket;
  }

  /** Null when it is open now, else why not. */
  async open(): Promise<HoldCause | null> {
    assert(this.#connection === null, "a printer has one connection at a time");
    this.#startAfresh();
    const generation = this.#generation;
    try {
      const connection = await this.#deps.port.open({
        bytes: (part) => {
          if (generation === this.#generation) this.#take(part);
        },
        closed: (reason) => {
          if (generation === this.#generation) this.#end(reason);
        },
      });
      this.#connection = connection;
      this.#saw("opened");
      return this.isOpen ? null : "busy";
    } catch (error) {
      if (!(error instanceof PrinterOpenError)) throw error;
      this.closedBy = "us";
      return openCauses[error.reason];
    }
  }

  /** Half-closes and waits; harmless when there is nothing to close. */
  close(): Promise<void> {
    const connection = this.#connection;
    if (connection === null) return Promise.resolve();
    if (this.closedBy === null) this.#end("us");
    this.#closing ??= connection.close().finally(() => {
      this.#connection = null;
      this.#closing = null;
    });
    return this.#closing;
  }

  /**
   * Gives bytes to the system, in the order of the calls. `questions` are those that the bytes contain; gives their
   * tickets, under which `answers` will have what the printer says. Not one byte leaves when the line isn't open.
   */
  write(bytes: Uint8Array, questions: readonly StatusQuestion[] = []): readonly number[] {
    const connection = this.#connection;
    if (connection === null || !this.isOpen) return questions.map(() => this.#newTicket());
    const asked = questions.map((question) => ({ ...question, ticket: this.#newTicket() }));
    const outstanding = [...this.#listening.outstanding, ...asked];
    this.#listening = { ...this.#listening, outstanding };
    this.#written = connection.write(bytes).catch((error: unknown) => {
      this.#deps.log("printer_write_failed", { error: String(error) });
    });
    return asked.map((one) => one.ticket);
  }

  /**
   * The same, and waits until the system has taken them, at most `ms`: a question behind so many bytes would seem to be
   * left unanswered on a slow line.
   */
  writeWhole(bytes: Uint8Array, ms: number): Promise<void> {
    this.write(bytes);
    return new Promise((resolve) => {
      const callOff = this.#deps.world.after(ms, resolve);
      void this.#written.finally(() => {
        callOff();
        resolve();
      });
    });
  }

  /** Asks and waits; null when no answer came within `ms` or the connection ended. */
  ask(question: StatusQuestion, ms: number): Promise<Answer | null> {
    if (!this.isOpen) return Promise.resolve(null);
    const [ticket = 0] = this.write(questionBytes(question), [question]);
    return new Promise((resolve) => {
      const callOff = this.#deps.world.after(ms, () => {
        this.#giveUp(ticket);
        resolve(null);
      });
      this.#askers.set(ticket, (answer) => {
        callOff();
        resolve(answer);
      });
    });
  }

  /** Asks `DLE EOT 1` and goes on; the answer changes `condition` and `heardAtMs`. */
  heartbeat(): void {
    const isRealtime = (one: { readonly kind: string }): boolean => one.kind === "realtime";
    for (const old of this.#listening.outstanding.filter(isRealtime)) this.#giveUp(old.ticket);
    this.write(questionBytes({ kind: "realtime", n: 1 }), [{ kind: "realtime", n: 1 }]);
  }

  /** Asks `DLE EOT` 1 to 4, one after the other. False: the first wasn't answered. */
  async status(): Promise<boolean> {
    for (const n of [1, 2, 3, 4] as const) {
      if (this.#deafTo.has(n)) continue;
      if (this.#isUnsettled) {
        await pause(this.#deps.world, this.#deps.timing.settleMs);
        this.#isUnsettled = false;
      }
      const answer = await this.ask({ kind: "realtime", n }, this.#deps.timing.answerMs);
      if (answer !== null) continue;
      if (n === 1 || !this.isOpen) return false;
      this.#deafTo.add(n);
      this.#deps.log("printer_knows_no_status", { n });
    }
    this.knownAtMs = this.#deps.world.monotonicMs();
    this.knownSequence = this.sequence;
    return true;
  }

  /** Whether a `GS r` of this connection is still unanswered. */
  get isInOrderOpen(): boolean {
    return this.#listening.outstanding.some((one) => one.kind === "in_order");
  }

  /**
   * Gets `GS r` into step again: asks once more, waits for the answer and then for what may follow it. Answers carry
   * no name, so only when every question was answered do the earlier answers stand. False: no answer at all.
   */
  async resync(ms: number): Promise<boolean> {
    const [ticket = 0] = this.write(questionBytes(inOrder), [inOrder]);
    const before = this.sequence;
    const untilMs = this.#deps.world.monotonicMs() + ms;
    const isAnswered = (): boolean =>
      [...this.answers.values()].some(
        (heard) => heard.sequence > before && heard.answer.kind === "in_order",
      );
    while (!isAnswered()) {
      if (!this.isOpen || this.#deps.world.monotonicMs() >= untilMs) return false;
      await pause(this.#deps.world, Math.min(20, ms));
    }
    await pause(this.#deps.world, this.#deps.timing.settleMs);
    if (!this.answers.has(ticket)) {
      for (const [one, heard] of this.answers) {
        if (heard.sequence > before && heard.answer.kind === "in_order") this.answers.delete(one);
      }
    }
    this.forgetInOrder();
    this.isOutOfStep = false;
    return true;
  }

  /** Answers to `GS r` are no longer waited for. */
  forgetInOrder(): void {
    this.#forget((one) => one.kind === "in_order");
  }

  /** The printer dropped what was in its buffer, or doesn't know the question: nothing of it will be answered. */
  forgetBuffered(): void {
    this.#forget((one) => one.kind !== "realtime");
  }

  /** Nothing of what was asked is waited for; a `GS r` among it may still be answered. */
  forgetAll(): void {
    this.isOutOfStep ||= this.isInOrderOpen;
    this.#forget(() => true);
  }

  #forget(isForgotten: (one: StatusQuestion) => boolean): void {
    const outstanding = this.#listening.outstanding.filter((one) => !isForgotten(one));
    this.#listening = { ...this.#listening, outstanding };
  }

  #newTicket(): number {
    this.#lastTicket += 1;
    return this.#lastTicket;
  }

  #startAfresh(): void {
    this.#generation += 1;
    this.isOutOfStep ||= this.isInOrderOpen;
    this.#listening = nothingHeard;
    this.#callOffSilence();
    this.#deafTo.clear();
    this.#isUnsettled = false;
    this.closedBy = null;
    this.hasHeard = false;
    this.noise = 0;
    this.unasked = 0;
    this.toldCount = 0;
    this.asbCount = 0;
    this.hasAsb = false;
    this.hasToldPowerOff = false;
    this.knownAtMs = -Infinity;
    this.heardAtMs = this.#deps.world.monotonicMs();
    this.condition = allWell;
    this.cuts = null;
    this.answers.clear();
  }

  #end(reason: "ended" | "reset" | "timeout" | "us"): void {
    if (this.closedBy !== null) return;
    this.closedBy = reason;
    this.#callOffSilence();
    if (reason !== "us") this.#saw(reason);
    for (const resolve of this.#askers.values()) resolve(null);
    this.#askers.clear();
    this.#deps.onNews();
  }

  #take(part: Uint8Array): void {
    const nowMs = this.#deps.world.monotonicMs();
    if (nowMs - this.heardAtMs > this.#deps.timing.answerMs) this.#endText();
    this.heardAtMs = nowMs;
    this.hasHeard = true;
    this.#hear(hear(this.#listening, part), nowMs);
    this.#callOffSilence();
    if (this.#listening.rest.length === 0) return;
    const { world, timing } = this.#deps;
    this.#callOffSilence = world.after(timing.answerMs, () => this.#endText());
  }

  /** Nothing more came: what was heard last stands alone. */
  #endText(): void {
    this.#hear(hearSilence(this.#listening), this.heardAtMs);
  }

  #hear({ after, events }: ReturnType<typeof hear>, nowMs: number): void {
    this.#listening = after;
    for (const event of events) this.#note(event, nowMs);
    this.#deps.onNews();
  }

  #note(event: PrinterEvent, nowMs: number): void {
    this.sequence += 1;
    this.condition = conditionAfter(this.condition, event);
    if (!isNoise(event)) this.toldCount += 1;
    switch (event.kind) {
      case "asb":
        this.hasAsb = true;
        this.asbCount += 1;
        this.knownAtMs = nowMs;
        this.knownSequence = this.sequence;
        return;
      case "process_id":
        this.ids.add(event.id);
        return;
      case "buffer_cleared":
        this.clearedCount += 1;
        return;
      case "power_off":
        this.hasToldPowerOff = true;
        this.#saw("power_off");
        return;
      case "garbage":
      case "unasked":
        if (this.noise === 0) this.#saw("noise");
        if (event.kind === "unasked") this.unasked += event.bytes;
        this.noise += event.bytes;
        this.#deps.log("printer_noise", { kind: event.kind, bytes: event.bytes, sum: this.noise });
        return;
      case "realtime":
      case "in_order":
      case "info":
      case "counter":
        this.#answer(event, nowMs);
        return;
      case "offline":
      case "flow":
        return;
    }
  }

  #saw(what: PrinterLineEvent["what"]): void {
    this.#deps.saw?.({ kind: "printer_line", what });
  }

  #answer(answer: Answer, nowMs: number): void {
    if (answer.kind === "counter") {
      this.cuts = { value: answer.value, atMs: nowMs, ticket: answer.ticket };
    }
    const asker = this.#askers.get(answer.ticket);
    this.#askers.delete(answer.ticket);
    if (asker !== undefined) asker(answer);
    else if (answer.kind !== "realtime") {
      this.answers.set(answer.ticket, { answer, sequence: this.sequence });
    }
  }

  /** Only real-time questions are forgotten; those in buffer order stay, since their answers keep the order. */
  #giveUp(ticket: number): void {
    this.#askers.delete(ticket);
    const given = this.#listening.outstanding.find((one) => one.ticket === ticket);
    if (given?.kind !== "realtime") return;
    this.#isUnsettled = true;
    const outstanding = this.#listening.outstanding.filter((one) => one.ticket !== ticket);
    this.#listening = { ...this.#listening, outstanding };
  }
}

const inOrder: StatusQuestion = { kind: "in_order", n: 1 };

const isNoise = ({ kind }: PrinterEvent): boolean =>
  kind === "garbage" || kind === "unasked" || kind === "flow";
