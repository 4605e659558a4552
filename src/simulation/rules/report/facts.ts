/** Everything that the auditor gets at the end, from the provider's book, the papers and the parties' own rows. */
import { outcomeOf } from "../../../core/till/build.ts";
import { refundIsOpen } from "../../../core/till/can.ts";
import type { PrintJob } from "../../../core/printing/job.ts";
import type {
  BillFact,
  ConfirmedFact,
  EndFact,
  Facts,
  HoldFact,
  MoneyFact,
  OpenFact,
  ReceiptFact,
  RefundFact,
  TimerFact,
} from "../../auditor/facts.ts";
import { refundFact } from "../../run/scribe.ts";
import { startMs } from "../../world/machine.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";

type Lists = {
  readonly [
    Key in "refunds" | "receipts" | "confirmed" | "holds" | "ends" | "timers" | "open" | "money"
  ]: Facts[Key][number][];
};

export function factsOf(shop: Shop, late: readonly OpenFact[]): Facts {
  const { scribe } = shop;
  const lists: Lists = {
    refunds: [],
    receipts: receiptFacts(shop),
    confirmed: [],
    holds: [],
    ends: [],
    timers: [],
    open: [...late],
    money: [],
  };
  for (const sale of shop.sales) addSale(shop, sale, lists);
  for (const { saleId, kind, amountFen } of scribe.moneyRows.values())
    if (kind !== "paid_otherwise")
      lists.money.push({ book: "day", orderNo: null, saleId, kind, amountFen });
  return {
    endMs: scribe.trueMs,
    orders: scribe.orders,
    trades: [...scribe.trades.values()],
    papers: [],
    shown: [],
    logs: [],
    heads: [],
    gaps: [],
    bill: billOf(shop),
    differences: [],
    ...lists,
  };
}

function addSale(shop: Shop, sale: Sale, lists: Lists): void {
  lists.ends.push(endOf(sale));
  lists.refunds.push(...refundsOf(shop, sale));
  addPapers(sale, lists.confirmed, lists.holds);
  for (const one of sale.record.refunds)
    if (one.state === "refused")
      lists.holds.push({ saleId: sale.id, about: "money", name: one.code?.subCode ?? "refused" });
  addOpen(sale, lists.open);
  addTimers(shop, sale, lists.timers);
  addMoney(sale, lists.money);
}

const endOf = ({ id: saleId, record }: Sale): EndFact => ({
  saleId,
  amountFen: record.sale.amountFen,
  state: record.sale.state,
  outcome: outcomeOf(record),
  eReceiptOpened: record.receipt !== null && record.receipt.openedAtMs !== null,
});

/** Each that was issued: one that another has replaced was void before. */
const receiptFacts = ({ scribe }: Shop): ReceiptFact[] =>
  scribe.receipts.map(({ sale, receipt: { number, content } }) => {
    const newest = sale.record.receipt;
    return {
      terminalId: "T01",
      number,
      saleId: sale.id,
      orderNo: content.orderNo,
      amountFen: content.amountFen,
      void: newest === null || newest.number !== number || newest.void,
    };
  });

/** The hub's row is newer than the till's wherever there is one. */
function refundsOf({ scribe }: Shop, sale: Sale): readonly RefundFact[] {
  if (sale.refunds.length + sale.record.refunds.length === 0) return [];
  const newest = new Map(
    [...sale.record.refunds, ...sale.refunds].map((one) => [one.requestNo, one]),
  );
  return [...newest.values()].map((one) =>
    refundFact(
      one,
      sale.attempts.find((attempt) => attempt.orderNo === one.orderNo),
      scribe.trueMs,
    ),
  );
}

function addPapers(
  { id: saleId, record }: Sale,
  confirmed: ConfirmedFact[],
  holds: HoldFact[],
): void {
  for (const job of record.jobs) {
    if (job.slip.kind !== "receipt") continue;
    const { receiptNumber, holder, mark, proof } = job;
    if (job.state === "confirmed" && proof !== null)
      confirmed.push({
        saleId,
        receiptNumber: receiptNumber ?? "",
        holder,
        marked: mark.kind !== "original",
        level: proof.level,
      });
    const name = holdOf(job);
    if (name !== null && receiptNumber === record.receipt?.number)
      holds.push({ saleId, about: "paper", name });
  }
}

/** What the till names: why this paper isn't out. */
function holdOf({ state, hold, doubt }: PrintJob): string | null {
  if (state === "waived") return "waived";
  const isOpen = state === "held" || state === "doubtful" || state === "sending";
  return isOpen ? (hold ?? doubt) : null;
}

function addOpen({ id: saleId, record }: Sale, open: OpenFact[]): void {
  const about = { saleId, sinceMs: startMs };
  for (const { orderNo, state, endedAtMs } of record.attempts)
    if (endedAtMs === null) open.push({ ...about, what: "attempt", number: orderNo, state });
  for (const one of record.refunds)
    if (refundIsOpen(one))
      open.push({ ...about, what: "refund", number: one.requestNo, state: one.state });
  for (const { id: number, state, hold } of record.jobs)
    if (state === "queued" || (state === "sending" && hold === null))
      open.push({ ...about, what: "job", number, state });
}

/** Rows hold the hub's own time; the auditor's is the true one. */
function addTimers({ hub, scribe }: Shop, sale: Sale, timers: TimerFact[]): void {
  const offMs = hub.nowMs() - scribe.trueMs;
  for (const { orderNo: number, dueAtMs } of sale.attempts)
    if (dueAtMs !== null) timers.push({ what: "attempt", number, dueAtMs: dueAtMs - offMs });
  for (const { requestNo: number, dueAtMs } of sale.refunds)
    if (dueAtMs !== null) timers.push({ what: "refund", number, dueAtMs: dueAtMs - offMs });
}

function billOf({ scribe }: Shop): readonly BillFact[] {
  const bill: BillFact[] = [];
  for (const { orderNo, totalFen, paidAtMs, refunds } of scribe.trades.values()) {
    if (paidAtMs === null) continue;
    bill.push({ orderNo, kind: "paid", amountFen: totalFen });
    for (const { amountFen } of refunds) bill.push({ orderNo, kind: "refunded", amountFen });
  }
  return bill;
}

function addMoney({ attempts, refunds }: Sale, money: MoneyFact[]): void {
  for (const { orderNo, saleId, amountFen, state, latePayment, unpaidEnd } of attempts) {
    const wentBack = state === "reversed" && unpaidEnd === "refunded";
    const row = { book: "ledger", orderNo, saleId, amountFen } as const;
    if (state === "paid" || latePayment !== null || wentBack) money.push({ ...row, kind: "paid" });
    if (wentBack) money.push({ ...row, kind: "refunded" });
  }
  for (const { orderNo, saleId, amountFen, state } of refunds)
    if (state === "done")
      money.push({ book: "ledger", orderNo, saleId, amountFen, kind: "refunded" });
}
