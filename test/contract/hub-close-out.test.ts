/** What the hub makes sure of before a sale is charged under a new number. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { World } from "../../src/ports/world.ts";
import { bench, declined, intent, notExist, ok, silence, trade } from "./hub-support.ts";

const waited = (world: World, ms: number): Promise<void> =>
  new Promise((resolve) => void world.after(ms, resolve));

describe("before a new attempt the earlier one is closed out", () => {
  test("the time that takes counts towards the intent's age", async () => {
    const slow = bench({ pay: async () => declined, query: async () => notExist });
    await slow.hub.start();
    await slow.hub.pay(intent("O1"));
    await slow.world.advance(10);
    slow.script.cancel = async () => {
      await waited(slow.world, 4_000);
      return { kind: "reversed", action: "none", code: ok };
    };
    const reply = slow.hub.pay(intent("O2", { again: true, ageMs: 12_000 }));
    await slow.world.advance(20_000);
    assert.deepEqual(await reply, { kind: "refused", reason: "intent_too_old" });
    await slow.hub.stop();
  });

  test("silence isn't the one query; a conclusive answer is", async () => {
    const { hub, world, script, attempt } = bench({
      pay: async () => declined,
      query: async () => silence,
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(10);
    const first = hub.pay(intent("O2", { again: true }));
    await world.advance(16_000);
    assert.deepEqual(await first, { kind: "refused", reason: "earlier_attempt_not_closed" });
    script.query = async () => notExist;
    const second = hub.pay(intent("O3", { again: true }));
    await world.advance(1_000);
    assert.equal((await second).kind, "accepted");
    assert.equal((await attempt("O1")).closedOut, true);
    await hub.stop();
  });

  test("a success told of one that is closed out already is looked into first", async () => {
    const { hub, world, script, calls, attempt } = bench({
      pay: async () => declined,
      query: async () => notExist,
      readNotification: () => ({
        notifyId: "1",
        orderNo: "O1",
        status: "paid",
        trade: trade("O1"),
      }),
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(10);
    const second = hub.pay(intent("O2", { again: true }));
    await world.advance(100);
    assert.equal((await second).kind, "accepted");
    assert.equal((await attempt("O1")).closedOut, true);
    script.query = async (orderNo) => {
      if (orderNo !== "O1") return notExist;
      await waited(world, 2_000);
      return { kind: "paid", trade: trade(orderNo), code: ok };
    };
    await hub.notified({});
    const again = hub.pay(intent("O3", { again: true }));
    await world.advance(3_000);
    assert.deepEqual(await again, { kind: "refused", reason: "earlier_attempt_was_paid" });
    assert.equal(calls.filter((call) => call === "pay").length, 2);
    await hub.stop();
  });

  test("goods that left go with the sale to its next attempt", async () => {
    const { hub, world, attempt } = bench({
      pay: async () => declined,
      query: async () => notExist,
    });
    await hub.start();
    await hub.pay(intent("O1"));
    await world.advance(10);
    await hub.ask("M1", "O1", "goods_left");
    const reply = hub.pay(intent("O2", { again: true }));
    await world.advance(100);
    assert.equal((await reply).kind, "accepted");
    assert.equal((await attempt("O2")).goodsLeft, true);
    await hub.stop();
  });
});
