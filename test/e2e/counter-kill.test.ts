/** `kill -9` of the real box with the page open, while money is on its way: a calm banner, then the right end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNothingTaken, assertPaidOnce, counterTests } from "./support/counter.ts";

const counter = counterTests();

test("killed while an amount is being typed: the amount stays, and nothing is charged meanwhile", async () => {
  await counter.type("45.6");
  await counter.powerCut();
  await counter.press("Enter");
  await counter.says("等连上收银程序再试");
  await counter.picture("away-amount");
  await counter.powerBack();
  await counter.press("Enter");
  await counter.screenIs("show_code");
  await counter.scan();
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  await assertPaidOnce(counter);
});

test("killed while the customer types the password: paid once", async () => {
  await counter.sell("800.01");
  await counter.screenIs("awaiting_buyer");
  await counter.powerCut();
  await counter.picture("away-awaiting");
  await counter.scan();
  await counter.says("等连上收银程序再试");
  await counter.powerBack();
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  assert.equal((await assertPaidOnce(counter)).attempts.length, 1);
});

test("killed while the customer never confirms: reversed", async () => {
  await counter.sell("800.02");
  await counter.screenIs("awaiting_buyer");
  await counter.powerCut();
  await counter.powerBack();
  await counter.screenIs("reversed");
  await assertNothingTaken(counter);
});

test("killed after the charge, before its answer: paid once", async () => {
  await counter.sell("800.04");
  await counter.screenIs("charging");
  await counter.powerCut();
  await counter.powerBack();
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  assert.equal((await assertPaidOnce(counter)).attempts.length, 1);
});

test("killed while the gateway is down: reversed", async () => {
  await counter.box.control("POST", "/control/gateway", { mode: "down" });
  await counter.sell("17.8");
  await counter.screenIs("confirming");
  await counter.powerCut();
  await counter.picture("away-confirming");
  await counter.box.control("POST", "/control/gateway", { mode: "up" });
  await counter.powerBack();
  await counter.screenIs("reversed");
  await assertNothingTaken(counter);
});

test("killed after a refusal: the refusal still stands", async () => {
  await counter.sell("35", "chen");
  await counter.screenIs("declined");
  await counter.powerCut();
  await counter.powerBack();
  await counter.screenIs("declined");
  await assertNothingTaken(counter);
});
