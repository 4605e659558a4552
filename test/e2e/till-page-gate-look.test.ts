/**
 * The gate's screens with all that can stand on them at once, on a till's smallest screen: an announced maintenance, the
 * incident's help button, and the line about a code that was scanned all the same. Nothing is cut or behind the buttons.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stopsNext } from "../../src/core/text/gate.ts";
import type { Browser, Page } from "playwright-core";
import type { GateView } from "../../src/core/diagnosis/view.ts";
import type { SaleView } from "../../src/core/till/view.ts";
import { MAINTENANCE_CAUSES } from "../../src/core/diagnosis/causes/people.ts";
import * as incidents from "../web-support/incidents.ts";
import * as views from "../web-support/views.ts";
import { desktop, launchBrowser, scanKeys, visitor } from "./support/browser.ts";
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

const { title, nextStep } = MAINTENANCE_CAUSES.announced_maintenance;
const maintenance = (light: "amber" | "red") => ({ light, text: title, why: nextStep });
const ownerOnly = { zh: "请店主来输入 PIN。", en: "Ask the owner to type the PIN." };
const byNetwork: Partial<GateView> = {
  network: incidents.networkRed,
  provider: maintenance("amber"),
  printer: { ...incidents.paperRed, light: "amber" },
  stops: incidents.stopsForNetwork,
  next_sale: stopsNext.gate_network_down,
  offers: ["cash", "other_path", "wait"],
  override: ownerOnly,
};
const byProvider: Partial<GateView> = {
  network: incidents.unsteady,
  provider: maintenance("red"),
  printer: incidents.paperRed,
  stops: incidents.stopsForNetwork,
  next_sale: stopsNext.gate_network_down,
  offers: ["cash", "show_qr", "wait"],
  override: ownerOnly,
};
const askPaper: Partial<GateView> = {
  network: incidents.unsteady,
  provider: maintenance("amber"),
  printer: incidents.paperRed,
  needs_e_receipt: true,
  offers: ["e_receipt", "wait"],
  override: ownerOnly,
};

const STATES: readonly (readonly [
  name: string,
  screen: string,
  gate: Partial<GateView>,
  sale: SaleView | null,
])[] = [
  ["stopped-amount-network", "stopped", byNetwork, null],
  ["stopped-amount-provider", "stopped", byProvider, null],
  ["stopped-network", "stopped", byNetwork, views.showCode()],
  ["stopped-provider", "stopped", byProvider, views.showCode()],
  ["ask-paper", "ask_e_receipt", askPaper, views.showCode()],
];

/** What a person can't see of the stage: behind the buttons, above the edge, or cut by its own box. */
const unseen = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const stage = document.querySelector(".stage");
    const foot = document.querySelector(".foot")?.getBoundingClientRect();
    if (stage === null || foot === undefined) return ["no stage"];
    const { top } = stage.getBoundingClientRect();
    const bar = document.querySelector("footer")?.getBoundingClientRect().top ?? innerHeight;
    for (const part of document.querySelectorAll(".top, .top p, .said, .said li, .said p, h1")) {
      const box = part.getBoundingClientRect();
      const name = `${part.className} ${(part.textContent ?? "").slice(0, 20)}`;
      if (box.bottom > foot.top + 0.5) found.push(`behind the buttons: ${name}`);
      if (box.top < top - 0.5) found.push(`above the edge: ${name}`);
    }
    if (foot.bottom > bar + 0.5) found.push(`buttons behind the key bar by ${foot.bottom - bar}`);
    return found;
  });

async function draw(language: "zh" | "en"): Promise<void> {
  const context = await visitor(browser, language, desktop);
  const problems: string[] = [];
  for (const [name, screen, gate, sale] of STATES) {
    const incident = incidents.incident({ sale_id: null });
    box.view = views.till({ gate: views.gate(gate), incident });
    const page = await openTill(context, box);
    if (sale !== null) box.put({ ...living(sale), ...sale, sale_id: "S-000481" });
    await page.waitForSelector(`[data-screen=${screen}]`);
    const look = async (of: string): Promise<void> => {
      await lookAt(page, `gate-${name}${of}-${language}`, false);
      problems.push(...(await unseen(page)).map((one) => `${name}${of}: ${one}`));
    };
    await look("");
    await scanKeys(page, "281234567890123456");
    await page.waitForSelector(".notice-place .notice");
    await look("-scanned");
    await page.close();
  }
  await context.close();
  assert.deepEqual(problems, []);
}

test("every red gate with a maintenance and a scanned code, in Chinese", () => draw("zh"));
test("every red gate with a maintenance and a scanned code, in English", () => draw("en"));
