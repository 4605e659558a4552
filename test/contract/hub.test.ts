/** The hub between its ledger, its provider and its clock: what leaves, what waits, and what is never lost. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fen } from "../../src/core/money/money.ts";
import { manualWorld } from "../../src/adapters/world/manual.ts";
import { steadyWorld } from "../../src/hub/steady.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import type { World } from "../../src/ports/world.ts";
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

const waited = (world: World, ms: number): Promise<void> =>
  new Promise((resolve) => void world.after(ms, resolve));

/** Each commit that holds such a write takes so long to reach the disk. */
const slowly =
  (kind: string, ms: number) =>
  (inner: Ledger, world: World): Ledger => ({
    ...inner,
    commit: async (writes, events) => {
      const result = await inner.commit(writes, events);
      if (writes.some((write) => write.kind === kind)) await waited(world, ms);
      return result;
    },
  });

describe("what took too long to become durable doesn't leave", () => {
  test("a pay request: its attempt ends as never sent", async () => {
    const { hub, world, calls, attempt } = bench({}, { ledger: slowly("insert_attempt", 6_000) });
    const reply = hub.pay(intent("O1"));
    await world.advance(6_100);
    assert.equal((await reply).kind, "accepted");
    assert.deepEqual(calls, []);
    assert.equal((await attempt("O1")).unpaidEnd, "never_sent");
  });

  test("a pay request that got too old on the way to the disk", async () => {
    const { hub, world, calls, attempt } = bench({}, { ledger: slowly("insert_attempt", 3_000) });
    const reply = hub.pay(intent("O1", { ageMs: 13_000 }));
    await world.advance(3_100);
    assert.equal((await reply).kind, "accepted");
    assert.deepEqual(calls, []);
    assert.equal((await attempt("O1")).unpaidEnd, "never_sent");
  });

  test("a refund: it is asked about, then sent", async () => {
    const { hub, world, ledger, calls } = bench({}, { ledger: slowly("insert_refund", 6_000) });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(3_000);
    const refund = { merchantId: "M1", orderNo: "O1", requestNo: "R1", reason: "", amountFen };
    const reply = hub.refund({ ...refund, operatorNo: "01" });
    await world.advance(6_100);
    assert.equal((await reply).kind, "accepted");
    assert.ok(!calls.includes("refund"));
    await world.advance(60_000);
    assert.equal((await ledger.refund("M1", "R1"))?.state, "done");
    assert.deepEqual(
      calls.filter((call) => call.startsWith("refund")),
      ["refundQuery", "refund"],
    );
    await hub.stop();
  });
});

describe("a refused intent was never sent and never will be", () => {
  test("the same intent, come again too late, is known where it left the first time", async () => {
    const { hub, world, calls } = bench({ pay: async () => silence });
    await hub.start();
    assert.equal((await hub.pay(intent("O1", { ageMs: 10_000 }))).kind, "accepted");
    await world.advance(6_000);
    assert.equal((await hub.pay(intent("O1", { ageMs: 16_000 }))).kind, "known");
    assert.equal(calls.filter((call) => call === "pay").length, 1);
    await hub.stop();
  });

  test("one that overtakes the refused one is stopped at the ledger", async () => {
    const { hub, calls } = bench();
    await hub.start();
    const reason = "intent_too_old";
    assert.deepEqual(await hub.pay(intent("O1", { ageMs: 16_000 })), { kind: "refused", reason });
    const overtaken = await hub.pay(intent("O1", { ageMs: 14_000 }));
    assert.deepEqual(overtaken, { kind: "refused", reason: "order_withdrawn" });
    assert.deepEqual(calls, []);
    await hub.stop();
  });

  test("refused for the sale's other attempt, the same message is refused when that one has ended", async () => {
    const { hub, world, calls, attempt } = bench({
      pay: async () => silence,
      query: async () => ({ kind: "closed", providerTradeNo: null, code: ok }),
    });
    await hub.start();
    await hub.pay(intent("O1"));
    const reason = "sale_has_attempt";
    assert.deepEqual(await hub.pay(intent("O2")), { kind: "refused", reason });
    await world.advance(4_000);
    assert.equal((await attempt("O1")).state, "reversed");
    const copy = await hub.pay(intent("O2", { ageMs: 4_000 }));
    assert.deepEqual(copy, { kind: "refused", reason: "order_withdrawn" });
    assert.equal(calls.filter((call) => call === "pay").length, 1);
    await hub.stop();
  });
});

describe("the clock", () => {
  test("a leap forward proves nothing: no such trade is no end before its real time", async () => {
    const { hub, world, attempt, logged } = bench({
      pay: async () => silence,
      query: async () => notExist,
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(100);
    await hub.ask("M1", "O1", "reverse");
    world.jumpClock(600_000);
    await world.advance(60_000);
    assert.equal((await attempt("O1")).state, "reversing");
    await world.advance(90_000);
    assert.equal((await attempt("O1")).unpaidEnd, "never_seen");
    assert.equal(logged.filter((line) => line.startsWith("clock_jumped")).length, 1);
    await hub.stop();
  });

  test("a leap back stops nothing, and no order outlives our count", async () => {
    const expiries: number[] = [];
    const { hub, world, attempt } = bench({
      pay: async (order) => {
        expiries.push(order.expiresAtMs - world.nowMs());
        return silence;
      },
    });
    await hub.start();
    world.jumpClock(-600_000);
    await hub.pay(intent("O1"));
    await world.advance(1_000);
    world.jumpClock(-3_600_000);
    await world.advance(9_000);
    assert.equal((await attempt("O1")).state, "paid");
    assert.ok(
      expiries.every((ms) => ms > 80_000 && ms <= 91_000),
      `${expiries}`,
    );
    await hub.stop();
  });

  test("a leap forward leaves each order its whole time at the provider", async () => {
    const livesMs: number[] = [];
    const { hub, world } = bench({
      pay: async (order) => {
        livesMs.push(order.expiresAtMs - world.nowMs());
        return declined;
      },
    });
    await hub.start();
    world.jumpClock(3_600_000);
    for (const n of [1, 2, 3]) {
      await hub.pay(intent(`O${n}`, { saleId: `sale-${n}` }));
      await world.advance(60_000);
    }
    assert.ok(
      livesMs.every((ms) => ms > 80_000 && ms <= 91_000),
      `${livesMs}`,
    );
    await hub.stop();
  });

  test("set back between two starts, strands no row", async () => {
    const before = bench({ pay: async () => silence, query: async () => notExist });
    await before.hub.start();
    await before.hub.pay(intent("O1"));
    await before.world.advance(10);
    await before.hub.ask("M1", "O1", "reverse");
    await before.world.advance(10);
    await before.hub.stop();
    before.world.jumpClock(-3_600_000);
    const after = bench({}, { world: before.world, ledger: () => before.ledger });
    await after.hub.start();
    await after.world.advance(20_000);
    assert.ok(after.calls.includes("cancel"), `${after.calls}`);
    assert.ok((await before.attempt("O1")).reversal.asked > 1);
    await after.hub.stop();
  });

  test("and a leap under a restart proves no more", async () => {
    const answers = { pay: async () => silence, query: async () => notExist };
    const { hub, world, ledger, attempt } = bench(answers);
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(100);
    await hub.ask("M1", "O1", "reverse");
    await world.advance(100);
    await hub.stop();
    world.jumpClock(4 * 3_600_000);
    const after = bench(answers, { world, ledger: () => ledger });
    await after.hub.start();
    await world.advance(115_000);
    assert.equal((await attempt("O1")).state, "reversing");
    await world.advance(30_000);
    assert.equal((await attempt("O1")).unpaidEnd, "never_seen");
    await after.hub.stop();
  });

  test("nor where the ledger is slow to say what was left", async () => {
    const answers = { pay: async () => silence, query: async () => notExist };
    const { hub, world, ledger, attempt } = bench(answers);
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(100);
    await hub.ask("M1", "O1", "reverse");
    await world.advance(100);
    await hub.stop();
    world.jumpClock(4 * 3_600_000);
    const after = bench(answers, {
      world,
      ledger: () => ({
        ...ledger,
        interrupted: async () => {
          await waited(world, 3_000);
          return ledger.interrupted();
        },
      }),
    });
    const started = after.hub.start();
    await world.advance(60_000);
    await started;
    assert.equal((await attempt("O1")).state, "reversing");
    await after.hub.stop();
  });

  test("leans towards the wall clock, never goes back, never leaps", async () => {
    const world = manualWorld();
    const steady = steadyWorld(world, () => {});
    for (const jumpMs of [60_000, -120_000]) {
      world.jumpClock(jumpMs);
      for (let beforeMs = steady.nowMs(), n = 0; n < 3_000; n += 1) {
        await world.advance(1_000);
        const passedMs = steady.nowMs() - beforeMs;
        assert.ok(passedMs >= 949 && passedMs <= 1_051, `${passedMs}`);
        beforeMs += passedMs;
      }
      assert.ok(Math.abs(steady.nowMs() - world.nowMs()) <= 1);
    }
  });
});

test("a row that falls due while the timer is looking is looked at next", async () => {
  let slow = true;
  const { hub, world, attempt } = bench(
    { pay: async () => silence },
    {
      ledger: (inner, manual) => ({
        ...inner,
        nextDueAtMs: async () => {
          const found = await inner.nextDueAtMs();
          // It has read the table; what is written from now on it doesn't know of.
          if (slow) await waited(manual, 8_000);
          return found;
        },
      }),
    },
  );
  await hub.start();
  await world.advance(1);
  await hub.pay(intent("O1"));
  await world.advance(7_000);
  slow = false;
  await world.advance(2_000);
  assert.equal((await attempt("O1")).state, "paid");
  await hub.stop();
});

describe("nothing is dropped without a word", () => {
  test("a notification that never became durable isn't acknowledged", async () => {
    let stuck = false;
    const notification = { notifyId: "N1", orderNo: "O1", status: "paid" } as const;
    const { hub, world, attempt } = bench(
      {
        pay: async () => silence,
        readNotification: () => ({ ...notification, trade: trade("O1") }),
      },
      {
        ledger: (inner) => ({
          ...inner,
          commit: async (writes, events) => (stuck ? "stale" : inner.commit(writes, events)),
        }),
      },
    );
    await hub.pay(intent("O1"));
    await world.advance(10);
    stuck = true;
    assert.equal(await hub.notified({}), false);
    stuck = false;
    assert.equal(await hub.notified({}), true);
    assert.equal((await attempt("O1")).state, "paid");
  });

  test("a late payment goes back as soon as the merchant's balance allows", async () => {
    const { hub, world, script, ledger, logged } = bench({
      pay: async () => declined,
      refund: async () => ({ kind: "refused", code: code("ACQ.SELLER_BALANCE_NOT_ENOUGH") }),
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(600_000);
    const waiting = await ledger.refund("M1", "O1-late");
    assert.equal(waiting?.state, "requested");
    assert.ok((waiting?.tries ?? 0) >= 3);
    assert.ok(logged.some((line) => line.includes("give_back_wants_balance")));
    script.refund = async () => ({ kind: "done", refundedTotalFen: null, code: ok });
    await world.advance(300_000);
    assert.equal((await ledger.refund("M1", "O1-late"))?.state, "done");
    await hub.stop();
  });

  test("late money that was gone before its refund came is asked about, and is late no more", async () => {
    const closed = { kind: "closed", providerTradeNo: null, code: ok } as const;
    const { hub, world, script, ledger, calls, attempt } = bench({
      pay: async () => declined,
      refund: async () => ({
        kind: "unknown",
        reason: "provider",
        code: code("ACQ.TRADE_HAS_CLOSE"),
      }),
      refundQuery: async () => ({ kind: "not_seen", code: ok }),
    });
    script.query = async (orderNo) =>
      calls.includes("refund") ? closed : { kind: "paid", trade: trade(orderNo), code: ok };
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(600_000);
    assert.equal((await ledger.refund("M1", "O1-late"))?.state, "refused");
    const { state, unpaidEnd, latePayment, dueAtMs } = await attempt("O1");
    assert.deepEqual(
      [state, unpaidEnd, latePayment, dueAtMs],
      ["reversed", "refunded", null, null],
    );
    assert.deepEqual(
      calls.filter((call) => call.startsWith("refund")),
      ["refund", "refundQuery"],
    );
    await hub.stop();
  });

  test("a success that its refund was to confirm is asked about when the refund is refused", async () => {
    const { hub, world, script, attempt } = bench({
      query: async () => silence,
      refund: async () => ({ kind: "refused", code: code("ACQ.TRADE_NOT_EXIST") }),
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(10);
    const refund = { merchantId: "M1", orderNo: "O1", requestNo: "R1", reason: "", amountFen };
    await hub.refund({ ...refund, operatorNo: "01" });
    script.query = async () => notExist;
    await world.advance(30_000);
    assert.equal((await attempt("O1")).unpaidEnd, "rolled_back");
    await hub.stop();
  });

  test("while a refund has no result, no other till's is taken beside it", async () => {
    const { hub, world, calls, script } = bench({ refund: async () => silence });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(10_000);
    const half = { merchantId: "M1", orderNo: "O1", reason: "", amountFen: fen(100) } as const;
    const refund = (requestNo: string) => hub.refund({ ...half, requestNo, operatorNo: "01" });
    const [first, second] = await Promise.all([refund("R1"), refund("R2")]);
    assert.equal(first.kind, "accepted");
    assert.deepEqual(second, { kind: "refused", reason: "refund_in_progress" });
    assert.equal((await refund("R1")).kind, "accepted");
    assert.equal(calls.filter((call) => call === "refund").length, 1);
    script.refundQuery = async () => ({ kind: "done", amountFen: half.amountFen, code: ok });
    await world.advance(60_000);
    assert.equal((await refund("R2")).kind, "accepted");
    await hub.stop();
  });

  test("and stays one where it is shown as paid", async () => {
    const { hub, world, attempt } = bench({
      refund: async () => ({ kind: "refused", code: code("ACQ.SELLER_BALANCE_NOT_ENOUGH") }),
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(10_000);
    const refund = { merchantId: "M1", orderNo: "O1", requestNo: "R1", reason: "", amountFen };
    await hub.refund({ ...refund, operatorNo: "01" });
    await world.advance(14_400_000);
    const { state, confirmed, dueAtMs } = await attempt("O1");
    assert.deepEqual([state, confirmed, dueAtMs], ["paid", true, null]);
    await hub.stop();
  });

  test("an answer that a refund takes no notice of is in the log", async () => {
    const { hub, world, logged } = bench({
      refund: async () => {
        await waited(world, 12_000);
        return { kind: "done", refundedTotalFen: null, code: ok };
      },
      refundQuery: async () => ({ kind: "done", amountFen, code: ok }),
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(10);
    const refund = { merchantId: "M1", orderNo: "O1", requestNo: "R1", reason: "", amountFen };
    await hub.refund({ ...refund, operatorNo: "01" });
    await world.advance(60_000);
    assert.ok(logged.some((line) => line.includes("refund_has_ended")));
    await hub.stop();
  });

  test("a refund of a payment that isn't confirmed yet waits for that", async () => {
    const { hub, world, ledger, calls } = bench();
    await hub.start();
    await hub.pay(intent("O1"));
    const refund = { merchantId: "M1", orderNo: "O1", requestNo: "R1", reason: "", amountFen };
    await hub.refund({ ...refund, operatorNo: "01" });
    await world.advance(10);
    assert.deepEqual(calls, ["pay"]);
    await world.advance(3_000);
    assert.deepEqual(calls, ["pay", "query", "refund"]);
    assert.equal((await ledger.refund("M1", "R1"))?.state, "done");
    await hub.stop();
  });

  test("a payment that is taken back leaves nothing to refund", async () => {
    const closed = { kind: "closed", providerTradeNo: null, code: ok } as const;
    const { hub, world, ledger, calls, attempt } = bench({ query: async () => closed });
    await hub.start();
    await hub.pay(intent("O1"));
    const refund = { merchantId: "M1", orderNo: "O1", requestNo: "R1", reason: "", amountFen };
    await hub.refund({ ...refund, operatorNo: "01" });
    await world.advance(60_000);
    assert.equal((await attempt("O1")).unpaidEnd, "rolled_back");
    assert.equal((await ledger.refund("M1", "R1"))?.state, "refused");
    assert.ok(!calls.includes("refund"));
    await hub.stop();
  });

  test("one that was taken back and comes after all goes back to the customer", async () => {
    const closed = { kind: "closed", providerTradeNo: null, code: ok } as const;
    const { hub, world, script, ledger, calls, attempt } = bench({ query: async () => closed });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(60_000);
    assert.equal((await attempt("O1")).unpaidEnd, "rolled_back");
    script.query = async (orderNo) => ({ kind: "paid", trade: trade(orderNo), code: ok });
    await world.advance(900_000);
    assert.equal((await attempt("O1")).latePayment?.decision, "refund");
    assert.equal((await ledger.refund("M1", "O1-late"))?.state, "done");
    assert.ok(calls.includes("refund"));
    await hub.stop();
  });
});
