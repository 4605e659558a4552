/** Which paper a person is asked about: the receipt on the screen, and in the sale's own window any paper of it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as views from "../../../test/web-support/views.ts";
import { paperInDoubt, questionOf } from "./focus.ts";
import type { JobView, SaleView } from "./view.ts";

const receiptJob = views.doubtful().receipt?.job as JobView;
const slip: JobView = { ...receiptJob, id: "J-slip", slip: "refund" };
const shopsCopy: JobView = { ...receiptJob, id: "J-shop" };

/** A refunded sale whose slip was on its way to the printer when the till died. */
const slipInDoubt: SaleView = { ...views.paid(), refunds: [views.refund()], slips: [slip] };

describe("a paper in doubt", () => {
  test("of the receipt is asked about at once", () => {
    assert.equal(questionOf(views.doubtful()), receiptJob.id);
    assert.equal(paperInDoubt({ ...views.doubtful(), slips: [slip] }), receiptJob.id);
  });

  test("that is a slip can be answered, or the sale would stay on the list for ever", () => {
    assert.equal(questionOf(slipInDoubt), null, "it doesn't come back to the screen by itself");
    assert.equal(paperInDoubt(slipInDoubt), slip.id);
  });

  test("that is the shop's own copy can be answered, too", () => {
    const paid = views.paid();
    const receipt = paid.receipt === null ? null : { ...paid.receipt, jobs: [shopsCopy] };
    assert.equal(paperInDoubt({ ...paid, receipt }), shopsCopy.id);
  });

  test("there is none where all is out or nothing was ever printed", () => {
    assert.equal(paperInDoubt(views.paid()), null);
    assert.equal(paperInDoubt(views.declined()), null);
  });
});
