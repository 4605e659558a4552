/** How the provider has been answering lately. Only calls that were really made count. */
import type { ProviderHealth } from "../ports/link.ts";
import type { World } from "../ports/world.ts";

export interface HealthMeter {
  /** Times the call and notes whether anything came back; gives the call's own answer. */
  timed<T extends { readonly kind: string }>(call: () => Promise<T>): Promise<T>;
  health(): ProviderHealth;
}

const slowMs = 2_000;

export function createHealthMeter(world: World): HealthMeter {
  let failuresInARow = 0;
  let lastAnswerMs: number | null = null;
  return {
    timed: async (call) => {
      const startedMs = world.monotonicMs();
      const answer = await call();
      const silent = answer.kind === "unknown" && !("code" in answer && answer.code !== null);
      failuresInARow = silent ? failuresInARow + 1 : 0;
      if (!silent) lastAnswerMs = world.monotonicMs() - startedMs;
      return answer;
    },
    health: () => ({ state: stateOf(failuresInARow, lastAnswerMs), lastAnswerMs, failuresInARow }),
  };
}

function stateOf(failuresInARow: number, lastAnswerMs: number | null): ProviderHealth["state"] {
  if (failuresInARow > 0) return "failing";
  if (lastAnswerMs === null) return "not_asked";
  return lastAnswerMs > slowMs ? "slow" : "answering";
}
