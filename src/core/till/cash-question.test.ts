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
  const inDoubt = { ...views.declined(), attempts: [views.attempt({ state: "reversed" })] };
  assert.doesNotMatch(cashQuestion(inDoubt).zh, /没有扣款/);
  assert.match(cashQuestion(views.confirming()).zh, /会撤销；如果已经扣款/);
  assert.match(cashQuestion(views.showCode()).zh, /支付宝没有收过款/);
});

test("money that came and is back is neither none, nor still to go back", () => {
  const late = views.attempt({ state: "declined", unpaid_end: "declined", money_went_back: true });
  const lateAndBack = { ...views.declined(), attempt: late, attempts: [late] };
  for (const sale of [lateAndBack, views.reversed(true), views.rolledBack()]) {
    const { zh, en } = cashQuestion(sale);
    assert.match(zh, /收到过的钱已经退回/);
    assert.doesNotMatch(zh, /没有扣款|如果|会撤销/);
    assert.doesNotMatch(en, /took nothing|any money|reversed/);
  }
  const [again] = views.confirming().attempts;
  assert.ok(again);
  const live = { ...views.confirming(), attempts: [late, again] };
  assert.match(cashQuestion(live).zh, /会撤销；如果已经扣款/);
});
