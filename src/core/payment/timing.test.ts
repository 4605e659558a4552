import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../../test/contract/store-samples.ts";
import { alipayTiming, compress, outcomeByMs } from "./timing.ts";

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

test("the times that a cashier is told stand from the start: 75 s usually, 150 s at the latest", () => {
  const sent = attempt(1, { sentAtMs: 1_000, expiresAtMs: 91_000 });
  for (const state of ["sending", "awaiting_buyer", "unknown", "reversing"] as const) {
    for (const openSinceMs of [null, 1_300, 6_000]) {
      const told = outcomeByMs(alipayTiming, { ...sent, state, openSinceMs });
      assert.deepEqual(told, { usuallyMs: 76_000, latestMs: 151_000 });
    }
  }
});
