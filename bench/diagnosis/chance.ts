/** What is drawn for one case: the same seed draws the same. */
import { seeded } from "../../src/sandbox/servers/wire/rules.ts";

export class Chance {
  readonly #draw: () => number;

  constructor(seed: number) {
    this.#draw = seeded(seed * 2_654_435_761);
    this.#draw();
  }

  /** A whole number in [from, to]. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.#draw() * (to - from + 1));
  }

  yes(share: number): boolean {
    return this.#draw() < share;
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.whole(0, list.length - 1)];
    if (one === undefined) throw new Error("nothing to pick from");
    return one;
  }

  /** 1.00 to 19.99 yuan: no wallet of the sandbox is too poor for it, and nothing is provoked by it. */
  amount(): string {
    return (this.whole(100, 1_999) / 100).toFixed(2);
  }
}
