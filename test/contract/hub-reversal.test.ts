/** A reversal that the provider never answers properly: the trade is asked about all the same, and not too often. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Provider } from "../../src/ports/provider.ts";
import { bench, code, declined, intent, notExist, ok, silence, trade } from "./hub-support.ts";

const hourMs = 3_600_000;
const waiting = { kind: "waiting", providerTradeNo: "PO1", code: ok } as const;
const closed = { kind: "closed", providerTradeNo: "PO1", code: ok } as const;
const awaiting = { kind: "awaiting_buyer", providerTradeNo: "PO1", code: ok } as const;
const unlisted = {
  kind: "unknown",
  reason: "provider",
  code: code("ACQ.INVALID_PARAMETER"),
} as const;
const broken = {
  "answered by no listed code": unlisted,
  "told to come again": { kind: "again", code: ok },
  "refused for want of balance": {
    kind: "refused_for_now",
    code: code("ACQ.SELLER_BALANCE_NOT_ENOUGH"),
  },
} as const;

/** A hub whose provider answers so, and a first order that it was asked for. */
async function charged(answers: Parameters<typeof bench>[0]) {
  const made = bench(answers);
  await made.hub.start();
  await made.hub.pay(intent("O1"));
  return made;
}

/** The first order was declined, its reversal fails, and the cashier charges again. */
async function chargedAgain(query: Provider["query"]) {
  const made = await charged({
    pay: async () => declined,
    query,
    cancel: async () => unlisted,
  });
  await made.world.advance(10);
  return { ...made, second: made.hub.pay(intent("O2", { again: true })) };
}

describe("a reversal that is for ever", () => {
  for (const [how, answer] of Object.entries(broken))
    test(`${how} ends when the trade is seen closed`, async () => {
      const { hub, world, script, calls, attempt } = await charged({
        pay: async () => awaiting,
        query: async () => waiting,
        cancel: async () => answer,
      });
      await world.advance(100_000);
      assert.equal((await attempt("O1")).state, "reversing");
      calls.length = 0;
      await world.advance(24 * hourMs);
      const cancels = calls.filter((call) => call === "cancel").length;
      assert.ok(cancels > 1_000 && cancels < 3_000, `${cancels} cancels in a day`);
      assert.equal((await attempt("O1")).state, "reversing");
      script.query = async () => closed;
      await world.advance(60_000);
      assert.equal((await attempt("O1")).state, "reversed");
      await hub.stop();
    });

  test("without an answer is asked about at once when a person asks, and repeated soon", async () => {
    const { hub, world, script, calls, attempt } = await charged({
      pay: async () => awaiting,
      query: async () => waiting,
      cancel: async () => unlisted,
    });
    await world.advance(hourMs);
    const dueAtMs = (await attempt("O1")).dueAtMs ?? assert.fail("nothing repeats it");
    await world.advance(dueAtMs - world.nowMs() + 1_000);
    calls.length = 0;
    for (let n = 0; n < 5; n += 1) {
      await hub.ask("M1", "O1", "query");
      await world.advance(2_000);
    }
    assert.equal(calls.filter((call) => call === "query").length >= 5, true);
    assert.equal(calls.filter((call) => call === "cancel").length, 1);
    script.query = async () => closed;
    await hub.ask("M1", "O1", "query");
    await world.advance(1_000);
    assert.equal((await attempt("O1")).state, "reversed");
    await hub.stop();
  });
});

describe("a declined number whose closing out can't be made", () => {
  test("is watched: money that came late is found and given back", async () => {
    const { hub, world, script, calls, attempt, second } = await chargedAgain(async () => notExist);
    await world.advance(16_000);
    assert.deepEqual(await second, { kind: "refused", reason: "earlier_attempt_not_closed" });
    script.query = async (orderNo) => ({ kind: "paid", trade: trade(orderNo), code: ok });
    await world.advance(120_000);
    assert.equal((await attempt("O1")).latePayment?.decision, "refund");
    await world.advance(10_000);
    calls.length = 0;
    await world.advance(24 * hourMs);
    assert.deepEqual(calls, []);
    await hub.stop();
  });

  test("is closed out by a trade that is seen closed, and cancelled no more", async () => {
    const { hub, world, calls, attempt, second } = await chargedAgain(async () => closed);
    await world.advance(16_000);
    assert.equal((await second).kind, "accepted");
    assert.equal((await attempt("O1")).closedOut, true);
    calls.length = 0;
    await world.advance(24 * hourMs);
    assert.ok(!calls.includes("cancel"));
    assert.equal((await attempt("O1")).dueAtMs, null);
    await hub.stop();
  });

  test("is cancelled again in time for the cashier who charges again", async () => {
    const { hub, world, script } = await chargedAgain(async () => notExist);
    await world.advance(hourMs);
    script.cancel = async () => ({ kind: "reversed", action: "none", code: ok });
    const third = hub.pay(intent("O3", { again: true }));
    await world.advance(16_000);
    assert.equal((await third).kind, "accepted");
    await hub.stop();
  });
});

test("given back by a reversal, then refused for good and still shown as paid: it isn't paid", async () => {
  let cancels = 0;
  const { hub, world, script, attempt } = await charged({
    pay: async () => silence,
    query: async () => notExist,
    cancel: async () => {
      cancels += 1;
      return cancels === 1
        ? { kind: "reversed", action: "refund", code: ok }
        : { kind: "refused_for_good", code: code("ACQ.CANCEL_NOT_ALLOWED") };
    },
  });
  await world.advance(6_000);
  await hub.ask("M1", "O1", "reverse");
  script.query = async (orderNo) => ({ kind: "paid", trade: trade(orderNo), code: ok });
  await world.advance(30_000);
  assert.equal((await attempt("O1")).state, "reversing");
  script.query = async () => closed;
  await world.advance(60_000);
  assert.equal((await attempt("O1")).unpaidEnd, "refunded");
  await hub.stop();
});

describe("given back by one reversal, the next refused for good, and shown as paid", () => {
  const refused = { kind: "refused_for_good", code: code("ACQ.TRADE_HAS_FINISHED") } as const;
  const shown = async (orderNo: string) =>
    ({ kind: "paid", trade: trade(orderNo), code: ok }) as const;

  async function given() {
    let asked = 0;
    const made = await charged({
      pay: async () => silence,
      query: async () => notExist,
      cancel: async () =>
        asked++ === 0 ? { kind: "reversed", action: "refund", code: ok } : refused,
    });
    await made.world.advance(6_000);
    await made.hub.ask("M1", "O1", "reverse");
    made.script.query = shown;
    return made;
  }

  test("is paid once that has lasted for an hour, and never sooner", async () => {
    const { hub, world, logged, attempt } = await given();
    await world.advance(hourMs - 1_000);
    assert.equal((await attempt("O1")).state, "reversing");
    await world.advance(120_000);
    const { state, confirmed, contradictedAtMs, dueAtMs } = await attempt("O1");
    assert.deepEqual([state, confirmed, contradictedAtMs, dueAtMs], ["paid", true, null, null]);
    assert.ok(logged.some((line) => line.includes("reversal_refused")));
    await hub.stop();
  });

  test("waits anew after another answer, and ends when the trade is seen closed", async () => {
    const { hub, world, script, attempt } = await given();
    await world.advance(hourMs / 2);
    script.query = async () => waiting;
    await world.advance(60_000);
    script.query = shown;
    await world.advance(hourMs - 120_000);
    assert.equal((await attempt("O1")).state, "reversing");
    script.query = async () => closed;
    await world.advance(60_000);
    assert.equal((await attempt("O1")).unpaidEnd, "refunded");
    await hub.stop();
  });

  test("waits anew after a restart: nobody knows how long the process was away", async () => {
    const { hub, world, attempt } = await given();
    await world.advance(hourMs / 2);
    await hub.stop();
    await hub.start();
    await world.advance(hourMs - 60_000);
    assert.equal((await attempt("O1")).state, "reversing");
    await world.advance(300_000);
    assert.equal((await attempt("O1")).state, "paid");
    await hub.stop();
  });
});
