import { without } from "../../src/simulation/faults/draw.ts";
import { drawPlan, type Plan } from "../../src/simulation/run/plan.ts";
import { runSeed } from "../../src/simulation/run/run.ts";
import type { Ask, StoreName, Told } from "./messages.ts";
import { toolsWith } from "./tools.ts";

export function planOf({ seed, sales, without: kinds }: Ask): Plan {
  const plan = drawPlan(seed, { sales });
  return kinds.length === 0 ? plan : { ...plan, weather: without(plan.weather, kinds) };
}

export function runAsked(ask: Ask, store: StoreName): Told {
  try {
    const result = runSeed(planOf(ask), toolsWith(store), { keepsStory: ask.keepsStory });
    return { kind: "result", result };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "broke", seed: ask.seed, error: text };
  }
}
