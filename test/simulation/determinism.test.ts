/** A seed is worth what it repeats: two runs tell the same story to the last byte. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { storyOf } from "../../src/simulation/report/story.ts";
import type { Ask } from "../../tools/simulate/messages.ts";
import { runHere } from "../../tools/simulate/here.ts";

const asked = (seed: number): Ask => ({ seed, sales: 30, without: [], keepsStory: true });

/** SHA-256 over every line that was told: commits, trades, papers, screens, faults, logs. */
async function logOf(seed: number, store: "memory" | "sqlite"): Promise<string> {
  const told = await runHere(asked(seed), store);
  assert.ok(told.kind === "result", told.kind === "broke" ? told.error : "");
  const { story, digest } = told.result;
  assert.ok(story.length > 100, "something happened");
  const lines = storyOf(story, null, Number.POSITIVE_INFINITY);
  return createHash("sha256")
    .update([digest, ...lines].join("\n"))
    .digest("hex");
}

test("two runs of a seed give byte-identical logs, on 20 seeds", async () => {
  const logs = new Set<string>();
  for (let seed = 1; seed <= 20; seed += 1) {
    const first = await logOf(seed, "memory");
    assert.equal(await logOf(seed, "memory"), first, `seed ${seed}`);
    logs.add(first);
  }
  assert.equal(logs.size, 20, "and no two seeds the same");
});

test("the same with real SQLite under the actors", async () => {
  for (const seed of [1, 2]) assert.equal(await logOf(seed, "sqlite"), await logOf(seed, "sqlite"));
});
