/** Runs seeds on all workers, tells how it goes, and tells the story of the first that failed. */
import { kindsOf } from "../../src/simulation/faults/draw.ts";
import { FAULT_KINDS, type FaultKind } from "../../src/simulation/faults/kinds.ts";
import { coverageTable } from "../../src/simulation/report/table.ts";
import { RULES_KINDS } from "../../src/simulation/rules/run/kinds.ts";
import { runHere } from "./here.ts";
import type { Ask } from "./messages.ts";
import type { Options } from "./options.ts";
import { runPool } from "./pool.ts";
import { say, tellFailure } from "./print.ts";
import { planOf } from "./seeds.ts";
import { shrink, type ShrinkDeps } from "./shrink.ts";
import { Tally } from "./tally.ts";

const progressMs = 2_000;
const toldMax = 3;

export async function runSeeds(options: Options): Promise<boolean> {
  const tally = new Tally();
  say(options, headOf(options));
  const progress = setInterval(() => say(options, tally.line()), progressMs);
  try {
    await runPool({
      bug: null,
      store: options.store,
      workers: Math.min(options.workers, seedsOf(options)),
      next: nextSeed(options, tally),
      onTold: (told) => {
        for (const { seed, rule, seen } of tally.add(told))
          say(options, `seed ${seed}: ${rule}: ${seen}`);
      },
    });
  } finally {
    clearInterval(progress);
  }
  say(options, tally.line());
  if (options.last === null || options.last > options.first)
    for (const line of coverageTable(tally.cells(), kindsOfLevel(options))) say(options, line);
  // Last, where whoever reads a log looks first.
  for (const seed of tally.failedSeeds.slice(0, toldMax)) await tellOne(options, seed);
  const good = tally.failures.length === 0;
  if (options.json) {
    const { seeds, sales } = tally;
    const seconds = Math.round(tally.seconds * 10) / 10;
    const violations = tally.failures.length;
    const object = { seeds, sales, seconds, violations, failed_seeds: tally.failedSeeds };
    console.log(JSON.stringify({ ...object, log_sha256: tally.logSha256(), planted: null }));
  }
  return good;
}

async function tellOne(options: Options, seed: number): Promise<void> {
  const ask = askOf(options, seed);
  const least = options.shrink ? await shrink(ask, shrinkDeps(options)) : ask;
  if (options.shrink) {
    const kinds = shrinkDeps(options).kindsOf(least).length;
    say(options, `shrunk to ${least.sales} sales and ${kinds} kinds of faults`);
  }
  await tellFailure(options, { ...least, keepsStory: true });
}

const shrinkDeps = (options: Options): ShrinkDeps => ({
  brokenRule: async (ask) => {
    const told = await runHere(ask, options.store);
    return told.kind === "broke" ? "exception" : (told.result.violations[0]?.rule ?? null);
  },
  kindsOf: (ask) => kindsOf(planOf(ask).weather),
});

const kindsOfLevel = ({ level }: Options): readonly FaultKind[] =>
  level === "town" ? FAULT_KINDS : FAULT_KINDS.filter((kind) => RULES_KINDS.has(kind));

const askOf = ({ level, salesPerSeed, without }: Options, seed: number): Ask => ({
  seed,
  level,
  sales: salesPerSeed,
  without,
  keepsStory: false,
});

const seedsOf = ({ first, last }: Options): number =>
  last === null ? Number.POSITIVE_INFINITY : last - first + 1;

function nextSeed(options: Options, tally: Tally): () => Ask | null {
  let next = options.first;
  return () => {
    const { last, minutes, sales } = options;
    const isOver =
      (last !== null && next > last) ||
      (minutes !== null && tally.seconds >= minutes * 60) ||
      (sales !== null && tally.sales >= sales);
    if (isOver) return null;
    next += 1;
    return askOf(options, next - 1);
  };
}

function headOf({ first, last, level, salesPerSeed, store, workers }: Options): string {
  const seeds = last === null ? `seeds from ${first}` : `seeds ${first}..${last}`;
  const where = level === "town" ? `store ${store}` : "rules only";
  return `${seeds}, ${salesPerSeed} sales each, ${where}, ${workers} workers`;
}
