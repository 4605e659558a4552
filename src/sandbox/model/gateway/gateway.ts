/**
 * The provider's gateway as a pure machine: a call and the time go in, what to answer and how comes out. Servers and
 * the simulator put the same calls to it. Nothing here waits; what happens later is in the book's queue.
 */
import { fen } from "../../../core/money/money.ts";
import { apisWith } from "./api/apis.ts";
import type { BillTicket } from "./api/bill.ts";
import { amount, text, type Biz } from "./api/context.ts";
import { retryReply } from "./api/cancel.ts";
import { behaviour, type Behaviour, type BehaviourName, type Send } from "./behaviours.ts";
import { billFiles, type BillFile } from "./bill.ts";
import { Book, type Digits } from "./book.ts";
import { confirm, refuse, scan, type BuyerRefusal } from "./buyer.ts";
import type { Due } from "./due.ts";
import { Faults, twistOf, type Fault } from "./faults.ts";
import { afterTry, type Notification } from "./notifications.ts";
import { refusal, type Reply } from "./reply.ts";
import type { Method } from "./request.ts";
import { sentinelFor, type Provocation } from "./sentinels.ts";
import { scaled, type Settings } from "./settings.ts";
import { NO_TWIST, type Trade, type Twist } from "./trades.ts";

/** A request that passed the signature check. */
export interface Call {
  readonly method: Method;
  readonly biz: Biz;
  readonly notifyUrl: string | null;
}

/** What the caller gets to see, and how. `reply` is null where nothing readable is sent. */
export interface Answer {
  readonly reply: Reply | null;
  readonly send: Send;
  readonly signature: Behaviour["signature"];
  /** Before the reply, or before the second half of a slow body; ms. */
  readonly waitMs: number;
  /** The notifications due now go out, and are answered, before the reply. */
  readonly notifyFirst: boolean;
  /** For the log: what was provoked. */
  readonly provoked: BehaviourName | null;
}

/** `down` refuses connections, `blackhole` takes them and never answers, `maintenance` answers that it can't; with `portal`
 * a network that wants a login answers in its place, so nothing reaches it. */
export type Mode = "up" | "down" | "blackhole" | "maintenance" | "portal";

export class GatewayModel {
  readonly book: Book;
  readonly faults = new Faults();
  mode: Mode = "up";
  readonly #tickets = new Map<string, BillTicket>();
  readonly #apis = apisWith(this.#tickets);
  /** Requests that are still on their way to the books. */
  readonly #late = new Map<string, Call>();
  readonly #afterCancel = new Map<string, { readonly call: Call; readonly waitMs: number }>();
  /** Order numbers whose amount has provoked a trouble of the line already: it meets the first request only. */
  readonly #provoked = new Set<string>();
  #outbox: string[] = [];

  constructor(settings: Settings, digits: Digits) {
    this.book = new Book(settings, digits);
  }

  /** Changes settings; what is already planned keeps its time. */
  set(patch: Partial<Settings>): void {
    this.book.settings = { ...this.book.settings, ...patch };
  }

  /** Answers one call. First everything that was due by now happens. */
  call(call: Call, nowMs: number): Answer {
    this.advance(nowMs);
    if (this.mode !== "up" && this.mode !== "maintenance") return { ...SILENT, provoked: null };
    if (this.mode === "maintenance") return plain(maintenance());
    const provocation = this.#provocation(call);
    if (provocation === null) return plain(this.#work(call, NO_TWIST, nowMs));
    return this.#provokedAnswer(call, provocation, nowMs);
  }

  #provokedAnswer(call: Call, provocation: Provocation & Partial<Fault>, nowMs: number): Answer {
    const how = behaviour(provocation.behaviour);
    const ms = provocation.ms ?? how.ms;
    const reply = this.#reply(call, provocation, how, ms, nowMs);
    return {
      reply,
      send: how.send,
      signature: how.signature,
      waitMs: how.side === "line" ? scaled(this.book.settings, ms) : 0,
      notifyFirst: provocation.behaviour === "notify_first",
      provoked: provocation.behaviour,
    };
  }

  #reply(
    call: Call,
    provocation: Provocation & Partial<Fault>,
    how: Behaviour,
    ms: number,
    nowMs: number,
  ): Reply | null {
    const outTradeNo = text(call.biz, "out_trade_no");
    const done = this.#workAsProvoked(call, how, twistOf(provocation, ms), ms, nowMs);
    switch (how.say) {
      case "answer":
        return done;
      case "system_error":
        return refusal(call.method, "aop.ACQ.SYSTEM_ERROR", outTradeNo);
      case "retry_flag":
        return retryReply(outTradeNo);
      case "sub_code": {
        const subCode = provocation.subCode ?? "ACQ.SYSTEM_ERROR";
        if (subCode.startsWith("ACQ.")) this.#useUpCode(call);
        const code = provocation.code ?? undefined;
        return refusal(call.method, subCode, outTradeNo, { code });
      }
    }
  }

  #workAsProvoked(
    call: Call,
    how: Behaviour,
    twist: Twist,
    ms: number,
    nowMs: number,
  ): Reply | null {
    const waitMs = scaled(this.book.settings, ms);
    switch (how.work) {
      case "now":
        return this.#work(call, twist, nowMs);
      case "never":
        return null;
      case "late": {
        const key = this.book.digits(16);
        this.#late.set(key, call);
        this.book.due.add({ atMs: nowMs + waitMs, what: "late_call", key });
        return null;
      }
      case "after_cancel":
        this.#afterCancel.set(text(call.biz, "out_trade_no") ?? "", { call, waitMs });
        return null;
    }
  }

  #work(call: Call, twist: Twist, nowMs: number): Reply {
    const { method, biz, notifyUrl } = call;
    const reply = this.#apis[method]({ book: this.book, nowMs, notifyUrl, twist }, biz);
    if (method === "alipay.trade.cancel") this.#releaseAfterCancel(biz, nowMs);
    return reply;
  }

  #releaseAfterCancel(biz: Biz, nowMs: number): void {
    const number = text(biz, "out_trade_no") ?? "";
    const held = this.#afterCancel.get(number);
    if (held === undefined) return;
    this.#afterCancel.delete(number);
    const key = this.book.digits(16);
    this.#late.set(key, held.call);
    this.book.due.add({ atMs: nowMs + held.waitMs, what: "late_call", key });
  }

  #provocation(call: Call): (Provocation & Partial<Fault>) | null {
    const number = text(call.biz, "out_trade_no");
    const fault = this.faults.take(call.method, checkForm.test(number ?? ""));
    if (fault !== null) return fault;
    const trade = this.book.findTrade(number, text(call.biz, "trade_no"));
    const amountFen = amount(call.biz, "total_amount") ?? trade?.totalFen ?? fen(0);
    const sentinel = sentinelFor(call.method, amountFen);
    if (sentinel === null || sentinel.behaviour === "sub_code" || number === null) return sentinel;
    const { side } = behaviour(sentinel.behaviour);
    if (side === "buyer" || side === "notify") return sentinel;
    if (this.#provoked.has(number)) return null;
    this.#provoked.add(number);
    return sentinel;
  }

  /** A code that met a refusal of the business is used up like any other. */
  #useUpCode(call: Call): void {
    const shown = this.book.codes.get(text(call.biz, "auth_code") ?? "");
    if (call.method === "alipay.trade.pay" && shown !== undefined) {
      this.book.putCode({ ...shown, used: true });
    }
  }

  /** When something happens by itself next, in epoch ms; null when nothing is planned. */
  nextDueMs(): number | null {
    return this.book.due.nextMs();
  }

  /** Lets everything happen that is due by `nowMs`, each at its own time. */
  advance(nowMs: number): void {
    for (let due = this.book.due.take(nowMs); due !== null; due = this.book.due.take(nowMs)) {
      this.#happen(due);
    }
  }

  #happen({ what, key, atMs }: Due): void {
    const { book } = this;
    const trade = book.trades.get(key);
    switch (what) {
      case "expire_trade":
        if (trade?.status === "WAIT_BUYER_PAY") book.close(trade, "timeout", atMs);
        return;
      case "expire_qr":
        return book.removeQr(key);
      case "buyer_confirms":
        if (trade?.ask?.kind === "confirms") confirm(book, key, atMs);
        return;
      case "buyer_refuses":
        if (trade?.ask?.kind === "refuses") refuse(book, key, atMs);
        return;
      case "roll_back":
        if (trade?.status === "TRADE_SUCCESS" && trade.twist.rollBackAfterMs !== null)
          book.rollBack(trade, atMs);
        return;
      case "finish":
        if (trade?.status === "TRADE_SUCCESS") {
          book.putTrade({ ...trade, status: "TRADE_FINISHED" });
        }
        return;
      case "notify":
        this.#outbox.push(key);
        return;
      case "late_call": {
        const call = this.#late.get(key);
        this.#late.delete(key);
        if (call !== undefined) this.#work(call, NO_TWIST, atMs);
      }
    }
  }

  /** The notifications to send now; each must come back through `notified`. */
  takeOutbox(): readonly Notification[] {
    if (this.#outbox.length === 0) return [];
    const ids = this.#outbox;
    this.#outbox = [];
    return ids.flatMap((id) => this.book.notifications.get(id) ?? []);
  }

  /** What the merchant's server answered to one try (the body of a 200, or a word for the trouble). */
  notified(id: string, answer: string, nowMs: number): void {
    const one = this.book.notifications.get(id);
    if (one === undefined) return;
    const after = afterTry(one, answer, this.book.settings, nowMs);
    this.book.putNotification(after);
    if (after.nextAtMs !== null) {
      this.book.due.add({ atMs: after.nextAtMs, what: "notify", key: id });
    }
  }

  scan(target: string, wallet: string, pays: boolean, nowMs: number): Trade | BuyerRefusal {
    this.advance(nowMs);
    return scan(this.book, target, wallet, pays, nowMs);
  }

  confirm(outTradeNo: string, nowMs: number): Trade | BuyerRefusal {
    this.advance(nowMs);
    return confirm(this.book, outTradeNo, nowMs);
  }

  refuse(outTradeNo: string, nowMs: number): Trade | BuyerRefusal {
    this.advance(nowMs);
    return refuse(this.book, outTradeNo, nowMs);
  }

  /** The files behind a bill address, or null when it never was one or has died. */
  bill(token: string, nowMs: number): readonly BillFile[] | null {
    const ticket = this.#tickets.get(token);
    if (ticket === undefined || ticket.untilMs < nowMs) return null;
    return billFiles(this.book, ticket.day, nowMs);
  }
}

/** A client that watches its line asks for orders that can't exist: it must not use up what waits for a sale. */
const checkForm = /^CHECK[0-9a-f]{32}$/;

const SILENT: Answer = {
  reply: null,
  send: "silence",
  signature: "right",
  waitMs: 0,
  notifyFirst: false,
  provoked: null,
};

const plain = (reply: Reply): Answer => ({ ...SILENT, reply, send: "reply" });

const maintenance = (): Reply =>
  refusal("*", "isp.unknow-error", null, { subMsg: "系统维护中，请稍后再试" });
