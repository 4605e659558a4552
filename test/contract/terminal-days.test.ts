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

  test("on a disk that fails it is nothing at all, and later it is whole", async () => {
    const bench = await Bench.open();
    await bench.sell(paid);
    const typed = await bench.terminal.sales.open(given);
    bench.disk.failing = true;
    await assert.rejects(bench.terminal.days.close(operator, none, true));
    bench.disk.failing = false;
    const isAsBefore = (): void => {
      assert.equal(bench.record(typed.sale.id).sale.state, "open");
      assert.deepEqual([bench.net(), bench.terminal.days.closed(1)], [2_000, null]);
      assert.ok(bench.terminal.book.jobs().every((one) => one.slip.kind !== "day"));
    };
    isAsBefore();
    await bench.restart();
    isAsBefore();
    assert.deepEqual([(await close(bench)).net_fen, bench.net()], [2_000, 0]);
    assert.equal(bench.record(typed.sale.id).sale.state, "unpaid");
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
      [[saleId, "货已带走，没有收到钱；请在收银台再收、改收现金或取消"]],
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

describe("the slip of a close", () => {
  const confirm = {
    kind: "confirm",
    proof: { level: "status", atMs: 1, evidence: "GS r 1: 00" },
  } as const;
  const send = { kind: "send", processId: null, bytesHash: "x", cutsBefore: null } as const;
  const slips = (bench: Bench): readonly string[] =>
    bench.terminal.book
      .jobs()
      .filter((one) => one.slip.kind === "day")
      .map(({ state, mark }) => [state, mark.kind, "count" in mark ? mark.count : 0].join(" "));
  const again = (bench: Bench): ReturnType<typeof bench.terminal.days.printAgain> =>
    bench.terminal.days.printAgain(1, operator);
  const newest = (bench: Bench): string => bench.terminal.book.jobs().at(-1)?.id ?? "";

  test("comes once more as a counted copy, and not while the last one is on its way", async () => {
    const bench = await Bench.open();
    assert.equal(await again(bench), "day_not_found");
    await close(bench);
    assert.equal(await again(bench), "day_slip_on_its_way");
    for (const copy of [1, 2]) {
      await bench.terminal.changeJob(newest(bench), send);
      assert.equal(await again(bench), "day_slip_on_its_way");
      await bench.terminal.changeJob(newest(bench), confirm);
      const both = await Promise.all([again(bench), again(bench)]);
      assert.deepEqual(both, [{ close_no: 1, copy, job_id: newest(bench) }, "day_slip_on_its_way"]);
      assert.deepEqual(slips(bench), [`queued reprint ${copy}`]);
      await bench.restart();
    }
  });

  test("one that nobody knows to be out is replaced by its copy", async () => {
    const bench = await Bench.open();
    await close(bench);
    const first = newest(bench);
    await bench.terminal.changeJob(first, send);
    await bench.terminal.changeJob(first, { kind: "doubt", cause: "connection_lost" });
    assert.notEqual(typeof (await again(bench)), "string");
    assert.deepEqual(slips(bench), ["queued replacement 1"]);
    // As if it had been replaced by an answer: its copy is the newest all the same.
    bench.disk.settings.set("day_slip_1", first);
    assert.equal(await again(bench), "day_slip_on_its_way");
    await bench.terminal.changeJob(newest(bench), send);
    await bench.terminal.changeJob(newest(bench), confirm);
    assert.notEqual(typeof (await again(bench)), "string");
    assert.deepEqual(slips(bench), ["queued reprint 2"]);
    assert.equal(bench.terminal.deps.journal.job(first)?.state, "replaced");
  });

  test("of a close by an earlier version every further one is a copy", async () => {
    const bench = await Bench.open();
    const day = await close(bench);
    await bench.terminal.changeJob(newest(bench), send);
    await bench.terminal.changeJob(newest(bench), confirm);
    bench.disk.settings.delete("day_slip_1");
    const { earlier_days: _, date: __, rolled_back: ___, ...stored } = day;
    bench.disk.settings.set("day_closed_1", JSON.stringify(stored));
    await bench.restart();
    assert.deepEqual(bench.terminal.days.closed(1), day);
    assert.notEqual(typeof (await again(bench)), "string");
    assert.deepEqual(slips(bench), ["queued reprint 1"]);
  });

  test("names the days whose money no close had", async () => {
    const bench = await Bench.open();
    await bench.sell(paid);
    bench.disk.settings.delete("day_open");
    const [key, row] = [...bench.disk.money][0] ?? assert.fail("no money");
    const atMs = Date.UTC(2026, 9, 30, 4);
    bench.disk.money.set(key, { ...row, businessDay: "2026-10-30", atMs });
    const next = { businessDay: "2026-10-31", atMs: atMs + dayMs };
    bench.disk.money.set("m2", { ...row, key: "m2", ...next });
    await bench.restart();
    const day = await close(bench);
    assert.deepEqual([day.business_day, day.net_fen], ["2026-11-02", 4_000]);
    assert.deepEqual(
      day.earlier_days,
      ["2026-10-30", "2026-10-31"].map((date) => ({
        business_day: date,
        date,
        count: 1,
        net_fen: 2_000,
      })),
    );
    const slip = bench.terminal.book.jobs().at(-1)?.slip;
    assert.ok(slip?.kind === "day");
    assert.equal(slip.title, "日结单 2026-11-02 第 1 号");
    assert.deepEqual(slip.lines.slice(0, 3), [
      ["营业起止", "10-30 12:00 至 11-02 09:00"],
      ["并入未日结的营业日", "2 日 2 笔 ￥40.00"],
      ["  日期", "2026-10-30 至 2026-10-31"],
    ]);
  });
});

test("closes are listed newest first, page by page", async () => {
  const bench = await Bench.open();
  for (let n = 0; n < 5; n += 1) await close(bench);
  const { days } = bench.terminal;
  const numbers = (limit: number, before: number | null): unknown => {
    const { data, next } = days.list(limit, before);
    return [data.map((one) => one.close_no), next];
  };
  assert.deepEqual(numbers(2, null), [[5, 4], 4]);
  assert.deepEqual(numbers(2, 4), [[3, 2], 2]);
  assert.deepEqual(numbers(2, 2), [[1], null]);
  assert.deepEqual(numbers(9, null), [[5, 4, 3, 2, 1], null]);
  assert.deepEqual(numbers(9, 1), [[], null]);
});
