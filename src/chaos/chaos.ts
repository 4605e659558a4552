/** `npm run chaos`: the real box against the real sandbox, killed at random moments under load, audited from outside. */
import { helpText, type Options, readOptions, WrongOption } from "./options.ts";
import { playBeside } from "./parts/lanes.ts";
import { partsOf } from "./parts/plan.ts";
import { programWith } from "./plant.ts";
import { Progress } from "./progress.ts";
import { isGood, jsonOf, type Run, textOf, violationsOf } from "./report.ts";
import { leaveOnSignal } from "./shop/leave.ts";
import { compileOnce } from "./shop/program.ts";
import { findTools, missingOf, type Tools } from "./tools.ts";

const exits = { fine: 0, broken: 1, notPossible: 2 } as const;

async function chaos(
  options: Options,
  program: string,
  tools: Tools,
  missing: readonly string[],
): Promise<number> {
  const startedMs = performance.now();
  const seconds = (): number => (performance.now() - startedMs) / 1000;
  const run: Run = { seed: options.seed, rounds: [], outage: null, brokeOff: [], missing };
  const progress = new Progress(options, () => violationsOf(run).length);
  const parts = partsOf(options, { program, tools, nowMs: Date.now() });
  await playBeside({
    lanes: Math.min(options.beside, parts.length),
    next: (ports) => {
      const part = parts.shift();
      const isLate = part?.kind === "round" && Date.now() >= part.endsAtMs;
      return part === undefined || isLate ? null : { ...part, ports };
    },
    onDone: ({ kind, seed }, done) => progress.tell(kind, seed, done),
    onEnded: (ended) => {
      if (ended.kind === "round") run.rounds.push(ended.result);
      else run.outage = ended.result;
    },
    onBrokeOff: (why) => run.brokeOff.push(why),
  });
  progress.end();
  console.log(options.json ? JSON.stringify(jsonOf(run, seconds())) : textOf(run, seconds()));
  return isGood(run) ? exits.fine : exits.broken;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), Date.now());
  if (options.help) {
    console.log(helpText);
    return exits.fine;
  }
  const tools = findTools();
  const missing = missingOf(tools);
  for (const one of missing) console.error(`NOT TRIED: ${one}`);
  // Where everything has to be tried, half of it isn't enough.
  if (missing.length > 0 && process.env["CI"] !== undefined) return exits.notPossible;
  console.error(`chaos with seed ${options.seed}`);
  leaveOnSignal();
  const { program, remove } = programWith(options.plant);
  compileOnce(program);
  try {
    return await chaos(options, program, tools, missing);
  } finally {
    remove();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof WrongOption ? `${error.message}\n\n${helpText}` : error);
  process.exitCode = error instanceof WrongOption ? exits.notPossible : exits.broken;
}
