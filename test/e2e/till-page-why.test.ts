/** The cashier's hands when a receipt doesn't come, and at the gate before a sale: keys, scans, and what is sent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { stopsNext } from "../../src/core/text/gate.ts";
import * as incidents from "../web-support/incidents.ts";
import * as views from "../web-support/views.ts";
import { lookAt } from "./support/look.ts";
import { tillTests } from "./support/till-tests.ts";

const code = "281234567890123456";
const till = tillTests();

const ownerOnly = { zh: "请店主来输入 PIN。", en: "Ask the owner to type the PIN." };
const closed = views.gate({
  network: incidents.networkRed,
  stops: incidents.stopsForNetwork,
  next_sale: stopsNext.gate_network_down,
  offers: ["cash", "other_path", "wait"],
  override: ownerOnly,
});
const noPaper = views.gate({ printer: incidents.paperRed, needs_e_receipt: true });
const titleIs = (text: string) =>
  till.page.getByRole("heading", { level: 1, name: text, exact: true }).waitFor();
const noWindow = () => till.page.waitForSelector("dialog[open]", { state: "detached" });

test("L says what each light means and why; Esc goes back", async () => {
  till.box.say({ gate: views.gate({ network: incidents.unsteady, printer: incidents.paperRed }) });
  await till.page.keyboard.press("l");
  await titleIs("四个灯");
  const rows = await till.page.locator(".light-rows li").allInnerTexts();
  assert.deepEqual(
    rows.map((row) => row.split(/\s+/).slice(0, 2).join(" ")),
    ["网络 注意", "支付宝 正常", "打印机 故障", "本机 正常"],
  );
  await till.says("最近 1 分钟 20 次里有 4 次没有应答");
  till.box.say({ gate: views.gate({ overridden_until: views.at("17:40:00") }) });
  await till.says("17:40:00 前不拦收款");
  till.box.say({ gate: closed });
  await till.says(stopsNext.gate_network_down.zh);
  await till.page.keyboard.press("Escape");
  await noWindow();
});

test("amber: the warning stands beside the amount, and the code is charged", async () => {
  till.box.say({ gate: views.gate({ network: incidents.unsteady }) });
  await till.says("可能是：网络时断时续");
  await till.type("12");
  await till.scan(code);
  await till.screenIs("charging");
});

test("red: a scanned code is not used, and Enter leads to cash", async () => {
  till.box.say({ gate: closed });
  await till.screenIs("stopped");
  await till.type("12");
  await till.amountIs("12.00");
  await till.scan(code);
  await till.page.locator(".notice").getByText("店里的网络断了").waitFor();
  assert.deepEqual(till.sent(), []);
  await till.page.keyboard.press("Enter");
  await till.page.waitForSelector("[data-act=pay_otherwise]");
  await till.scan(code);
  await till.page.keyboard.press("Enter");
  await till.says("这一单记为现金。支付宝没有收过款。");
  const sheet = till.page.locator("dialog[open]");
  for (let tried = 0; tried < 20 && (await sheet.count()) > 0; tried += 1) {
    await till.page.keyboard.press("Enter");
    await sheet.waitFor({ state: "detached", timeout: 300 }).catch(() => undefined);
  }
  assert.deepEqual(till.sent(), ["/api/sales", "/api/sales/S-000481/pay-otherwise"]);
});

test("the owner's PIN lets the next sale through; a wrong one doesn't", async () => {
  till.box.say({ gate: closed });
  await till.screenIs("stopped");
  await till.page.keyboard.press("o");
  await till.says("请店主来输入 PIN。");
  await till.page.waitForSelector("input[type=password]:focus");
  await till.type("1111");
  await till.page.keyboard.press("Enter");
  await till.says("PIN 不对");
  await till.type("1357");
  await till.page.getByText("顾客愿意等结果").click();
  await till.page.getByRole("button", { name: "放行十分钟" }).click();
  await noWindow();
  await till.screenIs("amount");
  assert.deepEqual(till.box.posts.at(-1)?.body, {
    operator_no: "01",
    pin: "1357",
    why: "顾客愿意等结果",
  });
});

test("red printer: the code waits for the answer; Y makes a sale that takes the e-receipt", async () => {
  till.box.say({ gate: noPaper });
  await till.says("打印机：缺纸");
  await till.type("12");
  await till.screenIs("ask_e_receipt");
  await till.scan(code);
  await till.page.locator(".notice").getByText("付款码没有使用").waitFor();
  await till.page.keyboard.press("Enter");
  await till.page.locator(".notice").getByText("先问顾客要不要电子小票").waitFor();
  await till.page.keyboard.press("y");
  await till.screenIs("show_code");
  assert.deepEqual(
    till.box.posts.map(({ path, body }) => [path, body]),
    [["/api/sales", { amount: "12.00", accept_e_receipt: true }]],
  );
  await till.scan(code);
  await till.screenIs("charging");
});

test("red printer in the middle: Y makes the open sale anew, N shows how to fix the printer", async () => {
  await till.type("12");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  till.box.say({ gate: noPaper });
  await till.screenIs("ask_e_receipt");
  await till.page.keyboard.press("n");
  await titleIs("为何未出票");
  await till.page.keyboard.press("Escape");
  await till.page.keyboard.press("y");
  await till.screenIs("show_code");
  assert.deepEqual(till.sent(), ["/api/sales", "/api/sales/S-000481/abandon", "/api/sales"]);
  assert.deepEqual(till.box.posts.at(-1)?.body, { amount: "12.00", accept_e_receipt: true });
});

test("paper out: the stage says money, cause, proof and the step with its drawing; H calls for help", async () => {
  till.box.say({ incident: incidents.incident() });
  till.box.put({ ...views.held(), sale_id: "S-000481" });
  await till.says("小票没出来：打印机缺纸");
  await till.says("打印机 17:21:08：自己报告缺纸");
  assert.equal(await till.page.locator("[data-drawing=printer_load_paper]").count(), 1);
  assert.equal(
    await till.page.locator(".steps [aria-current=step]").innerText(),
    "装一卷 80 毫米热敏纸，热敏面朝上，合上盖子\n正在等打印机报告有纸",
  );
  await till.page.keyboard.press("h");
  await titleIs("求助");
  await till.says("95188");
  assert.deepEqual(till.sent(), ["/api/incidents/I-7/escalate"]);
  await till.page.keyboard.press("Escape");
  till.box.say({ incident: incidents.solvedIncident() });
  till.box.put({ ...views.paid(), sale_id: "S-000481" });
  await till.says("已了结：打印机缺纸");
});

test("while the outcome is open, help prints the slip with order and case number", async () => {
  till.box.say({ incident: incidents.outcomeIncident() });
  till.box.put({ ...views.confirming(), sale_id: "S-000481" });
  await till.says("小票没出来：店里的网络断了");
  await till.page.keyboard.press("h");
  await titleIs("求助");
  await till.page.getByRole("button", { name: "打待确认凭证" }).waitFor();
  await till.page.keyboard.press("p");
  await till.says("凭证已送去打印");
  assert.equal(till.sent().at(-1), "/api/sales/S-000481/pending-slip");
});

test("a help slip without a phone number isn't said to bear one", async () => {
  const [first, ...others] = incidents.escalation.call;
  assert.ok(first !== undefined);
  const json = { ...incidents.escalation, call: [{ ...first, phone: null }, ...others] };
  await till.page.route("**/escalate", (route) => route.fulfill({ json }));
  await till.page.route("**/api/incidents/*/slip", (route) => route.fulfill({ json: {} }));
  till.box.say({ incident: incidents.incident() });
  till.box.put({ ...views.held(), sale_id: "S-000481" });
  await till.says("小票没出来：打印机缺纸");
  await till.page.keyboard.press("h");
  await till.page.getByRole("button", { name: "打印求助凭条" }).waitFor();
  await till.page.keyboard.press("s");
  await till.says(`上面有事件编号。${first.who.zh}没有设置电话，请问店主。`);
});

test("help without an incident says that there is none, and sends nothing", async () => {
  await till.page.keyboard.press("h");
  await till.says("现在没有未出票事件");
  assert.deepEqual(till.sent(), []);
});

test("the report opens in a tab of its own, in the page's language", async () => {
  till.box.say({ incident: incidents.incident() });
  till.box.put({ ...views.held(), sale_id: "S-000481" });
  await till.says("小票没出来：打印机缺纸");
  await till.page.keyboard.press("h");
  await titleIs("求助");
  const opened = till.context.waitForEvent("page");
  await till.page.keyboard.press("e");
  const report = await opened;
  await report.getByText("九类原因").waitFor();
  assert.equal(await report.locator("script").count(), 0);
  await report.close();
});

test("F8: all nine families, the found one open, the others by keyboard", async () => {
  till.box.say({ incident: incidents.outcomeIncident() });
  till.box.put({ ...views.confirming(), sale_id: "S-000481" });
  await till.says("小票没出来：店里的网络断了");
  await till.page.keyboard.press("F8");
  await till.page.waitForSelector(".families");
  assert.equal(await till.page.locator(".families > li").count(), 9);
  const verdicts = await till.page.locator(".family-row .verdict").allInnerTexts();
  assert.equal(verdicts.filter((one) => one.includes("还不知道")).length, 3);
  assert.equal(await till.page.locator(".families details[open]").count(), 1);
  await till.page.keyboard.press("ArrowDown");
  await till.page.keyboard.press("ArrowDown");
  await till.page.keyboard.press("Enter");
  await till.page.locator(".families details[open] h4").getByText("为什么排除").waitFor();
});

test("F8 without an incident asks about the sale on the screen", async () => {
  const { lowBalance } = incidents;
  till.box.diagnosis = { families: incidents.families([lowBalance]), first: lowBalance };
  till.box.put({ ...views.declined(), sale_id: "S-000481" });
  await till.screenIs("declined");
  await till.page.keyboard.press("F8");
  await till.says("支付宝拒绝了这次付款，没有扣款。");
  await till.says("这个付款方式没付成，没有扣款。可以在支付宝里换一张卡，或换一种方式吗？");
});

test("F8 without a sale says nothing of the one before, and names what is open", async () => {
  till.box.say({
    sale: null,
    incident: incidents.solvedIncident(),
    open_sales: [
      {
        sale_id: "S-000470",
        amount_fen: 1_230,
        created_at: views.at("17:20:10"),
        advice: { zh: "已收款，请看小票出来没有", en: "Paid; look whether the receipt is out" },
      },
    ],
  });
  await till.type("8.8");
  await till.page.keyboard.press("F8");
  await till.says("没有发现故障，但有 1 笔还没有办完");
  await till.says("还没办完 ￥12.30");
  await till.says("请看小票出来没有");
  assert.equal(await till.page.getByText(incidents.solvedIncident().case_no).count(), 0);
  await till.page.keyboard.press("Escape");
});

test("the incident of a sale that the frame doesn't carry is found by its sale", async () => {
  till.box.sales.set("S-000470", { ...views.held(), sale_id: "S-000470" });
  till.box.incidents.set("S-000470", incidents.incident({ id: "I-9", sale_id: "S-000470" }));
  till.box.say({
    open_sales: [
      {
        sale_id: "S-000470",
        amount_fen: 12_850,
        created_at: views.at("17:20:10"),
        advice: { zh: "等纸", en: "waiting for paper" },
      },
    ],
  });
  await till.says("1 笔待办");
  await till.page.keyboard.press("F9");
  await till.page.locator(".row").first().waitFor();
  await till.page.keyboard.press("Enter");
  await till.says("小票没出来：打印机缺纸");
});

test("measurements as charts and as numbers, incidents as list and detail", async () => {
  till.box.say({});
  await till.page.keyboard.press("F8");
  await till.page.waitForSelector(".doors");
  await till.page.keyboard.press("e");
  await till.page.waitForSelector(".series");
  assert.equal(await till.page.locator(".series").count(), 6);
  await till.says("5 次没有应答");
  await till.page.locator(".series summary").first().click();
  await till.page.locator(".series table").first().getByText("没有应答").first().waitFor();
  await till.page.keyboard.press("Escape");
  await till.page.keyboard.press("i");
  await till.page.locator(".incident-row").first().waitFor();
  await till.says("顾客等了 1 分 31 秒");
  await till.page.locator(".incident-row").nth(1).click();
  await till.says("装了纸，自动接着打");
  await till.says("做过的步骤");
});

test("records: a cashier reads them, the owner adds and removes", async () => {
  const openRecords = async (): Promise<void> => {
    await till.page.keyboard.press("F8");
    await till.page.waitForSelector(".doors");
    await till.page.keyboard.press("r");
    await till.page.waitForSelector(".records");
  };
  await openRecords();
  await till.page.getByRole("button", { name: "添加: 公告" }).click({ force: true });
  await till.page.locator(".notice").getByText("只有店主能改").waitFor();
  await till.page.locator(".sheet-head button").last().click();
  await noWindow();
  till.box.say({ operator: { no: "01", name: "陈店主", role: "owner" } });
  await till.says("陈店主");
  await openRecords();
  await till.page.getByRole("button", { name: "添加: 公告" }).click();
  await till.page.locator(".record-form input:focus").waitFor();
  await till.page.getByLabel("开始").fill("2026-11-30 02:00");
  await till.page.getByLabel("结束").fill("2026-11-30 01:00");
  await till.page.getByLabel("内容").fill("宽带割接");
  await till.page.getByRole("button", { name: "保存" }).click();
  await till.says("结束要晚于开始");
  await till.page.getByLabel("结束").fill("2026-11-30 04:00");
  await till.page.getByRole("button", { name: "保存" }).click();
  await till.says("宽带割接");
  assert.deepEqual(till.box.posts.at(-1)?.body, {
    id: null,
    scope: "provider",
    from: "2026-11-30T02:00:00+08:00",
    until: "2026-11-30T04:00:00+08:00",
    title: "宽带割接",
  });
  const licence = till.page.locator(".records li").filter({ hasText: "营业执照" });
  await licence.getByRole("button", { name: "删除" }).click();
  await licence.getByRole("button", { name: "确定删除？" }).click();
  await licence.waitFor({ state: "detached" });
});

/** Nobody waits for what the page tells, so a test does. */
const told = (act: string) =>
  till.page.waitForResponse((one) => one.request().postData()?.includes(act) === true);

test("an amount that is refused at Enter is told", async () => {
  await till.page.keyboard.press("Enter");
  await till.type("60000");
  const arrived = told("amount_unreadable");
  await till.page.keyboard.press("Enter");
  await till.says("超过本店单笔上限");
  await arrived;
  assert.deepEqual(till.box.acts, ["amount_unreadable"]);
});

test("what the page refuses by itself is told, once each", async () => {
  await till.scan("6901234567892");
  await till.says("这是商品条码");
  const arrived = told("code_scanned_without_amount");
  await till.scan(code);
  await till.page.keyboard.press("Enter");
  await arrived;
  assert.deepEqual(till.box.acts.slice(0, 2), ["code_is_product", "code_scanned_without_amount"]);
});

test("while help stands open, its slip follows the printer, and the report's address a restart", async () => {
  let slip: true | { readonly zh: string; readonly en: string } = {
    zh: "打印机现在打不了（打印机缺纸），请抄下事件编号",
    en: "The printer can't print now; write the case number down",
  };
  let asked = 0;
  await till.page.route("**/escalate", (route) => {
    asked += 1;
    return route.fulfill({ json: { ...incidents.escalation, slip } });
  });
  till.box.say({
    incident: incidents.incident(),
    gate: views.gate({ printer: incidents.paperRed }),
  });
  till.box.put({ ...views.held(), sale_id: "S-000481" });
  await till.says("小票没出来：打印机缺纸");
  await till.page.keyboard.press("h");
  const button = till.page.getByRole("button", { name: "打印求助凭条" });
  await till.says("请抄下事件编号");
  assert.equal(await button.getAttribute("aria-disabled"), "true");
  await lookAt(till.page, "sheet-help-call-red-zh", true);
  slip = true;
  till.box.say({ gate: views.gate({}) });
  await till.page.locator("dialog[open] [data-key=S]:not([aria-disabled])").waitFor();
  const before = asked;
  till.box.away();
  await till.says("正在重连");
  till.box.back();
  await till.page.getByText("正在重连").waitFor({ state: "detached" });
  await till.page.waitForFunction(() => document.querySelector("dialog[open] .case-big") !== null);
  assert.ok(asked > before);
});
