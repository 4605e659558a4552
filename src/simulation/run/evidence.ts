/** Everything that the auditor gets at the end: from the provider's book, the paper, the logs and the tills' views. */
import type { SaleView } from "../../core/till/view.ts";
import type { StoredEvent } from "../../ports/ledger.ts";
import { billRows } from "../../sandbox/model/gateway/bill.ts";
import { nextChinaDay, chinaDay } from "../../core/rules/time.ts";
import type {
  BillFact,
  ConfirmedFact,
  EndFact,
  Facts,
  GapFact,
  HeadFact,
  HoldFact,
  LogFact,
  MoneyFact,
  OpenFact,
  PaperFact,
  ReceiptFact,
  TimerFact,
} from "../auditor/facts.ts";
import type { RunningTill } from "../parties/till.ts";
import { startMs } from "../world/machine.ts";
import { refundFact, type Scribe } from "./scribe.ts";
import type { Town } from "./town.ts";

export function gatherFacts(town: Town, scribe: Scribe): Facts {
  const endMs = scribe.trueMs;
  // The tills' views first: whoever looks into the stores closes them.
  const sales = salesOf(town);
  const logs: LogFact[] = [];
  const heads: HeadFact[] = [];
  const gaps: GapFact[] = [];
  for (const { till, insight } of town.journals) {
    const events = insight.events();
    for (const one of events) logs.push({ log: "journal", owner: till.id, ...one });
    for (const one of insight.heads()) heads.push({ log: "journal", owner: till.id, ...one });
    gaps.push(...events.flatMap((event) => gapOf(till.id, event)));
  }
  for (const shop of town.shops) {
    for (const one of shop.insight.events()) logs.push({ log: "ledger", owner: shop.id, ...one });
    for (const one of shop.insight.heads()) heads.push({ log: "ledger", owner: shop.id, ...one });
  }
  return {
    endMs,
    orders: [...scribe.orders.values()],
    trades: [...scribe.trades.values()],
    papers: papersOf(town, scribe),
    shown: scribe.shownFacts,
    logs,
    heads,
    refunds: [...scribe.refunds.values()].map((one) =>
      refundFact(one, scribe.attempts.get(one.orderNo), endMs),
    ),
    gaps,
    ...sales,
    timers: timersOf(scribe),
    bill: billOf(town, endMs),
    money: moneyOf(scribe),
    differences: [],
  };
}

function gapOf(terminalId: string, { kind, detail }: StoredEvent): readonly GapFact[] {
  if (kind !== "receipt_numbers_skipped") return [];
  return [{ terminalId, from: Number(detail["from"]), to: Number(detail["to"]) }];
}

function papersOf(town: Town, scribe: Scribe): readonly PaperFact[] {
  const hanging = town.journals.flatMap(({ till }) => {
    const { printer } = till.parts;
    const paper = printer.hanging();
    return paper === null ? [] : [{ printerId: printer.id, ...paper, atMs: startMs + paper.atMs }];
  });
  return [...scribe.papers, ...hanging];
}

type OfSales = Pick<Facts, "receipts" | "confirmed" | "holds" | "ends" | "open">;

/** As the tills show them at the end; a till that is down shows nothing, and that is a finding too. */
function salesOf(town: Town): OfSales {
  const receipts: ReceiptFact[] = [];
  const confirmed: ConfirmedFact[] = [];
  const holds: HoldFact[] = [];
  const ends: EndFact[] = [];
  const open: OpenFact[] = [];
  for (const { till } of town.journals) {
    const { running } = till;
    if (running === null) continue;
    for (const saleId of salesAt(running)) {
      const view = running.desk.sale(saleId);
      if (view === null) continue;
      ends.push({
        saleId,
        amountFen: view.amount_fen,
        state: view.state,
        outcome: view.outcome,
        eReceiptOpened: view.receipt !== null && view.receipt.opened_at !== null,
      });
      receipts.push(...receiptsOf(till.id, running, saleId));
      confirmed.push(...confirmedOf(running, saleId));
      holds.push(...holdsOf(running, view));
      open.push(...openOf(view));
    }
  }
  return { receipts, confirmed, holds, ends, open };
}

function salesAt({ terminal }: RunningTill): readonly string[] {
  const { journal } = terminal.deps;
  const ids: string[] = [];
  for (let before: string | null = null; ;) {
    const page = journal.sales(500, before);
    ids.push(...page.map(({ sale }) => sale.id));
    const last = page.at(-1);
    if (page.length < 500 || last === undefined) return ids;
    before = last.sale.id;
  }
}

function receiptsOf(terminalId: string, till: RunningTill, saleId: string): readonly ReceiptFact[] {
  return till.terminal.deps.journal.receipts(saleId).map((receipt) => {
    const { number, content } = receipt;
    const { orderNo, amountFen } = content;
    return { terminalId, number, saleId, orderNo, amountFen, void: receipt.void };
  });
}

function confirmedOf(till: RunningTill, saleId: string): readonly ConfirmedFact[] {
  const jobs = till.terminal.book.record(saleId)?.jobs ?? [];
  return jobs.flatMap((job) =>
    job.state === "confirmed" && job.slip.kind === "receipt" && job.proof !== null
      ? [
          {
            saleId,
            receiptNumber: job.receiptNumber ?? "",
            holder: job.holder,
            marked: job.mark.kind !== "original",
            level: job.proof.level,
          },
        ]
      : [],
  );
}

/** What the till names: why a paper isn't out, or money isn't settled. */
function holdsOf(till: RunningTill, view: SaleView): readonly HoldFact[] {
  const saleId = view.sale_id;
  const jobs = view.receipt?.jobs ?? [];
  const papers = jobs.flatMap((job): readonly HoldFact[] => {
    if (job.state === "waived")
      return [{ saleId, about: "paper", name: waivedBecause(till, saleId) }];
    const name = job.hold ?? job.doubt;
    const isOpen = job.state === "held" || job.state === "doubtful" || job.state === "sending";
    return isOpen && name !== null ? [{ saleId, about: "paper", name }] : [];
  });
  const money = view.refunds
    .filter((one) => one.state === "refused")
    .map((one): HoldFact => ({
      saleId,
      about: "money",
      name: one.cause?.code ?? "refund_refused",
    }));
  return [...papers, ...money];
}

const waivers: Readonly<Record<string, string>> = {
  paper_waived: "customer_wants_none",
  paper_let_go: "day_closed",
  receipt_opened: "e_receipt_opened",
  refund_done: "fully_refunded",
  receipt_void: "receipt_void",
  reprint_ordered: "journal_restored",
};

function waivedBecause(till: RunningTill, saleId: string): string {
  const events = till.terminal.deps.journal.events(saleId);
  const named = events.flatMap(({ kind }) => waivers[kind] ?? []);
  return named[0] ?? "customer_wants_none";
}

function openOf(view: SaleView): readonly OpenFact[] {
  const saleId = view.sale_id;
  const sinceMs = startMs;
  const attempts = view.attempts
    .filter((one) => one.ended_at === null)
    .map((one): OpenFact => ({
      saleId,
      what: "attempt",
      number: one.order_no,
      state: one.state,
      sinceMs,
    }));
  const refunds = view.refunds
    .filter((one) => one.state !== "done" && one.state !== "refused")
    .map((one): OpenFact => ({
      saleId,
      what: "refund",
      number: one.request_no,
      state: one.state,
      sinceMs,
    }));
  const jobs = [...(view.receipt?.jobs ?? []), ...view.slips]
    .filter((one) => one.state === "queued" || (one.state === "sending" && one.hold === null))
    .map((one): OpenFact => ({ saleId, what: "job", number: one.id, state: one.state, sinceMs }));
  return [...attempts, ...refunds, ...jobs];
}

/** Rows hold the hub's own time; the auditor's is the true one. */
function timersOf({ attempts, refunds, hubOffMs }: Scribe): readonly TimerFact[] {
  const timers: TimerFact[] = [];
  const trueMs = (number: string, dueAtMs: number): number => dueAtMs - (hubOffMs.get(number) ?? 0);
  for (const { orderNo: number, dueAtMs } of attempts.values())
    if (dueAtMs !== null)
      timers.push({ what: "attempt", number, dueAtMs: trueMs(number, dueAtMs) });
  for (const { requestNo: number, dueAtMs } of refunds.values())
    if (dueAtMs !== null) timers.push({ what: "refund", number, dueAtMs: trueMs(number, dueAtMs) });
  return timers;
}

function billOf({ gateway }: Town, endMs: number): readonly BillFact[] {
  const rows: BillFact[] = [];
  const last = chinaDay(endMs);
  for (let day = chinaDay(startMs); day <= last; day = nextChinaDay(day)) {
    for (const { trade, kind, amountFen } of billRows(gateway.model.book, day))
      rows.push({
        orderNo: trade.outTradeNo,
        kind: kind === "交易" ? "paid" : "refunded",
        amountFen: Math.abs(amountFen),
      });
  }
  return rows;
}

function moneyOf(scribe: Scribe): readonly MoneyFact[] {
  const money: MoneyFact[] = [];
  for (const attempt of scribe.attempts.values()) {
    const { orderNo, saleId, amountFen, state, latePayment, unpaidEnd } = attempt;
    const wentBack = state === "reversed" && unpaidEnd === "refunded";
    const row = { book: "ledger", orderNo, saleId, amountFen } as const;
    if (state === "paid" || latePayment !== null || wentBack) money.push({ ...row, kind: "paid" });
    if (wentBack) money.push({ ...row, kind: "refunded" });
  }
  for (const { orderNo, saleId, amountFen, state } of scribe.refunds.values())
    if (state === "done")
      money.push({ book: "ledger", orderNo, saleId, amountFen, kind: "refunded" });
  for (const { saleId, kind, amountFen } of scribe.money.values())
    if (kind !== "paid_otherwise")
      money.push({ book: "day", orderNo: null, saleId, kind, amountFen });
  return money;
}
