/** Looking at a page: a picture for people, and what a person would trip over as a list of problems. */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import type { BrowserContext, Page } from "playwright-core";
import type { SaleView } from "../../../src/core/till/view.ts";
import type { ScriptedBox } from "./scripted-box.ts";
import { axeFindings } from "./browser.ts";

const shots = ".build/shots";
const fingerPx = 44;

export async function openTill(context: BrowserContext, box: ScriptedBox): Promise<Page> {
  const page = await context.newPage();
  await page.goto(box.url);
  await page.waitForSelector("[data-screen]");
  return page;
}

/** Leaves a picture in .build/shots; asserts that nothing is cut off or too small, and with `axe` that axe is content. */
export async function lookAt(page: Page, name: string, axe: boolean): Promise<void> {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
  assert.deepEqual(await misfits(page), [], name);
  if (axe) assert.deepEqual(await axeFindings(page), [], name);
}

/** Sideways scrolling, and targets too small for a finger. */
const misfits = (page: Page): Promise<readonly string[]> =>
  page.evaluate((minPx) => {
    const found: string[] = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > window.innerWidth + 1) found.push(`wider than the screen: ${scrollWidth}`);
    for (const target of document.querySelectorAll("button, summary, label.choice")) {
      const { width, height } = target.getBoundingClientRect();
      const small = width > 0 && (height < minPx - 0.5 || width < minPx - 0.5);
      if (small) found.push(`${target.textContent}: ${Math.round(width)}×${Math.round(height)}`);
    }
    return found;
  }, fingerPx);

/** The box's clock is the real one, so that the countdown of the pictures stands at a third. */
export function living(sale: SaleView | null): SaleView | null {
  if (sale === null || sale.attempt === null) return sale;
  const clock = (deltaMs: number): string =>
    new Date(Date.now() + 8 * 3_600_000 + deltaMs).toISOString().slice(0, 19) + "+08:00";
  const attempt = {
    ...sale.attempt,
    sent_at: clock(sale.attempt.state === "sending" ? -2_000 : -25_000),
    outcome_by: clock(50_000),
  };
  return { ...sale, attempt };
}
