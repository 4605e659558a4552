/** All closes and the open day together are all the money there is, each row of it once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newJournalDisk } from "../../src/adapters/store/memory/journal.ts";
import { manualWorld } from "../../src/adapters/world/manual.ts";
import { fen } from "../../src/core/money/money.ts";
import type { DayView } from "../../src/core/till/view.ts";
import type { MoneyRow } from "../../src/ports/journal.ts";
import { assertEachOnce, EarlierTill } from "./terminal-days-support.ts";
import { Bench, declined, operator, paid, rolledBack, ScriptedHub } from "./terminal-support.ts";

const hourMs = 3_600_000;
const clock = fc.integer({ min: -60, max: 60 }).map((hours) => ({ kind: "clock", hours }) as const);
const plain = <K extends string>(kind: K): fc.Arbitrary<{ readonly kind: K }> =>
  fc.constant({ kind });
const pick = fc.nat(30).map((n) => ({ kind: "refund", n }) as const);
const taken = fc.nat(30).map((n) => ({ kind: "taken_back", n }) as const);

const act = fc.oneof(
  { weight: 4, arbitrary: plain("sale") },
  { weight: 2, arbitrary: plain("cash") },
  { weight: 2, arbitrary: pick },
  { weight: 1, arbitrary: taken },
  { weight: 3, arbitrary: plain("close") },
  { weight: 3, arbitrary: plain("restart") },
  { weight: 4, arbitrary: clock },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** A shop that does it all. */
class Shop {
  readonly bench: Bench;
  readonly #paid: { readonly saleId: string; readonly orderNo: string }[] = [];
  #sales: number;

  /** `sales`: so many powers of two are amounts of rows already. */
  constructor(bench: Bench, sales = 0) {
    this.bench = bench;
    this.#sales = sales;
  }

  async does(one: Act): Promise<void> {
    const { bench } = this;
    if (one.kind === "clock") bench.world.jumpClock(one.hours * hourMs);
    if (one.kind === "restart") await bench.restart();
    if (one.kind === "close") await this.close();
    if (one.kind === "sale") this.#paid.push(await this.#sell(true));
    if (one.kind === "cash") {
      const { saleId } = await this.#sell(false);
      await bench.terminal.sales.giveUp(saleId, "paid_otherwise", operator);
    }
    if (one.kind === "refund" || one.kind === "taken_back") {
      const [sold] = this.#paid.splice(one.n % Math.max(1, this.#paid.length), 1);
      if (sold === undefined) return;
      if (one.kind === "taken_back") return bench.news(sold.orderNo, rolledBack);
      const requestNo = `R-${sold.saleId}`;
      await bench.terminal.sales.refund(sold.saleId, null, "退", operator, requestNo);
      bench.hub.endRefund(requestNo, "done");
      await bench.world.advance(1);
    }
  }

  async close(): Promise<void> {
    const none = { cashFen: null, slips: null };
    const day = await this.bench.terminal.days.close(operator, none, true);
    assert.notEqual(typeof day, "string");
  }

  days(): readonly DayView[] {
    const { days } = this.bench.terminal;
    const closes = days.list(1_000, null).data.map((row) => days.closed(row.close_no));
    return [...closes.flatMap((day) => day ?? []), days.view()];
  }

  rows(): readonly MoneyRow[] {
    return [...this.bench.disk.money.values()];
  }

  async #sell(isPaid: boolean): Promise<{ readonly saleId: string; readonly orderNo: string }> {
    const n = (this.#sales += 1);
    const end = isPaid ? { ...paid, providerTradeNo: `P${n}` } : declined;
    return this.bench.sell(end, { amountFen: fen(2 ** n) });
  }
}

const dates = (days: readonly DayView[]): readonly string[] => days.map((one) => one.date);
const labels = (days: readonly DayView[]): readonly string[] => days.map((one) => one.business_day);

test("sales, refunds, closes, restarts and any clock: each row of money is in one day", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 24, size: "max" }), async (acts) => {
      const shop = new Shop(await Bench.open());
      for (const one of acts) await shop.does(one);
      const days = shop.days();
      assertEachOnce(shop.rows(), days);
      assert.equal(new Set(labels(days)).size, days.length);
      assert.equal(new Set(dates(days)).size, days.length);
    }),
    { numRuns: 150 },
  );
});

const earlierAct = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("paid", "refunded", "paid_otherwise") },
  { weight: 2, arbitrary: fc.constantFrom("close", "restart") },
  { weight: 3, arbitrary: clock },
);

test("a folder of an earlier version: what no close has summed is in the next one, nothing twice", async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(earlierAct, { minLength: 4, maxLength: 24, size: "max" }),
      fc.array(act, { maxLength: 8 }),
      async (earlierActs, acts) => {
        const world = manualWorld();
        const disk = newJournalDisk();
        const earlier = new EarlierTill(world, disk);
        for (const one of earlierActs) {
          if (typeof one === "object") world.jumpClock(one.hours * hourMs);
          else if (one === "close") await earlier.close();
          else if (one === "restart") earlier.restart();
          else await earlier.money(one);
        }
        const before = [...disk.money.values()];
        const left = before.filter((row) => !earlier.isSummed(row));
        const shop = new Shop(new Bench(world, new ScriptedHub(), disk), before.length);
        await shop.bench.terminal.start();
        assertEachOnce(left, [shop.bench.terminal.days.view()]);
        const known = shop.days().length - 1;
        if (shop.bench.terminal.days.view().earlier_days.length > 0) found += 1;
        for (const one of acts) await shop.does(one);
        await shop.close();
        const since = shop.days().filter((day) => (day.close_no ?? Infinity) > known);
        const added = shop.rows().slice(before.length);
        assertEachOnce([...left, ...added], since);
        assert.equal(new Set(labels(since)).size, since.length);
        assert.equal(new Set(dates(shop.days())).size, shop.days().length);
      },
    ),
    { numRuns: 150 },
  );
  assert.ok(found > 10, `only ${found} folders had money that no close had summed`);
});
