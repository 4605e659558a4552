/** What till, command line and API show of incidents, evidence and the gate. snake_case as all views; times RFC 3339 +08:00. */
import type { Text } from "../text/text.ts";
import type { CauseFamily, Light } from "../till/view.ts";
import type { Fixer, Verdict } from "./finding.ts";

export interface EvidenceLineView {
  readonly at: string;
  readonly source: Text;
  readonly text: Text;
}

export interface FindingView {
  readonly family: CauseFamily;
  readonly cause: string;
  readonly verdict: "confirmed" | "suspected";
  readonly title: Text;
  readonly explain: Text;
  readonly fixer: Fixer;
  readonly next_step: Text;
  readonly since: string;
  /** It was why, and it is known what became of the sale: told in the past. */
  readonly over?: true;
  readonly evidence: readonly EvidenceLineView[];
}

export interface FamilyView {
  readonly family: CauseFamily;
  readonly name: Text;
  readonly verdict: Verdict;
  readonly findings: readonly FindingView[];
  readonly against: readonly EvidenceLineView[];
  readonly asking: Text | null;
}

/** GET /api/diagnosis: all nine families as they are judged now. */
export interface DiagnosisView {
  readonly at: string;
  readonly sale_id: string | null;
  /** The open incident that help can be called for. */
  readonly incident_id: string | null;
  readonly families: readonly FamilyView[];
  readonly first: FindingView | null;
  /** Every sale but the asked one whose outcome or receipt isn't settled, oldest first, with what to do about it. */
  readonly open_sales: readonly OpenSaleView[];
}

export interface OpenSaleView {
  readonly sale_id: string;
  readonly order_no: string | null;
  readonly amount_fen: number;
  readonly advice: Text;
}

/** What a step's button does; `none`: the system sees by itself when the step is done. */
export type GuideDo =
  | "none"
  | "query"
  | "charge_again"
  | "answer_printed"
  | "reprint"
  | "e_receipt"
  | "other_path"
  | "escalate";

export interface GuideStepView {
  readonly id: string;
  readonly text: Text;
  /** Name of a picture in the till page's set; null: words suffice. */
  readonly picture: string | null;
  /**
   * `tried`: it was asked for and the system saw no effect in time; whether anybody did it isn't
   * known. The next step is the one now.
   */
  readonly state: "done" | "tried" | "now" | "later";
  /** What the system just saw that finished it, or is waiting to see. */
  readonly seen: Text | null;
  readonly action: GuideDo;
  /** True, or why not now: from the same table as the till's buttons. */
  readonly enabled: true | Text;
}

export type IncidentEnd =
  | "receipt_confirmed"
  /** Nobody but a person can say so: the printer didn't. */
  | "receipt_seen"
  | "copy_printed"
  | "electronic_receipt"
  /** In cash or another way: not by this charge, and yet paid. */
  | "paid_otherwise"
  | "not_paid"
  | "money_returned"
  | "paper_waived"
  | "cleared"
  | "escalated";

export type IncidentWhy =
  | "outcome_late"
  | "receipt_late"
  | "printer_cannot"
  | "gate_red"
  /** The provider said no, and the customer stands there without a receipt. */
  | "payment_refused"
  /** The provider said paid, then took it back: goods may have left unpaid. */
  | "payment_taken_back";

export interface IncidentView {
  readonly id: string;
  /** Short, on screen and paper: "CP-1129-0007". */
  readonly case_no: string;
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly why: IncidentWhy;
  readonly sale_id: string | null;
  readonly order_no: string | null;
  readonly amount_fen: number | null;
  /** Whether money moved, in a sentence. */
  readonly money: Text;
  readonly first: FindingView | null;
  /** All nine. */
  readonly families: readonly FamilyView[];
  readonly guide: readonly GuideStepView[];
  readonly ended: {
    readonly how: IncidentEnd;
    readonly fixed_by: Text;
    readonly took_ms: number;
  } | null;
  readonly escalated_at: string | null;
}

/** A row of the history. */
export interface IncidentRow {
  readonly id: string;
  readonly case_no: string;
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly why: IncidentView["why"];
  readonly title: Text;
  readonly family: CauseFamily | null;
  readonly verdict: "confirmed" | "suspected" | null;
  readonly sale_id: string | null;
  readonly amount_fen: number | null;
  readonly ended: IncidentEnd | null;
  readonly took_ms: number | null;
}

/** The lights before a sale. `stops`: the code must not be used now; `offers`: what does work. */
export interface GateView {
  readonly network: LightView;
  readonly provider: LightView;
  readonly printer: LightView;
  readonly till: LightView;
  readonly stops: Text | null;
  /** The same where the lights are looked at: said of the next sale, whatever is still open. */
  readonly next_sale: Text | null;
  /** The printer is red: the sale goes on only if the customer takes the electronic receipt. */
  readonly needs_e_receipt: boolean;
  readonly offers: readonly ("e_receipt" | "cash" | "other_path" | "wait" | "show_qr")[];
  /** True, or why this operator may not. */
  readonly override: true | Text;
  /** An owner's word holds until then; null: nobody's does. */
  readonly overridden_until: string | null;
}

export interface LightView {
  readonly light: Light;
  readonly text: Text;
  readonly why: Text | null;
  /** The finding that it shows, by its cause, and how sure that is; left out where it shows none. */
  readonly cause?: string;
  readonly verdict?: FindingView["verdict"];
}

/** One series for the evidence page; points are thinned to what a screen can show. */
export interface SeriesView {
  readonly id: string;
  readonly name: Text;
  readonly unit: "ms" | "bytes" | "percent" | "state";
  readonly points: readonly (readonly [at: string, value: number | null])[];
}

/** Where a phone reads the report; else why it can't. */
export interface PhoneReport {
  readonly url: string | null;
  readonly expires_at: string | null;
  readonly why: Text | null;
}

/** Whom to call, and the numbers that they will ask for. */
export interface EscalationView {
  readonly case_no: string;
  readonly call: readonly {
    readonly who: Text;
    readonly phone: string | null;
    readonly why: Text;
  }[];
  readonly numbers: readonly { readonly name: Text; readonly value: string }[];
  /** A slip with all this can be printed: true, or why not now. */
  readonly slip: true | Text;
  /** Address of the report on this box: HTML for people, JSON for machines. */
  readonly report_url: string;
  readonly report_phone: PhoneReport;
}
