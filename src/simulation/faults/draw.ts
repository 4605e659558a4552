import type { Chance } from "../world/chance.ts";
import { FAULT_KINDS, FAULTS, type FaultKind, type Weather } from "./kinds.ts";

/** The share of kinds that there are at all. */
const townDensities: readonly number[] = [0.06, 0.15, 0.3, 0.5, 0.7];

/**
 * Swarm: which kinds there are at all is drawn first, so that a bug which only shows where, say, nothing but crashes
 * happen isn't drowned by the rest. Every kind has a stream of its own: to add one, or to take one away, moves no other.
 */
export function drawWeather(chance: Chance, densities = townDensities): Weather {
  const density = chance.pick(densities);
  const drawn = FAULT_KINDS.map((kind) => {
    const own = chance.fork(kind);
    const isOn = own.next() < density;
    const strength = own.next();
    return [kind, isOn ? FAULTS[kind].most * strength * strength : 0] as const;
  });
  return Object.fromEntries(drawn) as Record<FaultKind, number>;
}

/** The same weather without some kinds. */
export const without = (weather: Weather, kinds: readonly FaultKind[]): Weather => ({
  ...weather,
  ...Object.fromEntries(kinds.map((kind) => [kind, 0])),
});

export const kindsOf = (weather: Weather): readonly FaultKind[] =>
  FAULT_KINDS.filter((kind) => weather[kind] > 0);
