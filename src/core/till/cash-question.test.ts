/** Taking cash instead asks for a yes; what it says of the charge is what is known of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as views from "../../../test/web-support/views.ts";
import { cashQuestion } from "./cash-question.ts";

test("what is proven isn't put in doubt once more by the question before cash", () => {
  const { zh, en } = cashQuestion(views.declined());
  assert.match(zh, /没有扣款/);
  assert.doesNotMatch(zh, /如果|撤销/);
  assert.doesNotMatch(en, /any money|reversed/);
  const back = { ...views.declined(), attempts: [views.attempt({ state: "reversed" })] };
  assert.doesNotMatch(cashQuestion(back).zh, /没有扣款/);
  assert.match(cashQuestion(views.confirming()).zh, /会撤销；如果已经扣款/);
  assert.match(cashQuestion(views.showCode()).zh, /支付宝没有收过款/);
});
