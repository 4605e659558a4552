/** alipay.trade.refund and its query. The request number makes a refund idempotent; refund_fee is cumulative. */
import { yuanText, type Fen } from "../../../../core/money/money.ts";
import { chinaTime } from "../../../../core/rules/time.ts";
import { refusal, success, type Reply } from "../reply.ts";
import type { Refund, Trade } from "../trades.ts";
import { amount, invalid, isReply, named, text } from "./context.ts";
import type { Biz, Context } from "./context.ts";

const refundApi = "alipay.trade.refund";
const queryApi = "alipay.trade.fastpay.refund.query";

export function refund(context: Context, biz: Biz): Reply {
  const found = named(context, biz, refundApi);
  if (isReply(found)) return found;
  const { trade } = found;
  if (trade === undefined) return refusal(refundApi, "ACQ.TRADE_NOT_EXIST", found.number);
  const amountFen = amount(biz, "refund_amount");
  if (amountFen === null) return invalid(refundApi, trade.outTradeNo, "refund_amount 格式不正确");
  const given = text(biz, "out_request_no");
  const requestNo = given ?? trade.outTradeNo;
  const before = trade.refunds.find((one) => one.requestNo === requestNo);
  if (before !== undefined) {
    return before.amountFen === amountFen
      ? refundReply(context, trade, before, "N")
      : refusal(refundApi, "ACQ.DISCORDANT_REPEAT_REQUEST", trade.outTradeNo);
  }
  if (given === null && amountFen !== trade.totalFen) {
    return invalid(refundApi, trade.outTradeNo, "部分退款必须传 out_request_no");
  }
  const no = refundRefusal(context, trade, amountFen);
  if (no !== null) return refusal(refundApi, no, trade.outTradeNo);
  const reason = text(biz, "refund_reason");
  const made: Refund = { requestNo, amountFen, reason, atMs: context.nowMs };
  const after = context.book.refund(trade, made);
  // The last part of the money closes the trade; a partial refund leaves it TRADE_SUCCESS.
  if (after.refundedFen === after.totalFen) context.book.close(after, "refund", context.nowMs);
  return refundReply(context, after, made, "Y");
}

/** The rule that stops a new refund, as a sub-code. */
function refundRefusal(context: Context, trade: Trade, amountFen: Fen): string | null {
  if (trade.status === "WAIT_BUYER_PAY") return "ACQ.TRADE_STATUS_ERROR";
  if (trade.status === "TRADE_FINISHED") return "ACQ.TRADE_HAS_FINISHED";
  if (trade.status === "TRADE_CLOSED") return "ACQ.TRADE_HAS_CLOSE";
  if (amountFen > trade.totalFen - trade.refundedFen) return "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL";
  if (amountFen > context.book.merchant.balanceFen) return "ACQ.SELLER_BALANCE_NOT_ENOUGH";
  const last = trade.refunds.at(-1);
  const gapMs = context.book.settings.refundGapMs;
  return last !== undefined && context.nowMs - last.atMs < gapMs ? "ACQ.SYSTEM_ERROR" : null;
}

function refundReply(context: Context, trade: Trade, made: Refund, change: "Y" | "N"): Reply {
  const wallet = context.book.wallet(trade.walletId);
  return success({
    buyer_logon_id: wallet.logonId,
    buyer_user_id: wallet.userId,
    fund_change: change,
    gmt_refund_pay: chinaTime(made.atMs),
    out_trade_no: trade.outTradeNo,
    refund_detail_item_list: [{ amount: yuanText(made.amountFen), fund_channel: wallet.channel }],
    refund_fee: yuanText(trade.refundedFen),
    send_back_fee: change === "Y" ? yuanText(made.amountFen) : undefined,
    trade_no: trade.tradeNo,
  });
}

export function refundQuery(context: Context, biz: Biz): Reply {
  const found = named(context, biz, queryApi);
  if (isReply(found)) return found;
  const { trade } = found;
  const requestNo = text(biz, "out_request_no");
  if (requestNo === null) return invalid(queryApi, found.number, "out_request_no 不能为空");
  if (trade === undefined) return refusal(queryApi, "ACQ.TRADE_NOT_EXIST", found.number);
  const made = trade.refunds.find((one) => one.requestNo === requestNo);
  // A wrong request number is answered with a bare success (seen on the live gateway).
  if (made === undefined) return success({});
  const options = Array.isArray(biz["query_options"]) ? biz["query_options"] : [];
  return success({
    gmt_refund_pay: options.includes("gmt_refund_pay") ? chinaTime(made.atMs) : undefined,
    out_request_no: made.requestNo,
    out_trade_no: trade.outTradeNo,
    refund_amount: yuanText(made.amountFen),
    refund_reason: made.reason ?? undefined,
    refund_status: "REFUND_SUCCESS",
    total_amount: yuanText(trade.totalFen),
    trade_no: trade.tradeNo,
  });
}
