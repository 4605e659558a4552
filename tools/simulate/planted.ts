/** Plants each known bug in turn: the simulator must find it, and says after how many sales. */
import { PLANTED } from "../../src/simulation/planted/list.ts";
import type { PlantedBug } from "../../src/simulation/planted/planted.ts";
import { PLANTED_OF_RULES } from "../../src/simulation/planted/of-rules.ts";
import type { Ask, LevelName } from "./messages.ts";
import type { Options } from "./options.ts";
import { runPool } from "./pool.ts";
import { say } from "./print.ts";
import { runHere } from "./here.ts";
import { type Failure, Tally } from "./tally.ts";

/** A bug that shows less often than this isn't shown at all. */
const salesMaxOf: Readonly<Record<LevelName, number>> = { town: 20_000, rules: 1_000_000 };

export async function runPlanted(options: Options): Promise<boolean> {
  const startedMs = performance.now();
  const chosen = chosenBugs(options.planted ?? [], options.level);
  const bugs = [...chosen];
  let sales = 0;
  let caught = 0;
  const missed: string[] = [];
  const worker = async (): Promise<void> => {
    for (let bug = bugs.shift(); bug !== undefined; bug = bugs.shift()) {
      const found = await hunt(bug, options);
      sales += found.sales;
      if (found.failure === null) missed.push(bug.name);
      else caught += 1;
      const how =
        found.failure === null ? "NOT FOUND" : `${found.failure.rule}, seed ${found.failure.seed}`;
      say(options, `${bug.name.padEnd(44)} ${String(found.sales).padStart(7)} sales  ${how}`);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, worker));
  say(options, `${caught} of ${chosen.length} planted bugs caught`);
  if (options.json) {
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
    const planted = { caught, total: chosen.length, missed };
    const object = { seeds: 0, sales, seconds, violations: 0, log_sha256: null, planted };
    console.log(JSON.stringify(object));
  }
  return missed.length === 0;
}

function chosenBugs(names: readonly string[], level: LevelName): readonly PlantedBug[] {
  const all = level === "town" ? PLANTED : PLANTED_OF_RULES;
  const unknown = names.filter((name) => !all.some((bug) => bug.name === name));
  if (unknown.length > 0) throw new Error(`no planted bug ${unknown.join(", ")} in a ${level}`);
  return names.length === 0 ? all : all.filter((bug) => names.includes(bug.name));
}

/** Seed after seed until it shows: in a seed that fails without it too, it hasn't. */
async function hunt(bug: PlantedBug, options: Options): Promise<Found> {
  let sales = 0;
  const salesMax = salesMaxOf[options.level];
  for (let seed = options.first; sales < salesMax;) {
    const tally = await untilFailure(bug, options, seed, salesMax - sales);
    sales += tally.sales;
    const [failure] = tally.failures;
    if (failure === undefined) break;
    const told = await runHere(askOf(bug, options, failure.seed), options.store);
    const isGoodWithout = told.kind === "result" && told.result.violations.length === 0;
    if (isGoodWithout) return { sales, failure };
    seed = failure.seed + 1;
  }
  return { sales, failure: null };
}

interface Found {
  readonly sales: number;
  readonly failure: Failure | null;
}

const askOf = (bug: PlantedBug, { level, salesPerSeed, without }: Options, seed: number): Ask => ({
  seed,
  level,
  sales: salesPerSeed,
  without,
  ...(bug.weather === undefined ? {} : { more: bug.weather }),
  keepsStory: false,
});

async function untilFailure(
  bug: PlantedBug,
  options: Options,
  first: number,
  salesLeft: number,
): Promise<Tally> {
  const tally = new Tally();
  let seed = first;
  await runPool({
    bug,
    store: options.store,
    workers: 1,
    next: () => {
      if (tally.failures.length > 0 || tally.sales >= salesLeft) return null;
      seed += 1;
      return askOf(bug, options, seed - 1);
    },
    onTold: (told) => tally.add(told),
  });
  return tally;
}
