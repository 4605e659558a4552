/** What the business day says of sales that were charged and took no money. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Bench, declined, operator, paid } from "./terminal-support.ts";

test("the day counts every sale that ended without money, ended by whomever, and no other", async () => {
  const bench = await Bench.open();
  const { days, sales } = bench.terminal;
  const unpaid = (): number => days.view().unpaid_count;
  const refused = (): typeof declined => ({ ...declined, endedAtMs: bench.world.nowMs() });
  await bench.sell(paid);
  assert.equal(unpaid(), 0);
  await bench.sell(refused(), { oneShot: true });
  const { saleId } = await bench.sell(refused());
  assert.equal(unpaid(), 2);
  await sales.giveUp(saleId, "abandoned", operator);
  const open = await bench.sell({ state: "unknown", unpaidEnd: null });
  assert.equal(unpaid(), 2, "nobody knows of the last one yet");
  const endedAtMs = bench.world.nowMs();
  await bench.news(open.orderNo, { state: "reversed", unpaidEnd: "closed", endedAtMs });
  assert.equal(unpaid(), 3);
  const cash = await bench.sell(refused());
  await sales.giveUp(cash.saleId, "paid_otherwise", operator);
  assert.equal(unpaid(), 3);
  await bench.world.advance(1_000);
  await days.close(operator, { cashFen: null, slips: null }, true);
  assert.equal(days.closed(1)?.unpaid_count, 3);
  assert.equal(unpaid(), 0);
});

test("a trade's number that is learnt after the end is kept, and the sale is found by it after a restart", async () => {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell({
    state: "reversed",
    unpaidEnd: "closed",
    endedAtMs: 1,
  });
  await bench.news(orderNo, { providerTradeNo: "P77" });
  await bench.restart();
  assert.equal(bench.terminal.book.saleOfOrder("P77"), saleId);
});
