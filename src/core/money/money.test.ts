/** Reading yuan: which rule a wrong amount is told by. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fen, figureText, parseYuan } from "./money.ts";

test("however large, an amount is told by the lower limit: the shop's own", () => {
  const shopFen = fen(5_000_000);
  for (const text of ["50000.01", "100000000.01", "1000000000", "9".repeat(30)])
    assert.equal(parseYuan(text, shopFen), "amount_over_limit", text);
  assert.equal(parseYuan("50000.00", shopFen), shopFen);
  assert.equal(parseYuan("1000000000"), "amount_too_large");
});

test("less than nothing: the sign stands before the currency's", () => {
  assert.equal(figureText(-246), "-￥2.46");
  assert.equal(figureText(0), "￥0.00");
  assert.equal(figureText(12_850), "￥128.50");
});
