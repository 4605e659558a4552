/** The lists behind F4, F6 and F7, and the detail of a sale: what can be chosen, why not the rest, and every key. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { REFUSALS } from "../../src/core/rules/refusals.ts";
import { paidTwice } from "../web-support/extra-views.ts";
import * as views from "../web-support/views.ts";
import { phone } from "./support/browser.ts";
import { lookAt } from "./support/look.ts";
import { tillTests } from "./support/till-tests.ts";

const till = tillTests();
const titleIs = (name: string) => till.page.getByRole("heading", { name, exact: true }).waitFor();
const rows = () => till.page.locator(".row");
const other = /也列出来看原因|also list/i;

test("refund: only what can be refunded is listed; the rest is one press away, each with its why", async () => {
  till.box.say({ operator: views.owner });
  await till.page.keyboard.press("F4");
  await rows().first().waitFor();
  const fitting = await rows().count();
  assert.equal(await till.page.locator(".row.unfit").count(), 0);
  await till.says("另有 2 笔现在不能退");
  await lookAt(till.page, "sheet-find-refund-zh", true);
  await till.page.getByRole("button", { name: other }).click();
  const unfit = till.page.locator(".row.unfit");
  await unfit.first().waitFor();
  assert.deepEqual([await rows().count(), await unfit.count()], [fitting + 2, 2]);
  for (const why of await unfit.locator(".why").allInnerTexts()) assert.match(why, /\S/);
  await lookAt(till.page, "sheet-find-refund-all-zh", true);
  await unfit.first().click();
  await titleIs("交易详情");
});

test("a sale whose e-receipt isn't opened is said to wait for that, and for no printer", async () => {
  const unopened = { state: "held", hold: "e_receipt_unopened", proof: null } as const;
  till.box.sales.set("S-000481", views.paid(unopened));
  till.box.say({ operator: views.owner });
  await till.page.keyboard.press("F4");
  await rows().first().waitFor();
  const own = await rows().filter({ hasText: "等电子小票打开" }).allInnerTexts();
  assert.equal(own.length, 1);
  assert.doesNotMatch(own.join(), /打印机/);
  await lookAt(till.page, "sheet-find-unopened-zh", false);
});

test("who looks for a sale that can't be refunded finds it, and why", async () => {
  till.box.say({ operator: views.owner });
  await till.page.keyboard.press("F4");
  await rows().first().waitFor();
  const field = till.page.getByRole("searchbox");
  await field.fill("T01-261123-000482");
  await field.press("Enter");
  await till.page.locator(".row.unfit .why").waitFor();
  assert.equal(await rows().count(), 1);
});

test("reprint and e-receipt leave out what has no receipt", async () => {
  for (const key of ["F6", "F7"]) {
    await till.page.keyboard.press(key);
    await rows().first().waitFor();
    assert.equal(await till.page.locator(".row.unfit").count(), 0, key);
    await till.page.getByRole("button", { name: other }).waitFor();
    await lookAt(till.page, `sheet-find-${key}-zh`, false);
    await till.page.keyboard.press("Escape");
    await till.page.locator("dialog[open]").waitFor({ state: "detached" });
  }
});

test("by keyboard alone: the list, the detail, its reprint, and back", async () => {
  till.box.sales.set("S-000481", views.paid());
  await till.page.keyboard.press("F6");
  await rows().first().waitFor();
  await till.says("↑ ↓ 选一笔");
  await till.page.keyboard.press("ArrowDown");
  await till.page.keyboard.press("Enter");
  await titleIs("交易详情");
  await till.page.waitForSelector(".history li");
  for (const time of await till.page.locator(".history time").allInnerTexts())
    assert.match(time, /^\d\d-\d\d \d\d:\d\d:\d\d$/);
  const keys = await till.page.locator("dialog[open] kbd").allInnerTexts();
  for (const key of ["Esc", "F3", "F4", "F6", "F7", "O"]) assert.ok(keys.includes(key), key);
  await lookAt(till.page, "sheet-sale-zh", true);
  await till.page.keyboard.press("F6");
  await until(() => till.sent().includes("/api/sales/S-000481/reprint"));
  await till.page.keyboard.press("Escape");
  await titleIs("补打：先选一笔交易");
});

test("in one list the key of another turns it into that one, and Esc still leaves at once", async () => {
  till.box.say({ operator: views.owner });
  await till.page.keyboard.press("F3");
  await titleIs("查单");
  for (const [key, title] of [
    ["F4", "退款：先选一笔交易"],
    ["F6", "补打：先选一笔交易"],
    ["F7", "电子小票：先选一笔交易"],
    ["F3", "查单"],
    ["F4", "退款：先选一笔交易"],
  ] as const) {
    await till.page.keyboard.press(key);
    await titleIs(title);
  }
  await till.says("另有 2 笔现在不能退");
  assert.equal(await till.page.locator(".row.unfit").count(), 0);
  await till.page.keyboard.press("Escape");
  await till.page.locator("dialog[open]").waitFor({ state: "detached" });
});

test("F4 on a sale whose refund has no result says how much is under way, and takes no other", async () => {
  till.box.say({ operator: views.owner });
  const sale = views.refunded({ state: "unknown" });
  const { text: why } = REFUSALS.refund_in_progress;
  const open = { refunded_fen: 0, refund_open_fen: 2_850, can: { ...sale.can, refund: why } };
  till.box.put({ ...sale, ...open });
  await till.screenIs("refund");
  await till.page.keyboard.press("F4");
  await titleIs("退款");
  await till.says("这一单收了 ￥128.50，已退 ￥0.00；另有 ￥28.50 处理中，可能已经退了。");
  await till.says(why.zh);
  assert.equal(await till.page.locator("dialog[open] form").count(), 0);
  await lookAt(till.page, "sheet-refund-open-zh", true);
});

test("F4 while an extra payment goes back says that this comes first, and takes no other", async () => {
  till.box.say({ operator: views.owner });
  till.box.put(paidTwice("going_back"));
  await till.says("另外多到账一笔");
  await till.page.keyboard.press("F4");
  await titleIs("退款");
  await till.says(REFUSALS.extra_payment_first.text.zh);
  assert.equal(await till.page.locator("dialog[open] form").count(), 0);
});

test("an e-receipt that stands open is taken away while Alipay contradicts the payment", async () => {
  till.box.put(views.paid());
  await till.screenIs("paid");
  await till.page.keyboard.press("F7");
  await titleIs("电子小票");
  const qr = till.page.locator("dialog[open] .e-receipt");
  await qr.waitFor();
  till.box.put({ ...views.paid(), outcome: "unknown", contradicted: true });
  await qr.waitFor({ state: "detached" });
  await till.says(REFUSALS.payment_contradicted.text.zh);
});

test("a row says that nothing was charged only where no money came", async () => {
  for (const [never_charged, said] of [
    [true, "没有扣款"],
    [false, "已撤销"],
  ] as const) {
    till.box.put({ ...views.reversed(false), never_charged });
    await till.screenIs("reversed");
    await till.page.keyboard.press("F3");
    await rows().first().getByText(said, { exact: true }).waitFor();
    await till.page.keyboard.press("Escape");
    await till.page.locator("dialog[open]").waitFor({ state: "detached" });
  }
});

async function until(holds: () => boolean): Promise<void> {
  for (let looked = 0; looked < 200 && !holds(); looked += 1)
    await till.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  assert.ok(holds());
}

test("on a phone no sentence and no button of a window names a key", async () => {
  await till.page.setViewportSize(phone);
  till.box.say({ operator: views.owner });
  for (const [language, name] of [
    ["zh", "查单"],
    ["en", "Find"],
  ] as const) {
    await till.page.getByRole("button", { name, exact: true }).click();
    await rows().first().waitFor();
    assert.equal(await till.page.locator("dialog[open] kbd:visible, .key-hint").count(), 0);
    await lookAt(till.page, `sheet-find-${language}-phone`, false);
    await till.page.locator("dialog[open] .sheet-head button").last().click();
    await till.page.locator("dialog[open]").waitFor({ state: "detached" });
    const help = language === "zh" ? "帮助" : "Help";
    await till.page.getByRole("button", { name: help, exact: true }).click();
    await titleIs(help);
    assert.doesNotMatch(await till.page.locator("dialog[open]").innerText(), /\bF\d|Enter|\bEsc\b/);
    await lookAt(till.page, `sheet-help-${language}-phone`, false);
    await till.page.locator("dialog[open] .sheet-head button").last().click();
    await till.page.locator("dialog[open]").waitFor({ state: "detached" });
    if (language === "zh") await till.page.getByRole("button", { name: "English" }).click();
  }
});
