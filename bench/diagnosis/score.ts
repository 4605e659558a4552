/**
 * npm run diagnosis:score                    the whole corpus, about twenty minutes on two cores
 * npm run diagnosis:score -- --variations 3  each single so many times, with other timing, amounts and noise
 * npm run diagnosis:score -- --only ROUTER   cases whose id or family contains this
 * npm run diagnosis:score -- --json          one object at the end
 * npm run diagnosis:score -- --story --only ROUTER   what is read at the till in such cases, until each is settled
 *
 * Faults are brought about from outside, at the real stand-ins, the printer, the system's files and the settings of a box
 * in a process of its own. What is compared is what the box then says through its API.
 */
import { parseArgs } from "node:util";
import { type CaseResult, runCase } from "./case.ts";
import { Chance } from "./chance.ts";
import type { Fault } from "./fault.ts";
import { drawPairs, FAULTS } from "./faults/faults.ts";
import { type Healthy, healthySales } from "./healthy.ts";
import { tellStory } from "./story.ts";
import { line, matrix, scoreOf } from "./report.ts";

const { values: asked } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    variations: { type: "string", default: "2" },
    pairs: { type: "string", default: "72" },
    sales: { type: "string", default: "10000" },
    only: { type: "string" },
    "at-once": { type: "string", default: "4" },
    json: { type: "boolean", default: false },
    story: { type: "boolean", default: false },
  },
});

function say(text: string): void {
  if (asked.json) console.error(text);
  else console.log(text);
}
const seed = Number(asked.seed);
const wanted = asked.only?.toLowerCase();
const isWanted = (faults: readonly Fault[]): boolean =>
  wanted === undefined ||
  faults.some(({ id, family }) => `${family} ${id}`.toLowerCase().includes(wanted));

/** So many at once: most of a case is waiting. */
async function beside(works: readonly (() => Promise<void>)[]): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let work = works[next++]; work !== undefined; work = works[next++]) await work();
  };
  await Promise.all(Array.from({ length: Number(asked["at-once"]) }, lane));
}

async function runAll(cases: readonly (readonly Fault[])[], from: number): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const works = cases.map((faults, at) => async () => {
    const result = await runCase(faults, from + at);
    results.push(result);
    say(`${results.length}/${cases.length} ${line(result)}`);
  });
  await beside(works);
  return results;
}

if (asked.story) {
  const told = FAULTS.filter((one) => isWanted([one]));
  await beside(told.map((fault, n) => () => tellStory([fault], seed * 100_000 + n, say)));
  process.exit(0);
}

const variations = Number(asked.variations);
const singles = Array.from({ length: variations }, () => FAULTS.map((one) => [one]))
  .flat()
  .filter(isWanted);
const pairs = drawPairs(new Chance(seed), Number(asked.pairs)).filter(isWanted);
say(`${singles.length} single faults (${FAULTS.length} kinds), ${pairs.length} pairs`);
const single = await runAll(singles, seed * 100_000);
const double = await runAll(pairs, seed * 100_000 + 50_000);
const salesWanted = Number(asked.sales);
const none: Healthy = { sales: 0, incidents: 0, why: [] };
const healthy =
  salesWanted === 0
    ? none
    : await healthySales(salesWanted, seed, (done) => say(`healthy sales ${done}/${salesWanted}`));

const score = scoreOf(single, double, healthy);
say(`\n${matrix(single)}\n`);
for (const why of healthy.why) say(`an incident in healthy sales: ${why}`);
for (const one of [...single, ...double])
  if (!one.right || one.wrongConfirmed.length > 0) say(line(one));
console.log(asked.json ? JSON.stringify(score) : JSON.stringify(score, null, 2));
process.exit(score.failed > 0 ? 1 : 0);
