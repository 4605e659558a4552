/** A guide as the till draws it: whole in a window, on the stage only the steps round the one that is due. */
import type { GuideStepView } from "../diagnosis/view.ts";
import { incidentText } from "../text/incident.ts";
import { fill, type Text } from "../text/text.ts";
import type { GuidePart, Step } from "./parts.ts";

const stepOf = ({ text, state, picture, seen }: GuideStepView, index: number): Step => ({
  no: index + 1,
  text,
  at: state,
  picture,
  seen,
});

/** What is over already although it comes later doesn't need doing: it is left out. */
function inOrder(guide: readonly GuideStepView[]): readonly Step[] {
  const now = guide.findIndex(({ state }) => state === "now");
  const isNeeded = ({ state }: GuideStepView, index: number): boolean =>
    now < 0 || index <= now || state === "later";
  return guide.filter(isNeeded).map(stepOf);
}

export const moreStepsText = (count: number): Text =>
  count === 1 ? incidentText.moreStep : fill(incidentText.moreSteps, { count });

export const wholeGuide = (guide: readonly GuideStepView[]): GuidePart => ({
  steps: inOrder(guide),
  more: 0,
});

/** The last one that is over, the one to do now, and the next; how many more there are is said, not shown. */
export function nearGuide(guide: readonly GuideStepView[]): GuidePart {
  const steps = inOrder(guide);
  const now = steps.findIndex(({ at }) => at === "now");
  if (now < 0) return { steps: [], more: 0 };
  const shown = steps.slice(Math.max(0, now - 1), now + 2);
  return { steps: shown, more: steps.length - Math.min(steps.length, now + 2) };
}
