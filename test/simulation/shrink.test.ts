import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultKind } from "../../src/simulation/faults/kinds.ts";
import type { Ask } from "../../tools/simulate/messages.ts";
import { shrink } from "../../tools/simulate/shrink.ts";

const kinds: readonly FaultKind[] = ["till_crash", "paper_out", "hub_crash", "refund"];
const ask: Ask = { seed: 7, sales: 400, without: [], keepsStory: false };
const left = ({ without }: Ask): readonly FaultKind[] =>
  kinds.filter((kind) => !without.includes(kind));

test("what isn't needed goes, what is needed stays, and the rule stays the same", async () => {
  const least = await shrink(ask, {
    kindsOf: left,
    // Needs two kinds together and 60 sales; without paper_out another rule breaks.
    brokenRule: async (one) => {
      if (one.sales < 60 || !left(one).includes("till_crash")) return null;
      return left(one).includes("paper_out") ? "one_original" : "another_rule";
    },
  });
  assert.deepEqual(left(least), ["till_crash", "paper_out"]);
  assert.equal(least.sales, 100);
});

test("what doesn't fail is left alone", async () => {
  const deps = { kindsOf: left, brokenRule: () => Promise.resolve(null) };
  assert.equal(await shrink(ask, deps), ask);
});
