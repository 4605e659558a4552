/** The real browser, found where systems keep it. */
import { existsSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import places from "../../../tools/browsers.json" with { type: "json" };

const candidates = [process.env["CHUPIAO_BROWSER"] ?? "", ...places];

/** Launches Chromium without a network of its own. Throws with what to install when there is none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = candidates.find((path) => path !== "" && existsSync(path));
  if (executablePath === undefined) {
    throw new Error("no browser found: install chromium, or set CHUPIAO_BROWSER to its path");
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-gpu",
    ],
  });
}

/** What axe finds wrong, one readable line each. Without frames there is nothing for the slow mode to find. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} — ${failureSummary ?? ""}`,
    ),
  );
}

export const desktop = { width: 1024, height: 768 } as const;
export const phone = { width: 390, height: 844 } as const;

/** A fresh visitor with a language and no motion, so that pictures are the same each time. */
export async function visitor(
  browser: Browser,
  language: "zh" | "en",
  viewport: { width: number; height: number },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, reducedMotion: "reduce" });
  await context.addInitScript(
    (chosen: string) => localStorage.setItem("chupiao.language", chosen),
    language,
  );
  context.setDefaultTimeout(30_000);
  return context;
}

/** Answers the question about a paper; the page takes no answer before a person could have read it. */
export const answerQuestion = (page: Page, key: "y" | "n"): Promise<void> =>
  pressUntilGone(page, key, "[data-screen=doubtful]");

/** Presses again until what was answered is gone: a press before a person could have read it is passed over. */
export const pressUntilGone = (page: Page, key: string, selector: string): Promise<void> =>
  pressUntil(page, key, selector, "detached");

/** Presses again until the next question is there. */
export const pressUntilThere = (page: Page, key: string, selector: string): Promise<void> =>
  pressUntil(page, key, selector, "visible");

async function pressUntil(
  page: Page,
  key: string,
  selector: string,
  state: "detached" | "visible",
): Promise<void> {
  const tries = 20;
  for (let tried = 0; tried < tries; tried += 1) {
    await page.keyboard.press(key);
    const come = page.waitForSelector(selector, { state, timeout: 300 });
    if (
      await come.then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error(`${selector} was not ${state} after ${tries} answers`);
}

const scannerGapMs = 8;
/** From the number pad to the scanner: by the keys' own timestamps, so that no test has to wait for it. */
const handToScannerMs = 600;

/**
 * Types as a scanner does: real key events, 8 ms apart by their own timestamps, however busy this machine is. `cut`:
 * the gap after that many keys is another.
 */
export async function scanKeys(
  page: Page,
  text: string,
  { enter = true, cut = { after: 0, gapMs: 0 }, laterMs = handToScannerMs } = {},
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const keys = [...text.split(""), ...(enter ? ["Enter"] : [])];
  const firstS = (Date.now() + laterMs) / 1000;
  const sent = keys.flatMap((key, index) => {
    const lateMs = index >= cut.after ? cut.gapMs : 0;
    const timestamp = firstS + (index * scannerGapMs + lateMs) / 1000;
    const event = { key, timestamp, text: key === "Enter" ? "\r" : key };
    return [
      session.send("Input.dispatchKeyEvent", { ...event, type: "keyDown" }),
      session.send("Input.dispatchKeyEvent", { key, timestamp: timestamp + 0.002, type: "keyUp" }),
    ];
  });
  await Promise.all(sent);
  await session.detach();
}
