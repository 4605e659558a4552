/** What a terminal asks of its hub. In one box a call is a call; in a chain it is a signed request. */
import type { Elsewhere, ProviderCall } from "../core/diagnosis/evidence.ts";
import type { Fen } from "../core/money/money.ts";
import type { Attempt, AttemptMethod, ProviderName } from "../core/payment/attempt.ts";
import type { Refund } from "../core/payment/refund.ts";
import type { Receipt } from "../core/receipt/receipt.ts";
import type { EndedMark, StoredEvent } from "./ledger.ts";
import type { Goods } from "./provider.ts";

/** The terminal made the order number and committed it before this leaves; every repeat is the same order. */
export interface PayIntent {
  readonly merchantId: string;
  readonly storeId: string;
  readonly terminalId: string;
  readonly operatorNo: string;
  readonly saleId: string;
  readonly orderNo: string;
  readonly provider: ProviderName;
  readonly method: AttemptMethod;
  readonly amountFen: Fen;
  readonly subject: string;
  readonly goods: readonly Goods[];
  /** Used in one call and kept nowhere. Null for a QR. */
  readonly paymentCode: string | null;
  /** Since the cashier gave the order, by the terminal's monotonic clock. */
  readonly ageMs: number;
  /** The sale had attempts before this one. */
  readonly again: boolean;
  /** Of the terminal's start that sends it. */
  readonly epoch: number;
}

export type PayReply =
  /** Durable at the hub; its outcome comes as news. */
  | { readonly kind: "accepted"; readonly attempt: Attempt }
  /** Proven not sent: nothing of this order will ever leave. */
  | { readonly kind: "refused"; readonly reason: PayRefusal }
  /** The hub has this order already; here is how it stands. */
  | { readonly kind: "known"; readonly attempt: Attempt };

export type PayRefusal =
  | "intent_too_old"
  | "order_withdrawn"
  | "sale_has_attempt"
  | "earlier_attempt_not_closed"
  | "earlier_attempt_was_paid"
  | "ledger_unavailable"
  /** Nobody answered the connection: not a byte of the intent left the terminal. */
  | "hub_not_reached"
  /** The hub doesn't take this terminal's word: it isn't enrolled any more, or its clock or settings don't match. */
  | "hub_refused"
  /** Of a newer hub, for a reason that this till doesn't know. */
  | "till_too_old"
  /** A later start of this terminal, on other data or another computer, has taken its place. */
  | "terminal_replaced";

export type WithdrawReply =
  | { readonly kind: "never_sent" }
  | { readonly kind: "known"; readonly attempt: Attempt };

/** A start of a terminal, as its journal tells it. */
export interface EpochAsk {
  readonly merchantId: string;
  readonly terminalId: string;
  /** Made by chance with the journal. */
  readonly journalId: string;
  /** The last that this journal was given and stored; null for none. */
  readonly epoch: number | null;
}

export interface EpochGrant {
  readonly epoch: number;
  /** False: another journal has been at work as this terminal since, or this one is an older copy. */
  readonly isUnbroken: boolean;
}

export interface RefundIntent {
  readonly merchantId: string;
  readonly orderNo: string;
  readonly requestNo: string;
  readonly amountFen: Fen;
  readonly reason: string;
  readonly operatorNo: string;
}

export type RefundReply =
  | { readonly kind: "accepted"; readonly refund: Refund }
  /** Final: the hub has no such refund. A repeat of one that it took is accepted, whatever speaks against it by now. */
  | {
      readonly kind: "refused";
      readonly reason:
        | "order_not_found"
        | "refund_must_be_positive"
        | "sale_is_not_paid"
        | "refund_in_progress"
        | "refund_exceeds_what_is_left"
        | "idempotency_key_reused"
        | "till_too_old";
    };

export type HubNews =
  | { readonly kind: "attempt"; readonly attempt: Attempt }
  | { readonly kind: "refund"; readonly refund: Refund }
  | {
      readonly kind: "receipt_opened";
      readonly saleId: string;
      /** Which of the sale's receipts; a hub of an older version doesn't tell. */
      readonly number?: string;
      readonly atMs: number;
    }
  /** One call to the provider for this terminal, and how it answers the others in the same minutes. For diagnosis. */
  | {
      readonly kind: "provider_call";
      readonly call: ProviderCall;
      readonly elsewhere: Elsewhere | null;
    }
  /** News may have been lost: whatever is open is to be asked about. */
  | { readonly kind: "missed" };

/** How the provider has been answering, for the till's light. `hub_away`: only the hub could say. */
export interface ProviderHealth {
  readonly state: "not_asked" | "answering" | "slow" | "failing" | "hub_away";
  readonly lastAnswerMs: number | null;
  readonly failuresInARow: number;
}

/**
 * Why a call was rejected, where the hub itself said so. `isOnlyThis`: it is there and answers, and this one question it
 * refuses, or answers so that it can't be read; others may well be answered.
 */
export class LinkFailed extends Error {
  readonly isOnlyThis: boolean;
  constructor(message: string, isOnlyThis: boolean) {
    super(message);
    this.isOnlyThis = isOnlyThis;
  }
}

export const isOnlyThis = (error: unknown): boolean =>
  error instanceof LinkFailed && error.isOnlyThis;

/** Any call may reject: then nothing is known about it, and the terminal asks again by order number. */
export interface Link {
  pay(intent: PayIntent): Promise<PayReply>;
  withdraw(merchantId: string, orderNo: string): Promise<WithdrawReply>;
  attempt(merchantId: string, orderNo: string): Promise<Attempt | null>;
  ask(
    merchantId: string,
    orderNo: string,
    what: "query" | "stop" | "reverse" | "goods_left" | "sale_ended",
  ): Promise<Attempt | null>;
  refund(intent: RefundIntent): Promise<RefundReply>;
  refundState(merchantId: string, requestNo: string): Promise<Refund | null>;
  refunds(merchantId: string, orderNo: string): Promise<readonly Refund[]>;
  /**
   * A page of the terminal's refunds that ended after the mark, whoever made them; empty: there are no more. Null: a hub
   * of an older version, which can't tell.
   */
  refundsEndedAfter(
    merchantId: string,
    terminalId: string,
    after: EndedMark,
  ): Promise<readonly Refund[] | null>;
  putReceipt(merchantId: string, receipt: Receipt): Promise<void>;
  /** Counter of the highest receipt number that this terminal ever brought here; 0 for none. */
  highestReceipt(terminalId: string): Promise<number>;
  /** A new epoch for a start. It replaces nobody until it is held. */
  grantEpoch(ask: EpochAsk): Promise<EpochGrant>;
  /** The epoch is in the journal and from now on the newest; asked again, whether it still is. */
  holdEpoch(ask: EpochAsk): Promise<boolean>;
  history(saleId: string): Promise<readonly StoredEvent[]>;
  health(): ProviderHealth;
  /**
   * For how long, at most, there may have been news that the listeners weren't given, and of which it may still be told
   * that they were missed; 0 where a call is a call.
   */
  unheardMs(): number;
  /** News of this terminal's attempts, at least once and in any order; versions say which is newer. */
  onNews(terminalId: string, listener: (news: HubNews) => void): () => void;
}
