import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { codeCause } from "../text/input-causes.ts";
import { codeRules, readPaymentCode } from "./code-form.ts";

const refusal = (text: string): string => {
  const reading = readPaymentCode(text);
  return reading.kind === "refused" ? reading.refusal : `a code of ${reading.wallet}`;
};

test("Alipay's codes: 25 to 30 and 16 to 24 digits", () => {
  const digits = fc.string({
    unit: fc.constantFrom(..."0 1 2 3 4 5 6 7 8 9".split(" ")),
    minLength: 14,
    maxLength: 22,
  });
  fc.assert(
    fc.property(fc.integer({ min: 25, max: 30 }), digits, (prefix, rest) => {
      const reading = readPaymentCode(`${prefix}${rest}`);
      assert.deepEqual(reading, {
        kind: "code",
        wallet: "alipay",
        form: "bar_code",
        code: `${prefix}${rest}`,
      });
    }),
  );
  assert.equal(refusal("281234567890123"), "code_wrong_length");
  assert.equal(refusal("28".padEnd(25, "1")), "code_too_long");
  assert.equal(refusal("24".padEnd(18, "1")), "code_not_of_a_wallet");
  assert.equal(refusal("31".padEnd(18, "1")), "code_not_of_a_wallet");
});

test("a face-pay code is 35 characters that start with fp", () => {
  const reading = readPaymentCode(`fp${"0a".repeat(16)}1`);
  assert.ok(reading.kind === "code" && reading.form === "security_code");
  assert.equal(refusal("fp1234"), "code_not_digits");
});

test("blanks and full-width digits of an input method are forgiven", () => {
  const reading = readPaymentCode(" 2812 3456 ７８９０ 123456\r\n");
  assert.ok(reading.kind === "code" && reading.code === "281234567890123456");
});

test("what isn't there, or isn't digits", () => {
  assert.equal(refusal(""), "code_missing");
  assert.equal(refusal(" \t\n"), "code_missing");
  assert.equal(refusal("28123456789012345O"), "code_not_digits");
  assert.equal(refusal("-281234567890123456"), "code_not_digits");
  assert.equal(refusal("https://qr.alipay.com/bax00000"), "code_not_digits");
  assert.equal(refusal("28123456789012345\u0000"), "code_not_digits");
});

test("product bar codes are told by length and check digit", () => {
  // EAN-13 of China, EAN-8, UPC-A and a carton: the examples of the GS1 General Specifications and of shelves.
  for (const product of ["6901234567892", "96385074", "036000291452", "16901234567899"]) {
    assert.equal(refusal(product), "code_is_product", product);
    const broken = `${product.slice(0, -1)}${(Number(product.at(-1)) + 1) % 10}`;
    assert.equal(refusal(broken), "code_wrong_length", broken);
  }
  assert.equal(refusal("0106901234567892172512311012"), "code_is_product");
  assert.equal(refusal("0106901234567893172512311012"), "code_too_long");
});

test("other wallets' codes are called by their names", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["134567890123456789", "wechat", "这是微信支付的付款码"],
    ["6212345678901234567", "unionpay", "这是云闪付的付款码"],
    ["0112345678901234567", "digital_yuan", "这是数字人民币的付款码"],
    ["511234567890123456", "bestpay", "这是翼支付的付款码"],
    ["831234567890123456", "suning", "这是苏宁支付的付款码"],
  ];
  for (const [code, wallet, title] of cases) {
    const reading = readPaymentCode(code);
    assert.ok(reading.kind === "refused" && reading.refusal === "code_of_other_wallet", code);
    assert.equal(reading.wallet, wallet);
    assert.equal(codeCause(reading).title.zh, title);
    assert.equal(codeCause(reading).code, "code_of_other_wallet");
  }
  assert.equal(refusal("1345678901234567890"), "code_too_long");
});

test("a shop's own rules take the place of ours", () => {
  const rules = codeRules.map((rule) =>
    rule.wallet === "alipay" ? { ...rule, prefixes: ["31"], digitsMin: 20, digitsMax: 20 } : rule,
  );
  assert.equal(readPaymentCode("31".padEnd(20, "1"), rules).kind, "code");
  assert.equal(readPaymentCode("281234567890123456", rules).kind, "refused");
});

test("any text gets a reading, and only digits or fp get through", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const reading = readPaymentCode(text);
      if (reading.kind === "code") assert.match(reading.code, /^(?:[0-9]{16,24}|fp[0-9a-z]{33})$/i);
      else assert.ok(codeCause(reading).cashier.zh.startsWith("没有扣款。"));
    }),
  );
});
