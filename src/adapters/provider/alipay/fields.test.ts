import assert from "node:assert/strict";
import { describe, test } from "node:test";
import table from "../../../core/payment/codes/alipay.json" with { type: "json" };
import { amountOf, codeOf, payerOf, textOf, timeOf, traceIdOf } from "./fields.ts";

const paymentCode = "281234567890123456";
const message = (subMsg: string): string | null =>
  codeOf({ code: "40002", sub_code: "isv.x", sub_msg: subMsg }, [paymentCode])?.message ?? null;

describe("the provider's words", () => {
  const cases: readonly (readonly [string, string])[] = [
    [" order success pay inprocess", "order success pay inprocess"],
    [
      `验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：app_id=2021&amp;biz_content={"auth_code":"${paymentCode}"}`,
      "验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为",
    ],
    [`参数无效 {"auth_code":"${paymentCode}"}`, "参数无效"],
    [`付款码${paymentCode}无效`, "付款码***无效"],
    ["付款码 289999999999999999 无效", "付款码 *** 无效"],
    ["刷脸码 fp0123456789abcdefghij0123456789abcdefg 无效", "刷脸码 *** 无效"],
    ["买家 13812345678 状态异常", "买家 *** 状态异常"],
    ["买家 someone@example.com 状态异常", "买家 *** 状态异常"],
    ["解决方案：https://open.alipay.com/api/errCheck?x", "解决方案：…"],
    ["交易已被支付[TRADE_HAS_SUCCESS]", "交易已被支付[TRADE_HAS_SUCCESS]"],
    ["字".repeat(500), "字".repeat(200)],
  ];
  for (const [words, expected] of cases) {
    test(expected.slice(0, 40), () => assert.equal(message(words), expected));
  }
  test("the code of this very call is covered, whatever it looks like", () => {
    const code = codeOf({ code: "40004", msg: "付款码 8812-ab 无效" }, ["8812-ab"]);
    assert.equal(code?.message, "付款码 *** 无效");
  });
  test("a code that isn't one is unreadable", () => {
    assert.equal(codeOf({ code: "10000\nx" }), null);
    assert.equal(codeOf({ code: "40004", sub_code: `${paymentCode} <b>` }), null);
  });
});

test("every listed sub-code can be read", () => {
  for (const { code, sub_code: subCode } of table) {
    if (code === null || subCode === null) continue;
    assert.equal(codeOf({ code, sub_code: subCode })?.subCode, subCode);
  }
});

describe("fields", () => {
  test("a trace id is kept unless it could be a payment code", () => {
    assert.equal(
      traceIdOf({ traceId: "0b26dbb016957312345678901e1f2a" }),
      "0b26dbb016957312345678901e1f2a",
    );
    assert.equal(traceIdOf({ traceId: paymentCode }), null);
    assert.equal(traceIdOf({ traceId: "a b" }), null);
  });
  test("a buyer who isn't masked is masked", () => {
    assert.equal(payerOf({ buyer_logon_id: "138****0000" }), "138****0000");
    assert.equal(payerOf({ buyer_logon_id: "13812340000" }), "138****00");
    assert.equal(payerOf({ buyer_logon_id: "a@b.cn" }), "***");
    assert.equal(payerOf({}), null);
  });
  test("texts and amounts are what they are or null", () => {
    assert.equal(textOf(Object.create({ code: "10000" }) as Record<string, unknown>, "code"), null);
    assert.equal(textOf({ a: 1 }, "a"), null);
    assert.equal(amountOf({ a: "0.01" }, "a"), 1);
    assert.equal(amountOf({ a: "0.015" }, "a"), null);
    assert.equal(amountOf({ a: "1e2" }, "a"), null);
    assert.equal(amountOf({ a: 0.01 }, "a"), null);
  });
  test("times are whole seconds of China's time", () => {
    const epochMs = Date.parse("2026-11-23T00:22:42Z");
    assert.equal(timeOf({ t: "2026-11-23 08:22:42" }, "t"), epochMs);
    assert.equal(timeOf({ t: "2026-11-23 08:22:42.123" }, "t"), epochMs);
    assert.equal(timeOf({}, "t"), null);
    for (const bad of ["2026-02-30 00:00:00", "2026-11-23", "2026-13-01 00:00:00", "x"]) {
      assert.equal(timeOf({ t: bad }, "t"), null, bad);
    }
  });
});
