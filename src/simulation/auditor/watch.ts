/**
 * Safety at every step: told of each change as it happens, it says at once when something happened that never may.
 * A few look-ups a change, so that it can stand beside every step of a simulation.
 */
import { claimOf } from "./claims.ts";
import type {
  Limits,
  OrderFact,
  PaperFact,
  RefundFact,
  ShownFact,
  TradeFact,
  Violation,
} from "./facts.ts";
import { paperKey, type Slip, slipsOf } from "./slips.ts";
import { isPayable, netFen, netFenAt, wasTaken } from "./truth.ts";

/** What is known of one order at this moment. */
interface Order {
  readonly fact: OrderFact;
  trade: TradeFact | null;
  /** Our own log says that its money came. */
  known: boolean;
  /** It was told "not paid" at a moment when that was true; money that comes later is a late payment. */
  toldUnpaid: boolean;
  /** Fen on their way back because they came too late. */
  owedFen: number;
}

export const WATCH_RULES = {
  money_has_an_order: "Money is taken only under an order number that a terminal gave to a sale.",
  charge_has_the_sales_amount: "A trade is for exactly the amount of its sale.",
  known_money_is_one_amount:
    "From when our log knows of it, money taken and neither given back nor on its way back never exceeds the sale's amount.",
  refunds_within_charge: "No more is given back than was taken.",
  told_not_paid_is_true: 'Nobody is told "not paid" while money of that attempt stays taken.',
  told_not_paid_is_proven: 'Nobody is told "not paid" while the buyer can still pay that attempt.',
  told_not_paid_stays_true: 'An attempt that was told "not paid" isn\'t charged afterwards.',
  told_paid_is_true: 'Nobody is told "paid" without the gateway\'s money.',
  words_are_known: "Every screen, outcome and display is one whose meaning the auditor knows.",
  one_original: "For each number, slip and holder at most one paper carries no mark.",
} as const;
type WatchRule = keyof typeof WATCH_RULES;

export class Watch {
  readonly #lateMoney: Limits["lateMoney"];
  readonly #orders = new Map<string, Order>();
  readonly #ofSale = new Map<string, Order[]>();
  readonly #originals = new Set<string>();
  /** The last thing each place said of a sale, so that a repeat costs nothing. */
  readonly #said = new Map<string, string>();

  constructor(lateMoney: Limits["lateMoney"]) {
    this.#lateMoney = lateMoney;
  }

  order(fact: OrderFact): void {
    if (this.#orders.has(fact.orderNo)) return;
    const order = { fact, trade: null, known: false, toldUnpaid: false, owedFen: 0 };
    this.#orders.set(fact.orderNo, order);
    const others = this.#ofSale.get(fact.saleId);
    if (others === undefined) this.#ofSale.set(fact.saleId, [order]);
    else others.push(order);
  }

  trade(trade: TradeFact): Violation | null {
    const { orderNo, atMs, totalFen, refundedFen } = trade;
    const order = this.#orders.get(orderNo);
    if (order === undefined)
      return broken("money_has_an_order", null, `${orderNo} for ${totalFen} fen`, atMs);
    const before = order.trade === null ? 0 : netFen(order.trade);
    order.trade = trade;
    const { saleId, amountFen } = order.fact;
    if (totalFen !== amountFen)
      return broken("charge_has_the_sales_amount", saleId, `${totalFen} of ${amountFen} fen`, atMs);
    if (refundedFen > totalFen || (refundedFen > 0 && !wasTaken(trade)))
      return broken("refunds_within_charge", saleId, `${refundedFen} of ${totalFen} fen`, atMs);
    const came = netFen(trade) > before;
    if (came && order.toldUnpaid && this.#lateMoney === "never")
      return broken("told_not_paid_stays_true", saleId, orderNo, atMs);
    return order.known ? this.#oneAmount(saleId, atMs) : null;
  }

  /** Our own log has recorded that this order's money came. */
  known(orderNo: string, atMs: number): Violation | null {
    const order = this.#orders.get(orderNo);
    if (order === undefined || order.known) return null;
    order.known = true;
    return this.#oneAmount(order.fact.saleId, atMs);
  }

  /** A refund as our ledger has it. A refused one stays owed: it is an open incident until somebody settles it. */
  refund(refund: RefundFact): Violation | null {
    const order = this.#orders.get(refund.orderNo);
    if (order === undefined || !refund.latePayment) return null;
    order.owedFen = refund.state === "done" ? 0 : refund.amountFen;
    return this.#oneAmount(order.fact.saleId, refund.atMs);
  }

  paper(paper: PaperFact): Violation | null {
    for (const slip of slipsOf([paper])) {
      const violation = this.slip(slip);
      if (violation !== null) return violation;
    }
    return null;
  }

  slip(slip: Slip): Violation | null {
    const key = paperKey(slip);
    if (key === null || slip.marked) return null;
    if (this.#originals.has(key)) return broken("one_original", null, key, slip.atMs);
    this.#originals.add(key);
    return null;
  }

  shown(shown: ShownFact): Violation | null {
    const { saleId, orderNo, where, name, mayCharge, deceivedAbout, atMs } = shown;
    const said = `${orderNo} ${name} ${mayCharge} ${deceivedAbout}`;
    const place = `${where} ${saleId}`;
    if (this.#said.get(place) === said) return null;
    this.#said.set(place, said);
    const claim = claimOf(shown);
    if (claim === null) return broken("words_are_known", saleId, `${where} ${name}`, atMs);
    if (claim === "paid") return this.#toldPaid(saleId, orderNo, atMs);
    return claim === "not_paid" || mayCharge ? this.#toldUnpaid(shown) : null;
  }

  #toldPaid(saleId: string, orderNo: string | null, atMs: number): Violation | null {
    const order = orderNo === null ? undefined : this.#orders.get(orderNo);
    if (order?.trade && wasTaken(order.trade)) return null;
    return broken("told_paid_is_true", saleId, `${orderNo}: ${tradeText(order?.trade)}`, atMs);
  }

  /**
   * About the attempt on the screen and those before it; what came late after a true "not paid" is another matter, and
   * so is an order that the gateway told us a lie about: it is judged from when the place knows better.
   */
  #toldUnpaid({ saleId, orderNo, deceivedAbout, atMs }: ShownFact): Violation | null {
    for (const order of this.#ofSale.get(saleId) ?? []) {
      const { trade, toldUnpaid } = order;
      const isDeceived = deceivedAbout.includes(order.fact.orderNo);
      if (trade !== null && !toldUnpaid && !isDeceived) {
        const seen = `${order.fact.orderNo}: ${tradeText(trade)}`;
        if (netFenAt(trade, atMs) > 0) return broken("told_not_paid_is_true", saleId, seen, atMs);
        if (isPayable(trade) && this.#lateMoney === "never")
          return broken("told_not_paid_is_proven", saleId, seen, atMs);
      }
      if (order.fact.orderNo !== orderNo) continue;
      if (isDeceived) return null;
      order.toldUnpaid = true;
      const cameLater = trade !== null && trade.paidAtMs !== null && trade.paidAtMs > atMs;
      return cameLater && this.#lateMoney === "never"
        ? broken("told_not_paid_stays_true", saleId, orderNo, trade.paidAtMs)
        : null;
    }
    return null;
  }

  #oneAmount(saleId: string, atMs: number): Violation | null {
    const orders = this.#ofSale.get(saleId) ?? [];
    let heldFen = 0;
    for (const { known, trade, owedFen } of orders)
      if (known && trade !== null) heldFen += Math.max(0, netFen(trade) - owedFen);
    const amountFen = orders[0]?.fact.amountFen ?? 0;
    if (heldFen <= amountFen) return null;
    return broken("known_money_is_one_amount", saleId, `${heldFen} of ${amountFen} fen`, atMs);
  }
}

export const tradeText = (trade: TradeFact | null | undefined): string =>
  trade === null || trade === undefined
    ? "the gateway has no such trade"
    : `${trade.status}, ${netFen(trade)} fen stay taken`;

const broken = (rule: WatchRule, saleId: string | null, seen: string, atMs: number): Violation => ({
  rule,
  saleId,
  seen,
  atMs,
});
