/**
 * The cashier's day at the real box: what paper can do. The money is in each time; the receipt comes out once, or a
 * named hold or the two questions stand on the page until it does.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerQuestion } from "./support/browser.ts";
import { assertPaidOnce, counterTests } from "./support/counter.ts";

const counter = counterTests();

test("no paper, and the customer takes the electronic receipt: asked before the code is used", async () => {
  await counter.printer({ paper: "out" });
  await counter.type("19.8");
  await counter.screenIs("ask_e_receipt");
  await counter.picture("ask-e-receipt");
  await counter.press("y");
  await counter.screenIs("show_code");
  await counter.scan();
  await counter.screenIs("paid");
  await counter.page.locator(".panel .qr").waitFor();
  await counter.picture("e-receipt-promised");
  const { receipt } = await counter.sale();
  assert.ok(receipt?.url);
  const phone = await counter.context.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(receipt.url);
  await phone.getByText("￥19.80").waitFor();
  await phone.screenshot({ path: ".build/shots/counter-e-receipt.png" });
  await phone.getByText("已收下").waitFor();
  assert.equal(await phone.getByRole("button").count(), 0);
  await phone.screenshot({ path: ".build/shots/counter-e-receipt-taken.png" });
  await phone.close();
  await counter.says("顾客已打开电子小票");
  await counter.page.locator(".panel .qr").waitFor({ state: "detached" });
  await counter.picture("paid-e-receipt");
});

test("on a phone without script the button says that the customer has the receipt", async () => {
  await counter.sell("19.9");
  await counter.screenIs("paid");
  const { receipt } = await counter.sale();
  assert.ok(receipt?.url);
  const plain = await counter.context.browser()?.newContext({ javaScriptEnabled: false });
  assert.ok(plain);
  const phone = await plain.newPage();
  await phone.goto(receipt.url);
  assert.equal((await counter.sale()).receipt?.opened_at, null);
  await phone.getByRole("button").click();
  await phone.getByText("已收下").waitFor();
  await plain.close();
  assert.notEqual((await counter.sale()).receipt?.opened_at, null);
});

test("paper is out before the sale: held by name, then printed by itself", async () => {
  await counter.printer({ paper: "out" });
  await counter.sellOverGate("12.8");
  await counter.screenIs("held");
  await counter.says("小票没出来：打印机缺纸");
  await counter.displayIs("paid");
  await counter.picture("held-paper-out");
  assert.deepEqual(await counter.papers(await counter.sale()), []);
  await counter.press("F8");
  await counter.page.locator("dialog h1").waitFor();
  await counter.picture("held-why");
  await counter.press("Escape");
  await counter.printer({ paper: "ok" });
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  await assertPaidOnce(counter);
});

test("paper runs out during the print, and the next customer is served meanwhile", async () => {
  await counter.printer({ paper_left_mm: 30 });
  await counter.sell("13.8");
  await counter.screenIs("held");
  await counter.picture("held-during");
  await counter.press("Enter");
  await counter.screenIs("amount");
  await counter.says("1 笔待办");
  await counter.press("F9");
  await counter.says("13.80");
  await counter.picture("open-list");
  await counter.press("Escape");
  await counter.printer({ paper: "ok", paper_left_mm: null });
  await counter.page.getByText("1 笔待办").waitFor({ state: "detached" });
  await assertPaidOnce(counter);
});

test("paper is out after the receipt: the sale is done, the light says what the next one needs", async () => {
  await counter.sell("14.8");
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  await counter.printer({ paper: "out" });
  await counter.page.locator("header .red").waitFor();
  await counter.picture("paid-paper-out-after");
  await assertPaidOnce(counter);
});

test("the printer is switched off in the middle: the question, N, and a marked copy", async () => {
  await counter.printer({ speed_mm_per_s: 10 });
  await counter.sell("15.8");
  await counter.screenIs("paid");
  await counter.says("正在打印");
  await counter.picture("printing");
  await counter.printer({ power: "off" });
  await counter.screenIs("held");
  await counter.says("打印中断，正在确认是否已出票");
  await counter.says("先不要补打");
  assert.equal(await counter.page.getByText("不会重复").count(), 0);
  await counter.picture("held-power");
  await counter.printer({ power: "on", speed_mm_per_s: 0 });
  await counter.screenIs("doubtful");
  await counter.picture("doubtful");
  await counter.press("Enter");
  await answerQuestion(counter.page, "n");
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  await counter.picture("doubtful-n");
  const sale = await counter.sale();
  assert.equal(await counter.keptFen(sale), sale.amount_fen);
  assert.equal(sale.receipt?.job?.mark, "replacement");
  const papers = await counter.papers(sale);
  assert.equal(papers.length, 1, "the first one broke off before its number");
  assert.match(papers[0] ?? "", /\*\* 补打 第1次\s+20\d\d-\S+\s+\S+\s+操作员01 \*\*/);
});

test("the paper came out and the printer died before it said so: Y, and no copy", async () => {
  await counter.printer({ power_loss: "before_answer" });
  await counter.sell("16.8");
  await counter.screenIs("held");
  await counter.printer({ power: "on" });
  await counter.screenIs("doubtful");
  await answerQuestion(counter.page, "y");
  await counter.screenIs("paid");
  await counter.says("收银员已确认");
  await counter.picture("doubtful-y");
  const sale = await assertPaidOnce(counter);
  assert.equal(sale.receipt?.job?.proof, "person");
});

test("a further copy is marked as one", async () => {
  await counter.sell("18.8");
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  await counter.press("F6");
  await counter.says("补打 第1次");
  await counter.says("打印机已确认");
  await counter.picture("reprint");
  await assertPaidOnce(counter, 1);
});
