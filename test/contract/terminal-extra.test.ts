/** Money of a sale that isn't the sale's: what the till says of it, and that nobody collects or refunds the wrong one. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { brokenPromise } from "../../src/core/diagnosis/incident.ts";
import { defaultDiagnosisSettings } from "../../src/core/diagnosis/settings.ts";
import { fen } from "../../src/core/money/money.ts";
import { displayOf } from "../../src/core/till/display.ts";
import type { Screen } from "../../src/core/till/parts.ts";
import type { SaleView } from "../../src/core/till/view.ts";
import type { SaleRecord } from "../../src/ports/journal.ts";
import { endRefund, labels, lateAndBack, screenFor, viewOf, words } from "./terminal-screens.ts";
import { Bench, code, declined, late, operator, paid, rolledBack } from "./terminal-support.ts";

const unknown = { state: "unknown", unpaidEnd: null } as const;
const closed = { state: "reversed", unpaidEnd: "closed", endedAtMs: 1 } as const;
const secondCode = { ...code, paymentCode: "289999999999999999" };

const phaseOf = (sale: SaleView): string => displayOf("店", false, sale, null).phase;

/** Settled in cash while nobody knew; then its wallet payment turns out to have money after all. */
async function cashThen(how: "late" | "not_reversed"): Promise<readonly [Bench, string, string]> {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell(unknown);
  await bench.terminal.sales.giveUp(saleId, "paid_otherwise", operator);
  if (how === "late") await bench.news(orderNo, closed);
  await bench.news(orderNo, how === "late" ? late("accept") : paid);
  return [bench, saleId, `${orderNo}-back`];
}

/** A's money came late beside B, which paid the sale. */
async function paidTwice(): Promise<readonly [Bench, string, string]> {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell(declined);
  bench.hub.onPay = { ...paid, providerTradeNo: "P2" };
  await bench.terminal.sales.charge(saleId, secondCode);
  await bench.news(orderNo, late("accept"));
  return [bench, saleId, `${orderNo}-back`];
}

/** How the charge beside the cash can end without its money having stayed, and what the page must say of it. */
const ENDS_BESIDE_CASH = [
  ["closed", /扫码的那一笔没有扣款/],
  ["never_seen", /扫码的那一笔没有扣款/],
  ["closed_in_doubt", /若曾扣款，已原路退回/],
  ["refunded", /扫码的那一笔扣了 ￥20\.00，已原路退回顾客.*撤销凭条/],
] as const;

describe("a sale that was paid in cash", () => {
  for (const [unpaidEnd, said] of ENDS_BESIDE_CASH) {
    test(`the screen says what became of the wallet's money: ${unpaidEnd}`, async () => {
      const bench = await Bench.open();
      const { saleId, orderNo } = await bench.sell(unknown);
      await bench.terminal.sales.giveUp(saleId, "paid_otherwise", operator);
      const shown = (): Screen => screenFor(viewOf(bench.record(saleId)));
      assert.match(words(shown()), /不要再收.*还在查.*如已扣款会原路退回.*撤销凭条/);
      assert.match(shown().side.text?.zh ?? "", /如已扣款：原路退回/);
      await bench.news(orderNo, { ...closed, unpaidEnd });
      assert.match(words(shown()), said);
      assert.match(words(shown()), /已用其他方式收款，不要再收/);
      assert.equal(/撤销凭条/.test(shown().side.text?.zh ?? ""), unpaidEnd === "refunded");
    });
  }

  for (const how of ["late", "not_reversed"] as const) {
    test(`its wallet money comes (${how}) and goes back: the cash is never denied`, async () => {
      const [bench, saleId, back] = await cashThen(how);
      const isSaid = (also: RegExp): void => {
        const sale = viewOf(bench.record(saleId));
        const screen = screenFor(sale);
        assert.deepEqual([screen.kind, screen.amountFen], ["paid_otherwise", 2_000]);
        assert.match(words(screen), /^实收 · 已改用其他方式收款 · 已用其他方式收款，不要再收/);
        assert.match(sale.advice.zh, /已用其他方式收款，不要再收/);
        assert.match(sale.advice.zh, also);
        assert.doesNotMatch(words(screen), /没有收款|重新收|已退款|全额退款/);
        assert.equal(phaseOf(sale), "idle");
      };
      isSaid(/￥20.00 也到账了，正在原路退回/);
      await endRefund(bench, back, "done");
      isSaid(/￥20.00 已原路退回/);
    });
  }

  test("its wallet money can't go back: the owner is offered that money by its name", async () => {
    const [bench, saleId, back] = await cashThen("late");
    await endRefund(bench, back, "refused");
    const screen = screenFor(viewOf(bench.record(saleId)));
    assert.match(words(screen), /不要再收.*退回被拒，钱还在店里账上/);
    assert.deepEqual(labels(screen), ["下一笔", "退回多到账的一笔", "本单详情"]);
  });
});

test("given up, its money came all the same and went back: neither 'not charged' nor 'charge again'", async () => {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell(unknown);
  await bench.terminal.sales.giveUp(saleId, "abandoned", operator);
  await bench.news(orderNo, paid);
  await endRefund(bench, `${orderNo}-back`, "done");
  const sale = viewOf(bench.record(saleId));
  const screen = screenFor(sale);
  assert.equal(screen.kind, "abandoned");
  assert.match(words(screen), /￥20.00 已原路退回顾客，这一单没有收款/);
  assert.doesNotMatch(words(screen) + sale.advice.zh, /没有扣款|可以重新收/);
});

test("declined, then its money came late: going back, stuck, and back are told as they are", async () => {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell(declined);
  await bench.terminal.sales.endIfUnpaid(saleId);
  await bench.news(orderNo, late("accept"));
  const now = (): Screen => screenFor(viewOf(bench.record(saleId)));
  assert.match(words(now()), /迟到的钱正在退回 · .*￥20.00，正在原路退回。请不要再收/);
  await endRefund(bench, `${orderNo}-back`, "refused");
  assert.match(words(now()), /迟到的钱没有退成 · .*退回被拒，钱还在店里账上/);
  assert.ok(labels(now()).includes("退回多到账的一笔"));
  await bench.terminal.sales.refund(saleId, null, "退", operator, "R-1", "extra");
  assert.match(words(now()), /迟到的钱正在退回/);
  await endRefund(bench, "R-1", "done");
  assert.match(words(now()), /未收 · 迟到的钱已退回 · 后来到账的 ￥20.00 已原路退回顾客/);
  assert.doesNotMatch(words(now()), /没有扣款/);
});

test("late money is back while the next charge is under way: nobody is told that nothing was taken", async () => {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell(declined);
  bench.hub.onPay = unknown;
  await bench.terminal.sales.charge(saleId, secondCode);
  await lateAndBack(bench, orderNo);
  const sale = viewOf(bench.record(saleId));
  assert.deepEqual([screenFor(sale).kind, sale.extra?.state], ["confirming", "back"]);
  assert.match(sale.advice.zh, /请勿重复收款/);
});

describe("a sale that another attempt paid", () => {
  test("stays paid while the extra payment goes back, is stuck, and is back", async () => {
    const [bench, saleId, back] = await paidTwice();
    const isPaid = (caution: RegExp): Screen => {
      const sale = viewOf(bench.record(saleId));
      const screen = screenFor(sale);
      assert.equal(screen.kind, "paid");
      assert.match(words(screen), /^实收 · 收款成功/);
      assert.match(screen.caution?.zh ?? "", caution);
      assert.equal(phaseOf(sale), "paid");
      assert.match(sale.advice.zh, /已收款/);
      assert.equal(sale.refunded_fen, 0);
      return screen;
    };
    isPaid(/本单已收款，不要再收。另外多到账一笔 ￥20.00，正在原路退回/);
    await endRefund(bench, back, "refused");
    const stuck = isPaid(/另外多到账一笔 ￥20.00，退回被拒/);
    assert.equal(labels(stuck)[1], "退回多到账的一笔");
    assert.ok(!labels(stuck).includes("退款"));
    await bench.terminal.sales.refund(saleId, null, "退", operator, "R-1", "extra");
    await endRefund(bench, "R-1", "done");
    assert.ok(labels(isPaid(/多到账的一笔 ￥20.00 已原路退回顾客/)).includes("退款"));
  });

  test("no refund is of the extra payment that doesn't say so: that goes back first, and whole", async () => {
    const [bench, saleId, back] = await paidTwice();
    const { sales } = bench.terminal;
    const refused = { ok: false, refusal: "extra_payment_first" };
    const ask = (amountFen: number | null, no: string, of: "sale" | "extra" | null) =>
      sales.refund(saleId, amountFen === null ? null : fen(amountFen), "退", operator, no, of);
    assert.deepEqual(await ask(500, "R-0", "sale"), refused);
    await endRefund(bench, back, "refused");
    const [before, ...open] = bench.record(saleId).refunds;
    assert.deepEqual([before?.requestNo, open], [back, []]);
    assert.deepEqual(await ask(500, "R-1", null), refused);
    assert.deepEqual(await ask(500, "R-1", "extra"), refused);
    assert.deepEqual(await ask(2_000, "R-1", "sale"), refused);
    assert.deepEqual(await ask(null, "R-1", "sale"), refused);
    assert.equal((await ask(2_000, "R-2", "extra")).ok, true);
    await endRefund(bench, "R-2", "done");
    assert.equal(bench.net(), 2_000);
    assert.deepEqual(await ask(null, "R-3", "extra"), { ok: false, refusal: "no_extra_payment" });
    assert.equal((await ask(500, "R-4", "sale")).ok, true);
    await endRefund(bench, "R-4", "done");
    const record = bench.record(saleId);
    assert.equal(bench.net(), 1_500);
    assert.equal(record.jobs.filter(({ slip }) => slip.kind === "refund").length, 1);
    const sale = viewOf(record);
    assert.deepEqual([sale.refunded_fen, sale.refundable_fen], [500, 1_500]);
    const screen = screenFor(sale);
    assert.match(words(screen), /已退款 ￥5.00 · .*还可退 ￥15.00/);
    assert.equal(phaseOf(sale), "idle");
  });
});

describe("paper that needs a person, beside a refund", () => {
  async function paperAnd(
    change: Partial<SaleRecord["jobs"][number]>,
    refundFen: number,
    end: "done" | "refused",
  ): Promise<SaleView> {
    const bench = await Bench.open();
    const { saleId } = await bench.sell(paid);
    await bench.terminal.sales.refund(saleId, fen(refundFen), "退", operator, "R-1", "sale");
    await endRefund(bench, "R-1", end);
    const record = bench.record(saleId);
    const jobs = record.jobs.map((job) =>
      job.slip.kind === "receipt" && job.holder === "customer" && job.state !== "waived"
        ? { ...job, ...change }
        : job,
    );
    return viewOf({ ...record, jobs });
  }
  const doubtful = { state: "doubtful", doubt: "printer_lost_power" } as const;
  const held = { state: "held", hold: "paper_out" } as const;
  const interrupted = { state: "sending", hold: "unreachable" } as const;

  test("is asked about first, and the refund is told beside it", async () => {
    const sale = await paperAnd(doubtful, 500, "done");
    const screen = screenFor(sale);
    assert.equal(screen.kind, "doubtful");
    assert.match(words(screen), /小票打出来了吗？.*已退款 ￥5.00。.*还可退 ￥15.00/);
    assert.ok(["打出来了", "没有，补打一张"].every((one) => labels(screen).includes(one)));
    assert.equal(screen.side.tag?.text.zh, "待你确认");
    assert.match(sale.advice.zh, /已收款，不要再收.*出纸口/);
  });

  test("held and interrupted papers too", async () => {
    for (const [change, headline] of [
      [held, "小票没出来：打印机缺纸"],
      [interrupted, "打印中断，正在确认是否已出票"],
    ] as const) {
      const screen = screenFor(await paperAnd(change, 500, "done"));
      assert.deepEqual([screen.kind, screen.headline.zh], ["held", headline]);
      assert.match(screen.caution?.zh ?? "", /^已退款 ￥5.00/);
    }
    const refused = screenFor(await paperAnd(held, 500, "refused"));
    assert.match(refused.caution?.zh ?? "", /^没有退成：￥5.00/);
  });

  test("where all of the money went back nobody is asked", async () => {
    const screen = screenFor(await paperAnd(interrupted, 2_000, "done"));
    assert.deepEqual([screen.kind, screen.headline.zh], ["refund", "已退款 ￥20.00"]);
  });
});

describe("taken back by the provider, then charged again in vain", () => {
  for (const [name, end] of [
    ["never seen", { state: "reversed", unpaidEnd: "never_seen", endedAtMs: 1 }],
    ["declined", declined],
  ] as const) {
    test(`${name}: the till goes on saying that the goods may be gone`, async () => {
      const bench = await Bench.open();
      const { saleId, orderNo } = await bench.sell(paid);
      await bench.news(orderNo, rolledBack);
      bench.hub.onPay = end;
      await bench.terminal.sales.charge(saleId, secondCode);
      await bench.world.advance(1);
      const record = bench.record(saleId);
      const sale = viewOf(record);
      const screen = screenFor(sale);
      assert.match(screen.caution?.zh ?? "", /小票已作废：商品可能已被拿走，请找到顾客重新收款/);
      assert.match(sale.advice.zh, /商品可能已被拿走/);
      assert.deepEqual([screen.full, screen.tone, screen.takesCode], [false, "bad", true]);
      const broken = brokenPromise(record, defaultDiagnosisSettings, bench.world.nowMs());
      assert.equal(broken, "payment_taken_back");
      bench.hub.onPay = { ...paid, providerTradeNo: "P3" };
      await bench.terminal.sales.charge(saleId, { ...code, paymentCode: "288888888888888888" });
      await bench.world.advance(1);
      assert.equal(screenFor(viewOf(bench.record(saleId))).caution, null);
    });
  }
});
