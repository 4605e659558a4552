/** A small supermarket: a voltage dip takes the till and its printer in mid-receipt. What was paid stays paid once. */
import type { IncidentRow, IncidentView } from "../src/core/diagnosis/view.ts";
import type { SlipLine } from "../src/core/printing/layout-lines.ts";
import { END_TEXTS, FAMILY_TEXTS, VERDICT_TEXTS, WHY_TEXTS } from "../src/core/text/diagnosis.ts";
import { durationText } from "../src/core/text/incident.ts";
import type { Text } from "../src/core/text/text.ts";
import type { SaleView } from "../src/core/till/view.ts";
import { call, eventually } from "../src/chaos/shop/calls.ts";
import { booksOf, type Books, type Trade, yuan } from "./books.ts";
import { Place } from "./place.ts";
import { plain, type Teller } from "./teller.ts";
import { Till } from "./till.ts";
import { people, words as w } from "./words.ts";

type Item = readonly [name: string, quantity: number, priceFen: number];

/** Slow enough that a receipt takes seconds, as it does on an old printer. */
const slowMmPerS = 25;
/** So many lines are on the paper when the power goes. */
const linesAtCut = 6;
const patienceMs = 60_000;
const shop = plain("惠民超市");

const settled = ({ receipt }: SaleView): boolean => receipt?.job?.state === "confirmed";

export async function playSupermarket(teller: Teller): Promise<Books> {
  const place = new Place();
  try {
    return await new Supermarket(place, teller).play();
  } finally {
    await place.close();
  }
}

class Supermarket {
  readonly #place: Place;
  readonly #teller: Teller;
  readonly #data: string;
  readonly #till: Till;
  readonly #sales: { readonly name: Text; sale: SaleView }[] = [];
  readonly #wrong: Text[] = [];
  #box;
  #sandbox = "";

  constructor(place: Place, teller: Teller) {
    this.#place = place;
    this.#teller = teller;
    this.#data = place.data("shop", { merchant: { name: shop.zh }, store: { name: "" } });
    place.endSandboxOf(this.#data);
    this.#box = this.#boxAt("0");
    this.#till = new Till("", people.till, teller);
  }

  async play(): Promise<Books> {
    this.#teller.chapter(w.marketTitle);
    await this.#start();
    this.#teller.tell(people.story, w.open, { shop });
    await this.#control("POST", "/printer/state", { speed_mm_per_s: slowMmPerS });
    await this.#ordinary(w.first, [
      ["酱油", 1, 1_280],
      ["鸡蛋", 1, 1_590],
    ]);
    await this.#inMidReceipt(w.second, [
      ["大米 5kg", 1, 3_990],
      ["菜籽油", 1, 6_880],
      ["牛奶", 2, 650],
    ]);
    await this.#ordinary(w.third, [["面包", 2, 650]]);
    const { trades } = await this.#control<{ readonly trades: readonly Trade[] }>(
      "GET",
      "/control/trades?limit=200",
    );
    const books = booksOf({ sales: this.#sales, trades, papers: await this.#papers() });
    return { rows: books.rows, wrong: [...books.wrong, ...this.#wrong] };
  }

  async #ordinary(name: Text, items: readonly Item[]): Promise<void> {
    const saleId = await this.#sell(name, items);
    await this.#end(name, saleId);
  }

  async #inMidReceipt(name: Text, items: readonly Item[]): Promise<void> {
    const saleId = await this.#sell(name, items);
    await this.#till.watch(saleId, ({ receipt }) => receipt?.job?.state === "sending", patienceMs);
    await this.#printed(linesAtCut);
    await this.#powerFails();
    await this.#powerComesBack();
    await this.#answerTheQuestion(saleId);
    await this.#control("POST", "/net", { undervoltage: false });
    this.#teller.tell(people.owner, w.otherSocket);
    const sale = await this.#end(name, saleId);
    if (sale.receipt?.job?.mark !== "original")
      this.#showPaper(people.printer, w.copyCame, (await this.#papers()).findLast(isCopy) ?? "");
    await this.#tellIncident(saleId);
  }

  async #sell(customer: Text, items: readonly Item[]): Promise<string> {
    const { code } = await this.#control<{ readonly code: string }>("POST", "/control/codes", {});
    const dueFen = items.reduce((sum, [, quantity, price]) => sum + quantity * price, 0);
    this.#teller.tell(people.cashier, w.rings, { yuan: yuan(dueFen), customer });
    const { sale_id: saleId } = await this.#till.ask<SaleView>("POST", "/api/sell", {
      items: items.map(([name, quantity, price]) => ({ name, quantity, price_fen: price })),
      code,
    });
    return saleId;
  }

  /** The sale is over: its outcome known, its paper proven. What isn't so after a while is told, and stays in the books. */
  async #end(name: Text, saleId: string): Promise<SaleView> {
    const sale =
      (await this.#till.watch(saleId, settled, patienceMs)) ??
      (await this.#till.ask<SaleView>("GET", `/api/sales/${saleId}`));
    this.#sales.push({ name, sale });
    return sale;
  }

  async #printed(count: number): Promise<void> {
    const lines = async (): Promise<number> =>
      (await this.#control<{ readonly lines: number }>("GET", "/printer/state")).lines;
    const before = await lines();
    await eventually(async () => (await lines()) >= before + count, patienceMs, 20);
  }

  async #powerFails(): Promise<void> {
    await Promise.all([
      this.#control("POST", "/net", { undervoltage: true }),
      this.#box.end("SIGKILL"),
      this.#control("POST", "/printer/state", { power: "off" }),
    ]);
    this.#teller.tell(people.power, w.cut);
    const paper = await this.#hanging();
    this.#showPaper(people.printer, w.hangs, paper);
  }

  async #powerComesBack(): Promise<void> {
    this.#teller.tell(people.power, w.back);
    await this.#control("POST", "/printer/state", { power: "on", speed_mm_per_s: 0 });
    await this.#control("POST", "/net/restart", {});
    this.#box = this.#boxAt(new URL(this.#till.url).port);
    await this.#start();
  }

  /** The till can't know whether the paper is whole. Whoever stands there can. */
  async #answerTheQuestion(saleId: string): Promise<void> {
    const asked = await this.#till.watch(
      saleId,
      (sale, view) =>
        settled(sale) ||
        (sale.receipt?.job?.state === "doubtful" &&
          view.incident?.sale_id === saleId &&
          view.incident.first !== null),
      patienceMs,
    );
    const job = asked?.receipt?.job;
    if (job === null || job === undefined || job.state !== "doubtful") {
      this.#wrong.push(w.wasWhole);
      return;
    }
    this.#teller.tell(people.cashier, w.looks);
    const whole = await this.#isWhole(saleId, asked?.receipt?.number ?? "");
    this.#teller.tell(people.cashier, whole ? w.isWhole : w.isHalf);
    if (whole) this.#wrong.push(w.wasWhole);
    else await this.#control("POST", "/printer/actions/tear", {});
    await this.#till.ask("POST", `/api/jobs/${job.id}/answer`, { printed: whole });
  }

  /** Whether every word of the receipt stands on a paper that bears its number. */
  async #isWhole(saleId: string, number: string): Promise<boolean> {
    const { lines } = await this.#till.ask<{ readonly lines: readonly SlipLine[] }>(
      "GET",
      `/api/sales/${saleId}/paper`,
    );
    const words = lines.flatMap((line) =>
      line.kind === "text" ? [line.text] : line.kind === "pair" ? [line.left, line.right] : [],
    );
    const mine = (await this.#papers()).filter((paper) => paper.includes(number));
    return mine.some((paper) => words.every((word) => paper.includes(word.trim())));
  }

  async #tellIncident(saleId: string): Promise<void> {
    const path = `/api/incidents?sale=${encodeURIComponent(saleId)}`;
    const newest = async (): Promise<IncidentRow | undefined> =>
      (await this.#till.ask<{ readonly data: readonly IncidentRow[] }>("GET", path)).data[0];
    await eventually(async () => ((await newest())?.closed_at ?? null) !== null, patienceMs);
    const row = await newest();
    if (row === undefined || row.ended === null) {
      this.#wrong.push(w.noIncident);
      return;
    }
    const incident = await this.#till.ask<IncidentView>("GET", `/api/incidents/${row.id}`);
    const { case_no: no, first, why, ended } = incident;
    if (first === null) this.#wrong.push(w.noCause);
    else
      this.#teller.tell(people.till, w.incidentFound, {
        no,
        why: WHY_TEXTS[why],
        verdict: VERDICT_TEXTS[first.verdict],
        cause: first.title,
        family: FAMILY_TEXTS[first.family],
      });
    if (ended !== null)
      this.#teller.tell(people.till, w.incidentClosed, {
        no,
        how: END_TEXTS[ended.how],
        took: durationText(ended.took_ms),
      });
  }

  async #start(): Promise<void> {
    const news = await this.#box.start();
    this.#till.url = String(news["url"]);
    this.#sandbox = String(news["sandbox_url"]);
  }

  readonly #boxAt = (port: string) =>
    this.#place.program(["start", "--data", this.#data, "--port", port, "--json"]);

  readonly #control = <T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> =>
    call<T>(`${this.#sandbox}${path}`, method, body);

  readonly #hanging = (): Promise<string> => this.#control("GET", "/printer/papers/hanging.txt");

  async #papers(): Promise<readonly string[]> {
    const { papers } = await this.#control<{
      readonly papers: readonly { readonly text: string }[];
    }>("GET", "/printer/papers");
    return [...papers.map(({ text }) => text), await this.#hanging()];
  }

  #showPaper(who: Text, text: Text, paper: string): void {
    this.#teller.tell(who, text);
    const lines = String(paper)
      .split("\n")
      .filter((line) => line.trim() !== "");
    this.#teller.show(
      lines.length === 0 ? [w.nothingHangs] : lines.map((line) => plain(`│ ${line}`)),
    );
  }
}

const isCopy = (paper: string): boolean => paper.includes("补打");
