import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  chinaDay,
  chinaTime,
  nextChinaDay,
  parseChinaTime,
  rfc3339China,
  rfc3339ChinaMillis,
} from "./time.ts";

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
      assert.equal(rfc3339ChinaMillis(ms), expected.replace("Z", "+08:00"));
      assert.equal(parseChinaTime(chinaTime(ms)), Math.floor(ms / 1000) * 1000);
    }),
  );
});

test("what is read is a time that exists", () => {
  assert.equal(parseChinaTime("2026-03-01 00:00:01"), Date.UTC(2026, 1, 28, 16, 0, 1));
  assert.equal(parseChinaTime("2026-03-01 00:00"), Date.UTC(2026, 1, 28, 16));
  assert.equal(parseChinaTime("2026-03-01"), Date.UTC(2026, 1, 28, 16));
  for (const bad of ["2026-02-30", "2026-03-01 24:00", "2026-03-01 00:00:60", "2026-3-1", ""]) {
    assert.equal(parseChinaTime(bad), null, bad);
  }
  assert.equal(nextChinaDay("2028-02-28"), "2028-02-29");
});
