import { FAULT_KINDS } from "../../src/simulation/faults/kinds.ts";
import { without } from "../../src/simulation/faults/draw.ts";
import type { Weather } from "../../src/simulation/faults/kinds.ts";
import { drawRulesPlan, type RulesPlan } from "../../src/simulation/rules/run/plan.ts";
import { runRulesSeed } from "../../src/simulation/rules/run/run.ts";
import { drawPlan, type Plan } from "../../src/simulation/run/plan.ts";
import { runSeed, type SeedResult } from "../../src/simulation/run/run.ts";
import type { Ask, StoreName, Told } from "./messages.ts";
import { toolsWith } from "./tools.ts";

/** As it was drawn, or as whoever asks wants it. */
function weatherOf(drawn: Weather, { without: kinds, weather, more }: Ask): Weather {
  const calm = without(drawn, FAULT_KINDS);
  const wanted = weather === undefined ? drawn : { ...calm, ...weather };
  return without({ ...wanted, ...more }, kinds);
}

function townPlanOf(ask: Ask): Plan {
  const plan = drawPlan(ask.seed, { sales: ask.sales });
  return { ...plan, weather: weatherOf(plan.weather, ask) };
}

function rulesPlanOf(ask: Ask): RulesPlan {
  const plan = drawRulesPlan(ask.seed, ask.sales);
  return { ...plan, weather: weatherOf(plan.weather, ask) };
}

export function planOf(ask: Ask): { readonly weather: Weather; readonly place: string } {
  if (ask.level === "rules") {
    const { weather, timing, isSole } = rulesPlanOf(ask);
    const hub = isSole ? "the only hub" : "one of several hubs";
    return { weather, place: `one shop, ${hub}, paid is confirmed: ${timing.confirmPaid}` };
  }
  const { weather, topology, tills, hubs } = townPlanOf(ask);
  return { weather, place: `${topology}, ${tills.length} tills, ${hubs} hubs` };
}

const run = (ask: Ask, store: StoreName): SeedResult =>
  ask.level === "rules"
    ? runRulesSeed(rulesPlanOf(ask), ask.keepsStory)
    : runSeed(townPlanOf(ask), toolsWith(store), { keepsStory: ask.keepsStory });

export function runAsked(ask: Ask, store: StoreName): Told {
  try {
    return { kind: "result", result: run(ask, store) };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "broke", seed: ask.seed, error: text };
  }
}
