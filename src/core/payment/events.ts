import type {
  CancelAnswer,
  PayAnswer,
  PrecreateAnswer,
  QueryAnswer,
  TradeNotification,
} from "./answers.ts";
import type { Attempt } from "./attempt.ts";

/** `from`: the row as it was when the clock was set, where it has been written since. */
export interface WaitsMoved<Row> {
  readonly kind: "waits_moved";
  readonly byMs: number;
  readonly from?: Row;
}

/** Everything that can happen to an attempt. `askedAtMs`: when the question left; an answer counts by it (R5). */
export type AttemptEvent =
  | { readonly kind: "send" }
  | { readonly kind: "withdraw" }
  /** The pay request was held back at the last moment: too old, or its lease was nearly over. Nothing left. */
  | { readonly kind: "kept_back" }
  /** The process died and started again: what was in flight then has no answer any more. */
  | { readonly kind: "restart" }
  /** The hub's clock was set, or stood still in a stop: after its end it is asked as much later as was meant. */
  | WaitsMoved<Attempt>
  | { readonly kind: "pay_answer"; readonly answer: PayAnswer }
  | { readonly kind: "precreate_answer"; readonly answer: PrecreateAnswer }
  | { readonly kind: "query_answer"; readonly answer: QueryAnswer; readonly askedAtMs: number }
  | { readonly kind: "cancel_answer"; readonly answer: CancelAnswer; readonly askedAtMs: number }
  | { readonly kind: "notified"; readonly notification: TradeNotification }
  /** The row's own timer. */
  | { readonly kind: "due" }
  /** Somebody wants to know now. */
  | { readonly kind: "query_asked" }
  /** The cashier's stop: one last query, then the reversal. */
  | { readonly kind: "stop_asked" }
  /** The sale was given up or settled otherwise: whatever comes, the money goes back. */
  | { readonly kind: "reverse_asked" }
  /** Before a new attempt of the sale: this number is cancelled once and queried once more (R3). */
  | { readonly kind: "close_out_asked" }
  | { readonly kind: "goods_left" }
  /** The terminal ended the sale without this attempt's money. */
  | { readonly kind: "sale_ended" }
  /** A refund of it was accepted: its answers say more than a confirming query. */
  | { readonly kind: "refund_asked" }
  /** A refund of it was refused: the money may not be there. `isProven`: another one, that was done, had shown it. */
  | { readonly kind: "refund_refused"; readonly isProven: boolean }
  /** The provider's own list of the day, the final judge. `bill_absent` counts after the bills of two days. */
  | { readonly kind: "bill_paid"; readonly providerTradeNo: string }
  | { readonly kind: "bill_refunded" }
  | { readonly kind: "bill_absent" };

/** What is to be done once the new state is durable, and not before. */
export type AttemptEffect =
  | { readonly kind: "pay" }
  | { readonly kind: "precreate" }
  | { readonly kind: "query" }
  | { readonly kind: "cancel" }
  /** Money that came after the end goes back. */
  | { readonly kind: "refund_late" }
  /** The provider gave it back, and not by a refund of ours: a refund that is done stands for it in the books. */
  | { readonly kind: "refunded_elsewhere" }
  | { readonly kind: "incident"; readonly name: IncidentName };

export type IncidentName =
  | "amount_mismatch"
  | "paid_contradicted"
  | "rolled_back"
  | "late_payment"
  | "refunded_elsewhere"
  | "reversal_refused"
  | "reversal_refused_for_now"
  | "bill_disagrees";

export interface Step {
  readonly attempt: Attempt;
  readonly effects: readonly AttemptEffect[];
  /** Why the event changed nothing; kept in the log so that nothing is dropped without a word. */
  readonly ignored: string | null;
}
