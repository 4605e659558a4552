/** One incident, open or closed: what it was, how it ended, how long it took, and all its evidence. */
import { END_TEXTS, WHY_TEXTS } from "../../../core/text/diagnosis.ts";
import { useEffect, useState } from "react";
import type { IncidentView } from "../../../core/diagnosis/view.ts";
import { durationText, incidentText } from "../../../core/text/incident.ts";
import { healthText } from "../../../core/text/health.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import { fill, type Text } from "../../../core/text/text.ts";
import { daySecondText } from "../../../core/till/clock.ts";
import { get } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { useDesk, useDeskState } from "../desk/context.ts";
import { Families } from "../incident/Families.tsx";
import { openReport } from "../incident/report.ts";
import { Steps } from "../incident/Steps.tsx";
import { Verdict } from "../incident/Verdict.tsx";
import { KeyButton } from "../sheets/KeyButton.tsx";
import { Saying } from "../sheets/Saying.tsx";
import { Sheet } from "../sheets/Sheet.tsx";

const t = healthText;

export function IncidentSheet({ incidentId }: { readonly incidentId: string }) {
  const { view } = useDeskState();
  const [incident, setIncident] = useState<IncidentView | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  useEffect(() => {
    let left = false;
    void get<IncidentView>(`/api/incidents/${encodeURIComponent(incidentId)}`).then((answer) => {
      if (left) return;
      if (answer.ok) setIncident(answer.value);
      else setProblem(answer.text);
    });
    return () => {
      left = true;
    };
  }, [incidentId, view]);
  const title = fill(t.incidentTitle, { no: incident?.case_no ?? "" });
  return (
    <Sheet title={title}>
      {incident === null ? (
        <Saying text={problem ?? sheetText.loading} bad={problem !== null} />
      ) : (
        <Incident incident={incident} />
      )}
    </Sheet>
  );
}

function Incident({ incident }: { readonly incident: IncidentView }) {
  const say = useSay();
  const { first, families } = incident;
  return (
    <>
      <section className={`panel ${incident.closed_at === null ? "care" : "good"}`}>
        <h2>{say(first?.title ?? WHY_TEXTS[incident.why])}</h2>
        <p className="proof">
          <Verdict verdict={first?.verdict ?? "not_known"} />
        </p>
        <p className="plain">{say(incident.money)}</p>
      </section>
      <Facts incident={incident} />
      <Ways incident={incident} />
      <Steps incident={incident} />
      <Families families={families} first={first} />
    </>
  );
}

function Facts({ incident }: { readonly incident: IncidentView }) {
  const say = useSay();
  const { ended } = incident;
  const rows: readonly (readonly [Text, string | null])[] = [
    [t.opened, daySecondText(incident.opened_at)],
    [t.reason, say(WHY_TEXTS[incident.why])],
    [t.closed, incident.closed_at === null ? say(t.openNow) : daySecondText(incident.closed_at)],
    [t.ended, ended === null ? null : say(END_TEXTS[ended.how])],
    [t.fixedBy, ended === null ? null : say(ended.fixed_by)],
    [
      incident.sale_id === null ? sheetText.took : t.waited,
      ended === null ? null : say(durationText(ended.took_ms)),
    ],
    [t.escalatedAt, incident.escalated_at === null ? null : daySecondText(incident.escalated_at)],
    [sheetText.orderNo, incident.order_no],
  ];
  return (
    <dl className="facts">
      {rows.map(([name, value]) =>
        value === null ? null : (
          <div key={name.zh}>
            <dt>{say(name)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Ways({ incident }: { readonly incident: IncidentView }) {
  const desk = useDesk();
  const { sale_id: saleId } = incident;
  return (
    <div className="acts">
      {incident.closed_at === null ? (
        <KeyButton
          letter="H"
          text={incidentText.help}
          onPress={() => desk.open({ kind: "call_help", incidentId: incident.id, saleId })}
        />
      ) : null}
      <KeyButton
        letter="P"
        text={incidentText.openReport}
        onPress={() => openReport(`/api/incidents/${encodeURIComponent(incident.id)}/report`)}
      />
      {saleId === null ? null : (
        <KeyButton
          letter="S"
          text={t.openSale}
          onPress={() => desk.open({ kind: "sale", saleId })}
        />
      )}
    </div>
  );
}
