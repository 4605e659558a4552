/**
 * A wrong scan on the screen of a refused charge: its notice stands over the buttons, and what to tell the customer stays in
 * sight, on a till's smallest screen, whatever the refusal and its steps. Pictures in .build/shots.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { findingView } from "../../src/core/diagnosis/build-view.ts";
import { diagnose } from "../../src/core/diagnosis/diagnose.ts";
import { freshGuide, guideOn, guideView } from "../../src/core/diagnosis/guide/guide.ts";
import type { OperatorAct } from "../../src/core/diagnosis/evidence.ts";
import type { IncidentView } from "../../src/core/diagnosis/view.ts";
import { causeOf, codeRows } from "../../src/core/payment/codes/codes.ts";
import type { CauseView, SaleView } from "../../src/core/till/view.ts";
import * as seen from "../diagnosis-support/evidence.ts";
import { declinedSale } from "../diagnosis-support/sales.ts";
import * as incidents from "../web-support/incidents.ts";
import * as views from "../web-support/views.ts";
import { desktop, launchBrowser, scanKeys, visitor } from "./support/browser.ts";
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

const api = "alipay.trade.pay";
const refusals = codeRows.flatMap((row) =>
  row.api === api && row.outcome === "not_paid" && row.sub_code !== null ? [row.sub_code] : [],
);
const saleId = "S-000481";

function refused(cause: CauseView): SaleView {
  const attempt = views.attempt({ state: "declined", unpaid_end: "declined", cause });
  return { ...views.declined(), sale_id: saleId, attempt, attempts: [attempt], cause };
}

/** As the box would tell it: at once, or when the first step was waited for in vain and the wrong scan is a finding too. */
function incidentOf(subCode: string, isLate: boolean, act: OperatorAct): IncidentView {
  const scan = isLate ? [seen.act(2, act, "S1")] : [];
  const evidence = [...seen.wellBefore, ...seen.wellNow, seen.declined(8, subCode), ...scan];
  const given = seen.caseOf({ evidence, sale: declinedSale(subCode) });
  const diagnosis = diagnose(given);
  const facts = { given, diagnosis, sinceMs: seen.nowMs - 8_000 };
  const start = guideOn(freshGuide, facts);
  const late = { ...facts, given: { ...given, nowMs: seen.nowMs + 240_000 } };
  const [guide, at] = isLate ? [guideOn(start, late), late] : [start, facts];
  return incidents.incident({
    sale_id: saleId,
    case_no: `CP-1129-${refusals.indexOf(subCode)}${isLate ? "b" : "a"}`,
    why: "payment_refused",
    first: diagnosis.first === null ? null : findingView(diagnosis.first),
    families: incidents.families(diagnosis.ranked.map(findingView)),
    guide: guideView(guide, at, null),
  });
}

/** How far the panel reaches behind the foot, px. */
const hidden = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const foot = document.querySelector(".foot")?.getBoundingClientRect();
    const panel = document.querySelector(".panel:not(.slim)")?.getBoundingClientRect();
    return foot === undefined || panel === undefined ? 1_000 : Math.round(panel.bottom - foot.top);
  });

const scans = {
  product: { code: "6901234567892", act: "code_is_product" },
  wechat: { code: "134567890123456789", act: "code_of_other_wallet" },
} as const;
const open = [
  {
    sale_id: "S-000470",
    amount_fen: 3_300,
    created_at: views.at("17:20:10"),
    advice: { zh: "结果确认中，请勿重复收款。", en: "Being checked." },
  },
];

async function drawAll(language: "zh" | "en", name: keyof typeof scans): Promise<void> {
  // A name as long as this puts the lights into a second row of the head.
  const { issuer } = views.till();
  box.view = views.till({
    open_sales: open,
    issuer: { ...issuer, merchant_name: "瑞福生鲜便利超市（人民广场店）" },
  });
  const context = await visitor(browser, language, desktop);
  const page = await openTill(context, box);
  box.put(refused(views.balanceCause));
  await page.waitForSelector("[data-screen=declined]");
  await scanKeys(page, scans[name].code);
  await page.waitForSelector(".notice");
  const problems: string[] = [];
  for (const subCode of refusals)
    for (const isLate of [false, true]) {
      const cause = causeOf({ code: "40004", subCode, message: null }, api);
      const incident = incidentOf(subCode, isLate, scans[name].act);
      box.view = { ...box.view, incident };
      box.put(refused(cause));
      await page.locator(".case-no").getByText(incident.case_no).waitFor();
      assert.equal(await page.locator(".notice").count(), 1);
      const px = await hidden(page);

      if (px > 0) problems.push(`${subCode}, ${isLate ? "late" : "at once"}: ${px} px hidden`);
      if (subCode === "ACQ.PAYMENT_AUTH_CODE_INVALID")
        await lookAt(page, `notice-${name}-${isLate ? "late" : "now"}-${language}`, !isLate);
    }
  await context.close();
  assert.deepEqual(problems, []);
}

for (const language of ["zh", "en"] as const)
  for (const name of ["product", "wechat"] as const)
    test(`under the notice of a wrong scan nothing is cut off: ${name}, ${language}`, () =>
      drawAll(language, name));
