/**
 * The provider's book, lean: what it has of an order, and what each call makes of that. The sandbox's own model speaks
 * the whole protocol and is too slow here; a property test holds the two against each other, answer by answer.
 */
import type { Fen } from "../../../core/money/money.ts";

export type TradeStatus = "WAIT_BUYER_PAY" | "TRADE_SUCCESS" | "TRADE_CLOSED";
export type ClosedBy =
  | "cancel_unpaid"
  | "cancel_refund"
  | "refund"
  | "timeout"
  | "refused"
  | "rolled_back";

/** How this payment departs from the ordinary; null: it is booked at once. */
export interface Twist {
  readonly ask: "confirms" | "refuses" | "waits" | null;
  readonly askMs: number;
  readonly rollBackMs: number | null;
  readonly cancelRetries: number;
  readonly buyerPaysFirst: boolean;
  readonly notify: "first" | "twice" | "never" | null;
}

/** A number on the customer's phone: works once, for a minute. */
export interface Code {
  readonly diesAtMs: number;
  /** The sub-code by which the wallet refuses; null: it pays. */
  readonly refuses: string | null;
  used: boolean;
}

export interface Order {
  readonly orderNo: string;
  readonly amountFen: Fen;
  readonly expiresAtMs: number;
}

export interface Given {
  readonly requestNo: string;
  readonly amountFen: number;
  readonly atMs: number;
}

export interface Trade extends Order {
  readonly tradeNo: string;
  /** The wallet has the money. */
  readonly canPay: boolean;
  status: TradeStatus;
  ask: Twist["ask"];
  twist: Twist | null;
  cancelRetries: number;
  paidAtMs: number | null;
  closedBy: ClosedBy | null;
  refunds: readonly Given[];
  refundedFen: number;
}

/** A word of the book: one of these, or the sub-code of a refusal. */
export type Said = string;

export interface BookEars {
  changed(trade: Trade): void;
  /** What a buyer, an expiry or the provider itself does so much later. */
  later(ms: number, act: (nowMs: number) => void): void;
}

export interface BookSettings {
  /** A business refusal leaves a trade in WAIT_BUYER_PAY behind. */
  readonly declinedLeavesTrade: boolean;
  /** A cancel of a number that has no trade also stops a pay that comes later. */
  readonly cancelStopsLatePay: boolean;
}

export class Book {
  readonly trades = new Map<string, Trade>();
  balanceFen = 100_000_000_000;
  readonly #settings: BookSettings;
  readonly #ears: BookEars;
  readonly #stopped = new Set<string>();

  constructor(settings: BookSettings, ears: BookEars) {
    this.#settings = settings;
    this.#ears = ears;
  }

  /** `paid`, `waiting`, or why not. */
  pay(order: Order, code: Code, twist: Twist | null, nowMs: number): Said {
    const known = this.trades.get(order.orderNo);
    if (known !== undefined) {
      if (known.status === "TRADE_SUCCESS") return "ACQ.TRADE_HAS_SUCCESS";
      if (known.status === "TRADE_CLOSED") return "ACQ.TRADE_HAS_CLOSE";
      if (known.ask !== null) return "waiting";
    }
    if (this.#stopped.has(order.orderNo)) return "ACQ.TRADE_HAS_CLOSE";
    if (nowMs >= order.expiresAtMs) return "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR";
    if (code.used || code.diesAtMs <= nowMs) return "ACQ.PAYMENT_AUTH_CODE_INVALID";
    code.used = true;
    if (code.refuses !== null && !this.#settings.declinedLeavesTrade) return code.refuses;
    const trade = known ?? this.#open(order, code, twist, nowMs);
    if (code.refuses !== null) return code.refuses;
    if (twist === null || twist.ask === null) {
      this.#settle(trade, nowMs);
      return "paid";
    }
    this.#asks(trade, twist);
    return "waiting";
  }

  #open(order: Order, code: Code, twist: Twist | null, nowMs: number): Trade {
    const { orderNo, amountFen, expiresAtMs } = order;
    const trade: Trade = {
      orderNo,
      amountFen,
      expiresAtMs,
      tradeNo: `2026${orderNo}`,
      canPay: code.refuses === null,
      status: "WAIT_BUYER_PAY",
      ask: null,
      twist,
      cancelRetries: twist?.cancelRetries ?? 0,
      paidAtMs: null,
      closedBy: null,
      refunds: [],
      refundedFen: 0,
    };
    this.trades.set(orderNo, trade);
    const booksAtOnce = twist === null || twist.ask === null;
    if (!booksAtOnce || this.#settings.declinedLeavesTrade) {
      this.#ears.changed(trade);
      this.#ears.later(expiresAtMs - nowMs, () => this.#expire(trade));
    }
    return trade;
  }

  /** The wallet asks for the password, and the buyer does what this one does. */
  #asks(trade: Trade, { ask, askMs }: Twist): void {
    trade.ask = ask;
    this.#ears.changed(trade);
    if (ask === "confirms" || ask === "refuses")
      this.#ears.later(askMs, (nowMs) => this.answer(trade, ask === "confirms", nowMs));
  }

  #settle(trade: Trade, nowMs: number): void {
    trade.status = "TRADE_SUCCESS";
    trade.ask = null;
    trade.paidAtMs = nowMs;
    this.balanceFen += trade.amountFen;
    this.#ears.changed(trade);
    const rollBackMs = trade.twist?.rollBackMs ?? null;
    if (rollBackMs !== null) this.#ears.later(rollBackMs, () => this.#rollBack(trade));
  }

  #close(trade: Trade, closedBy: ClosedBy): void {
    trade.status = "TRADE_CLOSED";
    trade.ask = null;
    trade.closedBy = closedBy;
    this.#ears.changed(trade);
  }

  /** `paid`, `waiting`, `closed`, or why not. */
  query(orderNo: string): Said {
    const trade = this.trades.get(orderNo);
    if (trade === undefined) return "ACQ.TRADE_NOT_EXIST";
    if (trade.status === "WAIT_BUYER_PAY") return "waiting";
    return trade.status === "TRADE_SUCCESS" ? "paid" : "closed";
  }

  /** What a query has shown, the provider doesn't take back. */
  stands(orderNo: string): void {
    const trade = this.trades.get(orderNo);
    if (trade?.status === "TRADE_SUCCESS" && trade.twist !== null)
      trade.twist = { ...trade.twist, rollBackMs: null };
  }

  /** `none`, `close`, `refund`, `again`, or why not. */
  cancel(orderNo: string, nowMs: number): Said {
    const trade = this.trades.get(orderNo);
    if (trade === undefined) {
      if (this.#settings.cancelStopsLatePay) this.#stopped.add(orderNo);
      return "none";
    }
    if (trade.cancelRetries > 0) {
      trade.cancelRetries -= 1;
      return "again";
    }
    const isFirst = trade.twist?.buyerPaysFirst === true && trade.canPay;
    if (isFirst && trade.status === "WAIT_BUYER_PAY") this.#settle(trade, nowMs);
    switch (trade.status) {
      case "WAIT_BUYER_PAY":
        this.#close(trade, "cancel_unpaid");
        return "close";
      case "TRADE_CLOSED":
        return trade.paidAtMs === null ? "close" : "refund";
      case "TRADE_SUCCESS": {
        const leftFen = trade.amountFen - trade.refundedFen;
        if (leftFen > this.balanceFen) return "ACQ.SELLER_BALANCE_NOT_ENOUGH";
        this.#give(trade, { requestNo: orderNo, amountFen: leftFen, atMs: nowMs });
        this.#close(trade, "cancel_refund");
        return "refund";
      }
    }
  }

  /** `changed`, `unchanged` (this number was made before), or why not. */
  refund(orderNo: string, requestNo: string, amountFen: number, nowMs: number): Said {
    const trade = this.trades.get(orderNo);
    if (trade === undefined) return "ACQ.TRADE_NOT_EXIST";
    const before = trade.refunds.find((one) => one.requestNo === requestNo);
    if (before !== undefined)
      return before.amountFen === amountFen ? "unchanged" : "ACQ.DISCORDANT_REPEAT_REQUEST";
    if (trade.status === "WAIT_BUYER_PAY") return "ACQ.TRADE_STATUS_ERROR";
    if (trade.status === "TRADE_CLOSED") return "ACQ.TRADE_HAS_CLOSE";
    if (amountFen > trade.amountFen - trade.refundedFen) return "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL";
    if (amountFen > this.balanceFen) return "ACQ.SELLER_BALANCE_NOT_ENOUGH";
    this.#give(trade, { requestNo, amountFen, atMs: nowMs });
    if (trade.refundedFen === trade.amountFen) this.#close(trade, "refund");
    else this.#ears.changed(trade);
    return "changed";
  }

  #give(trade: Trade, given: Given): void {
    trade.refunds = [...trade.refunds, given];
    trade.refundedFen += given.amountFen;
    this.balanceFen -= given.amountFen;
  }

  /** The amount that was given back under this number; null: never, or there is no such trade. */
  refundQuery(orderNo: string, requestNo: string): number | null | "ACQ.TRADE_NOT_EXIST" {
    const trade = this.trades.get(orderNo);
    if (trade === undefined) return "ACQ.TRADE_NOT_EXIST";
    return trade.refunds.find((one) => one.requestNo === requestNo)?.amountFen ?? null;
  }

  /** The buyer types the password, or closes the page. */
  answer(trade: Trade, confirms: boolean, nowMs: number): void {
    if (trade.status !== "WAIT_BUYER_PAY" || trade.ask === null) return;
    if (confirms) this.#settle(trade, nowMs);
    else this.#close(trade, "refused");
  }

  #expire(trade: Trade): void {
    if (trade.status === "WAIT_BUYER_PAY") this.#close(trade, "timeout");
  }

  /** The provider takes its `10000` back: as if the payment had never been. */
  #rollBack(trade: Trade): void {
    if (trade.status !== "TRADE_SUCCESS" || trade.twist?.rollBackMs === null) return;
    this.balanceFen -= trade.amountFen - trade.refundedFen;
    trade.paidAtMs = null;
    trade.refunds = [];
    trade.refundedFen = 0;
    this.#close(trade, "rolled_back");
  }
}
