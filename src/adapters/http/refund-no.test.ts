import assert from "node:assert/strict";
import { test } from "node:test";
import { refundNoOf } from "./refund-no.ts";

test("a repeat is the same refund, and another till's same key another", () => {
  assert.equal(refundNoOf("T01", "refund-1001"), refundNoOf("T01", "refund-1001"));
  assert.notEqual(refundNoOf("T01", "refund-1001"), refundNoOf("T02", "refund-1001"));
  assert.notEqual(refundNoOf("T01", "refund-1001"), refundNoOf("T01", "refund-1002"));
  assert.match(refundNoOf("T01", "退货-1"), /^R[0-9a-f]{24}$/);
});
