/** What the terminal's journal says of itself. */
import type {
  ConfirmedFact,
  Facts,
  MoneyFact,
  OpenFact,
  OrderFact,
  ReceiptFact,
  RefundFact,
} from "../../simulation/auditor/facts.ts";
import { type Doc, Rows } from "./rows.ts";

export type FromJournal = Pick<
  Facts,
  "orders" | "receipts" | "gaps" | "confirmed" | "refunds" | "money" | "logs" | "heads" | "open"
>;

export function readJournal(path: string, terminalId: string): FromJournal {
  const rows = new Rows(path);
  try {
    const logs = rows.logs("journal", terminalId);
    return {
      orders: rows.docs("attempt").map(orderFact),
      receipts: rows.docs("receipt").map((doc) => receiptFact(doc, terminalId)),
      gaps: logs
        .filter((one) => one.kind === "receipt_numbers_skipped")
        .map(({ detail }) => ({
          terminalId,
          from: Number(detail["from"]),
          to: Number(detail["to"]),
        })),
      confirmed: rows.docs("job").flatMap(confirmedFact),
      refunds: rows.docs("refund").map(refundFact),
      money: rows.all(`SELECT kind, sale_id, amount_fen FROM money`).flatMap(moneyFact),
      logs,
      heads: rows.heads("journal", terminalId),
      open: rows.docs("job").flatMap(openJob),
    };
  } finally {
    rows.close();
  }
}

export const orderFact = (doc: Doc): OrderFact => ({
  orderNo: String(doc["orderNo"]),
  saleId: String(doc["saleId"]),
  amountFen: Number(doc["amountFen"]),
  atMs: Number(doc["createdAtMs"]),
});

export const refundFact = (doc: Doc): RefundFact => ({
  saleId: String(doc["saleId"]),
  orderNo: String(doc["orderNo"]),
  requestNo: String(doc["requestNo"]),
  amountFen: Number(doc["amountFen"]),
  latePayment: doc["latePayment"] === true,
  state: String(doc["state"]),
  atMs: Number(doc["requestedAtMs"]),
});

function receiptFact(doc: Doc, terminalId: string): ReceiptFact {
  const content = doc["content"] as Doc;
  return {
    terminalId,
    number: String(doc["number"]),
    saleId: String(doc["saleId"]),
    orderNo: String(content["orderNo"]),
    amountFen: Number(content["amountFen"]),
    void: doc["void"] === true,
  };
}

function confirmedFact(doc: Doc): readonly ConfirmedFact[] {
  if (doc["state"] !== "confirmed" || (doc["slip"] as Doc)["kind"] !== "receipt") return [];
  return [
    {
      saleId: String(doc["saleId"]),
      receiptNumber: String(doc["receiptNumber"]),
      holder: doc["holder"] === "merchant" ? "merchant" : "customer",
      marked: (doc["mark"] as Doc)["kind"] !== "original",
      level: (doc["proof"] as Doc)["level"] as ConfirmedFact["level"],
    },
  ];
}

/** Waiting with a cause and waiting for a person are named on the till; only what should run by itself is open. */
function openJob(doc: Doc): readonly OpenFact[] {
  const state = String(doc["state"]);
  if (state !== "queued" && state !== "sending") return [];
  return [
    {
      saleId: String(doc["saleId"]),
      what: "job",
      number: String(doc["id"]),
      state,
      sinceMs: Number(doc["createdAtMs"]),
    },
  ];
}

function moneyFact(row: Readonly<Record<string, unknown>>): readonly MoneyFact[] {
  const kind = row["kind"];
  if (kind !== "paid" && kind !== "refunded") return [];
  const saleId = String(row["sale_id"]);
  return [{ book: "day", orderNo: null, saleId, kind, amountFen: Number(row["amount_fen"]) }];
}
