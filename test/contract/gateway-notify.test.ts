/** The conformance list of the gateway, point 8: notifications as the merchant's server gets them. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { startGateway, type Gateway } from "../../src/sandbox/servers/gateway/gateway.ts";
import { RETRY_PLAN_MS } from "../../src/sandbox/model/gateway/notifications.ts";
import { keySdk, keys, orderNo, pay } from "./gateway-client.ts";
import { until } from "../support/until.ts";

let gateway: Gateway;
let notifyUrl = "";
let answer = "success";
const got: Record<string, string>[] = [];
const merchant = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString()));
  request.on("end", () => {
    got.push(Object.fromEntries(new URLSearchParams(body)));
    response.end(answer);
  });
});
const of = (outTradeNo: string) => got.filter((form) => form["out_trade_no"] === outTradeNo);

before(async () => {
  gateway = await startGateway({ keys, settings: { timeFactor: 1e6 } });
  await new Promise<void>((resolve) => merchant.listen(0, "127.0.0.1", resolve));
  notifyUrl = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/n?a=1`;
});
after(async () => {
  await gateway.close();
  merchant.closeAllConnections();
  merchant.close();
});

describe("8. notifications", () => {
  test("verify with checkNotifySignV2, and hold what the template holds", async () => {
    const { outTradeNo, tradeNo } = await pay(gateway, "12.80", "lin", {
      notifyUrl,
      passbackParams: "店 1%+2",
    });
    const [form] = await until("notified", () => of(outTradeNo).length > 0 && of(outTradeNo));
    assert.ok(form !== undefined);
    assert.equal(keySdk(gateway).checkNotifySignV2(form), true);
    assert.equal(keySdk(gateway).checkNotifySignV2({ ...form, total_amount: "0.01" }), false);
    assert.equal(form["fund_bill_list"], '[{"amount":"12.80","fundChannel":"ALIPAYACCOUNT"}]');
    assert.equal(form["trade_status"], "TRADE_SUCCESS");
    assert.equal(form["trade_no"], tradeNo);
    assert.match(form["notify_id"] ?? "", /^20\d{32}$/);
    const always =
      "notify_time notify_type notify_id charset version sign_type sign app_id auth_app_id trade_no out_trade_no trade_status total_amount receipt_amount";
    for (const field of always.split(" ")) assert.notEqual(form[field] ?? "", "", field);
    assert.ok(!Object.values(form).includes(""), "no empty field is ever sent");
  });

  test("anything but `success` is sent again by the official plan, under the same id", async () => {
    answer = '"success"';
    const { outTradeNo } = await pay(gateway, "1.00", "lin", { notifyUrl });
    await until("all tries", () => of(outTradeNo).length === RETRY_PLAN_MS.length + 1);
    assert.equal(new Set(of(outTradeNo).map((form) => form["notify_id"])).size, 1);
    const kept = await until("given up", () =>
      gateway.control
        .notifications(10)
        .find((one) => one.outTradeNo === outTradeNo && one.nextAtMs === null),
    );
    assert.equal(kept.delivered, false);
    assert.equal(kept.tries, 8);
    answer = "success";
  });

  test("before the reply, twice, never", async () => {
    const first = orderNo();
    gateway.control.addFault({ behaviour: "notify_first" });
    await pay(gateway, "1.00", "lin", { notifyUrl, outTradeNo: first });
    assert.equal(of(first).length, 1, "it was there before the answer");
    gateway.control.addFault({ behaviour: "notify_twice" });
    const twice = await pay(gateway, "1.00", "lin", { notifyUrl });
    await until("twice", () => of(twice.outTradeNo).length === 2);
    const [one, other] = of(twice.outTradeNo);
    assert.equal(one?.["notify_id"], other?.["notify_id"]);
    gateway.control.addFault({ behaviour: "notify_never" });
    const never = await pay(gateway, "1.00", "lin", { notifyUrl });
    const last = await pay(gateway, "1.00", "lin", { notifyUrl });
    await until("the next one", () => of(last.outTradeNo).length === 1);
    assert.equal(of(never.outTradeNo).length, 0);
  });

  test("no notify_url, no notification; closing doesn't notify unless it is set", async () => {
    const silent = await pay(gateway, "1.00");
    assert.ok(gateway.control.notifications(50).every((n) => n.outTradeNo !== silent.outTradeNo));
    gateway.control.set({ notifyOn: ["TRADE_SUCCESS", "TRADE_CLOSED"] });
    const { outTradeNo } = await pay(gateway, "1.00", "zheng", { notifyUrl });
    gateway.control.refuse(outTradeNo);
    const [form] = await until("closed", () => of(outTradeNo).length > 0 && of(outTradeNo));
    assert.equal(form?.["trade_status"], "TRADE_CLOSED");
    gateway.control.set({ notifyOn: ["TRADE_SUCCESS"] });
  });
});
