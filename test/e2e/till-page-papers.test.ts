/** Papers of no sale in doubt: who is reminded of them, and how they are answered by keyboard, in both languages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as views from "../web-support/views.ts";
import { lookAt } from "./support/look.ts";
import { tillTests } from "./support/till-tests.ts";

const till = tillTests();
const answered = () => till.box.posts.map(({ path, body }) => [path, body]);

/** A key pressed before the question could be read answers nothing, so it is pressed again. */
async function pressUntilAnswered(key: string): Promise<void> {
  const before = till.box.posts.length;
  for (let tried = 0; tried < 30 && till.box.posts.length === before; tried += 1) {
    const sent = till.page.waitForRequest("**/answer", { timeout: 300 }).catch(() => null);
    await till.page.keyboard.press(key);
    await sent;
  }
}

test("a day slip in doubt stands at the head; F9, Y and N answer one after the other", async () => {
  till.box.say({ papers_in_doubt: [views.daySlip(), views.testPage()] });
  await till.says("1 张待确认");
  await till.screenIs("amount");
  await till.page.keyboard.press("F9");
  await till.says("这些票打出来了吗？");
  await till.page.keyboard.press("Enter");
  await pressUntilAnswered("n");
  await till.says("正在补打");
  assert.deepEqual(answered(), [["/api/jobs/job-day-3/answer", { printed: false }]]);
  await pressUntilAnswered("y");
  await till.says("都办完了");
  assert.deepEqual(answered().at(-1), ["/api/jobs/job-test-9/answer", { printed: true }]);
  assert.equal(answered().length, 2);
});

test("a press right after the first answer is not taken for the next paper's", async () => {
  till.box.say({ papers_in_doubt: [views.daySlip(), views.testPage()] });
  await till.page.keyboard.press("F9");
  await till.says("这些票打出来了吗？");
  await pressUntilAnswered("y");
  await till.page.locator(".loose-paper").nth(1).waitFor({ state: "detached" });
  await till.page.keyboard.press("y");
  await till.page.keyboard.press("F9");
  assert.equal(answered().length, 1);
});

test("nobody is reminded of a test page; F9 asks about it all the same", async () => {
  till.box.say({ papers_in_doubt: [views.testPage()] });
  await till.screenIs("amount");
  assert.equal(await till.page.locator("header .chip").count(), 0);
  await till.page.keyboard.press("F9");
  await till.says("测试页");
  await pressUntilAnswered("y");
  assert.deepEqual(answered(), [["/api/jobs/job-test-9/answer", { printed: true }]]);
});

for (const language of ["zh", "en"] as const)
  test(`sales and papers in one window, ${language}`, async () => {
    if (language === "en") await till.page.getByRole("button", { name: "English" }).click();
    const sale = {
      sale_id: "S-000470",
      amount_fen: 3300,
      created_at: views.at("17:20:10"),
      advice: { zh: "结果确认中，请勿重复收款。", en: "Being checked. Don't charge again." },
    };
    till.box.say({ open_sales: [sale], papers_in_doubt: [views.daySlip(), views.testPage()] });
    await till.says(language === "zh" ? "1 笔 1 张待办" : "1 + 1 open");
    await lookAt(till.page, `papers-head-${language}`, true);
    await till.page.keyboard.press("F9");
    await till.says(language === "zh" ? "日结单 2026-11-22 第 3 号" : "day slip 2026-11-22, no. 3");
    await lookAt(till.page, `papers-${language}`, true);
  });
