/** The judgement of all nine families: an open incident's own, live with each frame; else asked for. */
import { useEffect, useState } from "react";
import type { DiagnosisView, IncidentView } from "../../../core/diagnosis/view.ts";
import type { Text } from "../../../core/text/text.ts";
import { get } from "../../box/box.ts";
import type { Answer } from "../../box/box.ts";
import { useDeskState } from "../desk/context.ts";

export interface Judged {
  readonly families: DiagnosisView["families"];
  readonly first: DiagnosisView["first"];
  /** Only where it was asked for: an open incident is known already. */
  readonly incident_id?: DiagnosisView["incident_id"];
  readonly open_sales?: DiagnosisView["open_sales"];
}

export function useDiagnosis(
  saleId: string | null,
  incident: IncidentView | null,
): { readonly judged: Judged | null; readonly problem: Text | null } {
  const { view } = useDeskState();
  const [answer, setAnswer] = useState<Answer<DiagnosisView> | null>(null);
  const own = incident?.closed_at === null ? incident : null;
  const isOwn = own !== null;
  useEffect(() => {
    if (isOwn) return;
    let left = false;
    const query = saleId === null ? "" : `?${new URLSearchParams({ sale: saleId })}`;
    void get<DiagnosisView>(`/api/diagnosis${query}`).then((got) => {
      if (!left) setAnswer(got);
    });
    return () => {
      left = true;
    };
  }, [isOwn, saleId, view]);
  const asked = answer?.ok === true ? answer.value : null;
  const problem = own === null && answer?.ok === false ? answer.text : null;
  return { judged: own ?? asked, problem };
}
