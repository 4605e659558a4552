/** The cashier's hands on the till: one press at a time, and nothing lost or charged twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as extras from "../web-support/extra-views.ts";
import * as views from "../web-support/views.ts";
import { answerQuestion, pressUntilGone, pressUntilThere } from "./support/browser.ts";
import { lookAt } from "./support/look.ts";
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
  await answerQuestion(till.page, "n");
  await till.says("正在打印");
  assert.deepEqual(
    till.box.posts.map(({ path, body }) => [path, body]),
    [["/api/jobs/job-481/answer", { printed: false }]],
  );
});

test("a paper in doubt waits while an amount is typed; its window takes Y and N", async () => {
  await till.type("3");
  await till.amountIs("3.00");
  till.box.put({ ...views.doubtful(), sale_id: "S-000481" });
  await till.says("1 笔待办");
  await till.screenIs("amount");
  await till.page.keyboard.press("F3");
  await till.page.locator(".row").first().click();
  await till.says("小票打出来了吗？");
  const answered = till.page.getByText("收银员看到纸").first();
  for (let tried = 0; tried < 20 && (await answered.count()) === 0; tried += 1) {
    await till.page.keyboard.press("y");
    await answered.waitFor({ timeout: 300 }).catch(() => undefined);
  }
  assert.deepEqual(
    till.box.posts.map(({ path, body }) => [path, body]),
    [["/api/jobs/job-481/answer", { printed: true }]],
  );
});

test("the paper beside the sale is whole: its last line in sight, its trade number in one piece", async () => {
  await till.page.setViewportSize({ width: 1024, height: 640 });
  till.box.put({ ...views.paid(), sale_id: "S-000481" });
  await till.says("请妥善保管小票");
  const seen = await till.page.evaluate(() => {
    const place = document.querySelector(".paper")?.getBoundingClientRect();
    const box = (text: string) =>
      [...document.querySelectorAll(".paper span")]
        .find(({ textContent }) => textContent === text)
        ?.getBoundingClientRect();
    const last = box("请妥善保管小票");
    const number = box("2026112322001400000000031529");
    return {
      end: place?.bottom ?? 0,
      last: last?.bottom ?? 0,
      line: last?.height,
      number: number?.height,
    };
  });
  assert.ok(seen.last > 0 && seen.last < seen.end, JSON.stringify(seen));
  assert.equal(seen.number, seen.line);
});

test("after the sale was put aside its question comes to the front", async () => {
  till.box.put({ ...views.charging(), sale_id: "S-000481" });
  await till.screenIs("charging");
  till.box.put({ ...views.paid({ state: "sending", proof: null }), sale_id: "S-000481" });
  await till.screenIs("paid");
  await till.page.keyboard.press("Enter");
  await till.screenIs("amount");
  till.box.put({ ...views.doubtful(), sale_id: "S-000481" });
  await till.screenIs("doubtful");
});

test("改收现金 by keyboard: the menu is whole and covers nothing, Enter confirms", async () => {
  till.box.put({ ...views.confirming(), sale_id: "S-000481" });
  await till.screenIs("confirming");
  await till.page.keyboard.press("m");
  await till.page.getByRole("button", { name: "改收现金 C" }).waitFor();
  const menu = await till.page.locator(".menu").boundingBox();
  const row = await till.page.locator(".acts").boundingBox();
  assert.ok(menu !== null && row !== null);
  assert.ok(menu.x >= row.x && menu.x + menu.width <= row.x + row.width + 1);
  assert.ok(menu.y >= 0 && menu.y + menu.height <= row.y);
  await till.page.keyboard.press("c");
  const sheet = till.page.locator("dialog[open]");
  await sheet.waitFor();
  for (let tried = 0; tried < 20 && (await sheet.count()) > 0; tried += 1) {
    await till.page.keyboard.press("Enter");
    await sheet.waitFor({ state: "detached", timeout: 300 }).catch(() => undefined);
  }
  await till.screenIs("paid_otherwise");
  assert.deepEqual(till.sent(), ["/api/sales/S-000481/pay-otherwise"]);
});

test("Esc closes the menu first, and the menu covers no notice", async () => {
  till.box.put({ ...views.declined(), sale_id: "S-000481" });
  await till.screenIs("declined");
  await till.page.keyboard.press("5");
  await till.page.locator(".notice").waitFor();
  await till.page.keyboard.press("m");
  await till.page.locator("details.more[open] .menu").waitFor();
  const menu = await till.page.locator(".menu").boundingBox();
  const notice = await till.page.locator(".notice").boundingBox();
  assert.ok(menu !== null && notice !== null);
  assert.ok(menu.y >= 0 && menu.y + menu.height <= notice.y);
  await till.page.keyboard.press("Escape");
  await till.page.locator("details.more[open]").waitFor({ state: "detached" });
  assert.deepEqual(till.sent(), []);
  await till.page.keyboard.press("Escape");
  await till.screenIs("amount");
  assert.deepEqual(till.sent(), ["/api/sales/S-000481/abandon"]);
});

test("reverse and serve the next one by their letters, with the menu closed", async () => {
  till.box.put({ ...views.awaitingBuyer(), sale_id: "S-000481" });
  await till.screenIs("awaiting_buyer");
  await till.type("7");
  await till.says("先按 S");
  await till.page.keyboard.press("r");
  await till.page.locator("dialog[open]").waitFor();
  await till.page.keyboard.press("Escape");
  await till.page.locator("dialog[open]").waitFor({ state: "detached" });
  await till.page.keyboard.press("s");
  await till.screenIs("amount");
  assert.deepEqual(till.sent(), []);
});

test("F9 and F4 by keyboard: Enter opens the first row, digits replace the whole amount", async () => {
  till.box.say({ operator: views.owner });
  till.box.put({ ...views.held(), sale_id: "S-000481" });
  await till.screenIs("held");
  await till.page.keyboard.press("Enter");
  await till.screenIs("amount");
  await till.page.keyboard.press("F9");
  await till.page.locator(".row").first().waitFor();
  await till.page.keyboard.press("Enter");
  await till.screenIs("held");
  till.box.put({ ...views.paid(), sale_id: "S-000481" });
  await till.screenIs("paid");
  await till.page.keyboard.press("F4");
  await till.page.getByLabel("退款金额（元）").waitFor();
  await till.page.keyboard.press("Control+a");
  await till.type("28.5");
  await till.says("退 ￥28.50");
  await pressUntilThere(till.page, "Enter", "text=确定退 ￥28.50 吗？");
  for (let pressed = 0; pressed < 5; pressed += 1) await till.page.keyboard.press("Enter");
  await till.page.keyboard.press("n");
  await till.page.getByLabel("退款金额（元）").waitFor();
  await till.page.getByLabel("退款金额（元）").focus();
  await pressUntilThere(till.page, "Enter", "text=确定退 ￥28.50 吗？");
  assert.deepEqual(till.sent(), []);
  await pressUntilGone(till.page, "y", "dialog[open]");
  await till.screenIs("refund");
  assert.deepEqual(till.box.posts.at(-1)?.body, {
    of: "sale",
    reason: "顾客退货",
    amount: "28.50",
  });
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

test("after 改金额 the first digit replaces the old amount, and only the new one is charged", async () => {
  await till.type("12.30");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  await till.type("9");
  await till.says("数字没有用上，金额没变");
  await till.page.keyboard.press("Escape");
  await till.type("1.01");
  await till.amountIs("1.01");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  assert.deepEqual(
    till.box.posts.filter(({ path }) => path === "/api/sales").map(({ body }) => body),
    [{ amount: "12.30" }, { amount: "1.01" }],
  );
});

test("after 重新收款 and 取消本单 too: no digit of the old amount is left", async () => {
  till.box.put({ ...views.declined(), sale_id: "S-000481", amount_fen: 1230 });
  await till.screenIs("declined");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  await till.page.keyboard.press("Escape");
  await till.amountIs("12.30");
  await till.type("5");
  await till.amountIs("5.00");
  await till.page.keyboard.press("Escape");
  await till.amountIs("0.00");
  till.box.put({ ...views.declined(), sale_id: "S-000482", amount_fen: 700 });
  await till.screenIs("declined");
  await till.page.keyboard.press("Escape");
  await till.type("8");
  await till.amountIs("8.00");
});

test("what is no amount stays in sight, says why, and Enter charges nothing", async () => {
  await till.type("1.005");
  await till.says("金额最多两位小数");
  await till.amountIs("1.005");
  await till.page.keyboard.press("Enter");
  await till.page.keyboard.press("Escape");
  await till.type("-1");
  await till.says("金额要大于 0");
  await till.page.keyboard.press("Enter");
  assert.deepEqual(till.sent(), []);
});

test("with nothing on the screen F6 and F7 say what the sale is looked for", async () => {
  for (const [key, title] of [
    ["F6", "补打：先选一笔交易"],
    ["F7", "电子小票：先选一笔交易"],
  ] as const) {
    await till.page.keyboard.press(key);
    await till.page.getByRole("heading", { name: title }).waitFor();
    await till.page.keyboard.press("Escape");
    await till.page.locator("dialog[open]").waitFor({ state: "detached" });
  }
});

test("a cashier is told that the owner refunds before choosing or typing anything", async () => {
  await till.page.keyboard.press("F4");
  await till.says("退款要店主来做");
  await till.page.keyboard.press("Escape");
  till.box.put({ ...views.paid(), sale_id: "S-000481" });
  await till.screenIs("paid");
  await till.page.keyboard.press("F4");
  await till.says("退款要店主来做");
  assert.equal(await till.page.locator("dialog[open] form").count(), 0);
});

test("find by order number with a scan, refund a part with a reason", async () => {
  till.box.say({ operator: views.owner });
  till.box.sales.set("S-000481", views.paid());
  await till.page.keyboard.press("F3");
  await till.page.waitForSelector(".row");
  await till.scan("T01-261123-000481");
  await till.page.waitForFunction(() => document.querySelectorAll(".row").length === 1);
  await till.page.locator(".row").click();
  await till.page.waitForSelector(".history li");
  await till.page.getByRole("button", { name: "退款 F4", exact: true }).click();
  await till.page.getByText("退一部分").click();
  const field = till.page.getByLabel("退款金额（元）");
  await field.focus();
  await till.type("200");
  await till.says("最多还可退 ￥128.50");
  await field.fill("28.50");
  await till.page.getByText("商品有问题").click();
  await till.page.getByRole("button", { name: "退 ￥28.50" }).click();
  await till.says("确定退 ￥28.50 吗？");
  await pressUntilGone(till.page, "y", "dialog[open]");
  await till.screenIs("refund");
  assert.deepEqual(till.box.posts.at(-1)?.body, {
    of: "sale",
    reason: "商品有问题",
    amount: "28.50",
  });
});

test("an extra payment that couldn't go back is returned whole, by its name, on a second question", async () => {
  till.box.say({ operator: views.owner });
  till.box.put({ ...extras.paidTwice("kept"), sale_id: "S-000481" });
  await till.screenIs("paid");
  await pressUntilThere(till.page, "F4", "dialog[open]");
  await till.page.getByRole("heading", { level: 1, name: "退回多到账的一笔" }).waitFor();
  await till.says("它不是本单的钱，要整笔退回");
  assert.equal(await till.page.locator("dialog[open] input").count(), 0);
  await lookAt(till.page, "extra-sheet-zh", true);
  await pressUntilThere(till.page, "Enter", "dialog[open] [data-key=Y]");
  await till.says("确定退回多到账的 ￥128.50 吗？");
  await lookAt(till.page, "extra-sure-zh", true);
  await pressUntilGone(till.page, "y", "dialog[open]");
  assert.deepEqual(till.box.posts.at(-1)?.body, {
    of: "extra",
    reason: "多到账的一笔，退回顾客",
    amount: "128.50",
  });
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

test("the list calls the receipt of a payment that was taken back void, not printed", async () => {
  till.box.put({ ...views.rolledBack(), sale_id: "S-000481" });
  await till.screenIs("rolled_back");
  await till.page.keyboard.press("F3");
  const row = till.page.locator("dialog .row").first();
  await row.waitFor();
  assert.match(await row.locator(".tags").innerText(), /已作废/);
  assert.doesNotMatch(await row.locator(".tags").innerText(), /已出票/);
});

test("the day names what Alipay took back apart from the shop's refunds", async () => {
  await till.page.keyboard.press("F10");
  await till.page.waitForSelector(".sums");
  const sums = await till.page.locator(".sums > div").allInnerTexts();
  const [refunded, taken] = ["退款", "渠道撤回"].map((name) =>
    sums.find((one) => one.startsWith(name)),
  );
  assert.match(refunded ?? "", /￥57\.00\s*2 笔/);
  assert.match(taken ?? "", /￥800\.14\s*1 笔/);
  await till.says("营业日 2026-11-23");
  await till.says("11-23 07:58 开始");
});

test("the day doesn't close over an open sale unless it is carried over by name", async () => {
  await till.page.keyboard.press("F10");
  await till.page.getByLabel("实点现金（元）").fill("300");
  await till.page.getByRole("button", { name: "结束今天" }).click();
  await till.says("还有 1 笔没有办完，先办完");
  await till.page.getByText("逐笔记名").click();
  await till.page.getByRole("button", { name: "结束今天" }).click();
  await till.says("已日结，第 12 号");
  const body = { counted_cash: "300.00", carry_over: true, refuse_empty: true };
  assert.deepEqual(till.box.posts.at(-1)?.body, body);
});

test("an earlier close is looked at and its slip printed again, by keys alone", async () => {
  await till.page.keyboard.press("F10");
  await till.page.waitForSelector(".close-row");
  await till.page.keyboard.press("ArrowDown");
  await till.page.keyboard.press("ArrowDown");
  await till.page.keyboard.press("Enter");
  await till.says("日结第 10 号");
  await till.says("已日结，第 10 号");
  await till.says("营业日 2026-11-23");
  await till.says("营业起止 11-23 07:58 至 11-23 22:01");
  await till.says("并入以前没有日结的");
  await till.page.keyboard.press("p");
  await till.says("印有“补打 第 1 次”");
  assert.equal(till.box.posts.at(-1)?.path, "/api/days/10/print");
  await till.page.keyboard.press("Escape");
  await till.page.waitForSelector(".close-row");
});

test("a browser that asks for English opens the till in English; a choice made there stays", async () => {
  const visitor = await till.page.context().browser()?.newContext({ locale: "en-US" });
  assert.ok(visitor !== undefined);
  const page = await visitor.newPage();
  await page.goto(till.box.url);
  await page
    .getByText("Open in another tab")
    .or(page.getByText("Enter the amount"))
    .first()
    .waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.getByRole("button", { name: "中文" }).click();
  await page.reload();
  await page.getByText("输入金额", { exact: true }).waitFor();
  await visitor.close();
});

test("the language is switched and kept", async () => {
  await till.page.getByRole("button", { name: "English" }).click();
  await till.page.getByText("Enter the amount", { exact: true }).waitFor();
  assert.equal(await till.page.evaluate(() => localStorage.getItem("chupiao.language")), "en");
  assert.equal(await till.page.evaluate(() => document.documentElement.lang), "en");
});
