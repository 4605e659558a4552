/** The hub's durable truth. Few operations, each one short transaction; the same contract on every engine. */
import type { Attempt } from "../core/payment/attempt.ts";
import type { Refund } from "../core/payment/refund.ts";
import type { Receipt } from "../core/receipt/receipt.ts";

/** One fact that happened, in the same commit as the change it explains; chained by hash within its stream. */
export interface StreamEvent {
  /** At the hub the sale's id, at the terminal the terminal's id. */
  readonly stream: string;
  readonly saleId: string | null;
  readonly atMs: number;
  /** "hub", "terminal T01", "operator 07", "provider". */
  readonly actor: string;
  readonly kind: string;
  /** Small and plain; never a payment code, a key or an unmasked buyer. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface StoredEvent extends StreamEvent {
  /** From 1, without gaps within a stream. */
  readonly seq: number;
  /** SHA-256 over the previous hash and this event; a removed or edited event shows. */
  readonly hash: string;
}

export type LedgerWrite =
  /** Refused: `order_exists`, `order_withdrawn`, or `sale_has_attempt` when the sale has a live or paid one. */
  | { readonly kind: "insert_attempt"; readonly attempt: Attempt }
  /** Refused `stale` unless the stored version is `attempt.version - 1`. Ends any lease. */
  | { readonly kind: "update_attempt"; readonly attempt: Attempt }
  | { readonly kind: "insert_refund"; readonly refund: Refund }
  | { readonly kind: "update_refund"; readonly refund: Refund }
  /** A tombstone: an intent of this number that comes later is refused. Refused `order_exists` if it is already there. */
  | {
      readonly kind: "withdraw_order";
      readonly merchantId: string;
      readonly orderNo: string;
      readonly atMs: number;
    }
  /**
   * The electronic receipt; writing it again replaces it, and neither un-opens nor un-voids it. Refused
   * `receipt_number_used` when another receipt has the number.
   */
  | { readonly kind: "put_receipt"; readonly merchantId: string; readonly receipt: Receipt }
  | { readonly kind: "put_setting"; readonly key: string; readonly value: string }
  /** A whole number that only grows, whatever the order in which its writers come. */
  | { readonly kind: "raise_setting"; readonly key: string; readonly value: number }
  /** Refused `stale` unless the stored value is `from`; null: unless there is none. */
  | {
      readonly kind: "swap_setting";
      readonly key: string;
      readonly from: string | null;
      readonly to: string;
    };

export type LedgerRefusal =
  | "order_exists"
  | "order_withdrawn"
  | "sale_has_attempt"
  | "refund_exists"
  | "receipt_number_used"
  | "stale";

/** A place in the row of refunds that have ended: by time, and by number within one millisecond. */
export interface EndedMark {
  readonly endedAtMs: number;
  readonly requestNo: string;
}

export interface Ledger {
  /**
   * All writes and events, or none. Resolves only when durable. Rejects with LedgerUnavailable when the disk or the
   * database failed: then nothing is known about this commit, and the caller must read before it acts.
   */
  commit(
    writes: readonly LedgerWrite[],
    events: readonly StreamEvent[],
  ): Promise<"committed" | LedgerRefusal>;
  attempt(merchantId: string, orderNo: string): Promise<Attempt | null>;
  attemptByOrder(orderNo: string): Promise<Attempt | null>;
  attemptsOfSale(merchantId: string, saleId: string): Promise<readonly Attempt[]>;
  refund(merchantId: string, requestNo: string): Promise<Refund | null>;
  refundsOfOrder(merchantId: string, orderNo: string): Promise<readonly Refund[]>;
  /** Refunds of a terminal that have ended, in that order, up to the limit; those after the mark. */
  refundsEndedAfter(
    merchantId: string,
    terminalId: string,
    after: EndedMark,
    limit: number,
  ): Promise<readonly Refund[]>;
  /** Attempts due at or before `nowMs` whose lease has ended, oldest first; leases them until `leaseUntilMs`. */
  claimAttempts(nowMs: number, leaseUntilMs: number, limit: number): Promise<readonly Attempt[]>;
  claimRefunds(nowMs: number, leaseUntilMs: number, limit: number): Promise<readonly Refund[]>;
  /** When the next row falls due; null when nothing is waiting. */
  nextDueAtMs(): Promise<number | null>;
  /** Attempts that a crash of this only process left in `created` or `sending`. */
  interrupted(): Promise<readonly Attempt[]>;
  /** Rows that fall due, or are leased, until after `atMs`: all of them after 0. */
  attemptsDueAfter(atMs: number): Promise<readonly Attempt[]>;
  refundsDueAfter(atMs: number): Promise<readonly Refund[]>;
  receiptByToken(
    token: string,
  ): Promise<{ readonly merchantId: string; readonly receipt: Receipt } | null>;
  withdrawn(merchantId: string, orderNo: string): Promise<boolean>;
  setting(key: string): Promise<string | null>;
  events(stream: string): Promise<readonly StoredEvent[]>;
  /** Null when whole; else the first event that doesn't follow from the one before it. */
  brokenChain(): Promise<{ readonly stream: string; readonly seq: number } | null>;
  close(): Promise<void>;
}

export class LedgerUnavailable extends Error {}
