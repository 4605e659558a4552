/** The report of an incident (诊断报告): all that is known, for whoever is called. No secrets, the buyer masked. */
import type { Issuer } from "../receipt/receipt.ts";
import { rfc3339China, rfc3339ChinaMillis } from "../rules/time.ts";
import { SOURCES } from "../text/evidence.ts";
import type { Text } from "../text/text.ts";
import type { SaleFacts } from "../till/can.ts";
import { eventView } from "../till/history.ts";
import type { Evidence } from "./evidence.ts";
import type { Incident } from "./incident.ts";
import { lineOf } from "./lines.ts";
import { toldOf } from "./whose.ts";
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
  readonly versions: readonly { readonly name: Text; readonly value: string }[];
  readonly escalation: EscalationView;
}

interface ReportInput {
  readonly incident: Incident;
  readonly view: IncidentView;
  readonly escalation: EscalationView;
  readonly sale: SaleFacts | null;
  readonly issuer: Issuer;
  readonly livemode: boolean;
  readonly evidence: readonly Evidence[];
  readonly events: readonly Parameters<typeof eventView>[0][];
  readonly versions: IncidentReport["versions"];
  readonly nowMs: number;
}

const linesMax = 400;

export function incidentReport(input: ReportInput): IncidentReport {
  const { incident, view, escalation, sale, issuer, livemode, versions, nowMs } = input;
  return {
    case_no: incident.caseNo,
    made_at: rfc3339China(nowMs),
    livemode,
    store: {
      merchant_name: issuer.merchantName,
      store_name: issuer.storeName,
      terminal_no: issuer.terminalNo,
    },
    incident: view,
    sale: sale === null ? null : saleOf(sale),
    timeline: timelineOf(input),
    versions,
    escalation,
  };
}

function saleOf({ sale, attempts, receipt }: SaleFacts): NonNullable<IncidentReport["sale"]> {
  const attempt = attempts.at(-1) ?? null;
  return {
    order_no: attempt?.orderNo ?? null,
    provider_trade_no: attempt?.providerTradeNo ?? null,
    receipt_number: receipt?.number ?? null,
    amount_fen: sale.amountFen,
    payer: attempt?.payer === null || attempt === null ? null : masked(attempt.payer),
  };
}

/** The provider masks the payer already; whatever gets through that is masked here. */
function masked(payer: string): string {
  if (payer.includes("*")) return payer;
  return payer.length <= 4 ? "***" : `${payer.slice(0, 3)}***${payer.slice(-1)}`;
}

/** What is said anew at each look for as long as it stands: told once, and again where it changed. */
function withoutRepeats(evidence: readonly Evidence[]): readonly Evidence[] {
  const last = new Map<string, string>();
  return evidence.filter((one) => {
    const topic = topicOf(one);
    if (topic === null) return true;
    const said = lineOf(one).text.zh;
    const isNews = last.get(topic) !== said;
    last.set(topic, said);
    return isNews;
  });
}

function topicOf({ fact }: Evidence): string | null {
  switch (fact.kind) {
    case "notice":
    case "qualification":
      return `${fact.kind} ${fact.id}`;
    case "self_check":
      return `check ${fact.check}`;
    case "printer":
    case "elsewhere":
      return fact.kind;
    case "clock":
      return `clock ${fact.against}`;
    default:
      return null;
  }
}

/** What was seen and what was done, in its order; of very many the newest. */
function timelineOf({ evidence, events, sale }: ReportInput): readonly EvidenceLineView[] {
  const seen = withoutRepeats(evidence).map(lineOf).map(toldOf(sale, []));
  const done = events.map((one) => {
    const { text } = eventView(one, "terminal");
    return { atMs: one.atMs, source: SOURCES.here, text };
  });
  return [...seen, ...done]
    .toSorted((a, b) => a.atMs - b.atMs)
    .slice(-linesMax)
    .map(({ atMs, source, text }) => ({ at: rfc3339ChinaMillis(atMs), source, text }));
}
