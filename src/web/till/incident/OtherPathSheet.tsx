/** How to get the till onto another network, when the usual one is down. */
import { incidentText } from "../../../core/text/incident.ts";
import type { Step } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Sheet } from "../sheets/Sheet.tsx";
import { Guide } from "./Guide.tsx";

const STEPS: readonly Step[] = [
  { text: incidentText.otherPathDo, at: "now", picture: "hotspot", seen: null },
  { text: incidentText.otherPathSee, at: "later", picture: null, seen: null },
];

export function OtherPathSheet() {
  const say = useSay();
  return (
    <Sheet title={incidentText.otherPathTitle} size="small">
      <Guide steps={STEPS} />
      <p className="notice care">{say(incidentText.otherPathPlain)}</p>
    </Sheet>
  );
}
