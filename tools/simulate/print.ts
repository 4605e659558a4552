/** What people read. With --json it goes to standard error, so that standard output ends with the object. */
import { kindsOf } from "../../src/simulation/faults/draw.ts";
import { storyOf } from "../../src/simulation/report/story.ts";
import type { Ask } from "./messages.ts";
import type { Options } from "./options.ts";
import { runHere } from "./here.ts";
import { planOf } from "./seeds.ts";

export function say({ json }: Pick<Options, "json">, line: string): void {
  if (json) console.error(line);
  else console.log(line);
}

const storyLinesMax = 60;

/** The seed, what it drew, the rule that broke, and the last events of that sale. */
export async function tellFailure(options: Options, ask: Ask): Promise<void> {
  const plan = planOf(ask);
  const told = await runHere(ask, options.store);
  say(options, "");
  say(options, `seed ${ask.seed}: ${again(ask, options)}`);
  say(options, `  ${options.level}: ${plan.place}`);
  for (const kind of kindsOf(plan.weather))
    say(options, `  fault ${kind} ${plan.weather[kind].toPrecision(3)}`);
  if (told.kind === "broke") return say(options, told.error);
  const { violations, story } = told.result;
  for (const { rule, saleId, seen } of violations.slice(0, 5))
    say(options, `  broken: ${rule} (${saleId ?? "no sale"}): ${seen}`);
  const about = options.story ? null : (violations[0]?.saleId ?? null);
  const lines = storyOf(story, about, options.story ? Number.POSITIVE_INFINITY : storyLinesMax);
  for (const line of lines) say(options, line);
}

/** The command that shows it again. */
export function again({ seed, sales, without }: Ask, { level, store }: Options): string {
  const less = without.length === 0 ? "" : ` --without ${without.join(",")}`;
  const engine = store === "memory" ? "" : ` --store ${store}`;
  const which = level === "town" ? "" : ` --level ${level}`;
  return `npm run simulate -- --seed ${seed} --sales-per-seed ${sales}${which}${less}${engine}`;
}
