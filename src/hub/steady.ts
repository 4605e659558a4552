/**
 * The hub's own clock. Proofs and due times are spans of it, so it must not jump: it starts at the wall clock, goes by
 * the monotonic one, and where the two have parted it leans towards the wall clock without ever stepping.
 */
import type { Log } from "../ports/log.ts";
import type { World } from "../ports/world.ts";

/** At most this share of the time that passes; the margin of a proof (30 s of 120) covers it. */
const leaning = 0.05;
const differenceMsMax = 5_000;

/** The same world with a `nowMs` that never goes back and never leaps, whatever happens to the wall clock. */
export function steadyWorld(world: World, log: Log): World {
  let steadyMs = world.nowMs();
  let seenMs = world.monotonicMs();
  let told = false;
  const tell = (differenceMs: number): void => {
    const differs = Math.abs(differenceMs) > differenceMsMax;
    if (differs && !told) log("warn", "clock_jumped", { byMs: Math.round(differenceMs) });
    told = differs;
  };
  return {
    nowMs: () => {
      const monotonicMs = world.monotonicMs();
      const passedMs = monotonicMs - seenMs;
      seenMs = monotonicMs;
      const differenceMs = world.nowMs() - (steadyMs + passedMs);
      const leanMs = Math.min(Math.abs(differenceMs), passedMs * leaning);
      steadyMs += passedMs + Math.sign(differenceMs) * leanMs;
      tell(differenceMs);
      return Math.floor(steadyMs);
    },
    monotonicMs: () => world.monotonicMs(),
    random: () => world.random(),
    newId: () => world.newId(),
    newToken: () => world.newToken(),
    sha256: (text) => world.sha256(text),
    after: (ms, call) => world.after(ms, call),
  };
}
