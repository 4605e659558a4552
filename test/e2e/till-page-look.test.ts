/**
 * Every state of the till in both languages, on a till's screen and on a phone: axe-clean, nothing cut off, targets
 * large enough for a finger. Pictures are left in .build/shots for people.
 */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { DisplayView, SaleView, TillView } from "../../src/core/till/view.ts";
import * as views from "../web-support/views.ts";
import { axeFindings, desktop, launchBrowser, phone, visitor } from "./support/browser.ts";
import { ScriptedBox } from "./support/scripted-box.ts";
import { buildWebFiles } from "./support/web-files.ts";

const shots = ".build/shots";
let browser: Browser;
let box: ScriptedBox;

before(async () => {
  mkdirSync(shots, { recursive: true });
  box = new ScriptedBox(await buildWebFiles());
  await box.start();
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await box.stop();
});

const amber = {
  light: "amber",
  text: { zh: "时断时续", en: "unstable" },
} as const;
const red = { light: "red", text: { zh: "缺纸", en: "out of paper" } } as const;
const { network, provider, printer } = views.till().lights;
const waiting = [
  {
    sale_id: "S-000470",
    amount_fen: 3300,
    advice: { zh: "结果确认中，请勿重复收款。", en: "Being checked." },
  },
];

interface State {
  readonly name: string;
  readonly sale: SaleView | null;
  readonly screen: string;
  readonly view?: Partial<TillView>;
}

const sending = { state: "sending", proof: null, proof_at: null } as const;
const STATES: readonly State[] = [
  { name: "show-code", sale: views.showCode(), screen: "show_code" },
  { name: "charging", sale: views.charging(), screen: "charging" },
  { name: "show-qr", sale: views.showQr(), screen: "show_qr" },
  { name: "awaiting", sale: views.awaitingBuyer(), screen: "awaiting_buyer" },
  {
    name: "confirming",
    sale: views.confirming(),
    screen: "confirming",
    view: { lights: { network: amber, provider: amber, printer }, open_sales: waiting },
  },
  { name: "reversing", sale: views.reversing(), screen: "reversing" },
  { name: "declined", sale: views.declined(), screen: "declined" },
  { name: "reversed-back", sale: views.reversed(true), screen: "reversed" },
  { name: "rolled-back", sale: views.rolledBack(), screen: "rolled_back" },
  { name: "paid-printing", sale: views.paid(sending), screen: "paid" },
  { name: "paid", sale: views.paid(), screen: "paid" },
  {
    name: "held",
    sale: views.held(),
    screen: "held",
    view: { lights: { network, provider, printer: red } },
  },
  { name: "doubtful", sale: views.doubtful(), screen: "doubtful" },
  { name: "refunded", sale: views.refunded(), screen: "refund" },
  { name: "paid-otherwise", sale: views.paidOtherwise(), screen: "paid_otherwise" },
];

/** The box's clock is the real one, so that the countdown of the pictures stands at a third. */
function living(sale: SaleView | null): SaleView | null {
  if (sale?.attempt == null) return sale;
  const clock = (deltaMs: number): string =>
    new Date(Date.now() + 8 * 3_600_000 + deltaMs).toISOString().slice(0, 19) + "+08:00";
  const attempt = { ...sale.attempt, sent_at: clock(-25_000), outcome_by: clock(50_000) };
  return { ...sale, attempt };
}

async function openTill(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(box.url);
  await page.waitForSelector("[data-screen]");
  return page;
}

async function fits(page: Page, name: string): Promise<void> {
  const problems = await page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth + 1) {
      found.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
    }
    for (const button of document.querySelectorAll("button, summary, label.choice")) {
      const { width, height } = button.getBoundingClientRect();
      const hidden = width === 0;
      if (!hidden && (height < 43.5 || width < 43.5)) {
        found.push(`${button.textContent}: ${Math.round(width)}×${Math.round(height)}`);
      }
    }
    return found;
  });
  assert.deepEqual(problems, [], name);
}

async function drawAll(language: "zh" | "en", where: "desktop" | "phone", axe: boolean) {
  const context = await visitor(browser, language, where === "desktop" ? desktop : phone);
  box.view = views.till();
  const page = await openTill(context);
  const look = async (name: string): Promise<void> => {
    await page.screenshot({ path: `${shots}/${name}-${language}-${where}.png` });
    await fits(page, `${name} ${language} ${where}`);
    if (axe) assert.deepEqual(await axeFindings(page), [], name);
  };
  await look("amount");
  for (const { name, sale, screen, view } of STATES) {
    const shown = living(sale);
    const of = { ...views.till(), ...view };
    if (shown !== null) box.put({ ...shown, sale_id: "S-000481" });
    box.say({ lights: of.lights, open_sales: of.open_sales });
    await page.waitForSelector(`[data-screen=${screen}]`);
    if (sale?.receipt) await page.waitForSelector(".paper .roll > *");
    await look(name);
  }
  await context.close();
}

test("every state in Chinese at the till", () => drawAll("zh", "desktop", true));
test("every state in English on a phone", () => drawAll("en", "phone", true));
test("every state in English at the till", () => drawAll("en", "desktop", false));
test("every state in Chinese on a phone", () => drawAll("zh", "phone", false));

const SHEETS = [
  ["find", "F3", "查单"],
  ["day", "F10", "日结"],
  ["why", "F8", "为何未出票"],
  ["help", "F1", "键盘和扫码枪"],
  ["refund", "F4", "退款"],
  ["e-receipt", "F7", "电子小票"],
  ["open", "F9", "待办：还没办完的交易"],
] as const;

for (const [where, viewport] of [
  ["desktop", desktop],
  ["phone", phone],
  ["zoomed", { width: 512, height: 384 }],
] as const) {
  test(`windows over the till, ${where}`, async () => {
    const context = await visitor(browser, "zh", viewport);
    box.view = views.till({ open_sales: waiting });
    const page = await openTill(context);
    box.put({ ...views.held(), can: { ...views.held().can, refund: true } });
    await page.waitForSelector("[data-screen=held]");
    const look = async (name: string): Promise<void> => {
      await page.screenshot({ path: `${shots}/${name}-zh-${where}.png` });
      await fits(page, name);
      if (where !== "phone") assert.deepEqual(await axeFindings(page), [], name);
    };
    await look("held");
    for (const [name, key, title] of SHEETS) {
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
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => document.querySelector("dialog[open]") === null);
    }
    await page.getByText("其他处理").click();
    await look("more");
    await context.close();
  });
}

test("sign-on, second tab, and the box away", async () => {
  const context = await visitor(browser, "zh", desktop);
  box.view = views.till({ operator: null });
  const page = await openTill(context);
  await page.waitForSelector("input[type=password]");
  await page.screenshot({ path: `${shots}/sign-on-zh-desktop.png` });
  await fits(page, "sign-on");
  assert.deepEqual(await axeFindings(page), []);
  const second = await context.newPage();
  await second.goto(box.url);
  await second.getByText("已在另一个标签页打开").waitFor();
  await second.screenshot({ path: `${shots}/second-tab-zh-desktop.png` });
  assert.deepEqual(await axeFindings(second), []);
  await second.close();
  box.say({ operator: views.till().operator });
  await page.waitForSelector("[data-screen=amount]");
  await page.keyboard.type("128.5", { delay: 70 });
  await page.getByText("按 Enter 收款").waitFor();
  await page.screenshot({ path: `${shots}/amount-typed-zh-desktop.png` });
  box.away();
  await page.getByText("收银程序没有回应").waitFor();
  await page.screenshot({ path: `${shots}/away-zh-desktop.png` });
  assert.deepEqual(await axeFindings(page), []);
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
      await page.screenshot({ path: `${shots}/display-${phase.phase}-${where}.png` });
      await fits(page, `display ${phase.phase}`);
      if (where === "desktop") assert.deepEqual(await axeFindings(page), [], phase.phase);
    }
    await context.close();
  });
}
