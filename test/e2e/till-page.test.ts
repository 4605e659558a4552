/** The cashier's hands on the till: typing, scanning, one press at a time, and nothing lost or charged twice. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import * as views from "../web-support/views.ts";
import { desktop, launchBrowser, visitor } from "./support/browser.ts";
import { openTill } from "./support/look.ts";
import { ScriptedBox } from "./support/scripted-box.ts";
import type { WebFile } from "./support/web-files.ts";
import { buildWebFiles } from "./support/web-files.ts";

const code = "281234567890123456";
const scanMs = 8;
const handMs = 120;

let browser: Browser;
let files: ReadonlyMap<string, WebFile>;
let box: ScriptedBox;
let context: BrowserContext;
let page: Page;

before(async () => {
  files = await buildWebFiles();
  browser = await launchBrowser();
});
after(async () => browser.close());
beforeEach(async () => {
  box = new ScriptedBox(files);
  await box.start();
  context = await visitor(browser, "zh", desktop);
  page = await openTill(context, box);
});
afterEach(async () => {
  await context.close();
  await box.stop();
});

const scan = async (text: string): Promise<void> => {
  await page.keyboard.type(text, { delay: scanMs });
  await page.keyboard.press("Enter");
};
const screenIs = (kind: string) => page.waitForSelector(`[data-screen=${kind}]`);
const amountIs = (text: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector(".due .amount")?.textContent === wanted,
    `￥${text}`,
  );
const pathsSent = (): readonly string[] => box.posts.map(({ path }) => path);

test("type an amount, Enter, scan: one sale, one attempt, and paid is shown", async () => {
  await page.keyboard.type("128.5", { delay: handMs });
  await amountIs("128.50");
  await page.keyboard.press("Enter");
  await screenIs("show_code");
  await scan(code);
  await screenIs("charging");
  assert.deepEqual(
    box.posts.map(({ path, body }) => [path, body]),
    [
      ["/api/sales", { amount: "128.50" }],
      ["/api/sales/S-000481/attempts", { code }],
    ],
  );
  box.put({ ...views.paid(), sale_id: "S-000481" });
  await screenIs("paid");
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  assert.equal(focused, "收款成功");
  await page.keyboard.press("Enter");
  await screenIs("amount");
});

test("scan right after the amount: sale and attempt in one go", async () => {
  await page.keyboard.type("9.9", { delay: handMs });
  await amountIs("9.90");
  await scan(code);
  await screenIs("charging");
  assert.deepEqual(pathsSent(), ["/api/sales", "/api/sales/S-000481/attempts"]);
});

test("a scan at 8 ms a key never reaches the amount; the same digits at 120 ms do", async () => {
  await scan(code);
  await page.getByText("先输入金额。").first().waitFor();
  await amountIs("0.00");
  await page.keyboard.type("123", { delay: handMs });
  await amountIs("123.00");
  assert.deepEqual(pathsSent(), []);
});

test("no digit of a scan is ever seen in the amount, not even for a moment", async () => {
  await page.keyboard.type("7", { delay: handMs });
  await amountIs("7.00");
  await page.evaluate(() => {
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
  await scan("6901234567892");
  await page.getByText("这是商品条码，不是付款码").waitFor();
  await scan("134567890123456789");
  await page.getByText("这是微信支付的付款码").waitFor();
  const seen = await page.evaluate(() => [...(Reflect.get(window, "seenAmounts") as Set<string>)]);
  assert.ok(
    seen.every((text) => text === "￥7.00"),
    seen.join(" "),
  );
  assert.deepEqual(pathsSent(), []);
});

test("a scan works wherever the focus is, and presses no button", async () => {
  await page.keyboard.type("5", { delay: handMs });
  await page.getByRole("button", { name: "日结" }).focus();
  await scan(code);
  await screenIs("charging");
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

test("a scan that lost its Enter is not used, and its tail is swallowed", async () => {
  await page.keyboard.type("5", { delay: handMs });
  await amountIs("5.00");
  await page.keyboard.type(code, { delay: scanMs });
  await page.getByText("条码没有扫全").waitFor();
  await amountIs("5.00");
  assert.deepEqual(pathsSent(), []);
});

test("a payment code on the clipboard is charged, an amount is typed", async () => {
  const paste = (text: string): Promise<void> =>
    page.evaluate((value) => {
      const data = new DataTransfer();
      data.setData("text/plain", value);
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
  await paste("￥1,234.50");
  await amountIs("1234.50");
  await paste(` ${code}\n`);
  await screenIs("charging");
});

test("while the result is unknown a second code is refused and Esc does nothing", async () => {
  const sale = { ...views.confirming(), sale_id: "S-000481" };
  box.put(sale);
  await screenIs("confirming");
  await scan("281111111111111111");
  await page.getByText("这个付款码没有使用").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("不能取消").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("有结论前不可用").first().waitFor();
  await page.keyboard.press("F3");
  await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
  assert.deepEqual(pathsSent(), ["/api/sales/S-000481/query"]);
});

test("the same amount as a sale without result: asked first whether it is the same customer", async () => {
  box.say({
    open_sales: [
      { sale_id: "S-000470", amount_fen: 3300, advice: { zh: "结果确认中", en: "Being checked" } },
    ],
  });
  box.sales.set("S-000470", { ...views.confirming(), sale_id: "S-000470", amount_fen: 3300 });
  await page.getByText("1 笔待办").waitFor();
  await page.keyboard.type("33", { delay: handMs });
  await page.keyboard.press("Enter");
  await screenIs("same_amount");
  assert.deepEqual(pathsSent(), []);
  await page.keyboard.press("Enter");
  await screenIs("confirming");
  await amountIs("33.00");
});

test("did it come out? Y and N answer, and only they do", async () => {
  box.put({ ...views.doubtful(), sale_id: "S-000481" });
  await screenIs("doubtful");
  await page.keyboard.press("Enter");
  await page.keyboard.press("n");
  await page.getByText("正在打印").waitFor();
  assert.deepEqual(
    box.posts.map(({ path, body }) => [path, body]),
    [["/api/jobs/job-481/answer", { printed: false }]],
  );
});

test("a press is retried with the same key, and pressed twice is sent once", async () => {
  box.refusals = 2;
  await page.keyboard.type("6", { delay: handMs });
  await amountIs("6.00");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await screenIs("show_code");
  assert.equal(box.posts.length, 3);
  assert.equal(new Set(box.posts.map(({ key }) => key)).size, 1);
  assert.match(box.posts[0]?.key ?? "", /^[0-9a-f-]{32,36}$/);
});

test("a refresh loses neither the amount nor the sale", async () => {
  await page.keyboard.type("45.6", { delay: handMs });
  await amountIs("45.60");
  await page.reload();
  await amountIs("45.60");
  await page.keyboard.press("Enter");
  await screenIs("show_code");
  await scan(code);
  await screenIs("charging");
  box.put({ ...views.confirming(), sale_id: "S-000481" });
  await screenIs("confirming");
  await page.reload();
  await screenIs("confirming");
});

test("a second tab waits, takes over, and the first one goes quiet", async () => {
  const second = await context.newPage();
  await second.goto(box.url);
  await second.getByText("已在另一个标签页打开").waitFor();
  await second.getByRole("button", { name: "改用这个标签页" }).click();
  await second.waitForSelector("[data-screen=amount]");
  await page.getByText("另一个标签页接管了收银").waitFor();
  await page.keyboard.type("5", { delay: handMs });
  await second.close();
  await screenIs("amount");
});

test("the box goes away and comes back: a calm banner, no charge meanwhile", async () => {
  await page.keyboard.type("5", { delay: handMs });
  box.away();
  await page.getByText("收银程序没有回应").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("等连上收银程序再收").first().waitFor();
  box.back();
  await page.getByText("收银程序没有回应").waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await screenIs("show_code");
  assert.deepEqual(pathsSent(), ["/api/sales"]);
});

test("held paper: the next customer is served, and the sale stays in sight", async () => {
  box.put({ ...views.held(), sale_id: "S-000481" });
  await screenIs("held");
  await page.keyboard.press("Enter");
  await screenIs("amount");
  await page.getByText("1 笔待办").waitFor();
  await page.keyboard.press("F9");
  await page.getByRole("button", { name: "S-000481" }).click();
  await screenIs("held");
});

test("change the amount before anything was sent: the old sale is given up, its amount is there to edit", async () => {
  await page.keyboard.type("12", { delay: handMs });
  await page.keyboard.press("Enter");
  await screenIs("show_code");
  await page.keyboard.press("Escape");
  await screenIs("amount");
  await amountIs("12.00");
  assert.deepEqual(pathsSent(), ["/api/sales", "/api/sales/S-000481/abandon"]);
});

test("find by order number with a scan, refund a part with a reason", async () => {
  box.sales.set("S-000481", views.paid());
  await page.keyboard.press("F3");
  await page.waitForSelector(".row");
  await scan("T01-261123-000481");
  await page.waitForFunction(() => document.querySelectorAll(".row").length === 1);
  await page.locator(".row").click();
  await page.waitForSelector(".history li");
  await page.getByRole("button", { name: "退款", exact: true }).click();
  await page.getByText("退一部分").click();
  const field = page.getByLabel("退款金额（元）");
  await field.focus();
  await page.keyboard.type("200", { delay: handMs });
  await page.getByText("最多还可退 ￥128.50").waitFor();
  await field.fill("28.50");
  await page.getByText("商品有问题").click();
  await page.getByRole("button", { name: "退 ￥28.50" }).click();
  await screenIs("refund");
  assert.deepEqual(box.posts.at(-1)?.body, { reason: "商品有问题", amount: "28.50" });
});

test("sign on with a PIN by keyboard; a wrong one says so; sign off", async () => {
  await page.getByRole("button", { name: "签退" }).click();
  await screenIs("sign_on");
  await page.waitForSelector("input[type=password]");
  await page.keyboard.type("1111", { delay: handMs });
  await page.keyboard.press("Enter");
  await page.getByText("PIN 不对").waitFor();
  await page.keyboard.type("2468", { delay: handMs });
  await page.keyboard.press("Enter");
  await screenIs("amount");
  assert.deepEqual(box.posts.at(-1)?.body, { operator_no: "07", pin: "2468" });
});

test("the day doesn't close over an open sale unless it is carried over by name", async () => {
  await page.keyboard.press("F10");
  await page.getByLabel("实点现金（元）").fill("300");
  await page.getByRole("button", { name: "结束今天" }).click();
  await page.getByText("还有 1 笔没有办完，先办完").waitFor();
  await page.getByText("逐笔记名").click();
  await page.getByRole("button", { name: "结束今天" }).click();
  await page.getByText("已日结，第 12 号").waitFor();
  assert.deepEqual(box.posts.at(-1)?.body, { counted_cash: "300.00", carry_over: true });
});

test("the language is switched and kept", async () => {
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("Enter the amount", { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("chupiao.language")), "en");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
});
