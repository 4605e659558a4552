import assert from "node:assert/strict";
import { test } from "node:test";
import { inputHashOf } from "./input-hash.ts";

test("the kept hash tells amounts apart and nothing about the payment code", () => {
  const hash = (body: Readonly<Record<string, unknown>>): string => inputHashOf("/api/sell", body);
  const sale = { amount: "1.00", method: "code" };
  assert.equal(hash({ ...sale, code: "281234567890123456" }), hash(sale));
  assert.notEqual(hash({ ...sale, amount: "1.01" }), hash(sale));
  assert.notEqual(inputHashOf("/api/sales", sale), hash(sale));
});
