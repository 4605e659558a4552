/** The demo's reckoning finds what it is there to find: it would be worth nothing if it said yes to everything. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { booksOf, type Facts, type Trade } from "../../demo/books.ts";
import * as views from "../web-support/views.ts";

const name = { zh: "一桌", en: "a table" };
const sale = views.paid();
const orderNo = sale.attempt?.order_no ?? "";
const trade: Trade = {
  out_trade_no: orderNo,
  total_fen: sale.amount_fen,
  refunded_fen: 0,
  paid_at: "2026-11-23T17:21:06+08:00",
};
const yuan = (sale.amount_fen / 100).toFixed(2);
const original = `收款小票 ${sale.receipt?.number} ￥${yuan}`;
const copy = `${original} ** 补打 第1次 **`;
const good: Facts = { sales: [{ name, sale }], trades: [trade], papers: [original] };

// what is the case | the facts | what is said of it; nothing: all holds
const TABLE: readonly (readonly [what: string, facts: Facts, wrong: readonly string[]])[] = [
  ["charged once, one original", good, []],
  ["an original and a marked copy", { ...good, papers: [original, copy] }, []],
  [
    "two papers without a mark",
    { ...good, papers: [original, original] },
    ["一桌：有 2 张没有标记的小票"],
  ],
  ["no paper at all", { ...good, papers: [] }, ["一桌：已付，没有小票"]],
  [
    "charged twice",
    { ...good, trades: [trade, trade] },
    [
      "一桌：扣了 2 次款",
      `一桌：应收 ￥${yuan}，支付宝收下 ￥${((sale.amount_fen * 2) / 100).toFixed(2)}`,
    ],
  ],
  [
    "refunded unasked",
    { ...good, trades: [{ ...trade, refunded_fen: sale.amount_fen }] },
    [`一桌：应收 ￥${yuan}，支付宝收下 ￥0.00`],
  ],
  [
    "money of nobody's sale",
    { ...good, trades: [trade, { ...trade, out_trade_no: "T09_1" }] },
    [`支付宝收下 ￥${yuan}，没有哪一单对得上：T09_1`],
  ],
  [
    "an outcome that isn't known",
    { sales: [{ name, sale: views.confirming() }], trades: [], papers: [] },
    ["一桌：结果还不知道", "一桌：没有付成"],
  ],
];

for (const [what, facts, wrong] of TABLE)
  test(what, () =>
    assert.deepEqual(
      booksOf(facts).wrong.map(({ zh }) => zh),
      wrong,
    ),
  );
