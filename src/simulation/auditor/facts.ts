/**
 * What the auditor is told: plain facts as the outside world has them. It imports nothing of the project, so that a
 * mistake in a table of ours can't excuse itself here.
 *
 * All times are the observer's own (the simulator's virtual clock, the chaos run's real one), epoch ms, never a party's
 * skewed clock. All money is whole fen.
 */

/** An order number that a terminal gave to a sale, from the moment its commit could have become durable. */
export interface OrderFact {
  readonly orderNo: string;
  readonly saleId: string;
  readonly amountFen: number;
  readonly atMs: number;
}

/** One trade as it stands in the gateway's own book. Told anew with each change; the newest counts. */
export interface TradeFact {
  readonly orderNo: string;
  /** WAIT_BUYER_PAY, TRADE_SUCCESS, TRADE_FINISHED, TRADE_CLOSED. */
  readonly status: string;
  /** The gateway's own word for why it closed: close, cancel_unpaid, cancel_refund, refund, timeout, rolled_back … */
  readonly closedBy: string | null;
  readonly totalFen: number;
  /** Money was moved from the buyer: null when it never was, and null again after a roll-back. */
  readonly paidAtMs: number | null;
  readonly refundedFen: number;
  readonly refunds: readonly {
    readonly requestNo: string;
    readonly amountFen: number;
    readonly atMs: number;
  }[];
  readonly atMs: number;
}

/** One piece of paper as it left the printer, or hangs out at the end; its lines are what a person reads on it. */
export interface PaperFact {
  readonly printerId: string;
  /** Counts up from 1 within a printer. */
  readonly n: number;
  readonly lines: readonly string[];
  readonly atMs: number;
}

/** What a person saw of a sale: the till's screen, the answer of a command, the customer's display. */
export interface ShownFact {
  readonly saleId: string;
  /** The attempt that the screen was about; null when it was about none. */
  readonly orderNo: string | null;
  readonly where: "screen" | "outcome" | "display";
  /** The screen's kind (`paid`, `confirming` …), the answer's `outcome`, the display's `phase`. */
  readonly name: string;
  /** The button 再次收款 could be pressed (`can.charge` was true). */
  readonly mayCharge: boolean;
  /** Orders that the gateway itself refused for good and booked all the same, while that place believes it still. */
  readonly deceivedAbout: readonly string[];
  readonly atMs: number;
}

/** One event of the journal's or the ledger's log, as it is stored. */
export interface LogFact {
  readonly log: "journal" | "ledger";
  /** Which store it stands in: several terminals have a journal each. */
  readonly owner: string;
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
  readonly saleId: string | null;
  readonly kind: string;
  readonly actor: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** As it was stored, by the party's own clock: it is part of what was hashed. */
  readonly atMs: number;
}

/** Where a stream ends by the head kept apart from it. */
export interface HeadFact {
  readonly log: "journal" | "ledger";
  readonly owner: string;
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
}

/** A refund that somebody asked for: a person, or the system for money that came too late. */
export interface RefundFact {
  readonly saleId: string;
  readonly orderNo: string;
  readonly requestNo: string;
  readonly amountFen: number;
  /** The money came after the sale had ended, or isn't the sale's: it must go back. */
  readonly latePayment: boolean;
  /** requested, sending, unknown: still on its way; done, refused: ended. The newest fact counts. */
  readonly state: string;
  readonly atMs: number;
}

/** A receipt that was issued: its row in the journal. */
export interface ReceiptFact {
  readonly terminalId: string;
  readonly number: string;
  readonly saleId: string;
  readonly orderNo: string;
  readonly amountFen: number;
  /** The provider took its success back. */
  readonly void: boolean;
}

/** Numbers that were passed over and recorded as such; both ends are inside. */
export interface GapFact {
  readonly terminalId: string;
  readonly from: number;
  readonly to: number;
}

/** A paper that our books call proven. `person`: somebody looked. */
export interface ConfirmedFact {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly holder: "customer" | "merchant";
  /** Original, or a copy that must say so. */
  readonly marked: boolean;
  readonly level: "process_id" | "status" | "cutter_counter" | "person";
}

/** Something that is named on the till and waits for a person or a device: why a paper or money isn't settled. */
export interface HoldFact {
  readonly saleId: string;
  readonly about: "paper" | "money";
  /** paper_out, till_restarted, customer_wants_none, refund_refused … */
  readonly name: string;
}

/** How a sale stands at the end of the run. */
export interface EndFact {
  readonly saleId: string;
  readonly amountFen: number;
  /** open, paid, unpaid, paid_otherwise, abandoned. */
  readonly state: string;
  /** paid, declined, reversed, unknown, or null when nothing was ever sent. */
  readonly outcome: string | null;
  /** The customer pressed the button on the electronic receipt. */
  readonly eReceiptOpened: boolean;
}

/** A row with a time at which somebody had to look at it again, as it stands at the end. */
export interface TimerFact {
  readonly what: "attempt" | "refund";
  readonly number: string;
  readonly dueAtMs: number;
}

/** Something that hasn't ended at the end of the run. */
export interface OpenFact {
  readonly saleId: string;
  readonly what: "attempt" | "refund" | "job";
  readonly number: string;
  readonly state: string;
  readonly sinceMs: number;
}

/** A line of the provider's bill; a refund's amount is positive here. */
export interface BillFact {
  readonly orderNo: string;
  readonly kind: "paid" | "refunded";
  readonly amountFen: number;
}

/** Money as our own books have it: the hub's ledger by order, the shop's business day by sale. */
export interface MoneyFact {
  readonly book: "ledger" | "day";
  /** Null in the business day, which knows sales only. */
  readonly orderNo: string | null;
  readonly saleId: string;
  readonly kind: "paid" | "refunded";
  readonly amountFen: number;
}

/** A disagreement of bill and books that our own system has found and listed by name. */
export interface DifferenceFact {
  readonly orderNo: string;
  readonly name: string;
}

/** Everything there is once the weather has cleared and all had its time to end. */
export interface Facts {
  readonly endMs: number;
  readonly orders: readonly OrderFact[];
  /** The newest of each order. */
  readonly trades: readonly TradeFact[];
  /** In the order in which they came out. */
  readonly papers: readonly PaperFact[];
  /** In the order in which they were shown. */
  readonly shown: readonly ShownFact[];
  /** Within a stream in ascending order. */
  readonly logs: readonly LogFact[];
  readonly heads: readonly HeadFact[];
  /** The newest of each request. */
  readonly refunds: readonly RefundFact[];
  readonly receipts: readonly ReceiptFact[];
  readonly gaps: readonly GapFact[];
  readonly confirmed: readonly ConfirmedFact[];
  readonly holds: readonly HoldFact[];
  readonly ends: readonly EndFact[];
  readonly timers: readonly TimerFact[];
  readonly open: readonly OpenFact[];
  readonly bill: readonly BillFact[];
  readonly money: readonly MoneyFact[];
  readonly differences: readonly DifferenceFact[];
}

/** What a run may ask of the system. */
export interface Limits {
  /**
   * `never`: in this run no money can come after a proven end, so an order that was told "not paid" stays unpaid.
   * `possible`: the provider may book late (a copy of a refused request, a refused trade that stays open); it goes back.
   */
  readonly lateMoney: "never" | "possible";
  /** Once nothing is broken any more: a timer that is later than this isn't going to fire. */
  readonly timerLateMs: number;
  readonly openMs: Readonly<Record<OpenFact["what"], number>>;
}

/** Lower-case hex SHA-256 of the text's UTF-8 bytes. */
export type Sha256 = (text: string) => string;

export interface Violation {
  readonly rule: string;
  /** Null when it isn't about one sale. */
  readonly saleId: string | null;
  /** What exactly was seen, with its numbers. */
  readonly seen: string;
  readonly atMs: number;
}
