/**
 * While an outcome is awaited the till says until when. On its smallest screen nothing of that is behind the buttons,
 * whatever the cause, its steps and the languages' lengths. Pictures in .build/shots.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { findingView } from "../../src/core/diagnosis/build-view.ts";
import { diagnose } from "../../src/core/diagnosis/diagnose.ts";
import type { Evidence } from "../../src/core/diagnosis/evidence.ts";
import { freshGuide, guideOn, guideView } from "../../src/core/diagnosis/guide/guide.ts";
import { gateOf } from "../../src/core/diagnosis/gate.ts";
import { gateView } from "../../src/core/diagnosis/gate-view.ts";
import type { GateView, IncidentView } from "../../src/core/diagnosis/view.ts";
import type { SaleView } from "../../src/core/till/view.ts";
import * as seen from "../diagnosis-support/evidence.ts";
import { unknownSale } from "../diagnosis-support/sales.ts";
import * as incidents from "../web-support/incidents.ts";
import * as views from "../web-support/views.ts";
import { desktop, launchBrowser, visitor } from "./support/browser.ts";
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

const { down, notice, printer, probe, reach, silence, wellBefore, wellNow } = seen;
const mute = [...wellBefore, ...wellNow, silence(20), probe(12, "silence"), probe(2, "silence")];
const STORIES: Readonly<Record<string, readonly Evidence[]>> = {
  none: [],
  silent: mute,
  window: [...mute, notice("provider")],
  router: [
    ...wellBefore,
    reach(1, "interface"),
    ...down("timeout", "router", "dns", "internet", "provider"),
    silence(5),
    printer(3, "paper_out"),
  ],
};

/** As the box would tell it: the first cause, how sure, its evidence and its steps. */
function incidentOf(evidence: readonly Evidence[]): IncidentView {
  const sale = unknownSale(40);
  const given = seen.caseOf({ evidence, sale });
  const diagnosis = diagnose(given);
  const facts = { given, diagnosis, sinceMs: seen.nowMs - 25_000 };
  const start = guideOn(freshGuide, facts);
  const late = { ...facts, given: { ...given, nowMs: seen.nowMs + 240_000 } };
  return incidents.incident({
    why: "outcome_late",
    money: incidents.outcomeIncident().money,
    first: diagnosis.first === null ? null : findingView(diagnosis.first),
    families: incidents.families(diagnosis.ranked.map(findingView)),
    guide: guideView(guideOn(start, late), late, null),
  });
}

/** The lights of the same moment. */
function gateSeen(evidence: readonly Evidence[]): GateView {
  const given = seen.caseOf({ evidence, unsettled: [unknownSale(40)] });
  const gate = gateOf({
    given,
    diagnosis: diagnose(given),
    provider: { state: "failing", failuresInARow: 3 },
    printer: { condition: null, paperLow: false, reachable: true, heard: "now", checkedAtMs: 1 },
    receiptLinks: true,
    overriddenUntilMs: null,
  });
  return gateView(gate, "cashier");
}

const clock = (ms: number): string =>
  `${new Date(Date.now() + 8 * 3_600_000 + ms).toISOString().slice(0, 19)}+08:00`;

/** With both times that it may name. */
function waiting(sale: SaleView): SaleView {
  const shown = living(sale) ?? sale;
  if (shown.attempt === null) return shown;
  const attempt = { ...shown.attempt, usually_by: clock(40_000), outcome_by: clock(110_000) };
  return { ...shown, attempt };
}

const SALES: readonly (readonly [screen: string, sale: SaleView])[] = [
  ["show_qr", views.showQr()],
  ["awaiting_buyer", views.awaitingBuyer()],
  ["confirming", views.confirming()],
  ["reversing", views.reversing()],
];

/** How far the countdown, or whatever stands last, reaches behind the buttons or out of the stage. */
const hidden = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const foot = document.querySelector(".foot")?.getBoundingClientRect();
    const stage = document.querySelector(".stage")?.getBoundingClientRect();
    const last = document.querySelector(".countdown")?.getBoundingClientRect();
    if (foot === undefined || stage === undefined || last === undefined) return 1_000;
    return Math.max(last.bottom - foot.top, foot.bottom - stage.bottom, last.bottom - stage.bottom);
  });

async function draw(language: "zh" | "en", what: string, evidence: readonly Evidence[]) {
  const problems: string[] = [];
  const incident = evidence.length === 0 ? null : incidentOf(evidence);
  box.view = views.till({ incident, gate: incident === null ? views.gate() : gateSeen(evidence) });
  const context = await visitor(browser, language, desktop);
  const page = await openTill(context, box);
  for (const [screen, sale] of SALES) {
    box.put({ ...waiting(sale), sale_id: "S-000481" });
    await page.waitForSelector(`[data-screen=${screen}] .countdown`);
    if (incident !== null && screen !== "show_qr") await page.waitForSelector(".incident-lines");
    await lookAt(page, `waiting-${what}-${screen}-${language}`, false);
    const px = Math.round(await hidden(page));
    if (px > 0) problems.push(`${screen}: ${px} px hidden`);
  }
  if (incident !== null) {
    for (const [name, key, part] of [
      ["why", "F8", ".doors"],
      ["lights", "l", ".light-rows"],
    ] as const) {
      await page.keyboard.press(key);
      await page.waitForSelector(part);
      await lookAt(page, `waiting-${what}-${name}-${language}`, true);
    }
  }
  await context.close();
  assert.deepEqual(problems, []);
}

for (const [what, evidence] of Object.entries(STORIES))
  for (const language of ["zh", "en"] as const)
    test(`the countdown is in sight while one waits: ${what}, ${language}`, () =>
      draw(language, what, evidence));
