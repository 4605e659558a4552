/**
 * Pairing from within the spooler: until a printer has answered once, each look asks it what it can do, so that one which
 * another computer held at first contact is known as soon as it is free.
 */
import { answersInOrder, type ProbeAnswers } from "../../core/printing/escpos/probe.ts";
import type { HoldCause } from "../../core/printing/job.ts";
import type { Desk } from "./desk.ts";
import { Probe } from "./probe.ts";

export class Pairer {
  readonly #desk: Desk;
  #askedAtMs = -Infinity;
  /** Since when it has answered at once, and nothing in the order of its buffer. */
  #onlyAtOnceSinceMs: number | null = null;

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
    if (!isAlive) return isMuteByWord && line.isOpen ? null : "silent";
    const result = await probe.run();
    if (result.kind === "not_ready") return line.isOpen ? result.cause : "silent";
    // Half an answer isn't kept, and asked again: papers go by the careful profile meanwhile, and only with its proofs.
    if (result.kind === "probed" && this.#isBelieved(result.answers)) await pairing.keep(result);
    return null;
  }

  #isBelieved(answers: ProbeAnswers): boolean {
    const nowMs = this.#desk.nowMs();
    this.#onlyAtOnceSinceMs = answersInOrder(answers) ? null : (this.#onlyAtOnceSinceMs ?? nowMs);
    const sinceMs = this.#onlyAtOnceSinceMs;
    return sinceMs === null || nowMs - sinceMs >= this.#desk.timing.onlyAtOnceMs;
  }
}
