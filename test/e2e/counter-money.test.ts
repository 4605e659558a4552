/**
 * The cashier's day at the real box, by keyboard and scanner: what money can do. Each case ends in one outcome, seen on
 * the page, in the gateway's own book and on the paper.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNothingTaken, assertPaidOnce, counterTests } from "./support/counter.ts";

const counter = counterTests();

test("paid, and the receipt is confirmed", async () => {
  await counter.screenIs("amount");
  await counter.picture("empty");
  await counter.type("128.5");
  await counter.picture("amount");
  await counter.press("Enter");
  await counter.screenIs("show_code");
  await counter.displayIs("show_code");
  await counter.picture("show-code");
  await counter.scan();
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  await counter.displayIs("paid");
  await counter.picture("paid");
  const sale = await assertPaidOnce(counter);
  assert.equal(sale.receipt?.job?.proof, "process_id");
  await counter.press("Enter");
  await counter.screenIs("amount");
  const customers = await counter.context.newPage();
  await customers.clock.install();
  await customers.goto(`${counter.box.url}/display`);
  await customers.waitForSelector("[data-phase=paid]");
  await customers.clock.fastForward("01:01");
  await customers.waitForSelector("[data-phase=idle]");
});

test("the code is refused for balance; the next code pays", async () => {
  await counter.sell("35", "chen");
  await counter.screenIs("declined");
  await counter.displayIs("not_paid");
  await counter.picture("declined-balance");
  await assertNothingTaken(counter);
  await counter.press("Enter");
  await counter.screenIs("show_code");
  await counter.displayIs("show_code");
  await counter.scan("lin");
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  const sale = await assertPaidOnce(counter);
  assert.equal(sale.attempts.length, 2);
});

test("asked for a password, confirmed after a while", async () => {
  const askedMs = 50_000;
  await counter.fault({ behaviour: "password_confirms", method: "alipay.trade.pay", ms: askedMs });
  await counter.sell("80");
  await counter.screenIs("awaiting_buyer");
  await counter.displayIs("waiting");
  await counter.scan();
  await counter.says("这个付款码没有使用");
  await counter.picture("awaiting-second-code");
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  assert.equal((await assertPaidOnce(counter)).attempts.length, 1);
});

test("asked for a password, never confirmed: reversed", async () => {
  await counter.sell("800.02");
  await counter.screenIs("awaiting_buyer");
  await counter.screenIs("reversed");
  await counter.displayIs("not_paid");
  await counter.picture("reversed");
  await assertNothingTaken(counter);
});

test("the answer is lost after the charge: amber, second charge locked, then paid", async () => {
  await counter.fault({ behaviour: "silence_after", method: "alipay.trade.pay", times: 1 });
  await counter.box.control("PATCH", "/control/settings", { notify_on: [] });
  await counter.sell("45.3");
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  assert.equal((await assertPaidOnce(counter)).attempts.length, 1);
  const screens = ["amount", "show_code", "charging", "confirming", "paid"];
  assert.deepEqual(await counter.screens(), screens);
});

test("the gateway is down for a while: amber, second charge locked, then reversed", async () => {
  await counter.box.control("POST", "/control/gateway", { mode: "down", seconds: 6 });
  await counter.sell("17.8");
  await counter.screenIs("confirming");
  await counter.displayIs("confirming");
  await counter.picture("gateway-down");
  await counter.scan();
  await counter.says("这个付款码没有使用");
  await counter.page.locator("[data-act=charge_again]").press("Enter");
  await counter.says("“再收一次”现在不能用");
  await counter.picture("gateway-down-locked");
  await counter.screenIs("reversing");
  await counter.picture("reversing");
  await counter.screenIs("reversed");
  const sale = await assertNothingTaken(counter);
  assert.equal(sale.attempts.length, 1);
});

test("a QR code on the customer's screen is scanned and paid", async () => {
  await counter.type("46.2");
  await counter.press("Enter");
  await counter.screenIs("show_code");
  await counter.press("F2");
  await counter.screenIs("show_qr");
  await counter.displayIs("show_qr");
  await counter.picture("show-qr");
  const { attempt, cause } = await counter.sale();
  assert.equal(cause, null, "nobody has scanned it, so nothing says that it is paid");
  await counter.box.control("POST", "/control/scan", {
    target: attempt?.order_no,
    wallet: "lin",
  });
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  await assertPaidOnce(counter);
});
