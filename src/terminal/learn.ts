/**
 * What news from the hub makes of a sale: pure. The receipt and its print job are decided in the same step as `paid`,
 * so they are committed together and no crash can lose the one without the other.
 */
import type { Attempt } from "../core/payment/attempt.ts";
import type { Refund } from "../core/payment/refund.ts";
import { changedSale, type Sale } from "../core/payment/sale.ts";
import { isContradicted, isLive } from "../core/payment/states.ts";
import { newRefund, REFUND_ENDS } from "../core/payment/refund-step.ts";
import { fen } from "../core/money/money.ts";
import { givenBackFen } from "../core/till/can.ts";
import { stepJob } from "../core/printing/machine.ts";
import { copiesInstead, orderOriginal } from "../core/printing/orders.ts";
import type { PrintJob, Slip, WaiveReason } from "../core/printing/job.ts";
import type { Receipt } from "../core/receipt/receipt.ts";
import type { JournalWrite, MoneyRow, SaleRecord } from "../ports/journal.ts";
import type { StreamEvent } from "../ports/ledger.ts";
import type { Decision } from "./book.ts";
import type { TerminalSettings } from "./config.ts";

/** What a decision may need beside the record; ids and numbers are drawn by the caller's world. */
export interface LearnContext {
  readonly nowMs: number;
  readonly businessDay: string;
  readonly settings: TerminalSettings;
  readonly newId: () => string;
  /** Whether the journal that this sale was found in is an older copy: its paper may be out already. */
  readonly isRestored: (saleId: string) => boolean;
  /** Draws the next receipt number; called once, in the commit that learns `paid`. Null: it makes no receipt. */
  readonly issue: (
    sale: Sale,
    attempt: Attempt,
  ) => {
    readonly receipt: Receipt;
    readonly writes: readonly JournalWrite[];
    readonly events: readonly StreamEvent[];
  } | null;
}

/** Null: nothing new. Old, doubled and reordered news fall out here, by version. */
export function learnAttempt(
  record: SaleRecord,
  told: Attempt,
  context: LearnContext,
): Decision<Attempt> | null {
  const known = record.attempts.find((one) => one.orderNo === told.orderNo);
  if (known === undefined || told.version <= known.version) return null;
  const news = withRecords(told, known);
  const attempts = record.attempts.map((one) => (one === known ? news : one));
  const learned: SaleRecord = { ...record, attempts };
  const moved =
    known.state !== news.state || (known.latePayment === null) !== (news.latePayment === null);
  // That the hub knows the sale's end lets go of the sale: it must be as durable as that. And by its number it is found.
  const isSame =
    known.saleEnded === news.saleEnded &&
    known.providerTradeNo === news.providerTradeNo &&
    isContradicted(known) === isContradicted(news);
  const memoryOnly = isLive(news) || isSame;
  if (!moved || isLive(news)) return { record: learned, events: [], result: news, memoryOnly };
  const event = say(record, context, "attempt_ended", {
    orderNo: news.orderNo,
    state: news.state,
    end: news.unpaidEnd,
    ...(news.latePayment === null ? {} : { late: true }),
  });
  if (isTaken(news)) return onPaid(learned, news, context, event);
  if (isTaken(known)) return onRolledBack(learned, news, context, event);
  return onUnpaid(learned, news, context, event);
}

/** When it began, and once it has ended when: what the hub says of that later has moved along with its clock. */
function withRecords(news: Attempt, known: Attempt): Attempt {
  const { createdAtMs, sentAtMs, endedAtMs, state } = known;
  const isSameEnd = !isLive(known) && state === news.state;
  return isSameEnd ? { ...news, createdAtMs, sentAtMs, endedAtMs } : { ...news, createdAtMs };
}

const isTaken = ({ state, latePayment }: Attempt): boolean =>
  state === "paid" || latePayment?.decision === "accept";

/** Whether this news makes a receipt: money of a sale that was settled otherwise goes back and needs no number. */
export const makesReceipt = ({ sale, receipt }: SaleRecord, news: Attempt): boolean =>
  isTaken(news) && sale.state === "open" && (receipt === null || receipt.void);

function onPaid(
  record: SaleRecord,
  attempt: Attempt,
  context: LearnContext,
  event: StreamEvent,
): Decision<Attempt> {
  // Given up or paid otherwise, and the reversal was refused for good: the sale stays as it was told, the money goes back.
  const { nowMs } = context;
  const givenBack = (): Decision<Attempt> => ({
    record: givingBack(record, attempt, nowMs),
    events: [event],
    result: attempt,
  });
  if (!makesReceipt(record, attempt)) return givenBack();
  const sale = changedSale(record.sale, { state: "paid" }, nowMs);
  const issue = context.issue(sale, attempt);
  if (issue === null) return givenBack();
  const { receipt, writes, events } = issue;
  const slip: Slip = { kind: "receipt", content: receipt.content, hash: receipt.hash };
  const holders = context.settings.merchantCopy
    ? (["customer", "merchant"] as const)
    : (["customer"] as const);
  const originals = holders.map((holder) =>
    unlessElectronic(
      sale,
      receipt,
      original(
        context,
        { saleId: sale.id, receiptNumber: receipt.number, slip, holder },
        record.jobs,
      ),
      nowMs,
    ),
  );
  const none = { copies: 0, operatorNo: sale.operator.no };
  // The lost journal may have printed the receipt of this payment, under a number of its own.
  const { jobs, copies } = context.isRestored(sale.id)
    ? copiesInstead(originals, none, context.newId, nowMs)
    : { jobs: originals, copies: 0 };
  const money: MoneyRow = {
    // With the receipt's number: rolled back and then accepted after all, it is taken a second time.
    key: `paid ${attempt.orderNo} ${receipt.number}`,
    kind: "paid",
    businessDay: context.businessDay,
    saleId: sale.id,
    amountFen: attempt.amountFen,
    method: attempt.method,
    operatorNo: sale.operator.no,
    operatorName: sale.operator.name,
    atMs: nowMs,
  };
  const told = say(record, context, "receipt_issued", {
    number: receipt.number,
    orderNo: attempt.orderNo,
  });
  const taken = {
    record: { ...record, sale, receipt: { ...receipt, copies }, jobs: [...record.jobs, ...jobs] },
    events: [...events, event, told],
    writes: [...writes, { kind: "money", row: money } as const],
    result: attempt,
  };
  return lessGivenBack(taken, context);
}

/** What went back of it before it was known to be paid is counted now: until now there was no money to take it off. */
function lessGivenBack(
  taken: Decision<Attempt> & Refunded,
  context: LearnContext,
): Decision<Attempt> {
  const { refunds } = taken.record;
  return refunds
    .filter(({ orderNo, state }) => orderNo === taken.result.orderNo && state === "done")
    .reduce((sum, refund) => {
      const { record, writes } = onRefunded(sum.record, refund, context);
      return { ...sum, record, writes: [...sum.writes, ...writes] };
    }, taken);
}

/** The refund is committed with the news that makes it due, so that no crash and no silent hub can lose it. */
function givingBack(record: SaleRecord, attempt: Attempt, nowMs: number): SaleRecord {
  const { sale, refunds } = record;
  const requestNo = `${attempt.orderNo}-back`;
  const isTheSales = sale.state === "paid" && record.receipt?.content.orderNo === attempt.orderNo;
  if (isTheSales || refunds.some((one) => one.requestNo === requestNo)) return record;
  const given = {
    requestNo,
    amountFen: attempt.amountFen,
    reason: "交易已取消，退回款项",
    operatorNo: sale.operator.no,
    latePayment: attempt.latePayment !== null,
  };
  // Version 0: the hub's own copy, from version 1 on, is always newer.
  return { ...record, refunds: [...refunds, { ...newRefund(given, attempt, nowMs), version: 0 }] };
}

/** The customer takes the electronic receipt, and it can be reached: the paper waits until somebody asks for it. */
function unlessElectronic(sale: Sale, receipt: Receipt, job: PrintJob, nowMs: number): PrintJob {
  if (!sale.acceptsElectronic || receipt.content.url === null || job.holder !== "customer")
    return job;
  return stepJob(job, { kind: "hold", cause: "e_receipt_unopened" }, nowMs).job;
}

function original(
  context: LearnContext,
  order: Omit<Parameters<typeof orderOriginal>[0], "id">,
  existing: readonly PrintJob[],
): PrintJob {
  const job = orderOriginal({ ...order, id: context.newId() }, existing, context.nowMs);
  if (job === "original_exists")
    throw new Error(`a second original of ${order.receiptNumber ?? order.saleId}`);
  return job;
}

/** Money that went out and came back is told on paper: the customer saw a debit (facts alipay A5.4). */
function onUnpaid(
  record: SaleRecord,
  attempt: Attempt,
  context: LearnContext,
  event: StreamEvent,
): Decision<Attempt> {
  if (attempt.unpaidEnd !== "refunded") return { record, events: [event], result: attempt };
  const { settings, nowMs } = context;
  const slip: Slip = {
    kind: "reversal",
    issuer: settings.issuer,
    orderNo: attempt.orderNo,
    ...(attempt.providerTradeNo === null ? {} : { providerTradeNo: attempt.providerTradeNo }),
    amountFen: attempt.amountFen,
    atMs: nowMs,
    moneyWentBack: true,
    livemode: settings.livemode,
    training: settings.training,
  };
  const job = orderOriginal(
    { id: context.newId(), saleId: record.sale.id, receiptNumber: null, slip, holder: "customer" },
    record.jobs,
    nowMs,
  );
  const jobs = job === "original_exists" ? record.jobs : [...record.jobs, job];
  return { record: { ...record, jobs }, events: [event], result: attempt };
}

/** The provider took its own success back: the receipt is void, what hasn't printed won't, and the sale is open again. */
function onRolledBack(
  record: SaleRecord,
  attempt: Attempt,
  context: LearnContext,
  event: StreamEvent,
): Decision<Attempt> {
  const { sale, receipt } = record;
  const isCounted =
    sale.state === "paid" && receipt !== null && receipt.content.orderNo === attempt.orderNo;
  // Money that never was the sale's: given up, settled otherwise. Nothing was counted, nothing is taken back.
  if (!isCounted) return { record, events: [event], result: attempt };
  const leftFen = attempt.amountFen - givenBackFen(record, attempt);
  const open = changedSale(sale, { state: "open" }, context.nowMs);
  const money: MoneyRow = {
    key: `rolled back ${attempt.orderNo} ${receipt.number}`,
    kind: "refunded",
    businessDay: context.businessDay,
    saleId: sale.id,
    amountFen: fen(leftFen),
    method: attempt.method,
    operatorNo: sale.operator.no,
    operatorName: sale.operator.name,
    atMs: context.nowMs,
  };
  const voided = { ...receipt, void: true };
  return {
    record: {
      ...record,
      sale: open,
      receipt: voided,
      jobs: waive(record.jobs, "receipt_void", context.nowMs),
    },
    events: [event, say(record, context, "receipt_void", { number: receipt.number })],
    writes: leftFen > 0 ? [{ kind: "money", row: money }] : [],
    result: attempt,
  };
}

/** The provider took its own success back: nobody in the shop made that refund. */
export const isRollBack = ({ key }: MoneyRow): boolean => key.startsWith("rolled back ");

/** Whether the merchant's copy is called off too: what a customer wants says nothing about it. */
const alsoTheMerchants: Readonly<Record<WaiveReason, boolean>> = {
  customer_wants_none: false,
  e_receipt_opened: false,
  fully_refunded: true,
  receipt_void: true,
  journal_restored: true,
  newer_paper: false,
  day_closed: false,
};

/** Calls off every paper of the receipt that can still be called off and that the reason is about. */
export function waive(
  jobs: readonly PrintJob[],
  reason: WaiveReason,
  nowMs: number,
): readonly PrintJob[] {
  return jobs.map((job) => {
    const isMeant = job.holder === "customer" || alsoTheMerchants[reason];
    if (job.slip.kind !== "receipt" || !isMeant) return job;
    const step = stepJob(job, { kind: "waive", reason }, nowMs);
    return step.refusal === null ? step.job : job;
  });
}

/** A refund's end is money of the day in which it was learned. A full refund calls off what hasn't printed. */
export function learnRefund(
  record: SaleRecord,
  news: Refund,
  context: LearnContext,
): Decision<Refund> | null {
  const known = record.refunds.find((one) => one.requestNo === news.requestNo);
  if (known !== undefined && news.version <= known.version) return null;
  const refunds =
    known === undefined
      ? [...record.refunds, news]
      : record.refunds.map((one) => (one === known ? news : one));
  const learned: SaleRecord = { ...record, refunds };
  if (known !== undefined && !REFUND_ENDS[news.state])
    return { record: learned, events: [], result: news, memoryOnly: true };
  const event = say(record, context, `refund_${news.state}`, {
    requestNo: news.requestNo,
    amountFen: news.amountFen,
  });
  const isNew = news.state === "done" && known?.state !== "done";
  const refunded = isNew ? onRefunded(learned, news, context) : { record: learned, writes: [] };
  return { ...refunded, events: [event], result: news };
}

interface Refunded {
  readonly record: SaleRecord;
  readonly writes: readonly JournalWrite[];
}

function onRefunded(record: SaleRecord, refund: Refund, context: LearnContext): Refunded {
  const { sale, receipt } = record;
  // A void receipt's money was taken off the day when it was rolled back. Without one there is none yet.
  const counted = receipt !== null && !receipt.void && receipt.content.orderNo === refund.orderNo;
  const refundedFen = record.refunds
    .filter((one) => one.orderNo === refund.orderNo && one.state === "done")
    .reduce((sum, one) => sum + one.amountFen, 0);
  const whole = counted && refundedFen >= sale.amountFen;
  const jobs = whole ? waive(record.jobs, "fully_refunded", context.nowMs) : record.jobs;
  const money: MoneyRow = {
    // With the receipt's number: of a payment that was rolled back and came after all it is taken off a second time.
    key: `refunded ${refund.requestNo} ${receipt?.number ?? ""}`,
    kind: "refunded",
    businessDay: context.businessDay,
    saleId: sale.id,
    amountFen: refund.amountFen,
    method: record.attempts.find((one) => one.orderNo === refund.orderNo)?.method ?? null,
    operatorNo: refund.operatorNo,
    operatorName: refund.operatorNo,
    atMs: context.nowMs,
  };
  const slip: Slip | null = counted
    ? {
        kind: "refund",
        content: receipt.content,
        refundFen: refund.amountFen,
        refundNo: refund.requestNo,
        atMs: context.nowMs,
      }
    : null;
  const order =
    slip === null
      ? null
      : {
          id: context.newId(),
          saleId: sale.id,
          receiptNumber: receipt?.number ?? null,
          slip,
          holder: "customer" as const,
        };
  const job = order === null ? "original_exists" : orderOriginal(order, record.jobs, context.nowMs);
  return {
    record: { ...record, jobs: job === "original_exists" ? jobs : [...jobs, job] },
    // A late payment was never counted as taken, so its way back isn't counted either.
    writes: counted ? [{ kind: "money", row: money }] : [],
  };
}

export function say(
  record: SaleRecord,
  context: { readonly nowMs: number; readonly settings: TerminalSettings },
  kind: string,
  detail: Record<string, unknown>,
  actor?: string,
): StreamEvent {
  const { terminalId } = context.settings;
  return {
    stream: terminalId,
    saleId: record.sale.id,
    atMs: context.nowMs,
    actor: actor ?? `terminal ${terminalId}`,
    kind,
    detail,
  };
}
