/** Makes the views of diagnosis from its findings. Pure. */
import { rfc3339China } from "../rules/time.ts";
import {
  FAMILY_TEXTS,
  noSaleMoney,
  overrideTexts,
  unanswered,
  WHY_TEXTS,
} from "../text/diagnosis.ts";
import { REFUSALS } from "../rules/refusals.ts";
import type { Text } from "../text/text.ts";
import { saleAdvice } from "../till/build.ts";
import type { SaleFacts } from "../till/can.ts";
import type { Diagnosis, EvidenceLine, FamilyAnswer, Finding } from "./finding.ts";
import type { Gate } from "./gate.ts";
import type { Incident } from "./incident.ts";
import { rootTurn } from "./root.ts";
import type {
  DiagnosisView,
  EvidenceLineView,
  FamilyView,
  FindingView,
  GateView,
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

export const familyView = (answer: FamilyAnswer): FamilyView => ({
  family: answer.family,
  name: FAMILY_TEXTS[answer.family],
  verdict: answer.verdict,
  findings: answer.findings.map(findingView),
  against: answer.against.map(lineView),
  asking: answer.asking,
});

/** Of an incident that is over nothing is asked any more. */
const leftUnanswered = (family: FamilyView): FamilyView =>
  family.asking === null ? family : { ...family, asking: unanswered };

export const diagnosisView = (
  diagnosis: Diagnosis,
  saleId: string | null,
  incidentId: string | null,
  openSales: readonly SaleFacts[],
): DiagnosisView => ({
  at: rfc3339China(diagnosis.atMs),
  sale_id: saleId,
  incident_id: incidentId,
  families: diagnosis.families.map(familyView),
  first: diagnosis.first === null ? null : findingView(diagnosis.first),
  open_sales: openSales.map((facts) => ({
    sale_id: facts.sale.id,
    order_no: facts.attempts.at(-1)?.orderNo ?? null,
    amount_fen: facts.sale.amountFen,
    advice: saleAdvice(facts),
  })),
});

const timeOrNull = (ms: number | null): string | null => (ms === null ? null : rfc3339China(ms));

export interface IncidentScene {
  readonly incident: Incident;
  /** As it is judged now; null for one that is closed and was judged at its end. */
  readonly diagnosis: Diagnosis | null;
  readonly guide: readonly GuideStepView[];
  /** The sale's own advice. */
  readonly money: Text | null;
}

export function incidentView({ incident, diagnosis, guide, money }: IncidentScene): IncidentView {
  const families =
    diagnosis === null
      ? (incident.judged ?? []).map(leftUnanswered)
      : diagnosis.families.map(familyView);
  return {
    id: incident.id,
    case_no: incident.caseNo,
    opened_at: rfc3339China(incident.openedAtMs),
    closed_at: timeOrNull(incident.closedAtMs),
    why: incident.why,
    sale_id: incident.saleId,
    order_no: incident.orderNo,
    amount_fen: incident.amountFen,
    money: money ?? noSaleMoney,
    first: firstOf(incident, diagnosis, families),
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

/** A closed incident shows what it was about, not what is left of it at its end. */
function firstOf(
  incident: Incident,
  diagnosis: Diagnosis | null,
  families: readonly FamilyView[],
): FindingView | null {
  if (diagnosis !== null && diagnosis.first !== null) return findingView(diagnosis.first);
  const main = rootTurn(incident.turns);
  if (main === null) return null;
  return families.flatMap((one) => one.findings).find((one) => one.cause === main.cause) ?? null;
}

export function incidentRow(incident: Incident): IncidentRow {
  const main = rootTurn(incident.turns);
  return {
    id: incident.id,
    case_no: incident.caseNo,
    opened_at: rfc3339China(incident.openedAtMs),
    closed_at: timeOrNull(incident.closedAtMs),
    why: incident.why,
    title: main?.title ?? WHY_TEXTS[incident.why],
    family: main?.family ?? null,
    verdict: main?.verdict ?? null,
    sale_id: incident.saleId,
    amount_fen: incident.amountFen,
    ended: incident.ended?.how ?? null,
    took_ms: incident.ended?.tookMs ?? null,
  };
}

export function gateView(gate: Gate, role: "cashier" | "owner" | null): GateView {
  const { network, provider, printer, till, refusal, needsEReceipt, offers } = gate;
  const stopped = refusal !== null || needsEReceipt;
  return {
    network,
    provider,
    printer,
    till,
    stops: refusal === null ? null : REFUSALS[refusal].text,
    needs_e_receipt: needsEReceipt,
    offers: stopped ? offers : [],
    override: !stopped
      ? overrideTexts.nothingToOverride
      : role === "owner"
        ? true
        : overrideTexts.needsOwner,
  };
}
