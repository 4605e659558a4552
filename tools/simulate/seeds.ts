import { FAULT_KINDS } from "../../src/simulation/faults/kinds.ts";
import { without } from "../../src/simulation/faults/draw.ts";
import { drawPlan, type Plan } from "../../src/simulation/run/plan.ts";
import { runSeed } from "../../src/simulation/run/run.ts";
import type { Ask, StoreName, Told } from "./messages.ts";
import { toolsWith } from "./tools.ts";

export function planOf({ seed, sales, without: kinds, weather, more }: Ask): Plan {
  const plan = drawPlan(seed, { sales });
  const calm = without(plan.weather, FAULT_KINDS);
  const drawn = weather === undefined ? plan.weather : { ...calm, ...weather };
  const drawnAndMore = { ...drawn, ...more };
  return { ...plan, weather: without(drawnAndMore, kinds) };
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
