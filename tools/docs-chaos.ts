/** What chaos breaks and who stands at its counter, as docs/concepts/chaos.md shows it. */
import type { Disaster } from "../src/chaos/disasters/disaster.ts";
import { FAULTS } from "../src/chaos/disasters/faults.ts";
import { KILLS } from "../src/chaos/disasters/kills.ts";
import { JOURNEYS } from "../src/chaos/people/journeys.ts";

interface Weighed {
  readonly name: string;
  readonly weight: number;
}

/** By name and by its share of all that are drawn from the same table. */
function shares<T extends Weighed>(all: readonly T[], more: (one: T) => string): readonly string[] {
  const whole = all.reduce((sum, one) => sum + one.weight, 0);
  return all.map((one) => `| ${more(one)} | ${Math.round((one.weight / whole) * 100)} % |`);
}

const words = ({ name, says }: Disaster): string => `${name} | ${says}`;

export const chaosDisasters = (): string =>
  [
    "| kill | means | share of the kills |",
    "|---|---|---|",
    ...shares(KILLS, words),
    "",
    "| beside them | means | share |",
    "|---|---|---|",
    ...shares(FAULTS, words),
  ].join("\n");

export const chaosJourneys = (): string =>
  [
    "| a sale … | share of the customers |",
    "|---|---|",
    ...shares(JOURNEYS, (one) => one.name),
  ].join("\n");
