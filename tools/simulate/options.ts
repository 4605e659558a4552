/** What the command line asks for. */
import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { FAULT_KINDS, type FaultKind } from "../../src/simulation/faults/kinds.ts";
import { salesOfSeed } from "../../src/simulation/run/plan.ts";
import { salesOfRulesSeed } from "../../src/simulation/rules/run/plan.ts";
import type { LevelName, StoreName } from "./messages.ts";

export interface Options {
  readonly first: number;
  /** Null: until the time or the sales are done. */
  readonly last: number | null;
  readonly minutes: number | null;
  readonly sales: number | null;
  readonly level: LevelName;
  readonly salesPerSeed: number;
  readonly without: readonly FaultKind[];
  /** Null: none. Empty: all. */
  readonly planted: readonly string[] | null;
  readonly shrink: boolean;
  readonly story: boolean;
  readonly store: StoreName;
  readonly workers: number;
  readonly json: boolean;
}

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError("a whole number");
  return value;
};
const minutesOf = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("a number of minutes");
  return value;
};
const range = (text: string): readonly [number, number] => {
  const [, first = "", last = ""] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  if (first === "" || Number(last) < Number(first))
    throw new InvalidArgumentError("two seeds, like 1..1000");
  return [whole(first), whole(last)];
};
const kinds = (text: string): readonly FaultKind[] =>
  text.split(",").map((name) => {
    const kind = FAULT_KINDS.find((one) => one === name);
    if (kind === undefined) throw new InvalidArgumentError(`no fault "${name}"`);
    return kind;
  });
const storeOf = (text: string): StoreName => {
  if (text !== "memory" && text !== "sqlite") throw new InvalidArgumentError("memory or sqlite");
  return text;
};

const levelOf = (text: string): LevelName => {
  if (text !== "town" && text !== "rules") throw new InvalidArgumentError("town or rules");
  return text;
};

const seedsMax = 2 ** 31;
const seedsByDefault = 100;

export function readOptions(argv: readonly string[]): Options {
  const command = new Command("simulate")
    .description("Runs the production code under every fault, reproducible from a seed.")
    .option("--seed <n>", "this seed, and tell what happened if it fails", whole)
    .option("--seeds <a..b>", "these seeds", range)
    .option("--minutes <m>", "seeds one after the other for so long", minutesOf)
    .option("--sales <n>", "seeds one after the other until so many sales are made", whole)
    .option("--from <n>", "where --minutes and --sales begin", whole)
    .option("--random", "they begin at a seed drawn by chance, which is printed")
    .option("--level <name>", "town: the real actors; rules: the pure decisions", levelOf, "town")
    .option("--sales-per-seed <n>", `size of one seed (${salesOfSeed}, ${salesOfRulesSeed})`, whole)
    .option("--without <kinds>", "leave these kinds of faults out", kinds, [])
    .option("--planted [names]", "plant each known bug, or these, in turn; each must be found")
    .option("--shrink", "look for fewer faults and sales that fail in the same way")
    .option("--story", "tell the whole story of --seed")
    .option("--store <engine>", "memory or sqlite", storeOf, "memory")
    .option("--workers <n>", "threads", whole, availableParallelism())
    .option("--json", "one object at the end of standard output")
    .parse([...argv], { from: "user" });
  const given = command.opts<{
    seed?: number;
    seeds?: readonly [number, number];
    minutes?: number;
    sales?: number;
    from?: number;
    random?: boolean;
    level: LevelName;
    salesPerSeed?: number;
    without: readonly FaultKind[];
    planted?: true | string;
    shrink?: boolean;
    story?: boolean;
    store: StoreName;
    workers: number;
    json?: boolean;
  }>();
  const isOpen = given.minutes !== undefined || given.sales !== undefined;
  const start =
    given.random === true ? 1 + Math.floor(Math.random() * seedsMax) : (given.from ?? 1);
  const first = given.seed ?? given.seeds?.[0] ?? start;
  const last = given.seed ?? given.seeds?.[1] ?? (isOpen ? null : first + seedsByDefault - 1);
  return {
    first,
    last,
    minutes: given.minutes ?? null,
    sales: given.sales ?? null,
    level: given.level,
    salesPerSeed: given.salesPerSeed ?? (given.level === "town" ? salesOfSeed : salesOfRulesSeed),
    without: given.without,
    planted: given.planted === true ? [] : (given.planted?.split(",") ?? null),
    shrink: given.shrink ?? false,
    story: given.story ?? false,
    store: given.store,
    workers: given.workers,
    json: given.json ?? false,
  };
}
