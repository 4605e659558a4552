/** Where money goes that isn't the sale's, and what a day says of it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fen } from "../../src/core/money/money.ts";
import { saleSummary, saleView } from "../../src/core/till/build.ts";
import { SALE_CAN } from "../../src/core/till/can.ts";
import { refundedElsewhere } from "../../src/core/payment/refunded-elsewhere.ts";
import { alipayTiming } from "../../src/core/payment/timing.ts";
import { isSettled } from "../../src/terminal/book.ts";
import {
  Bench,
  code,
  declined,
  given,
  late,
  operator,
  paid,
  rolledBack,
} from "./terminal-support.ts";

const context = { timing: alipayTiming, livemode: false };
const unknown = { state: "unknown", unpaidEnd: null } as const;

describe("the hub hears that a sale ended", () => {
  test("unpaid: every attempt is told, also ended ones, and the till lets go only then", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    bench.hub.weather = "away";
    await bench.terminal.sales.endIfUnpaid(saleId);
    await bench.world.advance(1_000);
    assert.equal(isSettled(bench.record(saleId)), true);
    assert.equal(bench.terminal.book.isOpen(saleId), true);
    await bench.restart();
    bench.hub.weather = "well";
    await bench.world.advance(20_000);
    assert.equal(bench.hub.attempts.get(orderNo)?.saleEnded, true);
    assert.equal(bench.terminal.book.isOpen(saleId), false);
    const before = bench.asked("sale_ended");
    await bench.restart();
    await bench.world.advance(60_000);
    assert.equal(bench.asked("sale_ended"), before);
  });

  test("given up with the link down: reverse and end are asked until the hub knows", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(unknown);
    bench.hub.weather = "away";
    await bench.terminal.sales.giveUp(saleId, "abandoned", operator);
    assert.equal(bench.hub.attempts.get(orderNo)?.state, "unknown");
    bench.hub.weather = "well";
    await bench.world.advance(6_000);
    assert.equal(bench.hub.attempts.get(orderNo)?.state, "reversing");
    assert.equal(bench.hub.attempts.get(orderNo)?.saleEnded, true);
  });

  test("goods that left are told again, and of attempts made later too", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    bench.hub.weather = "away";
    await bench.terminal.sales.goodsLeft(saleId, operator);
    bench.hub.weather = "well";
    await bench.world.advance(6_000);
    assert.equal(bench.hub.attempts.get(orderNo)?.goodsLeft, true);
    await bench.terminal.sales.charge(saleId, { ...code, paymentCode: "289999999999999999" });
    await bench.world.advance(6_000);
    assert.deepEqual(
      [...bench.hub.attempts.values()].map((one) => one.goodsLeft),
      [true, true],
    );
  });
});

describe("money that isn't the sale's goes back", () => {
  test("a late payment that the hub accepted after the sale's end is refunded, once", async () => {
    for (const how of ["unpaid", "paid_otherwise"] as const) {
      const bench = await Bench.open();
      const { saleId, orderNo } = await bench.sell(declined);
      if (how === "unpaid") await bench.terminal.sales.endIfUnpaid(saleId);
      else await bench.terminal.sales.giveUp(saleId, how, operator);
      await bench.news(orderNo, late("accept"));
      await bench.news(orderNo, { afterChecks: 1 });
      assert.equal(bench.asked("refund"), 1);
      const { receipt, refunds } = bench.record(saleId);
      assert.equal(receipt, null);
      assert.deepEqual(
        refunds.map((one) => [one.requestNo, one.amountFen]),
        [[`${orderNo}-back`, 2_000]],
      );
      assert.equal(bench.net(), 0);
      const view = (): ReturnType<typeof saleView> => saleView(bench.record(saleId), context);
      assert.equal(view().attempt?.money_went_back, false);
      bench.hub.endRefund(`${orderNo}-back`, "done");
      await bench.world.advance(1);
      assert.equal(view().attempt?.money_went_back, true);
      assert.equal(bench.terminal.book.isOpen(saleId), false);
    }
  });

  test("accepted beside a sale that another attempt paid: the second money goes back", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    bench.hub.onPay = { ...paid, providerTradeNo: "P2" };
    await bench.terminal.sales.charge(saleId, { ...code, paymentCode: "289999999999999999" });
    await bench.news(orderNo, late("accept"));
    assert.deepEqual(
      bench.record(saleId).refunds.map((one) => one.requestNo),
      [`${orderNo}-back`],
    );
    assert.equal(bench.net(), 2_000);
  });

  test("accepted without what a receipt needs: it goes back", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    await bench.news(orderNo, { ...late("accept"), providerTradeNo: null });
    assert.equal(bench.record(saleId).receipt, null);
    assert.equal(bench.record(saleId).refunds.length, 1);
  });

  test("a refused give-back stays open, says so, and the owner may refund it", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    await bench.terminal.sales.endIfUnpaid(saleId);
    await bench.news(orderNo, late("accept"));
    bench.hub.endRefund(`${orderNo}-back`, "refused");
    await bench.world.advance(1);
    const record = bench.record(saleId);
    assert.equal(isSettled(record), false);
    assert.equal(SALE_CAN.refund(record), "yes");
    const view = saleView(record, context);
    assert.equal(view.attempt?.money_went_back, false);
    assert.equal(view.refundable_fen, 2_000);
    assert.match(view.advice.zh, /被拒/);
    const done = await bench.terminal.sales.refund(saleId, null, "退", operator, "R-1");
    assert.ok(done.ok, JSON.stringify(done));
    bench.hub.endRefund("R-1", "done");
    await bench.world.advance(1);
    assert.equal(isSettled(bench.record(saleId)), true);
    assert.equal(bench.net(), 0);
  });

  test("the hub's own late refund, refused, keeps the sale open too", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    await bench.terminal.sales.endIfUnpaid(saleId);
    await bench.news(orderNo, late("refund"));
    await bench.hub.link.refund({
      merchantId: "M1",
      orderNo,
      requestNo: `${orderNo}-late`,
      amountFen: fen(2_000),
      reason: "",
      operatorNo: "system",
    });
    bench.hub.endRefund(`${orderNo}-late`, "refused");
    await bench.world.advance(1);
    assert.equal(isSettled(bench.record(saleId)), false);
    assert.equal(SALE_CAN.refund(bench.record(saleId)), "yes");
  });

  test("late money that went back in another way than by its refund is said to be back", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    await bench.news(orderNo, late("refund"));
    assert.equal(saleView(bench.record(saleId), context).outcome, "unknown");
    await bench.news(orderNo, { state: "reversed", unpaidEnd: "refunded", latePayment: null });
    const [slip] = bench.record(saleId).jobs.map((one) => one.slip);
    assert.equal(slip?.kind === "reversal" && slip.providerTradeNo, "P1");
    const record = bench.record(saleId);
    const view = saleView(record, context);
    assert.deepEqual([view.outcome, view.attempt?.money_went_back], ["reversed", true]);
    assert.deepEqual(
      record.jobs.map(({ slip }) => slip.kind),
      ["reversal"],
    );
    assert.equal(SALE_CAN.charge(record), "yes");
    assert.equal(bench.net(), 0);
  });

  test("a refund that ended refused isn't said to be open, whatever its code says of the moment", async () => {
    const bench = await Bench.open();
    const { saleId } = await bench.sell(paid);
    const asked = await bench.terminal.sales.refund(saleId, null, "退", operator, "R-1");
    assert.ok(asked.ok);
    const record = bench.record(saleId);
    const closed = { code: "40004", subCode: "ACQ.TRADE_HAS_CLOSE", message: null };
    const causeIn = (state: "unknown" | "refused"): string => {
      const refunds = record.refunds.map((one) => ({ ...one, state, code: closed }));
      return saleView({ ...record, refunds }, context).refunds[0]?.cause?.cashier.zh ?? "";
    };
    assert.match(causeIn("unknown"), /结果未知/);
    assert.match(causeIn("refused"), /这次没有退款/);
    assert.doesNotMatch(causeIn("refused"), /未知|正在/);
  });

  test("a refund number of one sale is refused for another", async () => {
    const bench = await Bench.open();
    const [one, two] = [await bench.sell(paid), await bench.sell(paid)];
    const refund = (saleId: string) =>
      bench.terminal.sales.refund(saleId, fen(500), "顾客退货", operator, "R1");
    assert.equal((await refund(one.saleId)).ok, true);
    assert.deepEqual(await refund(two.saleId), { ok: false, refusal: "idempotency_key_reused" });
    assert.equal(bench.record(one.saleId).refunds.length, 1);
    assert.equal(bench.record(two.saleId).refunds.length, 0);
  });

  test("a refund whose number another till has used ends, and another number refunds", async () => {
    const bench = await Bench.open();
    const { saleId } = await bench.sell(paid);
    const { refund } = bench.hub.link;
    bench.hub.link.refund = async () => ({ kind: "refused", reason: "idempotency_key_reused" });
    const ask = (no: string) => bench.terminal.sales.refund(saleId, null, "退", operator, no);
    await ask("R-taken");
    bench.hub.link.refund = refund;
    assert.deepEqual(
      bench.record(saleId).refunds.map((one) => one.state),
      ["refused"],
    );
    assert.ok((await ask("R-own")).ok);
  });

  test("two equal refund requests at once are one refund; another amount is refused", async () => {
    const bench = await Bench.open();
    const { saleId } = await bench.sell(paid);
    const { sales } = bench.terminal;
    bench.isSlow = true;
    const both = await Promise.all([
      sales.refund(saleId, fen(500), "退", operator, "R-1"),
      sales.refund(saleId, fen(500), "退", operator, "R-1"),
    ]);
    assert.deepEqual(
      both.map((one) => one.ok),
      [true, true],
    );
    assert.equal(bench.record(saleId).refunds.length, 1);
    const other = await sales.refund(saleId, fen(600), "退", operator, "R-1");
    assert.deepEqual(other, { ok: false, refusal: "idempotency_key_reused" });
  });
});

describe("the day's money", () => {
  test("rolled back, then found paid after all and refunded: nothing was taken", async () => {
    const bench = await Bench.open();
    const { orderNo } = await bench.sell(paid);
    assert.equal(bench.net(), 2_000);
    await bench.news(orderNo, rolledBack);
    assert.equal(bench.net(), 0);
    await bench.news(orderNo, late("refund"));
    await bench.hub.link.refund({
      merchantId: "M1",
      orderNo,
      requestNo: "late",
      amountFen: fen(2_000),
      reason: "",
      operatorNo: "system",
    });
    bench.hub.endRefund("late", "done");
    await bench.world.advance(1);
    assert.equal(bench.net(), 0);
  });

  test("rolled back, then accepted after all: taken once, with a receipt of its own", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(paid);
    const first = bench.record(saleId).receipt?.number;
    await bench.news(orderNo, rolledBack);
    await bench.news(orderNo, late("accept"));
    assert.equal(bench.net(), 2_000);
    assert.notEqual(bench.record(saleId).receipt?.number, first);
  });

  test("accepted after the end, then taken back by the provider: nothing is kept, no receipt holds", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    await bench.news(orderNo, late("accept"));
    assert.equal(bench.net(), 2_000);
    await bench.news(orderNo, { ...rolledBack, latePayment: null });
    assert.equal(bench.net(), 0);
    const { sale, receipt } = bench.record(saleId);
    assert.deepEqual([sale.state, receipt?.void], ["open", true]);
  });

  test("a roll-back of money that was on its way back reopens nothing and counts nothing", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(unknown);
    await bench.terminal.sales.giveUp(saleId, "abandoned", operator);
    await bench.news(orderNo, paid);
    await bench.news(orderNo, rolledBack);
    assert.equal(bench.record(saleId).sale.state, "abandoned");
    assert.equal(bench.net(), 0);
    assert.equal(bench.disk.money.size, 0);
  });

  test("a payment learned while the day closes belongs to one of the two days", async () => {
    const bench = await Bench.open();
    const { orderNo } = await bench.sell(unknown);
    const attempt = bench.hub.put(orderNo, paid);
    bench.isSlow = true;
    const closing = bench.terminal.days.close(operator, { cashFen: null, slips: null }, true);
    // By now the sum is made and on its way to the disk.
    for (let n = 0; n < 30; n += 1) await Promise.resolve();
    const learning = bench.terminal.learn(attempt);
    await learning;
    const closed = await closing;
    assert.ok(typeof closed !== "string");
    assert.equal(closed.net_fen + bench.net(), 2_000);
  });

  test("a roll-back is named apart from the refunds that the shop made", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(paid);
    assert.equal(saleSummary(bench.record(saleId)).receipt_void, false);
    await bench.news(orderNo, rolledBack);
    const { refunded, rolled_back: taken, net_fen: net } = bench.terminal.days.view();
    assert.deepEqual([refunded.count, taken, net], [1, { count: 1, amount_fen: 2_000 }, 0]);
    assert.equal(saleSummary(bench.record(saleId)).receipt_void, true);
  });

  test("a close ends no sale that the provider took back: refused, then carried over by name", async () => {
    const bench = await Bench.open();
    const { days } = bench.terminal;
    const none = { cashFen: null, slips: null };
    const { saleId, orderNo } = await bench.sell(paid);
    await bench.news(orderNo, rolledBack);
    assert.equal(await days.close(operator, none, false), "day_has_open_sales");
    const named = [
      [saleId, "支付宝把这笔钱撤回了，本单没有收到钱；请在收银台再收、改收现金或取消"],
    ];
    const openOf = (day: ReturnType<typeof days.view>): unknown =>
      day.open_sales.map((one) => [one.sale_id, one.why.zh]);
    assert.deepEqual(openOf(days.view()), named);
    const carried = await days.close(operator, none, true);
    assert.ok(typeof carried !== "string");
    assert.deepEqual(openOf(carried), named);
    await bench.restart();
    assert.equal(bench.record(saleId).sale.state, "open");
    assert.equal(await bench.terminal.days.close(operator, none, false), "day_has_open_sales");
    await bench.terminal.sales.endIfUnpaid(saleId);
    assert.deepEqual(openOf(bench.terminal.days.view()), []);
    assert.notEqual(typeof (await bench.terminal.days.close(operator, none, false)), "string");
  });

  test("a sale that was taken back and then paid, or paid in cash, holds up no close", async () => {
    for (const how of ["charge", "cash"] as const) {
      const bench = await Bench.open();
      const { days, sales } = bench.terminal;
      const { saleId, orderNo } = await bench.sell(paid);
      await bench.news(orderNo, rolledBack);
      bench.hub.onPay = { ...paid, providerTradeNo: "P2" };
      if (how === "cash") await sales.giveUp(saleId, "paid_otherwise", operator);
      else await sales.charge(saleId, { ...code, paymentCode: "289999999999999999" });
      assert.ok(days.view().open_sales.every((one) => !one.why.zh.includes("撤回")));
    }
  });

  test("refunded by somebody else: the sale stays paid, nothing is kept, nobody is to pay again", async () => {
    const bench = await Bench.open();
    const { saleId } = await bench.sell(paid);
    const attempt = bench.record(saleId).attempts[0] ?? assert.fail("no attempt");
    await bench.terminal.learnRefund(refundedElsewhere(attempt, [], bench.world.nowMs()));
    const record = bench.record(saleId);
    assert.deepEqual([record.sale.state, record.receipt?.void, bench.net()], ["paid", false, 0]);
    assert.equal(bench.terminal.days.view().rolled_back.count, 0);
    assert.equal(SALE_CAN.charge(record), "sale_already_paid");
    assert.equal(SALE_CAN.refund(record), "sale_fully_refunded");
    const view = saleView(record, context);
    assert.deepEqual([view.outcome, view.attempt?.money_went_back], ["paid", true]);
    assert.match(view.advice.zh, /已全额退款 ￥20.00.*不要再退，也不要补收/);
    assert.equal(view.refunds[0]?.reason, "已在支付宝退款");
  });

  test("a hub that is away holds no customer: an intent that it never took gives way", async () => {
    for (const how of ["abandoned", "paid_otherwise"] as const) {
      const bench = await Bench.open();
      bench.hub.weather = "away";
      const { saleId } = await bench.sell();
      assert.equal(bench.record(saleId).attempts[0]?.state, "created");
      assert.equal((await bench.terminal.sales.giveUp(saleId, how, operator)).ok, true);
      bench.hub.weather = "well";
      await bench.world.advance(60_000);
      assert.equal(bench.record(saleId).attempts[0]?.unpaidEnd, "never_sent");
      assert.equal(bench.terminal.book.isOpen(saleId), false);
    }
  });

  test("given up, and the reversal refused for good: never called paid", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(unknown);
    await bench.terminal.sales.giveUp(saleId, "abandoned", operator);
    await bench.news(orderNo, paid);
    const outcome = (): unknown => saleView(bench.record(saleId), context).outcome;
    assert.equal(outcome(), "unknown");
    bench.hub.endRefund(`${orderNo}-back`, "done");
    await bench.world.advance(1);
    assert.equal(outcome(), "reversed");
  });

  test("an empty day is closed only by who asks for that", async () => {
    const bench = await Bench.open();
    const { days } = bench.terminal;
    const counted = { cashFen: null, slips: null };
    assert.equal(await days.close(operator, counted, false, true), "day_is_empty");
    await bench.sell(paid);
    const both = [1, 2].map(() => days.close(operator, counted, true, true));
    assert.equal((await Promise.all(both))[1], "day_is_empty");
    assert.notEqual(await days.close(operator, counted, false, false), "day_is_empty");
  });

  test("a refused close changes nothing: the customer who looks for the phone may still pay", async () => {
    const bench = await Bench.open();
    const { days, sales } = bench.terminal;
    const none = { cashFen: null, slips: null };
    await bench.sell(unknown);
    const typed = await sales.open(given);
    assert.equal(await days.close(operator, none, false), "day_has_open_sales");
    assert.equal(bench.record(typed.sale.id).sale.state, "open");
    assert.notEqual(typeof (await days.close(operator, none, true)), "string");
    assert.equal(bench.record(typed.sale.id).sale.state, "unpaid");
  });

  test("a close sent again after a restart closes no second day", async () => {
    const bench = await Bench.open();
    await bench.sell(paid);
    const counted = { cashFen: fen(5_000), slips: 1 };
    const close = (inputHash: string): ReturnType<typeof bench.terminal.days.close> =>
      bench.terminal.days.close(operator, counted, true, false, { key: "K1", inputHash });
    const first = await close("cash 50.00");
    await bench.restart();
    assert.deepEqual(await close("cash 50.00"), first);
    assert.equal(await close("cash 60.00"), "idempotency_key_reused");
    assert.equal(bench.terminal.days.closed(2), null);
    assert.equal(bench.terminal.days.view().counted, null);
  });

  test("two closes at once have two numbers", async () => {
    const bench = await Bench.open();
    bench.isSlow = true;
    const close = (cashFen: number): ReturnType<typeof bench.terminal.days.close> =>
      bench.terminal.days.close(operator, { cashFen: fen(cashFen), slips: null }, true);
    const closed = await Promise.all([close(1), close(2)]);
    const numbers = closed.map((one) => (typeof one === "string" ? one : one.close_no));
    assert.deepEqual(numbers, [1, 2]);
    assert.equal(bench.terminal.days.closed(1)?.counted?.cash_fen, 1);
  });
});
