/** What people were shown, held against the gateway's book at that very moment. */
import type { Rule } from "./rule.ts";
import { WATCH_RULES } from "./watch.ts";

type ShownRule = Extract<keyof typeof WATCH_RULES, `told_${string}` | "words_are_known">;

const rule = (name: ShownRule): Rule => ({
  name,
  says: WATCH_RULES[name],
  check: ({ told }, found) => {
    for (const one of told) if (one.rule === name) found(one.saleId, one.seen);
  },
});

export const SHOWN_RULES: readonly Rule[] = [
  rule("told_not_paid_is_true"),
  rule("told_not_paid_is_proven"),
  rule("told_not_paid_stays_true"),
  rule("told_paid_is_true"),
  rule("words_are_known"),
];
