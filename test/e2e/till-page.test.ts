/** The cashier's hands on the till: one press at a time, and nothing lost or charged twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as views from "../web-support/views.ts";
import { tillTests } from "./support/till-tests.ts";

const code = "281234567890123456";
const till = tillTests();

test("type an amount, Enter, scan: one sale, one attempt, and paid is shown", async () => {
  await till.type("128.5");
  await till.amountIs("128.50");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  await till.scan(code);
  await till.screenIs("charging");
  assert.deepEqual(
    till.box.posts.map(({ path, body }) => [path, body]),
    [
      ["/api/sales", { amount: "128.50" }],
      ["/api/sales/S-000481/attempts", { code }],
    ],
  );
  till.box.put({ ...views.paid(), sale_id: "S-000481" });
  await till.screenIs("paid");
  const focused = await till.page.evaluate(() => document.activeElement?.textContent);
  assert.equal(focused, "收款成功");
  await till.page.keyboard.press("Enter");
  await till.screenIs("amount");
});

test("the same amount as a sale without result: asked first whether it is the same customer", async () => {
  till.box.say({
    open_sales: [
      {
        sale_id: "S-000470",
        amount_fen: 3300,
        created_at: views.at("17:20:10"),
        advice: { zh: "结果确认中", en: "Being checked" },
      },
    ],
  });
  till.box.sales.set("S-000470", { ...views.confirming(), sale_id: "S-000470", amount_fen: 3300 });
  await till.says("1 笔待办");
  await till.type("33");
  await till.page.keyboard.press("Enter");
  await till.screenIs("same_amount");
  assert.deepEqual(till.sent(), []);
  await till.page.keyboard.press("Enter");
  await till.screenIs("confirming");
  await till.amountIs("33.00");
});

test("did it come out? Y and N answer, and only they do", async () => {
  till.box.put({ ...views.doubtful(), sale_id: "S-000481" });
  await till.screenIs("doubtful");
  await till.page.keyboard.press("Enter");
  await till.page.keyboard.press("n");
  await till.says("正在打印");
  assert.deepEqual(
    till.box.posts.map(({ path, body }) => [path, body]),
    [["/api/jobs/job-481/answer", { printed: false }]],
  );
});

test("a press is retried with the same key, and pressed twice is sent once", async () => {
  till.box.refusals = 2;
  await till.type("6");
  await till.amountIs("6.00");
  await till.page.keyboard.press("Enter");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  assert.equal(till.box.posts.length, 3);
  assert.equal(new Set(till.box.posts.map(({ key }) => key)).size, 1);
  assert.match(till.box.posts[0]?.key ?? "", /^[0-9a-f-]{32,36}$/);
});

test("a refresh loses neither the amount nor the sale", async () => {
  await till.type("45.6");
  await till.amountIs("45.60");
  await till.page.reload();
  await till.amountIs("45.60");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  await till.scan(code);
  await till.screenIs("charging");
  till.box.put({ ...views.confirming(), sale_id: "S-000481" });
  await till.screenIs("confirming");
  await till.page.reload();
  await till.screenIs("confirming");
});

test("a second tab waits, takes over, and the first one goes quiet", async () => {
  const second = await till.context.newPage();
  await second.goto(till.box.url);
  await second.getByText("已在另一个标签页打开").waitFor();
  await second.getByRole("button", { name: "改用这个标签页" }).click();
  await second.waitForSelector("[data-screen=amount]");
  await till.says("另一个标签页接管了收银");
  await till.type("5");
  await second.close();
  await till.screenIs("amount");
});

test("the box goes away and comes back: a calm banner, no charge meanwhile", async () => {
  await till.type("5");
  till.box.away();
  await till.says("收银程序没有回应");
  await till.page.keyboard.press("Enter");
  await till.says("等连上收银程序再试");
  till.box.back();
  await till.page.getByText("收银程序没有回应").waitFor({ state: "detached" });
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  assert.deepEqual(till.sent(), ["/api/sales"]);
});

test("held paper: the next customer is served, and the sale stays in sight", async () => {
  till.box.put({ ...views.held(), sale_id: "S-000481" });
  await till.screenIs("held");
  await till.page.keyboard.press("Enter");
  await till.screenIs("amount");
  await till.says("1 笔待办");
  await till.page.keyboard.press("F9");
  await till.page.getByRole("button", { name: "￥128.50" }).click();
  await till.screenIs("held");
});

test("change the amount before anything was sent: the old sale is given up, its amount is there to edit", async () => {
  await till.type("12");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  await till.page.keyboard.press("Escape");
  await till.screenIs("amount");
  await till.amountIs("12.00");
  assert.deepEqual(till.sent(), ["/api/sales", "/api/sales/S-000481/abandon"]);
});

test("find by order number with a scan, refund a part with a reason", async () => {
  till.box.sales.set("S-000481", views.paid());
  await till.page.keyboard.press("F3");
  await till.page.waitForSelector(".row");
  await till.scan("T01-261123-000481");
  await till.page.waitForFunction(() => document.querySelectorAll(".row").length === 1);
  await till.page.locator(".row").click();
  await till.page.waitForSelector(".history li");
  await till.page.getByRole("button", { name: "退款", exact: true }).click();
  await till.page.getByText("退一部分").click();
  const field = till.page.getByLabel("退款金额（元）");
  await field.focus();
  await till.type("200");
  await till.says("最多还可退 ￥128.50");
  await field.fill("28.50");
  await till.page.getByText("商品有问题").click();
  await till.page.getByRole("button", { name: "退 ￥28.50" }).click();
  await till.screenIs("refund");
  assert.deepEqual(till.box.posts.at(-1)?.body, { reason: "商品有问题", amount: "28.50" });
});

test("sign on with a PIN by keyboard; a wrong one says so; sign off", async () => {
  await till.page.getByRole("button", { name: "签退" }).click();
  await till.screenIs("sign_on");
  await till.page.waitForSelector("input[type=password]");
  await till.type("1111");
  await till.page.keyboard.press("Enter");
  await till.says("PIN 不对");
  await till.type("2468");
  await till.page.keyboard.press("Enter");
  await till.screenIs("amount");
  assert.deepEqual(till.box.posts.at(-1)?.body, { operator_no: "07", pin: "2468" });
});

test("the day doesn't close over an open sale unless it is carried over by name", async () => {
  await till.page.keyboard.press("F10");
  await till.page.getByLabel("实点现金（元）").fill("300");
  await till.page.getByRole("button", { name: "结束今天" }).click();
  await till.says("还有 1 笔没有办完，先办完");
  await till.page.getByText("逐笔记名").click();
  await till.page.getByRole("button", { name: "结束今天" }).click();
  await till.says("已日结，第 12 号");
  assert.deepEqual(till.box.posts.at(-1)?.body, { counted_cash: "300.00", carry_over: true });
});

test("the language is switched and kept", async () => {
  await till.page.getByRole("button", { name: "English" }).click();
  await till.page.getByText("Enter the amount", { exact: true }).waitFor();
  assert.equal(await till.page.evaluate(() => localStorage.getItem("chupiao.language")), "en");
  assert.equal(await till.page.evaluate(() => document.documentElement.lang), "en");
});
