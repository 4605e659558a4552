import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { codeBytes, enrolCode, hubProofText, readEnrolCode } from "./enrolment.ts";

const bytes = fc.uint8Array({ minLength: codeBytes, maxLength: codeBytes });

test("a code is 80 bits in four groups, and each is another", () => {
  assert.equal(enrolCode(new Uint8Array(codeBytes)), "0000-0000-0000-0000");
  assert.equal(enrolCode(new Uint8Array(codeBytes).fill(255)), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      assert.match(enrolCode(one), /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      const same = Buffer.from(one).equals(Buffer.from(other));
      assert.equal(enrolCode(one) === enrolCode(other), same);
    }),
  );
});

test("a code is read however it is typed, and never another for it", () => {
  fc.assert(
    fc.property(bytes, (one) => {
      const code = enrolCode(one);
      const plain = code.replaceAll("-", "");
      assert.equal(readEnrolCode(code), plain);
      const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `;
      assert.equal(readEnrolCode(typed), plain);
    }),
  );
  for (const wrong of ["", "0000-0000-0000", "0000-0000-0000-000U", "0000-0000-0000-00000", "码"])
    assert.equal(readEnrolCode(wrong), null, wrong);
});

test("the hub's proof binds its key to the terminal's key and identity", () => {
  const identity = { merchantId: "M1", storeId: "S1", terminalId: "T1" };
  const texts = [
    hubProofText("H", "K", identity),
    hubProofText("X", "K", identity),
    hubProofText("H", "X", identity),
    hubProofText("H", "K", { ...identity, terminalId: "T2" }),
    hubProofText("H", "K", { ...identity, storeId: "S2" }),
    hubProofText("H", "K", { ...identity, merchantId: "M2" }),
  ];
  assert.equal(new Set(texts).size, texts.length);
});
