/**
 * Alipay behind the provider port, on the official SDK. Each call: request.ts -> client.ts (one request, verified) ->
 * outcome.ts (what the reply proves).
 *
 * Events logged: `alipay_call` for each call, `alipay_notification` and `alipay_notification_dropped` for each message.
 */
import type { UnknownAnswer } from "../../../core/payment/answers.ts";
import type { AlipayApi } from "../../../core/payment/codes/codes.ts";
import type { Provider } from "../../../ports/provider.ts";
import { createClient } from "./client.ts";
import type { AlipayClient, AlipayDeps, Reply } from "./client.ts";
import { isLive } from "./config.ts";
import type { AlipayConfig } from "./config.ts";
import { textOf, traceIdOf } from "./fields.ts";
import type { Body } from "./fields.ts";
import { readNotification } from "./notify.ts";
import * as outcome from "./outcome.ts";
import { payRequest, precreateRequest, refundRequest } from "./request.ts";

export interface Alipay extends Provider {
  /** Cuts what is in flight and closes the kept connections. */
  disconnect(): Promise<void>;
}

/** `config` comes from `readAlipayConfig`, which has checked that its keys belong together. */
export function createAlipay(config: AlipayConfig, deps: AlipayDeps): Alipay {
  const client = createClient(config, deps);
  const ask = asker(client, deps);
  return {
    name: "alipay",
    livemode: isLive(config),
    callTimeoutMs: config.timeoutMs,
    ...payments(ask, config, deps),
    ...refundsAndBills(ask),
    readNotification(form) {
      const read = readNotification(form, config, client.signedByAlipay);
      if (typeof read === "string") {
        deps.log("alipay_notification_dropped", { why: read });
        return null;
      }
      deps.log("alipay_notification", { order_no: read.orderNo, status: read.status });
      return read;
    },
    disconnect: () => client.disconnect(),
  };
}

type Ask = <Answer extends { readonly kind: string }>(
  api: AlipayApi,
  bizContent: Body,
  prove: (body: Body) => Answer,
  notifyUrl?: string | null,
) => Promise<Answer | UnknownAnswer>;

const asker =
  (client: AlipayClient, deps: AlipayDeps): Ask =>
  async (api, bizContent, prove, notifyUrl = null) => {
    const startedMs = performance.now();
    const reply = await client.call(api, bizContent, notifyUrl);
    const answer = reply.kind === "verified" ? prove(reply.body) : noAnswer(reply);
    const tookMs = Math.round(performance.now() - startedMs);
    const orderNo = textOf(bizContent, "out_trade_no");
    deps.log("alipay_call", { api, order_no: orderNo, took_ms: tookMs, ...told(answer, reply) });
    return answer;
  };

type Calls<Name extends keyof Provider> = Pick<Provider, Name>;

function payments(
  ask: Ask,
  config: AlipayConfig,
  deps: AlipayDeps,
): Calls<"pay" | "precreate" | "query" | "cancel" | "close"> {
  const { notifyUrl } = config;
  return {
    pay: (order, paymentCode) =>
      ask(
        "alipay.trade.pay",
        payRequest(order, paymentCode, config, deps.nowMs()),
        (body) => outcome.payAnswer(body, order, paymentCode),
        notifyUrl,
      ),
    precreate: (order) =>
      ask(
        "alipay.trade.precreate",
        precreateRequest(order, config, deps.nowMs()),
        (body) => outcome.precreateAnswer(body, order.orderNo),
        notifyUrl,
      ),
    query: (orderNo) =>
      ask("alipay.trade.query", { out_trade_no: orderNo }, (body) =>
        outcome.queryAnswer(body, orderNo),
      ),
    cancel: (orderNo) =>
      ask("alipay.trade.cancel", { out_trade_no: orderNo }, (body) =>
        outcome.cancelAnswer(body, orderNo),
      ),
    close: (orderNo) =>
      ask("alipay.trade.close", { out_trade_no: orderNo }, (body) =>
        outcome.closeAnswer(body, orderNo),
      ),
  };
}

function refundsAndBills(ask: Ask): Calls<"refund" | "refundQuery" | "billAddress"> {
  return {
    refund: (orderNo, requestNo, amountFen, reason) =>
      ask("alipay.trade.refund", refundRequest(orderNo, requestNo, amountFen, reason), (body) =>
        outcome.refundAnswer(body, orderNo, amountFen),
      ),
    refundQuery: (orderNo, requestNo) =>
      ask(
        "alipay.trade.fastpay.refund.query",
        { out_trade_no: orderNo, out_request_no: requestNo },
        (body) => outcome.refundQueryAnswer(body, orderNo, requestNo),
      ),
    billAddress: (day) =>
      ask(
        "alipay.data.dataservice.bill.downloadurl.query",
        { bill_type: "trade", bill_date: day },
        outcome.billAddressAnswer,
      ),
  };
}

function noAnswer(reply: Extract<Reply, { readonly kind: "none" }>): UnknownAnswer {
  const { reason, seen, hint } = reply;
  const { status } = seen;
  const plain = outcome.unknown(reason);
  // Only a name of a fault is worth keeping. Its words stay out: who may be anybody can quote anything.
  const isNamed = hint !== null && hint.subCode !== null;
  const answer = isNamed ? { ...plain, hint: { ...hint, message: null } } : plain;
  // An answer that began well and broke off tells that Alipay was reached.
  const isPlain = status === 200 && reason !== "broken";
  return status === null || isPlain ? answer : { ...answer, httpStatus: status };
}

/** What a log may hold of a call: codes and names of faults, never words, people or payment codes. */
function told(answer: { readonly kind: string }, reply: Reply) {
  const { reason = null, code = null } = answer as Partial<UnknownAnswer>;
  const said = code ?? (reply.kind === "none" ? reply.hint : null);
  return {
    answer: answer.kind,
    reason,
    verified: reply.kind === "verified",
    // Not `code`: that is what a log calls a customer's payment code, and cuts.
    result_code: said?.code ?? null,
    sub_code: said?.subCode ?? null,
    sent: reply.seen.sent,
    http_status: reply.seen.status,
    fault: reply.seen.fault,
    trace_id: reply.kind === "verified" ? traceIdOf(reply.body) : null,
  };
}
