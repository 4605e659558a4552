/** Makes the views of diagnosis from its findings. Pure. */
import { rfc3339China } from "../rules/time.ts";
import { FAMILY_TEXTS, noSaleMoney, WHY_TEXTS } from "../text/diagnosis.ts";
import { pastText } from "../text/incident.ts";
import { fill, type Text } from "../text/text.ts";
import { saleAdvice } from "../till/build.ts";
import type { SaleFacts } from "../till/can.ts";
import type { Diagnosis, EvidenceLine, FamilyAnswer, Finding } from "./finding.ts";
import type { Incident } from "./incident.ts";
import {
  isMoneyKnown,
  isOfDoneSale,
  leading,
  leadOf,
  tenseOf,
  toldAsOver,
  stillForNext,
  toldAsOverOfBox,
  toldForNext,
} from "./past.ts";
import { rootTurn, rootTurns } from "./root.ts";
import { waitsForPaper } from "./stage.ts";
import type {
  DiagnosisView,
  EvidenceLineView,
  FamilyView,
  FindingView,
  GuideStepView,
  IncidentRow,
  IncidentView,
} from "./view.ts";

const lineView = ({ atMs, source, text }: EvidenceLine): EvidenceLineView => ({
  at: rfc3339China(atMs),
  source,
  text,
});

export const findingView = (finding: Finding): FindingView => ({
  family: finding.family,
  cause: finding.cause,
  verdict: finding.verdict,
  title: finding.title,
  explain: finding.explain,
  fixer: finding.fixer,
  next_step: finding.nextStep,
  since: rfc3339China(finding.sinceMs),
  evidence: finding.evidence.map(lineView),
});

/** As it is told of this sale now. */
const findingOf =
  (sale: SaleFacts | null, atMs: number, unsettled: readonly SaleFacts[] | null = null) =>
  (finding: Finding): FindingView => {
    const view = findingView(finding);
    if (sale === null && unsettled !== null && isOfDoneSale(finding, unsettled))
      return toldAsOverOfBox(view, pastText.ofDoneSale);
    const tense = tenseOf(finding, sale, atMs);
    if (sale === null || tense === "now") return view;
    if (tense === "next") return toldForNext(view);
    const over = toldAsOver(view, saleAdvice(sale));
    return finding.family === "merchant" ? stillForNext(over, view.next_step) : over;
  };

const familiesOf = (
  { families, atMs }: Diagnosis,
  sale: SaleFacts | null,
  unsettled: readonly SaleFacts[] | null = null,
): readonly FamilyView[] =>
  families.map((one) => ({
    ...familyView(one),
    findings: one.findings.map(findingOf(sale, atMs, unsettled)),
  }));

export const familyView = (answer: FamilyAnswer): FamilyView => ({
  family: answer.family,
  name: FAMILY_TEXTS[answer.family],
  verdict: answer.verdict,
  findings: answer.findings.map(findingView),
  against: answer.against.map(lineView),
  asking: answer.asking,
});

export interface Asked {
  readonly diagnosis: Diagnosis;
  /** Null: the box as such. */
  readonly sale: SaleFacts | null;
  /** The open one that help can be called for. */
  readonly incidentId: string | null;
  /** The sale's own, open or closed. */
  readonly own: Incident | null;
  readonly openSales: readonly SaleFacts[];
  /** Every sale of the box that somebody still has to see to. */
  readonly unsettled: readonly SaleFacts[];
}

export function diagnosisView(asked: Asked): DiagnosisView {
  const { diagnosis, sale, incidentId, own, openSales, unsettled } = asked;
  const was = sale === null || own === null ? null : metThen(own, diagnosis, sale);
  const first = leading(diagnosis, sale);
  const families = familiesOf(diagnosis, sale, unsettled);
  return {
    at: rfc3339China(diagnosis.atMs),
    sale_id: sale?.sale.id ?? null,
    incident_id: incidentId,
    families: withMetIn(families, was),
    first: was ?? (first === null ? null : findingOf(sale, diagnosis.atMs, unsettled)(first)),
    open_sales: openSales.map((facts) => ({
      sale_id: facts.sale.id,
      order_no: facts.attempts.at(-1)?.orderNo ?? null,
      amount_fen: facts.sale.amountFen,
      advice: saleAdvice(facts),
    })),
  };
}

/** What its incident was about, once that is past: while anything of it goes on, that is told as it is. */
function metThen(own: Incident, diagnosis: Diagnosis, sale: SaleFacts): FindingView | null {
  if (!isMoneyKnown(sale) || waitsForPaper(sale)) return null;
  if (sale.sale.state === "open" && leadOf(diagnosis, sale) !== null) return null;
  const met = aboutOf(own, own.judged ?? []);
  return met === null ? null : toldAsOver(met, saleAdvice(sale));
}

/** What the incident of a sale was about stays said of it, though the evidence has grown old. */
const withMetIn = (
  families: readonly FamilyView[],
  met: FindingView | null,
): readonly FamilyView[] => (met === null ? families : families.map((one) => withMet(one, met)));

function withMet(family: FamilyView, met: FindingView): FamilyView {
  if (family.family !== met.family) return family;
  const others = family.findings.filter(({ cause }) => cause !== met.cause);
  const { verdict } = met;
  return { ...family, verdict, findings: [met, ...others], against: [], asking: null };
}

const timeOrNull = (ms: number | null): string | null => (ms === null ? null : rfc3339China(ms));

export interface IncidentScene {
  readonly incident: Incident;
  /** As it is judged now; null for one that is closed and was judged at its end. */
  readonly diagnosis: Diagnosis | null;
  readonly sale: SaleFacts | null;
  readonly guide: readonly GuideStepView[];
  /** The sale's own advice. */
  readonly money: Text | null;
}

export function incidentView({
  incident,
  diagnosis,
  sale,
  guide,
  money,
}: IncidentScene): IncidentView {
  const told = money ?? noSaleMoney;
  const was = diagnosis === null || sale === null ? null : metThen(incident, diagnosis, sale);
  const families =
    diagnosis === null
      ? (incident.judged ?? []).map((one) => familyThen(one, incident, told))
      : withMetIn(familiesOf(diagnosis, sale), was);
  return {
    id: incident.id,
    case_no: incident.caseNo,
    opened_at: rfc3339China(incident.openedAtMs),
    closed_at: timeOrNull(incident.closedAtMs),
    why: incident.why,
    sale_id: incident.saleId,
    order_no: incident.orderNo,
    amount_fen: incident.amountFen,
    money: told,
    first: was ?? firstOf({ incident, diagnosis, sale }, families),
    families,
    guide,
    ended:
      incident.ended === null
        ? null
        : {
            how: incident.ended.how,
            fixed_by: incident.ended.fixedBy,
            took_ms: incident.ended.tookMs,
          },
    escalated_at: timeOrNull(incident.escalatedAtMs),
  };
}

/**
 * A closed incident shows what it was about, not what is left of it at its end. While a paper is awaited, what the charge
 * met before is no reason for that.
 */
function firstOf(
  { incident, diagnosis, sale }: Pick<IncidentScene, "incident" | "diagnosis" | "sale">,
  families: readonly FamilyView[],
): FindingView | null {
  if (diagnosis !== null && diagnosis.first !== null) {
    const first = findingOf(sale, diagnosis.atMs)(diagnosis.first);
    return first.over === true && sale !== null && waitsForPaper(sale) ? null : first;
  }
  return aboutOf(incident, families);
}

function aboutOf({ turns }: Incident, families: readonly FamilyView[]): FindingView | null {
  const main = rootTurn(turns);
  if (main === null) return null;
  return families.flatMap((one) => one.findings).find((one) => one.cause === main.cause) ?? null;
}

/** As it was judged, told after its end. */
const familyThen = (
  family: FamilyView,
  { saleId, closedAtMs, turns }: Incident,
  advice: Text,
): FamilyView => {
  if (closedAtMs === null) return family;
  const root = rootTurn(turns);
  const { findings, asking } = family;
  return {
    ...family,
    findings: findings.map((one) =>
      saleId === null
        ? toldAsOverOfBox(one, one.cause === root?.cause ? pastText.ofBox : pastText.ofThen)
        : toldAsOver(one, advice),
    ),
    asking: asking === null ? null : pastText.notAsked,
  };
};

/** While it is open what is found now; then each root, of the money and of the paper. */
function titleOf({ turns, why, closedAtMs }: Incident): Text {
  const told = closedAtMs === null ? turns.slice(-1) : rootTurns(turns);
  const [first, second] = told.map(({ title }) => title);
  if (first === undefined) return WHY_TEXTS[why];
  return second === undefined || second.zh === first.zh
    ? first
    : fill(pastText.both, { first, second });
}

export function incidentRow(incident: Incident): IncidentRow {
  const { turns, closedAtMs } = incident;
  const main = closedAtMs === null ? (turns.at(-1) ?? null) : rootTurn(turns);
  return {
    id: incident.id,
    case_no: incident.caseNo,
    opened_at: rfc3339China(incident.openedAtMs),
    closed_at: timeOrNull(incident.closedAtMs),
    why: incident.why,
    title: titleOf(incident),
    family: main?.family ?? null,
    verdict: main?.verdict ?? null,
    sale_id: incident.saleId,
    amount_fen: incident.amountFen,
    ended: incident.ended?.how ?? null,
    took_ms: incident.ended?.tookMs ?? null,
  };
}
