/** Why an attempt has no money yet, or ended without: in the words of what was answered to its own question. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { attempt } from "../../../test/contract/store-samples.ts";
import type { Attempt, OpenAnswer } from "../payment/attempt.ts";
import { attemptCause } from "./build-parts.ts";
import type { CauseView } from "./view.ts";

const coded = (subCode: string, code = "40004") => ({ code, subCode, message: null });
const said = (change: Partial<OpenAnswer>): OpenAnswer => ({
  asked: "pay",
  reason: "provider",
  code: coded("ACQ.SYSTEM_ERROR"),
  hint: null,
  ...change,
});
const causeOf = (change: Partial<Attempt>): CauseView => {
  const cause = attemptCause(attempt(1, { code: null, ...change }));
  assert.ok(cause !== null);
  return cause;
};
const unverified = (hint: OpenAnswer["hint"]): OpenAnswer =>
  said({ reason: "verify", code: null, hint });

describe("while it is open", () => {
  const open = (...openAnswers: readonly OpenAnswer[]): CauseView =>
    causeOf({ state: "unknown", openAnswers });

  test("a charge's answer isn't titled as a query's, and a query's is", () => {
    assert.equal(open(said({})).title.zh, "支付宝系统异常");
    assert.match(open(said({}), said({ asked: "query" })).title.zh, /查询/);
  });

  test("nothing but silence is silence", () => {
    assert.equal(open().code, "silence");
    assert.equal(causeOf({ state: "unknown" }).family, "network");
  });

  test("an answer that couldn't be verified is an answer: money unknown until a query, keys to check", () => {
    const cause = open(unverified(null));
    assert.deepEqual([cause.code, cause.family], ["verify", "provider_api"]);
    assert.match(cause.title.zh, /不能采信/);
    assert.match(cause.cashier.zh, /^可能已扣款.*请勿重复收款.*查询证明.*店主或技术支持.*密钥/);
  });

  test("what it says is told as a hint, and only tells whose matter it may be", () => {
    const app = open(unverified(coded("isv.invalid-app-id", "40002")));
    assert.deepEqual([app.code, app.family], ["verify", "system"]);
    assert.match(app.cashier.zh, /^可能已扣款.*isv\.invalid-app-id.*只供排查/);
    assert.doesNotMatch(app.cashier.zh, /没有扣款/);
    assert.equal(
      open(unverified(coded("isv.missing-signature-config", "40003"))).family,
      "merchant",
    );
    assert.equal(open(unverified(coded("ACQ.BUYER_BALANCE_NOT_ENOUGH"))).family, "provider_api");
  });

  test("what an older version kept is read by its code", () => {
    assert.equal(
      causeOf({ state: "unknown", code: coded("ACQ.SYSTEM_ERROR") }).code,
      "ACQ.SYSTEM_ERROR",
    );
  });
});

describe("ended as never seen", () => {
  const ended = (...openAnswers: readonly OpenAnswer[]): CauseView =>
    causeOf({
      state: "reversed",
      unpaidEnd: "never_seen",
      code: coded("ACQ.TRADE_NOT_EXIST"),
      openAnswers,
    });

  test("what the charge was answered stays the cause, and no money was taken", () => {
    for (const [subCode, family] of [
      ["ACQ.SYSTEM_ERROR", "provider_api"],
      ["ACQ.CONTEXT_INCONSISTENT", "system"],
    ] as const) {
      const cause = ended(said({ code: coded(subCode) }));
      assert.deepEqual([cause.code, cause.family], [subCode, family]);
      assert.match(cause.cashier.zh, /^没有扣款.*可以重新收款/);
      assert.match(cause.cashier.en, /^No money was taken/);
    }
  });

  test("an answer that spoke of a payment gives no headline of one", () => {
    const cause = ended(said({ code: coded("ACQ.TRADE_HAS_SUCCESS") }));
    assert.equal(cause.code, "ACQ.TRADE_HAS_SUCCESS");
    assert.equal(cause.title.zh, "支付宝查无此单");
  });

  test("an unverified answer isn't the shop's network either", () => {
    const cause = ended(unverified(null));
    assert.deepEqual([cause.code, cause.family], ["verify", "provider_api"]);
    assert.match(cause.cashier.zh, /^没有扣款.*查无此单/);
  });

  test("a charge that nothing answered, or a page of somebody's, never reached the provider", () => {
    for (const answers of [[], [said({ asked: "query" })], [said({ reason: "unreadable" })]])
      assert.deepEqual(
        [ended(...answers).code, ended(...answers).family],
        ["never_seen", "network"],
      );
  });
});
