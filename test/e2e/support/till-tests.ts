/** One box, one browser window and one till page for each test of a file, and the few things a cashier does. */
import { after, afterEach, before, beforeEach } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { desktop, launchBrowser, scanKeys, visitor } from "./browser.ts";
import { openTill } from "./look.ts";
import { ScriptedBox } from "./scripted-box.ts";
import type { WebFile } from "./web-files.ts";
import { buildWebFiles } from "./web-files.ts";

/** A person's pace; a scanner's is under 30 ms. */
const handMs = 120;

export class TillTests {
  box!: ScriptedBox;
  context!: BrowserContext;
  page!: Page;

  readonly type = (keys: string): Promise<void> => this.page.keyboard.type(keys, { delay: handMs });
  readonly scan = (text: string): Promise<void> => scanKeys(this.page, text);
  readonly screenIs = (kind: string) => this.page.waitForSelector(`[data-screen=${kind}]`);
  readonly says = (text: string) => this.page.getByText(text).first().waitFor();
  readonly amountIs = (text: string) =>
    this.page.waitForFunction(
      (wanted) => document.querySelector(".due .amount")?.textContent === wanted,
      `￥${text}`,
    );
  readonly sent = (): readonly string[] => this.box.posts.map(({ path }) => path);
}

/** Registers the hooks; the fields are there while a test runs. */
export function tillTests(): TillTests {
  const till = new TillTests();
  let browser: Browser;
  let files: ReadonlyMap<string, WebFile>;
  before(async () => {
    files = await buildWebFiles();
    browser = await launchBrowser();
  });
  after(async () => browser.close());
  beforeEach(async () => {
    till.box = new ScriptedBox(files);
    await till.box.start();
    till.context = await visitor(browser, "zh", desktop);
    till.page = await openTill(till.context, till.box);
  });
  afterEach(async () => {
    await till.context.close();
    await till.box.stop();
  });
  return till;
}
