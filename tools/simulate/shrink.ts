/** Less weather and fewer sales that still break the same rule: what is left is what it takes. */
import { kindsOf } from "../../src/simulation/faults/draw.ts";
import { runHere } from "./here.ts";
import type { Ask } from "./messages.ts";
import type { Options } from "./options.ts";
import { say } from "./print.ts";
import { planOf } from "./seeds.ts";

const salesMin = 5;

export async function shrink(ask: Ask, options: Options): Promise<Ask> {
  const rule = await brokenRule(ask, options);
  if (rule === null) return ask;
  let least = ask;
  const tryOut = async (one: Ask): Promise<void> => {
    if ((await brokenRule(one, options)) === rule) least = one;
  };
  for (let sales = Math.ceil(least.sales / 2); sales >= salesMin; sales = Math.ceil(sales / 2)) {
    const before = least;
    await tryOut({ ...least, sales });
    if (least === before || sales === salesMin) break;
  }
  // One kind after the other: with each that is gone, others may go too.
  for (const kind of kindsOf(planOf(least).weather))
    await tryOut({ ...least, without: [...least.without, kind] });
  const left = kindsOf(planOf(least).weather);
  say(options, `shrunk to ${least.sales} sales and ${left.length} kinds of faults`);
  return least;
}

async function brokenRule(ask: Ask, options: Options): Promise<string | null> {
  const told = await runHere({ ...ask, keepsStory: false }, options.store);
  if (told.kind === "broke") return "exception";
  return told.result.violations[0]?.rule ?? null;
}
