/**
 * What a verified reply of Alipay proves. Pure; the codes are a table (core/payment/codes), and whatever isn't in it is `unknown`.
 *
 * A reply proves something only about the order that it names: order number and amount are compared here with what was asked.
 */
import type { Fen } from "../../../core/money/money.ts";
import type {
  BillAddressAnswer,
  CancelAnswer,
  CloseAnswer,
  PaidTrade,
  PayAnswer,
  PrecreateAnswer,
  ProviderCode,
  QueryAnswer,
  RefundAnswer,
  RefundQueryAnswer,
  UnknownAnswer,
  UnknownReason,
} from "../../../core/payment/answers.ts";
import {
  isListed,
  plainSubCode,
  provingRow,
  tradeStatusRow,
} from "../../../core/payment/codes/codes.ts";
import type { AlipayApi } from "../../../core/payment/codes/codes.ts";
import { amountOf, codeOf, payerOf, textOf, timeOf } from "./fields.ts";
import type { Body } from "./fields.ts";

export const unknown = (
  reason: UnknownReason,
  code: ProviderCode | null = null,
): UnknownAnswer => ({ kind: "unknown", reason, code });

/** Reads the code first, and passes on only replies that have one and name no other order. */
function read<Answer>(
  body: Body,
  orderNo: string,
  secrets: readonly string[],
  then: (code: ProviderCode) => Answer,
): Answer | UnknownAnswer {
  const code = codeOf(body, secrets);
  if (code === null) return unknown("unreadable");
  const named = textOf(body, "out_trade_no");
  return named !== null && named !== orderNo ? unknown("mismatch", code) : then(code);
}

const succeeded = (code: ProviderCode): boolean => code.code === "10000" && code.subCode === null;

/** Listed codes that prove nothing and codes that nobody listed are told apart, for diagnosis only. */
function unproven(api: AlipayApi, code: ProviderCode): UnknownAnswer {
  const listed = code.code === "20000" || isListed(api, code.code, code.subCode);
  return unknown(listed ? "provider" : "unlisted", code);
}

/** Only a row that says "no money, and no need to ask" ends the attempt that this call began. */
const provesDeclined = (
  api: "alipay.trade.pay" | "alipay.trade.precreate",
  code: ProviderCode,
): boolean => {
  const row = provingRow(api, code.code, code.subCode);
  return row !== null && row.outcome === "not_paid" && !row.needs_query;
};

function paidTrade(body: Body, orderNo: string, paidAt: string): PaidTrade | null {
  const providerTradeNo = textOf(body, "trade_no");
  const amountFen = amountOf(body, "total_amount");
  if (textOf(body, "out_trade_no") !== orderNo) return null;
  if (providerTradeNo === null || amountFen === null) return null;
  const paidAtMs = timeOf(body, paidAt);
  return { orderNo, providerTradeNo, amountFen, payer: payerOf(body), paidAtMs };
}

/** `paymentCode` is passed only to be kept out of the provider's words. */
export function payAnswer(
  body: Body,
  order: { readonly orderNo: string; readonly amountFen: Fen },
  paymentCode: string,
): PayAnswer {
  const api = "alipay.trade.pay";
  return read<PayAnswer>(body, order.orderNo, [paymentCode], (code) => {
    if (succeeded(code)) {
      const trade = paidTrade(body, order.orderNo, "gmt_payment");
      return trade === null || trade.amountFen !== order.amountFen
        ? unknown("mismatch", code)
        : { kind: "paid", trade, code };
    }
    if (provingRow(api, code.code, code.subCode)?.outcome === "pending") {
      return { kind: "awaiting_buyer", providerTradeNo: textOf(body, "trade_no"), code };
    }
    return provesDeclined(api, code) ? { kind: "declined", code } : unproven(api, code);
  });
}

export function precreateAnswer(body: Body, orderNo: string): PrecreateAnswer {
  const api = "alipay.trade.precreate";
  return read<PrecreateAnswer>(body, orderNo, [], (code) => {
    if (succeeded(code)) {
      const qrCode = textOf(body, "qr_code");
      if (textOf(body, "out_trade_no") !== orderNo) return unknown("mismatch", code);
      return qrCode === null ? unknown("unreadable", code) : { kind: "qr", qrCode, code };
    }
    return provesDeclined(api, code) ? { kind: "declined", code } : unproven(api, code);
  });
}

export function queryAnswer(body: Body, orderNo: string): QueryAnswer {
  return read<QueryAnswer>(body, orderNo, [], (code) => {
    if (succeeded(code)) return tradeShown(body, orderNo, code);
    const notExist = code.code === "40004" && code.subCode === "ACQ.TRADE_NOT_EXIST";
    return notExist ? { kind: "not_exist", code } : unproven("alipay.trade.query", code);
  });
}

function tradeShown(body: Body, orderNo: string, code: ProviderCode): QueryAnswer {
  const status = textOf(body, "trade_status");
  if (status === null) return unknown("unreadable", code);
  if (textOf(body, "out_trade_no") !== orderNo) return unknown("mismatch", code);
  const providerTradeNo = textOf(body, "trade_no");
  switch (tradeStatusRow(status)?.outcome) {
    case "paid": {
      const trade = paidTrade(body, orderNo, "send_pay_date");
      return trade === null ? unknown("unreadable", code) : { kind: "paid", trade, code };
    }
    case "pending":
      return { kind: "waiting", providerTradeNo, code };
    case "not_paid":
      return { kind: "closed", providerTradeNo, code };
    default:
      return unknown("unlisted", code);
  }
}

/** No action means that Alipay found no trade to close or refund. */
const REVERSAL_ACTION = new Map<unknown, "close" | "refund" | "none">([
  ["close", "close"],
  ["refund", "refund"],
  ["", "none"],
  [null, "none"],
  [undefined, "none"],
]);

/** The closed list of refusals of a reversal: a lasting one lets a paid attempt stay paid, so nothing else may stand here. */
const REVERSAL_REFUSED = new Map<string | null, "refused_for_now" | "refused_for_good">([
  ["ACQ.SELLER_BALANCE_NOT_ENOUGH", "refused_for_now"],
  ["ACQ.TRADE_HAS_FINISHED", "refused_for_good"],
  ["ACQ.TRADE_CANCEL_TIME_OUT", "refused_for_good"],
  ["ACQ.CANCEL_NOT_ALLOWED", "refused_for_good"],
]);

export function cancelAnswer(body: Body, orderNo: string): CancelAnswer {
  return read<CancelAnswer>(body, orderNo, [], (code) => {
    if (textOf(body, "retry_flag") === "Y") return { kind: "again", code };
    if (!succeeded(code)) {
      const refused = code.code === "40004" ? REVERSAL_REFUSED.get(code.subCode) : undefined;
      return refused === undefined
        ? unproven("alipay.trade.cancel", code)
        : { kind: refused, code };
    }
    if (textOf(body, "retry_flag") !== "N") return unknown("unreadable", code);
    if (textOf(body, "out_trade_no") !== orderNo) return unknown("mismatch", code);
    const action = REVERSAL_ACTION.get(body["action"]);
    if (action === undefined) return unknown("unlisted", code);
    const providerTradeNo = textOf(body, "trade_no");
    const named = providerTradeNo === null ? {} : { providerTradeNo };
    return { kind: "reversed", action, ...named, code };
  });
}

const CLOSE_REFUSED = new Map<string | null, "not_exist" | "refused">([
  ["ACQ.TRADE_NOT_EXIST", "not_exist"],
  ["ACQ.TRADE_STATUS_ERROR", "refused"],
  ["ACQ.REASON_TRADE_STATUS_INVALID", "refused"],
  ["ACQ.REASON_ILLEGAL_STATUS", "refused"],
]);

export function closeAnswer(body: Body, orderNo: string): CloseAnswer {
  return read<CloseAnswer>(body, orderNo, [], (code) => {
    if (succeeded(code)) {
      const ours = textOf(body, "out_trade_no") === orderNo;
      return ours ? { kind: "closed", code } : unknown("mismatch", code);
    }
    const refused = code.code === "40004" ? CLOSE_REFUSED.get(code.subCode) : undefined;
    return refused === undefined ? unproven("alipay.trade.close", code) : { kind: refused, code };
  });
}

/** `refund_fee` is the sum of all refunds of the trade so far; less than this refund can't be about this refund. */
export function refundAnswer(body: Body, orderNo: string, amountFen: Fen): RefundAnswer {
  const api = "alipay.trade.refund";
  return read<RefundAnswer>(body, orderNo, [], (code) => {
    if (succeeded(code)) {
      if (textOf(body, "fund_change") !== "Y") return unknown("provider", code);
      const refundedTotalFen = amountOf(body, "refund_fee");
      const tooLittle = refundedTotalFen !== null && refundedTotalFen < amountFen;
      return textOf(body, "out_trade_no") !== orderNo || tooLittle
        ? unknown("mismatch", code)
        : { kind: "done", refundedTotalFen, code };
    }
    const row = provingRow(api, code.code, code.subCode);
    const refused = row?.refund_outcome === "not_refunded" && !row.needs_query;
    return refused ? { kind: "refused", code } : unproven(api, code);
  });
}

/** Alipay's pages write it in both ways. */
const NO_TRADE: ReadonlySet<string | null> = new Set(["ACQ.TRADE_NOT_EXIST", "TRADE_NOT_EXIST"]);

/** A wrong number is answered by a bare success: only `REFUND_SUCCESS` with our number counts. */
export function refundQueryAnswer(
  body: Body,
  orderNo: string,
  requestNo: string,
): RefundQueryAnswer {
  return read<RefundQueryAnswer>(body, orderNo, [], (code) => {
    if (!succeeded(code)) {
      return code.code === "40004" && NO_TRADE.has(code.subCode)
        ? { kind: "not_seen", code }
        : unproven("alipay.trade.fastpay.refund.query", code);
    }
    const status = textOf(body, "refund_status");
    if (status === null) return { kind: "not_seen", code };
    if (status !== "REFUND_SUCCESS") return unknown("unlisted", code);
    const amountFen = amountOf(body, "refund_amount");
    const ours =
      textOf(body, "out_trade_no") === orderNo && textOf(body, "out_request_no") === requestNo;
    if (!ours) return unknown("mismatch", code);
    return amountFen === null ? unknown("unreadable", code) : { kind: "done", amountFen, code };
  });
}

const NO_BILL: ReadonlySet<string> = new Set(["NO_BILL_DATA", "BILL_NOT_EXIST"]);

export function billAddressAnswer(body: Body): BillAddressAnswer {
  return read<BillAddressAnswer>(body, "", [], (code) => {
    if (succeeded(code)) {
      const url = textOf(body, "bill_download_url");
      return url !== null && /^https?:\/\//.test(url)
        ? { kind: "address", url }
        : unknown("unreadable", code);
    }
    return NO_BILL.has(plainSubCode(code.subCode ?? ""))
      ? { kind: "none", code }
      : unproven("alipay.data.dataservice.bill.downloadurl.query", code);
  });
}
