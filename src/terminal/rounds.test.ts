import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clockSeen,
  earliestMs,
  type Hearing,
  heardUntil,
  markEveryMs,
  type Moment,
  recentMs,
  refundsSinceMs,
  roundAfter,
  salesSinceMs,
  type WallClock,
} from "./rounds.ts";

const moment = (ms: number): Moment => ({ wallMs: 1_000_000 + ms, monotonicMs: ms });
const well = (ms: number, more: Partial<Hearing> = {}): Hearing => ({
  now: moment(ms),
  markedMs: 0,
  unheardMs: 0,
  isAllKept: true,
  ...more,
});
const hourMs = markEveryMs;

for (const [what, waiting, hearing, at, isProven] of [
  ["marked lately: nothing to do", null, well(hourMs - 1), null, false],
  ["an hour ago, and a call is a call: at once", null, well(hourMs), hourMs, true],
  [
    "the last poll was asked before: it is waited for",
    null,
    well(hourMs, { unheardMs: 1 }),
    hourMs,
    false,
  ],
  [
    "one was asked since, and its answer is here",
    hourMs,
    well(hourMs + 9, { unheardMs: 9 }),
    hourMs,
    true,
  ],
  [
    "no news for a day: still the same moment",
    hourMs,
    well(25 * hourMs, { unheardMs: 24 * hourMs + 1 }),
    hourMs,
    false,
  ],
  ["never a whole answer", null, well(hourMs, { unheardMs: Infinity }), hourMs, false],
  [
    "something is being asked about, or taken in",
    hourMs,
    well(hourMs + 9, { isAllKept: false }),
    hourMs,
    false,
  ],
] as const)
  test(`the mark is moved: ${what}`, () => {
    const found = heardUntil(waiting === null ? null : moment(waiting), hearing);
    const expected = at === null ? null : moment(at);
    assert.deepEqual(found, { moment: expected, isProven });
  });

test("whichever clock is behind counts, and without a mark all refunds are asked about", () => {
  const nowMs = 100 * recentMs;
  const mark = { beganMs: 50 * recentMs, endedMs: 40 * recentMs };
  assert.equal(salesSinceMs(null, nowMs), 99 * recentMs);
  assert.equal(salesSinceMs(mark, nowMs), 49 * recentMs);
  assert.equal(salesSinceMs(mark, 30 * recentMs), 29 * recentMs);
  assert.equal(refundsSinceMs(null, nowMs), 0);
  assert.equal(refundsSinceMs(mark, nowMs), 39 * recentMs);
  assert.equal(refundsSinceMs({ beganMs: 20 * recentMs, endedMs: nowMs }, nowMs), 19 * recentMs);
  assert.equal(refundsSinceMs({ ...mark, endedMs: 0 }, nowMs), 0);
});

test("missed while a round is under way: what it has yet to come to isn't asked about twice", () => {
  const whole = { beganMs: 1, sales: "all" } as const;
  assert.deepEqual(roundAfter(whole, null, 5), { beganMs: 5, sales: "none" });
  assert.deepEqual(roundAfter(whole, "S3", 5), { beganMs: 5, sales: { until: "S3" } });
  for (const sales of ["none", { until: "S3" }] as const)
    assert.deepEqual(roundAfter({ beganMs: 5, sales }, "S9", 7), { beganMs: 7, sales: "all" });
});

test("a clock that is set forward: for some days the mark allows for sales of before it", () => {
  const yearMs = 365 * 86_400_000;
  const at = (ms: number, aheadMs: number): Moment => ({ ...moment(ms), wallMs: ms + aheadMs });
  const after = (...seen: readonly Moment[]): number =>
    earliestMs(seen.reduce<WallClock | null>(clockSeen, null) ?? assert.fail("never seen"));
  assert.equal(after(at(0, 0), at(5, 5)), 10);
  assert.equal(after(at(0, 0), at(5, yearMs)), 5);
  assert.equal(after(at(0, 0), at(5, yearMs), at(9, yearMs)), 9);
  assert.equal(after(at(0, yearMs), at(5, 0)), 5, "set back: its sales bear too late a time");
  const later = recentMs + 5;
  assert.equal(after(at(0, 0), at(5, yearMs), at(later, yearMs)), later + yearMs);
});
