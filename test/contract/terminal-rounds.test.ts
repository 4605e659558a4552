/** How far back a till asks its hub once something may have been missed: no further than it must, and never less. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { manualWorld } from "../../src/adapters/world/manual.ts";
import { Bench, declined, paid, rolledBack, type Sold } from "./terminal-support.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const lookMs = 600_000;

const isLearned = (bench: Bench, { saleId }: Sold): boolean =>
  bench.record(saleId).receipt?.void === true;

const askedAbout = (bench: Bench): ReadonlySet<string> =>
  new Set(bench.hub.asked.filter(({ what }) => what === "attempt").map(({ orderNo }) => orderNo));

/** On for so many days, two sales a day; it looks around every ten minutes, for the test's sake. */
async function onFor(days: number): Promise<Bench> {
  const bench = new Bench(undefined, undefined, undefined, 2 * lookMs);
  await bench.terminal.start();
  for (let day = 0; day < days; day += 1) {
    await bench.sell(declined);
    await bench.sell(declined);
    await bench.world.advance(dayMs);
  }
  return bench;
}

describe("a till that is on all the time", () => {
  for (const [what, missed] of [
    ["its hub starts again", async (bench: Bench) => bench.hub.tell({ kind: "missed" })],
    ["its power fails", async (bench: Bench) => bench.restart()],
  ] as const)
    test(`${what} after twenty days: only the last days' sales are asked about`, async () => {
      const bench = await onFor(20);
      bench.hub.asked.length = 0;
      await missed(bench);
      await bench.world.advance(2 * lookMs);
      assert.equal(bench.hub.attempts.size, 40);
      assert.equal(askedAbout(bench).size, 6);
    });

  test("its power fails between two marks, and it stays off: nothing of its last days is missed", async () => {
    const bench = await onFor(9);
    const older = await bench.sell(paid);
    await bench.world.advance(2.9 * dayMs);
    const newer = await bench.sell(paid);
    await bench.world.advance(hourMs / 2);
    const last = await bench.sell(paid);
    bench.terminal.stop();
    for (const { orderNo } of [older, newer, last]) bench.hub.put(orderNo, rolledBack);
    await bench.world.advance(30 * dayMs);
    await bench.restart();
    await bench.world.advance(2 * lookMs);
    for (const sold of [older, newer, last]) assert.equal(isLearned(bench, sold), true);
  });

  test("a mark isn't moved while no news come: what the hub told before it came back is asked about", async () => {
    const bench = await onFor(2);
    const sold = await bench.sell(paid);
    await bench.world.advance(hourMs);
    bench.hub.unheardMs = Infinity;
    bench.hub.put(sold.orderNo, rolledBack);
    await bench.world.advance(9 * dayMs);
    bench.hub.unheardMs = 0;
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(2 * lookMs);
    assert.equal(isLearned(bench, sold), true);
  });

  test("nor while what was missed is still being asked about: the hub keeps silent about one sale", async () => {
    const bench = await onFor(2);
    const sold = await bench.sell(paid);
    await bench.world.advance(hourMs);
    bench.hub.put(sold.orderNo, rolledBack);
    const { attempt } = bench.hub.link;
    bench.hub.link.attempt = async () => Promise.reject(new Error("the hub is away"));
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(9 * dayMs);
    bench.hub.link.attempt = attempt;
    await bench.restart();
    await bench.world.advance(2 * lookMs);
    assert.equal(isLearned(bench, sold), true);
  });

  test("nor before that has begun: what is open is asked about first, and one answer doesn't come", async () => {
    const bench = await onFor(2);
    const sold = await bench.sell(paid);
    const open = await bench.sell({ state: "unknown", unpaidEnd: null });
    await bench.world.advance(hourMs);
    bench.hub.put(sold.orderNo, rolledBack);
    const { attempt } = bench.hub.link;
    let isFirst = true;
    bench.hub.link.attempt = (merchantId, orderNo) => {
      const hangs = isFirst && orderNo === open.orderNo;
      if (hangs) isFirst = false;
      return hangs ? new Promise(() => {}) : attempt(merchantId, orderNo);
    };
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(9 * dayMs);
    assert.deepEqual([isFirst, isLearned(bench, sold)], [false, false]);
    await bench.restart();
    await bench.world.advance(2 * lookMs);
    assert.equal(isLearned(bench, sold), true);
  });

  test("nor while the hub can't tell which refunds have ended", async () => {
    const bench = await onFor(2);
    const { refundsEndedAfter } = bench.hub.link;
    bench.hub.link.refundsEndedAfter = async () => null;
    bench.hub.tell({ kind: "missed" });
    const mark = (): unknown => bench.disk.settings.get("recent_round");
    const before = mark();
    await bench.world.advance(dayMs);
    assert.equal(mark(), before);
    bench.hub.link.refundsEndedAfter = refundsEndedAfter;
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(dayMs);
    assert.notEqual(mark(), before);
  });

  for (const then of ["its hub starts again", "its power fails"])
    test(`its clock was a year behind until an hour ago, and ${then}: what was sold until then is asked about`, async () => {
      const real = manualWorld();
      let behindMs = 365 * dayMs;
      const world = { ...real, nowMs: () => real.nowMs() - behindMs };
      const bench = new Bench(world, undefined, undefined, 2 * lookMs);
      await bench.terminal.start();
      await bench.world.advance(2 * lookMs);
      const sold = await bench.sell(paid);
      behindMs = 0;
      await bench.world.advance(2 * hourMs);
      bench.hub.put(sold.orderNo, rolledBack);
      if (then === "its power fails") await bench.restart();
      else bench.hub.tell({ kind: "missed" });
      await bench.world.advance(2 * lookMs);
      assert.equal(isLearned(bench, sold), true);
    });

  test("its clock was a year behind for minutes, between two marks: what was sold then is asked about", async () => {
    const real = manualWorld();
    let behindMs = 0;
    const world = { ...real, nowMs: () => real.nowMs() - behindMs };
    const bench = new Bench(world);
    await bench.terminal.start();
    await bench.world.advance(60_000);
    behindMs = 365 * dayMs;
    await bench.world.advance(60_000);
    const sold = await bench.sell(paid);
    behindMs = 0;
    await bench.world.advance(60_000);
    bench.hub.put(sold.orderNo, rolledBack);
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(60_000);
    assert.equal(isLearned(bench, sold), true);
  });

  for (const ending of ["there is room again", "its power fails"] as const)
    test(`its disk is full for days, and then ${ending}: what it couldn't keep is asked about`, async () => {
      const bench = await onFor(2);
      const sold = await bench.sell(paid);
      await bench.world.advance(hourMs);
      bench.disk.failing = true;
      await bench.news(sold.orderNo, rolledBack);
      await bench.world.advance(9 * dayMs);
      assert.equal(isLearned(bench, sold), false);
      bench.disk.failing = false;
      if (ending === "its power fails") await bench.restart();
      await bench.world.advance(2 * lookMs);
      assert.equal(isLearned(bench, sold), true);
    });
});

describe("missed while a round is under way", () => {
  test("the refunds that ended are asked about first, and then the newest sale", async () => {
    const bench = await onFor(1);
    bench.hub.asked.length = 0;
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(1);
    const [first, second] = bench.hub.asked.filter(({ what }) =>
      /^(refunds_ended|attempt)$/.test(what),
    );
    assert.equal(first?.what, "refunds_ended");
    assert.equal(second?.orderNo, [...bench.hub.attempts.keys()].at(-1));
  });

  test("what it has yet to come to is asked about once", async () => {
    const bench = await onFor(1);
    bench.hub.asked.length = 0;
    bench.hub.tell({ kind: "missed" });
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(60_000);
    assert.deepEqual([bench.asked("refunds_ended"), bench.asked("attempt")], [2, 2]);
  });

  for (const call of ["attempt", "refunds"] as const)
    test(`at its second sale (${call}): that and the newer one are asked about again, and no other`, async () => {
      const bench = await Bench.open();
      const oldest = await bench.sell(paid);
      const [second, newest] = [await bench.sell(paid), await bench.sell(paid)];
      await bench.world.advance(60_000);
      const { [call]: usual } = bench.hub.link;
      let isFirst = true;
      const missing = async (merchantId: string, orderNo: string): Promise<unknown> => {
        if (isFirst && orderNo === second.orderNo) {
          isFirst = false;
          bench.hub.put(orderNo, rolledBack);
          bench.hub.tell({ kind: "missed" });
          await new Promise((resolve) => setImmediate(resolve));
        }
        return usual(merchantId, orderNo);
      };
      Object.assign(bench.hub.link, { [call]: missing });
      bench.hub.asked.length = 0;
      bench.hub.tell({ kind: "missed" });
      await bench.world.advance(60_000);
      assert.equal(isLearned(bench, second), true);
      const times = ({ orderNo }: Sold): number =>
        bench.hub.asked.filter((one) => one.what === "attempt" && one.orderNo === orderNo).length;
      assert.deepEqual([times(newest), times(oldest)], [2, 1]);
    });

  test("with every single question: the round comes to its end all the same", async () => {
    const bench = await Bench.open();
    const sold = [await bench.sell(paid), await bench.sell(paid), await bench.sell(paid)];
    const { attempt } = bench.hub.link;
    let left = 100;
    bench.hub.link.attempt = async (...about) => {
      left -= 1;
      if (left > 0) bench.hub.tell({ kind: "missed" });
      return attempt(...about);
    };
    bench.hub.asked.length = 0;
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(1);
    const order = bench.hub.asked.filter(({ what }) => what === "attempt").slice(0, 3);
    const newestFirst = sold.map(({ orderNo }) => orderNo).toReversed();
    assert.deepEqual(
      order.map(({ orderNo }) => orderNo),
      newestFirst,
    );
  });

  test("whatever is missed, and whenever: all of it is learned", async () => {
    const misses = fc.array(fc.record({ call: fc.nat(30), sale: fc.nat(5) }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(misses, fc.nat(30), async (all, away) => {
        const bench = await Bench.open();
        const sold: Sold[] = [];
        for (let n = 0; n < 6; n += 1) sold.push(await bench.sell(paid));
        await bench.world.advance(60_000);
        let calls = 0;
        const { attempt, refunds, refundsEndedAfter } = bench.hub.link;
        const passing =
          <Given extends unknown[], T>(call: (...given: Given) => Promise<T>) =>
          async (...given: Given): Promise<T> => {
            for (const { sale } of all.filter((one) => one.call === calls)) {
              bench.hub.put(sold[sale]?.orderNo ?? assert.fail("no sale"), rolledBack);
              bench.hub.tell({ kind: "missed" });
            }
            calls += 1;
            if (calls === away) throw new Error("the hub is away");
            return call(...given);
          };
        bench.hub.link.attempt = passing(attempt);
        bench.hub.link.refunds = passing(refunds);
        bench.hub.link.refundsEndedAfter = passing(refundsEndedAfter);
        bench.hub.tell({ kind: "missed" });
        await bench.world.advance(60_000);
        for (const { call, sale } of all)
          if (call < calls) assert.equal(isLearned(bench, sold[sale] ?? assert.fail()), true);
      }),
      { numRuns: 60 },
    );
  });
});
