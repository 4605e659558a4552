/**
 * From a word of the book to what the production adapter makes of it. Refusals are read by the adapter itself, each
 * once; what a success holds is put together here in the adapter's own shape.
 */
import type { Body } from "../../../adapters/provider/alipay/fields.ts";
import * as outcome from "../../../adapters/provider/alipay/outcome.ts";
import { fen } from "../../../core/money/money.ts";
import type {
  CancelAnswer,
  PayAnswer,
  ProviderCode,
  QueryAnswer,
  RefundAnswer,
  RefundQueryAnswer,
  UnknownAnswer,
} from "../../../core/payment/answers.ts";
import { refusal } from "../../../sandbox/model/gateway/reply.ts";
import { bodyOf } from "../../gateway/provider.ts";
import type { Said, Trade } from "./book.ts";

const done: ProviderCode = { code: "10000", subCode: null, message: null };
const inProcess: ProviderCode = { code: "10003", subCode: null, message: null };

/** The reply doesn't name an order, as those of the gateway itself don't: the adapter takes it for the one it asked. */
const anOrder = "T01_261102_000001_aaaa";
const body = (api: string, subCode: string): Body => bodyOf(refusal(api, subCode));

/** What the adapter makes of each refusal, read once. */
function readOnce<A>(api: string, read: (refused: Body) => A): (subCode: Said) => A {
  const known = new Map<Said, A>();
  return (subCode) => {
    let answer = known.get(subCode);
    if (answer === undefined) {
      answer = read(body(api, subCode));
      known.set(subCode, answer);
    }
    return answer;
  };
}

const payRefused = readOnce("alipay.trade.pay", (refused) =>
  outcome.payAnswer(refused, { orderNo: anOrder, amountFen: fen(1) }, "28"),
);
const queryRefused = readOnce("alipay.trade.query", (refused) =>
  outcome.queryAnswer(refused, anOrder),
);
const cancelRefused = readOnce("alipay.trade.cancel", (refused) =>
  outcome.cancelAnswer(refused, anOrder),
);
const refundRefused = readOnce("alipay.trade.refund", (refused) =>
  outcome.refundAnswer(refused, anOrder, fen(1)),
);
const refundQueryRefused = readOnce("alipay.trade.fastpay.refund.query", (refused) =>
  outcome.refundQueryAnswer(refused, anOrder, "R1"),
);

const payer = "138****0001";

/** The provider writes whole seconds. */
export const paidTrade = (trade: Trade) => ({
  orderNo: trade.orderNo,
  providerTradeNo: trade.tradeNo,
  amountFen: trade.amountFen,
  payer,
  paidAtMs: trade.paidAtMs === null ? null : Math.floor(trade.paidAtMs / 1_000) * 1_000,
});

export function payAnswer(said: Said, trade: Trade | undefined): PayAnswer {
  if (said === "paid" && trade !== undefined)
    return { kind: "paid", trade: paidTrade(trade), code: done };
  return said === "waiting"
    ? { kind: "awaiting_buyer", providerTradeNo: trade?.tradeNo ?? null, code: inProcess }
    : payRefused(said);
}

export function queryAnswer(said: Said, trade: Trade | undefined): QueryAnswer {
  if (trade === undefined) return queryRefused(said);
  switch (said) {
    case "paid":
      return { kind: "paid", trade: paidTrade(trade), code: done };
    case "waiting":
      return { kind: "waiting", providerTradeNo: trade.tradeNo, code: done };
    case "closed":
      return { kind: "closed", providerTradeNo: trade.tradeNo, code: done };
    default:
      return queryRefused(said);
  }
}

const again = outcome.cancelAnswer(
  { ...body("alipay.trade.cancel", "ACQ.SYSTEM_ERROR"), retry_flag: "Y" },
  anOrder,
);

export function cancelAnswer(said: Said, trade: Trade | undefined): CancelAnswer {
  if (said === "close" || said === "refund" || said === "none") {
    const named = said === "none" || trade === undefined ? {} : { providerTradeNo: trade.tradeNo };
    return { kind: "reversed", action: said, ...named, code: done };
  }
  return said === "again" ? again : cancelRefused(said);
}

/** "N" proves nothing to the adapter: the query that follows does. */
const unchanged = outcome.refundAnswer(
  { code: "10000", msg: "Success", fund_change: "N", out_trade_no: anOrder },
  anOrder,
  fen(1),
);

export function refundAnswer(said: Said, trade: Trade | undefined): RefundAnswer {
  if (said === "changed" && trade !== undefined)
    return { kind: "done", refundedTotalFen: fen(trade.refundedFen), code: done };
  return said === "unchanged" ? unchanged : refundRefused(said);
}

export function refundQueryAnswer(found: number | null | "ACQ.TRADE_NOT_EXIST"): RefundQueryAnswer {
  if (typeof found === "number") return { kind: "done", amountFen: fen(found), code: done };
  return found === null ? { kind: "not_seen", code: done } : refundQueryRefused(found);
}

/** A refusal of any call that the table of faults names. */
export const refused = {
  pay: payRefused,
  query: queryRefused,
  cancel: cancelRefused,
  refund: refundRefused,
  refund_query: refundQueryRefused,
} as const;

/** No readable answer, by its reason. */
export const NO_ANSWER: Readonly<Record<UnknownAnswer["reason"], UnknownAnswer>> = {
  silence: outcome.unknown("silence"),
  broken: outcome.unknown("broken"),
  unreadable: outcome.unknown("unreadable"),
  verify: outcome.unknown("verify"),
  mismatch: outcome.unknown("mismatch"),
  provider: outcome.unknown("provider"),
  unlisted: outcome.unknown("unlisted"),
};
