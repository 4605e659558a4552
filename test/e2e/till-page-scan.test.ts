/** Scanner, keyboard and clipboard at the till: told apart by timing, and no digit of a code reaches the amount. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tailMs } from "../../src/core/till/tail.ts";
import * as views from "../web-support/views.ts";
import { scanKeys } from "./support/browser.ts";
import { tillTests } from "./support/till-tests.ts";

const code = "281234567890123456";
const till = tillTests();

test("scan right after the amount: sale and attempt in one go", async () => {
  await till.type("9.9");
  await till.amountIs("9.90");
  await till.scan(code);
  await till.screenIs("charging");
  assert.deepEqual(till.sent(), ["/api/sales", "/api/sales/S-000481/attempts"]);
});

test("a scan at 8 ms a key never reaches the amount; the same digits at 120 ms do", async () => {
  await till.scan(code);
  await till.says("先输入金额。");
  await till.amountIs("0.00");
  await till.type("123");
  await till.amountIs("123.00");
  assert.deepEqual(till.sent(), []);
});

test("no digit of a scan is ever seen in the amount, not even for a moment", async () => {
  await till.type("7");
  await till.amountIs("7.00");
  await till.page.evaluate(() => {
    const seen = new Set<string>();
    const place = document.querySelector(".due");
    const note = (): void =>
      void seen.add(document.querySelector(".due .amount")?.textContent ?? "");
    if (place !== null)
      new MutationObserver(note).observe(place, {
        subtree: true,
        characterData: true,
        childList: true,
      });
    Object.assign(window, { seenAmounts: seen });
  });
  await till.scan("6901234567892");
  await till.says("这是商品条码，不是付款码");
  // Sooner after a digit it might be the rest of a code whose first digit that was.
  await scanKeys(till.page, "134567890123456789", { laterMs: tailMs + 1_000 });
  await till.says("这是微信支付的付款码");
  const seen = await till.page.evaluate(() => [
    ...(Reflect.get(window, "seenAmounts") as Set<string>),
  ]);
  assert.ok(
    seen.every((text) => text === "￥7.00"),
    seen.join(" "),
  );
  assert.deepEqual(till.sent(), []);
});

test("a scan works wherever the focus is, and presses no button", async () => {
  await till.type("5");
  await till.page.getByRole("button", { name: "日结" }).focus();
  await till.scan(code);
  await till.screenIs("charging");
  assert.equal(await till.page.locator("dialog[open]").count(), 0);
});

test("a scan that lost its Enter is not used, and its tail is swallowed", async () => {
  await till.type("5");
  await till.amountIs("5.00");
  await scanKeys(till.page, code, { enter: false });
  await till.says("条码没有扫全");
  await till.amountIs("5.00");
  assert.deepEqual(till.sent(), []);
});

test("a code in two pieces leaves no digit in the amount and charges nothing", async () => {
  await till.type("5");
  await till.amountIs("5.00");
  await scanKeys(till.page, code, { cut: { after: 2, gapMs: 150 } });
  await till.says("没有使用");
  const amount = await till.page.locator(".due .amount").textContent();
  assert.ok(amount === "￥5.00" || amount === "￥0.00", amount ?? "");
  assert.deepEqual(till.sent(), []);
});

test("a lone digit before the rest of a code may be anybody's: the amount is cleared and says so", async () => {
  await till.type("5");
  await scanKeys(till.page, code, { cut: { after: 1, gapMs: 100 } });
  await till.says("已经清空");
  await till.amountIs("0.00");
  await till.scan(code);
  await till.says("先输入金额。");
  assert.deepEqual(till.sent(), []);
});

test("a code scanned once more while the first one is paid or under way: not taken, and why", async () => {
  till.box.put({ ...views.paid(), sale_id: "S-000481" });
  await till.screenIs("paid");
  for (const piece of [code, code.slice(3), code.slice(0, 6)]) {
    await till.scan(piece);
    await till.says("这一单现在不收付款码");
    assert.equal(await till.page.getByText("没有扫清").count(), 0);
  }
  assert.deepEqual(till.sent(), []);
});

test("a code that lost digits, or only a piece of one, asks for another scan", async () => {
  await till.type("5");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  await till.scan(code.slice(3));
  await till.says("没有扫清，没有使用");
  await till.scan("6901234567892");
  await till.says("这是商品条码");
  await till.scan(code.slice(0, 6));
  await till.says("没有扫清，没有使用");
  assert.deepEqual(till.sent(), ["/api/sales"]);
});

test("a payment code on the clipboard is charged, an amount is typed", async () => {
  const paste = (text: string): Promise<void> =>
    till.page.evaluate((value) => {
      const data = new DataTransfer();
      data.setData("text/plain", value);
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
  await paste("￥1,234.50");
  await till.amountIs("1234.50");
  await paste(` ${code}\n`);
  await till.screenIs("charging");
});

test("while the result is unknown a second code is refused and Esc does nothing", async () => {
  const sale = { ...views.confirming(), sale_id: "S-000481" };
  till.box.put(sale);
  await till.screenIs("confirming");
  await till.scan("281111111111111111");
  await till.says("这个付款码没有使用");
  await till.page.keyboard.press("Escape");
  await till.says("不能取消");
  await till.page.keyboard.press("Enter");
  await till.says("有结论前不可用");
  await till.page.keyboard.press("F3");
  await till.page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
  assert.deepEqual(till.sent(), ["/api/sales/S-000481/query"]);
  assert.equal(till.box.acts.at(-1), "charge_while_open");
  await till.page.keyboard.press("p");
  await till.says("凭条已送去打印");
});

test("what was said of an outcome that wasn't known ends with the outcome, however it ends", async () => {
  for (const ended of [views.paid(), views.reversed(false), views.doubtful()]) {
    till.box.put({ ...views.charging(), sale_id: "S-000481" });
    await till.screenIs("charging");
    await till.scan("281111111111111111");
    await till.says("这个付款码没有使用");
    till.box.put({ ...views.confirming(), sale_id: "S-000481" });
    await till.screenIs("confirming");
    await till.says("这个付款码没有使用");
    till.box.put({ ...ended, sale_id: "S-000481" });
    await till.page.locator(".notice").waitFor({ state: "detached" });
  }
});
