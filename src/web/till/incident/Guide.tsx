/** The steps of a fix, in order: what is done, the one to do now with its drawing, and what follows. */
import { guideStateText, incidentText } from "../../../core/text/incident.ts";
import { fill } from "../../../core/text/text.ts";
import { moreStepsText } from "../../../core/till/guide-part.ts";
import type { GuidePart, Step } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Drawing } from "../drawings/Drawing.tsx";

export function Guide({ guide }: { readonly guide: GuidePart }) {
  const say = useSay();
  const now = guide.steps.find(({ at }) => at === "now");
  return (
    <div className="guide">
      <div className="steps-side">
        <ol className="steps">
          {guide.steps.map((step) => (
            <GuideStep key={step.no} step={step} />
          ))}
        </ol>
        {guide.more === 0 ? null : <p className="more-steps">{say(moreStepsText(guide.more))}</p>}
      </div>
      <Drawing name={now?.picture ?? null} />
    </div>
  );
}

function GuideStep({ step }: { readonly step: Step }) {
  const say = useSay();
  const { no, at, text, seen } = step;
  const isOver = at === "done" || at === "tried";
  return (
    <li className={at} data-no={no} aria-current={at === "now" ? "step" : undefined}>
      {isOver ? <span className="unseen">{say(guideStateText[at])}: </span> : null}
      {say(text)}
      {at === "tried" ? <small>{say(guideStateText.tried)}</small> : null}
      {seen === null ? null : (
        <small>{say(isOver ? fill(incidentText.seen, { what: seen }) : seen)}</small>
      )}
    </li>
  );
}
