/** `kill -9` of the real box with the page open, while paper is on its way: a calm banner, then the right end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerQuestion } from "./support/browser.ts";
import { assertPaidOnce, counterTests } from "./support/counter.ts";

const counter = counterTests();

test("killed while paper is out: held still, then the original", async () => {
  await counter.printer({ paper: "out" });
  await counter.sellOverGate("12.8");
  await counter.screenIs("held");
  await counter.powerCut();
  await counter.powerBack();
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
  await counter.powerCut();
  await counter.powerBack();
  await counter.printer({ speed_mm_per_s: 0 });
  const end = counter.page.getByText(/打印机已确认|小票打出来了吗/);
  await end.first().waitFor();
  if (await counter.page.locator("[data-screen=doubtful]").isVisible())
    await answerQuestion(counter.page, "y");
  await counter.says("已确认");
  await assertPaidOnce(counter);
});

test("killed after everything: the receipt stays confirmed", async () => {
  await counter.sell("21");
  await counter.says("打印机已确认");
  await counter.powerCut();
  await counter.powerBack();
  await counter.says("打印机已确认");
  await assertPaidOnce(counter);
});
