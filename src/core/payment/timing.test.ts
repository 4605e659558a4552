import assert from "node:assert/strict";
import { test } from "node:test";
import { alipayTiming, compress } from "./timing.ts";

/** Every number in the plan, however deep. */
const numbersOf = (value: unknown): readonly number[] =>
  typeof value === "number"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(numbersOf)
      : [];

test("a compressed plan has whole milliseconds, and what waits still waits", () => {
  const real = numbersOf(alipayTiming);
  for (const factor of [1, 3, 7, 999]) {
    const compressed = numbersOf(compress(alipayTiming, factor));
    assert.equal(compressed.length, real.length);
    for (const [index, ms] of compressed.entries()) {
      assert.ok(Number.isSafeInteger(ms), `${ms}`);
      assert.equal(ms === 0, real[index] === 0);
    }
  }
  assert.deepEqual(compress(alipayTiming, 1), alipayTiming);
});
