/** What is known of why there is no receipt: how sure, by what evidence, and what else. */
import type { IncidentPart } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Verdict } from "./Verdict.tsx";

export function IncidentLines({ part }: { readonly part: IncidentPart }) {
  const say = useSay();
  return (
    <div className="incident-lines">
      <p className="proof">
        <Verdict verdict={part.verdict} text={part.verdictText} />
        {part.evidence === null ? null : <span>{say(part.evidence)}</span>}
      </p>
      {part.also === null ? null : <p className="also">{say(part.also)}</p>}
    </div>
  );
}
