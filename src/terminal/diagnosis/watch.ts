/** Runs the probes: each at its own pace, one look at a time, faster while something is wrong. */
import type { Evidence } from "../../core/diagnosis/evidence.ts";
import type { Log } from "../../ports/log.ts";
import type { Probe } from "../../ports/probe.ts";
import type { World } from "../../ports/world.ts";

export interface WatchDeps {
  readonly world: World;
  readonly log: Log;
  readonly take: (evidence: readonly Evidence[]) => void;
}

interface Watched {
  readonly probe: Probe;
  looking: boolean;
  lookedAtMs: number;
  callOff: () => void;
}

/** After an answer that didn't come: so long everybody looks often, to see what is behind it or that it is over. */
const doubtMs = 15_000;

/** A look that takes longer counts as none, and the next one may begin. */
const lookMsMax = 10_000;

export class Watch {
  readonly #deps: WatchDeps;
  readonly #watched: Watched[] = [];
  #isInTrouble = false;
  #doubtUntilMs = -Infinity;
  /** What has ever answered: only its silence is news. */
  readonly #answered = new Set<string>();
  #stopped = false;

  constructor(deps: WatchDeps) {
    this.#deps = deps;
  }

  add(probe: Probe): void {
    const watched: Watched = { probe, looking: false, lookedAtMs: -Infinity, callOff: () => {} };
    this.#watched.push(watched);
    this.#look(watched);
  }

  /** Trouble begins: everybody looks now, and then more often. */
  setTrouble(isInTrouble: boolean): void {
    if (isInTrouble === this.#isInTrouble) return;
    this.#isInTrouble = isInTrouble;
    for (const one of this.#watched) this.#plan(one);
  }

  #saw(evidence: readonly Evidence[]): void {
    const nowMs = this.#deps.world.monotonicMs();
    const wasInDoubt = nowMs < this.#doubtUntilMs;
    for (const { fact } of evidence) {
      if (fact.kind !== "reach") continue;
      const name = `${fact.target} ${fact.path}`;
      if (fact.failure === null) this.#answered.add(name);
      else if (this.#answered.has(name)) this.#doubtUntilMs = nowMs + doubtMs;
    }
    if (wasInDoubt || nowMs >= this.#doubtUntilMs) return;
    for (const one of this.#watched) this.#plan(one);
  }

  stop(): void {
    this.#stopped = true;
    for (const one of this.#watched) one.callOff();
  }

  #plan(one: Watched): void {
    one.callOff();
    if (this.#stopped) return;
    const isInDoubt = this.#deps.world.monotonicMs() < this.#doubtUntilMs;
    const everyMs = this.#isInTrouble || isInDoubt ? one.probe.everyMsInTrouble : one.probe.everyMs;
    const waitMs = Math.max(0, one.lookedAtMs + everyMs - this.#deps.world.monotonicMs());
    one.callOff = this.#deps.world.after(waitMs, () => this.#look(one));
  }

  #look(one: Watched): void {
    const { world, take, log } = this.#deps;
    if (this.#stopped || one.looking) return;
    one.looking = true;
    one.lookedAtMs = world.monotonicMs();
    const done = (): void => {
      if (!one.looking) return;
      giveUp();
      one.looking = false;
      this.#plan(one);
    };
    const giveUp = world.after(lookMsMax, () => {
      log("warn", "probe_too_slow", { probe: one.probe.name });
      done();
    });
    one.probe
      .look()
      .then((evidence) => {
        take(evidence);
        this.#saw(evidence);
      })
      .catch((error: unknown) =>
        log("error", "probe_failed", { probe: one.probe.name, error: String(error) }),
      )
      .finally(done);
  }
}
