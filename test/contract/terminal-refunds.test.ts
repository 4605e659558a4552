/** One refund of a sale at a time: while nobody knows whether its money went back, it isn't given back once more. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fen } from "../../src/core/money/money.ts";
import { alipayTiming } from "../../src/core/payment/timing.ts";
import { REFUSALS } from "../../src/core/rules/refusals.ts";
import { saleSummary, saleView } from "../../src/core/till/build.ts";
import { Bench, operator, paid } from "./terminal-support.ts";

const context = { timing: alipayTiming, livemode: false };
const inProgress = { ok: false, refusal: "refund_in_progress" } as const;

async function counter() {
  const bench = await Bench.open();
  const { saleId } = await bench.sell(paid);
  const refund = (amountFen: number | null, key: string) =>
    bench.terminal.sales.refund(
      saleId,
      amountFen === null ? null : fen(amountFen),
      "退",
      operator,
      key,
      "sale",
    );
  const refunds = () => bench.record(saleId).refunds.map((one) => one.requestNo);
  return { bench, saleId, refund, refunds };
}

describe("a refund whose result isn't known", () => {
  test("stands against another, also after a start, until it has ended", async () => {
    const { bench, saleId, refund, refunds } = await counter();
    assert.equal((await refund(500, "R-1")).ok, true);
    assert.deepEqual(await refund(500, "R-2"), inProgress);
    assert.deepEqual(await refund(null, "R-3"), inProgress);
    await bench.restart();
    assert.deepEqual(await refund(500, "R-4"), inProgress);
    assert.deepEqual(refunds(), ["R-1"]);
    const view = saleView(bench.record(saleId), context);
    assert.equal(view.can.refund, REFUSALS.refund_in_progress.text);
    assert.deepEqual([view.refunded_fen, view.refund_open_fen], [0, 500]);
    assert.equal(saleSummary(bench.record(saleId)).refund_open_fen, 500);
    bench.hub.endRefund("R-1", "done");
    await bench.world.advance(1);
    assert.equal((await refund(500, "R-5")).ok, true);
    assert.deepEqual(refunds(), ["R-1", "R-5"]);
  });

  test("that hasn't reached the hub is one too", async () => {
    const { bench, refund, refunds } = await counter();
    bench.hub.weather = "away";
    assert.equal((await refund(500, "R-1")).ok, true);
    assert.deepEqual(await refund(500, "R-2"), inProgress);
    bench.hub.weather = "well";
    await bench.world.advance(60_000);
    assert.deepEqual([...bench.hub.refundsKept.keys()], refunds());
  });

  test("is the same refund under the same number, however often it is asked", async () => {
    const { bench, refund, refunds } = await counter();
    for (let times = 0; times < 3; times += 1) assert.equal((await refund(500, "R-1")).ok, true);
    assert.deepEqual(refunds(), ["R-1"]);
    bench.hub.endRefund("R-1", "done");
    await bench.world.advance(1);
    assert.equal((await refund(500, "R-1")).ok, true);
    assert.deepEqual(refunds(), ["R-1"]);
  });

  test("of two asked for at once one is made", async () => {
    const { refund, refunds } = await counter();
    const both = await Promise.all([refund(500, "R-1"), refund(500, "R-2")]);
    assert.deepEqual(
      both.map((one) => one.ok),
      [true, false],
    );
    assert.deepEqual(refunds(), ["R-1"]);
  });

  test("and was refused, by Alipay's balance or else: then the owner may ask again", async () => {
    const { bench, refund, refunds } = await counter();
    await refund(500, "R-1");
    bench.hub.endRefund("R-1", "refused");
    await bench.world.advance(1);
    assert.equal((await refund(500, "R-2")).ok, true);
    assert.deepEqual(refunds(), ["R-1", "R-2"]);
  });
});
