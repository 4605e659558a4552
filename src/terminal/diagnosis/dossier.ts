/** Incidents as people read them: with what is judged now, the guide's place, the report, and whom to call. */
import { boxMoney } from "../../core/diagnosis/box-money.ts";
import { incidentView } from "../../core/diagnosis/build-view.ts";
import type { Case } from "../../core/diagnosis/case.ts";
import { diagnose, ofTheBox } from "../../core/diagnosis/diagnose.ts";
import { caseSlip, escalationView } from "../../core/diagnosis/escalation.ts";
import type { Evidence } from "../../core/diagnosis/evidence.ts";
import type { Diagnosis } from "../../core/diagnosis/finding.ts";
import type { GuideFacts } from "../../core/diagnosis/guide/checks.ts";
import {
  freshGuide,
  type GuideMemory,
  guideOn,
  guideView,
} from "../../core/diagnosis/guide/guide.ts";
import type { Incident } from "../../core/diagnosis/incident.ts";
import { moneyThen } from "../../core/diagnosis/money-then.ts";
import { leadOf } from "../../core/diagnosis/past.ts";
import { incidentReport, type IncidentReport } from "../../core/diagnosis/report.ts";
import type { EscalationView, IncidentView, PhoneReport } from "../../core/diagnosis/view.ts";
import type { Slip } from "../../core/printing/job.ts";
import type { Text } from "../../core/text/text.ts";
import { saleView } from "../../core/till/build.ts";
import type { PrinterNews } from "../../core/till/lights.ts";
import type { SaleRecord } from "../../ports/journal.ts";
import type { Terminal } from "../terminal.ts";

export interface DossierDeps {
  readonly terminal: Terminal;
  readonly caseOf: (sale: SaleRecord | null) => Case;
  readonly printer: () => PrinterNews;
  readonly evidence: (fromMs: number, untilMs: number) => readonly Evidence[];
  /** Of whoever looks after the installation. */
  readonly servicePhone: string | null;
  /** Program, runtime, system: for the report. */
  readonly versions: IncidentReport["versions"];
}

const notAsked: PhoneReport = { url: null, expires_at: null, why: null };

/** What was seen before an incident opened is part of its story. */
const beforeMs = 300_000;

export class Dossier {
  readonly #deps: DossierDeps;
  readonly #guides = new Map<string, GuideMemory>();

  constructor(deps: DossierDeps) {
    this.#deps = deps;
  }

  /** Each open incident's guide goes one look further; says whether one moved. */
  moveGuides(open: readonly Incident[]): boolean {
    const ids = new Set(open.map((one) => one.id));
    for (const id of this.#guides.keys()) if (!ids.has(id)) this.#guides.delete(id);
    let moved = false;
    for (const incident of open) {
      const before = this.#guides.get(incident.id) ?? freshGuide;
      const after = guideOn(before, this.#factsOf(incident));
      moved ||= after !== before;
      this.#guides.set(incident.id, after);
    }
    return moved;
  }

  view(incident: Incident): IncidentView {
    const sale = this.saleOf(incident);
    const money =
      sale === null
        ? boxMoney(incident, this.#deps.caseOf(null).unsettled)
        : this.#moneyOf(incident, sale);
    if (incident.closedAtMs !== null)
      return incidentView({ incident, diagnosis: null, sale, guide: [], money });
    const facts = this.#factsOf(incident);
    const memory = this.#guides.get(incident.id) ?? freshGuide;
    const guide = guideView(memory, facts, sale?.receipt?.content.url ?? null);
    return incidentView({ incident, diagnosis: facts.diagnosis, sale, guide, money });
  }

  #moneyOf(incident: Incident, sale: SaleRecord): Text {
    const { terminal } = this.#deps;
    const context = terminal.viewContext(sale.sale.id);
    const { advice } = saleView(sale, context);
    return context.untaken ? advice : moneyThen(incident, sale, advice);
  }

  escalation(
    incident: Incident,
    diagnosis: Diagnosis | null,
    phoneReport: PhoneReport = notAsked,
  ): EscalationView {
    const { terminal, servicePhone } = this.#deps;
    const { issuer } = terminal.deps.settings;
    const sale = this.saleOf(incident);
    const printer = this.#deps.printer().condition;
    return escalationView({
      incident,
      diagnosis,
      sale,
      issuer,
      servicePhone,
      printer,
      phoneReport,
    });
  }

  slip(incident: Incident): Slip {
    const { settings, world } = this.#deps.terminal.deps;
    const view = this.escalation(incident, this.#judged(incident));
    return caseSlip(view, settings, world.nowMs());
  }

  /** As things stand; null for what is closed. */
  #judged(incident: Incident): Diagnosis | null {
    return incident.closedAtMs === null ? diagnose(this.#deps.caseOf(this.saleOf(incident))) : null;
  }

  report(incident: Incident): IncidentReport {
    const { terminal, evidence, versions } = this.#deps;
    const { settings, world } = terminal.deps;
    const sale = this.saleOf(incident);
    const untilMs = incident.closedAtMs ?? world.nowMs();
    return incidentReport({
      incident,
      view: this.view(incident),
      escalation: this.escalation(incident, this.#judged(incident)),
      sale,
      issuer: settings.issuer,
      livemode: settings.livemode,
      evidence: evidence(incident.openedAtMs - beforeMs, untilMs),
      events: sale === null ? [] : terminal.deps.journal.events(sale.sale.id),
      versions,
      nowMs: world.nowMs(),
    });
  }

  saleOf({ saleId }: Incident): SaleRecord | null {
    return saleId === null ? null : this.#deps.terminal.book.record(saleId);
  }

  #factsOf(incident: Incident): GuideFacts {
    const sale = this.saleOf(incident);
    const given = this.#deps.caseOf(sale);
    const judged = diagnose(given);
    const diagnosis = sale === null ? ofTheBox(judged) : { ...judged, first: leadOf(judged, sale) };
    return { given, diagnosis, sinceMs: incident.openedAtMs };
  }
}
