/** Windows by keys alone: the close of the day, long windows that scroll at once, and a press that always gives a sign. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as incidents from "../web-support/incidents.ts";
import * as views from "../web-support/views.ts";
import { lookAt } from "./support/look.ts";
import { tillTests } from "./support/till-tests.ts";

const till = tillTests();

/** Presses until it is heard: a key that comes before the window could be read is meant for something else. */
async function enterUntil(says: string): Promise<void> {
  const there = till.page.getByText(says).first();
  for (let tried = 0; tried < 20 && (await there.count()) === 0; tried += 1) {
    await till.page.keyboard.press("Enter");
    await there.waitFor({ timeout: 300 }).catch(() => undefined);
  }
  await there.waitFor();
}

const bodyTop = (): Promise<number> =>
  till.page.evaluate(() => document.querySelector(".sheet-body")?.scrollTop ?? -1);

test("with a sale open Enter says why the day isn't closed; carried over, the result names it", async () => {
  await till.page.keyboard.press("F10");
  await till.page.getByRole("button", { name: "结束今天" }).waitFor();
  await enterUntil("还有 1 笔没有办完，先办完");
  await till.page.getByText("逐笔记名").click();
  await enterUntil("已日结，第 12 号");
  await till.says("转到下一个营业日 1 笔");
  await till.says("T01-261123-000477");
  await lookAt(till.page, "day-carried-zh-desktop", true);
  await till.page.locator(".close-row").first().waitFor();
  await till.page.keyboard.press("ArrowDown");
  await enterUntil("补打日结单");
});

test("PageDown, End and Home move a long window before anything in it has the focus", async () => {
  till.box.say({ incident: incidents.outcomeIncident() });
  till.box.put({ ...views.confirming(), sale_id: "S-000481" });
  await till.screenIs("confirming");
  await till.page.keyboard.press("F8");
  await till.page.locator(".families").waitFor();
  for (const [key, isThere] of [
    ["PageDown", (top: number) => top > 0],
    ["Home", (top: number) => top === 0],
    ["End", (top: number) => top > 0],
    ["PageUp", (top: number) => top >= 0],
  ] as const) {
    const before = await bodyTop();
    await till.page.keyboard.press(key);
    await till.page.waitForFunction(
      (was) => document.querySelector(".sheet-body")?.scrollTop !== was,
      before,
    );
    assert.ok(isThere(await bodyTop()), key);
  }
});

test("the case number stays in sight while a message stands above it and the window is scrolled", async () => {
  till.box.say({ incident: incidents.incident(), gate: views.gate({}) });
  till.box.put({ ...views.held(), sale_id: "S-000481" });
  await till.says("小票没出来：打印机缺纸");
  await till.page.keyboard.press("h");
  await till.page.locator(".case-big").waitFor();
  await till.page.evaluate(() => document.querySelector(".sheet-body")?.scrollTo(0, 30));
  await till.page.keyboard.press("s");
  await till.page.locator("dialog .notice").waitFor();
  await lookAt(till.page, "help-slip-scrolled-zh-desktop", true);
  const number = await till.page.locator(".case-big p").boundingBox();
  const body = await till.page.locator(".sheet-body").boundingBox();
  assert.ok(number !== null && body !== null);
  assert.ok(number.y >= body.y, `${number.y} under ${body.y}`);
  await till.page.keyboard.press("End");
  const later = await till.page.locator(".case-big p").boundingBox();
  assert.ok(later !== null && later.y >= body.y && later.y < body.y + body.height);
});

test("现在查一次 gives a sign, and it goes with the result", async () => {
  till.box.put({ ...views.confirming(), sale_id: "S-000481" });
  await till.screenIs("confirming");
  await till.page.keyboard.press("F3");
  await till.says("马上再查一次");
  await lookAt(till.page, "asked-now-zh-desktop", true);
  assert.deepEqual(till.sent(), ["/api/sales/S-000481/query"]);
  till.box.put({ ...views.paid(), sale_id: "S-000481" });
  await till.screenIs("paid");
  assert.equal(await till.page.locator(".notice").count(), 0);
});

test("while the customer types the password, Esc says what can be pressed instead", async () => {
  const sale = views.awaitingBuyer();
  till.box.put({ ...sale, sale_id: "S-000481", can: { ...sale.can, abandon: true } });
  await till.screenIs("awaiting_buyer");
  await till.page.keyboard.press("Escape");
  await till.says("不能取消。要撤销这一单，按 R；先收下一位，按 S");
  await lookAt(till.page, "esc-awaiting-zh-desktop", true);
  assert.deepEqual(till.sent(), []);
  till.box.put({
    ...views.reversing(),
    sale_id: "S-000481",
    can: { ...sale.can, abandon: true, reverse: sale.can.refund },
  });
  await till.screenIs("reversing");
  await till.page.keyboard.press("Escape");
  await till.says("等有结论后再处理");
});

test("signing off where no PIN is set says that nobody needs to, and who is on duty", async () => {
  till.box.hasPins = false;
  await till.page.getByRole("button", { name: "签退" }).click();
  await till.says("没有设 PIN，不用签到签退。现在当班：07 王芳。");
  await till.screenIs("amount");
});

test("at sign-on, Enter without a PIN asks for it and tries nothing, pressed or held", async () => {
  await till.page.getByRole("button", { name: "签退" }).click();
  await till.screenIs("sign_on");
  await till.page.waitForSelector("input[type=password]");
  for (let press = 0; press < 6; press += 1) await till.page.keyboard.press("Enter");
  await till.says("还没有输入 PIN，不算输错");
  await till.type("1111");
  for (let held = 0; held < 6; held += 1) await till.page.keyboard.down("Enter");
  await till.page.keyboard.up("Enter");
  await till.says("PIN 不对");
  await lookAt(till.page, "sign-on-wrong-zh-desktop", true);
  const tries = till.sent().filter((path) => path === "/api/sign-on");
  assert.equal(tries.length, 1);
});

test("while a second charge waits for the box's reply, looking works and another press says why not", async () => {
  let reply = (): void => undefined;
  const held = new Promise<void>((resolve) => (reply = resolve));
  await till.page.route("**/attempts", async (route) => {
    await held;
    await route.continue();
  });
  const sale = { ...views.declined(), sale_id: "S-000481" };
  till.box.say({ incident: incidents.askedIncident() });
  till.box.put(sale);
  await till.screenIs("declined");
  await till.page.keyboard.press("Enter");
  await till.screenIs("show_code");
  await till.scan("281234567890123456");
  const charging = views.charging();
  till.box.put({ ...charging, sale_id: sale.sale_id, can: { ...charging.can, query: true } });
  await till.screenIs("charging");
  for (const [key, title] of [
    ["F8", "为何未出票"],
    ["h", "求助"],
    ["l", "四个灯"],
  ] as const) {
    await till.page.keyboard.press(key);
    await till.page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
    await till.page.keyboard.press("Escape");
    await till.page.waitForSelector("dialog[open]", { state: "detached" });
  }
  await till.page.keyboard.press("F3");
  await till.says("上一步还没有办完，请稍等。");
  await till.page.keyboard.press("Escape");
  await till.says("收款已经开始，不能取消。");
  const answered = till.page.waitForResponse("**/attempts");
  reply();
  await answered;
  assert.equal(till.sent().filter((path) => path.endsWith("/query")).length, 0);
});
