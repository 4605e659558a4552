/**
 * Diagnosis at work: takes evidence in, keeps the picture, looks at it whenever something changed, and opens and closes
 * incidents. What it concludes is core's; what it does is remember, run probes and tell the screens.
 */
import { diagnosisView, incidentRow } from "../../core/diagnosis/build-view.ts";
import { alarms } from "../../core/diagnosis/alarm.ts";
import type { Case } from "../../core/diagnosis/case.ts";
import { diagnose, ofTheBox } from "../../core/diagnosis/diagnose.ts";
import type { Evidence, Fact, OperatorAct, PrinterWay } from "../../core/diagnosis/evidence.ts";
import type { Diagnosis } from "../../core/diagnosis/finding.ts";
import { type Gate, gateOf, isPrinterRed } from "../../core/diagnosis/gate.ts";
import { gateView } from "../../core/diagnosis/gate-view.ts";
import type { Incident } from "../../core/diagnosis/incident.ts";
import { emptyPicture, newest, type Picture, withEvidence } from "../../core/diagnosis/picture.ts";
import type { IncidentReport } from "../../core/diagnosis/report.ts";
import { seriesOf } from "../../core/diagnosis/series.ts";
import type { DiagnosisSettings } from "../../core/diagnosis/settings.ts";
import type {
  DiagnosisView,
  EscalationView,
  GateView,
  IncidentRow,
  IncidentView,
  SeriesView,
} from "../../core/diagnosis/view.ts";
import type { RefusalCode } from "../../core/rules/refusals.ts";
import type { Slip } from "../../core/printing/job.ts";
import type { PrinterNews } from "../../core/till/lights.ts";
import { endsWithDay } from "../../core/till/no-money.ts";
import type { SaleRecord } from "../../ports/journal.ts";
import type { Probe } from "../../ports/probe.ts";
import { isFinished, needsWork } from "../book.ts";
import type { Operator } from "../config.ts";
import type { Terminal } from "../terminal.ts";
import { Dossier } from "./dossier.ts";
import { Incidents } from "./incidents.ts";
import { isOfThatStart, type LastStop, startSeen } from "./last-stop.ts";
import { Notes } from "./notes.ts";
import { ReportLinks } from "./report-links.ts";
import { Recorder } from "./recorder.ts";
import { Watch } from "./watch.ts";

export interface DiagnosticsDeps {
  readonly terminal: Terminal;
  readonly printer: () => PrinterNews;
  /** Null: none is set up. */
  readonly printerWay: PrinterWay | null;
  readonly settings: DiagnosisSettings;
  readonly probes: readonly Probe[];
  readonly lastStop: LastStop;
  /** Why the journal takes no more changes; null while it does. */
  readonly storeFailure: () => string | null;
  /** Of whoever looks after the installation. */
  readonly servicePhone: string | null;
  /** This very box is what phones reach at the receipts' address; false where a hub elsewhere is. */
  readonly servesPhones: boolean;
  /** Program, runtime, system: for the report. */
  readonly versions: IncidentReport["versions"];
}

/** Between evidence and the look at it: what comes together is looked at together. */
const settleMs = 20;
/** Between two looks, however much comes in. */
const gapMs = 250;
/** While something is open: promises are broken by time alone. */
const openLookMs = 1_000;
/** After a bad observation the probes look more often for so long. */
const alarmMs = 15_000;
const rebuildMs = 6 * 3_600_000;
/** So long after a start every probe and the printer have been asked once. */
const firstLooksMs = 10_000;

export class Diagnostics {
  readonly #deps: DiagnosticsDeps;
  readonly #terminal: Terminal;
  readonly #watch: Watch;
  readonly #recorder: Recorder;
  readonly #incidents: Incidents;
  readonly #notes = new Notes();
  readonly #dossier: Dossier;
  readonly #links: ReportLinks;
  /** Ended refused since the last look; a sale of one charge isn't open any more. */
  readonly #refused = new Map<string, SaleRecord>();
  #picture: Picture = emptyPicture;
  #gate: { readonly gate: Gate; readonly atMs: number } | null = null;
  /** The gate that the screens were told of last; a refusal may look at it in between. */
  #toldGate = "";
  #overriddenUntilMs: number | null = null;
  #next: { readonly atMs: number; readonly callOff: () => void } | null = null;
  #lookedAtMs = -Infinity;
  #alarmedAtMs = -Infinity;
  #startedAtMs = 0;
  #isStoreWell = true;
  #stopped = false;
  /** Something that a screen shows has changed. */
  onChange: () => void = () => {};

  constructor(deps: DiagnosticsDeps) {
    this.#deps = deps;
    this.#terminal = deps.terminal;
    const { world, log, journal } = deps.terminal.deps;
    this.#watch = new Watch({ world, log, take: (evidence) => this.take(evidence) });
    this.#recorder = new Recorder({ world, log, journal });
    this.#incidents = new Incidents(deps.terminal.deps, deps.settings);
    this.#dossier = new Dossier({
      terminal: deps.terminal,
      caseOf: (sale) => this.#case(sale),
      printer: deps.printer,
      evidence: (fromMs, untilMs) => this.#recorder.between(fromMs, untilMs),
      servicePhone: deps.servicePhone,
      versions: deps.versions,
    });
    const { settings } = deps.terminal.deps;
    const { servesPhones } = deps;
    const baseAddress = (): string | null => settings.receiptBase;
    this.#links = new ReportLinks({ world, baseAddress, servesPhones });
    this.#rebuild();
    deps.terminal.book.onChange((_, record) => void this.#safely(() => this.#onSale(record)));
    deps.terminal.caseNoOf = (saleId) => this.#incidents.ofSale(saleId)?.caseNo ?? null;
    deps.terminal.onReplaced = () =>
      this.note({ kind: "self_check", check: "not_replaced", good: false, detail: "" });
    deps.terminal.onCall = ({ call, elsewhere }) => {
      this.note(call);
      if (elsewhere !== null) this.note(elsewhere);
    };
  }

  start(): void {
    this.#startedAtMs = this.#terminal.deps.world.monotonicMs();
    for (const probe of this.#deps.probes) this.#watch.add(probe);
    this.#wake(settleMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#next?.callOff();
    this.#watch.stop();
    await this.#recorder.stop();
  }

  /** Cheap and synchronous; never throws. */
  take(evidence: readonly Evidence[]): void {
    if (evidence.length === 0 || this.#stopped) return;
    for (const one of evidence) {
      this.#picture = withEvidence(this.#picture, one);
      this.#recorder.keep(one);
    }
    if (evidence.some((one) => alarms(one, this.#picture))) {
      this.#alarmedAtMs = this.#terminal.deps.world.monotonicMs();
      this.#watch.setTrouble(true);
    }
    this.#wake(settleMs);
  }

  /** One fact, seen now. */
  note(fact: Fact): void {
    this.take([{ atMs: this.#nowMs(), fact }]);
  }

  /** How the printer is, as far as it differs from what was noted last. */
  printerChanged(): void {
    const { condition, paperLow, reachable, checkedAtMs } = this.#deps.printer();
    if (checkedAtMs === null) return;
    const last = newest(this.#picture, "printer")?.fact;
    const isSame =
      last?.condition === condition && last.paperLow === paperLow && last.reachable === reachable;
    const { printerWay } = this.#deps;
    const way = printerWay === null ? {} : { way: printerWay };
    if (!isSame) this.note({ kind: "printer", condition, paperLow, reachable, ...way });
  }

  /** What a person did, or what the till refused them. */
  act(
    act: OperatorAct,
    saleId: string | null,
    operator: Operator | null,
    refusal: string | null = null,
  ): void {
    const by = operator === null ? {} : { operatorName: operator.name };
    this.note({ kind: "act", act, saleId, operatorNo: operator?.no ?? null, ...by, refusal });
  }

  /** All nine families: of this sale, or of the box as such. */
  diagnosis(sale: SaleRecord | null): DiagnosisView {
    const saleId = sale?.sale.id ?? null;
    const diagnosis = diagnose(this.#case(sale));
    const open = this.#unsettled().filter((one) => one.sale.id !== saleId && !endsWithDay(one));
    return diagnosisView({
      diagnosis,
      sale,
      incidentId: this.#openFor(saleId)?.id ?? null,
      own: saleId === null ? null : this.#ownOf(saleId),
      openSales: open,
      unsettled: this.#unsettled(),
    });
  }

  /** Why a code must not be used now; null: go on. A gate that was open a moment ago is open. */
  refusal(acceptsElectronic: boolean): RefusalCode | null {
    const known = this.#gate;
    const isOpen =
      known !== null &&
      known.gate.refusal === null &&
      !isPrinterRed(this.#deps.printer().condition) &&
      this.#nowMs() - known.atMs < openLookMs;
    if (isOpen) return null;
    const gate = this.#safely(() => this.#lookAtGate());
    // The gate is a precaution: a fault of its own stops no sale.
    if (gate === null) return null;
    if (gate.refusal !== null) return gate.refusal;
    return gate.needsEReceipt && !acceptsElectronic ? "printer_red_needs_e_receipt" : null;
  }

  gate(operator: Operator | null): GateView {
    return gateView(this.#gate?.gate ?? this.#lookAtGate(), operator?.role ?? null);
  }

  /** The owner's word lets sales go on for a while; recorded with what it was given against. */
  async overrideGate(owner: Operator, why: string): Promise<void> {
    const { journal, settings } = this.#terminal.deps;
    const nowMs = this.#nowMs();
    const { network, provider, printer } = this.#lookAtGate();
    const said = {
      stream: settings.terminalId,
      saleId: null,
      atMs: nowMs,
      actor: `operator ${owner.no}`,
      kind: "gate_overridden",
      detail: { why, network: network.light, provider: provider.light, printer: printer.light },
    };
    await journal.commit([], [said]);
    this.#overriddenUntilMs = nowMs + this.#deps.settings.overrideMs;
    this.act("gate_overridden", null, owner);
    this.#lookAtGate();
    this.onChange();
  }

  openCount(): number {
    return this.#incidents.open().length;
  }

  /** The sale's own incident, also when it has just been closed; else one of the box itself; else any that is open. */
  shown(saleId: string | null): IncidentView | null {
    const own = saleId === null ? null : this.#incidents.ofSale(saleId);
    const closed = saleId === null ? null : this.#incidents.justClosed(saleId);
    const incident = own ?? closed ?? this.#openFor(null);
    return incident === null ? null : this.#safely(() => this.#dossier.view(incident));
  }

  /** The sale's open one, else its newest. */
  #ownOf(saleId: string): Incident | null {
    const open = this.#incidents.ofSale(saleId);
    if (open !== null) return open;
    const all = this.#terminal.deps.journal.incidentsOfSale(saleId);
    return all.toSorted((a, b) => b.openedAtMs - a.openedAtMs)[0] ?? null;
  }

  #openFor(saleId: string | null): Incident | null {
    const open = this.#incidents.open();
    const own = saleId === null ? undefined : open.findLast((one) => one.saleId === saleId);
    return own ?? open.findLast((one) => one.saleId === null) ?? open.at(-1) ?? null;
  }

  incident(number: string): IncidentView | null {
    const incident = this.#find(number);
    return incident === null ? null : this.#dossier.view(incident);
  }

  report(number: string): IncidentReport | null {
    const incident = this.#find(number);
    return incident === null ? null : this.#dossier.report(incident);
  }

  /** Behind an address that was shown on the help screen and still holds. */
  sharedReport(token: string): IncidentReport | null {
    const caseNo = this.#links.caseOf(token);
    return caseNo === null ? null : this.report(caseNo);
  }

  /** Newest first; of one sale, or all. */
  incidents(
    limit: number,
    before: string | null,
  ): { readonly data: readonly IncidentRow[]; readonly next: string | null } {
    const rows = this.#terminal.deps.journal.incidents(limit, before);
    return {
      data: rows.map(incidentRow),
      next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
    };
  }

  incidentsOfSale(saleId: string): readonly IncidentRow[] {
    return this.#terminal.deps.journal.incidentsOfSale(saleId).map(incidentRow);
  }

  async escalate(number: string): Promise<EscalationView | null> {
    const incident = this.#find(number);
    if (incident === null) return null;
    const phone = this.#links.of(incident.caseNo);
    if (incident.closedAtMs !== null) return this.#dossier.escalation(incident, null, phone);
    const diagnosis = diagnose(this.#case(this.#dossier.saleOf(incident)));
    const kept = await this.#incidents.escalate(incident, diagnosis, this.#nowMs());
    this.onChange();
    return this.#dossier.escalation(kept, diagnosis, phone);
  }

  /** What goes on paper for whoever calls; null: no such incident. */
  caseSlip(number: string): Slip | null {
    const incident = this.#find(number);
    return incident === null ? null : this.#dossier.slip(incident);
  }

  canPrint(): boolean {
    return this.#deps.printer().condition === null;
  }

  #find(number: string): Incident | null {
    const open = this.#incidents.open().find((one) => one.id === number || one.caseNo === number);
    return open ?? this.#terminal.deps.journal.incident(number);
  }

  series(wanted: string | null, minutes: number): readonly SeriesView[] {
    const nowMs = this.#nowMs();
    return seriesOf(this.#recorder.between(nowMs - minutes * 60_000, nowMs), wanted);
  }

  /** Takes up what was known before the start, and notes the start itself. */
  #rebuild(): void {
    const { journal } = this.#terminal.deps;
    const nowMs = this.#nowMs();
    const kept = journal.evidence(nowMs - rebuildMs, nowMs);
    for (const one of kept.filter((each) => !isOfThatStart(each)))
      this.#picture = withEvidence(this.#picture, one);
    this.note(startSeen(this.#deps.lastStop, kept.at(-1)?.atMs ?? null, nowMs));
  }

  #onSale(record: SaleRecord | null): void {
    if (record === null || this.#stopped) return;
    const facts = this.#notes.of(record, isFinished(record));
    const atMs = this.#nowMs();
    if (record.attempts.at(-1)?.unpaidEnd === "declined") this.#refused.set(record.sale.id, record);
    // What is heard of an ended attempt later (every one is asked about again) is no news of now.
    const ends = new Map(record.attempts.map((one) => [one.orderNo, one.endedAtMs]));
    const seenAt = (fact: Fact): number =>
      fact.kind === "attempt" ? Math.min(ends.get(fact.orderNo) ?? atMs, atMs) : atMs;
    this.take(facts.map((fact) => ({ atMs: seenAt(fact), fact })));
  }

  #case(sale: SaleRecord | null): Case {
    const { settings } = this.#deps;
    const unsettled = this.#unsettled();
    return { picture: this.#picture, sale, unsettled, nowMs: this.#nowMs(), settings };
  }

  #unsettled(): readonly SaleRecord[] {
    const { book, ages } = this.#terminal;
    return book
      .open()
      .filter(needsWork)
      .map((one) => ages.now(one));
  }

  /** As an incident is judged: one of the box never takes the cause of a sale. */
  #judge(sale: SaleRecord | null): Diagnosis {
    const diagnosis = diagnose(this.#case(sale));
    return sale === null ? ofTheBox(diagnosis) : diagnosis;
  }

  /** Plans the next look; an earlier one stays. */
  #wake(afterMs: number): void {
    if (this.#stopped) return;
    const { world } = this.#terminal.deps;
    const atMs = Math.max(world.monotonicMs() + afterMs, this.#lookedAtMs + gapMs);
    if (this.#next !== null && this.#next.atMs <= atMs) return;
    this.#next?.callOff();
    const callOff = world.after(atMs - world.monotonicMs(), () => this.#lookSafely());
    this.#next = { atMs, callOff };
  }

  /** Null after a fault of our own: who sells or looks at a screen goes on without what diagnosis would have said. */
  #safely<T>(judge: () => T): T | null {
    try {
      return judge();
    } catch (error) {
      this.#terminal.deps.log("error", "diagnosis_failed", { error: String(error) });
      return null;
    }
  }

  /** A look that fails must end neither the process nor the looking. */
  #lookSafely(): void {
    this.#look().catch((error: unknown) => {
      this.#terminal.deps.log("error", "diagnosis_failed", { error: String(error) });
      this.#wake(openLookMs);
    });
  }

  /** Everybody has been asked since the start. */
  #isGateKnown(): boolean {
    const { printer, printerWay } = this.#deps;
    const isPrinterSeen = printerWay === null || printer().checkedAtMs !== null;
    return isPrinterSeen && this.#lookedAtMs - this.#startedAtMs >= firstLooksMs;
  }

  async #look(): Promise<void> {
    const { book, deps, ages } = this.#terminal;
    this.#next = null;
    this.#lookedAtMs = deps.world.monotonicMs();
    // What the look before is still storing is seen by the next one; nothing that waits for it is forgotten.
    if (this.#incidents.isWorking) return this.#wake(gapMs);
    this.#noteStore();
    const gate = this.#lookAtGate();
    const open = this.#unsettled();
    const refused = [...this.#refused.values()].filter((one) => !open.includes(one));
    this.#refused.clear();
    const changed = await this.#incidents.look({
      nowMs: this.#nowMs(),
      gate,
      isGateKnown: this.#isGateKnown(),
      sales: [
        ...open,
        ...refused.filter((one) => !open.some((other) => other.sale.id === one.sale.id)),
      ],
      diagnose: (sale) => this.#judge(sale),
      recordOf: (saleId) => {
        const record = book.record(saleId);
        return record === null ? null : ages.now(record);
      },
    });
    const moved = this.#dossier.moveGuides(this.#incidents.open());
    const incidents = this.#incidents.open();
    const lights = [gate.network, gate.provider, gate.printer, gate.till];
    const isGreen = lights.every((one) => one.light === "green");
    this.#watch.setTrouble(this.#wantsProbes(gate));
    if (open.length > 0 || incidents.length > 0 || !isGreen || this.#isAlarmed())
      this.#wake(openLookMs);
    const shown = JSON.stringify(gate);
    const turned = shown !== this.#toldGate;
    this.#toldGate = shown;
    if (changed || moved || turned) this.onChange();
  }

  #isAlarmed(): boolean {
    return this.#terminal.deps.world.monotonicMs() - this.#alarmedAtMs < alarmMs;
  }

  /** Neither a printer that is off all night nor money taken back is a reason to ask the network every second. */
  #wantsProbes({ measured }: Gate): boolean {
    const isOfSale = this.#incidents
      .open()
      .some((one) => one.saleId !== null && one.why !== "payment_taken_back");
    const isOff = measured.network !== "green" || measured.provider !== "green";
    return isOfSale || isOff || this.#isAlarmed();
  }

  /** A journal that fails can't keep this, but the lights and the guide need it. */
  #noteStore(): void {
    const failure = this.#deps.storeFailure();
    if ((failure === null) !== this.#isStoreWell) {
      this.#isStoreWell = failure === null;
      this.note({ kind: "self_check", check: "journal", good: this.#isStoreWell, detail: "" });
    }
  }

  #lookAtGate(): Gate {
    const { link, settings } = this.#terminal.deps;
    const given = this.#case(null);
    const gate = gateOf({
      given,
      diagnosis: diagnose(given),
      provider: link.health(),
      printer: this.#deps.printer(),
      receiptLinks: settings.receiptBase !== null,
      overriddenUntilMs: this.#overriddenUntilMs,
    });
    this.#gate = { gate, atMs: given.nowMs };
    return gate;
  }

  #nowMs(): number {
    return this.#terminal.deps.world.nowMs();
  }
}
