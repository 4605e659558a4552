/**
 * The provider's own books: wallets, codes, orders, trades and notifications, and the few moves of money between
 * them. It knows no clock and no chance: every call says what time it is, and digits come from outside.
 */
import { fen, type Fen } from "../../../core/money/money.ts";
import { assert } from "../../../core/rules/assert.ts";
import { chinaDay } from "../../../core/rules/time.ts";
import { DueQueue } from "./due.ts";
import { notificationOf, type Notification } from "./notifications.ts";
import { scaled, type Settings } from "./settings.ts";
import {
  canBecome,
  isPaid,
  type PaymentCode,
  type QrOrder,
  type Refund,
  type Trade,
} from "./trades.ts";
import type { Wallet, WhenAsked } from "./wallets.ts";

/** Chance, from outside: so many decimal digits. */
export type Digits = (count: number) => string;

export interface Merchant {
  readonly balanceFen: Fen;
  /** Taken out to the bank, so that a refund can lack money. */
  readonly withdrawnFen: number;
}

/** The tables, by the name under which they are kept on disk. */
export interface Tables {
  wallet: Wallet;
  code: PaymentCode;
  trade: Trade;
  qr: QrOrder;
  notification: Notification;
  merchant: Merchant;
}
export type TableName = keyof Tables;
/** One row that changed; `value` null when it is gone. */
export interface Change {
  readonly table: TableName;
  readonly key: string;
  readonly value: Tables[TableName] | null;
}

const codeKeepMs = 600_000;

export class Book {
  settings: Settings;
  readonly digits: Digits;
  readonly due = new DueQueue();
  readonly wallets = new Map<string, Wallet>();
  readonly codes = new Map<string, PaymentCode>();
  /** By out_trade_no, in order of creation. */
  readonly trades = new Map<string, Trade>();
  readonly qrOrders = new Map<string, QrOrder>();
  readonly notifications = new Map<string, Notification>();
  /** Numbers cancelled before any trade was seen; used only with `cancelStopsLatePay`. */
  readonly stopped = new Set<string>();
  merchant: Merchant = { balanceFen: fen(0), withdrawnFen: 0 };
  readonly #numbers = new Map<string, string>();
  #changes = new Map<string, Change>();

  constructor(settings: Settings, digits: Digits) {
    this.settings = settings;
    this.digits = digits;
  }

  /** The rows that changed since the last call, newest value each. */
  takeChanges(): readonly Change[] {
    const changes = [...this.#changes.values()];
    if (changes.length > 0) this.#changes = new Map();
    return changes;
  }

  /** Puts back what was kept on disk, with everything that is still due. Nothing counts as changed. */
  restore(rows: Iterable<Change>): void {
    for (const row of rows) this.#restoreRow(row);
    for (const trade of this.trades.values()) this.#schedule(trade);
    for (const order of this.qrOrders.values()) {
      this.due.add({ atMs: order.expiresAtMs, what: "expire_qr", key: order.outTradeNo });
    }
    for (const one of this.notifications.values()) {
      if (one.nextAtMs !== null) this.due.add({ atMs: one.nextAtMs, what: "notify", key: one.id });
    }
    this.#changes = new Map();
  }

  #restoreRow({ table, value }: Change): void {
    if (value === null) return;
    switch (table) {
      case "wallet":
        return this.putWallet(value as Wallet);
      case "code":
        return this.putCode(value as PaymentCode);
      case "trade":
        return this.putTrade(value as Trade);
      case "qr":
        return this.putQr(value as QrOrder);
      case "notification":
        return this.putNotification(value as Notification);
      case "merchant":
        this.merchant = value as Merchant;
    }
  }

  #changed(table: TableName, key: string, value: Tables[TableName] | null): void {
    this.#changes.set(`${table} ${key}`, { table, key, value });
  }

  putWallet(wallet: Wallet): void {
    this.wallets.set(wallet.id, wallet);
    this.#changed("wallet", wallet.id, wallet);
  }

  putCode(code: PaymentCode): void {
    this.codes.set(code.code, code);
    this.#changed("code", code.code, code);
  }

  putQr(order: QrOrder): void {
    this.qrOrders.set(order.outTradeNo, order);
    this.#changed("qr", order.outTradeNo, order);
  }

  removeQr(outTradeNo: string): void {
    if (this.qrOrders.delete(outTradeNo)) this.#changed("qr", outTradeNo, null);
  }

  putNotification(one: Notification): void {
    this.notifications.set(one.id, one);
    this.#changed("notification", one.id, one);
  }

  putTrade(trade: Trade): void {
    const before = this.trades.get(trade.outTradeNo);
    assert(
      before === undefined ||
        (before.tradeNo === trade.tradeNo && canBecome(before.status, trade.status)),
      "a trade keeps its number and only moves along the table of states",
    );
    this.trades.set(trade.outTradeNo, trade);
    this.#numbers.set(trade.tradeNo, trade.outTradeNo);
    this.#changed("trade", trade.outTradeNo, trade);
  }

  /** trade_no wins where both are given. */
  findTrade(outTradeNo: string | null, tradeNo: string | null): Trade | undefined {
    const number = tradeNo === null ? outTradeNo : this.#numbers.get(tradeNo);
    return number === null || number === undefined ? undefined : this.trades.get(number);
  }

  /** By its short name or the name people read. */
  findWallet(name: string): Wallet | undefined {
    return (
      this.wallets.get(name) ?? [...this.wallets.values()].find((wallet) => wallet.name === name)
    );
  }

  wallet(id: string): Wallet {
    const wallet = this.wallets.get(id);
    assert(wallet !== undefined, "a trade's wallet exists");
    return wallet;
  }

  /** A fresh payment code: 18 digits from 28, one use, a minute. */
  issueCode(walletId: string, nowMs: number): PaymentCode {
    let code = `28${this.digits(16)}`;
    while (this.codes.has(code)) code = `28${this.digits(16)}`;
    const issued = { code, walletId, expiresAtMs: nowMs + this.settings.codeLifeMs, used: false };
    this.putCode(issued);
    this.#forgetOldCodes(nowMs);
    return issued;
  }

  /** Codes come in order of age, so the old ones stand in front. */
  #forgetOldCodes(nowMs: number): void {
    for (const [key, code] of this.codes) {
      if (code.expiresAtMs + codeKeepMs > nowMs) return;
      this.codes.delete(key);
      this.#changed("code", key, null);
    }
  }

  /** The wallet's code on the screen now, or undefined when it ran out or was used. */
  liveCode(walletId: string, nowMs: number): PaymentCode | undefined {
    const live = [...this.codes.values()].filter(
      (code) => code.walletId === walletId && !code.used && code.expiresAtMs > nowMs,
    );
    return live.at(-1);
  }

  openTrade(draft: Omit<Trade, "tradeNo">): Trade {
    const day = chinaDay(draft.createdAtMs).replaceAll("-", "");
    let tradeNo = `${day}22001${this.digits(15)}`;
    while (this.#numbers.has(tradeNo)) tradeNo = `${day}22001${this.digits(15)}`;
    const trade: Trade = { ...draft, tradeNo };
    this.putTrade(trade);
    this.#schedule(trade);
    return trade;
  }

  #schedule(trade: Trade): void {
    const key = trade.outTradeNo;
    if (trade.status === "WAIT_BUYER_PAY") {
      this.due.add({ atMs: trade.expiresAtMs, what: "expire_trade", key });
      this.#scheduleAnswer(trade);
    }
    if (trade.status === "TRADE_SUCCESS" && trade.paidAtMs !== null) {
      this.#scheduleAfterPayment(trade, trade.paidAtMs);
    }
  }

  /** The wallet asks for the password now, and the buyer does what buyers of this kind do. */
  ask(trade: Trade, ask: WhenAsked, nowMs: number): Trade {
    const asked: Trade = { ...trade, ask, askedAtMs: nowMs };
    this.putTrade(asked);
    this.#scheduleAnswer(asked);
    return asked;
  }

  #scheduleAnswer({ ask, askedAtMs, outTradeNo: key }: Trade): void {
    if (ask === null || askedAtMs === null || ask.kind === "waits") return;
    const what = ask.kind === "confirms" ? "buyer_confirms" : "buyer_refuses";
    this.due.add({ atMs: askedAtMs + scaled(this.settings, ask.afterMs), what, key });
  }

  #scheduleAfterPayment(trade: Trade, paidAtMs: number): void {
    const key = trade.outTradeNo;
    const back = trade.twist.rollBackAfterMs;
    if (back !== null) {
      this.due.add({ atMs: paidAtMs + scaled(this.settings, back), what: "roll_back", key });
    }
    this.due.add({ atMs: paidAtMs + this.settings.refundPeriodMs, what: "finish", key });
  }

  /** Moves the money from wallet to merchant. The caller has asked `walletRefusal` before. */
  settle(trade: Trade, nowMs: number): Trade {
    assert(trade.status === "WAIT_BUYER_PAY", "only a waiting trade is paid");
    this.#move(trade, trade.totalFen, nowMs);
    const paid: Trade = { ...trade, status: "TRADE_SUCCESS", ask: null, paidAtMs: nowMs };
    this.putTrade(paid);
    this.#scheduleAfterPayment(paid, nowMs);
    this.#notify(paid, nowMs);
    return paid;
  }

  close(trade: Trade, closedBy: NonNullable<Trade["closedBy"]>, nowMs: number): Trade {
    assert(!isPaid(trade) || trade.refundedFen === trade.totalFen, "paid money isn't closed away");
    const closed: Trade = {
      ...trade,
      status: "TRADE_CLOSED",
      ask: null,
      closedAtMs: nowMs,
      closedBy,
    };
    this.putTrade(closed);
    this.#notify(closed, nowMs);
    return closed;
  }

  /** Gives money back. The caller has checked the amount and the merchant's balance. */
  refund(trade: Trade, refund: Refund): Trade {
    assert(trade.status === "TRADE_SUCCESS", "only a paid trade is refunded");
    assert(trade.refundedFen + refund.amountFen <= trade.totalFen, "refunds stay within the trade");
    this.#move(trade, 0 - refund.amountFen, refund.atMs);
    const refunded: Trade = {
      ...trade,
      refunds: [...trade.refunds, refund],
      refundedFen: fen(trade.refundedFen + refund.amountFen),
    };
    this.putTrade(refunded);
    return refunded;
  }

  /** The provider takes its `10000` back: as if the payment had never been. */
  rollBack(trade: Trade, nowMs: number): Trade {
    assert(trade.status === "TRADE_SUCCESS", "only a paid trade is rolled back");
    this.#move(trade, trade.refundedFen - trade.totalFen, nowMs);
    const back: Trade = {
      ...trade,
      status: "TRADE_CLOSED",
      paidAtMs: null,
      closedAtMs: nowMs,
      closedBy: "rolled_back",
      refunds: [],
      refundedFen: fen(0),
    };
    this.putTrade(back);
    this.#notify(back, nowMs);
    return back;
  }

  #move(trade: Trade, amountFen: number, nowMs: number): void {
    const wallet = this.wallet(trade.walletId);
    const day = chinaDay(nowMs);
    const spentFen = wallet.spent.day === day ? wallet.spent.fen : 0;
    this.putWallet({
      ...wallet,
      balanceFen: fen(wallet.balanceFen - amountFen),
      spent: { day, fen: Math.max(0, spentFen + amountFen) },
    });
    this.merchant = { ...this.merchant, balanceFen: fen(this.merchant.balanceFen + amountFen) };
    this.#changed("merchant", "", this.merchant);
  }

  /** Pays out to the merchant's bank. False when there isn't that much. */
  withdraw(amountFen: Fen): boolean {
    if (amountFen > this.merchant.balanceFen) return false;
    this.merchant = {
      balanceFen: fen(this.merchant.balanceFen - amountFen),
      withdrawnFen: this.merchant.withdrawnFen + amountFen,
    };
    this.#changed("merchant", "", this.merchant);
    return true;
  }

  #notify(trade: Trade, nowMs: number): void {
    if (trade.notifyUrl === null || trade.twist.notify === "never") return;
    if (!this.settings.notifyOn.includes(trade.status)) return;
    const id = `${chinaDay(nowMs).replaceAll("-", "")}00${this.digits(24)}`;
    const one = notificationOf(trade, this.wallet(trade.walletId), this.settings, id, nowMs);
    this.putNotification(one);
    this.due.add({ atMs: one.nextAtMs ?? nowMs, what: "notify", key: id });
  }
}
