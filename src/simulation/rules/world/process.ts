/**
 * One process: it may die around any decision, and what it hadn't made durable is gone. A decision is durable in one
 * step; before it, after it and between its effects there is a place to die.
 */
import type { Chance } from "../../world/chance.ts";

/** How many decisions a trap that was set waits at most. */
const stepsMax = 6;

export class Process {
  isUp = false;
  /** Goes up with each start: an answer to an earlier life finds nobody. */
  life = 0;
  /** Of its wall clock, against true time; ms. */
  clockOffMs = 0;
  #onDeath: () => void = () => {};
  readonly #chance: Chance;
  /** Decisions left until it dies; negative: no trap is set. */
  #stepsLeft = -1;
  #side = 0;
  /** This decision is its last. */
  #isDoomed = false;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /**
   * Whoever starts it again. A method, since V8 puts a function that is assigned to a property into its old space, and
   * with it all that it holds: the whole shop would outlive its seed, and be copied twice.
   */
  whenDead(call: () => void): void {
    this.#onDeath = call;
  }

  start(): void {
    this.isUp = true;
    this.life += 1;
    this.disarm();
  }

  /** Since that life began it neither died nor started anew. */
  isStill(life: number): boolean {
    return this.isUp && this.life === life;
  }

  /** For whatever comes back later: in another life it finds nobody. */
  inThisLife<Given extends readonly unknown[]>(
    call: (...given: Given) => void,
  ): (...given: Given) => void {
    const { life } = this;
    return (...given) => {
      if (this.isStill(life)) call(...given);
    };
  }

  /** It will die at one of its next decisions. */
  setTrap(): void {
    if (!this.isUp) return;
    this.#stepsLeft = this.#chance.whole(0, stepsMax);
    this.#side = this.#chance.whole(0, 2);
  }

  disarm(): void {
    this.#stepsLeft = -1;
    this.#isDoomed = false;
  }

  /** To be asked before a decision becomes durable. True: it died, and nothing of it is. */
  diesBefore(): boolean {
    if (this.#stepsLeft < 0) return false;
    if (this.#stepsLeft > 0) {
      this.#stepsLeft -= 1;
      return false;
    }
    this.#isDoomed = true;
    return this.#side === 0 && this.#die();
  }

  /** After it: durable, and no effect has left. */
  diesAfter(): boolean {
    return this.#isDoomed && this.#side <= 1 && this.#die();
  }

  /** After the first effect has left. */
  diesBetween(): boolean {
    return this.#isDoomed && this.#die();
  }

  #die(): true {
    this.isUp = false;
    this.disarm();
    this.#onDeath();
    return true;
  }
}
