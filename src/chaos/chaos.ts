/** `npm run chaos`: the real box against the real sandbox, killed at random moments under load, audited from outside. */
import { helpText, type Options, readOptions, WrongOption } from "./options.ts";
import { programWith } from "./plant.ts";
import { playOutage } from "./power/outage.ts";
import { jsonOf, type Run, textOf, violationsOf } from "./report.ts";
import { playRound } from "./round.ts";
import { putAwayOnSignal } from "./shop/leave.ts";
import { compileOnce } from "./shop/program.ts";
import { killsIn } from "./storm.ts";
import { findTools, missingOf, type Tools } from "./tools.ts";

/** A round has its own shop; a long run is many rounds, so that a find is small enough to look at. */
const killsARound = 200;
const exits = { fine: 0, broken: 1, notPossible: 2 } as const;

const toldEvery = 20;

/** One line that is written over itself where somebody watches; in a log only now and then a line. */
function progress(done: number, text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  else if (done % toldEvery === 0 && text !== "") console.error(text);
}

async function chaos(
  options: Options,
  program: string,
  tools: Tools,
  missing: readonly string[],
): Promise<number> {
  const startedMs = performance.now();
  const seconds = (): number => (performance.now() - startedMs) / 1000;
  const endsAtMs = options.minutes === null ? Infinity : startedMs + options.minutes * 60_000;
  const run: Run = { seed: options.seed, rounds: [], outage: null, missing };
  const tell = (done: number, of: number, what: string): void =>
    progress(
      done,
      `${what} ${done} of ${of} · ${violationsOf(run).length} violations · ${Math.round(seconds())} s`,
    );

  if (tools.recorder && options.cuts > 0)
    run.outage = await playOutage({
      program,
      seed: options.seed,
      cuts: options.cuts,
      onCut: (done) => tell(done, options.cuts, "power cut"),
    });
  let killed = 0;
  while (killed < options.kills && performance.now() < endsAtMs) {
    const round = await playRound({
      program,
      seed: options.seed + run.rounds.length,
      kills: Math.min(killsARound, options.kills - killed),
      endsAtMs,
      tools,
      onKill: (strikes) => tell(killed + killsIn(strikes), options.kills, "kill"),
    });
    run.rounds.push(round);
    killed += killsIn(round.strikes);
  }
  progress(0, "");
  console.log(options.json ? JSON.stringify(jsonOf(run, seconds())) : textOf(run, seconds()));
  return violationsOf(run).length > 0 ? exits.broken : exits.fine;
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
  putAwayOnSignal();
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
