/** What people read a day by: the date of its money, whatever label the money is recorded under. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DayView } from "../../src/core/till/view.ts";
import { Bench, operator, paid } from "./terminal-support.ts";

const none = { cashFen: null, slips: null };
const hourMs = 3_600_000;

async function close(bench: Bench): Promise<DayView> {
  const day = await bench.terminal.days.close(operator, none, true);
  assert.ok(typeof day !== "string");
  return day;
}

/** The title of the last day slip and what stands first on it. */
function slip(bench: Bench): readonly unknown[] {
  const last = bench.terminal.book.jobs().findLast((one) => one.slip.kind === "day")?.slip;
  assert.ok(last?.kind === "day");
  return [last.title, last.lines[0]];
}

const listed = (bench: Bench): readonly string[] =>
  bench.terminal.days.list(9, null).data.map((one) => one.date);

/** The row of money that was recorded last comes under another label, as an earlier version had it. */
function relabel(bench: Bench, businessDay: string): void {
  const [key, row] = [...bench.disk.money].at(-1) ?? assert.fail("no money");
  bench.disk.money.set(key, { ...row, businessDay });
}

describe("a shop that closes each evening", () => {
  test("reads the date of each day's money on its slip, at the till and in the list", async () => {
    const bench = await Bench.open();
    const papers: unknown[] = [];
    const seen: string[] = [];
    for (let day = 0; day < 3; day += 1) {
      await bench.sell(paid);
      bench.world.jumpClock(13 * hourMs);
      seen.push(bench.terminal.days.view().date);
      await close(bench);
      papers.push(slip(bench));
      bench.world.jumpClock(11 * hourMs);
    }
    assert.deepEqual(papers, [
      ["日结单 2026-11-02 第 1 号", ["营业起止", "11-02 09:00 至 11-02 22:00"]],
      ["日结单 2026-11-03 第 2 号", ["营业起止", "11-02 22:00 至 11-03 22:00"]],
      ["日结单 2026-11-04 第 3 号", ["营业起止", "11-03 22:00 至 11-04 22:00"]],
    ]);
    assert.deepEqual(seen, ["2026-11-02", "2026-11-03", "2026-11-04"]);
    assert.deepEqual(listed(bench), seen.toReversed());
  });

  test("a day without money is of the date on which it is closed", async () => {
    const bench = await Bench.open();
    await close(bench);
    bench.world.jumpClock(48 * hourMs);
    assert.equal(bench.terminal.days.view().date, "2026-11-04");
    assert.equal((await close(bench)).date, "2026-11-04");
  });

  test("an evening that ends after midnight is of the date on which it began", async () => {
    const bench = await Bench.open();
    await bench.sell(paid);
    bench.world.jumpClock(16 * hourMs);
    await bench.sell(paid);
    assert.equal((await close(bench)).date, "2026-11-02");
  });
});

describe("a date that two closes share", () => {
  test("has a part on the second one only, also over a restart and a clock set back", async () => {
    const bench = await Bench.open();
    for (const hours of [1, 24, -24, 24]) {
      await bench.sell(paid);
      await close(bench);
      bench.world.jumpClock(hours * hourMs);
      await bench.restart();
    }
    assert.deepEqual(listed(bench), ["2026-11-02#3", "2026-11-03", "2026-11-02#2", "2026-11-02"]);
    await bench.sell(paid);
    assert.equal(bench.terminal.days.view().date, "2026-11-03#2");
  });

  test("closes that were kept without a date count, by that of their money", async () => {
    const bench = await Bench.open();
    for (const hours of [24, 0, 0]) {
      await bench.sell(paid);
      await close(bench);
      bench.world.jumpClock(hours * hourMs);
    }
    const known = listed(bench);
    for (const no of [1, 2, 3]) {
      const { date: _, ...kept } = bench.terminal.days.closed(no) ?? assert.fail("no close");
      bench.disk.settings.set(`day_closed_${no}`, JSON.stringify(kept));
    }
    await bench.restart();
    assert.deepEqual(known, ["2026-11-03#2", "2026-11-03", "2026-11-02"]);
    assert.deepEqual(listed(bench), known);
    assert.equal(bench.terminal.days.closed(3)?.date, "2026-11-03#2");
    assert.equal((await close(bench)).date, "2026-11-03#3");
  });
});

describe("a folder of an earlier version that was never closed", () => {
  test("today is the open day, and the days before are what it takes in", async () => {
    const bench = await Bench.open();
    for (const label of ["2026-11-02", "2026-11-03", "2026-11-04"]) {
      await bench.sell(paid);
      relabel(bench, label);
      bench.world.jumpClock((label === "2026-11-04" ? 3 : 24) * hourMs);
    }
    bench.disk.settings.delete("day_open");
    await bench.restart();
    await bench.sell(paid);
    bench.world.jumpClock(10 * hourMs);
    const day = await close(bench);
    assert.deepEqual([day.business_day, day.date, day.paid.count], ["2026-11-04", "2026-11-04", 4]);
    assert.deepEqual(
      day.earlier_days.map((one) => [one.date, one.count]),
      [
        ["2026-11-02", 1],
        ["2026-11-03", 1],
      ],
    );
    assert.deepEqual(slip(bench), [
      "日结单 2026-11-04 第 1 号",
      ["营业起止", "11-02 09:00 至 11-04 22:00"],
    ]);
    bench.world.jumpClock(11 * hourMs);
    await bench.sell(paid);
    const next = await close(bench);
    assert.deepEqual([next.date, next.paid.count, next.earlier_days], ["2026-11-05", 1, []]);
  });

  test("what it takes in has the date of its money, not the label that it was kept under", async () => {
    const bench = await Bench.open();
    await bench.sell(paid);
    relabel(bench, "2026-11-01#2");
    bench.disk.settings.delete("day_open");
    bench.world.jumpClock(24 * hourMs);
    await bench.restart();
    const { date, earlier_days: earlier } = bench.terminal.days.view();
    assert.deepEqual([date, earlier[0]?.date], ["2026-11-03", "2026-11-02"]);
  });
});
