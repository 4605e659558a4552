/** The steps of a fix, in order: what is done, the one to do now with its drawing, and what follows. */
import { guideStateText, incidentText } from "../../../core/text/incident.ts";
import type { Step } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Drawing } from "../drawings/Drawing.tsx";

export function Guide({ steps }: { readonly steps: readonly Step[] }) {
  const now = steps.find(({ at }) => at === "now");
  return (
    <div className="guide">
      <ol className="steps">
        {steps.map((step) => (
          <GuideStep key={step.text.zh} step={step} />
        ))}
      </ol>
      <Drawing name={now?.picture ?? null} />
    </div>
  );
}

function GuideStep({ step }: { readonly step: Step }) {
  const say = useSay();
  const { at, text, seen } = step;
  return (
    <li className={at} aria-current={at === "now" ? "step" : undefined}>
      {at === "done" || at === "tried" ? (
        <span className="unseen">{say(guideStateText[at])}: </span>
      ) : null}
      {say(text)}
      {at === "tried" ? <small>{say(guideStateText.tried)}</small> : null}
      {seen === null ? null : <small>{say(at === "now" ? seen : fillSeen(seen))}</small>}
    </li>
  );
}

const fillSeen = (seen: NonNullable<Step["seen"]>) => ({
  zh: incidentText.seen.zh.replace("{what}", seen.zh),
  en: incidentText.seen.en.replace("{what}", seen.en),
});
