/** What the till page, the command line and the API ask of diagnosis, in views and refusals. */
import type { OperatorAct } from "../core/diagnosis/evidence.ts";
import type {
  DiagnosisView,
  EscalationView,
  GateView,
  IncidentRow,
  IncidentView,
  SeriesView,
} from "../core/diagnosis/view.ts";
import type { IncidentReport } from "../core/diagnosis/report.ts";
import type { RefusalCode } from "../core/rules/refusals.ts";
import type { Answer } from "./till.ts";

export interface Casebook {
  /** All nine families as they are judged now: of a sale, or of the box as such. */
  diagnosis(saleId: string | null): DiagnosisView | null;
  /** Newest first; `before` is the id of the last row of the page before. */
  incidents(
    limit: number,
    before: string | null,
  ): { readonly data: readonly IncidentRow[]; readonly next: string | null };
  incidentsOfSale(saleId: string): readonly IncidentRow[];
  /** By id or case number. */
  incident(number: string): IncidentView | null;
  /** Keeps how things stand and says whom to call. */
  escalate(number: string): Promise<Answer<EscalationView>>;
  /** Case number and phones on paper, as a slip that is no receipt; refused while the printer can't print. */
  printSlip(number: string): Promise<Answer<{ readonly job_id: string }>>;
  /** What was observed in the last minutes; null: every series. */
  evidence(series: string | null, minutes: number): readonly SeriesView[];
  /** For whoever is called: all that is known, without secrets. */
  report(number: string): IncidentReport | null;
  /** The same behind the unguessable address of the help screen, while that holds. */
  sharedReport(token: string): IncidentReport | null;
  /**
   * The owner lets sales go on against a red gate, for a while. `owner`: number and PIN of one who was called to
   * another's till; null: the operator on duty.
   */
  overrideGate(
    owner: { readonly no: string; readonly pin: string } | null,
    why: string,
  ): Promise<Answer<GateView>>;
  /** What a page or the API refused before it was asked for here. */
  noteAct(act: OperatorAct, saleId: string | null, refusal: RefusalCode | null): void;
}
