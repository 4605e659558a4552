/** Does the hub answer a signed hello, how fast, and how far apart are the clocks? */
import type { ClockSeen, Evidence } from "../../../core/diagnosis/evidence.ts";
import type { Probe } from "../../../ports/probe.ts";
import type { World } from "../../../ports/world.ts";
import { isLoopback, type Line, loopbackPath, reach, usable } from "./line.ts";
import { failureOfCode } from "./touch.ts";

/** The part of the link that is asked. */
export interface HubAsked {
  /** Rejects with the name of the fault as its message, or with the hub's own refusal. */
  hello(): Promise<unknown>;
  /** The hub's time, epoch ms, as last learnt. */
  hubTimeMs(): number;
  /** Null while it answers. */
  away(): string | null;
}

export function hubProbe(
  line: Line,
  hub: HubAsked,
  host: string,
  world: Pick<World, "nowMs" | "monotonicMs">,
): Probe {
  return {
    name: "hub",
    everyMs: 30_000,
    everyMsInTrouble: 2_000,
    async look(): Promise<readonly Evidence[]> {
      const path = await pathTo(line, host);
      const startedMs = world.monotonicMs();
      try {
        await hub.hello();
      } catch (error) {
        const words = error instanceof Error ? error.message : "";
        // A refusal is the hub's own signed word: the way there is open.
        if (hub.away() === null)
          return [reach(world.nowMs(), "hub", path, { ms: null, failure: null })];
        const failure = failureOfCode(words) ?? "bad_answer";
        return [reach(world.nowMs(), "hub", path, { ms: null, failure })];
      }
      const ms = world.monotonicMs() - startedMs;
      const atMs = world.nowMs();
      const offsetMs = Math.round(atMs - hub.hubTimeMs());
      const clock: ClockSeen = { kind: "clock", against: "hub", offsetMs };
      return [reach(atMs, "hub", path, { ms, failure: null }), { atMs, fact: clock }];
    },
  };
}

/** The card that a packet to this host leaves by, as far as the routes tell. */
export async function pathTo(line: Line, host: string): Promise<string> {
  if (line.real && isLoopback(host)) return loopbackPath;
  const paths = await line.paths();
  return usable(paths)[0]?.name ?? paths.all[0]?.name ?? loopbackPath;
}
