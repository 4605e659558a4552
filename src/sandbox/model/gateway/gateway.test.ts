/** The pure gateway: money is conserved, one order number books once, and every documented code has an amount. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fen, yuanText } from "../../../core/money/money.ts";
import { answerable } from "./codes.ts";
import { chinaTime } from "../../../core/rules/time.ts";
import { BEHAVIOUR_NAMES } from "./behaviours.ts";
import { GatewayModel } from "./gateway.ts";
import { METHODS, type Method } from "./request.ts";
import { SENTINELS, sentinelFor } from "./sentinels.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";
import { DEMO_WALLETS } from "./wallets.ts";

const startMs = Date.UTC(2026, 10, 23, 2, 0, 0);

function newModel(): GatewayModel {
  let count = 0;
  const digits = (length: number): string => String((count += 1)).padStart(length, "0");
  const model = new GatewayModel(DEFAULT_SETTINGS, digits);
  for (const wallet of DEMO_WALLETS) model.book.putWallet(wallet);
  return model;
}

const payCall = (outTradeNo: string, totalFen: number, code: string, expire?: string) => ({
  method: "alipay.trade.pay" as const,
  notifyUrl: "http://127.0.0.1:1/n",
  biz: {
    out_trade_no: outTradeNo,
    total_amount: yuanText(fen(totalFen)),
    subject: "测试",
    auth_code: code,
    scene: "bar_code",
    ...(expire === undefined ? {} : { time_expire: expire }),
  },
});
const call = (method: Method, outTradeNo: string, more: Record<string, unknown> = {}) => ({
  method,
  notifyUrl: null,
  biz: { out_trade_no: outTradeNo, ...more },
});

test("every documented sub-code of a trade call has an amount that provokes it", () => {
  const covered = new Set(METHODS.filter((method) => method.startsWith("alipay.trade.")));
  for (const row of answerable) {
    const method = row.api === "*" ? "alipay.trade.pay" : (row.api as Method);
    if (!covered.has(method)) continue;
    const sentinel = SENTINELS.find(
      (one) => one.subCode === row.sub_code && one.methods.includes(method),
    );
    assert.ok(sentinel !== undefined, `${row.api} ${row.sub_code} has no amount`);
  }
  const amounts = SENTINELS.map((one) => one.amountFen);
  assert.equal(new Set(amounts).size, amounts.length, "no amount means two things");
  for (const ordinary of [12_850, 1_280, 1, 100_000, 80_000, 88_800]) {
    assert.equal(sentinelFor("alipay.trade.pay", fen(ordinary)), null);
  }
});

test("each pay sentinel answers its sub-code, books nothing and uses the code up", () => {
  for (const one of SENTINELS.filter((row) => row.amountFen > 80_100 && row.amountFen < 80_200)) {
    const model = newModel();
    const { code } = model.book.issueCode("lin", startMs);
    const answer = model.call(payCall("T1", one.amountFen, code), startMs);
    assert.equal(answer.reply?.subCode, one.subCode);
    assert.equal(model.book.trades.size, 0);
    assert.equal(model.book.codes.get(code)?.used, true);
  }
});

test("a waiting trade closes at its time_expire, and a pay after it is refused", () => {
  const model = newModel();
  const expire = chinaTime(startMs + 90_000);
  const { code } = model.book.issueCode("zheng", startMs);
  model.call(payCall("T1", 1000, code, expire), startMs);
  assert.equal(model.book.trades.get("T1")?.status, "WAIT_BUYER_PAY");
  const query = model.call(call("alipay.trade.query", "T1"), startMs + 90_000);
  assert.equal(query.reply?.fields["trade_status"], "TRADE_CLOSED");
  const late = model.book.issueCode("lin", startMs + 90_000);
  const answer = model.call(payCall("T2", 1000, late.code, expire), startMs + 90_001);
  assert.equal(answer.reply?.subCode, "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR");
});

test("an amount whose answer is lost is notified after a query had its time, any other at once", () => {
  const model = newModel();
  const { code } = model.book.issueCode("lin", startMs);
  model.call(payCall("T1", 80_004, code), startMs);
  model.advance(startMs + 14_999);
  assert.equal(model.takeOutbox().length, 0);
  model.advance(startMs + 15_000);
  assert.deepEqual(
    model.takeOutbox().map((one) => one.outTradeNo),
    ["T1"],
  );
  const { code: second } = model.book.issueCode("lin", startMs + 15_000);
  model.call(payCall("T2", 1_000, second), startMs + 15_000);
  model.advance(startMs + 15_000);
  assert.deepEqual(
    model.takeOutbox().map((one) => one.outTradeNo),
    ["T2"],
  );
});

test("a rolled back payment gives the money back and looks as if it had never been", () => {
  const model = newModel();
  model.faults.add({
    method: "alipay.trade.pay",
    behaviour: "rolled_back",
    times: 1,
    subCode: null,
    code: null,
    ms: 2000,
  });
  const { code } = model.book.issueCode("lin", startMs);
  assert.equal(model.call(payCall("T1", 1000, code), startMs).reply?.code, "10000");
  const query = model.call(call("alipay.trade.query", "T1"), startMs + 2000);
  assert.equal(query.reply?.fields["trade_status"], "TRADE_CLOSED");
  assert.equal(query.reply?.fields["receipt_amount"], "0.00");
  assert.equal(model.book.wallet("lin").balanceFen, 5_000_000);
});

test("what is kept on disk puts the same book back, with what was still due", () => {
  const model = newModel();
  const { code } = model.book.issueCode("he", startMs);
  model.call(payCall("T1", 1000, code), startMs);
  const rows = structuredClone(model.book.takeChanges());
  const second = newModel();
  second.book.restore(rows);
  assert.deepEqual(second.book.trades, model.book.trades);
  assert.equal(second.book.codes.get(code)?.used, true);
  second.advance(startMs + 8_000);
  assert.equal(second.book.trades.get("T1")?.status, "TRADE_SUCCESS");
});

test("an unanswered notification is sent again at the official times and then given up", () => {
  const model = newModel();
  const { code } = model.book.issueCode("lin", startMs);
  model.call(payCall("T1", 1000, code), startMs);
  model.advance(startMs);
  const waits: number[] = [];
  for (let nowMs = startMs; ;) {
    const [one] = model.takeOutbox();
    assert.ok(one !== undefined);
    model.notified(one.id, "fail", nowMs);
    const next = model.book.notifications.get(one.id)?.nextAtMs ?? null;
    if (next === null) break;
    waits.push((next - nowMs) / 60_000);
    nowMs = next;
    model.advance(nowMs);
  }
  assert.deepEqual(waits, [4, 10, 10, 60, 120, 360, 900]);
});

/** One step of a random day at the gateway. */
const step = fc.record({
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constant("pay" as const) },
    {
      weight: 5,
      arbitrary: fc.constantFrom("cancel", "refund", "close", "query", "confirm", "scan", "qr"),
    },
  ),
  order: fc.nat({ max: 5 }),
  wallet: fc.oneof(
    { weight: 3, arbitrary: fc.constant("lin") },
    { weight: 1, arbitrary: fc.constantFrom(...DEMO_WALLETS.map((wallet) => wallet.id)) },
  ),
  /** Mostly the order's own amount, as a till would send it again; null stands for that. */
  otherFen: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 5000 }) },
  ),
  behaviour: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...BEHAVIOUR_NAMES) },
  ),
  waitMs: fc.integer({ min: 0, max: 40_000 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The orders of the day: ordinary amounts, a password that comes, one that never comes, a late booking, a roll-back. */
const ORDER_FEN = [1000, 1280, 80_001, 80_002, 80_012, 80_014];

function run(model: GatewayModel, { what, order, wallet, otherFen }: Step, nowMs: number) {
  const number = `T${order}`;
  const amountFen = otherFen ?? ORDER_FEN[order] ?? 1;
  switch (what) {
    case "pay": {
      const { code } = model.book.issueCode(wallet, nowMs);
      return void model.call(payCall(number, amountFen, code), nowMs);
    }
    case "cancel":
    case "close":
    case "query":
      return void model.call(call(`alipay.trade.${what}`, number), nowMs);
    case "refund": {
      const more = { refund_amount: yuanText(fen(amountFen)), out_request_no: `R${amountFen % 3}` };
      return void model.call(call("alipay.trade.refund", number, more), nowMs);
    }
    case "qr": {
      const more = { total_amount: yuanText(fen(amountFen)), subject: "扫码" };
      return void model.call(call("alipay.trade.precreate", number, more), nowMs);
    }
    case "scan":
      return void model.scan(number, wallet, amountFen % 2 === 0, nowMs);
    case "confirm":
      return void model.confirm(number, nowMs);
  }
}

test("whatever happens, money is conserved and no order number books twice", () => {
  const startFen = DEMO_WALLETS.reduce((sum, wallet) => sum + wallet.balanceFen, 0);
  const property = fc.property(fc.array(step, { minLength: 30, maxLength: 60 }), (steps) => {
    const model = newModel();
    const booked = new Map<string, number>();
    const settle = model.book.settle.bind(model.book);
    model.book.settle = (trade, atMs) => {
      booked.set(trade.outTradeNo, (booked.get(trade.outTradeNo) ?? 0) + 1);
      return settle(trade, atMs);
    };
    let nowMs = startMs;
    for (const one of steps) {
      nowMs += one.waitMs;
      if (one.behaviour !== null) {
        const rest = { method: "*" as const, times: 1, subCode: null, code: null, ms: null };
        model.faults.add({ ...rest, behaviour: one.behaviour });
      }
      run(model, one, nowMs);
      const walletsFen = [...model.book.wallets.values()].reduce((a, w) => a + w.balanceFen, 0);
      assert.equal(walletsFen + model.book.merchant.balanceFen, startFen);
      const owedFen = [...model.book.trades.values()]
        .filter((trade) => trade.paidAtMs !== null)
        .reduce((sum, trade) => sum + trade.totalFen - trade.refundedFen, 0);
      assert.equal(owedFen, model.book.merchant.balanceFen, "the merchant has what trades left");
    }
    for (const [number, times] of booked) assert.equal(times, 1, `${number} booked ${times} times`);
  });
  fc.assert(property, { numRuns: 300 });
});
