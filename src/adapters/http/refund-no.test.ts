import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { refundNoOf } from "./refund-no.ts";

const none = (): boolean => false;

test("a repeat is the same refund, and another till's same key another", () => {
  assert.equal(refundNoOf("T01", "refund-1001", none), refundNoOf("T01", "refund-1001", none));
  assert.notEqual(refundNoOf("T01", "refund-1001", none), refundNoOf("T02", "refund-1001", none));
  assert.notEqual(refundNoOf("T01", "refund-1001", none), refundNoOf("T01", "refund-1002", none));
  assert.match(refundNoOf("T01", "退货-1", none), /^R[0-9a-f]{24}$/);
});

test("a key that this till used before the upgrade is the same refund after it", () => {
  const before = `R${createHash("sha256").update("K-1").digest("hex").slice(0, 24)}`;
  const known = (refundNo: string): boolean => refundNo === before;
  assert.equal(refundNoOf("T01", "K-1", known), before);
  assert.equal(refundNoOf("T01", "K-2", known), refundNoOf("T01", "K-2", none));
});
