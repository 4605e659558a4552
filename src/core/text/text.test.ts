/** Which language a page opens in, and words that must be the same in two places. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { QUALIFICATION_STATES } from "./evidence.ts";
import { qualificationStateText } from "./health.ts";
import { durationText, pastText } from "./incident.ts";
import { sheetText } from "./sheets.ts";
import { fill, languageOf } from "./text.ts";

test("chosen on this computer, else English where the browser asks for it first, else Chinese", () => {
  const table = [
    [null, ["zh-CN", "zh", "en"], "zh"],
    [null, ["en-US", "en", "zh-CN"], "en"],
    [null, ["fr-FR", "en-GB"], "en"],
    [null, ["fr-FR"], "zh"],
    [null, [], "zh"],
    ["zh", ["en-US"], "zh"],
    ["en", ["zh-CN"], "en"],
    ["klingon", ["en"], "en"],
  ] as const;
  for (const [chosen, wanted, language] of table)
    assert.equal(languageOf(chosen, wanted), language, `${chosen} ${wanted.join()}`);
});

test("a qualification that has run out is called the same in its list and as evidence", () => {
  for (const state of ["expiring", "expired"] as const)
    assert.equal(qualificationStateText[state].zh, QUALIFICATION_STATES[state].zh);
});

test("what was found is told as of then in words that fit a title of any tense", () => {
  for (const words of [pastText.ofSale, pastText.ofBox, pastText.ofThen, pastText.causeThen])
    assert.match(fill(words, { title: "Alipay doesn't answer" }).en, /^What it was then: Alipay/);
});

test("a moment is no 0 seconds", () => {
  assert.deepEqual(durationText(120), { zh: "不到 1 秒", en: "under 1 s" });
  assert.equal(durationText(9_400).zh, "9 秒");
});

test("one sale isn't told in the plural", () => {
  for (const words of [sheetText.dayOpenHead, sheetText.dayPayments])
    assert.doesNotMatch(fill(words, { count: 1 }).en, /^1 /);
});
