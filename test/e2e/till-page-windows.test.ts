/** The windows over the till, sign-on, second tab and the customer's screen: axe-clean, nothing cut off, also at 200 %. */
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { DisplayView } from "../../src/core/till/view.ts";
import * as views from "../web-support/views.ts";
import { desktop, launchBrowser, phone, visitor } from "./support/browser.ts";
import { lookAt, openTill } from "./support/look.ts";
import { ScriptedBox } from "./support/scripted-box.ts";
import { buildWebFiles } from "./support/web-files.ts";

let browser: Browser;
let box: ScriptedBox;

before(async () => {
  box = new ScriptedBox(await buildWebFiles());
  await box.start();
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await box.stop();
});

const waiting = [
  {
    sale_id: "S-000470",
    amount_fen: 3300,
    created_at: views.at("17:20:10"),
    advice: { zh: "结果确认中，请勿重复收款。", en: "Being checked. Don't charge again." },
  },
];

const SHEETS = [
  ["find", "F3", "查单"],
  ["day", "F10", "日结"],
  ["why", "F8", "为何未出票"],
  ["help", "F1", "键盘和扫码枪"],
  ["refund", "F4", "退款"],
  ["e-receipt", "F7", "电子小票"],
  ["open", "F9", "待办：还没办完的"],
] as const;

for (const [where, viewport] of [
  ["desktop", desktop],
  ["phone", phone],
  ["zoomed", { width: 512, height: 384 }],
] as const) {
  test(`windows over the till, ${where}`, async () => {
    const context = await visitor(browser, "zh", viewport);
    const papers_in_doubt = [views.daySlip(), views.testPage()];
    box.view = views.till({ open_sales: waiting, operator: views.owner, papers_in_doubt });
    const page = await openTill(context, box);
    box.put({ ...views.held(), can: { ...views.held().can, refund: true } });
    await page.waitForSelector("[data-screen=held]");
    const look = (name: string): Promise<void> =>
      lookAt(page, `${name}-zh-${where}`, where !== "phone");
    await look("held");
    for (const [name, key, own] of SHEETS) {
      // Where fingers are all there is, help is about buttons.
      const title = name === "help" && where !== "desktop" ? "帮助" : own;
      await page.keyboard.press(key);
      await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
      if (name === "find") await page.waitForSelector(".row");
      if (name === "day") await page.waitForSelector(".sums");
      await look(name);
      if (name === "find") {
        await page.locator(".row").first().click();
        await page.waitForSelector(".history li");
        await look("sale");
        await page.keyboard.press("Escape");
      }
      if (name === "day") {
        await page.locator(".close-row").first().click();
        await page.getByRole("heading", { level: 1, name: "日结第 11 号" }).waitFor();
        await page.waitForSelector(".sums");
        await look("closed-day");
        await page.keyboard.press("Escape");
      }
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => document.querySelector("dialog[open]") === null);
    }
    await page.getByText("其他处理").click();
    await look("more");
    await context.close();
  });
}

test("earlier closes in English: the list, and one of them", async () => {
  const context = await visitor(browser, "en", desktop);
  box.view = views.till({ operator: views.owner });
  const page = await openTill(context, box);
  await page.keyboard.press("F10");
  const row = page.locator(".close-row").first();
  await row.waitFor();
  await row.scrollIntoViewIfNeeded();
  await lookAt(page, "day-closes-en-desktop", true);
  await row.click();
  await page.getByText("Print the slip again").waitFor();
  await page.waitForSelector(".sums");
  await lookAt(page, "closed-day-en-desktop", true);
  await context.close();
});

test("sign-on, second tab, and the box away", async () => {
  const context = await visitor(browser, "zh", desktop);
  box.view = views.till({ operator: null });
  const page = await openTill(context, box);
  await page.waitForSelector("input[type=password]");
  await lookAt(page, "sign-on-zh-desktop", true);
  const second = await context.newPage();
  await second.goto(box.url);
  await second.getByText("已在另一个标签页打开").waitFor();
  await lookAt(second, "second-tab-zh-desktop", true);
  await second.close();
  box.say({ operator: views.till().operator });
  await page.waitForSelector("[data-screen=amount]");
  await page.keyboard.type("128.5", { delay: 70 });
  await page.getByText("按 Enter 收款").waitFor();
  await lookAt(page, "amount-typed-zh-desktop", false);
  box.away();
  await page.getByText("收银程序没有回应").waitFor();
  await lookAt(page, "away-zh-desktop", true);
  box.back();
  await context.close();
});

const url = "https://shop.example/r/9fK2vQ7xT1mB";
const PHASES: readonly Partial<DisplayView>[] = [
  { phase: "idle" },
  { phase: "show_code", amount_fen: 12_850 },
  { phase: "show_qr", amount_fen: 12_850, qr_code: "https://qr.alipay.com/bax03206d2e" },
  { phase: "waiting", amount_fen: 12_850 },
  { phase: "confirming", amount_fen: 12_850 },
  { phase: "paid", amount_fen: 12_850, receipt_url: url },
  { phase: "not_paid", amount_fen: 12_850 },
];

for (const [where, viewport] of [
  ["desktop", desktop],
  ["phone", phone],
] as const) {
  test(`the customer's screen, ${where}`, async () => {
    const context = await visitor(browser, "zh", viewport);
    const page = await context.newPage();
    await page.goto(`${box.url}/display`);
    for (const phase of PHASES) {
      box.show(phase);
      await page.waitForSelector(`[data-phase=${phase.phase}]`);
      await lookAt(page, `display-${phase.phase}-${where}`, where === "desktop");
    }
    await context.close();
  });
}
