import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions } from "../options.ts";
import { partsOf } from "./plan.ts";

const tools = { disk: true, clock: true, recorder: true };
const planned = (args: readonly string[], more = {}) =>
  partsOf(readOptions(["--seed", "7", ...args], 0), {
    program: "chupiao.ts",
    tools: { ...tools, ...more },
    nowMs: 1_000,
  });
const sizes = (args: readonly string[], more = {}) =>
  planned(args, more).map((one) => [
    one.kind,
    one.seed,
    one.kind === "round" ? one.kills : one.cuts,
  ]);

test("power cuts are a part by themselves, and kills are rounds of fifty, each with its seed", () => {
  assert.deepEqual(sizes([]), [
    ["outage", 7, 200],
    ["round", 7, 50],
    ["round", 8, 50],
    ["round", 9, 50],
    ["round", 10, 50],
  ]);
});

test("the last round has what is left, and nothing is planned that isn't wanted", () => {
  assert.deepEqual(sizes(["--kills", "130", "--cuts", "0"]), [
    ["round", 7, 50],
    ["round", 8, 50],
    ["round", 9, 30],
  ]);
  assert.deepEqual(sizes(["--kills", "0"]), [["outage", 7, 200]]);
  assert.deepEqual(sizes(["--kills", "3"], { recorder: false }), [["round", 7, 3]]);
});

test("no kill begins after the time that was given", () => {
  const ends = (args: readonly string[]) =>
    planned(args).map((one) => (one.kind === "round" ? one.endsAtMs : null));
  assert.deepEqual(ends(["--kills", "1", "--minutes", "2"]), [null, 121_000]);
  assert.deepEqual(ends(["--kills", "1"]), [null, Infinity]);
});
