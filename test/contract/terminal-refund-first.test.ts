/** A refund that is known here before the payment that it gives back is in the books once that is. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fen } from "../../src/core/money/money.ts";
import { endRefund, viewOf } from "./terminal-screens.ts";
import { Bench, paid, rolledBack } from "./terminal-support.ts";

const unknown = { state: "unknown", unpaidEnd: null, endedAtMs: null } as const;

describe("a refund that is known before its payment", () => {
  async function refunded(bench: Bench, orderNo: string, no: string, yuan: number): Promise<void> {
    const asked = { merchantId: "M1", orderNo, requestNo: no, amountFen: fen(yuan * 100) };
    await bench.hub.link.refund({ ...asked, reason: "", operatorNo: "system" });
    await endRefund(bench, no, "done");
  }
  const slips = (bench: Bench, saleId: string): readonly unknown[] =>
    bench.record(saleId).jobs.map(({ slip, holder, state }) => `${slip.kind} ${holder} ${state}`);

  test("is in the day's books once the payment is, and has its slip", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(unknown);
    await refunded(bench, orderNo, "R-1", 5);
    assert.equal(bench.disk.money.size, 0);
    await bench.news(orderNo, paid);
    assert.equal(bench.net(), 1_500);
    assert.deepEqual(slips(bench, saleId), [
      "receipt customer queued",
      "receipt merchant queued",
      "refund customer queued",
    ]);
    await bench.restart();
    await bench.world.advance(60_000);
    await refunded(bench, orderNo, "R-2", 5);
    assert.equal(bench.net(), 1_000);
    bench.hub.endRefund("R-1", "done");
    await bench.news(orderNo, rolledBack);
    assert.equal(bench.net(), 0);
    const { refunded: back, rolled_back: taken } = bench.terminal.days.view();
    assert.deepEqual([back.count, back.amount_fen], [3, 2_000]);
    assert.deepEqual([taken.count, taken.amount_fen], [1, 1_000]);
  });

  test("of the whole: nothing is kept, and no receipt is printed", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(unknown);
    await refunded(bench, orderNo, "R-1", 20);
    await bench.news(orderNo, paid);
    assert.equal(bench.net(), 0);
    assert.deepEqual(slips(bench, saleId), [
      "receipt customer waived",
      "receipt merchant waived",
      "refund customer queued",
    ]);
  });

  test("of a payment that was taken back and then came after all: off that one too", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(paid);
    await refunded(bench, orderNo, "R-1", 5);
    await bench.news(orderNo, rolledBack);
    await refunded(bench, orderNo, "R-2", 5);
    assert.equal(bench.net(), 0);
    await bench.news(orderNo, paid);
    assert.equal(bench.net(), 1_000);
    assert.equal(viewOf(bench.record(saleId)).refunded_fen, 1_000);
    await bench.news(orderNo, rolledBack);
    assert.equal(bench.net(), 0);
  });
});
