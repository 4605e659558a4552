/** Chance from a seed, one stream a part: one more draw of a cashier doesn't move the next disaster. */

export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number; both ends are inside. */
  between(from: number, to: number): number;
  /** True so many times in a hundred. */
  percent(share: number): boolean;
  pick<T>(all: readonly T[]): T;
  /** Picks by weight. */
  draw<T extends { readonly weight: number }>(all: readonly T[]): T;
  fork(name: string): Chance;
}

export function chanceOf(seed: number): Chance {
  const next = mulberry(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    percent: (share) => next() * 100 < share,
    pick,
    draw: (all) => {
      let left = next() * all.reduce((sum, one) => sum + one.weight, 0);
      return all.find((one) => (left -= one.weight) < 0) ?? pick(all);
    },
    fork: (name) => chanceOf(name.split("").reduce(hashStep, seed)),
  };
}

const hashStep = (sum: number, letter: string): number =>
  (Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01_00_01_93) + 0x9e_37_79_b9) >>> 0;

/** mulberry32, public domain. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
