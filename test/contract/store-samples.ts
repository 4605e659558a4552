/** Entities for the stores' contract suites; every field filled, every number of its own. */
import { fen } from "../../src/core/money/money.ts";
import type { Attempt } from "../../src/core/payment/attempt.ts";
import { noReversal } from "../../src/core/payment/attempt.ts";
import type { Refund } from "../../src/core/payment/refund.ts";
import type { Sale } from "../../src/core/payment/sale.ts";
import type { PrintJob } from "../../src/core/printing/job.ts";
import type { Receipt, ReceiptContent } from "../../src/core/receipt/receipt.ts";
import type { Evidence } from "../../src/core/diagnosis/evidence.ts";
import type { Incident } from "../../src/core/diagnosis/incident.ts";
import type { MoneyRow } from "../../src/ports/journal.ts";
import type { StreamEvent } from "../../src/ports/ledger.ts";

export const startMs = Date.UTC(2026, 10, 2, 1);

/** `n` tells samples apart: sale S1 has attempt O1, receipt R1, job J1, refund F1. */
export const sale = (n: number, changes: Partial<Sale> = {}): Sale => ({
  id: `S${n}`,
  merchantId: "M1",
  terminalId: "T01",
  operator: { no: "07", name: "王小明" },
  amountFen: fen(12_850),
  items: [
    { name: "拿铁 “大杯”; DROP TABLE sale;-- \u0000 😀", quantity: 1.5, priceFen: fen(2_800) },
  ],
  state: "open",
  version: 1,
  createdAtMs: startMs + n,
  changedAtMs: startMs + n,
  goodsLeft: null,
  acceptsElectronic: false,
  training: false,
  ...changes,
});

export const attempt = (n: number, changes: Partial<Attempt> = {}): Attempt => ({
  merchantId: "M1",
  orderNo: `O${n}`,
  saleId: `S${n}`,
  terminalId: "T01",
  provider: "alipay",
  method: "code",
  amountFen: fen(12_850),
  state: "created",
  version: 1,
  createdAtMs: startMs + n,
  sentAtMs: null,
  expiresAtMs: startMs + 90_000,
  dueAtMs: null,
  openSinceMs: null,
  queriesAsked: 0,
  reversingSinceMs: null,
  reversal: noReversal,
  providerTradeNo: null,
  payer: null,
  paidAtMs: null,
  qrCode: null,
  endedAtMs: null,
  unpaidEnd: null,
  code: { code: "10003", subCode: null, message: " order success pay inprocess" },
  confirmed: false,
  contradictions: 0,
  contradictedAtMs: null,
  afterChecks: 0,
  stopAskedAtMs: null,
  lateSuspectAtMs: null,
  closedOut: false,
  goodsLeft: false,
  saleEnded: false,
  latePayment: null,
  ...changes,
});

/** The attempt's next version. */
export const next = (before: Attempt, changes: Partial<Attempt>): Attempt => ({
  ...before,
  ...changes,
  version: before.version + 1,
});

export const refund = (n: number, changes: Partial<Refund> = {}): Refund => ({
  merchantId: "M1",
  orderNo: `O${n}`,
  saleId: `S${n}`,
  terminalId: "T01",
  requestNo: `F${n}`,
  amountFen: fen(1_000),
  reason: "退一杯",
  operatorNo: "07",
  latePayment: false,
  state: "requested",
  version: 1,
  requestedAtMs: startMs + n,
  sentAtMs: null,
  dueAtMs: null,
  tries: 0,
  refusedAtMs: null,
  endedAtMs: null,
  code: null,
  ...changes,
});

const content = (n: number): ReceiptContent => ({
  number: `R${n}`,
  saleId: `S${n}`,
  issuer: {
    merchantName: "示例咖啡",
    merchantNo: "M1",
    storeName: "一号店",
    storeNo: "1",
    terminalNo: "T01",
    address: "",
    phone: "",
  },
  operator: { no: "07", name: "王小明" },
  provider: "alipay",
  method: "code",
  orderNo: `O${n}`,
  providerTradeNo: `P${n}`,
  payer: "138****0000",
  paidAtMs: startMs + n,
  amountFen: fen(12_850),
  items: [],
  livemode: false,
  training: false,
  url: null,
});

export const receipt = (n: number, changes: Partial<Receipt> = {}): Receipt => ({
  number: `R${n}`,
  saleId: `S${n}`,
  content: content(n),
  hash: "ab".repeat(32),
  token: `token${n}`,
  issuedAtMs: startMs + n,
  openedAtMs: null,
  copies: 0,
  void: false,
  ...changes,
});

export const job = (n: number, changes: Partial<PrintJob> = {}): PrintJob => ({
  id: `J${n}`,
  saleId: `S${n}`,
  receiptNumber: `R${n}`,
  slip: { kind: "receipt", content: content(n), hash: "ab".repeat(32) },
  holder: "customer",
  mark: { kind: "original" },
  state: "queued",
  version: 1,
  createdAtMs: startMs + n,
  changedAtMs: startMs + n,
  hold: null,
  doubt: null,
  proof: null,
  sends: 0,
  processId: null,
  cutsBefore: null,
  bytesHash: null,
  replacedBy: null,
  ...changes,
});

export const money = (n: number, changes: Partial<MoneyRow> = {}): MoneyRow => ({
  key: `paid O${n}`,
  kind: "paid",
  businessDay: "2026-11-02",
  saleId: `S${n}`,
  amountFen: fen(12_850),
  method: "code",
  operatorNo: "07",
  operatorName: "王小明",
  atMs: startMs + n,
  ...changes,
});

export const event = (stream: string, changes: Partial<StreamEvent> = {}): StreamEvent => ({
  stream,
  saleId: "S1",
  atMs: startMs,
  actor: "operator 07",
  kind: "sale_opened",
  detail: { z: 1, a: { b: [true, null, "语"], amountFen: 5 }, share: 0.25 },
  ...changes,
});

export const incident = (n: number, changes: Partial<Incident> = {}): Incident => ({
  id: `I${n}`,
  caseNo: `CP-1102-000${n}`,
  why: "receipt_late",
  saleId: `S${n}`,
  orderNo: `O${n}`,
  amountFen: fen(12_850),
  openedAtMs: startMs + n,
  closedAtMs: null,
  turns: [
    {
      atMs: startMs + n,
      family: "device",
      cause: "paper_out",
      verdict: "confirmed",
      title: { zh: "打印机缺纸", en: "Printer out of paper" },
    },
  ],
  escalatedAtMs: null,
  ended: null,
  judged: null,
  ...changes,
});

export const evidence = (n: number): Evidence => ({
  atMs: startMs + n,
  fact: { kind: "reach", target: "router", path: "eth0", ms: 0.25, failure: null },
});
