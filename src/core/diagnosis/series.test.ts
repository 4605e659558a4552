import assert from "node:assert/strict";
import { test } from "node:test";
import { computer, reach } from "../../../test/diagnosis-support/evidence.ts";
import { seriesOf } from "./series.ts";

const valuesOf = (evidence: Parameters<typeof seriesOf>[0], id: string) =>
  seriesOf(evidence, id).flatMap(({ points }) => points.map(([, value]) => value));

test("a probe without an answer is a gap; what wasn't measured this time is no point", () => {
  assert.deepEqual(
    valuesOf([reach(9, "router"), reach(5, "router", "timeout")], "reach.router.eth0"),
    [12, null],
  );
  const looks = [computer(9), computer(5, { diskWriteMs: null }), computer(1)];
  assert.deepEqual(valuesOf(looks, "computer.write"), [3, 3]);
  assert.deepEqual(valuesOf([computer(9, { memoryFreeBytes: null })], "computer.memory"), []);
});
