/**
 * An attempt (收款): one order number at one provider, from the moment it is committed until its end is proven.
 *
 * - **sale** what the cashier wants to be paid for; one amount, one or more attempts, at most one of them paid
 * - **outcome** what a provider's answer proves: paid, declined, awaiting_buyer, unknown
 * - **reversal** undoing an attempt whose outcome isn't known or wanted; a refund is for a sale known to be paid
 * - **proof** a verified answer of the provider itself; time running out, silence and people are not proof
 */
import type { Fen } from "../money/money.ts";
import type { ProviderCode, UnknownReason } from "./answers.ts";

export type AttemptState =
  | "created"
  | "sending"
  | "awaiting_buyer"
  | "unknown"
  | "reversing"
  | "paid"
  | "declined"
  | "reversed";

/** How the provider was asked: with the customer's payment code, or by a QR that the customer scans. */
export type AttemptMethod = "code" | "qr";

export type ProviderName = "alipay";

/** How an attempt ended without money staying taken. */
export type UnpaidEnd =
  | "never_sent"
  | "declined"
  | "closed"
  /** Closed, while the answer to a reversal that may have refunded is missing. */
  | "closed_in_doubt"
  | "refunded"
  | "never_seen"
  | "rolled_back";

export interface Attempt {
  readonly merchantId: string;
  readonly orderNo: string;
  readonly saleId: string;
  readonly terminalId: string;
  readonly provider: ProviderName;
  readonly method: AttemptMethod;
  readonly amountFen: Fen;
  readonly state: AttemptState;
  /** Goes up by one with each change; a stale writer changes nothing. */
  readonly version: number;
  readonly createdAtMs: number;
  /** When the pay request was allowed to leave. */
  readonly sentAtMs: number | null;
  /** Absolute `time_expire` of the request: the provider creates nothing under this number after it. */
  readonly expiresAtMs: number;
  /** When the provider is to be asked (or reversed, or checked) next; null: nothing is due. */
  readonly dueAtMs: number | null;
  /** When the first answer that left the outcome open came: the query plan counts from here. */
  readonly openSinceMs: number | null;
  readonly queriesAsked: number;
  /** When the first reversal was committed. From then on a success seen only makes the reversal go on. */
  readonly reversingSinceMs: number | null;
  readonly reversal: Reversal;
  /** The cashier pressed stop: the next query is the last one before the reversal. */
  readonly stopAskedAtMs: number | null;
  /** The provider's own number of the trade, as the first verified answer named it; also where the end is unpaid. */
  readonly providerTradeNo: string | null;
  /** The buyer as the provider masks him, for paper and screen. */
  readonly payer: string | null;
  readonly paidAtMs: number | null;
  /** Address to show as a QR while method is `qr`. */
  readonly qrCode: string | null;
  readonly endedAtMs: number | null;
  readonly unpaidEnd: UnpaidEnd | null;
  /** The provider's own words for the last answer that decided something. */
  readonly code: ProviderCode | null;
  /** What was answered and left the outcome open, newest last; kept after the end. What an older version wrote has none. */
  readonly openAnswers?: readonly OpenAnswer[];
  /** `paid` was seen again by a query after the pay reply. */
  readonly confirmed: boolean;
  /** Queries that contradicted `paid`: each asked after it, and the second well after the first. */
  readonly contradictions: number;
  /** When the first of them was answered; or, in a reversal that gave back, the first success shown in spite of it. */
  readonly contradictedAtMs: number | null;
  /** How many of the checks after an unpaid end were made (R3). */
  readonly afterChecks: number;
  /**
   * A success was seen after the end, or the refund of money that a query had shown was refused: only a query asked after
   * this moment can prove the late payment (R4), or that the money is gone.
   */
  readonly lateSuspectAtMs: number | null;
  /** After the end the number was cancelled, and a query asked after that showed no trade: a new attempt is safe (R3). */
  readonly closedOut: boolean;
  /** The goods left the shop before the outcome was known. */
  readonly goodsLeft: boolean;
  /** Its sale was given up, paid otherwise or ended unpaid: a success found later can only go back. */
  readonly saleEnded: boolean;
  /** A success was proven after the end: money that must go back or be accepted. */
  readonly latePayment: LatePayment | null;
}

/** An answer that came and proves nothing; of each kind of call the last one. For people, and for no decision. */
export interface OpenAnswer {
  readonly asked: "pay" | "precreate" | "query" | "cancel";
  readonly reason: UnknownReason;
  /** Of a verified answer. */
  readonly code: ProviderCode | null;
  /** What one says that couldn't be verified: it may be anybody's word. */
  readonly hint: ProviderCode | null;
}

export interface Reversal {
  /** A request is on the wire (or was when the process died) and not answered. */
  readonly outstanding: boolean;
  readonly asked: number;
  /** When the latest answered reversal was answered; an earlier question proves nothing about the end (R5). */
  readonly answeredAtMs: number | null;
  readonly action: "close" | "refund" | "none" | null;
  /** Some reversal was answered "refunded": the money went back, so a late payment can't be accepted. */
  readonly everRefunded: boolean;
  /** While it was being reversed the provider showed it as paid: where it is closed now, the money went back. */
  readonly sawPaid: boolean;
  /** The provider refuses for now (want of balance): retried, and shown to the owner. */
  readonly refusedForNow: ProviderCode | null;
  /** The provider refuses for good: finished, too late, not allowed. */
  readonly refusedForGood: ProviderCode | null;
}

export interface LatePayment {
  readonly seenAtMs: number;
  readonly decision: "refund" | "accept";
  readonly providerTradeNo: string;
}

export const noReversal: Reversal = {
  outstanding: false,
  asked: 0,
  answeredAtMs: null,
  action: null,
  everRefunded: false,
  sawPaid: false,
  refusedForNow: null,
  refusedForGood: null,
};
