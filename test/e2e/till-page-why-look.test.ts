/**
 * What stands on the till when a receipt doesn't come, and the gate before a sale: every state in both languages, on a
 * till's screen and on a phone. Axe-clean, nothing cut off, targets large enough for a finger; pictures in .build/shots.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { HOLD_CAUSES } from "../../src/core/text/printer-causes.ts";
import { stopsNext } from "../../src/core/text/gate.ts";
import type { Browser, Page } from "playwright-core";
import type { GateView, IncidentView } from "../../src/core/diagnosis/view.ts";
import type { SaleView } from "../../src/core/till/view.ts";
import * as incidents from "../web-support/incidents.ts";
import { backIncident, twoMatters } from "../web-support/told-past.ts";
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

interface State {
  readonly name: string;
  readonly sale: SaleView | null;
  readonly screen: string;
  readonly incident?: IncidentView;
  readonly gate?: Partial<GateView>;
}

const ownerOnly = { zh: "请店主来输入 PIN。", en: "Ask the owner to type the PIN." };
const closed: Partial<GateView> = {
  network: incidents.networkRed,
  stops: incidents.stopsForNetwork,
  next_sale: stopsNext.gate_network_down,
  offers: ["cash", "other_path", "wait"],
  override: ownerOnly,
};
const askPaper: Partial<GateView> = {
  printer: incidents.paperRed,
  needs_e_receipt: true,
  offers: ["e_receipt", "wait"],
  override: ownerOnly,
};
const sending = { state: "sending", proof: null, proof_at: null } as const;
const unopened = {
  state: "held",
  hold: "e_receipt_unopened",
  proof: null,
  proof_at: null,
} as const;
const unopenedAdvice = HOLD_CAUSES.e_receipt_unopened.cashier;
const twoCauses = incidents.incident({
  first: incidents.paperOut,
  families: incidents.families([incidents.paperOut, incidents.slowNetwork]),
});

const STATES: readonly State[] = [
  {
    name: "gate-amber",
    sale: views.showCode(),
    screen: "show_code",
    gate: { network: incidents.unsteady },
  },
  {
    name: "gate-two-matters",
    sale: views.showCode(),
    screen: "show_code",
    gate: { provider: twoMatters },
  },
  { name: "gate-stopped", sale: views.showCode(), screen: "stopped", gate: closed },
  { name: "gate-ask", sale: views.showCode(), screen: "ask_e_receipt", gate: askPaper },
  {
    name: "unopened",
    sale: { ...views.paid(unopened), accepts_e_receipt: true, advice: unopenedAdvice },
    screen: "paid",
  },
  {
    name: "unopened-red",
    sale: { ...views.paid(unopened), accepts_e_receipt: true, advice: unopenedAdvice },
    screen: "paid",
    gate: { printer: incidents.paperRed },
  },
  {
    name: "why-held",
    sale: views.held(),
    screen: "held",
    incident: twoCauses,
    gate: { printer: incidents.paperRed },
  },
  {
    name: "why-confirming",
    sale: views.confirming(),
    screen: "confirming",
    incident: incidents.outcomeIncident(),
    gate: { network: incidents.networkRed },
  },
  {
    name: "why-back",
    sale: views.confirming(),
    screen: "confirming",
    incident: backIncident(),
  },
  {
    name: "why-asked",
    sale: views.reversing(),
    screen: "reversing",
    incident: incidents.askedIncident(),
  },
  {
    name: "why-reversed",
    sale: views.reversed(true),
    screen: "reversed",
    incident: incidents.outcomeIncident(),
  },
  {
    name: "why-doubtful",
    sale: views.doubtful(),
    screen: "doubtful",
    incident: incidents.incident({ guide: [] }),
  },
  {
    name: "why-late",
    sale: views.paid(sending),
    screen: "paid",
    incident: incidents.incident({ first: incidents.slowNetwork }),
  },
  {
    name: "why-declined",
    sale: views.declined(),
    screen: "declined",
    incident: incidents.refusedIncident(),
  },
  {
    name: "why-solved",
    sale: views.paid(),
    screen: "paid",
    incident: incidents.solvedIncident(),
  },
];

const SHEETS: readonly (readonly [name: string, key: string, wait: string])[] = [
  ["why", "F8", ".families"],
  ["help-call", "h", ".case-big"],
  ["lights", "l", ".light-rows"],
];
const BEHIND: readonly (readonly [name: string, key: string, wait: string])[] = [
  ["evidence", "e", ".series"],
  ["incidents", "i", ".incident-row"],
  ["records", "r", ".records"],
];

async function close(page: Page): Promise<void> {
  await page.locator("dialog[open] .sheet-head button").last().click();
  await page.waitForSelector("dialog[open]", { state: "detached" });
}

/** At the till nothing of a state is behind its buttons. */
async function standsWhole(page: Page, name: string): Promise<void> {
  const hiddenPx = await page.evaluate(() => {
    const bottomOf = (what: string): number =>
      Math.max(
        ...[...document.querySelectorAll(what)].map((one) => one.getBoundingClientRect().bottom),
      );
    const foot = document.querySelector(".foot")?.getBoundingClientRect().top ?? 0;
    return Math.round(bottomOf(".said") - foot);
  });
  assert.ok(hiddenPx <= 0, `${name}: ${hiddenPx} px hidden`);
}

async function drawAll(language: "zh" | "en", where: "desktop" | "phone", axe: boolean) {
  const context = await visitor(browser, language, where === "desktop" ? desktop : phone);
  const operator = { no: "01", name: "陈店主", role: "owner" } as const;
  box.view = views.till({ gate: views.gate(closed) });
  const page = await openTill(context, box);
  const look = (name: string): Promise<void> => lookAt(page, `${name}-${language}-${where}`, axe);
  await page.waitForSelector("[data-screen=stopped]");
  await look("gate-stopped-amount");
  for (const { name, sale, screen, incident, gate } of STATES) {
    const shown = living(sale);
    box.say({ gate: views.gate(gate), incident: incident ?? null, operator });
    if (shown !== null) box.put({ ...shown, sale_id: "S-000481" });
    await page.waitForSelector(`[data-screen=${screen}]`);
    if (incident !== undefined && incident.closed_at === null && screen !== "reversed")
      await page.waitForSelector(".incident-lines");
    await look(name);
    if (where === "desktop") await standsWhole(page, name);
  }
  box.say({ incident: backIncident(), gate: views.gate() });
  box.put({ ...views.confirming(), sale_id: "S-000481" });
  await page.waitForSelector("[data-screen=confirming]");
  await page.keyboard.press("F8");
  await page.waitForSelector(".families");
  await look("sheet-why-back");
  await close(page);
  box.say({ incident: twoCauses, gate: views.gate({ printer: incidents.paperRed }) });
  box.put({ ...views.held(), sale_id: "S-000481" });
  await page.waitForSelector("[data-screen=held]");
  for (const [name, key, wait] of SHEETS) {
    await page.keyboard.press(key);
    await page.waitForSelector(wait);
    await look(`sheet-${name}`);
    await close(page);
  }
  for (const [name, key, wait] of BEHIND) {
    await page.keyboard.press("F8");
    await page.waitForSelector(".doors");
    await page.keyboard.press(key);
    await page.waitForSelector(wait);
    await look(`sheet-${name}`);
    if (name === "incidents") {
      await page.locator(".incident-row").nth(1).click();
      await page.waitForSelector(".families");
      await look("sheet-incident");
    }
    if (name === "records") {
      await page.locator(".row-acts button").first().click();
      await page.waitForSelector(".record-form");
      await look("sheet-records-form");
    }
    await close(page);
  }
  box.say({ gate: views.gate(closed), operator: views.till().operator });
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-screen=stopped]");
  box.put({ ...views.showCode(), sale_id: "S-000482" });
  await page.waitForSelector("[data-act=other_path]");
  await page.keyboard.press("o");
  await page.waitForSelector("input[type=password]");
  await look("sheet-override");
  await close(page);
  await page.locator("[data-act=other_path]").click();
  await page.waitForSelector(".sheet .drawing");
  await look("sheet-other-path");
  await context.close();
}

test("every cause in Chinese at the till", () => drawAll("zh", "desktop", true));
test("every cause in English on a phone", () => drawAll("en", "phone", true));
test("every cause in English at the till", () => drawAll("en", "desktop", false));
test("every cause in Chinese on a phone", () => drawAll("zh", "phone", false));

for (const [language, viewport] of [
  ["zh", desktop],
  ["en", phone],
] as const) {
  test(`the report on a screen and on paper, ${language}`, async () => {
    const context = await visitor(browser, language, viewport);
    const page = await context.newPage();
    await page.goto(`${box.url}/api/incidents/I-7/report?lang=${language}`);
    await lookAt(page, `report-${language}`, true);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 680, height: 960 });
    await page.screenshot({ path: `.build/shots/report-${language}-print.png`, fullPage: true });
    await context.close();
  });
}
