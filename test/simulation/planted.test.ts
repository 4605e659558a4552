import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PLANTED } from "../../src/simulation/planted/list.ts";
import { patchesOf, patchSource } from "../../src/simulation/planted/planted.ts";
import { runPool } from "../../tools/simulate/pool.ts";
import { Tally } from "../../tools/simulate/tally.ts";

test("every planted bug still finds its text in the code, once", () => {
  assert.ok(PLANTED.length >= 20);
  assert.equal(new Set(PLANTED.map((one) => one.name)).size, PLANTED.length);
  for (const bug of PLANTED)
    for (const patch of patchesOf(bug))
      assert.notEqual(patchSource(patch, readFileSync(patch.file, "utf8")), "");
});

test("a bug whose text has gone is told, not passed over", () => {
  const [bug = assert.fail("none")] = PLANTED;
  assert.throws(() => patchSource(bug, "something else"), /stands 0 times/);
});

test("a planted bug is run and found", async () => {
  const bug = PLANTED.find((one) => one.name === "timeout_read_as_declined") ?? null;
  assert.ok(bug !== null);
  const tally = new Tally();
  let seed = 0;
  await runPool({
    bug,
    store: "memory",
    workers: 1,
    next: () => {
      seed += 1;
      const isOver = tally.failures.length > 0 || seed > 20;
      return isOver ? null : { seed, sales: 50, without: [], keepsStory: false };
    },
    onTold: (told) => tally.add(told),
  });
  assert.match(tally.failures[0]?.rule ?? "", /^told_not_paid|money|bill/);
});
