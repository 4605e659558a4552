/** What a run adds up to, for people and for programs. */
import type { Violation } from "../simulation/auditor/facts.ts";
import { RULES } from "../simulation/auditor/audit.ts";
import type { OutageResult } from "./power/outage.ts";
import type { RoundResult } from "./round.ts";
import { killsIn, type Strikes } from "./storm.ts";

/** The parts of a run, as far as they have come. */
export interface Run {
  readonly seed: number;
  readonly rounds: RoundResult[];
  outage: OutageResult | null;
  /** Parts that came to no end of their own. */
  readonly brokeOff: string[];
  /** What this machine couldn't do. */
  readonly missing: readonly string[];
}

export const violationsOf = ({ rounds, outage }: Run): readonly Violation[] => [
  ...rounds.flatMap((one) => one.violations),
  ...(outage?.violations ?? []),
];

export const isGood = (run: Run): boolean =>
  violationsOf(run).length === 0 && run.brokeOff.length === 0;

/** One mistake breaks many promises; the first few of them say enough. */
const shownMax = 20;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function strikesOf(rounds: readonly RoundResult[]): Strikes {
  const all = new Map<string, number>();
  for (const { strikes } of rounds)
    for (const [name, count] of strikes) all.set(name, (all.get(name) ?? 0) + count);
  return all;
}

export function jsonOf(run: Run, seconds: number): Readonly<Record<string, unknown>> {
  const { rounds, outage } = run;
  return {
    seed: run.seed,
    rounds: rounds.length,
    kills: sum(rounds.map((one) => killsIn(one.strikes))),
    strikes: Object.fromEntries(strikesOf(rounds)),
    power_cuts: outage?.cuts ?? 0,
    syncs_recorded: outage?.syncs ?? 0,
    promises_held: outage?.held ?? 0,
    sales: sum(rounds.map((one) => one.sales)) + (outage?.sales ?? 0),
    papers: sum(rounds.map((one) => one.papers)),
    seconds: Math.round(seconds),
    violations: violationsOf(run).map(({ rule, saleId, seen }) => ({
      rule,
      sale_id: saleId,
      seen,
    })),
    folders: brokenFolders(run),
    broke_off: run.brokeOff,
    missing: run.missing,
  };
}

export function textOf(run: Run, seconds: number): string {
  const { rounds, outage } = run;
  const json = jsonOf(run, seconds);
  const strikes = [...strikesOf(rounds)].toSorted(([, a], [, b]) => b - a);
  const violations = violationsOf(run);
  return [
    "",
    ...strikes.map(([name, count]) => `${String(count).padStart(6)}  ${name}`),
    ...(outage === null
      ? []
      : [
          `${String(outage.cuts).padStart(6)}  power cut, over ${outage.syncs} recorded syncs; ${outage.held} promises held against them`,
        ]),
    "",
    `${json["kills"]} kills, ${json["sales"]} sales, ${violations.length} violations in ${json["seconds"]} s; seed ${run.seed}`,
    ...violations.slice(0, shownMax).flatMap(wordsFor),
    ...(violations.length > shownMax ? ["", `and ${violations.length - shownMax} more`] : []),
    ...brokenFolders(run).map((folder) => `everything of it is in ${folder}`),
    ...run.brokeOff.map((why) => `BROKE OFF  ${why}`),
  ].join("\n");
}

const wordsFor = ({ rule, saleId, seen }: Violation): readonly string[] => [
  "",
  `BROKEN  ${rule}${saleId === null ? "" : `  sale ${saleId}`}`,
  `        ${RULES.find((one) => one.name === rule)?.says ?? ""}`,
  `        ${seen}`,
];

const brokenFolders = ({ rounds, outage }: Run): readonly string[] =>
  [...rounds, ...(outage === null ? [] : [outage])]
    .filter((one) => one.violations.length > 0)
    .map((one) => one.folder);
