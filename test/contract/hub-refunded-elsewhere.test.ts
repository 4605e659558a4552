/** Money that was given back on the provider's own site, or by a way that answers late: the hub finds out and says so. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fen } from "../../src/core/money/money.ts";
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

const closed = { kind: "closed", providerTradeNo: "PO1", code: ok } as const;
const hasClosed = {
  kind: "unknown",
  reason: "provider",
  code: code("ACQ.TRADE_HAS_CLOSE"),
} as const;
const refund = {
  merchantId: "M1",
  orderNo: "O1",
  amountFen,
  reason: "",
  operatorNo: "07",
  requestNo: "R1",
} as const;

describe("a sale that was refunded on Alipay's own site, and then here", () => {
  async function given() {
    const made = bench();
    await made.hub.start();
    await made.hub.pay(intent("O1"));
    await made.world.advance(3_600_000);
    made.script.refund = async () => hasClosed;
    await made.hub.refund(refund);
    return made;
  }
  const refunds = async ({ ledger }: Awaited<ReturnType<typeof given>>) =>
    (await ledger.refundsOfOrder("M1", "O1")).map(
      (one) => `${one.requestNo} ${one.state} ${one.amountFen}`,
    );

  test("stays paid, with one whole refund in the books", async () => {
    const made = await given();
    const { hub, world, script, calls, logged, attempt } = made;
    script.query = async () => closed;
    await world.advance(120_000);
    const { state, unpaidEnd, dueAtMs } = await attempt("O1");
    assert.deepEqual([state, unpaidEnd, dueAtMs], ["paid", null, null]);
    assert.deepEqual(await refunds(made), ["R1 refused 2000", "O1-elsewhere done 2000"]);
    assert.ok(logged.some((line) => line.includes("refunded_elsewhere")));
    calls.length = 0;
    await hub.ask("M1", "O1", "query");
    const more = await hub.refund({ ...refund, requestNo: "R2" });
    assert.equal(more.kind, "refused");
    await world.advance(86_400_000);
    assert.deepEqual(calls, ["query"]);
    assert.equal((await refunds(made)).length, 2);
    await hub.stop();
  });

  test("in part by us: the books say what went back either way, and no more", async () => {
    const made = bench();
    await made.hub.start();
    await made.hub.pay(intent("O1"));
    await made.world.advance(10_000);
    await made.hub.refund({ ...refund, amountFen: fen(500), requestNo: "R0" });
    await made.world.advance(3_600_000);
    made.script.refund = async () => hasClosed;
    made.script.query = async () => closed;
    await made.hub.refund({ ...refund, amountFen: fen(300) });
    await made.world.advance(120_000);
    assert.equal((await made.attempt("O1")).state, "paid");
    const all = ["R0 done 500", "R1 refused 300", "O1-elsewhere done 1500"];
    assert.deepEqual(await refunds(made), all);
    await made.hub.stop();
  });

  test("is found out too where the query shows the closed trade only later", async () => {
    const made = await given();
    await made.world.advance(120_000);
    assert.deepEqual(await refunds(made), ["R1 refused 2000"]);
    made.script.query = async () => closed;
    await made.world.advance(600_000);
    assert.deepEqual(await refunds(made), ["R1 refused 2000", "O1-elsewhere done 2000"]);
    await made.hub.stop();
  });

  test("may be refunded again here where it is shown as paid after all", async () => {
    const made = await given();
    await made.world.advance(120_000);
    made.script.refund = async () => ({ kind: "done", refundedTotalFen: null, code: ok });
    assert.equal((await made.hub.refund({ ...refund, requestNo: "R2" })).kind, "accepted");
    made.script.query = async () => closed;
    await made.world.advance(86_400_000);
    assert.deepEqual(await refunds(made), ["R1 refused 2000", "R2 done 2000"]);
    await made.hub.stop();
  });
});

test("late money that a cancel without an answer gave back is late no more, however late that shows", async () => {
  let cancelledAtMs: number | null = null;
  const { hub, world, script, ledger, attempt } = bench({ pay: async () => declined });
  script.query = async () => notExist;
  await hub.start();
  await hub.pay(intent("O1"));
  await world.advance(10);
  script.cancel = async () => {
    cancelledAtMs ??= world.nowMs();
    return silence;
  };
  const isShown = (): boolean => cancelledAtMs === null || world.nowMs() - cancelledAtMs < 60_000;
  script.query = async (orderNo) =>
    isShown() ? { kind: "paid", trade: trade(orderNo), code: ok } : closed;
  script.refund = async () => hasClosed;
  const again = hub.pay(intent("O2", { again: true }));
  await world.advance(40_000);
  assert.equal((await again).kind, "refused");
  assert.notEqual((await attempt("O1")).latePayment, null);
  await world.advance(900_000);
  const { state, unpaidEnd, latePayment, dueAtMs } = await attempt("O1");
  assert.deepEqual([state, unpaidEnd, latePayment, dueAtMs], ["reversed", "refunded", null, null]);
  assert.equal((await ledger.refund("M1", "O1-late"))?.state, "refused");
  await hub.stop();
});
