/** The terminal's incidents: decided by core, durable in the journal before anybody hears of them. */
import type { Diagnosis } from "../../core/diagnosis/finding.ts";
import { familyView } from "../../core/diagnosis/build-view.ts";
import { type Gate, isGateRed } from "../../core/diagnosis/gate.ts";
import {
  brokenPromise,
  closeIncident,
  follow,
  type Incident,
  isAnnounced,
  openIncident,
} from "../../core/diagnosis/incident.ts";
import { rootTurn } from "../../core/diagnosis/root.ts";
import type { DiagnosisSettings } from "../../core/diagnosis/settings.ts";
import type { IncidentWhy } from "../../core/diagnosis/view.ts";
import { chinaDay } from "../../core/rules/time.ts";
import type { JournalWrite, SaleRecord } from "../../ports/journal.ts";
import type { StreamEvent } from "../../ports/ledger.ts";
import type { TerminalDeps } from "../config.ts";

const counterKey = "counter_case";
const closedMax = 20;

export interface Look {
  readonly nowMs: number;
  readonly gate: Gate;
  /** A light that isn't red is well, and not only unasked as after a start. */
  readonly isGateKnown: boolean;
  /** Sales that aren't settled, and those whose payment was refused since the last look. */
  readonly sales: readonly SaleRecord[];
  readonly diagnose: (sale: SaleRecord | null) => Diagnosis;
  readonly recordOf: (saleId: string) => SaleRecord | null;
}

export class Incidents {
  readonly #deps: TerminalDeps;
  readonly #settings: DiagnosisSettings;
  #open: readonly Incident[];
  #closed: readonly Incident[] = [];
  #counter: number;
  #redSinceMs: number | null = null;
  #work: Promise<unknown> = Promise.resolve();
  #isWorking = false;

  constructor(deps: TerminalDeps, settings: DiagnosisSettings) {
    this.#deps = deps;
    this.#settings = settings;
    this.#open = deps.journal.openIncidents();
    this.#counter = Number(deps.journal.setting(counterKey) ?? 0);
  }

  open(): readonly Incident[] {
    return this.#open;
  }

  ofSale(saleId: string): Incident | null {
    return this.#open.findLast((one) => one.saleId === saleId) ?? null;
  }

  /** Closed since the start: the screen of its sale still says how it ended. */
  justClosed(saleId: string): Incident | null {
    return this.#closed.findLast((one) => one.saleId === saleId) ?? null;
  }

  /** Something is being stored: a look now would decide on what is about to change. */
  get isWorking(): boolean {
    return this.#isWorking;
  }

  /** One look at a time. Resolves to whether anything changed. */
  look(look: Look): Promise<boolean> {
    // A look that comes while one is being stored sees what that one will have changed too late: the next will.
    if (this.#isWorking) return Promise.resolve(false);
    const changes = [...this.#following(look), ...this.#opening(look)];
    if (changes.length === 0) return Promise.resolve(false);
    return this.#commit(changes, look.nowMs);
  }

  /** Somebody was called: kept with how things stood. */
  async escalate(incident: Incident, diagnosis: Diagnosis, nowMs: number): Promise<Incident> {
    while (this.#isWorking) await this.#work;
    // What was being stored meanwhile may have closed it: then it stays closed.
    const known = this.#open.find(({ id }) => id === incident.id);
    if (known === undefined) return this.#closed.find(({ id }) => id === incident.id) ?? incident;
    // Looked at again: help was called once, with how things stood then.
    if (known.escalatedAtMs !== null) return known;
    const now = diagnosis.families.map(familyView);
    const root = rootTurn(known.turns);
    // What it is about stays told, though it isn't seen at this moment.
    const isSeen = now.some(({ findings }) => findings.some(({ cause }) => cause === root?.cause));
    const judged = root === null || isSeen ? now : (known.judged ?? now);
    const escalated = { ...known, escalatedAtMs: nowMs, judged };
    const kept = await this.#commit([{ incident: escalated, kind: "incident_escalated" }], nowMs);
    return kept ? escalated : known;
  }

  #following({ nowMs, gate, isGateKnown, diagnose, recordOf }: Look): readonly Change[] {
    return this.#open.flatMap((incident): readonly Change[] => {
      const sale = incident.saleId === null ? null : recordOf(incident.saleId);
      const diagnosis = diagnose(sale);
      const followed = follow(incident, diagnosis, sale);
      const isKnown = incident.saleId !== null || isGateKnown;
      const closed = isKnown
        ? closeIncident(followed, sale, gate, nowMs, this.#isLeft(incident, sale))
        : null;
      if (closed !== null) {
        const judged = diagnosis.families.map(familyView);
        return [
          { incident: { ...closed, judged: closed.judged ?? judged }, kind: "incident_closed" },
        ];
      }
      return followed === incident ? [] : [{ incident: followed, kind: "incident_turned" }];
    });
  }

  /** Since its last charge the till has gone on to another sale: whoever was refused isn't waited for any more. */
  #isLeft({ why, saleId }: Incident, sale: SaleRecord | null): boolean {
    const last = sale?.attempts.at(-1);
    if (why !== "payment_refused" || last === undefined) return false;
    const [newest] = this.#deps.journal.sales(1, null);
    if (newest === undefined || newest.sale.id === saleId) return false;
    return newest.sale.createdAtMs > last.createdAtMs;
  }

  #opening(look: Look): readonly Change[] {
    const { nowMs, gate, sales, diagnose } = look;
    const isCutOff = gate.network.light === "red" || gate.provider.light === "red";
    const late = sales.flatMap((sale): readonly Change[] => {
      if (this.ofSale(sale.sale.id) !== null) return [];
      const early = brokenPromise(sale, this.#settings, nowMs, true);
      if (early === null) return [];
      const diagnosis = diagnose(sale);
      const isSure = isCutOff || isAnnounced(diagnosis);
      const why = isSure ? early : brokenPromise(sale, this.#settings, nowMs);
      if (why === "payment_refused" && this.#wasClosed(sale)) return [];
      return why === null ? [] : [this.#opened(why, sale, diagnosis, nowMs)];
    });
    const isRed = isGateRed(gate);
    this.#redSinceMs = isRed ? (this.#redSinceMs ?? nowMs) : null;
    const isLong = this.#redSinceMs !== null && nowMs - this.#redSinceMs >= this.#settings.graceMs;
    const isNamed = this.#open.some((one) => one.closedAtMs === null) || late.length > 0;
    if (!isLong || isNamed) return late;
    return [this.#opened("gate_red", null, diagnose(null), nowMs)];
  }

  /**
   * What was closed with this very attempt isn't opened again for it; its number is checked for hours, so neither a
   * start in between nor other incidents make it new.
   */
  #wasClosed({ sale, attempts }: SaleRecord): boolean {
    const orderNo = attempts.at(-1)?.orderNo;
    return this.#deps.journal
      .incidentsOfSale(sale.id)
      .some((one) => one.closedAtMs !== null && one.orderNo === orderNo);
  }

  #opened(why: IncidentWhy, sale: SaleRecord | null, diagnosis: Diagnosis, nowMs: number): Change {
    const counter = (this.#counter += 1);
    const [, month = "", day = ""] = chinaDay(nowMs).split("-");
    const caseNo = `CP-${month}${day}-${String(counter).padStart(4, "0")}`;
    const id = this.#deps.world.newId();
    const incident = openIncident({ id, caseNo, why, sale, diagnosis, nowMs });
    return { incident, kind: "incident_opened" };
  }

  async #commit(changes: readonly Change[], nowMs: number): Promise<boolean> {
    const { journal, log } = this.#deps;
    const writes: JournalWrite[] = changes.map(({ incident }) => ({ kind: "incident", incident }));
    writes.push({ kind: "setting", key: counterKey, value: String(this.#counter) });
    const events = changes
      .filter(({ kind }) => kind !== "incident_turned")
      .map((one) => this.#said(one, nowMs));
    this.#isWorking = true;
    const work = journal.commit(writes, events);
    this.#work = work.catch(() => null);
    try {
      await work;
      const ended = changes.filter(({ kind }) => kind === "incident_closed");
      this.#closed = [...this.#closed, ...ended.map((one) => one.incident)].slice(-closedMax);
      const ids = new Set(changes.map(({ incident }) => incident.id));
      this.#open = [
        ...this.#open.filter((one) => !ids.has(one.id)),
        ...changes.map(({ incident }) => incident).filter((one) => one.closedAtMs === null),
      ].toSorted((a, b) => a.openedAtMs - b.openedAtMs);
      return true;
    } catch (error) {
      // Nobody has heard of it; the next look decides anew.
      log("warn", "incident_not_kept", { error: String(error) });
      return false;
    } finally {
      this.#isWorking = false;
    }
  }

  #said({ incident, kind }: Change, nowMs: number): StreamEvent {
    const { terminalId } = this.#deps.settings;
    const { caseNo, why, saleId, turns, ended } = incident;
    return {
      stream: saleId ?? terminalId,
      saleId,
      atMs: nowMs,
      actor: `terminal ${terminalId}`,
      kind,
      detail: { caseNo, why, cause: turns.at(-1)?.cause ?? null, how: ended?.how ?? null },
    };
  }
}

interface Change {
  readonly incident: Incident;
  readonly kind: "incident_opened" | "incident_turned" | "incident_closed" | "incident_escalated";
}
