/** The hub's production clock over a wall clock that may be wrong and jump. */
import { type SteadyWorld, steadyWorld } from "../../../hub/steady.ts";
import type { Chance } from "../../world/chance.ts";
import { quickHash } from "../../world/hash.ts";
import { startMs } from "../../world/machine.ts";
import type { Process } from "../world/process.ts";
import type { Queue } from "../world/queue.ts";

export function hubClock(queue: Queue, process: Process, chance: Chance): SteadyWorld {
  const world = {
    nowMs: () => startMs + queue.nowMs + process.clockOffMs,
    monotonicMs: () => queue.nowMs,
    random: () => chance.next(),
    newId: () => "",
    newToken: () => "",
    sha256: quickHash,
    after: (ms: number, call: () => void) => {
      queue.after(ms, call);
      return () => {};
    },
  };
  return steadyWorld(world, () => {});
}
