/**
 * A computer that runs one process: its clock may be wrong, and the process may die at any moment. Whatever a dead
 * process still had in mind never happens; what runs again is a new process with nothing but its disks.
 */
import type { World } from "../../ports/world.ts";
import type { Chance } from "./chance.ts";
import { quickHash } from "./hash.ts";
import type { Timeline } from "./timeline.ts";

/** Wall clock at the start of every simulation: 2 November 2026, 09:00 in China. */
export const startMs = 1_793_581_200_000;

/** A death that waits: after so many more steps to the outside, just before or just after the step. */
interface Trap {
  stepsLeft: number;
  readonly side: "before" | "after";
}

/** One life of the process: from a start to the next death. */
export interface Life {
  readonly alive: boolean;
  readonly world: World;
  /** To be called around everything that leaves the process. True: it died here, and the step isn't taken (or answered). */
  diesBefore(): boolean;
  diesAfter(): boolean;
}

export class Machine {
  readonly name: string;
  readonly time: Timeline;
  readonly #chance: Chance;
  /** Of the wall clock, against true time. */
  clockOffMs = 0;
  /** Called when the process died, by a trap or from outside. */
  onDeath: () => void = () => {};
  #lives = 0;
  #isUp = false;
  #trap: Trap | null = null;
  #ids = 0;

  constructor(name: string, time: Timeline, chance: Chance) {
    this.name = name;
    this.time = time;
    this.#chance = chance;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  boot(): Life {
    this.#lives += 1;
    this.#isUp = true;
    const born = this.#lives;
    const isAlive = (): boolean => this.#isUp && this.#lives === born;
    const dies = (side: Trap["side"]): boolean => !isAlive() || this.#falls(side);
    return {
      get alive() {
        return isAlive();
      },
      world: this.#world(isAlive),
      diesBefore: () => dies("before"),
      diesAfter: () => dies("after"),
    };
  }

  kill(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#trap = null;
    this.onDeath();
  }

  /** The process dies by itself at one of its next steps to the outside. */
  setTrap(stepsLeft: number, side: Trap["side"]): void {
    this.#trap = { stepsLeft, side };
  }

  disarm(): void {
    this.#trap = null;
  }

  #falls(side: Trap["side"]): boolean {
    const trap = this.#trap;
    if (trap === null || trap.side !== side) return false;
    trap.stepsLeft -= 1;
    if (trap.stepsLeft > 0) return false;
    this.kill();
    return true;
  }

  #world(isAlive: () => boolean): World {
    const { time } = this;
    return {
      nowMs: () => startMs + time.nowMs + this.clockOffMs,
      monotonicMs: () => time.nowMs,
      random: () => this.#chance.next(),
      newId: () => `${this.name}.${(this.#ids += 1)}`,
      newToken: () => `${this.name}_${this.#chance.digits(24)}`,
      sha256: quickHash,
      after: (ms, call) =>
        time.after(ms, () => {
          if (isAlive()) call();
        }),
    };
  }
}

/** What a dead process waits for. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});
