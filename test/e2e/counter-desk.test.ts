/** The cashier's day at the real box: refunds, finding a sale, signing on, and the close of the day. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pressUntilGone } from "./support/browser.ts";
import { assertPaidOnce, counterTests } from "./support/counter.ts";

const counter = counterTests();

test("refunded in part, then the rest: the gateway's book and two slips say so", async () => {
  await counter.sell("60");
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  await counter.press("F4");
  await counter.page.getByText("退一部分").click();
  await counter.page.getByLabel("退款金额（元）").fill("20");
  await counter.picture("refund-sheet");
  await pressUntilGone(counter.page, "Enter", "form");
  await pressUntilGone(counter.page, "y", "dialog[open]");
  await counter.screenIs("refund");
  await counter.says("已退款 ￥20.00");
  await counter.says("本单还可退 ￥40.00");
  await counter.picture("refunded-part");
  assert.equal(await counter.keptFen(await counter.sale()), 4_000);
  await counter.press("F4");
  await counter.says("全部退 ￥40.00");
  await pressUntilGone(counter.page, "Enter", "form");
  await pressUntilGone(counter.page, "y", "dialog[open]");
  await counter.says("已退款 ￥40.00");
  await counter.says("退款凭条：打印机已确认");
  await counter.displayIs("idle");
  await counter.picture("refunded-all");
  const sale = await counter.sale();
  assert.equal(await counter.keptFen(sale), 0);
  await counter.settled(sale.sale_id);
  const slips = (await counter.box.papers()).filter((text) => text.includes("退款凭条"));
  assert.equal(slips.length, 2, slips.join("\n---\n"));
  assert.ok(slips.some((text) => text.includes("￥20.00")));
  assert.ok(slips.some((text) => text.includes("￥40.00")));
});

test("a sale is found by its order number under the scanner, with its whole history", async () => {
  await counter.sell("61");
  await counter.says("打印机已确认");
  const sale = await assertPaidOnce(counter);
  await counter.press("Enter");
  await counter.press("F3");
  await counter.page.locator(".row").first().waitFor();
  await counter.picture("find");
  await counter.type(sale.receipt?.number ?? "");
  await counter.press("Enter");
  await counter.page.waitForFunction(() => document.querySelectorAll(".row").length === 1);
  await counter.page.locator(".row").press("Enter");
  await counter.says(sale.attempt?.order_no ?? "-");
  await counter.page.locator(".history li").first().waitFor();
  await counter.picture("sale-detail");
});

test("the day is closed over an open sale only by name, with a number and a slip", async () => {
  await counter.printer({ paper: "out" });
  await counter.sellOverGate("62");
  await counter.screenIs("held");
  await counter.press("F10");
  await counter.says("结束今天");
  await counter.picture("day-open");
  await counter.page.getByLabel("实点现金（元）").fill("0");
  await counter.press("Enter");
  await counter.page.locator("dialog .notice").waitFor();
  await counter.picture("day-refused");
  await counter.page.getByText("逐笔记名").click();
  await counter.page.getByRole("button", { name: "结束今天" }).click();
  await counter.says("已日结，第 1 号");
  await counter.picture("day-closed");
  await counter.press("Escape");
  await counter.printer({ paper: "ok" });
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  const sale = await assertPaidOnce(counter);
  const slip = (await counter.box.papers()).find((text) => text.includes("日结"));
  assert.ok(slip?.includes(sale.attempt?.order_no ?? "-"), slip);
});

test("the close can be looked at again, and its slip comes once more with its mark", async () => {
  await counter.press("F10");
  await counter.page.locator(".close-row").first().waitFor();
  await counter.press("ArrowDown");
  await counter.press("Enter");
  await counter.says("日结第 1 号");
  await counter.says("转到下一个营业日 1 笔");
  await counter.press("p");
  await counter.says("印有“补打 第 1 次”");
  await counter.picture("day-slip-again");
  const isCopy = (text: string): boolean =>
    text.includes("日结单") && /补打\s*第\s*1\s*次/.test(text);
  await counter.box.untilPapers((texts) => texts.filter(isCopy).length === 1);
  await counter.press("Escape");
  await counter.press("Escape");
});

test("a day that was just closed isn't closed once more by a second press", async () => {
  await counter.press("F10");
  await counter.says("这一日没有收款，也要结");
  await counter.page.getByRole("button", { name: "结束今天" }).click();
  await counter.says("没有日结：这一日还没有收款");
  await counter.picture("day-empty");
  await counter.page.getByText("这一日没有收款，也要结").click();
  await counter.page.getByRole("button", { name: "结束今天" }).click();
  await counter.says("已日结，第 2 号");
  await counter.press("Escape");
});

test("with a PIN set, the till asks who works here; a wrong PIN says so", async () => {
  const cashier = { no: "07", name: "王芳", role: "cashier", pin: "2468" };
  const owner = { no: "01", name: "店主", role: "owner", pin: "1357" };
  await counter.box.ask("POST", "/api/operators", owner);
  await counter.box.ask("POST", "/api/sign-on", { operator_no: "01", pin: "1357" });
  await counter.box.ask("POST", "/api/operators", cashier);
  await counter.page.getByRole("button", { name: "签退" }).click();
  await counter.screenIs("sign_on");
  await counter.page.getByText("07 王芳").click();
  await counter.page.getByLabel("PIN").focus();
  await counter.picture("sign-on");
  await counter.type("1111");
  await counter.press("Enter");
  await counter.says("PIN 不对");
  await counter.picture("sign-on-wrong");
  await counter.type("2468");
  await counter.press("Enter");
  await counter.screenIs("amount");
  await counter.says("07 王芳");
  await counter.sell("63");
  await counter.screenIs("paid");
  await counter.says("打印机已确认");
  const sale = await assertPaidOnce(counter);
  assert.equal(sale.operator.no, "07");
  assert.match((await counter.papers(sale))[0] ?? "", /07 王芳/);
});
