/** Weather: one kill after the other at moments drawn from the seed, and other troubles beside them. */
import type { Chance } from "./chance.ts";
import type { Disaster, Scene } from "./disasters/disaster.ts";
import { FAULTS } from "./disasters/faults.ts";
import { KILLS } from "./disasters/kills.ts";
import { isTrouble, pause } from "./shop/calls.ts";

export interface StormPlan {
  readonly kills: number;
  /** Epoch ms, which all processes count alike; no new kill after it. */
  readonly endsAtMs: number;
  readonly onKill: (strikes: Strikes) => void;
}

/** How often each disaster struck. */
export type Strikes = ReadonlyMap<string, number>;

export const killsIn = (strikes: Strikes): number =>
  KILLS.reduce((sum, one) => sum + (strikes.get(one.name) ?? 0), 0);

export async function storm(plan: StormPlan, scene: Scene): Promise<Strikes> {
  const strikes = new Map<string, number>();
  const weather = { over: false };
  const troubles = troublesOf(scene, strikes, scene.chance.fork("troubles"), weather);
  const chance = scene.chance.fork("kills");
  try {
    while (killsIn(strikes) < plan.kills && Date.now() < plan.endsAtMs) {
      await pause(chance.percent(70) ? chance.between(20, 700) : chance.between(700, 2_500));
      await strike(chance.draw(KILLS), scene, strikes, chance);
      plan.onKill(strikes);
    }
  } finally {
    weather.over = true;
    await troubles;
  }
  return strikes;
}

async function troublesOf(
  scene: Scene,
  strikes: Map<string, number>,
  chance: Chance,
  weather: { readonly over: boolean },
): Promise<void> {
  const possible = FAULTS.filter((one) => one.needs === null || scene[one.needs] !== null);
  while (!weather.over) {
    await pause(chance.between(50, 1_200));
    await strike(chance.draw(possible), scene, strikes, chance);
  }
}

async function strike(
  disaster: Disaster,
  scene: Scene,
  strikes: Map<string, number>,
  chance: Chance,
): Promise<void> {
  strikes.set(disaster.name, (strikes.get(disaster.name) ?? 0) + 1);
  try {
    await disaster.strike({ ...scene, chance });
  } catch (error) {
    // The sandbox was killed under a fault's hands: then the fault is gone with it.
    if (!isTrouble(error)) throw error;
  }
}
