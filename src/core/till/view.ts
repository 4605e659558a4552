/**
 * What the till, the command line and the API show of a sale: one shape, made from the terminal's own state.
 * Field names are the API's (snake_case); amounts are whole fen, times RFC 3339 with +08:00.
 */
import type { AttemptMethod, AttemptState, ProviderName, UnpaidEnd } from "../payment/attempt.ts";
import type { CopyMark, DoubtCause, HoldCause, JobState, ProofLevel } from "../printing/job.ts";
import type { SaleState } from "../payment/sale.ts";
import type { GateView, IncidentView } from "../diagnosis/view.ts";
import type { Text } from "../text/text.ts";

export type CauseFamily =
  | "network"
  | "device"
  | "buyer_account"
  | "amount_or_input"
  | "system"
  | "provider_api"
  | "operation"
  | "merchant"
  | "maintenance";

/** Who can fix it. */
export type Fixer = "cashier" | "owner" | "service_provider" | "provider" | "buyer";

/** Why there is no money or no paper (yet), and what to do now. `family` is one of DESIGN's nine. */
export interface CauseView {
  readonly family: CauseFamily;
  /** The provider's sub-code, the printer's condition or our own rule, e.g. ACQ.BUYER_BALANCE_NOT_ENOUGH, paper_out. */
  readonly code: string;
  readonly title: Text;
  readonly cashier: Text;
  readonly customer: Text;
}

export interface AttemptView {
  readonly order_no: string;
  readonly provider: ProviderName;
  readonly method: AttemptMethod;
  readonly state: AttemptState;
  readonly amount_fen: number;
  readonly provider_trade_no: string | null;
  readonly payer: string | null;
  readonly unpaid_end: UnpaidEnd | null;
  /** Its money came after it had ended, whatever became of it since. */
  readonly late: boolean;
  /** The QR to show to the customer, while it can still be paid. */
  readonly qr_code: string | null;
  readonly sent_at: string | null;
  readonly paid_at: string | null;
  readonly ended_at: string | null;
  /** When the provider is asked next, and by when there will be an outcome if it answers. */
  readonly next_query_at: string | null;
  readonly outcome_by: string | null;
  /** By when it usually is: what holds if the provider saw the order. */
  readonly usually_by: string | null;
  readonly queries_asked: number;
  readonly money_went_back: boolean;
  readonly cause: CauseView | null;
}

export interface JobView {
  readonly id: string;
  readonly slip: "receipt" | "refund" | "reversal" | "pending" | "day" | "case" | "test";
  readonly state: JobState;
  readonly mark: CopyMark["kind"];
  readonly copy: number;
  readonly hold: HoldCause | null;
  readonly doubt: DoubtCause | null;
  readonly proof: ProofLevel | null;
  readonly proof_at: string | null;
  readonly evidence: string | null;
  readonly cause: CauseView | null;
}

/** A paper by itself. */
export interface PaperView {
  readonly job: JobView;
  /** Null for a paper of no sale: a day slip, a help slip, a test page. */
  readonly sale_id: string | null;
  /** Which it is, as people tell it from others. */
  readonly name: Text;
  readonly ordered_at: string;
  /** The copy that was ordered in its place. */
  readonly replaced_by: string | null;
}

export interface ReceiptView {
  readonly number: string;
  readonly issued_at: string;
  readonly url: string | null;
  readonly opened_at: string | null;
  readonly copies: number;
  readonly void: boolean;
  /** The job that decides: the newest paper of this receipt for the customer. Null only before it is ordered. */
  readonly job: JobView | null;
  readonly jobs: readonly JobView[];
}

export interface RefundView {
  readonly request_no: string;
  /** The attempt whose money it gives back: the sale's own, or that of an extra payment. */
  readonly order_no: string;
  readonly amount_fen: number;
  readonly state: "requested" | "sending" | "done" | "refused" | "unknown";
  readonly reason: string;
  readonly requested_at: string;
  readonly done_at: string | null;
  readonly late_payment: boolean;
  readonly cause: CauseView | null;
}

/** A payment that came and isn't the sale's. It goes back whole, by itself or, once that was refused, by the owner. */
export interface ExtraView {
  readonly order_no: string;
  readonly amount_fen: number;
  /** What isn't proven to have gone back. */
  readonly left_fen: number;
  /** `kept`: its way back was refused, and the shop still has the money. */
  readonly state: "going_back" | "kept" | "back";
}

/** The answer to a refund: the sale, and which of its refunds was asked for, now or by an earlier request of the same key. */
export interface RefundAnswer extends SaleView {
  readonly refund_request_no: string;
}

/** What a person can ask of a sale. `true`, or why not now. Buttons, API and command line read the same table. */
export type SaleCommand =
  | "charge"
  | "query"
  | "reverse"
  | "abandon"
  | "pay_otherwise"
  | "refund"
  | "reprint"
  | "answer_printed"
  | "waive_paper"
  | "print_pending_slip";

export type Can = Readonly<Record<SaleCommand, true | Text>>;

export interface SaleView {
  readonly sale_id: string;
  readonly state: SaleState;
  readonly amount_fen: number;
  readonly items: readonly {
    readonly name: string;
    readonly quantity: number;
    readonly price_fen: number;
  }[];
  readonly operator: { readonly no: string; readonly name: string };
  readonly created_at: string;
  readonly livemode: boolean;
  readonly goods_left: boolean;
  /** The customer was asked before the sale and takes the electronic receipt. */
  readonly accepts_e_receipt: boolean;
  /** Null until a first attempt has been sent. `reversed`: no money taken, or taken and given back. */
  readonly outcome: "paid" | "declined" | "reversed" | "unknown" | null;
  /** The provider never had the order, and no money of any of its charges ever came: nothing was there to be reversed. */
  readonly never_charged: boolean;
  /** It waits only for a button, or for the end of the day: no money came, no receipt says so, no goods may have left. */
  readonly took_no_money: boolean;
  /** The provider said that it is paid, and now that the trade is closed: the goods stay here until it is known which. */
  readonly contradicted: boolean;
  /** The newest attempt; the one that is paid once one is. */
  readonly attempt: AttemptView | null;
  readonly attempts: readonly AttemptView[];
  readonly receipt: ReceiptView | null;
  /** Papers that are no receipts: 撤销, 退款, 结果待确认. */
  readonly slips: readonly JobView[];
  readonly refunds: readonly RefundView[];
  /** What of the sale's money has gone back for sure. */
  readonly refunded_fen: number;
  /** What of it may have gone back: a refund has no result yet, and until then there is no other. */
  readonly refund_open_fen: number;
  /** What a refund could give back now: of the extra payment while there is one to give back, else of the sale's money. */
  readonly refundable_fen: number;
  readonly extra: ExtraView | null;
  /** The one cause to show, or null when nothing is wrong. */
  readonly cause: CauseView | null;
  /** Whether money moved and what to do now, in a sentence. */
  readonly advice: Text;
  readonly can: Can;
}

export type Light = "green" | "amber" | "red";

/** One frame of the till's live stream. */
export interface TillView {
  readonly issuer: {
    readonly merchant_name: string;
    readonly store_name: string;
    readonly terminal_no: string;
  };
  readonly operator: {
    readonly no: string;
    readonly name: string;
    readonly role: "cashier" | "owner";
  } | null;
  readonly livemode: boolean;
  /** People learn here. */
  readonly training: boolean;
  readonly provider: ProviderName;
  readonly lights: {
    readonly network: { readonly light: Light; readonly text: Text };
    readonly provider: { readonly light: Light; readonly text: Text };
    readonly printer: { readonly light: Light; readonly text: Text };
  };
  /** Before a sale: what can be relied on now, and what stops it. */
  readonly gate: GateView;
  /** The open incident of the sale on the screen, else the newest of the box itself. */
  readonly incident: IncidentView | null;
  readonly open_incidents: number;
  /** The sale on the screen: the newest that isn't settled, else the one just made. */
  readonly sale: SaleView | null;
  /** Sales whose outcome or receipt isn't settled, oldest first, without the one on the screen. */
  readonly open_sales: readonly {
    readonly sale_id: string;
    readonly amount_fen: number;
    readonly created_at: string;
    readonly advice: Text;
    /** Its money is settled and it has no paper: it waits only for a button, or for the end of the day. */
    readonly took_no_money?: true;
  }[];
  /** Papers of no sale of which nobody knows whether they came out, oldest first. */
  readonly papers_in_doubt: readonly PaperView[];
  readonly now: string;
  readonly receipt_links_reachable: boolean;
  /** The most that one sale may be for, fen: a setting of the shop. */
  readonly amount_max_fen: number;
}

/** A row of the sale list. */
export interface SaleSummary {
  readonly sale_id: string;
  readonly state: SaleState;
  readonly outcome: SaleView["outcome"];
  readonly never_charged: boolean;
  readonly amount_fen: number;
  readonly refunded_fen: number;
  readonly refund_open_fen: number;
  readonly created_at: string;
  readonly order_no: string | null;
  readonly provider_trade_no: string | null;
  readonly receipt_number: string | null;
  readonly job: JobState | null;
  /** What holds that paper. */
  readonly job_hold: HoldCause | null;
  /** The provider took the money back: the receipt is void, whether or not its paper came out. */
  readonly receipt_void: boolean;
  readonly operator_no: string;
  /** What a list is asked for: `true`, or why not. */
  readonly can: Pick<Can, "refund" | "reprint">;
}

/** One line of a sale's history, from the terminal's journal or the hub's ledger. */
export interface EventView {
  readonly seq: number;
  readonly at: string;
  readonly where: "terminal" | "hub";
  readonly actor: string;
  readonly kind: string;
  readonly text: Text;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What the customer's screen shows: nothing personal, no history. */
export interface DisplayView {
  readonly phase: "idle" | "show_code" | "show_qr" | "waiting" | "confirming" | "paid" | "not_paid";
  readonly merchant_name: string;
  readonly amount_fen: number | null;
  readonly qr_code: string | null;
  /** Address of the electronic receipt once it is paid, when it can be reached. */
  readonly receipt_url: string | null;
  readonly livemode: boolean;
  readonly training: boolean;
}

/** The business day so far, or as it was closed. */
export interface DayView {
  /** The key under which its money is recorded; drawn when the day before was closed. */
  readonly business_day: string;
  /** For people: when its money was taken, e.g. "2026-11-23"; "2026-11-23#2" where an earlier close has that date. */
  readonly date: string;
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly closed_by: string | null;
  /** Days whose money is in this one because no close had it; named only in a folder of an earlier version. */
  readonly earlier_days: readonly {
    readonly business_day: string;
    readonly date: string;
    readonly count: number;
    readonly net_fen: number;
  }[];
  /** Numbered without gaps from 1; null while the day is open. */
  readonly close_no: number | null;
  readonly paid: { readonly count: number; readonly amount_fen: number };
  readonly refunded: { readonly count: number; readonly amount_fen: number };
  /** Part of what was refunded: payments that the provider itself took back. */
  readonly rolled_back: { readonly count: number; readonly amount_fen: number };
  readonly net_fen: number;
  /** Sales that were charged and ended without money. */
  readonly unpaid_count: number;
  /** Paid sales whose customer took the electronic receipt and hasn't opened it; the close ends them. */
  readonly unopened_count: number;
  readonly paid_otherwise: { readonly count: number; readonly amount_fen: number };
  readonly by_method: readonly {
    readonly method: AttemptMethod;
    readonly count: number;
    readonly amount_fen: number;
  }[];
  readonly by_operator: readonly {
    readonly no: string;
    readonly name: string;
    readonly count: number;
    readonly amount_fen: number;
  }[];
  /** Sales without a known outcome or a settled receipt: a close refuses, or carries them over by name. */
  readonly open_sales: readonly {
    readonly sale_id: string;
    readonly order_no: string | null;
    readonly amount_fen: number;
    readonly why: Text;
  }[];
  readonly counted: {
    readonly cash_fen: number | null;
    readonly cash_difference_fen: number | null;
    readonly slips: number | null;
  } | null;
}

/** A close in the list of closes. */
export interface DayRow {
  readonly close_no: number;
  readonly business_day: string;
  readonly date: string;
  readonly closed_at: string;
  readonly closed_by: string;
  readonly paid_count: number;
  readonly net_fen: number;
}

/** The copy of a day slip that was ordered. */
export interface DaySlipAnswer {
  readonly close_no: number;
  /** 补打 第 N 次 */
  readonly copy: number;
  readonly job_id: string;
}

/** An error of the API (RFC 9457), with our own `code` and the text a person reads. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly text: Text;
}
