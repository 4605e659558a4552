/** What the hub finds out about a sale while its till is off; of old ones a real hub, in the same time. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SALE_CAN } from "../../src/core/till/can.ts";
import { manualWorld } from "../../src/adapters/world/manual.ts";
import type { Hub } from "../../src/hub/hub.ts";
import type { Receipt } from "../../src/core/receipt/receipt.ts";
import { type Link, LinkFailed } from "../../src/ports/link.ts";
import { bench as hubBench, code, ok } from "./hub-support.ts";
import {
  Bench,
  declined,
  late,
  operator,
  paid,
  rolledBack,
  ScriptedHub,
  type Sold,
} from "./terminal-support.ts";

const dayMs = 86_400_000;
const closed = { kind: "closed", providerTradeNo: "P", code: ok } as const;
const hasClosed = {
  kind: "unknown",
  reason: "provider",
  code: code("ACQ.TRADE_HAS_CLOSE"),
} as const;

/** The scripted hub's link, answered by the real one from now on. */
function answeredBy(hub: Hub): ScriptedHub {
  const scripted = new ScriptedHub();
  for (const name of Object.keys(scripted.link) as (keyof Link)[]) {
    const call = hub[name] as (...given: never) => unknown;
    Object.assign(scripted.link, { [name]: call.bind(hub) });
  }
  return scripted;
}

/**
 * A sale that is `ageMs` old when its goods come back; the till goes off for `offMs` once its refund was refused.
 * `aheadMs`: of the till's clock, the hub's is right.
 */
async function broughtBack(ageMs: number, offMs: number, aheadMs: number) {
  const real = hubBench({}, { world: manualWorld() });
  await real.hub.start();
  const world = { ...real.world, nowMs: () => real.world.nowMs() + aheadMs };
  const bench = new Bench(world, answeredBy(real.hub));
  await bench.terminal.start();
  const { saleId } = await bench.sell();
  await bench.world.advance(60_000);
  bench.terminal.stop();
  await bench.world.advance(ageMs);
  await bench.restart();
  await bench.world.advance(60_000);
  real.script.refund = async () => hasClosed;
  await bench.terminal.sales.refund(saleId, null, "商品退回", operator, "R-1");
  await bench.world.advance(60_000);
  bench.terminal.stop();
  // Given back on the provider's own site; the hub sees it at one of its later looks.
  real.script.query = async () => closed;
  await bench.world.advance(offMs);
  await bench.restart();
  await bench.world.advance(1_000);
  return { bench, real, saleId };
}

const refundsOf = (bench: Bench, saleId: string): readonly string[] =>
  bench.record(saleId).refunds.map((one) => `${one.requestNo.split("-").at(-1)} ${one.state}`);

describe("money that was given back elsewhere, found out while the till was off", () => {
  for (const { days, offDays, aheadDays } of [
    { days: 1, offDays: 1, aheadDays: 0 },
    { days: 5, offDays: 1, aheadDays: 0 },
    { days: 5, offDays: 9, aheadDays: 0 },
    { days: 5, offDays: 1, aheadDays: 400 },
    { days: 5, offDays: 1, aheadDays: -400 },
  ])
    test(`of a sale of ${days} days ago, off for ${offDays}, clock ${aheadDays} ahead`, async () => {
      const [age, off, ahead] = [days * dayMs, offDays * dayMs, aheadDays * dayMs];
      const { bench, real, saleId } = await broughtBack(age, off, ahead);
      assert.deepEqual(refundsOf(bench, saleId), ["1 refused", "elsewhere done"]);
      assert.equal(SALE_CAN.refund(bench.record(saleId)), "sale_fully_refunded");
      bench.terminal.stop();
      await real.hub.stop();
    });
});

describe("what the hub found out about a settled sale while its till was off for days", () => {
  const isOver = async (bench: Bench): Promise<void> => {
    await bench.world.advance(6_000);
    assert.notEqual(bench.disk.settings.get("recent_round"), undefined);
  };
  /** The news comes to the hub just after the till has gone off; nobody is told. */
  async function offFor(days: number, bench: Bench, news: () => unknown): Promise<void> {
    bench.terminal.stop();
    news();
    await bench.world.advance(days * dayMs);
    await bench.restart();
    await isOver(bench);
  }
  async function goodsLeft(bench: Bench): Promise<Sold> {
    const sold = await bench.sell({ state: "unknown", unpaidEnd: null });
    await bench.terminal.sales.goodsLeft(sold.saleId, operator);
    await bench.news(sold.orderNo, declined);
    return sold;
  }

  for (const days of [2, 5, 40]) {
    test(`taken back by the provider, off for ${days} days`, async () => {
      const bench = await Bench.open();
      await isOver(bench);
      const { saleId, orderNo } = await bench.sell(paid);
      await offFor(days, bench, () => bench.hub.put(orderNo, rolledBack));
      assert.equal(bench.record(saleId).receipt?.void, true);
      assert.equal(bench.net(), 0);
    });

    test(`accepted for goods that had left, off for ${days} days: it isn't given back`, async () => {
      const bench = await Bench.open();
      await isOver(bench);
      const { saleId, orderNo } = await goodsLeft(bench);
      await offFor(days, bench, () => bench.hub.put(orderNo, late("accept")));
      assert.equal(bench.record(saleId).sale.state, "paid");
      const { ok: isGivenUp } = await bench.terminal.sales.giveUp(saleId, "abandoned", operator);
      assert.equal(isGivenUp, false);
      assert.deepEqual(bench.record(saleId).refunds, []);
    });
  }

  test("sales of long before the last full round aren't asked about again", async () => {
    const bench = await Bench.open();
    const old = await bench.sell(paid);
    await offFor(9, bench, () => {});
    await offFor(9, bench, () => (bench.hub.asked.length = 0));
    const asked = bench.hub.asked.filter(({ what }) => what === "attempt");
    assert.ok(asked.every(({ orderNo }) => orderNo !== old.orderNo));
  });
});

describe("a sale of which the hub tells nothing keeps no other from being asked about", () => {
  const cantTell = new LinkFailed("not_yours", true);
  const silence = new Error("the hub is away");

  /** Three sales; the till goes off, the oldest is taken back, and of the middle one nothing can be had. */
  async function around(call: "attempt" | "refunds" | "putReceipt", error: () => Error | null) {
    const bench = await Bench.open();
    const [oldest, middle] = [await bench.sell(paid), await bench.sell(paid)];
    await bench.sell(paid);
    bench.terminal.stop();
    bench.hub.put(oldest.orderNo, rolledBack);
    const { [call]: usual } = bench.hub.link;
    let inVain = 0;
    const failing = async (merchantId: string, about: string | Receipt): Promise<unknown> => {
      const orderNo = typeof about === "string" ? about : about.content.orderNo;
      const why = orderNo === middle.orderNo ? error() : null;
      if (why !== null) {
        inVain += 1;
        throw why;
      }
      return (usual as (...given: unknown[]) => Promise<unknown>)(merchantId, about);
    };
    Object.assign(bench.hub.link, { [call]: failing });
    bench.hub.asked.length = 0;
    await bench.restart();
    await bench.world.advance(11_000);
    const isHeard = (): unknown => bench.record(oldest.saleId).receipt?.void;
    return { bench, isHeard, inVain: () => inVain };
  }

  for (const call of ["attempt", "refunds", "putReceipt"] as const) {
    test(`${call}: refused`, async () => {
      const { bench, isHeard, inVain } = await around(call, () => cantTell);
      assert.equal(isHeard(), true);
      await bench.world.advance(60_000);
      assert.deepEqual([inVain(), bench.asked("refunds_ended")], [1, 1]);
    });

    test(`${call}: silence ends the round, and it goes on from there`, async () => {
      let isAway = true;
      const { bench, isHeard } = await around(call, () => (isAway ? silence : null));
      assert.equal(isHeard(), false);
      isAway = false;
      await bench.world.advance(6_000);
      assert.equal(isHeard(), true);
    });
  }

  test("the ended refunds: the round is over, and the next asks again", async () => {
    const bench = await Bench.open();
    await bench.world.advance(1);
    const { refundsEndedAfter } = bench.hub.link;
    let asked = 0;
    bench.hub.link.refundsEndedAfter = async (...given) => {
      asked += 1;
      if (asked === 1) throw cantTell;
      return refundsEndedAfter(...given);
    };
    bench.disk.settings.delete("recent_round");
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(60_000);
    assert.deepEqual([asked, bench.disk.settings.get("recent_round")], [1, undefined]);
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(1);
    assert.notEqual(bench.disk.settings.get("recent_round"), undefined);
  });
});
