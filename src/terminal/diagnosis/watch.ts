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

/** A look that takes longer counts as none, and the next one may begin. */
const lookMsMax = 10_000;

export class Watch {
  readonly #deps: WatchDeps;
  readonly #watched: Watched[] = [];
  #isInTrouble = false;
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

  stop(): void {
    this.#stopped = true;
    for (const one of this.#watched) one.callOff();
  }

  #plan(one: Watched): void {
    one.callOff();
    if (this.#stopped) return;
    const everyMs = this.#isInTrouble ? one.probe.everyMsInTrouble : one.probe.everyMs;
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
      .then(take)
      .catch((error: unknown) =>
        log("error", "probe_failed", { probe: one.probe.name, error: String(error) }),
      )
      .finally(done);
  }
}
