import { hash } from "node:crypto";
import type { World } from "../../ports/world.ts";

export interface ManualWorld extends World {
  /**
   * Lets `ms` pass: calls every timer that falls due on the way, at its own time and in order, and lets all that
   * was set off by one (promises, ticks) run to its end before the next. Timers set on the way count too.
   */
  advance(ms: number): Promise<void>;
  /** Moves the wall clock alone, as a person or NTP does; timers don't notice. */
  jumpClock(ms: number): void;
  /** How many timers wait. */
  readonly waiting: number;
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly call: () => void;
}

/** Mulberry32: 32 bits of state are plenty for a test, and a seed always gives the same row of numbers. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** setImmediate fires only when no promise and no tick is left to run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A world for tests: time stands still until it is moved, and chance and ids follow from the seed.
 * `startMs` is the wall clock at the start in epoch ms; the monotonic clock starts at 0. Ids are id-1, id-2, …
 */
export function manualWorld(
  { startMs = Date.UTC(2026, 10, 2, 1), seed = 1 } = {} as { startMs?: number; seed?: number },
): ManualWorld {
  const random = seeded(seed);
  const timers = new Set<Timer>();
  let passedMs = 0;
  let jumpedMs = 0;
  let ids = 0;
  let order = 0;
  const nextBy = (limitMs: number): Timer | undefined =>
    [...timers]
      .filter((timer) => timer.atMs <= limitMs)
      .toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
  return {
    nowMs: () => startMs + Math.floor(passedMs) + jumpedMs,
    monotonicMs: () => passedMs,
    random,
    newId: () => `id-${(ids += 1)}`,
    newToken: () => hash("sha256", `${seed} ${random()} ${(ids += 1)}`, "base64url").slice(0, 32),
    sha256: (text) => hash("sha256", text, "hex"),
    after(ms, call) {
      const timer = { atMs: passedMs + Math.max(0, ms), order: (order += 1), call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const untilMs = passedMs + ms;
      await settle();
      for (let timer = nextBy(untilMs); timer !== undefined; timer = nextBy(untilMs)) {
        timers.delete(timer);
        passedMs = Math.max(passedMs, timer.atMs);
        timer.call();
        await settle();
      }
      passedMs = untilMs;
    },
    jumpClock: (ms) => void (jumpedMs += ms),
    get waiting() {
      return timers.size;
    },
  };
}
