import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Queue } from "./queue.ts";

test("what was put in comes out by time, and in its order within a moment", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 200 }), (waits) => {
      const queue = new Queue();
      const seen: (readonly [atMs: number, index: number])[] = [];
      for (const [index, ms] of waits.entries())
        queue.after(ms, () => seen.push([queue.nowMs, index]));
      queue.run(100, () => false);
      const wanted = waits
        .map((ms, index) => [ms, index] as const)
        .toSorted(([a, i], [b, j]) => a - b || i - j);
      assert.deepEqual(seen, wanted);
      assert.deepEqual([queue.size, queue.happened], [0, waits.length]);
    }),
  );
});

test("what happens may plan more, and time stops where it is told to", () => {
  const queue = new Queue();
  const seen: number[] = [];
  const again = (): void => {
    seen.push(queue.nowMs);
    queue.after(10.2, again);
  };
  queue.after(-5, again);
  queue.run(25, () => false);
  assert.deepEqual([seen, queue.nowMs], [[0, 11, 22], 25]);
  queue.run(1_000, () => seen.length >= 5);
  assert.deepEqual([seen, queue.nowMs], [[0, 11, 22, 33, 44], 44]);
});
