/** How a call goes wrong at the provider: at most one way a call, drawn by the weather's shares. */
import type { UnknownAnswer, UnknownReason } from "../../../core/payment/answers.ts";
import type { FaultKind } from "../../faults/kinds.ts";
import type { Chance } from "../../world/chance.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";
import { NO_ANSWER } from "./answers.ts";
import type { Book, Twist } from "./book.ts";
import type { Call } from "./gateway.ts";

export type Method = "pay" | "query" | "cancel" | "refund" | "refund_query";

export type Says =
  | { readonly kind: "answer"; readonly waitMs: number }
  | { readonly kind: "silence" }
  | { readonly kind: "unreadable"; readonly reason: UnknownReason }
  | { readonly kind: "refused"; readonly subCode: string }
  | { readonly kind: "again" };

export interface Behaviour {
  readonly work: "now" | "never" | "late" | "after_cancel";
  readonly ms: number;
  readonly says: Says;
  readonly twist: Twist | null;
}

export const plainTwist: Twist = {
  ask: null,
  askMs: 0,
  rollBackMs: null,
  cancelRetries: 0,
  buyerPaysFirst: false,
  notify: null,
};

const truly: Says = { kind: "answer", waitMs: 0 };
const silence: Says = { kind: "silence" };
const unreadable = (reason: UnknownReason): Says => ({ kind: "unreadable", reason });
const refused = (subCode: string): Says => ({ kind: "refused", subCode });
const of = (work: Behaviour["work"], says: Says, ms = 0): Behaviour => ({
  work,
  ms,
  says,
  twist: null,
});
const twisted = (twist: Partial<Twist>): Behaviour => ({
  ...of("now", truly),
  twist: { ...plainTwist, ...twist },
});

/** Codes that a business answers now and then; each call draws from those of its own. */
const subCodes: Readonly<Record<Method, readonly string[]>> = {
  pay: [
    "ACQ.BUYER_BALANCE_NOT_ENOUGH",
    "ACQ.PAYMENT_AUTH_CODE_INVALID",
    "ACQ.USER_FACE_PAYMENT_SWITCH_OFF",
    "ACQ.TRADE_HAS_CLOSE",
    "ACQ.PAYMENT_FAIL",
    "ACQ.INVALID_PARAMETER",
  ],
  cancel: ["ACQ.SELLER_BALANCE_NOT_ENOUGH", "ACQ.REASON_TRADE_BEEN_FREEZEN"],
  refund: ["ACQ.SELLER_BALANCE_NOT_ENOUGH", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"],
  query: ["ACQ.INVALID_PARAMETER"],
  refund_query: ["ACQ.INVALID_PARAMETER"],
};
/** Refusals that prove, by the provider's own list, that no money was taken. */
const finalRefusals = ["ACQ.BUYER_BALANCE_NOT_ENOUGH", "ACQ.USER_FACE_PAYMENT_SWITCH_OFF"];
/** A refund's lateness ends before its refusal is believed. */
const refundLateMsMax = 9_000;

const systemError = refused("aop.ACQ.SYSTEM_ERROR");

/** What each kind does to a call; null: nothing, for this call. */
const MADE: Readonly<Partial<Record<FaultKind, (chance: Chance, method: Method) => Behaviour>>> = {
  gateway_silence_after: () => of("now", silence),
  gateway_silence_before: () => of("never", silence),
  gateway_reset_before: () => of("never", unreadable("broken")),
  gateway_reset_after: () => of("now", unreadable("broken")),
  gateway_slow_answer: (chance) => of("now", { kind: "answer", waitMs: chance.whole(500, 12_000) }),
  gateway_http_502_before: () => of("never", unreadable("unreadable")),
  gateway_http_502_after: () => of("now", unreadable("unreadable")),
  gateway_portal_page: () => of("never", unreadable("unreadable")),
  gateway_late_booking: (chance, method) =>
    of("late", silence, chance.whole(1_000, method === "refund" ? refundLateMsMax : 55_000)),
  gateway_booked_after_cancel: () => of("after_cancel", silence),
  gateway_system_error_before: () => of("never", systemError),
  gateway_system_error_after: () => of("now", systemError),
  gateway_wrong_signature: () => of("now", unreadable("verify")),
  gateway_sub_code: (chance, method) => of("never", refused(chance.pick(subCodes[method]))),
  gateway_cancel_retry: () => of("never", { kind: "again" }),
  gateway_password_confirms: (chance) =>
    twisted({
      ask: "confirms",
      askMs: chance.hits(0.3) ? chance.whole(55_000, 80_000) : chance.whole(1_000, 40_000),
    }),
  gateway_password_refuses: (chance) =>
    twisted({ ask: "refuses", askMs: chance.whole(1_000, 70_000) }),
  gateway_password_never: () => twisted({ ask: "waits" }),
  gateway_cancel_retry_twice: () => twisted({ ask: "waits", cancelRetries: 2 }),
  gateway_buyer_pays_first: () => twisted({ ask: "waits", buyerPaysFirst: true }),
  // Before anybody has asked, as a rule: what a query has shown, the provider doesn't take back.
  gateway_rolled_back: (chance) => twisted({ rollBackMs: chance.whole(1, 14) }),
  gateway_notify_first: () => twisted({ notify: "first" }),
  gateway_notify_twice: () => twisted({ notify: "twice" }),
  gateway_notify_never: () => twisted({ notify: "never" }),
};

/** Kinds that meet one method only; the rest meet all. */
const atPay: ReadonlySet<string> = new Set([
  "gateway_booked_after_cancel",
  "gateway_late_booking",
  "gateway_password_confirms",
  "gateway_password_refuses",
  "gateway_password_never",
  "gateway_cancel_retry_twice",
  "gateway_buyer_pays_first",
  "gateway_rolled_back",
  "gateway_notify_first",
  "gateway_notify_twice",
  "gateway_notify_never",
]);

const METHODS: readonly Method[] = ["pay", "query", "cancel", "refund", "refund_query"];

interface Row {
  readonly kind: FaultKind;
  readonly share: number;
}

export const BEHAVIOUR_KINDS = Object.keys(MADE) as readonly FaultKind[];

export class Behaviours {
  readonly #shop: Shop;
  readonly #chance: Chance;
  #rows: Readonly<Record<Method, readonly Row[]>>;
  #spoils: boolean;

  constructor(shop: Shop, chance: Chance) {
    this.#shop = shop;
    this.#chance = chance;
    const { weather } = shop;
    const rowsOf = (method: Method): readonly Row[] =>
      BEHAVIOUR_KINDS.filter((kind) => weather[kind] > 0 && meets(kind, method)).map((kind) => ({
        kind,
        share: weather[kind],
      }));
    this.#rows = Object.fromEntries(METHODS.map((one) => [one, rowsOf(one)])) as Record<
      Method,
      readonly Row[]
    >;
    const { gateway_answer_truncated: cut, gateway_answer_garbled: garbled } = weather;
    this.#spoils = cut + garbled + weather.gateway_answer_unsigned > 0;
  }

  clear(): void {
    this.#rows = { pay: [], query: [], cancel: [], refund: [], refund_query: [] };
    this.#spoils = false;
  }

  /** Null: this call goes as it should. */
  of<A>(call: Call<A>, book: Book): Behaviour | null {
    const { method, sale, orderNo } = call;
    if (method === "pay" && this.#shop.weather.gateway_refused_but_booked > 0) {
      const isDone = book.trades.has(orderNo);
      if (!isDone && this.#shop.hits("gateway_refused_but_booked", this.#chance, sale)) {
        this.#shop.scribe.liedAbout.add(orderNo);
        const says = refused(this.#chance.pick(finalRefusals));
        return of("late", says, this.#chance.whole(500, 50_000));
      }
    }
    const rows = this.#rows[method];
    if (rows.length === 0) return null;
    let draw = this.#chance.next();
    for (const { kind, share } of rows) {
      draw -= share;
      if (draw >= 0) continue;
      if (kind === "gateway_sub_code" && this.#mayNotRefuse(call, book)) return null;
      const made = MADE[kind]?.(this.#chance, method) ?? null;
      this.#shop.scribe.struck(kind, sale);
      return made;
    }
    return null;
  }

  /** What has been booked already isn't refused, nor a refund of which a copy would be worked on. */
  #mayNotRefuse<A>({ method, orderNo }: Call<A>, book: Book): boolean {
    const { weather } = this.#shop;
    if (method === "refund") return weather.gateway_message_doubled > 0 || hasRefund(book, orderNo);
    return method === "pay" && book.trades.has(orderNo);
  }

  /** An answer that comes and can't be read; null: it can. */
  spoilt(sale: Sale): UnknownAnswer | null {
    if (!this.#spoils) return null;
    const shop = this.#shop;
    if (shop.hits("gateway_answer_truncated", this.#chance, sale)) return NO_ANSWER.broken;
    if (shop.hits("gateway_answer_garbled", this.#chance, sale)) return NO_ANSWER.unreadable;
    return shop.hits("gateway_answer_unsigned", this.#chance, sale) ? NO_ANSWER.verify : null;
  }
}

function meets(kind: FaultKind, method: Method): boolean {
  if (atPay.has(kind)) return method === "pay";
  return kind !== "gateway_cancel_retry" || method === "cancel";
}

const hasRefund = (book: Book, orderNo: string): boolean =>
  (book.trades.get(orderNo)?.refunds.length ?? 0) > 0;
