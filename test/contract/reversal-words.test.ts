/** What the till says of a reversal that waits for the shop's own balance. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { alipayTiming } from "../../src/core/payment/timing.ts";
import { saleView } from "../../src/core/till/build.ts";
import { bench, code, intent, silence } from "./hub-support.ts";
import { attempt, sale } from "./store-samples.ts";

test("a reversal that the shop's balance doesn't cover says so, and what the owner does", async () => {
  const noBalance = {
    kind: "refused_for_now",
    code: code("ACQ.SELLER_BALANCE_NOT_ENOUGH"),
  } as const;
  const hub = bench({
    pay: () => Promise.resolve(silence),
    query: () => Promise.resolve(silence),
    cancel: () => Promise.resolve(noBalance),
  });
  await hub.hub.start();
  await hub.hub.pay(intent("o1"));
  await hub.world.advance(6_000);
  await hub.hub.ask("M1", "o1", "reverse");
  await hub.world.advance(60_000);
  const attempt = await hub.attempt("o1");
  assert.equal(attempt.state, "reversing");
  const facts = { sale: sale(1), attempts: [attempt], receipt: null, jobs: [], refunds: [] };
  const view = saleView(facts, { timing: alipayTiming, livemode: true });
  assert.equal(view.attempt?.cause?.code, "ACQ.SELLER_BALANCE_NOT_ENOUGH");
  assert.match(view.advice.zh, /充值.*请勿重复收款/);
});

test("what the report says of open money names the till, for it is read on phones too", () => {
  for (const state of ["unknown", "reversing"] as const) {
    const facts = {
      sale: sale(1),
      attempts: [{ ...attempt(1), state }],
      receipt: null,
      jobs: [],
      refunds: [],
    };
    const { advice } = saleView(facts, { timing: alipayTiming, livemode: true });
    assert.match(advice.zh, /收银台/);
    assert.doesNotMatch(advice.zh, /本机/);
    assert.doesNotMatch(advice.en, /this till/);
  }
});
