/** What the till page, the command line and the API ask of a terminal, in views and refusals. */
import type { Casebook } from "./casebook.ts";
import type { Fen } from "../core/money/money.ts";
import type { HoldCause } from "../core/printing/job.ts";
import type { SlipLine } from "../core/printing/layout-lines.ts";
import type { Refund } from "../core/payment/refund.ts";
import type { PrinterProfile } from "../core/printing/profile.ts";
import type { Receipt, ReceiptItem } from "../core/receipt/receipt.ts";
import type { RefusalCode } from "../core/rules/refusals.ts";
import type { RefundOf } from "../core/till/can.ts";
import type {
  DayRow,
  DaySlipAnswer,
  DayView,
  DisplayView,
  EventView,
  JobView,
  PaperView,
  SaleSummary,
  SaleView,
  TillView,
} from "../core/till/view.ts";

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: RefusalCode };

export interface SaleInput {
  readonly amountFen: Fen;
  readonly items: readonly ReceiptItem[];
  readonly acceptsElectronic: boolean;
  /** Who asks, where it isn't the operator on duty. */
  readonly operatorNo: string | null;
  /** Idempotency-Key and the hash of its input; the same pair finds the same sale. */
  readonly request: { readonly key: string; readonly inputHash: string } | null;
}

export type ChargeInput =
  | { readonly method: "code"; readonly paymentCode: string }
  | { readonly method: "qr" };

export interface OperatorRow {
  readonly no: string;
  readonly name: string;
  readonly role: "cashier" | "owner";
  readonly has_pin: boolean;
}

/** A PIN goes only when somebody asks for that. */
export type PinChange = { readonly pin: string } | "keep" | "remove";

export interface PrinterView {
  readonly address: string | null;
  readonly profile: PrinterProfile;
  readonly condition: HoldCause | null;
  readonly paper_low: boolean;
  /** The printer's own answer stands behind it: at the last look, at an earlier time, or never yet. */
  readonly heard: "now" | "before" | "never";
  readonly checked_at: string | null;
  /** Papers that are still to be printed, or are being printed, oldest first. */
  readonly waiting: readonly JobView[];
  /** Papers of which nobody knows whether they came out, oldest first. */
  readonly in_doubt: readonly PaperView[];
}

export interface Till {
  view(): TillView;
  display(): DisplayView;
  /** Called after every change that a screen may show; gives the way to stop. */
  onChange(listener: () => void): () => void;
  sale(saleId: string): SaleView | null;
  /** The sale of any number that a person may have: sale, order, receipt, provider trade, refund. */
  find(number: string): string | null;
  summary(saleId: string): SaleSummary | null;
  list(
    limit: number,
    before: string | null,
  ): { readonly data: readonly SaleSummary[]; readonly next: string | null };
  history(saleId: string): Promise<readonly EventView[]>;
  paper(saleId: string): readonly SlipLine[];
  open(input: SaleInput): Promise<Answer<SaleView>>;
  /** `acceptsElectronic`: the customer has agreed to it since the sale was opened. */
  charge(
    saleId: string,
    charge: ChargeInput,
    acceptsElectronic: boolean,
  ): Promise<Answer<SaleView>>;
  /** One sale and its only charge; ends `unpaid` by itself where the charge doesn't succeed. */
  sell(input: SaleInput, charge: ChargeInput): Promise<Answer<SaleView>>;
  /** Resolves when outcome and receipt are settled, or wait for a person, or `waitMs` have passed. */
  settled(saleId: string, waitMs: number): Promise<SaleView | null>;
  command(saleId: string, command: TillCommand): Promise<Answer<SaleView>>;
  /** `of`: refused where it isn't the money that must go back first. */
  refund(
    saleId: string,
    amountFen: Fen | null,
    reason: string,
    requestNo: string,
    of?: RefundOf | null,
  ): Promise<Answer<SaleView>>;
  /** A paper by its job, also one that has ended. */
  job(jobId: string): PaperView | null;
  answerPrinted(jobId: string, printed: boolean): Promise<Answer<SaleView | null>>;
  printer(): PrinterView;
  /** Asks the printer what it can do and keeps the answer. */
  probePrinter(mayPrintStray: boolean): Promise<Answer<PrinterView>>;
  printTest(): Promise<Answer<{ readonly job_id: string }>>;
  operators(): readonly OperatorRow[];
  setOperator(operator: Omit<OperatorRow, "has_pin">, pin: PinChange): Promise<Answer<null>>;
  signOn(no: string, pin: string): Promise<Answer<TillView>>;
  signOff(): Promise<void>;
  day(): DayView;
  closeDay(
    cashFen: Fen | null,
    slips: number | null,
    carryOver: boolean,
    refuseEmpty: boolean,
    request: SaleInput["request"],
  ): Promise<Answer<DayView>>;
  /** Closes, newest first; `before` is the number of the last one of the page before. */
  days(
    limit: number,
    before: number | null,
  ): { readonly data: readonly DayRow[]; readonly next: number | null };
  /** A day as it was closed. */
  closedDay(closeNo: number): DayView | null;
  /** Its slip once more, as a marked copy. */
  printDay(closeNo: number): Promise<Answer<DaySlipAnswer>>;
  readonly casebook: Casebook;
}

export type TillCommand =
  | "query"
  | "charge_again"
  | "reverse"
  | "abandon"
  | "pay_otherwise"
  | "goods_left"
  | "waive_paper"
  | "pending_slip"
  | "reprint";

/** What became of the money that a receipt names. */
export interface ReceiptMoney {
  /** What was asked back of it. */
  readonly refunds: readonly Refund[];
  /** The provider says now that the trade is closed; a second answer is to decide. */
  readonly isContradicted: boolean;
}

/** What the outside (customers, the provider) may ask of a hub. */
export interface Counter {
  electronicReceipt(token: string): Promise<Receipt | null>;
  receiptMoney(token: string): Promise<ReceiptMoney>;
  receiptOpened(token: string): Promise<Receipt | null>;
  notified(form: Readonly<Record<string, string>>): Promise<boolean>;
}
