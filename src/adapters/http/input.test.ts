import assert from "node:assert/strict";
import { test } from "node:test";
import { chargeBody, chargeOf } from "./input.ts";

test("the code that is charged is the code that was understood, not the text that was typed", () => {
  for (const typed of ["2812 3456 7890 1234 56", "２８１２３４５６７８９０１２３４５６"]) {
    assert.deepEqual(chargeOf(chargeBody.parse({ code: typed })), {
      method: "code",
      paymentCode: "281234567890123456",
    });
  }
});
