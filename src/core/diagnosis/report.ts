/** The report of an incident (诊断报告): all that is known, for whoever is called. No secrets, the buyer masked. */
import type { EscalationView, EvidenceLineView, IncidentView } from "./view.ts";

export interface IncidentReport {
  readonly case_no: string;
  readonly made_at: string;
  readonly livemode: boolean;
  readonly store: {
    readonly merchant_name: string;
    readonly store_name: string;
    readonly terminal_no: string;
  };
  readonly incident: IncidentView;
  /** Null: the incident is about no sale. */
  readonly sale: {
    readonly order_no: string | null;
    readonly provider_trade_no: string | null;
    readonly receipt_number: string | null;
    readonly amount_fen: number;
    /** As the provider masks it. */
    readonly payer: string | null;
  } | null;
  /** Everything that was seen in its time, oldest first. */
  readonly timeline: readonly EvidenceLineView[];
  /** Program, runtime, system. */
  readonly versions: readonly { readonly name: string; readonly value: string }[];
  readonly escalation: EscalationView;
}
