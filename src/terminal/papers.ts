/** Papers that people ask for: copies, the two answers to a doubt, and slips that are no receipts. */
import { isLive } from "../core/payment/states.ts";
import { type PrintJob, type Slip, waitsForEReceipt } from "../core/printing/job.ts";
import {
  copiesInstead,
  orderOriginal,
  orderReplacement,
  orderReprint,
} from "../core/printing/orders.ts";
import { fen } from "../core/money/money.ts";
import { stepJob } from "../core/printing/machine.ts";
import type { Receipt } from "../core/receipt/receipt.ts";
import { copyRefusal, newestPaper, refundedFen, SALE_CAN } from "../core/till/can.ts";
import { paperView } from "../core/till/paper-view.ts";
import type { PaperView } from "../core/till/view.ts";
import type { RefusalCode } from "../core/rules/refusals.ts";
import type { SaleRecord } from "../ports/journal.ts";
import type { Decision } from "./book.ts";
import type { Operator } from "./config.ts";
import { type LearnContext, say } from "./learn.ts";
import { answeredLoose } from "./loose.ts";
import { actorOf, type Done } from "./sales.ts";
import type { Terminal } from "./terminal.ts";

export class Papers {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Papers of which nobody knows whether they came out, oldest first. */
  inDoubt(): readonly PaperView[] {
    const jobs = this.#terminal.book.jobs();
    return jobs.filter((one) => one.state === "doubtful").map(paperView);
  }

  /** Also one that has ended. */
  ofJob(jobId: string): PaperView | null {
    const { book, deps } = this.#terminal;
    const job = book.jobs().find((one) => one.id === jobId) ?? deps.journal.job(jobId);
    return job === null ? null : paperView(job);
  }

  /** A further copy of a receipt whose paper is out: marked 补打, counted. */
  async reprint(saleId: string, operator: Operator): Promise<Done> {
    return this.#decide(saleId, (record, context) => {
      const can = SALE_CAN.reprint(record);
      if (can !== "yes") return can;
      const { receipt } = record;
      const last = newestPaper(record);
      if (receipt === null) return "receipt_not_found";
      if (last !== null && waitsForEReceipt(last))
        return paperAfterAll(record, last, context, operator);
      const count = receipt.copies + 1;
      const slip = receiptSlip(record, receipt);
      const order = {
        id: context.newId(),
        saleId,
        receiptNumber: receipt.number,
        slip,
        holder: "customer",
      } as const;
      const mark = { count, operatorNo: operator.no };
      const copy =
        last === null
          ? orderOriginal(order, record.jobs, context.nowMs)
          : orderReprint({ ...last, slip }, order.id, mark, context.nowMs);
      if (copy === "original_exists" || copy === "first_paper_still_open")
        return "paper_still_printing";
      const event = say(
        record,
        context,
        "reprint_ordered",
        { jobId: copy.id, count },
        actorOf(operator),
      );
      return {
        record: { ...record, receipt: { ...receipt, copies: count }, jobs: [...record.jobs, copy] },
        events: [event],
        result: null,
      };
    });
  }

  /** 票打出来了吗？ Yes confirms by the person's word; no orders a marked copy in its place, in the same commit. */
  async answer(
    jobId: string,
    printed: boolean,
    operator: Operator,
  ): Promise<Done | { readonly ok: true; readonly record: null }> {
    const saleId = this.#terminal.book.saleOfJob(jobId);
    if (saleId === null) return this.#answerLoose(jobId, printed, operator);
    return this.#decide(saleId, (record, context) => {
      const job = record.jobs.find((one) => one.id === jobId);
      if (job === undefined || job.state !== "doubtful") return "paper_not_doubtful";
      return printed
        ? sawIt(record, job, context, operator)
        : missedIt(record, job, context, operator);
    });
  }

  /** 结果待确认凭证: no receipt, no proof of payment; for the customer who wants something in hand. */
  async pendingSlip(saleId: string, operator: Operator): Promise<Done> {
    return this.#decide(saleId, (record, context) => {
      const can = SALE_CAN.print_pending_slip(record);
      const live = record.attempts.findLast(isLive);
      if (can !== "yes" || live === undefined) return can === "yes" ? "outcome_is_known" : can;
      const { issuer, livemode, training } = context.settings;
      const caseNo = this.#terminal.caseNoOf(saleId);
      const slip = {
        kind: "pending",
        issuer,
        orderNo: live.orderNo,
        ...(caseNo === null ? {} : { caseNo }),
        amountFen: live.amountFen,
        atMs: context.nowMs,
        url: null,
        livemode,
        training,
      } as const;
      const paper = pendingPaper(record, slip, context, operator);
      if (typeof paper === "string") return paper;
      const event = say(
        record,
        context,
        "pending_slip_ordered",
        { jobId: paper.id },
        actorOf(operator),
      );
      return {
        record: { ...record, jobs: [...record.jobs, paper] },
        events: [event],
        result: null,
      };
    });
  }

  /** Originals that still wait are called off, whoever they are for, and a marked copy is ordered for each. */
  async copiesOnly(saleId: string): Promise<void> {
    await this.#decide(saleId, (record, context) => {
      const { newId, nowMs } = context;
      const before = { copies: record.receipt?.copies ?? 0, operatorNo: record.sale.operator.no };
      const { jobs, ordered, copies } = copiesInstead(record.jobs, before, newId, nowMs);
      if (ordered.length === 0) return "paper_already_settled";
      const receipt = record.receipt === null ? null : { ...record.receipt, copies };
      const asOfNow = jobs.map((job) =>
        ordered.includes(job) ? { ...job, slip: slipOfCopy(record, job) } : job,
      );
      const events = ordered.map(({ id: jobId, mark }) =>
        say(record, context, "reprint_ordered", {
          jobId,
          count: mark.kind === "original" ? 0 : mark.count,
        }),
      );
      return { record: { ...record, receipt, jobs: asOfNow }, events, result: null };
    });
  }

  /** A slip of no sale: a test print, a day slip. */
  async printLoose(slip: Slip, operator: Operator): Promise<PrintJob> {
    const { world, settings } = this.#terminal.deps;
    const nowMs = world.nowMs();
    const job = orderOriginal(
      { id: world.newId(), saleId: null, receiptNumber: null, slip, holder: "merchant" },
      [],
      nowMs,
    );
    if (job === "original_exists")
      throw new Error("a slip of no sale can be printed any number of times");
    const event = {
      stream: settings.terminalId,
      saleId: null,
      atMs: nowMs,
      actor: actorOf(operator),
      kind: "slip_ordered",
      detail: { slip: slip.kind, jobId: job.id },
    };
    await this.#terminal.book.saveLooseJob(job, event);
    this.#terminal.onJobs();
    return job;
  }

  /** A slip of no sale: there is no sale to answer with. */
  async #answerLoose(
    jobId: string,
    printed: boolean,
    operator: Operator,
  ): Promise<Done | { readonly ok: true; readonly record: null }> {
    const { book, deps } = this.#terminal;
    const { world, settings } = deps;
    const answer = printed
      ? ({ printed } as const)
      : { printed: false as const, copyId: world.newId() };
    const now = { terminalId: settings.terminalId, nowMs: world.nowMs() };
    const answered = await book.changeLoose(jobId, (job) =>
      answeredLoose(job, answer, operator, book.looseJobs(), now),
    );
    if (answered === null) return { ok: false, refusal: "paper_not_doubtful" };
    this.#terminal.onJobs();
    return { ok: true, record: null };
  }

  async #decide(
    saleId: string,
    decide: (record: SaleRecord, context: LearnContext) => Decision<null> | RefusalCode,
  ): Promise<Done> {
    const context = this.#terminal.context();
    let refusal = "sale_not_found" as RefusalCode | null;
    await this.#terminal.book.change(saleId, (record) => {
      const decision = decide(record, context);
      refusal = typeof decision === "string" ? decision : null;
      return typeof decision === "string" ? null : decision;
    });
    this.#terminal.onJobs();
    const record = this.#terminal.book.record(saleId);
    if (refusal !== null || record === null)
      return { ok: false, refusal: refusal ?? "sale_not_found" };
    return { ok: true, record };
  }
}

/** One more, for a customer who lost the first, is a copy that says so. */
function pendingPaper(
  record: SaleRecord,
  slip: Extract<Slip, { kind: "pending" }>,
  context: LearnContext,
  operator: Operator,
): PrintJob | RefusalCode {
  const earlier = record.jobs.filter(
    (job) => job.slip.kind === "pending" && job.slip.orderNo === slip.orderNo,
  );
  const last = earlier.at(-1);
  const id = context.newId();
  if (last === undefined) {
    const { id: saleId } = record.sale;
    const order = { id, saleId, receiptNumber: null, slip, holder: "customer" } as const;
    const first = orderOriginal(order, record.jobs, context.nowMs);
    return first === "original_exists" ? "paper_still_printing" : first;
  }
  const can = copyRefusal(last);
  if (can !== "yes") return can;
  const mark = { count: earlier.length, operatorNo: operator.no };
  const copy = orderReprint({ ...last, slip }, id, mark, context.nowMs);
  return copy === "first_paper_still_open" ? "paper_still_printing" : copy;
}

/** The paper that waited for the electronic receipt to be opened: it hasn't left yet, so it is still the original. */
function paperAfterAll(
  record: SaleRecord,
  job: PrintJob,
  context: LearnContext,
  operator: Operator,
): Decision<null> {
  const { job: paper } = stepJob(job, { kind: "resume" }, context.nowMs);
  const event = say(record, context, "paper_wanted", { jobId: job.id }, actorOf(operator));
  return {
    record: { ...record, jobs: record.jobs.map((one) => (one === job ? paper : one)) },
    events: [event],
    result: null,
  };
}

/** A copy tells what has gone back since: nobody is to show it as money that the shop still has. */
function receiptSlip(record: SaleRecord, { content, hash }: Receipt): Slip {
  const backFen = refundedFen(record);
  const since = backFen > 0 ? { refundedFen: fen(backFen) } : {};
  return { kind: "receipt", content, hash, ...since };
}

const slipOfCopy = (record: SaleRecord, { slip }: PrintJob): Slip =>
  slip.kind === "receipt" && record.receipt !== null ? receiptSlip(record, record.receipt) : slip;

function sawIt(
  record: SaleRecord,
  job: PrintJob,
  context: LearnContext,
  operator: Operator,
): Decision<null> | RefusalCode {
  const proof = {
    level: "person",
    atMs: context.nowMs,
    evidence: `operator ${operator.no}`,
  } as const;
  const done = stepJob(job, { kind: "confirm", proof }, context.nowMs);
  if (done.refusal !== null) return "paper_not_doubtful";
  const event = say(record, context, "paper_seen", { jobId: job.id }, actorOf(operator));
  return {
    record: { ...record, jobs: record.jobs.map((one) => (one === job ? done.job : one)) },
    events: [event],
    result: null,
  };
}

function missedIt(
  record: SaleRecord,
  job: PrintJob,
  context: LearnContext,
  operator: Operator,
): Decision<null> | RefusalCode {
  const ofReceipt = job.slip.kind === "receipt" && record.receipt !== null;
  const earlier = job.mark.kind === "original" ? 0 : job.mark.count;
  const count = (ofReceipt ? (record.receipt?.copies ?? 0) : earlier) + 1;
  const mark = { count, operatorNo: operator.no };
  const both = orderReplacement(job, context.newId(), mark, context.nowMs);
  if (typeof both === "string") return "paper_not_doubtful";
  const receipt =
    ofReceipt && record.receipt !== null ? { ...record.receipt, copies: count } : record.receipt;
  const copy = { ...both.copy, slip: slipOfCopy(record, job) };
  const jobs = [...record.jobs.map((one) => (one === job ? both.replaced : one)), copy];
  const event = say(
    record,
    context,
    "paper_missed",
    { jobId: job.id, copyId: both.copy.id, count },
    actorOf(operator),
  );
  return { record: { ...record, receipt, jobs }, events: [event], result: null };
}
