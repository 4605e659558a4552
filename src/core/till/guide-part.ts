/** A guide as the till draws it: whole in a window, on the stage only the steps round the one that is due. */
import type { GuideStepView } from "../diagnosis/view.ts";
import type { GuidePart, Step } from "./parts.ts";

const stepOf = ({ text, state, picture, seen }: GuideStepView, index: number): Step => ({
  no: index + 1,
  text,
  at: state,
  picture,
  seen,
});

export const wholeGuide = (guide: readonly GuideStepView[]): GuidePart => ({
  steps: guide.map(stepOf),
  more: 0,
});

/** The last one that was done, the one to do now, and the next; how many more there are is said, not shown. */
export function nearGuide(guide: readonly GuideStepView[]): GuidePart {
  const steps = guide.map(stepOf);
  const now = steps.findIndex(({ at }) => at === "now");
  const before = steps.slice(0, Math.max(0, now)).filter(({ at }) => at !== "later");
  const after = steps.slice(now + 1).filter(({ at }) => at === "later");
  const due = now < 0 ? [] : steps.slice(now, now + 1);
  return {
    steps: [...before.slice(-1), ...due, ...after.slice(0, 1)],
    more: after.length - after.slice(0, 1).length,
  };
}
