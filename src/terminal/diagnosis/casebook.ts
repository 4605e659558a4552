/** Diagnosis as its users see it: views, refusals, and the log of what people pressed. */
import type { OperatorAct } from "../../core/diagnosis/evidence.ts";
import type {
  DiagnosisView,
  EscalationView,
  GateView,
  IncidentRow,
  IncidentView,
  SeriesView,
} from "../../core/diagnosis/view.ts";
import type { IncidentReport } from "../../core/diagnosis/report.ts";
import type { RefusalCode } from "../../core/rules/refusals.ts";
import type { Casebook } from "../../ports/casebook.ts";
import type { Answer, TillCommand } from "../../ports/till.ts";
import type { Terminal } from "../terminal.ts";
import type { Diagnostics } from "./diagnostics.ts";

/** Refusals that say something about what was pressed or scanned. */
const REFUSED_ACTS: Readonly<Partial<Record<RefusalCode, OperatorAct>>> = {
  code_used_before: "code_scanned_twice",
  sale_has_live_attempt: "charge_while_open",
  sale_already_paid: "charge_while_open",
};

const COMMAND_ACTS: Readonly<Partial<Record<TillCommand, OperatorAct>>> = {
  reverse: "stopped",
  query: "asked_provider",
};

const refuse = (refusal: RefusalCode): { readonly ok: false; readonly refusal: RefusalCode } => ({
  ok: false,
  refusal,
});

export class DeskCasebook implements Casebook {
  readonly #terminal: Terminal;
  readonly #diagnostics: Diagnostics;

  constructor(terminal: Terminal, diagnostics: Diagnostics) {
    this.#terminal = terminal;
    this.#diagnostics = diagnostics;
  }

  diagnosis(saleId: string | null): DiagnosisView | null {
    const record = saleId === null ? null : this.#terminal.book.record(saleId);
    if (saleId !== null && record === null) return null;
    return this.#diagnostics.diagnosis(record);
  }

  incidents(
    limit: number,
    before: string | null,
  ): { readonly data: readonly IncidentRow[]; readonly next: string | null } {
    return this.#diagnostics.incidents(limit, before);
  }

  incidentsOfSale(saleId: string): readonly IncidentRow[] {
    return this.#diagnostics.incidentsOfSale(saleId);
  }

  report(number: string): IncidentReport | null {
    return this.#diagnostics.report(number);
  }

  sharedReport(token: string): IncidentReport | null {
    return this.#diagnostics.sharedReport(token);
  }

  incident(number: string): IncidentView | null {
    return this.#diagnostics.incident(number);
  }

  async escalate(number: string): Promise<Answer<EscalationView>> {
    const made = await this.#diagnostics.escalate(number);
    return made === null ? refuse("incident_not_found") : { ok: true, value: made };
  }

  async printSlip(number: string): Promise<Answer<{ readonly job_id: string }>> {
    const operator = this.#terminal.staff.onDuty();
    if (operator === null) return refuse("sign_on_needed");
    const slip = this.#diagnostics.caseSlip(number);
    if (slip === null) return refuse("incident_not_found");
    // A slip that comes out an hour later helps nobody: the number is on the screen.
    if (!this.#diagnostics.canPrint()) return refuse("slip_cannot_print");
    const job = await this.#terminal.papers.printLoose(slip, operator);
    return { ok: true, value: { job_id: job.id } };
  }

  evidence(series: string | null, minutes: number): readonly SeriesView[] {
    return this.#diagnostics.series(series, minutes);
  }

  async overrideGate(
    owner: { readonly no: string; readonly pin: string } | null,
    why: string,
  ): Promise<Answer<GateView>> {
    const { staff } = this.#terminal;
    const onDuty = staff.onDuty();
    if (onDuty === null) return refuse("sign_on_needed");
    const by = owner === null ? onDuty : await staff.vouch(owner.no, owner.pin);
    if (typeof by === "string") return refuse(by);
    if (by.role !== "owner") return refuse("role_needed");
    await this.#diagnostics.overrideGate(by, why);
    return { ok: true, value: this.#diagnostics.gate(onDuty) };
  }

  noteAct(act: OperatorAct, saleId: string | null, refusal: RefusalCode | null): void {
    this.#diagnostics.act(act, saleId, this.#terminal.staff.onDuty(), refusal);
  }

  /** A command that the rules refused. */
  refused(refusal: RefusalCode, saleId: string | null): void {
    const act = REFUSED_ACTS[refusal];
    if (act !== undefined) this.noteAct(act, saleId, refusal);
  }

  /** A command that was carried out. */
  asked(command: TillCommand, saleId: string): void {
    const act = COMMAND_ACTS[command];
    if (act !== undefined) this.noteAct(act, saleId, null);
  }
}
