/** Every row of money is in one close, whatever restarts, clocks and crashes do to the days. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DayView } from "../../src/core/till/view.ts";
import { Bench, declined, given, operator, paid } from "./terminal-support.ts";

const none = { cashFen: null, slips: null };
const unknown = { state: "unknown", unpaidEnd: null } as const;
const dayMs = 86_400_000;

async function close(bench: Bench, carryOver = true): Promise<DayView> {
  const day = await bench.terminal.days.close(operator, none, carryOver);
  assert.ok(typeof day !== "string");
  return day;
}

describe("the first days of a shop", () => {
  test("money of an evening that nobody closed is in the close of the next morning", async () => {
    const bench = await Bench.open();
    await bench.sell(paid);
    bench.world.jumpClock(dayMs);
    await bench.restart();
    await bench.sell(paid);
    const day = await close(bench);
    assert.deepEqual([day.net_fen, day.paid.count], [4_000, 2]);
    assert.deepEqual([bench.net(), day.earlier_days], [0, []]);
  });

  test("a restart before the first close doesn't move its beginning", async () => {
    const bench = await Bench.open();
    const { opened_at: openedAt, business_day: label } = bench.terminal.days.view();
    bench.world.jumpClock(2 * dayMs);
    await bench.restart();
    const view = bench.terminal.days.view();
    assert.deepEqual([view.opened_at, view.business_day], [openedAt, label]);
  });
});

describe("a clock that was set back", () => {
  test("a label comes back never: each sale is in one close", async () => {
    const bench = await Bench.open();
    const days: DayView[] = [];
    bench.world.jumpClock(dayMs);
    for (const stepMs of [-dayMs, 0, dayMs, 0]) {
      await bench.sell(paid);
      days.push(await close(bench));
      bench.world.jumpClock(stepMs);
    }
    assert.deepEqual(
      days.map((one) => one.net_fen),
      [2_000, 2_000, 2_000, 2_000],
    );
    assert.equal(new Set(days.map((one) => one.business_day)).size, 4);
  });
});

describe("a close", () => {
  test("a crash just after its commit loses no slip", async () => {
    const bench = await Bench.open();
    await bench.sell(paid);
    await close(bench);
    await bench.restart();
    const slips = bench.terminal.book.jobs().filter((one) => one.slip.kind === "day");
    assert.deepEqual(
      slips.map((one) => [one.mark.kind, one.state]),
      [["original", "queued"]],
    );
  });

  test("names a sale whose goods left unpaid, and ends it no more than a person did", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(unknown);
    await bench.terminal.sales.goodsLeft(saleId, operator);
    await bench.news(orderNo, declined);
    assert.equal(await bench.terminal.days.close(operator, none, false), "day_has_open_sales");
    const day = await close(bench);
    assert.deepEqual(
      day.open_sales.map((one) => [one.sale_id, one.why.zh]),
      [[saleId, "货已带走，没有收到钱"]],
    );
    assert.equal(bench.record(saleId).sale.state, "open");
    assert.equal(bench.hub.attempts.get(orderNo)?.saleEnded, false);
    await bench.terminal.sales.giveUp(saleId, "paid_otherwise", operator);
    assert.deepEqual((await close(bench, false)).open_sales, []);
  });

  test("one that is refused late has ended no sale", async () => {
    const bench = await Bench.open();
    const { sales, days } = bench.terminal;
    const typed = await sales.open(given);
    bench.isSlow = true;
    const closing = days.close(operator, none, false);
    // A customer whose outcome stays open comes while the close is on its way.
    const selling = bench.sell(unknown);
    const answer = await closing;
    await selling;
    const { state } = bench.record(typed.sale.id).sale;
    assert.equal(state, typeof answer === "string" ? "open" : "unpaid");
  });
});
