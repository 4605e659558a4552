/** What must be true of our own books: they agree with the bill, nothing was edited, nothing was forgotten. */
import { hashOf, streamKey } from "./chain.ts";
import { sumFen, type Case } from "./evidence.ts";
import type { HeadFact, LogFact } from "./facts.ts";
import { ofEachSale, type Found, type Rule } from "./rule.ts";

export const BOOK_RULES: readonly Rule[] = [
  {
    name: "ledger_equals_bill",
    says: "For every order the hub's ledger and the provider's bill agree to the fen, or the difference is listed by name.",
    check: ({ cases, facts }, found) => {
      const named = new Set(facts.differences.map((one) => one.orderNo));
      for (const one of cases.values())
        for (const { orderNo } of one.orders) {
          const billFen = sumFen(one.bill.filter((line) => line.orderNo === orderNo));
          const bookFen = sumFen(
            one.money.filter((line) => line.book === "ledger" && line.orderNo === orderNo),
          );
          if (billFen === bookFen || named.has(orderNo)) continue;
          found(one.saleId, `${orderNo}: ${bookFen} in the ledger, ${billFen} fen in the bill`);
        }
    },
  },
  ofEachSale(
    "day_equals_bill",
    "For every sale the shop's business days and the provider's bill agree to the fen, or the difference is listed by name.",
    (one, { facts }) => {
      const billFen = sumFen(one.bill);
      const dayFen = sumFen(one.money.filter((line) => line.book === "day"));
      const isStuck = one.holds.some((hold) => hold.about === "money");
      if (billFen === dayFen || isStuck || isNamed(one, facts.differences)) return null;
      return `${dayFen} in the business day, ${billFen} fen in the bill`;
    },
  ),
  {
    name: "chain_is_whole",
    says: "Every log runs from 1 without a gap, each event follows from the one before it, and its head stands apart.",
    check: ({ facts, sha256 }, found) => {
      const heads = new Map(facts.heads.map((one) => [streamKey(one), one]));
      for (const [key, events] of Map.groupBy(facts.logs, streamKey)) {
        checkStream(key, events, heads.get(key), sha256, found);
        heads.delete(key);
      }
      for (const [key, head] of heads) if (head.seq > 0) found(null, `${key}: all events are gone`);
    },
  },
  {
    name: "acknowledged_is_kept",
    says: "A sale that anybody was shown is still there.",
    check: ({ facts, cases }, found) => {
      const gone = new Map(facts.shown.map((one) => [one.saleId, one]));
      for (const [saleId, { where, name }] of gone)
        if ((cases.get(saleId)?.end ?? null) === null)
          found(saleId, `shown as ${where} ${name}, and gone`);
    },
  },
  {
    name: "timers_fire",
    says: "Whatever fell due was taken up.",
    check: ({ facts, limits }, found) => {
      for (const { what, number, dueAtMs } of facts.timers) {
        const lateMs = facts.endMs - dueAtMs;
        if (lateMs > limits.timerLateMs) found(null, `${what} ${number} is due for ${lateMs} ms`);
      }
    },
  },
  {
    name: "nothing_stays_open",
    says: "Once the weather is calm, everything ends within its time.",
    check: ({ facts, limits }, found) => {
      for (const { saleId, what, number, state, sinceMs } of facts.open) {
        const openMs = facts.endMs - sinceMs;
        if (openMs > limits.openMs[what])
          found(saleId, `${what} ${number} is ${state} for ${openMs} ms`);
      }
    },
  },
];

const isNamed = (one: Case, differences: readonly { readonly orderNo: string }[]): boolean =>
  differences.some((difference) =>
    one.orders.some(({ orderNo }) => orderNo === difference.orderNo),
  );

function checkStream(
  key: string,
  events: readonly LogFact[],
  head: HeadFact | undefined,
  sha256: Parameters<Rule["check"]>[0]["sha256"],
  found: Found,
): void {
  let hash = "";
  for (const [at, event] of events.entries()) {
    if (event.seq !== at + 1) return found(event.saleId, `${key}: ${at + 1} is missing`);
    if (sha256 !== null && event.hash !== hashOf(hash, event, sha256))
      return found(event.saleId, `${key}: ${event.seq} doesn't follow from the one before it`);
    ({ hash } = event);
  }
  if (head?.seq !== events.length || head.hash !== hash)
    found(null, `${key}: ends at ${events.length}, its head at ${head?.seq}`);
}
