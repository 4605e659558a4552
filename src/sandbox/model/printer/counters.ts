/**
 * The maintenance counters of `GS g 2`. Those below 128 can be put back to 0 by `GS g 0`, those above count over
 * the printer's life. They outlive a power loss. Numbers as in the manuals of Epson TM-T81, Citizen CT-S2000, HCC POS80B.
 */
export interface Totals {
  readonly lines: number;
  readonly cuts: number;
}

type Name = "lines" | "head" | "cuts" | "hours";

const COUNTERS: Readonly<Record<number, Name>> = {
  20: "lines",
  21: "head",
  50: "cuts",
  70: "hours",
  148: "lines",
  149: "head",
  178: "cuts",
  198: "hours",
};

export class Counters {
  #totals: Record<Name, number>;
  #resetAt = new Map<number, number>();

  constructor(totals: Totals) {
    this.#totals = { lines: totals.lines, head: totals.lines, cuts: totals.cuts, hours: 0 };
  }

  get totals(): Totals {
    return { lines: this.#totals.lines, cuts: this.#totals.cuts };
  }

  add(name: Name, count: number): void {
    this.#totals[name] += count;
  }

  /** Null for a number that this printer doesn't count. */
  value(number: number): number | null {
    const name = COUNTERS[number];
    return name === undefined ? null : this.#totals[name] - (this.#resetAt.get(number) ?? 0);
  }

  reset(number: number): void {
    const name = COUNTERS[number];
    if (name !== undefined && number < 128) this.#resetAt.set(number, this.#totals[name]);
  }
}
