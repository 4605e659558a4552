/** A number names its sale in large and small letters alike. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { asWritten } from "./numbers.ts";

test("this terminal's numbers as they were given out, any other text as it is", () => {
  for (const [typed, terminal, written] of [
    ["t01-000001", "T01", "T01-000001"],
    ["T01-000001", "t01", "t01-000001"],
    ["t01_261123_000001_K3X9", "T01", "T01_261123_000001_k3x9"],
    ["t02-000001", "T01", "t02-000001"],
    ["T011-000001", "T01", "T011-000001"],
    ["2026112322001400010000000001", "T01", "2026112322001400010000000001"],
    ["", "T01", ""],
  ] as const)
    assert.equal(asWritten(typed, terminal), written, typed);
});
