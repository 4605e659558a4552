/** What the customer's page says of the money, as far as the hub knows of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { receipt } from "../../../test/contract/store-samples.ts";
import { receiptPage } from "./receipt-page.ts";

test("while Alipay contradicts the payment it is being checked: neither paid, nor to be taken for paper", () => {
  const page = (isContradicted: boolean, changes = {}): string =>
    receiptPage(receipt(1, changes), { refunds: [], isContradicted }, "/r/T/opened");
  const sure = page(false);
  assert.match(sure, /✓ 已付款 Paid/);
  assert.match(sure, /<form/);
  const checked = page(true);
  assert.match(checked, /支付宝还在确认这笔付款，请稍等，先不要再付。.*don't pay again/);
  assert.doesNotMatch(checked, /✓|Paid<|<form|<script/);
  assert.doesNotMatch(page(true, { openedAtMs: 5 }), /✓/);
  assert.match(page(true, { void: true }), /已作废 Void/);
});
