/** How an announced window is called, on the gate and in a headline: by both languages, and so that it is clear whose end it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { caseOf, judge, notice, silence } from "../../../test/diagnosis-support/evidence.ts";
import type { Text } from "../text/text.ts";
import { diagnose } from "./diagnose.ts";
import { gateOf } from "./gate.ts";

test("in a window the gate's light names it, and what its advice waits for", () => {
  const given = caseOf({ evidence: [notice("provider"), silence(3)] });
  const { provider } = gateOf({
    given,
    diagnosis: diagnose(given),
    provider: { state: "failing", failuresInARow: 3 },
    printer: { condition: null, paperLow: false, reachable: true, heard: "now", checkedAtMs: 1 },
    receiptLinks: true,
    overriddenUntilMs: null,
  });
  assert.deepEqual([provider.light, provider.text.zh], ["amber", "升级维护"]);
  assert.match(provider.text.en, /^Announced maintenance/);
  assert.match(provider.why?.en ?? "", /^Wait for the end of the maintenance/);
});

test("a notice that is written in Chinese only has an English name too", () => {
  const titleOf = (title: string): Text | undefined => {
    const { atMs, fact } = notice("provider");
    assert.ok(fact.kind === "notice");
    return judge([{ atMs, fact: { ...fact, title } }, silence(3)]).first?.title;
  };
  assert.deepEqual(titleOf("升级维护"), {
    zh: "升级维护",
    en: "Announced maintenance (升级维护)",
  });
  assert.equal(titleOf("Alipay upgrade")?.en, "Alipay upgrade");
});
