import type { World } from "../../ports/world.ts";

const waitMaxMs = 60_000;

/**
 * Wakes the one who waits. A ring between two waits isn't lost: the next wait then ends at once. Whoever waits
 * clears the bell first, then looks at the facts, then waits.
 */
export class Bell {
  readonly #world: World;
  #hasRung = false;
  #wake: (() => void) | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  clear(): void {
    this.#hasRung = false;
  }

  /** Until it rings, at most `ms`, and never longer than a minute. */
  wait(ms: number): Promise<void> {
    if (this.#hasRung || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        callOff();
        this.#wake = null;
        resolve();
      };
      const callOff = this.#world.after(Math.min(ms, waitMaxMs), done);
      this.#wake = done;
    });
  }
}

/** Until `ms` have passed, whatever happens. */
export const pause = (world: World, ms: number): Promise<void> =>
  new Promise((resolve) => {
    world.after(ms, resolve);
  });
