/** Calling for help: the case number to say first, whom to call, what they will ask, and the report to send. */
import { useEffect, useState } from "react";
import type { EscalationView, PhoneReport } from "../../../core/diagnosis/view.ts";
import { incidentText, phoneReportText } from "../../../core/text/incident.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import { fill, type Text } from "../../../core/text/text.ts";
import { clockText } from "../../../core/till/clock.ts";
import { tillText } from "../../../core/text/till.ts";
import { post } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { Qr } from "../../parts/Qr.tsx";
import { useDesk, useDeskState } from "../desk/context.ts";
import { KeyButton } from "../sheets/KeyButton.tsx";
import { Saying } from "../sheets/Saying.tsx";
import { Sheet } from "../sheets/Sheet.tsx";
import { useSale } from "../sheets/useSale.ts";
import { openReport } from "./report.ts";

const t = incidentText;

export function CallHelpSheet({
  incidentId,
  saleId,
}: {
  readonly incidentId: string;
  readonly saleId: string | null;
}) {
  const [given, setGiven] = useState<EscalationView | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const { view, away } = useDeskState();
  const printer = view?.gate.printer.text.zh ?? "";
  // Asked again when the printer turns, since the slip can be printed then or no more; and after the box was away, since
  // the address of the report went with it.
  useEffect(() => {
    if (away) return;
    const path = `/api/incidents/${encodeURIComponent(incidentId)}/escalate`;
    void post<EscalationView>(path).then((answer) => {
      if (answer.ok) setGiven(answer.value);
      else setProblem(answer.text);
    });
  }, [incidentId, printer, away]);
  return (
    <Sheet title={t.helpTitle}>
      {given === null ? (
        <Saying text={problem ?? sheetText.loading} bad={problem !== null} />
      ) : (
        <>
          <Case no={given.case_no} />
          <Whom call={given.call} />
          <Numbers numbers={given.numbers} />
          <Report given={given} />
          <div className="acts doors">
            <KeyButton
              letter="E"
              text={t.openReport}
              look="go"
              onPress={() => openReport(given.report_url)}
            />
            <CaseSlip given={given} />
            {saleId === null ? null : <Slip saleId={saleId} />}
          </div>
        </>
      )}
    </Sheet>
  );
}

function Case({ no }: { readonly no: string }) {
  const say = useSay();
  return (
    <section className="case-big">
      <h2>{say(t.sayFirst)}</h2>
      <p>{no}</p>
    </section>
  );
}

function Whom({ call }: { readonly call: EscalationView["call"] }) {
  const say = useSay();
  return (
    <section>
      <h2>{say(t.whomToCall)}</h2>
      <ul className="plain-rows whom">
        {call.map(({ who, phone, why }) => (
          <li key={who.zh}>
            <b>{say(who)}</b>
            {phone === null ? <em>{say(t.noPhone)}</em> : <strong>{phone}</strong>}
            <span>{say(why)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Numbers({ numbers }: { readonly numbers: EscalationView["numbers"] }) {
  const say = useSay();
  return (
    <section>
      <h2>{say(t.numbersTitle)}</h2>
      <dl className="facts">
        {numbers.map(({ name, value }) => (
          <div key={name.zh}>
            <dt>{say(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Whoever comes to help reads it on their own phone, where the shop has an address that phones reach. */
function OnPhone({ report: { url, expires_at: until, why } }: { readonly report: PhoneReport }) {
  const say = useSay();
  if (url === null) return why === null ? null : <p className="quiet-line">{say(why)}</p>;
  const label = say(phoneReportText.scan, { time: clockText(until).slice(0, 5) });
  return (
    <figure className="report-qr">
      <Qr text={url} label={label} />
      <figcaption>{label}</figcaption>
    </figure>
  );
}

function Report({ given }: { readonly given: EscalationView }) {
  const say = useSay();
  return (
    <section className="report-link">
      <div>
        <h2>{say(t.report)}</h2>
        <p>{say(t.reportPlain)}</p>
      </div>
      <OnPhone report={given.report_phone} />
    </section>
  );
}

/** The paper says so too where nobody has set the number. */
function slipWords(call: EscalationView["call"]): Text {
  const without = call.find(({ phone }) => phone === null);
  return without === undefined ? t.caseSlipSent : fill(t.caseSlipSentNoPhone, { who: without.who });
}

/** For the pocket of whoever goes to call: on the printer, and no receipt of anything. */
function CaseSlip({ given }: { readonly given: EscalationView }) {
  const desk = useDesk();
  const print = async (): Promise<void> => {
    const answer = await post(`/api/incidents/${encodeURIComponent(given.case_no)}/slip`);
    const text = answer.ok ? slipWords(given.call) : answer.text;
    desk.notify({ tone: answer.ok ? "good" : "bad", text });
  };
  return (
    <KeyButton
      letter="S"
      text={t.caseSlip}
      refused={given.slip === true ? null : given.slip}
      onPress={() => void print()}
    />
  );
}

/** The slip for a customer who can't wait: it bears order and case number. Printed only while the outcome is open. */
function Slip({ saleId }: { readonly saleId: string }) {
  const desk = useDesk();
  const { sale } = useSale(saleId);
  if (sale === null) return null;
  const can = sale.can.print_pending_slip;
  const print = async (): Promise<void> => {
    const answer = await post(`/api/sales/${encodeURIComponent(saleId)}/pending-slip`);
    const text = answer.ok ? t.slipSent : answer.text;
    desk.notify({ tone: answer.ok ? "good" : "bad", text });
  };
  return (
    <KeyButton
      letter="P"
      text={tillText.pendingSlip}
      refused={can === true ? null : can}
      onPress={() => void print()}
    />
  );
}
