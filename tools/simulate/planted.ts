/** Plants each known bug in turn: the simulator must find it, and says after how many sales. */
import { PLANTED } from "../../src/simulation/planted/list.ts";
import type { PlantedBug } from "../../src/simulation/planted/planted.ts";
import type { Ask } from "./messages.ts";
import type { Options } from "./options.ts";
import { runPool } from "./pool.ts";
import { say } from "./print.ts";
import { Tally } from "./tally.ts";

/** A bug that shows less often than this isn't shown at all. */
const salesMax = 20_000;

export async function runPlanted(options: Options): Promise<boolean> {
  const startedMs = performance.now();
  const bugs = [...PLANTED];
  let sales = 0;
  let caught = 0;
  const missed: string[] = [];
  const worker = async (): Promise<void> => {
    for (let bug = bugs.shift(); bug !== undefined; bug = bugs.shift()) {
      const tally = await hunt(bug, options);
      sales += tally.sales;
      const [first] = tally.failures;
      if (first === undefined) missed.push(bug.name);
      else caught += 1;
      const how = first === undefined ? "NOT FOUND" : `${first.rule}, seed ${first.seed}`;
      say(options, `${bug.name.padEnd(44)} ${String(tally.sales).padStart(7)} sales  ${how}`);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, worker));
  say(options, `${caught} of ${PLANTED.length} planted bugs caught`);
  if (options.json) {
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
    const planted = { caught, total: PLANTED.length, missed };
    const object = { seeds: 0, sales, seconds, violations: 0, log_sha256: null, planted };
    console.log(JSON.stringify(object));
  }
  return missed.length === 0;
}

/** Seed after seed until it shows. */
async function hunt(bug: PlantedBug, options: Options): Promise<Tally> {
  const tally = new Tally();
  let seed = options.first;
  await runPool({
    bug,
    store: options.store,
    workers: 1,
    next: (): Ask | null => {
      if (tally.failures.length > 0 || tally.sales >= salesMax) return null;
      const { salesPerSeed, without } = options;
      seed += 1;
      return { seed: seed - 1, sales: salesPerSeed, without, keepsStory: false };
    },
    onTold: (told) => tally.add(told),
  });
  return tally;
}
