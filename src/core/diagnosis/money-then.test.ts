/** A case that is over says what became of the money, and asks nobody to do what was to be done then. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nowMs } from "../../../test/diagnosis-support/evidence.ts";
import {
  declinedSale,
  paidSale,
  saleOf,
  unknownSale,
} from "../../../test/diagnosis-support/sales.ts";
import { saleAdvice } from "../till/build.ts";
import type { SaleFacts } from "../till/can.ts";
import { moneyThen } from "./money-then.ts";

const frozen = "ACQ.SELLER_BEEN_BLOCKED";
const said = (sale: SaleFacts, closedAtMs: number | null = nowMs): string =>
  moneyThen({ closedAtMs }, sale, saleAdvice(sale)).zh;
const reversed = (unpaidEnd: "refunded" | "closed_in_doubt"): SaleFacts =>
  saleOf(60, {
    sale: { state: "unpaid" },
    attempts: [{ state: "reversed", unpaidEnd, endedAtMs: nowMs }],
  });

test("of a sale that took no money it is told as it is, with no order of then", () => {
  for (const [words, sale] of [
    ["没有扣款，这一单已结束。", declinedSale(frozen, { state: "abandoned" })],
    ["没有扣款，这一单已结束。", declinedSale(frozen, { state: "unpaid" })],
    ["没有扣款。", declinedSale(frozen)],
    ["扣过的款已全部退回顾客，这一单已结束。", reversed("refunded")],
    ["店里没有收到钱；若曾扣款，已原路退回。这一单已结束。", reversed("closed_in_doubt")],
  ] as const) {
    assert.equal(said(sale), words);
    assert.equal(said(sale, null), saleAdvice(sale).zh);
  }
});

test("of one that is being charged again, or was paid since, the sale itself says it", () => {
  for (const sale of [unknownSale(5), paidSale(5, { state: "confirmed" })])
    assert.equal(said(sale), saleAdvice(sale).zh);
});
