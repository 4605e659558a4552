/** What the hub's ledger says of itself. */
import type { Facts, MoneyFact, OpenFact, TimerFact } from "../../simulation/auditor/facts.ts";
import { orderFact, refundFact } from "./journal.ts";
import { type Doc, type Row, Rows } from "./rows.ts";

export type FromLedger = Pick<
  Facts,
  "orders" | "refunds" | "money" | "logs" | "heads" | "timers" | "open"
>;

const ended = { attempt: ["paid", "declined", "reversed"], refund: ["done", "refused"] } as const;

export function readLedger(path: string): FromLedger {
  const rows = new Rows(path);
  try {
    const attempts = rows
      .docs(`attempt WHERE state <> 'withdrawn'`)
      .filter((doc) => doc["orderNo"] !== undefined);
    const refunds = rows.docs("refund");
    const due = (table: string, number: string): readonly Row[] =>
      rows.all(`SELECT ${number} AS number, due_at_ms FROM ${table} WHERE due_at_ms IS NOT NULL`);
    return {
      orders: attempts.map(orderFact),
      refunds: refunds.map(refundFact),
      money: [...attempts.flatMap(attemptMoney), ...refunds.flatMap(refundMoney)],
      logs: rows.logs("ledger", "hub"),
      heads: rows.heads("ledger", "hub"),
      timers: [
        ...due("attempt", "order_no").map((row) => timerFact("attempt", row)),
        ...due("refund", "request_no").map((row) => timerFact("refund", row)),
      ],
      open: [
        ...attempts.flatMap((doc) => openFact("attempt", doc, "orderNo", "createdAtMs")),
        ...refunds.flatMap((doc) => openFact("refund", doc, "requestNo", "requestedAtMs")),
      ],
    };
  } finally {
    rows.close();
  }
}

/** Paid, paid after its end, or paid and sent back by its own reversal. */
function attemptMoney(doc: Doc): readonly MoneyFact[] {
  const line = {
    book: "ledger",
    orderNo: String(doc["orderNo"]),
    saleId: String(doc["saleId"]),
    amountFen: Number(doc["amountFen"]),
  } as const;
  const paid = { ...line, kind: "paid" } as const;
  if (doc["state"] === "paid" || doc["latePayment"] !== null) return [paid];
  return doc["unpaidEnd"] === "refunded" ? [paid, { ...line, kind: "refunded" }] : [];
}

const refundMoney = (doc: Doc): readonly MoneyFact[] =>
  doc["state"] === "done"
    ? [
        {
          book: "ledger",
          orderNo: String(doc["orderNo"]),
          saleId: String(doc["saleId"]),
          kind: "refunded",
          amountFen: Number(doc["amountFen"]),
        },
      ]
    : [];

const timerFact = (what: TimerFact["what"], row: Row): TimerFact => ({
  what,
  number: String(row["number"]),
  dueAtMs: Number(row["due_at_ms"]),
});

function openFact(
  what: "attempt" | "refund",
  doc: Doc,
  number: string,
  since: string,
): readonly OpenFact[] {
  const state = String(doc["state"]);
  if ((ended[what] as readonly string[]).includes(state)) return [];
  return [
    {
      saleId: String(doc["saleId"]),
      what,
      number: String(doc[number]),
      state,
      sinceMs: Number(doc[since]),
    },
  ];
}
