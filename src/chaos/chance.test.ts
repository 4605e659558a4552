/** The same seed draws the same; a stream that is forked doesn't move the others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Chance, chanceOf } from "./chance.ts";

const row = (chance: Chance): readonly number[] => Array.from({ length: 8 }, () => chance.next());

test("a seed is a row of numbers, and a name another one", () => {
  assert.deepEqual(row(chanceOf(7)), row(chanceOf(7)));
  assert.notDeepEqual(row(chanceOf(7)), row(chanceOf(8)));
  const [one, other] = [chanceOf(7), chanceOf(7)];
  other.next();
  assert.deepEqual(row(one.fork("kills")), row(other.fork("kills")));
  assert.notDeepEqual(row(one.fork("kills")), row(one.fork("cashier 1")));
});

test("draws stay within their bounds, and weights are kept", () => {
  const chance = chanceOf(3);
  const drawn = Array.from({ length: 2_000 }, () => chance.between(2, 5));
  assert.deepEqual(new Set(drawn), new Set([2, 3, 4, 5]));
  const table = [
    { name: "often", weight: 9 },
    { name: "never", weight: 0 },
    { name: "rarely", weight: 1 },
  ];
  const names = Array.from({ length: 2_000 }, () => chance.draw(table).name);
  const often = names.filter((name) => name === "often").length;
  assert.ok(often > 1_700 && often < 1_900, `${often}`);
  assert.ok(!names.includes("never") && names.includes("rarely"));
});
