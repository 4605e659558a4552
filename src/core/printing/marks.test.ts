import assert from "node:assert/strict";
import { test } from "node:test";
import type { CopyMark } from "./job.ts";
import { marksOf } from "./layout.ts";
import { sampleAtMs, sampleSlips } from "./samples.ts";

const marks = (mark: CopyMark, language: "zh" | "en"): readonly string[] =>
  marksOf({ slip: sampleSlips.receipt, holder: "customer", mark }, language);

test("both ways to a copy bear the same: number, time and operator", () => {
  const facts = { count: 2, atMs: sampleAtMs, operatorNo: "07" };
  for (const kind of ["reprint", "replacement"] as const) {
    assert.deepEqual(marks({ kind, ...facts }, "zh"), [
      "** 补打 第2次 2026-01-31 09:05:00 操作员07 **",
    ]);
    assert.match(
      marks({ kind, ...facts }, "en")[0] ?? "",
      / 2 2026-01-31 09:05:00 operator 07 \*\*$/,
    );
  }
});

test("a copy that an earlier version ordered shows what is known of it", () => {
  assert.deepEqual(marks({ kind: "replacement", count: 1 }, "zh"), ["** 补打 第1次 **"]);
});
