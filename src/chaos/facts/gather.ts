/** Puts together what the auditor is told of a round: the world outside, the till as it stands, and both stores. */
import { join } from "node:path";
import type { SaleView } from "../../core/till/view.ts";
import type { EndFact, Facts, HoldFact, OrderFact } from "../../simulation/auditor/facts.ts";
import type { Till } from "../people/till.ts";
import type { Tray } from "../people/tray.ts";
import type { Shop } from "../shop/shop.ts";
import { readJournal } from "./journal.ts";
import { readLedger } from "./ledger.ts";
import { billOf, tradesOf } from "./outside.ts";

export const terminalId = "T01";

/** While everything runs and is calm: what the till says in the end, the gateway's book, the papers. */
export type Evening = Pick<Facts, "endMs" | "trades" | "papers" | "bill" | "ends" | "holds">;

export async function lookAround(shop: Shop, till: Till, tray: Tray): Promise<Evening> {
  const sales: SaleView[] = [];
  for (const { sale_id: saleId } of await till.sales()) sales.push(await till.sale(saleId));
  const trades = await tradesOf(shop);
  return {
    endMs: Date.now(),
    trades,
    papers: await tray.papers(),
    bill: billOf(trades),
    ends: sales.map(endFact),
    holds: sales.flatMap(holdFacts),
  };
}

/** After box and sandbox have ended: the stores are read as files. `calmMs`: since when nothing was broken any more. */
export function gather(shop: Shop, till: Till, evening: Evening, calmMs: number): Facts {
  const journal = readJournal(join(shop.place.data, "journal.db"), terminalId);
  const ledger = readLedger(join(shop.place.data, "ledger.db"));
  return {
    ...evening,
    shown: till.shown,
    orders: uniqueBy([...journal.orders, ...ledger.orders], (one: OrderFact) => one.orderNo),
    // The hub's copy of a refund is the truth; the journal's counts where the hub has none.
    refunds: uniqueBy([...ledger.refunds, ...journal.refunds], (one) => one.requestNo),
    receipts: journal.receipts,
    gaps: journal.gaps,
    confirmed: journal.confirmed,
    logs: [...journal.logs, ...ledger.logs],
    heads: [...journal.heads, ...ledger.heads],
    timers: ledger.timers,
    // Rows carry the box's own time, and its clock was stepped: what is open counts from the calm.
    open: [...journal.open, ...ledger.open].map((one) => ({ ...one, sinceMs: calmMs })),
    money: [...journal.money, ...ledger.money],
    differences: [],
  };
}

function uniqueBy<T>(all: readonly T[], key: (one: T) => string): readonly T[] {
  const known = new Map<string, T>();
  for (const one of all) if (!known.has(key(one))) known.set(key(one), one);
  return [...known.values()];
}

const endFact = (sale: SaleView): EndFact => ({
  saleId: sale.sale_id,
  amountFen: sale.amount_fen,
  state: sale.state,
  outcome: sale.outcome,
  eReceiptOpened: sale.receipt !== null && sale.receipt.opened_at !== null,
});

/** What the till names by itself: why there is no paper, and money that it couldn't give back. */
function holdFacts(sale: SaleView): readonly HoldFact[] {
  const { sale_id: saleId, receipt, refunds } = sale;
  const job = receipt?.job ?? null;
  const cause = job === null ? null : (job.hold ?? job.doubt);
  const papers: HoldFact[] = [];
  if (job?.state === "waived") papers.push({ saleId, about: "paper", name: "waived" });
  else if (job !== null && job.state !== "confirmed" && cause !== null)
    papers.push({ saleId, about: "paper", name: cause });
  const stuck = refunds.filter((one) => one.state === "refused" && one.late_payment);
  return [
    ...papers,
    ...stuck.map(
      (one) => ({ saleId, about: "money", name: one.cause?.code ?? "refused" }) as const,
    ),
  ];
}
