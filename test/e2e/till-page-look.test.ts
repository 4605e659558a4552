/**
 * Every state of the till in both languages, on a till's screen and on a phone: axe-clean, nothing cut off, targets
 * large enough for a finger. Pictures are left in .build/shots for people.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { SaleView, TillView } from "../../src/core/till/view.ts";
import * as extras from "../web-support/extra-views.ts";
import * as views from "../web-support/views.ts";
import { desktop, launchBrowser, phone, visitor } from "./support/browser.ts";
import { living, lookAt, openTill } from "./support/look.ts";
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

const amber = {
  light: "amber",
  text: { zh: "时断时续", en: "unstable" },
  why: null,
} as const;
const red = { light: "red", text: { zh: "缺纸", en: "out of paper" }, why: null } as const;
const waiting = [
  {
    sale_id: "S-000470",
    amount_fen: 3300,
    created_at: views.at("17:20:10"),
    advice: { zh: "结果确认中，请勿重复收款。", en: "Being checked." },
  },
];

interface State {
  readonly name: string;
  readonly sale: SaleView | null;
  readonly screen: string;
  readonly view?: Partial<TillView>;
}

/** On a phone nothing stands over the keypad, and its last row is there without scrolling. */
test("phone: the whole keypad is in sight while an amount is typed", async () => {
  for (const language of ["zh", "en"] as const) {
    const context = await visitor(browser, language, phone);
    const page = await openTill(context, box);
    for (const key of ["1", "2", ".", "5"])
      await page.getByRole("button", { name: key, exact: true }).click();
    await page.getByText(language === "zh" ? "点“收款”" : "Tap “Take payment”").waitFor();
    const pad = await page.locator(".keypad").boundingBox();
    const bar = await page.locator("footer").boundingBox();
    assert.ok(pad !== null && bar !== null);
    assert.ok(pad.y + pad.height <= phone.height, `keypad ends at ${pad.y + pad.height}`);
    assert.ok(bar.y >= pad.y + pad.height, "the key bar is below");
    await lookAt(page, `amount-typed-${language}-phone`, true);
    await context.close();
  }
});

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
    view: { gate: views.gate({ network: amber, provider: amber }), open_sales: waiting },
  },
  { name: "reversing", sale: views.reversing(), screen: "reversing" },
  { name: "declined", sale: views.declined(), screen: "declined" },
  { name: "never-seen", sale: views.reversed(false), screen: "reversed" },
  { name: "reversed-back", sale: views.reversed(true), screen: "reversed" },
  { name: "rolled-back", sale: views.rolledBack(), screen: "rolled_back" },
  { name: "paid-printing", sale: views.paid(sending), screen: "paid" },
  { name: "paid", sale: views.paid(), screen: "paid" },
  {
    name: "paid-waived",
    sale: { ...views.paid({ state: "waived", proof: null }), accepts_e_receipt: true },
    screen: "paid",
  },
  {
    name: "held",
    sale: views.held(),
    screen: "held",
    view: { gate: views.gate({ printer: red }) },
  },
  { name: "doubtful", sale: views.doubtful(), screen: "doubtful" },
  { name: "refunded", sale: views.refunded(), screen: "refund" },
  { name: "paid-otherwise", sale: views.paidOtherwise(), screen: "paid_otherwise" },
  { name: "paid-otherwise-back", sale: views.paidOtherwiseBack(), screen: "paid_otherwise" },
  ...(["going_back", "kept", "back"] as const).flatMap((state): readonly State[] => [
    { name: `extra-paid-${state}`, sale: extras.paidTwice(state), screen: "paid" },
    { name: `extra-cash-${state}`, sale: extras.cashAndLate(state), screen: "paid_otherwise" },
    {
      name: `extra-late-${state}`,
      sale: extras.late(state),
      screen: state === "back" ? "reversed" : "late_money",
    },
  ]),
  ...(["going_back", "kept", "back"] as const).flatMap((state) => [
    { name: `in-vain-late-${state}`, sale: extras.inVainLate(state), screen: "late_money" },
    { name: `refunded-and-more-${state}`, sale: extras.refundedAndMore(state), screen: "refund" },
  ]),
  { name: "goods-left-back", sale: extras.goodsLeftBack(), screen: "reversed" },
  { name: "in-vain-reversed", sale: extras.inVain("reversed"), screen: "reversed" },
  { name: "in-vain-declined", sale: extras.inVain("declined"), screen: "declined" },
  {
    name: "doubtful-refunded",
    sale: extras.refundedBeside(views.doubtful(), "done"),
    screen: "doubtful",
  },
  {
    name: "held-refund-refused",
    sale: extras.refundedBeside(views.held(), "refused"),
    screen: "held",
  },
];

async function drawAll(language: "zh" | "en", where: "desktop" | "phone", axe: boolean) {
  const context = await visitor(browser, language, where === "desktop" ? desktop : phone);
  box.view = views.till();
  const page = await openTill(context, box);
  const look = (name: string): Promise<void> => lookAt(page, `${name}-${language}-${where}`, axe);
  await look("amount");
  if (where === "desktop") {
    await page.keyboard.type("60000", { delay: 80 });
    await page.waitForSelector(".panel.bad");
    await look("amount-over-limit");
    await page.keyboard.press("Escape");
  }
  for (const { name, sale, screen, view } of STATES) {
    const shown = living(sale);
    const of = { ...views.till(), ...view };
    if (shown !== null) box.put({ ...shown, sale_id: "S-000481" });
    box.say({ gate: of.gate, open_sales: of.open_sales });
    await page.waitForSelector(`[data-screen=${screen}]`);
    // Held means that nothing has come out yet, waived that nothing will.
    const paper = sale?.receipt && !["held", "waived"].includes(sale.receipt.job?.state ?? "");
    if (paper) await page.waitForSelector(".paper .roll > *");
    await look(name);
  }
  await context.close();
}

test("every state in Chinese at the till", () => drawAll("zh", "desktop", true));
test("every state in English on a phone", () => drawAll("en", "phone", true));
test("every state in English at the till", () => drawAll("en", "desktop", false));
test("every state in Chinese on a phone", () => drawAll("zh", "phone", false));
