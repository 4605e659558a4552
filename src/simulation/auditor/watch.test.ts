/** The watch beside every step: what it must cry out at, and what it must let pass. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { TradeFact, Violation } from "./facts.ts";
import { paper, receiptLines, refund, shown, trade } from "./history.ts";
import { Watch } from "./watch.ts";

const ruleOf = (violation: Violation | null): string | null => violation?.rule ?? null;
const taken = (orderNo: string, atMs = 2_000): TradeFact =>
  trade(orderNo, 1280, { paidAtMs: atMs, atMs });
const waiting = (orderNo: string): TradeFact =>
  trade(orderNo, 1280, { status: "WAIT_BUYER_PAY", paidAtMs: null });
const back = (orderNo: string): TradeFact =>
  trade(orderNo, 1280, {
    status: "TRADE_CLOSED",
    closedBy: "cancel_refund",
    refundedFen: 1280,
    refunds: [{ requestNo: orderNo, amountFen: 1280, atMs: 3_000 }],
  });

let watch: Watch;
beforeEach(() => {
  watch = new Watch("never");
  watch.order({ orderNo: "A", saleId: "S", amountFen: 1280, atMs: 1_000 });
  watch.order({ orderNo: "B", saleId: "S", amountFen: 1280, atMs: 5_000 });
});

describe("money", () => {
  test("under a number that nobody gave", () => {
    assert.equal(ruleOf(watch.trade(taken("C"))), "money_has_an_order");
    assert.equal(ruleOf(watch.trade(taken("A"))), null);
  });

  test("of another amount than the sale's", () => {
    assert.equal(ruleOf(watch.trade(trade("A", 1281))), "charge_has_the_sales_amount");
  });

  test("given back that never came", () => {
    const wrong = trade("A", 1280, { paidAtMs: null, refundedFen: 1 });
    assert.equal(ruleOf(watch.trade(wrong)), "refunds_within_charge");
    assert.equal(ruleOf(watch.trade(back("A"))), null);
  });

  test("taken twice counts from when our log knows both", () => {
    watch.trade(taken("A"));
    watch.known("A", 2_100);
    assert.equal(ruleOf(watch.trade(taken("B"))), null, "nobody can know yet");
    assert.equal(ruleOf(watch.known("B", 2_200)), "known_money_is_one_amount");
  });

  test("taken twice is right while one of it is on its way back, and once it is back", () => {
    watch.trade(taken("A"));
    watch.trade(taken("B"));
    watch.known("A", 2_100);
    const owed = refund("S", "B", 1280, { latePayment: true, state: "requested" });
    assert.equal(ruleOf(watch.refund(owed)), null);
    assert.equal(ruleOf(watch.known("B", 2_200)), null);
    assert.equal(ruleOf(watch.trade(back("B"))), null);
    assert.equal(ruleOf(watch.refund({ ...owed, state: "done" })), null);
  });

  test("called back that isn't", () => {
    watch.trade(taken("A"));
    watch.trade(taken("B"));
    watch.known("A", 2_100);
    const owed = refund("S", "B", 1280, { latePayment: true, state: "requested" });
    watch.refund(owed);
    watch.known("B", 2_200);
    assert.equal(ruleOf(watch.refund({ ...owed, state: "done" })), "known_money_is_one_amount");
  });
});

describe('"not paid"', () => {
  const told = (orderNo: string, atMs: number) => shown("S", orderNo, "declined", atMs);

  test("while the money is there", () => {
    watch.trade(taken("A"));
    assert.equal(ruleOf(watch.shown(told("A", 2_500))), "told_not_paid_is_true");
  });

  test("after it went back", () => {
    watch.trade(back("A"));
    assert.equal(ruleOf(watch.shown(told("A", 3_500))), null);
  });

  test("while the buyer may still type the password", () => {
    watch.trade(waiting("A"));
    assert.equal(ruleOf(watch.shown(told("A", 2_500))), "told_not_paid_is_proven");
    const later = new Watch("possible");
    later.order({ orderNo: "A", saleId: "S", amountFen: 1280, atMs: 1_000 });
    later.trade(waiting("A"));
    assert.equal(ruleOf(later.shown(told("A", 2_500))), null);
  });

  test("and charged afterwards", () => {
    assert.equal(ruleOf(watch.shown(told("A", 1_500))), null);
    assert.equal(ruleOf(watch.trade(taken("A"))), "told_not_paid_stays_true");
  });

  test("by the gateway's own false word, until the place has heard of the money", () => {
    const deceived = (orderNo: string, about: string[], atMs: number) =>
      shown("S", orderNo, "declined", atMs, { deceivedAbout: about });
    watch.trade(taken("A"));
    watch.trade(taken("B"));
    assert.equal(ruleOf(watch.shown(deceived("B", ["A", "B"], 2_500))), null);
    assert.equal(ruleOf(watch.shown(deceived("B", ["A"], 2_600))), "told_not_paid_is_true");
    watch.trade(back("B"));
    assert.equal(ruleOf(watch.shown(deceived("B", ["A"], 3_500))), null);
    assert.equal(ruleOf(watch.shown(deceived("B", [], 3_600))), "told_not_paid_is_true");
  });

  test("of a second attempt, while the first one's money is there", () => {
    watch.trade(taken("A"));
    assert.equal(ruleOf(watch.shown(told("B", 6_000))), "told_not_paid_is_true");
  });

  test("of the first attempt says nothing about one that came after it", () => {
    watch.trade(taken("B", 6_000));
    assert.equal(ruleOf(watch.shown(told("A", 6_500))), null);
  });

  test("is also what a button to charge again says", () => {
    watch.trade(taken("A"));
    const button = shown("S", "A", "show_code", 2_500, { mayCharge: true });
    assert.equal(ruleOf(watch.shown(button)), "told_not_paid_is_true");
  });

  test("that was true stays right when money may come late", () => {
    const calm = new Watch("possible");
    calm.order({ orderNo: "A", saleId: "S", amountFen: 1280, atMs: 1_000 });
    calm.shown(told("A", 1_500));
    assert.equal(ruleOf(calm.trade(taken("A"))), null);
    assert.equal(ruleOf(calm.shown(shown("S", "A", "reversed", 2_500))), null);
  });
});

describe('"paid"', () => {
  const told = shown("S", "A", "paid", 2_500, { where: "outcome" });

  test("without a trade, and with one that waits", () => {
    assert.equal(ruleOf(watch.shown(told)), "told_paid_is_true");
    watch.trade(waiting("A"));
    assert.equal(ruleOf(watch.shown({ ...told, where: "screen" })), "told_paid_is_true");
  });

  test("with the money, and after the provider took it back", () => {
    watch.trade(taken("A"));
    assert.equal(ruleOf(watch.shown(told)), null);
    watch.trade(trade("A", 1280, { paidAtMs: null, closedBy: "rolled_back" }));
    assert.equal(ruleOf(watch.shown({ ...told, where: "screen" })), null);
  });
});

describe("papers", () => {
  test("of one number without a mark come once", () => {
    assert.equal(ruleOf(watch.paper(paper(1, receiptLines("T01-000001", 1280)))), null);
    assert.equal(ruleOf(watch.paper(paper(2, receiptLines("T01-000002", 1280)))), null);
    const copy = receiptLines("T01-000001", 1280, "** 补打 第1次 2026-11-23 17:21:06 操作员01 **");
    assert.equal(ruleOf(watch.paper(paper(3, copy))), null);
    const again = paper(4, receiptLines("T01-000001", 1280));
    assert.equal(ruleOf(watch.paper(again)), "one_original");
  });
});

test("a word that nobody explained", () => {
  assert.equal(ruleOf(watch.shown(shown("S", "A", "fine", 1))), "words_are_known");
});
