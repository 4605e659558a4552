/** What `npm run chaos` takes. A wrong word is named; nothing is guessed. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export interface Options {
  readonly kills: number;
  readonly cuts: number;
  readonly seed: number;
  readonly minutes: number | null;
  /** How many shops work beside each other. */
  readonly beside: number;
  /** A bug of the simulator's list that is put into the box. */
  readonly plant: string | null;
  readonly json: boolean;
  readonly help: boolean;
}

export const helpText = `npm run chaos -- [--kills N] [--cuts N] [--seed N] [--minutes N] [--beside N]
                     [--plant BUG] [--json]

  --kills N     how often something is killed under load, default 200
  --cuts N      at how many moments the power is cut, default 200; 0: none
  --seed N      of everything that is drawn, default: the time
  --minutes N   begins no new kill after so long
  --beside N    how many shops work beside each other, default: four on two cores
  --plant BUG   puts a known mistake into a copy of the box; a name of docs/concepts/simulation.md
  --json        one object at the end

Exit code 0: nothing is wrong. 1: a rule was broken, or a part broke off; seed and folder are printed. 2: a tool is
missing, or an option is wrong.`;

/** A shop waits more than it works: its kills, its timers and its printer take their time. */
const shopsACore = 2;

export class WrongOption extends Error {}

export function readOptions(args: readonly string[], nowMs: number): Options {
  const { values } = parse(args);
  return {
    kills: whole("--kills", values.kills, 200),
    cuts: whole("--cuts", values.cuts, 200),
    seed: whole("--seed", values.seed, nowMs % 1_000_000_000),
    minutes: values.minutes === undefined ? null : whole("--minutes", values.minutes, 0),
    beside: besideOf(values.beside),
    plant: values.plant ?? null,
    json: values.json === true,
    help: values.help === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        kills: { type: "string" },
        cuts: { type: "string" },
        seed: { type: "string" },
        minutes: { type: "string" },
        beside: { type: "string" },
        plant: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new WrongOption(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function besideOf(text: string | undefined): number {
  const usual = Math.floor(availableParallelism() * shopsACore);
  const beside = whole("--beside", text, usual);
  if (beside === 0) throw new WrongOption("--beside 0 would start nothing");
  return beside;
}

function whole(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) throw new WrongOption(`${name} ${text} isn't a whole number`);
  return Number(text);
}
