/** How to get the till onto another network, when the usual one is down. */
import { incidentText } from "../../../core/text/incident.ts";
import type { GuidePart } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Sheet } from "../sheets/Sheet.tsx";
import { Guide } from "./Guide.tsx";

const GUIDE: GuidePart = {
  steps: [
    { no: 1, text: incidentText.otherPathDo, at: "now", picture: "hotspot", seen: null },
    { no: 2, text: incidentText.otherPathSee, at: "later", picture: null, seen: null },
  ],
  more: 0,
};

export function OtherPathSheet() {
  const say = useSay();
  return (
    <Sheet title={incidentText.otherPathTitle} size="small">
      <Guide guide={GUIDE} />
      <p className="notice care">{say(incidentText.otherPathPlain)}</p>
    </Sheet>
  );
}
