/** A cashier at the counter: the real box and its sandbox, the real till page and customer's screen, hands on the keyboard. */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, afterEach, before, beforeEach } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { SaleSummary, SaleView, TillView } from "../../../src/core/till/view.ts";
import { desktop, launchBrowser, scanKeys, visitor } from "./browser.ts";
import { RealBox } from "./real-box.ts";
import type { TradeRow } from "./real-box.ts";

/** A person's pace; a scanner's is under 30 ms. */
const handMs = 50;
const shots = ".build/shots";
/** Divides every waiting time of box and gateway: 60 s of waiting for a password are 3 s here. */
export const timeFactor = 20;
const patienceMs = 15_000;

export class Counter {
  box!: RealBox;
  context!: BrowserContext;
  page!: Page;
  display!: Page;

  readonly type = (keys: string): Promise<void> => this.page.keyboard.type(keys, { delay: handMs });
  readonly press = (key: string): Promise<void> => this.page.keyboard.press(key);
  readonly screenIs = (kind: string) => this.page.waitForSelector(`[data-screen=${kind}]`);
  readonly says = (text: string) => this.page.getByText(text).first().waitFor();
  readonly displayIs = (phase: string) => this.display.waitForSelector(`[data-phase=${phase}]`);

  /** The amount, Enter, and a customer's code under the scanner. */
  async sell(amount: string, wallet?: string): Promise<void> {
    await this.type(amount);
    await this.press("Enter");
    await this.screenIs("show_code");
    await this.scan(wallet);
  }

  /** No paper can be printed and the customer wants one: the owner, who is on duty, lets the sale through. */
  async sellOverGate(amount: string): Promise<void> {
    await this.type(amount);
    await this.screenIs("ask_e_receipt");
    await this.press("o");
    await this.page.getByRole("button", { name: "放行十分钟" }).click();
    await this.screenIs("amount");
    await this.press("Enter");
    await this.screenIs("show_code");
    await this.scan();
  }

  async scan(wallet?: string): Promise<void> {
    await scanKeys(this.page, await this.box.code(wallet));
  }

  /** `kill -9` of the box, until the page says so calmly. */
  async powerCut(): Promise<void> {
    await this.box.kill();
    await this.says("收银程序没有回应");
  }

  async powerBack(): Promise<void> {
    await this.box.start();
    await this.page.getByText("收银程序没有回应").waitFor({ state: "detached" });
  }

  readonly printer = (state: Readonly<Record<string, unknown>>): Promise<unknown> =>
    this.box.control("POST", "/printer/state", state);
  readonly fault = (fault: Readonly<Record<string, unknown>>): Promise<unknown> =>
    this.box.control("POST", "/control/faults", fault);

  /** Every screen since the page was opened, in their order: one that was too short to look at counts, too. */
  readonly screens = (): Promise<readonly string[]> =>
    this.page.evaluate(() => (window as unknown as { screens: readonly string[] }).screens);

  /** The newest sale, as the box tells it to any program. */
  async sale(): Promise<SaleView> {
    const { data } = await this.box.ask<{ data: readonly SaleSummary[] }>(
      "GET",
      "/api/sales?limit=1",
    );
    assert.ok(data[0] !== undefined);
    return this.box.ask("GET", `/api/sales/${data[0].sale_id}`);
  }

  /** The gateway's own book of one sale: every order that any of its attempts made there. */
  async trades(sale: SaleView): Promise<readonly TradeRow[]> {
    const { trades } = await this.box.control<{ trades: readonly TradeRow[] }>(
      "GET",
      "/control/trades?limit=200",
    );
    const ours = new Set(sale.attempts.map((one) => one.order_no));
    return trades.filter((one) => ours.has(one.out_trade_no));
  }

  /** What the customers of this sale are left to have paid, in fen. */
  async keptFen(sale: SaleView): Promise<number> {
    const trades = await this.trades(sale);
    return trades.reduce(
      (sum, one) => sum + (one.paid_at === null ? 0 : one.total_fen) - one.refunded_fen,
      0,
    );
  }

  /** Papers that bear this receipt's number. */
  async papers(sale: SaleView): Promise<readonly string[]> {
    const number = sale.receipt?.number;
    if (number === undefined) return [];
    return (await this.box.papers()).filter((text) => text.includes(number));
  }

  /** Until no paper of this sale is on its way. */
  async settled(saleId: string): Promise<void> {
    await this.box.until(saleId, ({ receipt, slips }) =>
      [...(receipt?.jobs ?? []), ...slips].every(({ state }) => state === "confirmed"),
    );
  }

  /** Leaves pictures of both screens in .build/shots, for people. */
  async picture(name: string): Promise<void> {
    mkdirSync(shots, { recursive: true });
    await this.page.screenshot({ path: `${shots}/counter-${name}.png` });
    await this.display.screenshot({ path: `${shots}/counter-${name}-display.png` });
  }

  async calm(): Promise<void> {
    await this.printer(calmPrinter);
    await this.box.control("POST", "/control/gateway", { mode: "up" });
    await this.box.control("DELETE", "/control/faults");
    await this.box.control("PATCH", "/control/settings", { notify_on: ["TRADE_SUCCESS"] });
  }
}

const calmPrinter = {
  power: "on",
  paper: "ok",
  paper_left_mm: null,
  cover: "closed",
  speed_mm_per_s: 0,
  power_loss: null,
  mute: false,
};

/** Runs in the page, before anything of it: notes each new screen in `window.screens`. */
const noteScreens = (): void => {
  const screens: string[] = [];
  Object.assign(window, { screens });
  new MutationObserver(() => {
    const kind = document.querySelector<HTMLElement>("[data-screen]")?.dataset["screen"];
    if (kind !== undefined && kind !== screens.at(-1)) screens.push(kind);
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-screen"] });
};

const unmarked = (text: string): boolean => text.includes("收款小票") && !/补打|重印/.test(text);

/** One outcome and one receipt: the money is there once, the paper says so once, and marked copies are marked. */
export async function assertPaidOnce(counter: Counter, copies = 0): Promise<SaleView> {
  const sale = await counter.sale();
  assert.equal(sale.outcome, "paid");
  assert.equal(await counter.keptFen(sale), sale.amount_fen);
  const papers = await counter.papers(sale);
  assert.equal(papers.filter(unmarked).length, 1, papers.join("\n---\n"));
  assert.equal(papers.length, 1 + copies, papers.join("\n---\n"));
  const yuan = (sale.amount_fen / 100).toFixed(2);
  for (const text of papers) assert.ok(text.includes(`￥${yuan}`), text);
  return sale;
}

/** No money, and no paper that says otherwise. */
export async function assertNothingTaken(counter: Counter): Promise<SaleView> {
  const sale = await counter.sale();
  assert.ok(sale.outcome === "declined" || sale.outcome === "reversed", JSON.stringify(sale));
  assert.equal(await counter.keptFen(sale), 0);
  assert.equal(sale.receipt, null);
  return sale;
}

/** Registers the hooks: one box and sandbox for a file, a fresh page and a calm world for each test. */
export function counterTests(factor = timeFactor): Counter {
  const counter = new Counter();
  let browser: Browser;
  before(async () => {
    counter.box = await RealBox.open(factor);
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await counter.box.close();
  });
  beforeEach(async () => {
    await counter.calm();
    await giveUpOpenSale(counter.box);
    counter.context = await visitor(browser, "zh", desktop);
    counter.context.setDefaultTimeout(patienceMs);
    counter.page = await counter.context.newPage();
    await counter.page.addInitScript(noteScreens);
    counter.display = await counter.context.newPage();
    await counter.display.goto(`${counter.box.url}/display`);
    await counter.page.goto(counter.box.url);
    await counter.page.bringToFront();
    await counter.page.waitForSelector("[data-screen]");
  });
  afterEach(() => counter.context.close());
  return counter;
}

/** What an earlier test left on the screen, unpaid. */
async function giveUpOpenSale(box: RealBox): Promise<void> {
  const { sale } = await box.ask<TillView>("GET", "/api/till");
  if (sale?.state === "open") await box.ask("POST", `/api/sales/${sale.sale_id}/abandon`);
}
