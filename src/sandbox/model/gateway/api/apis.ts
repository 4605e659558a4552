/** Which handler answers which method. */
import { success } from "../reply.ts";
import type { Method } from "../request.ts";
import { billAddress, type BillTicket } from "./bill.ts";
import { cancel } from "./cancel.ts";
import { close } from "./close.ts";
import type { Api } from "./context.ts";
import { pay } from "./pay.ts";
import { precreate } from "./precreate.ts";
import { query } from "./query.ts";
import { refund, refundQuery } from "./refund.ts";

/** `tickets` keeps which bill addresses are still alive. */
export const apisWith = (tickets: Map<string, BillTicket>): Readonly<Record<Method, Api>> => ({
  "alipay.trade.pay": pay,
  "alipay.trade.precreate": precreate,
  "alipay.trade.query": query,
  "alipay.trade.cancel": cancel,
  "alipay.trade.close": close,
  "alipay.trade.refund": refund,
  "alipay.trade.fastpay.refund.query": refundQuery,
  "alipay.data.dataservice.bill.downloadurl.query": billAddress(tickets),
  // The old official demo sends this every quarter of an hour; it is taken and ignored.
  "monitor.heartbeat.syn": ({ book }) => success({ pid: book.settings.appId }),
});
