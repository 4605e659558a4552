import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions, WrongOption } from "./options.ts";

test("without options: two hundred kills and cuts, by a seed of the moment", () => {
  const { beside, ...options } = readOptions([], 5_000_000_123);
  assert.ok(beside >= 1, "on one core, too");
  assert.deepEqual(options, {
    kills: 200,
    cuts: 200,
    seed: 123,
    minutes: null,
    plant: null,
    json: false,
    help: false,
  });
});

test("a long run by its own seed", () => {
  const { kills, seed, minutes, json } = readOptions(
    ["--kills", "5000", "--seed", "7", "--minutes", "90", "--json"],
    0,
  );
  assert.deepEqual([kills, seed, minutes, json], [5_000, 7, 90, true]);
});

for (const wrong of [
  ["--kill", "5"],
  ["--kills", "many"],
  ["--kills", "-1"],
  ["--beside", "0"],
  ["now"],
])
  test(`${wrong.join(" ")} is refused`, () => {
    assert.throws(() => readOptions(wrong, 0), WrongOption);
  });
