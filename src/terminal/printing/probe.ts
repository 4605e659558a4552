/**
 * Pairing: asks a printer what it can do. Nothing else may use the printer meanwhile. Silence alone is never an answer:
 * another computer may hold the line. A "no" is a question left out between two that were answered.
 */
import { holdCauseOf } from "../../core/printing/escpos/condition.ts";
import {
  clearBuffersRequest,
  knowsProcessId,
  processIdRequest,
  profileFrom,
} from "../../core/printing/escpos/probe.ts";
import type { ProbeAnswers } from "../../core/printing/escpos/probe.ts";
import { questionBytes } from "../../core/printing/escpos/status.ts";
import type { StatusQuestion } from "../../core/printing/escpos/status.ts";
import type { HoldCause } from "../../core/printing/job.ts";
import type { PrinterProfile } from "../../core/printing/profile.ts";
import type { PrinterPort } from "../../ports/printer.ts";
import type { World } from "../../ports/world.ts";
import { Bell, pause } from "./bell.ts";
import type { SpoolerTiming } from "./deps.ts";
import { PrinterLine, automaticStatusOn } from "./line.ts";

export interface ProbeDeps {
  readonly world: World;
  readonly port: PrinterPort;
  /** What can't be asked: paper, columns, fonts. */
  readonly base: PrinterProfile;
  /** A person agreed that an unknown printer may print a few stray characters ("00PRB1"). */
  readonly mayPrintStray: boolean;
  readonly timing: Pick<SpoolerTiming, "answerMs" | "inOrderAnswerMs" | "settleMs">;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

export interface Probed {
  readonly kind: "probed";
  readonly profile: PrinterProfile;
  readonly answers: ProbeAnswers;
  /** False: `GS ( H` and `DLE DC4 8` were not asked, for want of a known model or of consent. */
  readonly askedAll: boolean;
}

export type ProbeResult =
  /** No connection, or it answers that it can't print: questions in buffer order would stay unanswered. */
  | { readonly kind: "not_ready"; readonly cause: HoldCause }
  /** It answers, and fell silent or out of step in between: nothing of it is worth keeping. */
  | { readonly kind: "unclear" }
  | Probed;

/** Takes a few seconds: what is not supported is known by silence. The connection is closed at the end. */
export async function probePrinter(deps: ProbeDeps): Promise<ProbeResult> {
  const bell = new Bell(deps.world);
  const line = new PrinterLine({ ...deps, onNews: () => bell.ring() });
  try {
    const cause = await line.open();
    if (cause !== null) return { kind: "not_ready", cause };
    const probe = new Probe(deps, line, bell);
    if (await probe.hasLife(deps.timing.inOrderAnswerMs)) return await probe.run();
    return { kind: "not_ready", cause: silenceCause(line) };
  } finally {
    await line.close();
  }
}

/** Why a printer that was asked said nothing to the point. */
export function silenceCause(line: PrinterLine): HoldCause {
  if (line.noise > 0) return "garbage";
  if (line.isOpen) return "no_answer";
  // Taken and let go without a word: the printer talks to somebody else.
  return line.hasHeard ? "unreachable" : "busy";
}

type Control = "in_order" | "realtime" | "automatic";

export class Probe {
  readonly #deps: Omit<ProbeDeps, "port">;
  readonly #line: PrinterLine;
  readonly #bell: Bell;
  /** The best question that it has answered on this line; what it leaves out between two of these it doesn't know. */
  #control: Control = "automatic";
  #isUnclear = false;

  constructor(deps: Omit<ProbeDeps, "port">, line: PrinterLine, bell: Bell) {
    this.#deps = deps;
    this.#line = line;
    this.#bell = bell;
  }

  /**
   * Whether it answers anything within `ms`. Asked with three questions at once that print nothing on any printer, so
   * that one that never answers can be asked often.
   */
  async hasLife(ms: number): Promise<boolean> {
    const { world, timing } = this.#deps;
    const line = this.#line;
    const before = line.toldCount;
    const hasTold = (): boolean => line.toldCount > before;
    for (const one of [statusQuestion, paperQuestion]) line.write(questionBytes(one), [one]);
    line.write(automaticStatusOn);
    await this.#until(hasTold, ms);
    // What else it has to say comes before the next question, so that no answer is taken for another's.
    if (hasTold()) await pause(world, timing.settleMs);
    line.forgetAll();
    return hasTold() && line.isOpen;
  }

  /** After a sign of life. A printer that can't print now is asked no more: what waits in its buffer isn't answered. */
  async run(): Promise<ProbeResult> {
    const line = this.#line;
    let realtime = await line.status();
    const cause = holdCauseOf(line.condition);
    if (cause !== null && line.isOpen) return { kind: "not_ready", cause };
    if (realtime) this.#control = "realtime";
    const inOrder = await this.#asked("inOrderAnswerMs", (ms) =>
      this.#isAnswered(paperQuestion, ms),
    );
    if (inOrder) this.#control = "in_order";
    realtime ||= await this.#asked("answerMs", () => line.status());
    const maker = await this.#info(66);
    const model = await this.#info(67);
    const firmware = await this.#info(65);
    // What a stranger may print is put to it once, not twice.
    const isKnown = knowsProcessId(maker, model);
    const times = isKnown ? "twice" : "once";
    const cutCounter = await this.#asked(
      "answerMs",
      (ms) => this.#isAnswered(cutsQuestion, ms),
      times,
    );
    const automatic = await this.#asked("inOrderAnswerMs", (ms) =>
      this.#told(automaticStatusOn, () => line.hasAsb, ms),
    );
    const askedAll = this.#deps.mayPrintStray || isKnown;
    const processId =
      askedAll &&
      (await this.#asked(
        "inOrderAnswerMs",
        (ms) => this.#told(processIdRequest(probeId), () => line.ids.delete(probeId), ms),
        times,
      ));
    const cleared = line.clearedCount;
    const bufferClear =
      askedAll &&
      (await this.#asked("inOrderAnswerMs", (ms) =>
        this.#told(clearBuffersRequest, () => line.clearedCount > cleared, ms),
      ));
    if (!line.isOpen) return { kind: "not_ready", cause: silenceCause(line) };
    if (this.#isUnclear) return { kind: "unclear" };
    const known = { maker, model, firmware, realtime, automatic, inOrder, cutCounter };
    const answers: ProbeAnswers = { ...known, processId, bufferClear };
    return { kind: "probed", answers, askedAll, profile: profileFrom(this.#deps.base, answers) };
  }

  /**
   * One ability. A question left out is put once more, since it may have been lost while somebody else had the printer;
   * for that a short while will do. Once it is unclear what was heard, nothing more is asked.
   */
  async #asked(
    patience: "answerMs" | "inOrderAnswerMs",
    question: (ms: number) => Promise<boolean>,
    times: "once" | "twice" = "twice",
  ): Promise<boolean> {
    const { timing } = this.#deps;
    for (const ms of [timing[patience], timing.settleMs].slice(0, times === "once" ? 1 : 2)) {
      if (this.#isUnclear || !this.#line.isOpen) return false;
      const { unasked } = this.#line;
      if (await question(ms)) return true;
      await this.#checkNo(unasked);
    }
    return false;
  }

  /** The question before was answered. With the next answered too, and nothing late between them, this is a "no". */
  async #checkNo(unaskedBefore: number): Promise<void> {
    if (!this.#line.isOpen) return;
    const isThere = await this.#isThere();
    this.#isUnclear = !isThere || this.#line.unasked > unaskedBefore;
    if (this.#isUnclear) this.#deps.log("printer_probe_unclear", { isThere });
  }

  #isThere(): Promise<boolean> {
    const line = this.#line;
    switch (this.#control) {
      case "in_order":
        return this.#isAnswered(paperQuestion, this.#deps.timing.inOrderAnswerMs);
      case "realtime":
        return line.status();
      case "automatic": {
        const before = line.asbCount;
        return this.#told(
          automaticStatusOn,
          () => line.asbCount > before,
          this.#deps.timing.inOrderAnswerMs,
        );
      }
    }
  }

  async #isAnswered(question: StatusQuestion, ms: number): Promise<boolean> {
    const answer = await this.#line.ask(question, ms);
    // Answered late, it must not prove the next paper.
    this.#line.forgetAll();
    return answer !== null;
  }

  async #info(n: 65 | 66 | 67): Promise<string | null> {
    let text = "";
    await this.#asked("answerMs", async (ms) => {
      const answer = await this.#line.ask({ kind: "info", n }, ms);
      this.#line.forgetBuffered();
      if (answer?.kind === "info") text = answer.text.trim();
      return answer !== null;
    });
    return text === "" ? null : text;
  }

  /** Sends, and waits until the printer has told it. */
  #told(bytes: Uint8Array, fact: () => boolean, ms: number): Promise<boolean> {
    this.#line.write(bytes);
    return this.#until(fact, ms);
  }

  async #until(fact: () => boolean, ms: number): Promise<boolean> {
    const { world } = this.#deps;
    const untilMs = world.monotonicMs() + ms;
    for (;;) {
      this.#bell.clear();
      if (fact()) return true;
      const waitMs = untilMs - world.monotonicMs();
      if (waitMs <= 0 || !this.#line.isOpen) return false;
      await this.#bell.wait(waitMs);
    }
  }
}

const probeId = "PRB1";
const statusQuestion: StatusQuestion = { kind: "realtime", n: 1 };
const paperQuestion: StatusQuestion = { kind: "in_order", n: 1 };
const cutsQuestion: StatusQuestion = { kind: "counter", n: 50 };
