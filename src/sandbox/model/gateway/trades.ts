/** What the gateway keeps of an order: a QR code nobody scanned yet, or a trade and its life (A6 of the protocol). */
import type { Fen } from "../../../core/money/money.ts";
import type { WhenAsked } from "./wallets.ts";

export type TradeStatus = "WAIT_BUYER_PAY" | "TRADE_SUCCESS" | "TRADE_FINISHED" | "TRADE_CLOSED";

/** Nothing leaves TRADE_CLOSED or TRADE_FINISHED. A closed trade may have been paid and given back. */
const LEADS_TO: Record<TradeStatus, readonly TradeStatus[]> = {
  WAIT_BUYER_PAY: ["TRADE_SUCCESS", "TRADE_CLOSED"],
  TRADE_SUCCESS: ["TRADE_FINISHED", "TRADE_CLOSED"],
  TRADE_FINISHED: [],
  TRADE_CLOSED: [],
};

export const canBecome = (from: TradeStatus, to: TradeStatus): boolean =>
  from === to || LEADS_TO[from].includes(to);

/** What the caller sent with the order; the same for a payment code and for a QR code. */
export interface Order {
  readonly outTradeNo: string;
  readonly totalFen: Fen;
  readonly subject: string;
  readonly body: string | null;
  readonly storeId: string;
  readonly terminalId: string;
  readonly operatorId: string;
  readonly passback: string | null;
  readonly notifyUrl: string | null;
  readonly expiresAtMs: number;
}

/** How this one payment departs from the ordinary: provoked by a fault or a sentinel amount. */
export interface Twist {
  readonly ask: WhenAsked | null;
  readonly rollBackAfterMs: number | null;
  readonly notify: "twice" | "never" | "late" | null;
  /** So many cancels answer retry_flag=Y and do nothing. */
  readonly cancelRetries: number;
  /** The buyer's password arrives just before the cancel: the race's other end. */
  readonly buyerPaysFirst: boolean;
}

export const NO_TWIST: Twist = {
  ask: null,
  rollBackAfterMs: null,
  notify: null,
  cancelRetries: 0,
  buyerPaysFirst: false,
};

export interface Refund {
  readonly requestNo: string;
  readonly amountFen: Fen;
  readonly reason: string | null;
  readonly atMs: number;
}

export interface Trade extends Order {
  /** 28 digits, yyyyMMdd first. */
  readonly tradeNo: string;
  readonly walletId: string;
  readonly via: "code" | "qr";
  readonly status: TradeStatus;
  /** The wallet asks for the password and waits; null when nobody is being asked. */
  readonly ask: WhenAsked | null;
  readonly askedAtMs: number | null;
  readonly createdAtMs: number;
  /** Null again after a roll-back: such a payment never happened and stands in no bill. */
  readonly paidAtMs: number | null;
  readonly closedAtMs: number | null;
  readonly closedBy:
    | "close"
    | "cancel_unpaid"
    | "cancel_refund"
    | "refund"
    | "timeout"
    | "refused"
    | "rolled_back"
    | null;
  readonly refunds: readonly Refund[];
  readonly refundedFen: Fen;
  readonly twist: Twist;
}

/** A precreated order: no trade exists until somebody scans it. */
export interface QrOrder extends Order {
  readonly qrCode: string;
  readonly createdAtMs: number;
}

/** A number on the customer's screen: lives a minute, works once. */
export interface PaymentCode {
  readonly code: string;
  readonly walletId: string;
  readonly expiresAtMs: number;
  readonly used: boolean;
}

export const isPaid = (trade: Trade): boolean =>
  trade.status === "TRADE_SUCCESS" || trade.status === "TRADE_FINISHED";
