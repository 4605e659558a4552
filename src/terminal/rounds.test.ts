import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Hearing,
  heardUntil,
  markEveryMs,
  type Moment,
  recentMs,
  refundsSinceMs,
  roundAfter,
  salesSinceMs,
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
