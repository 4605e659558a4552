/**
 * The provider as a hub sees it: the adapter's own request and outcome code, over a path. Signing is left out of the
 * loop (RSA would take nine tenths of the time); whether a signature holds is a flag that faults can break.
 */
import * as outcome from "../../adapters/provider/alipay/outcome.ts";
import { readNotification } from "../../adapters/provider/alipay/notify.ts";
import {
  payRequest,
  precreateRequest,
  refundRequest,
} from "../../adapters/provider/alipay/request.ts";
import type { UnknownAnswer, UnknownReason } from "../../core/payment/answers.ts";
import type { Provider } from "../../ports/provider.ts";
import type { Answer } from "../../sandbox/model/gateway/gateway.ts";
import type { Reply } from "../../sandbox/model/gateway/reply.ts";
import type { Method } from "../../sandbox/model/gateway/request.ts";
import { call, CallFailed, type CallFailure } from "../network/call.ts";
import type { Path } from "../network/path.ts";
import type { Life } from "../world/machine.ts";
import type { Timeline } from "../world/timeline.ts";
import type { Gateway } from "./gateway.ts";

type Body = Readonly<Record<string, unknown>>;

const requestSettings = {
  payProductCode: "FACE_TO_FACE_PAYMENT",
  qrProductCode: "FACE_TO_FACE_PAYMENT",
  qrTimeoutExpress: "2m",
  goodsMax: 20,
};

export const callTimeoutMs = 5_000;
/** A pay has an expiry and a code that dies; a refund has neither, so one that was refused is believed after ten seconds. */
const refundLateMsMax = 9_000;

const reasonOf: Readonly<Record<CallFailure, UnknownReason>> = {
  never_left: "broken",
  silence: "silence",
  broken: "broken",
  answer_truncated: "broken",
  answer_garbled: "unreadable",
  answer_unsigned: "verify",
  refused: "unreadable",
};

/** How a reply that the model sends badly is read at the other end; null where it is whole. */
function spoilt(answer: Answer): CallFailure | "never" | null {
  switch (answer.send) {
    case "silence":
      return "never";
    case "reset":
    case "truncated":
      return "broken";
    case "http_502":
    case "portal_page":
      return "answer_garbled";
    case "reply":
    case "slow_body":
      return answer.signature === "right" ? null : "answer_unsigned";
  }
}

export interface ProviderParts {
  readonly gateway: Gateway;
  readonly path: Path;
  readonly life: Life;
  readonly time: Timeline;
  /** Which shop's hubs are told of its trades. */
  readonly notifyUrl: string;
}

export function simulatedProvider(parts: ProviderParts): Provider {
  const { life } = parts;
  const seller = parts.gateway.model.book.settings;
  const ask = asker(parts);
  return {
    name: "alipay",
    livemode: true,
    callTimeoutMs,
    pay: (order, code) =>
      ask(
        "alipay.trade.pay",
        payRequest(order, code, requestSettings, life.world.nowMs()),
        order.orderNo,
        (body) => outcome.payAnswer(body, order, code),
      ),
    precreate: (order) =>
      ask(
        "alipay.trade.precreate",
        precreateRequest(order, requestSettings, life.world.nowMs()),
        order.orderNo,
        (body) => outcome.precreateAnswer(body, order.orderNo),
      ),
    query: (orderNo) =>
      ask("alipay.trade.query", { out_trade_no: orderNo }, orderNo, (body) =>
        outcome.queryAnswer(body, orderNo),
      ),
    cancel: (orderNo) =>
      ask("alipay.trade.cancel", { out_trade_no: orderNo }, orderNo, (body) =>
        outcome.cancelAnswer(body, orderNo),
      ),
    close: (orderNo) =>
      ask("alipay.trade.close", { out_trade_no: orderNo }, orderNo, (body) =>
        outcome.closeAnswer(body, orderNo),
      ),
    refund: (orderNo, requestNo, amountFen, reason) =>
      ask(
        "alipay.trade.refund",
        refundRequest(orderNo, requestNo, amountFen, reason),
        orderNo,
        (body) => outcome.refundAnswer(body, orderNo, amountFen),
      ),
    refundQuery: (orderNo, requestNo) =>
      ask(
        "alipay.trade.fastpay.refund.query",
        { out_trade_no: orderNo, out_request_no: requestNo },
        orderNo,
        (body) => outcome.refundQueryAnswer(body, orderNo, requestNo),
      ),
    billAddress: (day) =>
      ask(
        "alipay.data.dataservice.bill.downloadurl.query",
        { bill_type: "trade", bill_date: day },
        null,
        outcome.billAddressAnswer,
      ),
    readNotification: (form) => {
      const read = readNotification(form, seller, (signed) => signed["sign"] === "right");
      return typeof read === "string" ? null : read;
    },
  };
}

type Ask = <A>(
  method: Method,
  biz: Body,
  orderNo: string | null,
  prove: (body: Body) => A,
) => Promise<A | UnknownAnswer>;

const asker =
  ({ gateway, path, life, time, notifyUrl }: ProviderParts): Ask =>
  async (method, biz, orderNo, prove) => {
    try {
      const body = await call<Body>({
        time,
        path,
        life,
        isServerUp: () => gateway.model.mode !== "down",
        timeoutMs: callTimeoutMs,
        subject: orderNo,
        ...(method === "alipay.trade.refund" ? { lateMsMax: refundLateMsMax } : {}),
        serve: () => serve(gateway, time, method, biz, notifyUrl),
      });
      return prove(body);
    } catch (failure) {
      if (failure instanceof SpoiltReply) return outcome.unknown(reasonOf[failure.why]);
      if (!(failure instanceof CallFailed)) throw failure;
      return outcome.unknown(reasonOf[failure.why]);
    }
  };

class SpoiltReply extends Error {
  readonly why: CallFailure;
  constructor(why: CallFailure) {
    super(why);
    this.why = why;
  }
}

function serve(
  gateway: Gateway,
  time: Timeline,
  method: Method,
  biz: Body,
  notifyUrl: string,
): Promise<Body> {
  const answer = gateway.call({ method, biz, notifyUrl });
  const failure = spoilt(answer);
  if (failure === "never") return new Promise(() => {});
  const body =
    failure === null && answer.reply !== null ? bodyOf(answer.reply) : spoiltBody(failure);
  if (answer.waitMs === 0) return Promise.resolve(body);
  return new Promise((resolve) => {
    time.after(answer.waitMs, () => resolve(body));
  });
}

/** Travels as an answer, and turns into its failure where it is read. */
function spoiltBody(why: CallFailure | null): Body {
  return {
    get code(): string {
      throw new SpoiltReply(why ?? "answer_garbled");
    },
  };
}

/** The node that the real adapter's JSON parser would give. */
export function bodyOf({ code, subCode, subMsg, fields }: Reply): Body {
  if (subCode === null) return { code, msg: "", ...fields };
  return { code, msg: "", sub_code: subCode, sub_msg: subMsg ?? "", ...fields };
}
