import assert from "node:assert/strict";
import { test } from "node:test";
import { dayTyped, endOfDay, minuteOf, minuteTyped } from "./dates.ts";

test("a day holds until its last second", () => {
  assert.equal(endOfDay(" 2026-12-31 "), "2026-12-31T23:59:59+08:00");
  assert.equal(dayTyped("2026-12-31T23:59:59+08:00"), "2026-12-31");
  for (const text of ["", "2026-02-30", "2026-13-01", "31.12.2026", "2026-1-1"])
    assert.equal(endOfDay(text), null, text);
});

test("a time is typed to the minute", () => {
  assert.equal(minuteOf("2026-11-30 02:00"), "2026-11-30T02:00:00+08:00");
  assert.equal(minuteTyped("2026-11-30T02:00:00+08:00"), "2026-11-30 02:00");
  for (const text of ["2026-11-30", "2026-11-30 24:10", "2026-11-31 02:00", "now"])
    assert.equal(minuteOf(text), null, text);
});
