import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readSteady } from "./steady.ts";

const clock = { atMs: 1_000_000, monotonicMs: 50 };
const hoursMs = 8 * 3_600_000;

test("parted from the wall clock it is set while it may be, and else leans", () => {
  for (const wallMs of [clock.atMs + hoursMs, clock.atMs - hoursMs]) {
    const seen = { wallMs, monotonicMs: 1_050 };
    const set = readSteady(clock, seen, true);
    assert.deepEqual([set.clock.atMs, set.isSet], [wallMs, true]);
    const leant = readSteady(clock, seen, false);
    assert.equal(leant.isSet, false);
    assert.equal(leant.clock.atMs, clock.atMs + 1_000 + 50 * Math.sign(wallMs - clock.atMs));
  }
});

test("a small difference is leant away and nobody's reason to set it", () => {
  const seen = { wallMs: clock.atMs + 3_000, monotonicMs: 1_050 };
  const { clock: next, isSet } = readSteady(clock, seen, true);
  assert.deepEqual([next.atMs, isSet], [clock.atMs + 1_050, false]);
});

test("leaning, it never goes back, never leaps and never passes the wall clock", () => {
  const ms = fc.integer({ min: 0, max: 1e9 });
  fc.assert(
    fc.property(ms, ms, (passedMs, wallMs) => {
      const seen = { wallMs, monotonicMs: clock.monotonicMs + passedMs };
      const goneMs = readSteady(clock, seen, false).clock.atMs - clock.atMs;
      assert.ok(goneMs >= passedMs * 0.949 && goneMs <= passedMs * 1.051);
      const before = Math.sign(wallMs - (clock.atMs + passedMs));
      assert.ok(Math.sign(wallMs - (clock.atMs + goneMs)) * before >= 0);
    }),
  );
});
