/** An incident's guide in a window: the steps as they stand, or as they were. */
import type { IncidentView } from "../../../core/diagnosis/view.ts";
import { incidentText } from "../../../core/text/incident.ts";
import { wholeGuide } from "../../../core/till/guide-part.ts";
import { useSay } from "../../language/language.ts";
import { Guide } from "./Guide.tsx";

export function Steps({ incident }: { readonly incident: IncidentView }) {
  const say = useSay();
  const { guide, closed_at: closedAt } = incident;
  if (guide.length === 0) return null;
  return (
    <section className="guide-in-sheet">
      <h2>{say(closedAt === null ? incidentText.guideTitle : incidentText.guideDone)}</h2>
      <Guide guide={wholeGuide(guide)} />
    </section>
  );
}
