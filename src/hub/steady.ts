/**
 * The hub's own clock. Proofs and due times are spans of it, so it must not jump while one is being measured: it starts
 * at the wall clock, goes by the monotonic one, and where the two have parted it leans towards the wall clock without
 * ever stepping. While no proof is being measured it may be set, and what waits is moved along with it (spans.ts).
 */
import type { Log } from "../ports/log.ts";
import type { World } from "../ports/world.ts";

/** At most this share of the time that passes; the margin of a proof (30 s of 120) covers it. */
const leaning = 0.05;
const differenceMsMax = 5_000;

/** Where the clock stood when it was read last. */
export interface Steady {
  readonly atMs: number;
  readonly monotonicMs: number;
}

export interface Reading {
  readonly clock: Steady;
  /** How far the wall clock was ahead of it. */
  readonly differenceMs: number;
  readonly isSet: boolean;
}

export function readSteady(
  last: Steady,
  { wallMs, monotonicMs }: { readonly wallMs: number; readonly monotonicMs: number },
  maySet: boolean,
): Reading {
  const passedMs = monotonicMs - last.monotonicMs;
  const goneMs = last.atMs + passedMs;
  const differenceMs = wallMs - goneMs;
  const isSet = maySet && Math.abs(differenceMs) > differenceMsMax;
  const leanMs = Math.sign(differenceMs) * Math.min(Math.abs(differenceMs), passedMs * leaning);
  return { clock: { atMs: isSet ? wallMs : goneMs + leanMs, monotonicMs }, differenceMs, isSet };
}

export interface SteadyWorld extends World {
  /** For records, for people and for the provider; nothing is measured by it. */
  wallMs(): number;
  /**
   * Sets the clock where it has parted from the wall clock, and says by how much: 0 where it hasn't. Only while no proof
   * is being measured by it.
   */
  set(): number;
}

/** The same world with a `nowMs` that never goes back and never leaps, whatever happens to the wall clock. */
export function steadyWorld(world: World, log: Log): SteadyWorld {
  let clock: Steady = { atMs: world.nowMs(), monotonicMs: world.monotonicMs() };
  let told = false;
  const tell = (differenceMs: number): void => {
    const differs = Math.abs(differenceMs) > differenceMsMax;
    if (differs && !told) log("warn", "clock_jumped", { byMs: Math.round(differenceMs) });
    told = differs;
  };
  const read = (maySet: boolean): Reading => {
    const seen = { wallMs: world.nowMs(), monotonicMs: world.monotonicMs() };
    const reading = readSteady(clock, seen, maySet);
    ({ clock } = reading);
    tell(reading.differenceMs);
    return reading;
  };
  const set = (): number => {
    const { isSet, differenceMs } = read(true);
    if (!isSet) return 0;
    const byMs = Math.round(differenceMs);
    log("info", "clock_set", { byMs });
    told = false;
    return byMs;
  };
  return {
    nowMs: () => Math.floor(read(false).clock.atMs),
    wallMs: () => world.nowMs(),
    set,
    monotonicMs: () => world.monotonicMs(),
    random: () => world.random(),
    newId: () => world.newId(),
    newToken: () => world.newToken(),
    sha256: (text) => world.sha256(text),
    after: (ms, call) => world.after(ms, call),
  };
}
