/** F8: why there is no receipt. The cause first, where the money is, what to do; then all nine families. */
import { FIXER_TEXTS } from "../../../core/text/diagnosis.ts";
import type { IncidentView } from "../../../core/diagnosis/view.ts";
import { figureText } from "../../../core/money/money.ts";
import { incidentText, pastText } from "../../../core/text/incident.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { clockText } from "../../../core/till/clock.ts";
import { dueActOf } from "../../../core/till/incident-screen.ts";
import type { SaleView, TillView } from "../../../core/till/view.ts";
import { isCauseWanted, subjectOf, unsettledSales } from "../../../core/till/why-subject.ts";
import { useSay } from "../../language/language.ts";
import { useDeskState } from "../desk/context.ts";
import { screenAsOf } from "../desk/state.ts";
import { Saying } from "../sheets/Saying.tsx";
import { Sheet } from "../sheets/Sheet.tsx";
import { Families } from "./Families.tsx";
import { Steps } from "./Steps.tsx";
import { useDiagnosis, type Judged } from "./useDiagnosis.ts";
import { Verdict } from "./Verdict.tsx";
import { WhyActs } from "./WhyActs.tsx";

export function WhySheet({ view }: { readonly view: TillView }) {
  const shown = useDeskState();
  const { sale } = shown;
  const incident = subjectOf(shown, view);
  const asks = isCauseWanted(sale, incident);
  const { judged, problem } = useDiagnosis(sale?.sale_id ?? null, incident);
  const others = unsettledSales(view, incident?.sale_id ?? sale?.sale_id ?? null);
  return (
    <Sheet title={sheetText.whyTitle}>
      {judged === null ? (
        <Saying text={problem ?? sheetText.loading} bad={problem !== null} />
      ) : (
        <>
          <First
            judged={judged}
            asks={asks}
            customer={sale?.cause?.customer ?? null}
            openCount={others.length}
          />
          <Money incident={incident} sale={sale} />
          <OtherOpen sales={others} orders={judged.open_sales ?? []} />
        </>
      )}
      {incident !== null && incident.closed_at === null ? <Steps incident={incident} /> : null}
      {judged === null ? null : <Families families={judged.families} first={judged.first} />}
      <WhyActs
        incidentId={incident?.id ?? judged?.incident_id ?? null}
        saleId={incident?.sale_id ?? sale?.sale_id ?? null}
        due={
          sale === null || incident === null ? null : dueActOf(screenAsOf(shown, view), incident)
        }
      />
    </Sheet>
  );
}

function First({
  judged: { first },
  asks,
  customer,
  openCount,
}: {
  readonly judged: Judged;
  /** Somebody waits for a cause. */
  readonly asks: boolean;
  readonly customer: Text | null;
  readonly openCount: number;
}) {
  const say = useSay();
  if (first === null && !asks && openCount > 0)
    return <p className="lead">{say(incidentText.noCauseButOpen, { count: openCount })}</p>;
  if (first === null)
    return <p className="lead">{say(asks ? incidentText.notKnown : incidentText.noCause)}</p>;
  return (
    <section className={`panel ${first.over === true ? "good" : "care"}`}>
      <p className="proof">
        <Verdict verdict={first.verdict} />
        {first.over === true ? null : (
          <span>{say(incidentText.fixer, { who: say(FIXER_TEXTS[first.fixer]) })}</span>
        )}
      </p>
      <h2>
        {first.over === true
          ? say(pastText.causeThen, { title: say(first.title) })
          : say(first.title)}
      </h2>
      <p className="plain">{say(first.explain)}</p>
      {first.next_step.zh === first.explain.zh ? null : (
        <p className="plain">
          <b>{say(incidentText.nextStep)}</b> {say(first.next_step)}
        </p>
      )}
      {first.over === true || customer === null || customer.zh === "" ? null : (
        <p className="plain">
          <b>{say(sheetText.whyCustomer)}</b> {say(customer)}
        </p>
      )}
    </section>
  );
}

/** Where the money is, and under which number to ask. Of another sale than the one on the screen it says whose. */
function Money({
  incident,
  sale,
}: {
  readonly incident: IncidentView | null;
  readonly sale: SaleView | null;
}) {
  const say = useSay();
  const money = incident?.money ?? sale?.advice ?? null;
  if (money === null) return null;
  const amountFen = incident === null || sale !== null ? null : incident.amount_fen;
  return (
    <dl className="facts">
      <div>
        <dt>
          {say(sheetText.whyMoney)}
          {amountFen === null ? null : ` ${figureText(amountFen)}`}
        </dt>
        <dd>{say(money)}</dd>
      </div>
      {incident === null ? null : (
        <div>
          <dt>{say(incidentText.caseNo)}</dt>
          <dd>{[incident.case_no, incident.order_no].filter(Boolean).join(" · ")}</dd>
        </div>
      )}
    </dl>
  );
}

/** Whatever else isn't done: by its amount, when, and its order number where that is known. */
function OtherOpen({
  sales,
  orders,
}: {
  readonly sales: TillView["open_sales"];
  readonly orders: NonNullable<Judged["open_sales"]>;
}) {
  const say = useSay();
  if (sales.length === 0) return null;
  return (
    <dl className="facts">
      {sales.map(({ sale_id, amount_fen, created_at, advice }) => (
        <div key={sale_id}>
          <dt>
            {say(incidentText.otherOpen)} {figureText(amount_fen)}
          </dt>
          <dd>
            {say(advice)}{" "}
            {[clockText(created_at), orders.find((one) => one.sale_id === sale_id)?.order_no]
              .filter(Boolean)
              .join(" · ")}
          </dd>
        </div>
      ))}
    </dl>
  );
}
