/** All nine families as a list: how each stands, and behind it the evidence that says so. */
import { FIXER_TEXTS } from "../../../core/text/diagnosis.ts";
import type { EvidenceLineView, FamilyView, FindingView } from "../../../core/diagnosis/view.ts";
import { incidentText } from "../../../core/text/incident.ts";
import type { Text } from "../../../core/text/text.ts";
import { clockText } from "../../../core/till/clock.ts";
import { useSay } from "../../language/language.ts";
import { Verdict } from "./Verdict.tsx";

const t = incidentText;

export function Families({
  families,
  first,
}: {
  readonly families: readonly FamilyView[];
  readonly first: FindingView | null;
}) {
  const say = useSay();
  return (
    <section>
      <h2>{say(t.familiesTitle)}</h2>
      <ul className="families">
        {families.map((one) => (
          <li key={one.family}>
            <Family family={one} open={one.family === first?.family} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Family({ family, open }: { readonly family: FamilyView; readonly open: boolean }) {
  const say = useSay();
  const { name, verdict, findings, against, asking } = family;
  const found = findings[0];
  return (
    <details open={open} className={verdict}>
      <summary className="row family-row">
        <b>{say(name)}</b>
        <Verdict verdict={verdict} />
        <span className="grow">{say(found?.title ?? asking ?? empty)}</span>
      </summary>
      <div className="family-body">
        {findings.map((one) => (
          <Finding key={one.cause} finding={one} />
        ))}
        {asking === null ? null : <p>{say(asking)}</p>}
        {against.length === 0 ? null : <Lines title={t.against} lines={against} />}
      </div>
    </details>
  );
}

const empty: Text = { zh: "", en: "" };

function Finding({ finding }: { readonly finding: FindingView }) {
  const say = useSay();
  const { title, verdict, explain, fixer, next_step, since, evidence } = finding;
  return (
    <section className="finding">
      <h3>
        {say(title)} <Verdict verdict={verdict} />
      </h3>
      <p>{say(explain)}</p>
      {next_step.zh === explain.zh ? null : (
        <p>
          <b>{say(t.nextStep)}</b> {say(next_step)}
        </p>
      )}
      <p className="quiet-line">
        {say(t.fixer, { who: say(FIXER_TEXTS[fixer]) })} ·{" "}
        {say(t.since, { time: clockText(since) })}
      </p>
      <Lines title={t.evidence} lines={evidence} />
    </section>
  );
}

/** Evidence as a person reads it: when, who says so, what. */
export function Lines({
  title,
  lines,
}: {
  readonly title: Text;
  readonly lines: readonly EvidenceLineView[];
}) {
  const say = useSay();
  if (lines.length === 0) return null;
  return (
    <>
      <h4>{say(title)}</h4>
      <ul className="proofs">
        {lines.map((line) => (
          <li key={`${line.at} ${line.text.zh}`}>
            <time>{clockText(line.at)}</time>
            <span>{say(line.source)}</span>
            <span>{say(line.text)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
