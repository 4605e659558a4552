/** Run as a process of its own under another TZ: makes one payment and prints which times were sent and read. */
import { adapterFor } from "./alipay.ts";
import { order, paid, paymentCode } from "./alipay-bodies.ts";
import { startGateway } from "./alipay-gateway.ts";

const gateway = await startGateway();
gateway.answer(() => ({ body: paid }));
const { alipay } = adapterFor(gateway);
const answer = await alipay.pay(order, paymentCode);
await alipay.disconnect();
await gateway.close();
console.log(
  JSON.stringify({
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    timestamp: gateway.seen[0]?.params["timestamp"],
    time_expire: gateway.seen[0]?.biz["time_expire"],
    paid_at_ms: answer.kind === "paid" ? answer.trade.paidAtMs : null,
  }),
);
