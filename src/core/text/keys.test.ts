import assert from "node:assert/strict";
import { test } from "node:test";
import { GUIDES } from "../diagnosis/guide/steps.ts";
import { CAUSES } from "../diagnosis/causes/causes.ts";
import { REFUSALS } from "../rules/refusals.ts";
import { frameText } from "./frame.ts";
import { gateText, offerText } from "./gate.ts";
import { healthText } from "./health.ts";
import { incidentText } from "./incident.ts";
import { sayWithKeys } from "./keys.ts";
import { sheetText } from "./sheets.ts";
import type { Text } from "./text.ts";
import { tillText } from "./till.ts";

/** Every text within, with the way to it. */
function textsIn(value: unknown, path: string): readonly (readonly [path: string, text: Text])[] {
  if (typeof value !== "object" || value === null) return [];
  if ("zh" in value && "en" in value) return [[path, value as Text]];
  return Object.entries(value).flatMap(([name, part]) => textsIn(part, `${path}.${name}`));
}

const onThePage = textsIn(
  {
    frameText,
    gateText,
    offerText,
    healthText,
    incidentText,
    sheetText,
    tillText,
    CAUSES,
    GUIDES,
    REFUSALS,
  },
  "",
);

/** About keys as such: shown only where there is a keyboard, or about the scanner's own. */
const ofTheKeyboard =
  /\.(?:help(?:Digits|Enter|Esc|Yn|More)|findKeys|scanBroken|amount(?:Plain|ReadyHead|OldPlain))$/;
const bareKey =
  /\bF\d{1,2}\b|\b(?:Esc|press(?:ing)? [A-Z]|Press [A-Z])\b|按 ?[A-Z]\b|按 Enter|press Enter|Press Enter/;

test("no sentence of the page names a key that a phone hasn't", () => {
  assert.ok(onThePage.length > 500, String(onThePage.length));
  for (const [path, { zh, en }] of onThePage.filter(([path]) => !ofTheKeyboard.test(path)))
    assert.doesNotMatch(`${zh} ${en}`, bareKey, path);
});

test("every place for a key is filled, by its name or by the button's words", () => {
  for (const taps of [false, true])
    for (const language of ["zh", "en"] as const)
      for (const [path, text] of onThePage)
        assert.doesNotMatch(sayWithKeys(text, language, taps), /\{key_/, path);
  const { moreStep } = incidentText;
  assert.equal(sayWithKeys(moreStep, "zh", false), "后面还有 1 步，按 F8 看全部");
  assert.equal(sayWithKeys(moreStep, "zh", true), "后面还有 1 步，按“为何未出票”看全部");
});
