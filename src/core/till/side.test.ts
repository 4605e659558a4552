/** What stands beside the sale must be so: no half receipt of a print that never began, no old receipt for a refund. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TRUSTED_MUTE } from "../printing/job.ts";
import * as views from "../../../test/web-support/views.ts";
import { displayOf } from "./display.ts";
import { screenOf } from "./screen.ts";
import { sideOf } from "./side.ts";

const near = { linksReachable: true, isPrinterRed: false };

test("held before the print shows no paper; stopped in its middle shows half", () => {
  const { paper, text } = sideOf(
    { ...views.paid(), receipt: views.receipt({ state: "held", hold: "paper_out", proof: null }) },
    near,
  );
  assert.equal(paper, "none");
  assert.match(text?.zh ?? "", /还没开始打印/);
  const stopped = views.receipt({ state: "sending", hold: "paper_out", proof: null });
  assert.equal(sideOf({ ...views.paid(), receipt: stopped }, near).paper, "half");
});

test("a paper that counts as out by the owner's setting is said to be seen by nobody", () => {
  const tagOf = (evidence: string): string | undefined =>
    sideOf({ ...views.paid(), receipt: views.receipt({ proof: "person", evidence }) }, near).tag
      ?.text.zh;
  assert.equal(tagOf(TRUSTED_MUTE), "按设置算已出");
  assert.equal(tagOf("operator 01"), "收银员已确认");
});

test("after a refund the refund's slip counts, and the customer isn't told of a payment", () => {
  const slip = views.job({ slip: "refund", state: "held", hold: "paper_out", proof: null });
  const sale = { ...views.refunded(), slips: [slip] };
  const { tag, text } = sideOf(sale, near);
  assert.equal(tag?.text.zh, "等纸");
  assert.equal(text?.zh, "退款凭条：等纸");
  assert.equal(displayOf("店", true, sale, null).phase, "idle");
});

test("once the cashier asks for another code, the customer's screen asks for it too", () => {
  for (const sale of [views.declined(), views.reversed(true)]) {
    const orderNo = sale.attempt?.order_no ?? "";
    assert.equal(displayOf("店", true, sale, null).phase, "not_paid");
    assert.equal(displayOf("店", true, sale, "an earlier one").phase, "not_paid");
    assert.equal(displayOf("店", true, sale, orderNo).phase, "show_code");
  }
});

test("an opened electronic receipt says so where the paper would be", () => {
  const receipt = {
    ...views.receipt({ state: "waived", proof: null }),
    opened_at: views.at("17:22:00"),
  };
  assert.match(sideOf({ ...views.paid(), receipt }, near).text?.zh ?? "", /顾客手机上已有小票/);
});

test("while a charge is being reversed no receipt is promised, should it turn out paid", () => {
  const { tag, text } = sideOf(views.reversing(), near);
  assert.equal(tag?.text.zh, "等结论");
  assert.doesNotMatch(text?.zh ?? "", /自动出票/);
  assert.match(text?.zh ?? "", /如已扣款：原路退回/);
  assert.match(sideOf(views.confirming(), near).text?.zh ?? "", /付了：自动出票/);
});

test("once another code is asked for, the place beside it is the next charge's", () => {
  const again = views.attempt().order_no;
  const input = {
    draft: "",
    replaces: false,
    unsure: false,
    taps: false,
    sameAmountAs: null,
    incident: null,
    away: false,
  };
  for (const sale of [views.declined(), views.reversed(true)]) {
    const { kind, side } = screenOf(views.till(), { ...input, sale, again }, views.nowMs);
    assert.equal(kind, "show_code");
    assert.equal(side.text?.zh, "收款成功后自动出票");
  }
});

test("an unopened e-receipt: paper is offered now only while the printer can print", () => {
  const sale = {
    ...views.paid(),
    receipt: views.receipt({ state: "held", hold: "e_receipt_unopened", proof: null }),
  };
  assert.match(sideOf(sale, near).text?.zh ?? "", /可以现在打/);
  const red = sideOf(sale, { ...near, isPrinterRed: true }).text;
  assert.match(red?.zh ?? "", /等打印机好了再打/);
  assert.doesNotMatch(`${red?.zh} ${red?.en}`, /现在|now/);
});

test("what this till won't print isn't promised beside the sale", () => {
  for (const hold of ["not_printable", "terminal_replaced"] as const) {
    const receipt = views.receipt({ state: "held", hold, proof: null });
    assert.doesNotMatch(sideOf({ ...views.paid(), receipt }, near).text?.zh ?? "", /就自动出票/);
  }
});
