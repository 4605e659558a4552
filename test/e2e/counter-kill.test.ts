/** `kill -9` of the real box with the page open: a calm banner, then the right end without a press. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNothingTaken, assertPaidOnce, counterTests } from "./support/counter.ts";

const counter = counterTests();

async function powerCut(): Promise<void> {
  await counter.box.kill();
  await counter.says("收银程序没有回应");
}

async function powerBack(): Promise<void> {
  await counter.box.start();
  await counter.page.getByText("收银程序没有回应").waitFor({ state: "detached" });
}

test("killed while an amount is being typed: the amount stays, and nothing is charged meanwhile", async () => {
  await counter.type("45.6");
  await powerCut();
  await counter.press("Enter");
  await counter.says("等连上收银程序再试");
  await counter.picture("away-amount");
  await powerBack();
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
  await powerCut();
  await counter.picture("away-awaiting");
  await counter.scan();
  await counter.says("等连上收银程序再试");
  await powerBack();
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  assert.equal((await assertPaidOnce(counter)).attempts.length, 1);
});

test("killed while the customer never confirms: reversed", async () => {
  await counter.sell("800.02");
  await counter.screenIs("awaiting_buyer");
  await powerCut();
  await powerBack();
  await counter.screenIs("reversed");
  await assertNothingTaken(counter);
});

test("killed after the charge, before its answer: paid once", async () => {
  await counter.sell("800.04");
  await counter.screenIs("charging");
  await powerCut();
  await powerBack();
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  assert.equal((await assertPaidOnce(counter)).attempts.length, 1);
});

test("killed while the gateway is down: reversed", async () => {
  await counter.box.control("POST", "/control/gateway", { mode: "down" });
  await counter.sell("17.8");
  await counter.screenIs("confirming");
  await powerCut();
  await counter.picture("away-confirming");
  await counter.box.control("POST", "/control/gateway", { mode: "up" });
  await powerBack();
  await counter.screenIs("reversed");
  await assertNothingTaken(counter);
});

test("killed after a refusal: the refusal still stands", async () => {
  await counter.sell("35", "chen");
  await counter.screenIs("declined");
  await powerCut();
  await powerBack();
  await counter.screenIs("declined");
  await assertNothingTaken(counter);
});

test("killed while paper is out: held still, then the original", async () => {
  await counter.printer({ paper: "out" });
  await counter.sell("12.8");
  await counter.screenIs("held");
  await powerCut();
  await powerBack();
  await counter.screenIs("held");
  await counter.printer({ paper: "ok" });
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  const sale = await assertPaidOnce(counter);
  assert.equal(sale.receipt?.job?.mark, "original");
});

test("killed in the middle of the print: confirmed, or the question is asked and answered", async () => {
  await counter.printer({ speed_mm_per_s: 40 });
  await counter.sell("14.2");
  await counter.says("正在打印");
  await powerCut();
  await powerBack();
  await counter.printer({ speed_mm_per_s: 0 });
  const end = counter.page.getByText(/打印机已确认|小票打出来了吗/);
  await end.first().waitFor();
  if (await counter.page.locator("[data-screen=doubtful]").isVisible()) await counter.press("y");
  await counter.says("已确认");
  await assertPaidOnce(counter);
});

test("killed after everything: the receipt stays confirmed", async () => {
  await counter.sell("21");
  await counter.says("打印机已确认");
  await powerCut();
  await powerBack();
  await counter.says("打印机已确认");
  await assertPaidOnce(counter);
});
