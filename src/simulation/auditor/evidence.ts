/** The facts of one run, sorted by sale: what every rule of the final audit looks at. */
import type {
  BillFact,
  ConfirmedFact,
  EndFact,
  Facts,
  HoldFact,
  Limits,
  MoneyFact,
  OrderFact,
  PaperFact,
  ReceiptFact,
  RefundFact,
  Sha256,
  TradeFact,
  Violation,
} from "./facts.ts";
import { slipsOf, type Slip } from "./slips.ts";
import { netFen } from "./truth.ts";
import { Watch } from "./watch.ts";

/** Everything known of one sale. */
export interface Case {
  readonly saleId: string;
  /** Null: our books don't know the sale. */
  end: EndFact | null;
  readonly orders: OrderFact[];
  readonly trades: TradeFact[];
  readonly receipts: ReceiptFact[];
  readonly refunds: RefundFact[];
  readonly holds: HoldFact[];
  readonly confirmed: ConfirmedFact[];
  readonly bill: BillFact[];
  readonly money: MoneyFact[];
}

export interface Evidence {
  readonly facts: Facts;
  readonly limits: Limits;
  /** Null: the hashes of the logs aren't checked, only their numbers. */
  readonly sha256: Sha256 | null;
  readonly cases: ReadonlyMap<string, Case>;
  readonly orders: ReadonlyMap<string, OrderFact>;
  readonly slips: readonly Slip[];
  /** Papers of each receipt number. */
  readonly receiptSlips: ReadonlyMap<string, readonly Slip[]>;
  /** What people were shown that wasn't so. */
  readonly told: readonly Violation[];
  /** What the gateway's book and bill have under numbers that no terminal gave. */
  readonly strangers: readonly string[];
}

/** `slips`: the papers as somebody has read them already; by itself it reads them line by line. */
export function gather(
  facts: Facts,
  limits: Limits,
  sha256: Sha256 | null,
  slips: readonly Slip[] = readPapers(facts.papers),
): Evidence {
  const cases = new Map<string, Case>();
  const orders = new Map<string, OrderFact>();
  const strangers = new Set<string>();
  const of = (saleId: string): Case => caseOf(cases, saleId);
  /** The case of an order number; a stranger has none. */
  const ofOrder = (orderNo: string): Case | null => {
    const order = orders.get(orderNo);
    if (order === undefined) strangers.add(orderNo);
    return order === undefined ? null : of(order.saleId);
  };
  for (const end of facts.ends) of(end.saleId).end = end;
  for (const order of facts.orders) {
    if (orders.has(order.orderNo)) continue;
    orders.set(order.orderNo, order);
    of(order.saleId).orders.push(order);
  }
  for (const one of facts.trades) ofOrder(one.orderNo)?.trades.push(one);
  for (const one of facts.bill) ofOrder(one.orderNo)?.bill.push(one);
  for (const one of facts.receipts) of(one.saleId).receipts.push(one);
  for (const one of facts.refunds) of(one.saleId).refunds.push(one);
  for (const one of facts.holds) of(one.saleId).holds.push(one);
  for (const one of facts.confirmed) of(one.saleId).confirmed.push(one);
  for (const one of facts.money) of(one.saleId).money.push(one);
  const receiptSlips = Map.groupBy(
    slips.filter((one) => one.kind === "receipt" && one.number !== null),
    (one) => one.number ?? "",
  );
  return {
    facts,
    limits,
    sha256,
    cases,
    orders,
    slips,
    receiptSlips,
    told: toldWrong(facts, limits),
    strangers: [...strangers],
  };
}

const readPapers = (papers: readonly PaperFact[]): readonly Slip[] =>
  [...Map.groupBy(papers, (one) => one.printerId).values()].flatMap(slipsOf);

/** The watch's rules about screens, over the whole run at once: times in the gateway's book say what was true when. */
function toldWrong(facts: Facts, limits: Limits): readonly Violation[] {
  if (facts.shown.length === 0) return [];
  const watch = new Watch(limits.lateMoney);
  for (const one of facts.orders) watch.order(one);
  for (const one of facts.trades) watch.trade(one);
  return facts.shown.flatMap((one) => watch.shown(one) ?? []);
}

function caseOf(cases: Map<string, Case>, saleId: string): Case {
  const known = cases.get(saleId);
  if (known !== undefined) return known;
  const made: Case = {
    saleId,
    end: null,
    orders: [],
    trades: [],
    receipts: [],
    refunds: [],
    holds: [],
    confirmed: [],
    bill: [],
    money: [],
  };
  cases.set(saleId, made);
  return made;
}

/** What stays taken of a sale by the gateway's own book. */
export const takenFen = ({ trades }: Case): number =>
  trades.reduce((sum, one) => sum + netFen(one), 0);

export const amountFenOf = ({ end, orders }: Case): number =>
  end?.amountFen ?? orders[0]?.amountFen ?? 0;

/** Paid minus refunded, of lines of a bill or a book. */
export const sumFen = (lines: readonly Pick<BillFact, "kind" | "amountFen">[]): number =>
  lines.reduce((sum, one) => sum + (one.kind === "paid" ? one.amountFen : -one.amountFen), 0);
