/** Every seed that ever failed, again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import kept from "../../src/simulation/kept-seeds.json" with { type: "json" };
import { runHere } from "../../tools/simulate/here.ts";

for (const { seed, sales, found, weather } of kept) {
  test(`seed ${seed}: ${found}`, async () => {
    const told = await runHere({ seed, sales, weather, without: [], keepsStory: false }, "memory");
    assert.ok(told.kind === "result", told.kind === "broke" ? told.error : "");
    assert.deepEqual(told.result.violations, []);
  });
}
