/** The hub's clock after the box slept or somebody set the wall clock. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alipayTiming, outcomeByMs } from "../../src/core/payment/timing.ts";
import { type Ledger, LedgerUnavailable } from "../../src/ports/ledger.ts";
import {
  amountFen,
  bench,
  code,
  declined,
  intent,
  notExist,
  ok,
  silence,
  trade,
} from "./hub-support.ts";

const hourMs = 3_600_000;
const wantsBalance = code("ACQ.SELLER_BALANCE_NOT_ENOUGH");

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

  test("waits for the end of what is open, and follows at that end", async () => {
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
    assert.equal((await attempt("O2")).unpaidEnd, "never_seen");
    script.pay = async () => declined;
    await hub.pay(intent("O3", { saleId: "sale-3" }));
    assert.equal((await attempt("O3")).sentAtMs, world.nowMs());
    await hub.stop();
  });

  for (const byMs of [10 * hourMs, -10 * hourMs])
    test(`of ${byMs} ms, in a shop with a refusal every hour, is followed within a minute`, async () => {
      const asked: number[] = [];
      const { hub, world, attempt } = bench({
        pay: async () => declined,
        query: async (orderNo) => {
          if (orderNo === "O2") asked.push(Math.round(world.monotonicMs() - endedMs));
          return notExist;
        },
      });
      let endedMs = 0;
      await hub.start();
      for (let n = 1; n <= 8; n += 1) {
        await hub.pay(intent(`O${n}`, { saleId: `sale-${n}` }));
        const { sentAtMs } = await attempt(`O${n}`);
        assert.equal(sentAtMs, world.nowMs(), `refusal ${n}`);
        await world.advance(1_000);
        if (n === 2) {
          endedMs = world.monotonicMs() - 1_000;
          world.jumpClock(byMs);
          await world.advance(61_000);
          assert.equal((await attempt("O2")).endedAtMs, world.nowMs() - 62_000);
        }
        await world.advance(hourMs);
      }
      // Its three checks, as far from its end as without the leap.
      assert.deepEqual(
        asked.map((ms) => Math.round(ms / 1_000)),
        [120, 600, 10_800],
      );
      assert.equal((await attempt("O2")).dueAtMs, null);
      await hub.stop();
    });

  for (const byMs of [10 * hourMs, -10 * hourMs])
    test(`of ${byMs} ms, is nothing to what is told of a charge that is open`, async () => {
      const { hub, world, attempt } = bench({
        pay: async () => silence,
        query: async () => silence,
      });
      const ages: number[] = [];
      await hub.start();
      hub.onNews("T01", (news) => {
        if (news.kind === "attempt" && news.attempt.orderNo === "O2")
          ages.push(world.nowMs() - (news.attempt.sentAtMs ?? 0));
      });
      await hub.pay(intent("O1"));
      await world.advance(100);
      world.jumpClock(byMs);
      const reply = await hub.pay(intent("O2", { saleId: "sale-2" }));
      assert.ok(reply.kind === "accepted");
      assert.equal(reply.attempt.sentAtMs, world.nowMs());
      await world.advance(60_000);
      assert.ok(Math.abs(world.nowMs() - ((await attempt("O2")).sentAtMs ?? 0)) > 9 * hourMs);
      const told = await hub.attempt("M1", "O2");
      assert.ok(told !== null);
      const leftMs = outcomeByMs(alipayTiming, told).latestMs - world.nowMs();
      assert.ok(leftMs > 85_000 && leftMs < 95_000, `${leftMs}`);
      assert.ok(ages.length > 5 && ages.every((ms) => ms >= 0 && ms < 64_000), `${ages}`);
      const history = await hub.history("sale-2");
      assert.ok(history.every(({ atMs }) => world.nowMs() - atMs <= 60_000));
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

  test("leaves a refund that waits for the balance its turn, and its time to people", async () => {
    const { hub, world, ledger, script, calls } = bench({
      pay: async () => declined,
      refund: async () => ({ kind: "refused", code: wantsBalance }),
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(600_000);
    const before = await ledger.refund("M1", "O1-late");
    assert.equal(before?.state, "requested");
    world.jumpClock(-8 * hourMs);
    await world.advance(60_000);
    const after = await ledger.refund("M1", "O1-late");
    assert.ok(after !== null && (after.dueAtMs ?? 0) - world.nowMs() <= 300_000);
    assert.equal(after.requestedAtMs, before.requestedAtMs);
    const sent = calls.filter((call) => call === "refund").length;
    script.refund = async () => ({ kind: "done", refundedTotalFen: null, code: ok });
    await world.advance(300_000);
    const done = await ledger.refund("M1", "O1-late");
    assert.deepEqual(
      [done?.state, calls.filter((call) => call === "refund").length],
      ["done", sent + 1],
    );
    assert.ok(world.nowMs() - (done?.endedAtMs ?? 0) <= 300_000);
    await hub.stop();
  });

  test("back while what is due is being looked up, leaves a give-back its turn", async () => {
    let isArmed = false;
    const { hub, world, ledger, script } = bench(
      {
        pay: async () => declined,
        refund: async () => ({ kind: "refused", code: wantsBalance }),
      },
      {
        ledger: (inner, clock) => ({
          ...inner,
          claimAttempts: async (...given) => {
            const found = await inner.claimAttempts(...given);
            if (!isArmed) return found;
            isArmed = false;
            clock.jumpClock(-8 * hourMs);
            await hub.pay(intent("O2", { saleId: "sale-2" }));
            return found;
          },
        }),
      },
    );
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(600_000);
    assert.equal((await ledger.refund("M1", "O1-late"))?.state, "requested");
    isArmed = true;
    await world.advance(61_000);
    assert.equal(isArmed, false);
    script.refund = async () => ({ kind: "done", refundedTotalFen: null, code: ok });
    await world.advance(301_000);
    assert.equal((await ledger.refund("M1", "O1-late"))?.state, "done");
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

describe("power that fails when the clock is being set", () => {
  const answers = { pay: async () => declined, query: async () => notExist } as const;
  /** The commit that moves what waits says nothing; what it wrote may be there or not. */
  const cutAtMove = (inner: Ledger, isWritten: boolean, how: () => Promise<never>): Ledger => ({
    ...inner,
    commit: async (writes, events) => {
      const isMove = events.some(({ kind }) => kind === "attempt_waits_moved");
      if (!isMove) return inner.commit(writes, events);
      if (isWritten) await inner.commit(writes, events);
      return how();
    },
  });

  for (const byMs of [10 * hourMs, -10 * hourMs])
    for (const isWritten of [true, false])
      test(`${byMs} ms, its commit ${isWritten ? "written" : "lost"}: no check is used up`, async () => {
        const disk = bench();
        const ledger = (): Ledger => cutAtMove(disk.ledger, isWritten, () => new Promise(() => {}));
        const { hub, world } = bench(answers, { ledger });
        await hub.start();
        await hub.pay(intent("O1"));
        await world.advance(1_000);
        world.jumpClock(byMs);
        // It dies in the midst of that; a stop would wait for what hangs.
        void hub.pay(intent("O2", { saleId: "sale-2" }));
        await world.advance(10);
        void hub.stop();
        await world.advance(5_000);
        const after = bench(answers, { world, ledger: () => disk.ledger });
        await after.hub.start();
        await world.advance(120_000);
        after.script.query = async (orderNo) => ({ kind: "paid", trade: trade(orderNo), code: ok });
        await world.advance(12 * 60_000);
        assert.equal((await disk.attempt("O1")).latePayment?.decision, "refund");
        await after.hub.stop();
      });

  for (const [byMs, since] of [
    [10 * hourMs, "goods_left"],
    [-10 * hourMs, "goods_left"],
    [-10 * hourMs, "query"],
  ] as const)
    test(`${byMs} ms, its commit lost, and ${since} of a row before the next: all of it is moved`, async () => {
      const asked = new Map<string, number[]>();
      let isLost = false;
      const disk = bench();
      const failing = cutAtMove(disk.ledger, false, async () => {
        throw new LedgerUnavailable("full");
      });
      const ledger = (): Ledger => ({
        ...disk.ledger,
        commit: (writes, events) => (isLost ? failing : disk.ledger).commit(writes, events),
      });
      const query = async (orderNo: string): Promise<typeof notExist> => {
        asked.set(orderNo, [...(asked.get(orderNo) ?? []), world.monotonicMs()]);
        return notExist;
      };
      const { hub, world } = bench({ ...answers, query }, { ledger });
      await hub.start();
      for (const n of [1, 2, 3]) await hub.pay(intent(`O${n}`, { saleId: `sale-${n}` }));
      await world.advance(1_000);
      world.jumpClock(byMs);
      isLost = true;
      await hub.pay(intent("O4", { saleId: "sale-4" }));
      isLost = false;
      await hub.ask("M1", "O2", since);
      await world.advance(50);
      asked.clear();
      const endedMs = world.monotonicMs() - 1_050;
      await world.advance(4 * hourMs);
      for (const n of [1, 2, 3]) {
        const checks = (asked.get(`O${n}`) ?? []).map((ms) => Math.round((ms - endedMs) / 1_000));
        assert.deepEqual(checks, [120, 600, 10_800], `O${n}`);
      }
      await hub.stop();
    });

  for (const isWritten of [true, false])
    test(`or a disk that fails then, its commit ${isWritten ? "written" : "lost"}`, async () => {
      let fails = 3;
      const disk = bench();
      const failing = cutAtMove(disk.ledger, isWritten, async () => {
        throw new LedgerUnavailable("full");
      });
      const ledger = (): Ledger => ({
        ...disk.ledger,
        commit: (writes, events) =>
          (events.some(({ kind }) => kind === "attempt_waits_moved") && (fails -= 1) >= 0
            ? failing
            : disk.ledger
          ).commit(writes, events),
      });
      const { hub, world, script, logged } = bench(answers, { ledger });
      await hub.start();
      await hub.pay(intent("O1"));
      await world.advance(1_000);
      world.jumpClock(10 * hourMs);
      await world.advance(121_000);
      assert.ok(logged.some((line) => line.startsWith("waits_not_moved")));
      script.query = async (orderNo) => ({ kind: "paid", trade: trade(orderNo), code: ok });
      await world.advance(10 * 60_000);
      assert.equal((await disk.attempt("O1")).latePayment?.decision, "refund");
      await hub.stop();
    });
});
