/** The hub's clock after the box slept or somebody set the wall clock. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alipayTiming, outcomeByMs } from "../../src/core/payment/timing.ts";
import { amountFen, bench, declined, intent, notExist, ok, silence, trade } from "./hub-support.ts";

const hourMs = 3_600_000;

describe("the hub's clock, after a leap of eight hours", () => {
  for (const byMs of [8 * hourMs, -8 * hourMs])
    test(`of ${byMs} ms, is right for the next sale where nothing is open`, async () => {
      const { hub, world, attempt } = bench({ pay: async () => silence });
      await hub.start();
      world.jumpClock(byMs);
      await hub.pay(intent("O1"));
      const sentAtMs = world.nowMs();
      await world.advance(1_000);
      const sent = await attempt("O1");
      assert.equal(sent.sentAtMs, sentAtMs);
      const { latestMs } = outcomeByMs(alipayTiming, sent);
      assert.ok(latestMs > world.nowMs() && latestMs < world.nowMs() + 160_000);
      await world.advance(10_000);
      assert.equal((await attempt("O1")).state, "paid");
      await hub.stop();
    });

  test("waits for the end of what is open and for the last check of it, and then follows", async () => {
    const { hub, world, script, attempt } = bench({
      pay: async () => silence,
      query: async () => notExist,
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(1_000);
    world.jumpClock(8 * hourMs);
    await hub.pay(intent("O2", { saleId: "sale-2" }));
    assert.ok(world.nowMs() - ((await attempt("O2")).sentAtMs ?? 0) > 7 * hourMs);
    await world.advance(100_000);
    assert.equal((await attempt("O1")).state, "reversing");
    await world.advance(60_000);
    assert.equal((await attempt("O1")).unpaidEnd, "never_seen");
    await world.advance(4 * hourMs);
    script.pay = async () => declined;
    await hub.pay(intent("O3", { saleId: "sale-3" }));
    assert.equal((await attempt("O3")).sentAtMs, world.nowMs());
    await hub.stop();
  });

  test("ahead uses up no check of an unpaid end: money that comes minutes later is found", async () => {
    const { hub, world, script, attempt } = bench({
      pay: async () => declined,
      query: async () => notExist,
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(1_000);
    world.jumpClock(4 * hourMs);
    await world.advance(120_000);
    script.query = async () => ({ kind: "paid", trade: trade("O1"), code: ok });
    await world.advance(12 * 60_000);
    assert.equal((await attempt("O1")).latePayment?.decision, "refund");
    await hub.stop();
  });

  test("isn't set while a refund is out", async () => {
    const { hub, world, ledger } = bench({ refund: async () => silence });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(10_000);
    const asked = { merchantId: "M1", orderNo: "O1", amountFen, reason: "", operatorNo: "1" };
    await hub.refund({ ...asked, requestNo: "R1" });
    await world.advance(100);
    world.jumpClock(8 * hourMs);
    await world.advance(5_000);
    const refund = await ledger.refund("M1", "R1");
    assert.equal(refund?.state, "unknown");
    assert.ok((refund.dueAtMs ?? Infinity) < world.nowMs());
    await hub.stop();
  });

  test("back leaves no check of an end for later than it was meant", async () => {
    const { hub, world, calls, attempt } = bench({
      pay: async () => declined,
      query: async () => ({ kind: "closed", providerTradeNo: null, code: ok }),
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(60_000);
    assert.ok(!calls.includes("query"));
    world.jumpClock(-8 * hourMs);
    await world.advance(4 * hourMs);
    assert.equal((await attempt("O1")).dueAtMs, null);
    assert.equal((await attempt("O1")).afterChecks, alipayTiming.afterChecksMs.length);
    await hub.stop();
  });
});
