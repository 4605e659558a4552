/**
 * Fills the generated parts of the documents: everything between `<!-- generated: NAME -->` and `<!-- /generated -->`
 * is printed from the source, so that a page can't say what the code doesn't do. `test/docs.test.ts` holds them to it.
 * Usage: node tools/docs.ts     after a change of states, texts, routes, commands or sandbox amounts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { chaosDisasters, chaosJourneys } from "./docs-chaos.ts";
import { faultsPart } from "./docs-faults.ts";
import { helpPart } from "./docs-help.ts";
import { routesPart } from "./docs-routes.ts";
import { plantedBugs, simulatedFaults, simulationRules } from "./docs-simulation.ts";
import { attemptDiagram, attemptTable, jobDiagram, jobTable, timingTable } from "./docs-states.ts";
import {
  amountsPart,
  dependenciesPart,
  doubtsPart,
  eventsPart,
  holdsPart,
  problemsPart,
  proofsPart,
} from "./docs-texts.ts";

/** Every part by its name. A page that names another one fails. */
const parts: Readonly<Record<string, () => string | Promise<string>>> = {
  "attempt states": attemptTable,
  "attempt diagram": attemptDiagram,
  "job states": jobTable,
  "job diagram": jobDiagram,
  timing: timingTable,
  "faults en": () => faultsPart("en"),
  "faults zh": () => faultsPart("zh"),
  amounts: amountsPart,
  problems: problemsPart,
  events: eventsPart,
  holds: holdsPart,
  doubts: doubtsPart,
  proofs: proofsPart,
  dependencies: dependenciesPart,
  "simulated faults": simulatedFaults,
  "simulation rules": simulationRules,
  "planted bugs": plantedBugs,
  "chaos disasters": chaosDisasters,
  "chaos journeys": chaosJourneys,
  routes: routesPart,
  help: helpPart,
};

export const generatedPages: readonly string[] = [
  "README.md",
  "README.zh-CN.md",
  "ARCHITECTURE.md",
  "docs/start.md",
  "docs/concepts/chaos.md",
  "docs/concepts/outcomes.md",
  "docs/concepts/receipts.md",
  "docs/concepts/simulation.md",
  "docs/concepts/time-and-proof.md",
  "docs/operating/troubleshooting.md",
  "docs/reference/api.md",
  "docs/reference/cli.md",
  "docs/reference/events.md",
  "docs/reference/problems.md",
];

const partPattern =
  /(<!-- generated: ([a-z ]+) -->\n)(?:(?!<!-- generated: )[\s\S])*?(<!-- \/generated -->)/g;

/** The page with every generated part as the source says it now. */
export async function filled(path: string): Promise<string> {
  const page = readFileSync(path, "utf8");
  const names = [...page.matchAll(partPattern)].map(([, , name = ""]) => name);
  const texts = new Map<string, string>();
  for (const name of names) {
    const part = parts[name];
    if (part === undefined) throw new Error(`${path} asks for a part that there isn't: ${name}`);
    texts.set(name, await part());
  }
  return page.replaceAll(
    partPattern,
    (_whole, head: string, name: string, tail: string) => `${head}\n${texts.get(name)}\n\n${tail}`,
  );
}

if (import.meta.main) {
  for (const path of generatedPages) {
    const before = readFileSync(path, "utf8");
    const after = await filled(path);
    if (after !== before) writeFileSync(path, after);
    console.log(`${after === before ? "same   " : "changed"} ${path}`);
  }
}
