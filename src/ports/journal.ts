/** The terminal's durable memory: what it decided, in order, before it acted. One owner, one connection. */
import type { Evidence } from "../core/diagnosis/evidence.ts";
import type { Incident } from "../core/diagnosis/incident.ts";
import type { Fen } from "../core/money/money.ts";
import type { Attempt, AttemptMethod } from "../core/payment/attempt.ts";
import type { Refund } from "../core/payment/refund.ts";
import type { Sale } from "../core/payment/sale.ts";
import type { PrintJob } from "../core/printing/job.ts";
import type { Receipt } from "../core/receipt/receipt.ts";
import type { StoredEvent, StreamEvent } from "./ledger.ts";

/** Everything the terminal keeps of one sale. */
export interface SaleRecord {
  readonly sale: Sale;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  readonly receipt: Receipt | null;
  /** Oldest first. */
  readonly jobs: readonly PrintJob[];
  readonly refunds: readonly Refund[];
}

/** Money as it was recorded; it belongs to the business day in which it was recorded. */
export interface MoneyRow {
  /** Makes the row unique: recording it twice changes nothing. */
  readonly key: string;
  readonly kind: "paid" | "refunded" | "paid_otherwise";
  readonly businessDay: string;
  readonly saleId: string;
  readonly amountFen: Fen;
  readonly method: AttemptMethod | null;
  readonly operatorNo: string;
  readonly operatorName: string;
  readonly atMs: number;
}

export type JournalWrite =
  /** `settled`: outcome known, receipt settled, nothing open; such sales aren't loaded at start. */
  | { readonly kind: "sale"; readonly sale: Sale; readonly settled: boolean }
  | { readonly kind: "attempt"; readonly attempt: Attempt }
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "job"; readonly job: PrintJob }
  | { readonly kind: "refund"; readonly refund: Refund }
  | { readonly kind: "money"; readonly row: MoneyRow }
  | { readonly kind: "setting"; readonly key: string; readonly value: string }
  | { readonly kind: "incident"; readonly incident: Incident }
  /** One observation more in its series. */
  | { readonly kind: "evidence"; readonly evidence: Evidence }
  /** Observations older than this are let go. */
  | { readonly kind: "evidence_let_go"; readonly beforeMs: number }
  /** The answer to a request with an Idempotency-Key: which sale it made or which day it closed, and the hash of its input. */
  | {
      readonly kind: "request";
      readonly key: string;
      readonly inputHash: string;
      readonly result: string;
      readonly atMs: number;
    };

export interface SaleRow {
  readonly sale: Sale;
  readonly attempt: Attempt | null;
  readonly receipt: Receipt | null;
  readonly job: PrintJob | null;
  readonly refundedFen: Fen;
}

export interface Journal {
  /** All or none, durable when it resolves. Rejects with JournalFailed when the disk failed: then no new sales. */
  commit(writes: readonly JournalWrite[], events: readonly StreamEvent[]): Promise<void>;
  /** Records of every sale that isn't settled, oldest first, and jobs of no sale that haven't ended. */
  open(): { readonly records: readonly SaleRecord[]; readonly looseJobs: readonly PrintJob[] };
  record(saleId: string): SaleRecord | null;
  /** By sale id, order number, receipt number, provider trade number or refund request number. */
  findSale(number: string): string | null;
  /** Every receipt that the sale ever had, oldest first; all but the last are void. */
  receipts(saleId: string): readonly Receipt[];
  saleOfJob(jobId: string): string | null;
  job(jobId: string): PrintJob | null;
  /** Of the newest jobs, ended or not, the one that changed last of those whose bytes may have left; null: none has. */
  lastSent(): PrintJob | null;
  /** Newest first; `before` is the id of the last row of the page before. */
  sales(limit: number, before: string | null): readonly SaleRow[];
  /**
   * How many sales took no money in the end: the attempt that `sales` shows of them has ended since `fromMs` as declined or
   * reversed, and the sale isn't paid, in cash neither.
   */
  unpaidSince(fromMs: number): number;
  /** In the order in which it was recorded. */
  money(businessDay: string): readonly MoneyRow[];
  /** Every business day that has money, and how many rows; the day of the oldest row first. */
  moneyDays(): readonly { readonly businessDay: string; readonly count: number }[];
  setting(key: string): string | null;
  request(key: string): { readonly inputHash: string; readonly result: string } | null;
  events(saleId: string): readonly StoredEvent[];
  /** Newest first; `before` is the id of the last row of the page before. */
  incidents(limit: number, before: string | null): readonly Incident[];
  /** Newest first. */
  incidentsOfSale(saleId: string): readonly Incident[];
  /** By id or case number. */
  incident(number: string): Incident | null;
  /** Not closed yet, oldest first. */
  openIncidents(): readonly Incident[];
  /** In the order in which they were recorded; both ends of the time are included. */
  evidence(fromMs: number, untilMs: number): readonly Evidence[];
  brokenChain(): { readonly stream: string; readonly seq: number } | null;
  close(): Promise<void>;
}

export class JournalFailed extends Error {
  /** The disk is full: whoever stands there can make room. */
  readonly isFull: boolean;
  constructor(message: string, how: { readonly cause?: unknown; readonly isFull?: boolean } = {}) {
    super(message, { cause: how.cause });
    this.isFull = how.isFull ?? false;
  }
}
