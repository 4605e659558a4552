import assert from "node:assert/strict";
import { test } from "node:test";
import { nowMs } from "../../../test/diagnosis-support/evidence.ts";
import { contradictedSale, paidSale, unknownSale } from "../../../test/diagnosis-support/sales.ts";
import { boxMoney } from "./box-money.ts";

const now = { closedAtMs: null };

test("the box's case names each charge of which it isn't known what became of it", () => {
  for (const sale of [unknownSale(30), contradictedSale(30)]) {
    const { zh } = boxMoney(now, [sale]);
    assert.match(zh, /^还有 1 笔没有结论：.*现在不知道扣款没有/);
    assert.ok(zh.includes(sale.attempts[0]?.orderNo ?? assert.fail("no charge")));
  }
});

test("with every outcome known no money has moved by it; of a closed case each sale says so itself", () => {
  const out = paidSale(30, { state: "confirmed" });
  assert.match(boxMoney(now, [out]).zh, /没有扣款/);
  const closed = { closedAtMs: nowMs - 60_000 };
  assert.match(boxMoney(closed, [contradictedSale(30)]).zh, /以它自己的结果为准/);
});
