/** What must be true of the money once everything has ended. The gateway's own book is the judge. */
import { amountFenOf, takenFen } from "./evidence.ts";
import { ofEachSale, type Rule } from "./rule.ts";
import { netFen } from "./truth.ts";

export const MONEY_RULES: readonly Rule[] = [
  {
    name: "money_has_an_order",
    says: "Every trade of the gateway stands under an order number that a terminal gave to a sale.",
    check: ({ strangers }, found) => {
      for (const orderNo of strangers) found(null, `${orderNo} belongs to no sale`);
    },
  },
  ofEachSale(
    "charge_has_the_sales_amount",
    "A trade is for exactly the amount of its sale.",
    (one) => {
      const wrong = one.trades.find((trade) => trade.totalFen !== amountFenOf(one));
      return wrong === undefined ? null : `${wrong.totalFen} of ${amountFenOf(one)} fen`;
    },
  ),
  ofEachSale(
    "one_net_charge",
    "What stays taken of a sale is its amount at most, and of one attempt only.",
    (one) => {
      const kept = one.trades.filter((trade) => netFen(trade) > 0);
      if (takenFen(one) <= amountFenOf(one) && kept.length <= 1) return null;
      return `${takenFen(one)} of ${amountFenOf(one)} fen over ${kept.length} attempts`;
    },
  ),
  ofEachSale(
    "unpaid_keeps_nothing",
    "A sale that ended unpaid, or was settled otherwise, keeps no money, unless the till names it.",
    (one) => {
      const { end, holds } = one;
      const isPaid = end !== null && end.state === "paid" && end.outcome === "paid";
      if (isPaid || takenFen(one) === 0 || holds.some((hold) => hold.about === "money"))
        return null;
      return `${end?.state}/${end?.outcome} keeps ${takenFen(one)} fen`;
    },
  ),
  ofEachSale(
    "paid_has_the_money",
    "A sale that ends paid has the gateway's money: all of it, less what was asked back.",
    (one) => {
      const { end, refunds, trades } = one;
      if (end === null || end.state !== "paid") return null;
      if (end.outcome !== "paid") return `the sale is paid and its outcome ${end.outcome}`;
      const taken = trades.filter((trade) => trade.paidAtMs !== null);
      if (taken.length === 0) return "the gateway took nothing";
      const backFen = refunds
        .filter((refund) => !refund.latePayment && refund.state === "done")
        .reduce((sum, refund) => sum + refund.amountFen, 0);
      const wantedFen = Math.max(0, amountFenOf(one) - backFen);
      return takenFen(one) === wantedFen ? null : `${takenFen(one)} instead of ${wantedFen} fen`;
    },
  ),
  ofEachSale(
    "refunds_within_charge",
    "Of an attempt no more is given back than was taken, by the gateway and in our books.",
    ({ trades, refunds }) => {
      for (const { orderNo, totalFen, refundedFen } of trades) {
        const bookedFen = refunds
          .filter((one) => one.orderNo === orderNo && one.state === "done")
          .reduce((sum, one) => sum + one.amountFen, 0);
        if (refundedFen > totalFen || bookedFen > totalFen)
          return `${orderNo}: ${refundedFen} given back, ${bookedFen} in our books, of ${totalFen} fen`;
      }
      return null;
    },
  ),
  ofEachSale(
    "refunds_were_asked",
    "Money goes back because somebody asked, or because the attempt was reversed; never under another number or amount.",
    ({ trades, refunds }) => {
      for (const trade of trades)
        for (const back of trade.refunds) {
          const asked = refunds.find((one) => one.requestNo === back.requestNo);
          const isReversal = trade.closedBy === "cancel_refund" && back.requestNo === trade.orderNo;
          const isAsked = asked !== undefined && asked.amountFen === back.amountFen;
          if (!isAsked && !isReversal) return `${trade.orderNo}: ${back.amountFen} fen, unasked`;
        }
      return null;
    },
  ),
  ofEachSale(
    "refund_done_is_true",
    "A refund that our books call done was made by the gateway.",
    ({ trades, refunds }) => {
      const made = new Set(trades.flatMap((trade) => trade.refunds.map((one) => one.requestNo)));
      const whole = new Set(
        trades.filter((one) => one.refundedFen === one.totalFen).map((one) => one.orderNo),
      );
      const wrong = refunds.find(
        (one) => one.state === "done" && !made.has(one.requestNo) && !whole.has(one.orderNo),
      );
      return wrong === undefined ? null : `${wrong.requestNo} of ${wrong.amountFen} fen`;
    },
  ),
];
