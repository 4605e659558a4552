/**
 * Pairing from within the spooler: until a printer has answered once, each look asks it what it can do, so that one which
 * another computer held at first contact is known as soon as it is free.
 */
import { holdCauseOf } from "../../core/printing/escpos/condition.ts";
import { answersInOrder, type ProbeAnswers } from "../../core/printing/escpos/probe.ts";
import type { HoldCause } from "../../core/printing/job.ts";
import type { Desk } from "./desk.ts";
import { Probe } from "./probe.ts";
import type { Verdict } from "./send.ts";

const unprovenMax = 2;

export class Pairer {
  readonly #desk: Desk;
  #askedAtMs = -Infinity;
  /** Since when it has answered at once, and nothing in the order of its buffer. */
  #onlyAtOnceSinceMs: number | null = null;
  /** Papers in a row whose proof never came from a printer that was well. */
  #unproven = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** On an open line. Null: papers may go by what the profile says. "silent": it said nothing, and no person spoke for it. */
  async pair(): Promise<HoldCause | "silent" | null> {
    const { deps, line, timing, world, bell } = this.#desk;
    const { pairing, log } = deps;
    if (pairing === undefined || !pairing.isDue()) return null;
    const { isMuteByWord } = pairing;
    // Between two idle looks no paper waits for a printer that a person called mute.
    const isRecent = this.#desk.nowMs() - this.#askedAtMs < timing.idlePollMs;
    if (isMuteByWord && isRecent) return null;
    // What is asked here must not prove a paper whose marker is still awaited.
    line.forgetAll();
    const base = pairing.base();
    const probe = new Probe({ world, base, mayPrintStray: false, timing, log }, line, bell);
    const isAlive = await probe.hasLife(isMuteByWord ? timing.answerMs : timing.inOrderAnswerMs);
    this.#askedAtMs = this.#desk.nowMs();
    if (!isAlive) this.lost();
    if (!isAlive) return isMuteByWord && line.isOpen ? null : "silent";
    const result = await probe.run();
    if (result.kind === "not_ready") return line.isOpen ? result.cause : "silent";
    // Half an answer isn't kept, and asked again: papers go by the careful profile meanwhile, and only with its proofs.
    if (result.kind === "probed" && this.#isBelieved(result.answers)) await pairing.keep(result);
    return null;
  }

  /**
   * Another model in its place doesn't know the old one's questions: the papers come out and none is proven. After two of
   * them, with the printer well all the time, it is asked anew what it can do.
   */
  async judge(verdict: Verdict): Promise<void> {
    const { deps, line } = this.#desk;
    if (verdict.kind === "proven") this.#unproven = 0;
    if (verdict.kind !== "doubt" || verdict.cause !== "no_proof_in_time") return;
    const isWell = line.isOpen && line.toldCount > 0 && holdCauseOf(line.condition) === null;
    this.#unproven = isWell ? this.#unproven + 1 : 0;
    if (this.#unproven < unprovenMax || deps.pairing === undefined || deps.pairing.isDue()) return;
    await deps.pairing.forget();
    deps.log("printer_pairing_forgotten", { unproven: this.#unproven });
    this.#unproven = 0;
  }

  /** It wasn't there: what stood before our questions until then says nothing of what may stand there next. */
  lost(): void {
    this.#onlyAtOnceSinceMs = null;
  }

  #isBelieved(answers: ProbeAnswers): boolean {
    const nowMs = this.#desk.nowMs();
    this.#onlyAtOnceSinceMs = answersInOrder(answers) ? null : (this.#onlyAtOnceSinceMs ?? nowMs);
    const sinceMs = this.#onlyAtOnceSinceMs;
    return sinceMs === null || nowMs - sinceMs >= this.#desk.timing.onlyAtOnceMs;
  }
}
