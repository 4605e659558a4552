/** Which planted bugs the rules level can meet: those whose every text stands in a decision that it drives. */
import { PLANTED } from "./list.ts";
import { patchesOf, type PlantedBug } from "./planted.ts";

/** Modules of the code under test that the level runs; the rest lives in the actors. */
const driven: readonly RegExp[] = [
  /^src\/core\/payment\//,
  /^src\/core\/printing\/(?:machine|orders|states)\.ts$/,
  /^src\/core\/receipt\/(?:issue|number)\.ts$/,
  /^src\/core\/till\/(?:can|build)\.ts$/,
  /^src\/terminal\/(?:learn|unpaid)\.ts$/,
  /^src\/hub\/(?:close-out|steady)\.ts$/,
  /^src\/adapters\/provider\/alipay\/(?:outcome|notify)\.ts$/,
];

const isDriven = (file: string): boolean => driven.some((one) => one.test(file));

export const PLANTED_OF_RULES: readonly PlantedBug[] = PLANTED.filter((bug) =>
  patchesOf(bug).every(({ file }) => isDriven(file)),
);
