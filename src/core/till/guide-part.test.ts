import assert from "node:assert/strict";
import { test } from "node:test";
import { networkGuide } from "../../../test/web-support/incidents.ts";
import type { GuideStepView } from "../diagnosis/view.ts";
import { moreStepsText, nearGuide, wholeGuide } from "./guide-part.ts";

const states = (...all: readonly GuideStepView["state"][]): readonly GuideStepView[] =>
  all.map((state, index) => ({
    id: `step ${index}`,
    text: { zh: `第 ${index + 1} 步`, en: `step ${index + 1}` },
    picture: null,
    state,
    seen: null,
    action: "none",
    enabled: true,
  }));

const near = (...all: readonly GuideStepView["state"][]) => {
  const { steps, more } = nearGuide(states(...all));
  return [steps.map(({ no }) => no), more];
};

test("on the stage: the last that is over, the one now, the next, and how many follow", () => {
  assert.deepEqual(near("now", "later", "later", "later"), [[1, 2], 2]);
  assert.deepEqual(near("done", "tried", "now", "later", "later"), [[2, 3, 4], 1]);
  assert.deepEqual(near("done", "now"), [[1, 2], 0]);
  assert.deepEqual(near("now", "done", "later", "later"), [[1, 2], 1]);
  assert.deepEqual(near(), [[], 0]);
});

test("one step follows, two steps follow", () => {
  assert.match(moreStepsText(1).en, /^1 more step follows/);
  assert.match(moreStepsText(2).en, /^2 more steps follow;/);
  assert.match(moreStepsText(2).zh, /还有 2 步/);
});

test("in a window the guide is whole", () => {
  assert.deepEqual(
    wholeGuide(networkGuide).steps.map(({ no, at }) => [no, at]),
    [
      [1, "tried"],
      [2, "now"],
      [3, "later"],
    ],
  );
});
