import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chinaDay, chinaTime, rfc3339China } from "./time.ts";

test("a day of the shop begins at 16:00 UTC", () => {
  const midnight = Date.UTC(2026, 1, 28, 16);
  assert.equal(chinaTime(midnight), "2026-03-01 00:00:00");
  assert.equal(chinaTime(midnight - 1), "2026-02-28 23:59:59");
  assert.equal(chinaDay(midnight - 1), "2026-02-28");
  assert.equal(chinaDay(Date.UTC(2028, 1, 29)), "2028-02-29");
  assert.equal(rfc3339China(0), "1970-01-01T08:00:00+08:00");
});

test("every instant of five centuries is what the machine's own calendar says", () => {
  const instants = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2400, 0, 1) });
  fc.assert(
    fc.property(instants, (ms) => {
      const expected = new Date(ms + 8 * 3_600_000).toISOString();
      assert.equal(chinaTime(ms), expected.slice(0, 19).replace("T", " "));
    }),
  );
});
