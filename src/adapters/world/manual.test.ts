import assert from "node:assert/strict";
import { test } from "node:test";
import { manualWorld } from "./manual.ts";

test("timers run at their own time and in order, with what they set off between them", async () => {
  const world = manualWorld({ startMs: 1_000 });
  const seen: string[] = [];
  const note = (what: string): number => seen.push(`${what} at ${world.monotonicMs()}`);
  world.after(200, () => note("late"));
  world.after(100, () => {
    note("early");
    world.after(50, () => note("set on the way"));
    void Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => note("promise of early"));
  });
  world.after(100, () => note("second of the same time"));
  const callOff = world.after(120, () => note("called off"));
  callOff();
  assert.equal(world.waiting, 3);
  await world.advance(199);
  assert.deepEqual(seen, [
    "early at 100",
    "promise of early at 100",
    "second of the same time at 100",
    "set on the way at 150",
  ]);
  assert.equal(world.nowMs(), 1_199);
  await world.advance(1);
  assert.equal(seen.at(-1), "late at 200");
  assert.equal(world.waiting, 0);
});

test("the clock on the wall jumps alone", async () => {
  const world = manualWorld({ startMs: 1_000 });
  let called = false;
  world.after(10, () => (called = true));
  world.jumpClock(-500);
  assert.deepEqual([world.nowMs(), world.monotonicMs()], [500, 0]);
  await world.advance(9);
  assert.equal(called, false);
  await world.advance(1);
  assert.equal(called, true);
});

test("chance, ids and tokens follow from the seed", () => {
  const draw = (seed: number): readonly unknown[] => {
    const world = manualWorld({ seed });
    const chances = Array.from({ length: 1000 }, () => world.random());
    assert.ok(chances.every((chance) => chance >= 0 && chance < 1));
    const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    assert.ok(mean > 0.45 && mean < 0.55);
    return [...chances, world.newId(), world.newId(), world.newToken(), world.newToken()];
  };
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  assert.equal(new Set(draw(3)).size, 1004);
});
