import assert from "node:assert/strict";
import { test } from "node:test";
import { Chance } from "./chance.ts";
import { Machine } from "./machine.ts";
import { Timeline } from "./timeline.ts";

const timeline = (): Timeline => new Timeline(() => {});

test("things happen by time, and by the order in which they were planned", () => {
  const time = timeline();
  const chance = new Chance("order");
  const happened: string[] = [];
  const expected: { readonly atMs: number; readonly n: number }[] = [];
  for (let n = 0; n < 500; n += 1) {
    const atMs = chance.whole(0, 40);
    expected.push({ atMs, n });
    time.after(atMs, () => happened.push(`${time.nowMs} ${n}`));
  }
  time.run(40, () => false);
  const sorted = expected.toSorted((a, b) => a.atMs - b.atMs || a.n - b.n);
  assert.deepEqual(
    happened,
    sorted.map(({ atMs, n }) => `${atMs} ${n}`),
  );
});

test("what is called off doesn't happen, and the run stops where it is told to", () => {
  const time = timeline();
  const happened: number[] = [];
  time.after(1, () => happened.push(1));
  time.after(2, () => happened.push(2))();
  time.after(3, () => happened.push(3));
  time.after(4, () => happened.push(4));
  time.run(10, () => happened.includes(3));
  assert.deepEqual([happened, time.nowMs], [[1, 3], 3]);
  time.run(10, () => false);
  assert.deepEqual([happened, time.nowMs], [[1, 3, 4], 10]);
});

test("a dead process hears of nothing, also not once it has started again", () => {
  const time = timeline();
  const machine = new Machine("m", time, new Chance("m"));
  const heard: string[] = [];
  const first = machine.boot();
  first.world.after(5, () => heard.push("first"));
  machine.kill();
  const second = machine.boot();
  second.world.after(5, () => heard.push("second"));
  time.run(10, () => false);
  assert.deepEqual(heard, ["second"]);
  assert.deepEqual([first.alive, second.alive], [false, true]);
});

test("a trap kills at its step, before it or after it", () => {
  const machine = new Machine("m", timeline(), new Chance("m"));
  const life = machine.boot();
  machine.setTrap(2, "after");
  assert.deepEqual([life.diesBefore(), life.diesAfter()], [false, false]);
  assert.deepEqual([life.diesBefore(), life.diesAfter()], [false, true]);
  assert.equal(life.alive, false);
});

test("a fork depends on its name alone", () => {
  const draws = (disturbed: boolean): readonly number[] => {
    const chance = new Chance("seed 7");
    if (disturbed) for (let n = 0; n < 10; n += 1) chance.next();
    const fork = chance.fork("printer");
    return [fork.next(), fork.next(), fork.next()];
  };
  assert.deepEqual(draws(false), draws(true));
  assert.notDeepEqual(draws(false), [new Chance("seed 8").fork("printer").next()]);
  const many = new Chance("mean");
  const sum = Array.from({ length: 10_000 }, () => many.next()).reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum / 10_000 - 0.5) < 0.02);
});
