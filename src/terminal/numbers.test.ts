/** Receipt numbers that come to nothing: each is named by the commit of a later one. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { memoryJournal } from "../adapters/store/memory/journal.ts";
import { manualWorld } from "../adapters/world/manual.ts";
import { Numbers } from "./numbers.ts";

let numbers: Numbers;
beforeEach(() => {
  const world = manualWorld();
  numbers = new Numbers(world, memoryJournal(world.sha256), "T01");
});

test("a lost number is named until a commit that names it is durable", () => {
  numbers.lose(numbers.receipt().number);
  const failed = numbers.receipt();
  assert.deepEqual(failed.lost, [1]);
  numbers.lose(failed.number);
  const next = numbers.receipt();
  assert.deepEqual(next.lost, [1, 2]);
  numbers.kept(next.number);
  assert.deepEqual(numbers.receipt().lost, []);
});

test("a number that is lost while the next one's commit is under way is named by the one after", () => {
  const [first, second] = [numbers.receipt(), numbers.receipt()];
  numbers.lose(first.number);
  assert.deepEqual(second.lost, []);
  numbers.kept(second.number);
  assert.deepEqual(numbers.receipt().lost, [1]);
});
