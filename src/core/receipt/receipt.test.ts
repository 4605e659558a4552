import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { fen } from "../money/money.ts";
import { noReversal } from "../payment/attempt.ts";
import type { Attempt } from "../payment/attempt.ts";
import type { Sale } from "../payment/sale.ts";
import { canonicalJson, receiptHash } from "./hash.ts";
import { issueReceipt } from "./issue.ts";
import type { IssueInput } from "./issue.ts";
import { nextReceiptCounter, parseReceiptNumber, receiptNumber } from "./number.ts";
import type { Receipt } from "./receipt.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const sale: Sale = {
  id: "s1",
  merchantId: "m1",
  terminalId: "t1",
  operator: { no: "01", name: "小王" },
  amountFen: fen(12_850),
  items: [{ name: "珍珠奶茶", quantity: 2, priceFen: fen(6425) }],
  state: "paid",
  version: 3,
  createdAtMs: 1_000,
  changedAtMs: 2_000,
  goodsLeft: null,
  acceptsElectronic: false,
  training: false,
};

const attempt: Attempt = {
  merchantId: "m1",
  orderNo: "T0120260131090500001",
  saleId: "s1",
  terminalId: "t1",
  provider: "alipay",
  method: "code",
  amountFen: fen(12_850),
  state: "paid",
  version: 4,
  createdAtMs: 1_000,
  sentAtMs: 1_001,
  expiresAtMs: 91_000,
  dueAtMs: null,
  openSinceMs: null,
  queriesAsked: 0,
  reversingSinceMs: null,
  reversal: noReversal,
  providerTradeNo: "2026013122001400001",
  payer: "138****0000",
  paidAtMs: 1_900,
  qrCode: null,
  endedAtMs: 2_000,
  unpaidEnd: null,
  code: null,
  confirmed: false,
  contradictions: 0,
  contradictedAtMs: null,
  afterChecks: 0,
  stopAskedAtMs: null,
  lateSuspectAtMs: null,
  closedOut: false,
  goodsLeft: false,
  saleEnded: false,
  latePayment: null,
};

const input: IssueInput = {
  sale,
  attempt,
  issuer: {
    merchantName: "瑞福茶饮",
    merchantNo: "2088000000000001",
    storeName: "人民路店",
    storeNo: "S1",
    terminalNo: "T01",
    address: "",
    phone: "",
  },
  counter: 481,
  token: "k3YxQ",
  baseAddress: "https://r.example.com/",
  livemode: true,
  nowMs: 2_000,
};

function issued(change: Partial<IssueInput> = {}): Receipt {
  const receipt = issueReceipt({ ...input, ...change }, sha256);
  assert.ok(typeof receipt === "object");
  return receipt;
}

test("a number is read back as it was written, and nothing else is a number", () => {
  assert.equal(receiptNumber("T01", 481), "T01-000481");
  assert.equal(receiptNumber("T01", 1_234_567), "T01-1234567");
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1 }), (terminalNo, counter) => {
      assert.deepEqual(parseReceiptNumber(receiptNumber(terminalNo, counter)), {
        terminalNo,
        counter,
      });
    }),
  );
  for (const bad of ["", "T01", "T01-", "T01-481", "T01-000000", "-000481", "T01-0000481"]) {
    assert.equal(parseReceiptNumber(bad), null, bad);
  }
});

test("numbers go on by one; a terminal that lost its journal goes on above the highest seen, with a recorded gap", () => {
  assert.deepEqual(nextReceiptCounter(0, 0), { counter: 1, gap: null });
  assert.deepEqual(nextReceiptCounter(480, 478), { counter: 481, gap: null });
  assert.deepEqual(nextReceiptCounter(0, 480), { counter: 501, gap: { from: 481, to: 500 } });
  assert.deepEqual(nextReceiptCounter(300, 480, 0), { counter: 481, gap: null });
});

test("canonical JSON doesn't depend on the order in which an object was made", () => {
  assert.equal(
    canonicalJson({ b: [1, "é", null], a: { d: true, c: 0.5 } }),
    '{"a":{"c":0.5,"d":true},"b":[1,"é",null]}',
  );
  assert.throws(() => canonicalJson({ a: Number.NaN }), /finite/);
  assert.throws(() => canonicalJson({ a: undefined }), /JSON values/);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      assert.equal(canonicalJson(JSON.parse(text)), text);
    }),
  );
});

test("a receipt says what was paid and where it opens", () => {
  const receipt = issued();
  assert.equal(receipt.number, "T01-000481");
  assert.equal(receipt.content.url, "https://r.example.com/r/k3YxQ");
  assert.equal(receipt.content.amountFen, 12_850);
  assert.equal(receipt.content.providerTradeNo, "2026013122001400001");
  assert.equal(receipt.content.paidAtMs, 1_900);
  assert.equal(receipt.hash, sha256(canonicalJson(receipt.content)));
  assert.equal(issued({ baseAddress: null }).content.url, null);
});

test("every change of the content changes the hash", () => {
  const { content, hash } = issued();
  assert.notEqual(receiptHash({ ...content, amountFen: fen(12_851) }, sha256), hash);
  assert.notEqual(receiptHash({ ...content, livemode: false }, sha256), hash);
  assert.equal(receiptHash({ ...content }, sha256), hash);
});

test("no receipt without proof of payment for this sale and amount", () => {
  const refusal = (change: Partial<Attempt>): unknown =>
    issueReceipt({ ...input, attempt: { ...attempt, ...change } }, sha256);
  assert.equal(refusal({ state: "unknown" }), "attempt_is_not_paid");
  assert.equal(refusal({ state: "reversed" }), "attempt_is_not_paid");
  assert.equal(refusal({ saleId: "s2" }), "attempt_of_another_sale");
  assert.equal(refusal({ amountFen: fen(1) }), "amount_differs_from_sale");
  assert.equal(refusal({ providerTradeNo: null }), "trade_number_missing");
});
