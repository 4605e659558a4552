/** Pairing: asks a printer what it can do. Nothing else may use the printer meanwhile. */
import { holdCauseOf } from "../../core/printing/escpos/condition.ts";
import {
  clearBuffersRequest,
  knowsProcessId,
  processIdRequest,
  profileFrom,
} from "../../core/printing/escpos/probe.ts";
import type { ProbeAnswers } from "../../core/printing/escpos/probe.ts";
import type { HoldCause } from "../../core/printing/job.ts";
import type { PrinterProfile } from "../../core/printing/profile.ts";
import type { PrinterPort } from "../../ports/printer.ts";
import type { World } from "../../ports/world.ts";
import { Bell } from "./bell.ts";
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

export type ProbeResult =
  /** No connection, or it answers that it can't print: questions in buffer order would stay unanswered. */
  | { readonly kind: "not_ready"; readonly cause: HoldCause }
  | {
      readonly kind: "probed";
      readonly profile: PrinterProfile;
      readonly answers: ProbeAnswers;
      /** False: `GS ( H` and `DLE DC4 8` were not asked, for want of a known model or of consent. */
      readonly askedAll: boolean;
    };

/** Takes a few seconds: what is not supported is known by silence. The connection is closed at the end. */
export async function probePrinter(deps: ProbeDeps): Promise<ProbeResult> {
  const bell = new Bell(deps.world);
  const line = new PrinterLine({ ...deps, onNews: () => bell.ring() });
  try {
    const cause = await line.open();
    if (cause !== null) return { kind: "not_ready", cause };
    return await new Probe(deps, line, bell).run();
  } finally {
    await line.close();
  }
}

class Probe {
  readonly #deps: ProbeDeps;
  readonly #line: PrinterLine;
  readonly #bell: Bell;

  constructor(deps: ProbeDeps, line: PrinterLine, bell: Bell) {
    this.#deps = deps;
    this.#line = line;
    this.#bell = bell;
  }

  async run(): Promise<ProbeResult> {
    const line = this.#line;
    const realtime = await line.status();
    const cause = holdCauseOf(line.condition);
    if (cause !== null) return { kind: "not_ready", cause };
    const inOrder = await this.#isAnsweredInOrder();
    const maker = await this.#info(66);
    const model = await this.#info(67);
    const firmware = await this.#info(65);
    const cutCounter = await this.#hasCutCounter();
    const automatic = await this.#told(automaticStatusOn, () => line.hasAsb);
    const askedAll = this.#deps.mayPrintStray || knowsProcessId(maker, model);
    const processId =
      askedAll && (await this.#told(processIdRequest(probeId), () => line.ids.has(probeId)));
    const bufferClear =
      askedAll && (await this.#told(clearBuffersRequest, () => line.clearedCount > 0));
    if (!line.isOpen) return { kind: "not_ready", cause: line.hasHeard ? "unreachable" : "busy" };
    const answers: ProbeAnswers = {
      maker,
      model,
      firmware,
      realtime,
      automatic,
      inOrder,
      cutCounter,
      processId,
      bufferClear,
    };
    return { kind: "probed", answers, askedAll, profile: profileFrom(this.#deps.base, answers) };
  }

  async #isAnsweredInOrder(): Promise<boolean> {
    const { inOrderAnswerMs } = this.#deps.timing;
    const answer = await this.#line.ask({ kind: "in_order", n: 1 }, inOrderAnswerMs);
    this.#line.forgetBuffered();
    return answer !== null;
  }

  async #info(n: 65 | 66 | 67): Promise<string | null> {
    const answer = await this.#line.ask({ kind: "info", n }, this.#deps.timing.answerMs);
    this.#line.forgetBuffered();
    return answer?.kind === "info" && answer.text.trim() !== "" ? answer.text.trim() : null;
  }

  async #hasCutCounter(): Promise<boolean> {
    const question = { kind: "counter", n: 50 } as const;
    const answer = await this.#line.ask(question, this.#deps.timing.answerMs);
    this.#line.forgetBuffered();
    return answer?.kind === "counter";
  }

  /** Sends, and waits until the printer has told it. */
  async #told(bytes: Uint8Array, fact: () => boolean): Promise<boolean> {
    const { world, timing } = this.#deps;
    const untilMs = world.monotonicMs() + timing.inOrderAnswerMs;
    this.#line.write(bytes);
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
