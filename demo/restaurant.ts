/** A restaurant chain at rush hour: one hub, three tills behind slow and lossy lines, thirty tables that want to pay. */
import type { Text } from "../src/core/text/text.ts";
import { fill } from "../src/core/text/text.ts";
import type { SaleView } from "../src/core/till/view.ts";
import { call, isTrouble, pause, Refused } from "../src/chaos/shop/calls.ts";
import { paperText } from "../src/sandbox/model/printer/paper.ts";
import { type SandboxPrinter, startPrinter } from "../src/sandbox/servers/printer/printer.ts";
import { booksOf, type Books, type Trade, yuan } from "./books.ts";
import { RoughLine, type Weather } from "./line.ts";
import { Place, runOnce } from "./place.ts";
import { plain, type Teller } from "./teller.ts";
import { Till } from "./till.ts";
import { people, words as w } from "./words.ts";

/** Divides all waiting times, of the shop and of its line: a story for people runs at 1. */
export interface Pace {
  readonly factor: number;
  readonly tables: number;
}

const tills = ["T01", "T02", "T03"] as const;
/** Waiters who take payments at one till. */
const waitersAtATill = 2;
const seed = 20_261_129;
const weatherOf = (factor: number): Weather => ({
  roundTripMs: 2_000 / factor,
  jitterMs: 400 / factor,
  calmMs: 4_500 / factor,
  lossMs: 3_000 / factor,
});
/** A waiter looks at one table's screen for so long; then the next table is served. */
const patienceMs = 20_000;
/** Within this a sale has an outcome, whatever the line did: DESIGN's 150 s, and as much again for a second code. */
const outcomeMsMax = 300_000;

interface Table {
  readonly no: number;
  readonly amountFen: number;
}

interface Counter {
  readonly till: Till;
  readonly line: RoughLine;
  readonly printer: SandboxPrinter;
}

export async function playRestaurant(
  teller: Teller,
  pace: Pace = { factor: 1, tables: 30 },
): Promise<Books> {
  const place = new Place();
  try {
    return await new Restaurant(place, teller, pace).play();
  } finally {
    await place.close();
  }
}

const isKnown = ({ outcome }: SaleView): boolean => outcome !== null && outcome !== "unknown";
const isDone = ({ outcome, receipt }: SaleView): boolean =>
  outcome === "paid" && receipt?.job?.state === "confirmed";
/** Proven that nothing was taken, and the till allows another code. */
const mayChargeAgain = (sale: SaleView): boolean =>
  isKnown(sale) && sale.outcome !== "paid" && sale.can.charge === true;

class Restaurant {
  readonly #place: Place;
  readonly #teller: Teller;
  readonly #pace: Pace;
  readonly #sales: { readonly no: number; readonly name: Text; readonly sale: SaleView }[] = [];
  #sandbox = "";

  constructor(place: Place, teller: Teller, pace: Pace) {
    this.#place = place;
    this.#teller = teller;
    this.#pace = pace;
  }

  async play(): Promise<Books> {
    this.#teller.chapter(w.chainTitle);
    const hubUrl = await this.#startHub();
    const counters: Counter[] = [];
    for (const id of tills)
      counters.push(await this.#startTill(id, hubUrl, seed + counters.length));
    this.#teller.tell(people.story, w.chainOpen, { tills: tills.length });
    await this.#control("PATCH", "/control/wallets/lin", { balance_fen: 100_000_000 });
    const weather = weatherOf(this.#pace.factor);
    this.#teller.tell(people.line, w.weather, {
      round: weather.roundTripMs,
      jitter: weather.jitterMs,
    });
    for (const { till, line } of counters)
      await line.rough(weather, (what) =>
        this.#teller.tell(people.line, w.lost, { till: till.name, what }),
      );
    await Promise.all(counters.flatMap((one, index) => this.#rushHour(one, index)));
    const losses = counters.reduce((sum, { line }) => sum + line.losses, 0);
    for (const { line } of counters) await line.calm();
    this.#teller.tell(people.line, w.calm);
    const { trades } = await this.#control<{ readonly trades: readonly Trade[] }>(
      "GET",
      "/control/trades?limit=200",
    );
    const papers = counters.flatMap(({ printer }) =>
      [...printer.papers(), printer.hanging()].map(paperText),
    );
    const sales = this.#sales.toSorted((one, other) => one.no - other.no);
    const books = booksOf({ sales, trades, papers });
    return { rows: books.rows, wrong: [...books.wrong, ...(losses === 0 ? [w.calmLine] : [])] };
  }

  /** Each waiter takes every so manieth table of this till, one after the other. */
  #rushHour(counter: Counter, index: number): readonly Promise<void>[] {
    const tables = tablesOf(this.#pace.tables).filter(({ no }) => no % tills.length === index);
    return Array.from({ length: waitersAtATill }, async (_none, waiter) => {
      const later: { readonly table: Table; readonly saleId: string }[] = [];
      for (const table of tables.filter((_one, at) => at % waitersAtATill === waiter)) {
        const saleId = await this.#takeOrder(counter, table);
        if (!(await this.#settle(counter, table, saleId, patienceMs / this.#pace.factor)))
          later.push({ table, saleId });
      }
      for (const { table, saleId } of later)
        await this.#settle(counter, table, saleId, outcomeMsMax / this.#pace.factor);
      await this.#noteSales(counter, tables, waiter);
    });
  }

  readonly #saleOf = new Map<number, string>();

  async #takeOrder({ till }: Counter, table: Table): Promise<string> {
    const { sale_id: saleId } = await till.ask<SaleView>("POST", "/api/sales", {
      amount_fen: table.amountFen,
    });
    this.#saleOf.set(table.no, saleId);
    return saleId;
  }

  /** Charges as often as the till has proof that nothing was taken. False: not known yet, and then nothing is charged. */
  async #settle(counter: Counter, table: Table, saleId: string, limitMs: number): Promise<boolean> {
    const { till } = counter;
    const who = fill(people.table, { till: till.name, no: table.no });
    const endsAtMs = performance.now() + limitMs;
    let sale = await till.ask<SaleView>("GET", `/api/sales/${saleId}`);
    for (;;) {
      if (sale.can.charge === true) await this.#charge(till, who, table, sale);
      const leftMs = Math.max(0, endsAtMs - performance.now());
      const seen = await till.watch(
        saleId,
        (one) => isDone(one) || mayChargeAgain(one),
        leftMs,
        who,
      );
      if (seen === null) {
        this.#teller.tell(who, w.tableLater);
        return false;
      }
      if (isDone(seen)) return true;
      sale = seen;
    }
  }

  /** A code is shown and scanned, unless the till stops it before: then it is tried again a little later. */
  async #charge(till: Till, who: Text, table: Table, sale: SaleView): Promise<void> {
    const again = sale.attempts.length > 0;
    this.#teller.tell(who, again ? w.tableAgain : w.tablePays, { yuan: yuan(table.amountFen) });
    const { code } = await this.#control<{ readonly code: string }>("POST", "/control/codes", {});
    const { sale_id: saleId, attempts } = sale;
    // The page doesn't wait for the answer either: what the till knows stands on its screen.
    let refused: Refused | null = null;
    const sent = till
      .ask("POST", `/api/sales/${saleId}/attempts`, { code })
      .catch((error: unknown) => {
        if (error instanceof Refused && error.status < 500) refused = error;
        else if (!isTrouble(error)) throw error;
      });
    const begun = (one: SaleView): boolean =>
      one.attempts.length > attempts.length || refused !== null;
    await Promise.race([sent, till.watch(saleId, begun, patienceMs, who)]);
    if (refused === null) return;
    const { gate } = await till.view();
    this.#teller.tell(who, w.tableStopped, { why: gate.stops ?? plain(String(refused)) });
    await pause(2_000 / this.#pace.factor);
  }

  async #noteSales({ till }: Counter, tables: readonly Table[], waiter: number): Promise<void> {
    for (const { no } of tables.filter((_one, at) => at % waitersAtATill === waiter)) {
      const sale = await till.ask<SaleView>("GET", `/api/sales/${this.#saleOf.get(no)}`);
      this.#sales.push({ no, name: fill(people.table, { till: till.name, no }), sale });
    }
  }

  #config(): Readonly<Record<string, unknown>> {
    return {
      merchant: { name: "聚福楼" },
      store: { name: "解放路店" },
      time_factor: this.#pace.factor,
    };
  }

  async #startHub(): Promise<string> {
    const data = this.#place.data("hub", this.#config());
    this.#place.endSandboxOf(data);
    const hub = this.#place.program(["hub", "start", "--data", data, "--port", "0", "--json"]);
    const news = await hub.start();
    this.#sandbox = String(news["sandbox_url"]);
    this.#enrol = async (id) => {
      const answer = await runOnce(["hub", "enrol", "--data", data, "--terminal", id, "--json"]);
      return String(answer["code"]);
    };
    return String(news["url"]);
  }

  #enrol: (id: string) => Promise<string> = async () => "";

  async #startTill(id: string, hubUrl: string, lineSeed: number): Promise<Counter> {
    const line = await RoughLine.open(hubUrl, lineSeed);
    this.#place.atEnd(() => line.close());
    const printer = await startPrinter();
    this.#place.atEnd(() => printer.close());
    const address = `tcp://${printer.host}:${printer.port}`;
    const data = this.#place.data(id, { ...this.#config(), printer: { address } });
    const entry = ["--hub", line.url, "--enrol", await this.#enrol(id)];
    const args = ["terminal", "start", "--data", data, ...entry, "--port", "0", "--json"];
    const news = await this.#place.program(args).start();
    return {
      till: new Till(
        String(news["url"]),
        plain(id),
        this.#teller,
        process.env["FULL"] === undefined,
      ),
      line,
      printer,
    };
  }

  readonly #control = <T>(
    method: "GET" | "POST" | "PATCH",
    path: string,
    body?: unknown,
  ): Promise<T> => call<T>(`${this.#sandbox}${path}`, method, body);
}

/** Bills of thirty different amounts, so that no two can be taken for each other. */
const tablesOf = (count: number): readonly Table[] =>
  Array.from({ length: count }, (_none, index) => ({
    no: index + 1,
    amountFen: 8_800 + index * 1_310,
  }));
