/** Less weather and fewer sales that still break the same rule: what is left is what it takes. */
import type { FaultKind } from "../../src/simulation/faults/kinds.ts";
import type { Ask } from "./messages.ts";

export interface ShrinkDeps {
  /** The first rule that this run breaks; null when it breaks none. */
  readonly brokenRule: (ask: Ask) => Promise<string | null>;
  /** The kinds that this run has. */
  readonly kindsOf: (ask: Ask) => readonly FaultKind[];
}

const salesMin = 5;

export async function shrink(ask: Ask, { brokenRule, kindsOf }: ShrinkDeps): Promise<Ask> {
  const rule = await brokenRule(ask);
  if (rule === null) return ask;
  let least = ask;
  const holds = async (one: Ask): Promise<boolean> => {
    const isSame = (await brokenRule(one)) === rule;
    if (isSame) least = one;
    return isSame;
  };
  let sales = Math.ceil(least.sales / 2);
  while (sales >= salesMin && (await holds({ ...least, sales }))) sales = Math.ceil(sales / 2);
  // One kind after the other: with each that is gone, others may go too.
  for (const kind of kindsOf(least)) await holds({ ...least, without: [...least.without, kind] });
  return least;
}
