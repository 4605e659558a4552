/** The terminal as its users see it: views, commands and waiting. Decides nothing about money. */
import type { Fen } from "../core/money/money.ts";
import { previewLines } from "../core/printing/layout.ts";
import type { SlipLine } from "../core/printing/layout-lines.ts";
import type { HoldCause } from "../core/printing/job.ts";
import { wantsPrinter } from "../core/printing/loose.ts";
import type { PrinterProfile } from "../core/printing/profile.ts";
import type { RefusalCode } from "../core/rules/refusals.ts";
import { asWritten } from "../core/rules/numbers.ts";
import { rfc3339China } from "../core/rules/time.ts";
import { jobView, paperOf } from "../core/till/build-parts.ts";
import { saleAdvice, saleSummary, saleView } from "../core/till/build.ts";
import { newestPaper, type RefundOf, SALE_CAN } from "../core/till/can.ts";
import { displayOf } from "../core/till/display.ts";
import { eventView } from "../core/till/history.ts";
import { lightsOf, type PrinterNews } from "../core/till/lights.ts";
import { endsWithDay } from "../core/till/no-money.ts";
import type {
  DaySlipAnswer,
  DayView,
  DisplayView,
  EventView,
  PaperView,
  SaleSummary,
  SaleView,
  TillView,
} from "../core/till/view.ts";
import type { SaleRecord } from "../ports/journal.ts";
import type {
  Answer,
  ChargeInput,
  OperatorRow,
  PinChange,
  PrinterView,
  SaleInput,
  Till,
  TillCommand,
} from "../ports/till.ts";
import { needsWork } from "./book.ts";
import type { Operator } from "./config.ts";
import { DeskCasebook } from "./diagnosis/casebook.ts";
import type { Diagnostics } from "./diagnosis/diagnostics.ts";
import type { Done } from "./sales.ts";
import { settledRecord } from "./settled.ts";
import type { Terminal } from "./terminal.ts";

export interface DeskDeps {
  readonly terminal: Terminal;
  readonly profile: () => PrinterProfile;
  readonly diagnostics: Diagnostics;
  readonly printer: () => PrinterNews;
  readonly printerAddress: string | null;
  readonly probePrinter: (mayPrintStray: boolean) => Promise<PrinterProfile | HoldCause>;
}

export class Desk implements Till {
  readonly casebook: DeskCasebook;
  readonly #terminal: Terminal;
  readonly #deps: DeskDeps;
  readonly #listeners = new Set<() => void>();
  readonly #keysTurns = new Map<string, Promise<unknown>>();
  #shown: string | null = null;
  /** The unpaid attempt after which the cashier asked for another code; only the customer's screen needs it. */
  #again: string | null = null;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
    this.#terminal = deps.terminal;
    this.casebook = new DeskCasebook(deps.terminal, deps.diagnostics);
    this.#terminal.book.onChange(() => this.tell());
    deps.diagnostics.onChange = () => this.tell();
    deps.terminal.onUntaken = () => this.tell();
  }

  /** Something that a screen shows has changed (the printer's light, an operator). */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  view(): TillView {
    const { settings, link, world } = this.#terminal.deps;
    const { issuer } = settings;
    const open = this.#terminal.book.open().filter(needsWork);
    const shown = this.#shownRecord(open);
    return {
      issuer: {
        merchant_name: issuer.merchantName,
        store_name: issuer.storeName,
        terminal_no: issuer.terminalNo,
      },
      operator: this.#terminal.staff.onDuty(),
      livemode: settings.livemode,
      training: settings.training,
      provider: settings.provider,
      lights: lightsOf(link.health(), this.#deps.printer()),
      gate: this.#deps.diagnostics.gate(this.#terminal.staff.onDuty()),
      incident: this.#deps.diagnostics.shown(shown?.sale.id ?? null),
      open_incidents: this.#deps.diagnostics.openCount(),
      sale: shown === null ? null : this.#view(shown),
      open_sales: open
        .filter((one) => one.sale.id !== shown?.sale.id)
        .map((one) => ({
          sale_id: one.sale.id,
          amount_fen: one.sale.amountFen,
          created_at: rfc3339China(one.sale.createdAtMs),
          advice: saleAdvice(one, this.#terminal.isUntaken(one.sale.id)),
          ...(endsWithDay(one) ? { took_no_money: true as const } : {}),
        })),
      papers_in_doubt: this.#terminal.papers.inDoubt().filter((one) => one.sale_id === null),
      now: rfc3339China(world.nowMs()),
      receipt_links_reachable: settings.receiptBase !== null,
      amount_max_fen: settings.amountMaxFen,
    };
  }

  display(): DisplayView {
    const { issuer, livemode, training } = this.#terminal.deps.settings;
    const open = this.#terminal.book.open().filter(needsWork);
    const shown = this.#shownRecord(open);
    const sale = shown === null ? null : this.#view(shown);
    return { ...displayOf(issuer.merchantName, livemode, sale, this.#again), training };
  }

  sale(saleId: string): SaleView | null {
    const record = this.#terminal.book.record(saleId);
    return record === null ? null : this.#view(record);
  }

  find(number: string): string | null {
    const { book, deps } = this.#terminal;
    return (
      book.saleOfOrder(number) ?? book.saleOfOrder(asWritten(number, deps.settings.terminalId))
    );
  }

  list(
    limit: number,
    before: string | null,
  ): { readonly data: readonly SaleSummary[]; readonly next: string | null } {
    const rows = this.#terminal.deps.journal.sales(limit, before);
    const data = rows.map(({ sale }) => {
      const record = this.#terminal.book.record(sale.id);
      if (record === null) throw new Error(`sale ${sale.id} is listed and not there`);
      return saleSummary(record);
    });
    return { data, next: rows.length === limit ? (rows.at(-1)?.sale.id ?? null) : null };
  }

  async history(saleId: string): Promise<readonly EventView[]> {
    const { journal, link } = this.#terminal.deps;
    const here = journal
      .events(saleId)
      .map((one) => ({ atMs: one.atMs, view: eventView(one, "terminal") }));
    const stored = await link.history(saleId).catch(() => []);
    const there = stored.map((one) => ({ atMs: one.atMs, view: eventView(one, "hub") }));
    return [...here, ...there].toSorted((a, b) => a.atMs - b.atMs).map((one) => one.view);
  }

  summary(saleId: string): SaleSummary | null {
    const record = this.#terminal.book.record(saleId);
    return record === null ? null : saleSummary(record);
  }

  paper(saleId: string): readonly SlipLine[] {
    const record = this.#terminal.book.record(saleId);
    const job = record === null ? null : newestPaper(record);
    return job === null ? [] : previewLines(job, this.#deps.profile());
  }

  async open(input: SaleInput): Promise<Answer<SaleView>> {
    return this.#inKeysTurn(input, () => this.#openNow(input));
  }

  async #openNow(input: SaleInput): Promise<Answer<SaleView>> {
    const repeated = this.#repeated(input);
    if (repeated !== null) return repeated;
    const operator = this.#operator(input.operatorNo);
    if (operator === null) return refuse("sign_on_needed");
    if (this.#isOverLimit(input)) return refuse("amount_over_limit");
    const record = await this.#terminal.sales.open({
      ...input,
      operator,
      request: requestWrite(input, this.#nowMs()),
    });
    this.#shown = record.sale.id;
    this.tell();
    return { ok: true, value: this.#view(record) };
  }

  async charge(
    saleId: string,
    charge: ChargeInput,
    acceptsElectronic: boolean,
  ): Promise<Answer<SaleView>> {
    const operator = this.#terminal.staff.onDuty();
    if (operator === null) return refuse("sign_on_needed");
    this.#shown = saleId;
    const record = this.#terminal.book.record(saleId);
    const accepts = acceptsElectronic || record?.sale.acceptsElectronic === true;
    const stopped = this.#deps.diagnostics.refusal(accepts);
    if (stopped !== null) return refuse(stopped);
    const done = await this.#terminal.sales.charge(saleId, chargeOf(charge), acceptsElectronic);
    if (!done.ok) this.casebook.refused(done.refusal, saleId);
    return this.#answer(done);
  }

  async sell(input: SaleInput, charge: ChargeInput): Promise<Answer<SaleView>> {
    return this.#inKeysTurn(input, () => this.#sellNow(input, charge));
  }

  async #sellNow(input: SaleInput, charge: ChargeInput): Promise<Answer<SaleView>> {
    const repeated = this.#repeated(input);
    if (repeated !== null) return repeated;
    const operator = this.#operator(input.operatorNo);
    if (operator === null) return refuse("sign_on_needed");
    if (this.#isOverLimit(input)) return refuse("amount_over_limit");
    const stopped = this.#deps.diagnostics.refusal(input.acceptsElectronic);
    if (stopped !== null) return refuse(stopped);
    const request = requestWrite(input, this.#nowMs());
    const given = { ...input, operator, request, oneShot: true };
    const done = await this.#terminal.sales.sell(given, chargeOf(charge));
    if (!done.ok) this.casebook.refused(done.refusal, null);
    else if (!this.#isAtWork()) this.#shown = done.record.sale.id;
    return this.#answer(done);
  }

  #isOverLimit({ amountFen }: SaleInput): boolean {
    return amountFen > this.#terminal.deps.settings.amountMaxFen;
  }

  async settled(saleId: string, waitMs: number): Promise<SaleView | null> {
    const record = await settledRecord(this.#terminal, saleId, waitMs);
    return record === null ? null : this.#view(record);
  }

  async command(saleId: string, command: TillCommand): Promise<Answer<SaleView>> {
    const operator = this.#terminal.staff.onDuty();
    if (operator === null && command !== "query") return refuse("sign_on_needed");
    const { sales, papers } = this.#terminal;
    const by = operator ?? { no: "--", name: "", role: "cashier" };
    const commands: Readonly<Record<TillCommand, () => Promise<Done>>> = {
      query: () => sales.query(saleId),
      charge_again: async () => this.#askAgain(saleId),
      reverse: () => sales.stop(saleId),
      abandon: () => sales.giveUp(saleId, "abandoned", by),
      pay_otherwise: () => sales.giveUp(saleId, "paid_otherwise", by),
      goods_left: () => sales.goodsLeft(saleId, by),
      waive_paper: () => sales.waivePaper(saleId, by),
      pending_slip: () => papers.pendingSlip(saleId, by),
      reprint: () => papers.reprint(saleId, by),
    };
    const done = await commands[command]();
    if (done.ok) this.casebook.asked(command, saleId);
    return this.#answer(done);
  }

  #askAgain(saleId: string): Done {
    const record = this.#terminal.book.record(saleId);
    if (record === null) return { ok: false, refusal: "sale_not_found" };
    const refusal = SALE_CAN.charge(record);
    if (refusal !== "yes") return { ok: false, refusal };
    this.#again = record.attempts.at(-1)?.orderNo ?? null;
    this.tell();
    return { ok: true, record };
  }

  async refund(
    saleId: string,
    amountFen: Fen | null,
    reason: string,
    requestNo: string,
    of: RefundOf | null = null,
  ): Promise<Answer<SaleView>> {
    const operator = this.#terminal.staff.onDuty();
    if (operator === null) return refuse("sign_on_needed");
    if (operator.role !== "owner") return refuse("role_needed");
    return this.#answer(
      await this.#terminal.sales.refund(saleId, amountFen, reason, operator, requestNo, of),
    );
  }

  job(jobId: string): PaperView | null {
    return this.#terminal.papers.ofJob(jobId);
  }

  async answerPrinted(jobId: string, printed: boolean): Promise<Answer<SaleView | null>> {
    const operator = this.#terminal.staff.onDuty();
    if (operator === null) return refuse("sign_on_needed");
    const done = await this.#terminal.papers.answer(jobId, printed, operator);
    if (done.ok && done.record === null) {
      this.tell();
      return { ok: true, value: null };
    }
    return this.#answer(done);
  }

  async printTest(): Promise<Answer<{ readonly job_id: string }>> {
    const operator = this.#terminal.staff.onDuty();
    if (operator === null) return refuse("sign_on_needed");
    const { issuer, livemode, training } = this.#terminal.deps.settings;
    const job = await this.#terminal.papers.printLoose(
      { kind: "test", issuer, atMs: this.#nowMs(), livemode, training },
      operator,
    );
    return { ok: true, value: { job_id: job.id } };
  }

  printer(): PrinterView {
    const { condition, paperLow, heard, checkedAtMs } = this.#deps.printer();
    const { book } = this.#terminal;
    return {
      address: this.#deps.printerAddress,
      profile: this.#deps.profile(),
      condition,
      paper_low: paperLow,
      heard,
      checked_at: checkedAtMs === null || checkedAtMs === 0 ? null : rfc3339China(checkedAtMs),
      waiting: book
        .jobs()
        .filter(wantsPrinter)
        .map((job) => {
          const record = job.saleId === null ? null : book.record(job.saleId);
          return record === null ? jobView(job) : paperOf(record, job);
        }),
      in_doubt: this.#terminal.papers.inDoubt(),
    };
  }

  async probePrinter(mayPrintStray: boolean): Promise<Answer<PrinterView>> {
    const operator = this.#terminal.staff.onDuty();
    if (operator === null) return refuse("sign_on_needed");
    const result = await this.#deps.probePrinter(mayPrintStray);
    if (typeof result !== "string") return { ok: true, value: this.printer() };
    const isSilent = result === "no_answer" || result === "busy";
    return refuse(isSilent ? "printer_not_answering" : "printer_not_ready");
  }

  operators(): readonly OperatorRow[] {
    return this.#terminal.staff.list().map(({ hasPin, ...one }) => ({ ...one, has_pin: hasPin }));
  }

  async setOperator(operator: Omit<OperatorRow, "has_pin">, pin: PinChange): Promise<Answer<null>> {
    const onDuty = this.#terminal.staff.onDuty();
    if (onDuty === null) return refuse("sign_on_needed");
    if (onDuty.role !== "owner") return refuse("role_needed");
    const answer = await this.#terminal.staff.set(operator, pin);
    this.tell();
    return answer === "set" ? { ok: true, value: null } : refuse(answer);
  }

  async signOn(no: string, pin: string): Promise<Answer<TillView>> {
    const answer = await this.#terminal.staff.signOn(no, pin);
    this.tell();
    return typeof answer === "string" ? refuse(answer) : { ok: true, value: this.view() };
  }

  async signOff(): Promise<void> {
    await this.#terminal.staff.signOff();
    this.tell();
  }

  day(): DayView {
    return this.#terminal.days.view();
  }

  async closeDay(
    cashFen: Fen | null,
    slips: number | null,
    carryOver: boolean,
    refuseEmpty: boolean,
    request: SaleInput["request"],
  ): Promise<Answer<DayView>> {
    const operator = this.#terminal.staff.onDuty();
    if (operator === null) return refuse("sign_on_needed");
    const counted = { cashFen, slips };
    const { days } = this.#terminal;
    const answer = await days.close(operator, counted, carryOver, refuseEmpty, request);
    if (typeof answer === "string") return refuse(answer);
    this.tell();
    return { ok: true, value: answer };
  }

  days(limit: number, before: number | null): ReturnType<Till["days"]> {
    return this.#terminal.days.list(limit, before);
  }

  closedDay(closeNo: number): DayView | null {
    return this.#terminal.days.closed(closeNo);
  }

  async printDay(closeNo: number): Promise<Answer<DaySlipAnswer>> {
    const operator = this.#terminal.staff.onDuty();
    if (operator === null) return refuse("sign_on_needed");
    const answer = await this.#terminal.days.printAgain(closeNo, operator);
    return typeof answer === "string" ? refuse(answer) : { ok: true, value: answer };
  }

  /** Two requests with one key at once: the second waits, and finds the sale of the first. */
  async #inKeysTurn(
    { request }: SaleInput,
    act: () => Promise<Answer<SaleView>>,
  ): Promise<Answer<SaleView>> {
    if (request === null) return act();
    const before = this.#keysTurns.get(request.key) ?? Promise.resolve();
    const answer = before.then(act);
    const settled = answer
      .catch(() => null)
      .finally(() => {
        if (this.#keysTurns.get(request.key) === settled) this.#keysTurns.delete(request.key);
      });
    this.#keysTurns.set(request.key, settled);
    return answer;
  }

  #repeated({ request }: SaleInput): Answer<SaleView> | null {
    const known = request === null ? null : this.#terminal.deps.journal.request(request.key);
    if (known === null || request === null) return null;
    if (known.inputHash !== request.inputHash) return refuse("idempotency_key_reused");
    const sale = this.sale(known.result);
    return sale === null ? refuse("sale_not_found") : { ok: true, value: sale };
  }

  #operator(no: string | null): Operator | null {
    if (no === null) return this.#terminal.staff.onDuty();
    const found = this.#terminal.staff.list().find((one) => one.no === no && !one.hasPin);
    return found === undefined
      ? this.#terminal.staff.onDuty()
      : { no: found.no, name: found.name, role: found.role };
  }

  /** The sale on the screen: the one chosen last while it is known, else the newest that isn't settled. */
  /** Somebody at the till sees to the sale on the screen: one that comes over the API takes no place of it. */
  #isAtWork(): boolean {
    const chosen = this.#shown === null ? null : this.#terminal.book.record(this.#shown);
    return chosen !== null && needsWork(chosen);
  }

  #shownRecord(open: readonly SaleRecord[]): SaleRecord | null {
    const chosen = this.#shown === null ? null : this.#terminal.book.record(this.#shown);
    return chosen ?? open.at(-1) ?? null;
  }

  #answer(done: Done): Answer<SaleView> {
    this.tell();
    return done.ok ? { ok: true, value: this.#view(done.record) } : refuse(done.refusal);
  }

  #view(record: SaleRecord): SaleView {
    const { ages } = this.#terminal;
    return saleView(ages.now(record), this.#terminal.viewContext(record.sale.id));
  }

  #nowMs(): number {
    return this.#terminal.deps.world.nowMs();
  }
}

const refuse = (refusal: RefusalCode): { readonly ok: false; readonly refusal: RefusalCode } => ({
  ok: false,
  refusal,
});

const chargeOf = (
  charge: ChargeInput,
): { readonly method: "code" | "qr"; readonly paymentCode: string | null } => ({
  method: charge.method,
  paymentCode: charge.method === "code" ? charge.paymentCode : null,
});

function requestWrite(
  { request }: SaleInput,
  atMs: number,
): Parameters<Terminal["sales"]["open"]>[0]["request"] {
  return request === null
    ? null
    : { kind: "request", key: request.key, inputHash: request.inputHash, result: "", atMs };
}
