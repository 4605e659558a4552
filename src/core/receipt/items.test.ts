import assert from "node:assert/strict";
import { test } from "node:test";
import { fen } from "../money/money.ts";
import { chargedFen } from "./items.ts";

const milk = { quantity: 2, priceFen: fen(650) };
const tea = { quantity: 0.375, priceFen: fen(9_999) };

test("an amount that contradicts its items is refused; items alone give it", () => {
  assert.equal(chargedFen(fen(12_850), [milk]), "amount_differs_from_items");
  assert.equal(chargedFen(fen(1_300), [milk]), 1_300);
  assert.equal(chargedFen(null, [milk, tea]), 1_300 + 3_750);
  assert.equal(chargedFen(fen(12_850), []), 12_850);
});

test("what can't be charged is named", () => {
  assert.equal(chargedFen(null, []), "amount_missing");
  assert.equal(chargedFen(null, [{ quantity: 1, priceFen: fen(0) }]), "amount_not_positive");
  const gold = { quantity: 1_000_000, priceFen: fen(10_000_000_000) };
  assert.equal(chargedFen(null, [gold]), "amount_too_large");
});
