/** What the simulator breaks, what it checks, and which bugs it must find, as docs/concepts/simulation.md shows them. */
import { RULES } from "../src/simulation/auditor/audit.ts";
import { WATCH_RULES } from "../src/simulation/auditor/watch.ts";
import { FAULT_KINDS, FAULTS } from "../src/simulation/faults/kinds.ts";
import { PLANTED } from "../src/simulation/planted/list.ts";
import { PLANTED_OF_RULES } from "../src/simulation/planted/of-rules.ts";
import { RULES_KINDS } from "../src/simulation/rules/run/kinds.ts";

const levelOf = (isOfRules: boolean): string => (isOfRules ? "both" : "town");

const mostOf = (kind: (typeof FAULT_KINDS)[number]): string => {
  const { unit, most } = FAULTS[kind];
  if (unit === "share") return `${Math.round(most * 100)} %`;
  return unit === "hourly" ? `${most} an hour` : `${most / 1_000} s`;
};

export function simulatedFaults(): string {
  const rows = FAULT_KINDS.map(
    (kind) =>
      `| \`${kind}\` | ${FAULTS[kind].means} | ${mostOf(kind)} | ${levelOf(RULES_KINDS.has(kind))} |`,
  );
  return ["| kind | means | at most | level |", "|---|---|---|---|", ...rows].join("\n");
}

export function simulationRules(): string {
  const watched = Object.entries(WATCH_RULES);
  const known = new Set(watched.map(([name]) => name));
  const atStep = watched.map(([name, says]) => `| \`${name}\` | ${says} | at every step |`);
  const atEnd = RULES.filter(({ name }) => !known.has(name)).map(
    ({ name, says }) => `| \`${name}\` | ${says} | at the end |`,
  );
  return ["| rule | says | checked |", "|---|---|---|", ...atStep, ...atEnd].join("\n");
}

export function plantedBugs(): string {
  const rows = PLANTED.map(
    (bug) =>
      `| \`${bug.name}\` | ${bug.mistake} | \`${bug.file}\` | ${levelOf(PLANTED_OF_RULES.includes(bug))} |`,
  );
  return ["| bug | the mistake | planted in | level |", "|---|---|---|---|", ...rows].join("\n");
}
