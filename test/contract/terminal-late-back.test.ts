/** Money that came late and went back: what then stands at the till, and how such a sale is ended. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { saleWords } from "../../src/bin/sale-words.ts";
import { fen } from "../../src/core/money/money.ts";
import { attemptText } from "../../src/core/payment/states.ts";
import type { Act, ActId } from "../../src/core/till/parts.ts";
import { sheetText } from "../../src/core/text/sheets.ts";
import { cashQuestion } from "../../src/core/till/cash-question.ts";
import { saleAdvice, saleSummary } from "../../src/core/till/build.ts";
import type { Done } from "../../src/terminal/sales.ts";
import { deskOf } from "./terminal-desk.ts";
import {
  endRefund,
  lateAndBack,
  lateGoingBack,
  screenFor,
  viewOf,
  words,
} from "./terminal-screens.ts";
import { Bench, code, declined, late, operator, paid, rolledBack } from "./terminal-support.ts";

const neverSeen = { state: "reversed", unpaidEnd: "never_seen", endedAtMs: 1 } as const;
const secondCode = { ...code, paymentCode: "289999999999999999" };
const none = { cashFen: null, slips: null };

/** The goods left while nobody knew; the charge came to nothing, then its money came and went back. */
async function goodsLeft(): Promise<readonly [Bench, string]> {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell({ state: "unknown", unpaidEnd: null });
  await bench.terminal.sales.goodsLeft(saleId, operator);
  await bench.news(orderNo, neverSeen);
  await lateAndBack(bench, orderNo);
  return [bench, saleId];
}

/** Paid, taken back by the provider, charged again in vain. */
async function inVain(): Promise<readonly [Bench, string, string]> {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell(paid);
  await bench.news(orderNo, rolledBack);
  bench.hub.onPay = declined;
  await bench.terminal.sales.charge(saleId, secondCode);
  await bench.world.advance(1);
  return [bench, saleId, bench.record(saleId).attempts.at(-1)?.orderNo ?? assert.fail("one")];
}

async function voidReceipt(): Promise<readonly [Bench, string]> {
  const [bench, saleId, orderNo] = await inVain();
  await lateAndBack(bench, orderNo);
  return [bench, saleId];
}

const actsOf = (bench: Bench, saleId: string): readonly Act[] =>
  screenFor(viewOf(bench.record(saleId))).acts;

describe("a sale that stays open for its goods can be ended at the till", () => {
  for (const [name, make] of [
    ["the goods have left", goodsLeft],
    ["its receipt is void", voidReceipt],
  ] as const) {
    test(`${name}: cancel and cash can be pressed, and the day closes after either`, async () => {
      for (const [id, how] of [
        ["cancel_sale", "abandoned"],
        ["pay_otherwise", "paid_otherwise"],
      ] as const) {
        const [bench, saleId] = await make();
        const { days, sales } = bench.terminal;
        const press = (one: ActId): true | undefined =>
          actsOf(bench, saleId).some((each) => each.id === one && each.enabled === true) ||
          undefined;
        assert.equal(await days.close(operator, none, false), "day_has_open_sales");
        assert.equal(press(id), true, `${id} is no button`);
        assert.equal((await sales.giveUp(saleId, how, operator)).ok, true);
        await bench.world.advance(1);
        assert.equal(typeof (await days.close(operator, none, false)), "object");
        assert.equal(press("cancel_sale"), undefined);
        assert.equal(press("pay_otherwise"), undefined);
      }
    });
  }

  test("a scan is told that the money is back, not that it is on its way", async () => {
    const [bench, saleId] = await goodsLeft();
    const { takesCode } = screenFor(viewOf(bench.record(saleId)));
    assert.match(takesCode === true ? "" : takesCode.zh, /已退回顾客.*请新开一笔/);
    const refusal = "earlier_payment_given_back";
    assert.deepEqual(await bench.terminal.sales.charge(saleId, secondCode), { ok: false, refusal });
    assert.equal(bench.asked("pay"), 1);
  });

  test("the question before cash doesn't say that Alipay took nothing, nor that it is to go back", async () => {
    for (const make of [goodsLeft, voidReceipt]) {
      const [bench, saleId] = await make();
      const question = cashQuestion(viewOf(bench.record(saleId)));
      assert.equal(question, sheetText.confirmOtherwiseBack);
    }
  });

  test("not before the money is back: until then nothing ends it and it can't be charged", async () => {
    const [bench, saleId, orderNo] = await inVain();
    await lateGoingBack(bench, orderNo);
    assert.deepEqual(
      actsOf(bench, saleId).map(({ id }) => id),
      ["next", "details"],
    );
    const refusal = "earlier_attempt_was_paid";
    const third = { ...code, paymentCode: "288888888888888888" };
    assert.deepEqual(await bench.terminal.sales.charge(saleId, third), { ok: false, refusal });
  });
});

test("late money doesn't hide that the goods may be gone, and never says charge and don't charge", async () => {
  const [bench, saleId, orderNo] = await inVain();
  const isSaid = (caution: RegExp, not: RegExp): void => {
    const record = bench.record(saleId);
    const sale = viewOf(record);
    const screen = screenFor(sale);
    assert.match(screen.caution?.zh ?? "", /被支付宝撤回了，小票已作废：商品可能已被拿走/);
    assert.match(screen.caution?.zh ?? "", caution);
    assert.equal(screen.tone, "bad");
    assert.equal(words(screen).split("商品可能已被拿走").length, 2, "said once");
    for (const advice of [sale.advice, saleAdvice(record)])
      assert.match(advice.zh, /￥20.00.*商品可能已被拿走/);
    assert.doesNotMatch(words(screen) + sale.advice.zh, not);
  };
  await lateGoingBack(bench, orderNo);
  isSaid(/等这笔钱退回后/, /重新收款|新开一笔/);
  await endRefund(bench, `${orderNo}-late`, "refused");
  isSaid(/等这笔钱退回后/, /重新收款|新开一笔/);
  await bench.terminal.sales.refund(saleId, null, "退", operator, "R-1", "extra");
  await endRefund(bench, "R-1", "done");
  isSaid(/找到顾客/, /重新收款|不要再收/);
  await bench.terminal.sales.giveUp(saleId, "abandoned", operator);
  assert.equal(screenFor(viewOf(bench.record(saleId))).caution, null);
});

describe("nobody says that nothing was charged where money came after all", () => {
  const told = (bench: Bench, saleId: string) => {
    const record = bench.record(saleId);
    const sale = viewOf(record);
    const attempts = sale.attempts.map(
      (one) => attemptText(one.state, one.unpaid_end, one.late).zh,
    );
    assert.equal(saleSummary(record).never_charged, sale.never_charged);
    return { sale, attempts, cli: saleWords(sale) };
  };
  async function neverHad(goods: boolean): Promise<readonly [Bench, string, string]> {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell({ state: "unknown", unpaidEnd: null });
    if (goods) await bench.terminal.sales.goodsLeft(saleId, operator);
    await bench.news(orderNo, neverSeen);
    const { sale, attempts, cli } = told(bench, saleId);
    assert.deepEqual([sale.never_charged, attempts], [true, ["没有扣款"]]);
    assert.match(cli, /^没有扣款 ￥20\.00/);
    return [bench, saleId, orderNo];
  }

  test("while it goes back, and once it is back", async () => {
    for (const goods of [true, false]) {
      const [bench, saleId, orderNo] = await neverHad(goods);
      await lateGoingBack(bench, orderNo);
      const going = told(bench, saleId);
      assert.deepEqual([going.sale.never_charged, going.attempts], [false, ["后来到账"]]);
      await endRefund(bench, `${orderNo}-late`, "done");
      const { sale, attempts, cli } = told(bench, saleId);
      assert.deepEqual([sale.outcome, sale.never_charged], ["reversed", false]);
      assert.deepEqual([going.sale.took_no_money, sale.took_no_money], [false, !goods]);
      assert.deepEqual(attempts, ["后来到账"]);
      assert.match(cli, /后来到账的 ￥20\.00 已原路退回/);
      assert.doesNotMatch(going.cli + cli, /没有扣款|Nothing charged/);
    }
  });

  test("where the sale takes it", async () => {
    const [bench, saleId, orderNo] = await neverHad(true);
    await bench.news(orderNo, late("accept"));
    const { sale, attempts } = told(bench, saleId);
    assert.deepEqual([sale.outcome, attempts], ["paid", ["后来到账"]]);
    const said = await deskOf(bench).history(saleId);
    const ends = said.filter(({ kind }) => kind === "attempt_ended").map(({ text }) => text.zh);
    assert.deepEqual(
      ends.map((zh) => zh.split("：")[1]),
      ["没有扣款", "后来到账"],
    );
  });

  test("where an earlier charge's money came, though the last was never had", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    bench.hub.onPay = { ...neverSeen };
    await bench.terminal.sales.charge(saleId, secondCode);
    await bench.world.advance(1);
    assert.equal(told(bench, saleId).sale.never_charged, true);
    await lateAndBack(bench, orderNo);
    const { sale, attempts, cli } = told(bench, saleId);
    assert.deepEqual([sale.never_charged, attempts], [false, ["后来到账", "没有扣款"]]);
    assert.doesNotMatch(cli, /没有扣款|Nothing charged/);
  });
});

describe("all of the sale's money went back, and an extra payment too", () => {
  async function paidTwice(): Promise<readonly [Bench, string, string]> {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    bench.hub.onPay = { ...paid, providerTradeNo: "P2" };
    await bench.terminal.sales.charge(saleId, secondCode);
    return [bench, saleId, orderNo];
  }
  async function refundSale(bench: Bench, saleId: string): Promise<void> {
    const asked = await bench.terminal.sales.refund(saleId, null, "退", operator, "R-S", "sale");
    assert.equal(asked.ok, true);
    await endRefund(bench, "R-S", "done");
  }
  const isTold = (bench: Bench, saleId: string, caution: RegExp): void => {
    const sale = viewOf(bench.record(saleId));
    const screen = screenFor(sale);
    assert.match(words(screen), /已退款 ￥20.00/);
    assert.match(screen.caution?.zh ?? "", caution);
    assert.match(sale.advice.zh, /已全额退款/);
    const all = words(screen) + sale.advice.zh;
    assert.doesNotMatch(all, /钱还在，|本单已收款|已收款，不要再收/);
  };

  test("the extra first, then the sale", async () => {
    const [bench, saleId, orderNo] = await paidTwice();
    await bench.news(orderNo, late("accept"));
    await endRefund(bench, `${orderNo}-back`, "done");
    assert.match(screenFor(viewOf(bench.record(saleId))).caution?.zh ?? "", /跟本单的钱无关/);
    await refundSale(bench, saleId);
    isTold(bench, saleId, /本单已全额退款.*另外多到账的一笔 ￥20.00 也已原路退回顾客/);
  });

  test("the sale first, then the extra comes, is stuck, and is back", async () => {
    const [bench, saleId, orderNo] = await paidTwice();
    await refundSale(bench, saleId);
    await bench.news(orderNo, late("accept"));
    isTold(bench, saleId, /本单已全额退款.*另外又到账一笔 ￥20.00，正在原路退回/);
    await endRefund(bench, `${orderNo}-back`, "refused");
    isTold(bench, saleId, /本单已全额退款.*另外又到账一笔 ￥20.00，退回被拒，钱还在店里账上/);
    await bench.terminal.sales.refund(saleId, null, "退", operator, "R-1", "extra");
    await endRefund(bench, "R-1", "done");
    isTold(bench, saleId, /也已原路退回顾客/);
  });

  test("one key is one refund: asked again for the other money it is refused", async () => {
    const [bench, saleId, orderNo] = await paidTwice();
    await bench.news(orderNo, late("accept"));
    await endRefund(bench, `${orderNo}-back`, "refused");
    const ask = (no: string, of: "sale" | "extra" | null): Promise<Done> =>
      bench.terminal.sales.refund(saleId, fen(2_000), "退", operator, no, of);
    const reused = { ok: false, refusal: "idempotency_key_reused" };
    assert.equal((await ask("R-1", "extra")).ok, true);
    assert.deepEqual(await ask("R-1", "sale"), reused);
    await endRefund(bench, "R-1", "done");
    assert.deepEqual(await ask("R-1", "sale"), reused);
    assert.deepEqual([(await ask("R-1", "extra")).ok, (await ask("R-1", null)).ok], [true, true]);
    assert.equal((await ask("R-2", "sale")).ok, true);
    assert.deepEqual(await ask("R-2", "extra"), reused);
    assert.equal((await ask("R-2", "sale")).ok, true);
    assert.equal(bench.record(saleId).refunds.length, 3);
  });
});
