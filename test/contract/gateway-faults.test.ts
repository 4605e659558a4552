/** The conformance list of the gateway, points 9 and 10: broken lines, lost and late answers, and who sends twice. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { Agent } from "urllib";
import { AlipaySdk } from "alipay-sdk";
import type { BehaviourName } from "../../src/sandbox/model/gateway/behaviours.ts";
import { startGateway, type Gateway } from "../../src/sandbox/servers/gateway/gateway.ts";
import * as client from "./gateway-client.ts";
import { exec, keySdk, keys, orderNo, pay } from "./gateway-client.ts";
import { until } from "../support/until.ts";

let gateway: Gateway;
before(async () => {
  // Every wait of the gateway's own is a hundred times shorter: 20 s are 200 ms.
  gateway = await startGateway({ keys, settings: { timeFactor: 100 } });
});
after(() => gateway.close());

/** The error with which a pay of this behaviour ends at the SDK, and whether the order was booked. */
async function broken(behaviour: BehaviourName, times = 1, timeout = 5000) {
  const outTradeNo = orderNo();
  gateway.control.resetCounters();
  gateway.control.addFault({ behaviour, times, method: "alipay.trade.pay" });
  const biz = {
    outTradeNo,
    totalAmount: "9.90",
    subject: "测试",
    authCode: client.code(gateway),
  };
  const error = await exec(keySdk(gateway, timeout), "alipay.trade.pay", biz).then(
    (answer) => answer,
    (caught: Error) => caught,
  );
  gateway.control.clearFaults();
  const booked = gateway.control.trade(outTradeNo)?.status === "TRADE_SUCCESS";
  return { error, booked, outTradeNo, counters: gateway.control.counters() };
}
const message = (error: unknown): string => (error instanceof Error ? error.message : "no error");

describe("9. faults at the wire", () => {
  test("reset before and after the booking", async () => {
    const before2 = await broken("reset_before", 2);
    assert.match(message(before2.error), /ECONNRESET|other side closed/);
    assert.equal(before2.booked, false);
    const after2 = await broken("reset_after", 2);
    assert.match(message(after2.error), /ECONNRESET|other side closed/);
    assert.equal(after2.booked, true);
  });

  test("a truncated body, a 502, a portal page", async () => {
    const truncated = await broken("truncated_body", 2);
    assert.ok(truncated.error instanceof Error);
    assert.equal(truncated.booked, true);
    const bad = await broken("http_502_before");
    assert.match(message(bad.error), /status: 502/);
    assert.equal(bad.booked, false);
    const badAfter = await broken("http_502_after");
    assert.match(message(badAfter.error), /status: 502/);
    assert.equal(badAfter.booked, true);
    const portal = await broken("portal_page");
    assert.match(message(portal.error), /格式错误/);
    assert.equal(portal.booked, false);
  });

  test("a slow body and slow answers arrive whole; silence ends at the client's timeout", async () => {
    for (const behaviour of ["slow_body", "slow_answer", "very_slow_answer"] as const) {
      const slow = await broken(behaviour);
      assert.equal((slow.error as client.Answer).code, "10000", behaviour);
    }
    const lost = await broken("silence_after", 1, 300);
    assert.match(message(lost.error), /timeout/i);
    assert.equal(lost.booked, true);
    const never = await broken("silence_before", 1, 300);
    assert.match(message(never.error), /timeout/i);
    assert.equal(never.booked, false);
  });

  test("a wrong signature, a missing signature", async () => {
    const wrong = await broken("wrong_signature");
    assert.match(message(wrong.error), /验签失败/);
    assert.equal(wrong.booked, true);
    const missing = await broken("missing_signature");
    assert.ok(missing.error instanceof TypeError);
    assert.equal(missing.booked, true);
  });

  test("SYSTEM_ERROR before and after the booking", async () => {
    const before1 = await broken("system_error_before");
    assert.equal((before1.error as client.Answer).subCode, "aop.ACQ.SYSTEM_ERROR");
    assert.equal((before1.error as client.Answer).code, "20000");
    assert.equal(before1.booked, false);
    assert.equal((await broken("system_error_after")).booked, true);
  });

  test("a request that arrives late books late", async () => {
    let nowMs = Date.now();
    const slow = await startGateway({ keys, nowMs: () => nowMs });
    slow.control.addFault({ behaviour: "late_booking" });
    const outTradeNo = orderNo();
    const biz = { outTradeNo, totalAmount: "9.90", subject: "码", authCode: client.code(slow) };
    await assert.rejects(exec(keySdk(slow, 50), "alipay.trade.pay", biz), /timeout/i);
    const none = await exec(keySdk(slow), "alipay.trade.query", { outTradeNo });
    assert.equal(none.subCode, "ACQ.TRADE_NOT_EXIST");
    nowMs += 12_000;
    const query = await exec(keySdk(slow), "alipay.trade.query", { outTradeNo });
    assert.equal(query["tradeStatus"], "TRADE_SUCCESS");
    await slow.close();
  });

  test("a request that arrives after its own cancel books all the same", async () => {
    const { outTradeNo } = await broken("booked_after_cancel", 1, 100);
    const cancel = await exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo });
    assert.equal(cancel["action"], undefined);
    await until("booked", () => gateway.control.trade(outTradeNo)?.status === "TRADE_SUCCESS");
    gateway.control.set({ cancelStopsLatePay: true });
    const stopped = await broken("booked_after_cancel", 1, 100);
    await exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo: stopped.outTradeNo });
    gateway.control.set({ cancelStopsLatePay: false });
    assert.equal(gateway.control.trade(stopped.outTradeNo), undefined);
  });

  test("10000, then rolled back", async () => {
    const { error, outTradeNo } = await broken("rolled_back");
    assert.equal((error as client.Answer).code, "10000");
    await until("closed", () => gateway.control.trade(outTradeNo)?.status === "TRADE_CLOSED");
    assert.equal(gateway.control.merchant().balanceFen >= 0, true);
  });

  test("any sub-code, also one that the table doesn't know", async () => {
    const method = "alipay.trade.query";
    gateway.control.addFault({ method, behaviour: "sub_code", subCode: "ACQ.SYSTEM_ERROR" });
    const listed = await exec(keySdk(gateway), method, { outTradeNo: "n" });
    assert.deepEqual([listed.code, listed.subCode], ["40004", "ACQ.SYSTEM_ERROR"]);
    gateway.control.addFault({ method, behaviour: "sub_code", subCode: "ACQ.NEW", code: "40006" });
    const unlisted = await exec(keySdk(gateway), method, { outTradeNo: "n" });
    assert.deepEqual([unlisted.code, unlisted.subCode], ["40006", "ACQ.NEW"]);
  });
});

describe("what amounts provoke", () => {
  test("800.01: password asked, confirmed after a while", async () => {
    const { code, outTradeNo } = await pay(gateway, "800.01");
    assert.equal(code, "10003");
    await until("paid", () => gateway.control.trade(outTradeNo)?.status === "TRADE_SUCCESS");
  });

  test("800.03: password refused; 800.25: two cancels to be repeated", async () => {
    const refused = await pay(gateway, "800.03");
    await until("closed", () => gateway.control.trade(refused.outTradeNo)?.closedBy === "refused");
    const { outTradeNo } = await pay(gateway, "800.25");
    const cancel = () => exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo });
    assert.equal((await cancel())["retryFlag"], "Y");
    assert.equal((await cancel())["retryFlag"], "Y");
    assert.equal((await cancel())["action"], "close");
  });

  test("a trouble of the line meets the first request only: the client's second finds it booked", async () => {
    gateway.control.resetCounters();
    const answer = await pay(gateway, "800.07");
    assert.equal(answer.subCode, "ACQ.TRADE_HAS_SUCCESS");
    assert.deepEqual(gateway.control.counters().resentByMethod, { "alipay.trade.pay": 1 });
  });

  test("a sub-code of the refund, by the amount of its trade", async () => {
    const { outTradeNo } = await pay(gateway, "803.03");
    const biz = { outTradeNo, refundAmount: "803.03" };
    const refused = await exec(keySdk(gateway), "alipay.trade.refund", biz);
    assert.equal(refused.subCode, "ACQ.SELLER_BALANCE_NOT_ENOUGH");
  });
});

describe("10. who sends twice", () => {
  test("requests are counted by the header of the client's silent second sending", async () => {
    const { counters } = await broken("reset_before", 2);
    assert.equal(counters.byMethod["alipay.trade.pay"], 2);
    assert.equal(counters.resentByMethod["alipay.trade.pay"], 1);
  });

  test("so a dispatcher that stops it shows as one request", async () => {
    class Once extends Agent {
      override dispatch(...[options, handler]: Parameters<Agent["dispatch"]>): boolean {
        const headers = options.headers as Record<string, string> | undefined;
        if (headers?.["x-urllib-retry-on-socket-error"] !== undefined) {
          throw new Error("not sent again");
        }
        return super.dispatch(options, handler);
      }
    }
    const sdk = new AlipaySdk({
      appId: gateway.appId,
      privateKey: keys.appPrivatePem,
      alipayPublicKey: keys.alipayPublicPem,
      gateway: gateway.url,
      proxyAgent: new Once() as never,
    });
    gateway.control.resetCounters();
    gateway.control.addFault({ behaviour: "reset_after", times: 2 });
    await assert.rejects(exec(sdk, "alipay.trade.query", { outTradeNo: "n" }), /not sent again/);
    gateway.control.clearFaults();
    assert.equal(gateway.control.counters().requests, 1);
    assert.equal(gateway.control.counters().resent, 0);
  });

  test("the log names every request and never shows a payment code", async () => {
    gateway.control.resetCounters();
    const authCode = client.code(gateway);
    const { outTradeNo } = await pay(gateway, "1.00", "lin", { authCode });
    const [entry] = gateway.control.requests(10);
    assert.equal(entry?.outTradeNo, outTradeNo);
    assert.equal(entry?.authCode, "28****************");
    assert.doesNotMatch(JSON.stringify(gateway.control.requests(10)), new RegExp(authCode));
  });
});

/** How a bare connection to the gateway's port ends. */
const knock = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve((socket.destroy(), "open")));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
  });

describe("the whole gateway away", () => {
  test("down refuses connections, and comes back on the same port by itself", async () => {
    await gateway.control.setMode("down", 200);
    assert.equal(await knock(gateway.port), "ECONNREFUSED");
    await until("up", () => gateway.control.mode() === "up");
    assert.equal(await knock(gateway.port), "open");
    assert.equal((await pay(gateway, "1.00")).code, "10000");
  });

  test("a black hole takes the request and never answers", async () => {
    await gateway.control.setMode("blackhole");
    const call = exec(keySdk(gateway, 200), "alipay.trade.query", { outTradeNo: "n" });
    await assert.rejects(call, /timeout/i);
    await gateway.control.setMode("up");
    assert.equal((await pay(gateway, "1.00")).code, "10000");
  });

  test("a network that wants a login answers in its place, and nothing reaches it", async () => {
    await gateway.control.setMode("portal");
    const call = exec(keySdk(gateway, 1_000), "alipay.trade.query", { outTradeNo: "n" });
    await assert.rejects(call);
    const page = await fetch(gateway.url, { method: "POST" });
    assert.match(await page.text(), /^<!doctype html>/);
    await gateway.control.setMode("up");
    assert.equal((await pay(gateway, "1.00")).code, "10000");
  });

  test("maintenance answers, does nothing and says so", async () => {
    await gateway.control.setMode("maintenance");
    const answer = await pay(gateway, "1.00");
    assert.deepEqual([answer.code, answer.subCode], ["20000", "isp.unknow-error"]);
    assert.match(String(answer["subMsg"]), /维护/);
    assert.equal(gateway.control.trade(answer.outTradeNo), undefined);
    await gateway.control.setMode("up");
  });
});
