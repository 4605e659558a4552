/** The last word on a run: every rule, over everything, once all had its time to end. */
import { gather } from "./evidence.ts";
import type { Facts, Limits, Sha256, Violation } from "./facts.ts";
import type { Rule } from "./rule.ts";
import { BOOK_RULES } from "./rules-books.ts";
import { MONEY_RULES } from "./rules-money.ts";
import { PAPER_RULES } from "./rules-paper.ts";
import { SHOWN_RULES } from "./rules-shown.ts";
import type { Slip } from "./slips.ts";

export const RULES: readonly Rule[] = [
  ...MONEY_RULES,
  ...PAPER_RULES,
  ...BOOK_RULES,
  ...SHOWN_RULES,
];

/**
 * Empty when all is well. `sha256` null leaves out the hashes of the logs, and nothing else. `slips`: the papers as
 * they were laid, where nothing prints lines to be read.
 */
export function audit(
  facts: Facts,
  limits: Limits,
  sha256: Sha256 | null,
  slips?: readonly Slip[],
): readonly Violation[] {
  const evidence = gather(facts, limits, sha256, slips);
  return RULES.flatMap(({ name, check }) => {
    const violations: Violation[] = [];
    check(evidence, (saleId, seen) =>
      violations.push({ rule: name, saleId, seen, atMs: facts.endMs }),
    );
    return violations;
  });
}
