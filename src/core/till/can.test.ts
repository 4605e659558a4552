/** Why a copy isn't printed now: each state of the paper has its own true sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt, job, receipt, sale } from "../../../test/contract/store-samples.ts";
import type { PrintJob } from "../printing/job.ts";
import { SALE_CAN } from "./can.ts";

const withPaper = (change: Partial<PrintJob>) => {
  const paper = receipt(1);
  return {
    sale: sale(1),
    attempts: [attempt(1)],
    receipt: paper,
    jobs: [{ ...job(1), receiptNumber: paper.number, holder: "customer" as const, ...change }],
    refunds: [],
  };
};

const TABLE: readonly (readonly [Partial<PrintJob>, ReturnType<typeof SALE_CAN.reprint>])[] = [
  [{ state: "queued" }, "paper_waits_for_printer"],
  [{ state: "held", hold: "paper_out" }, "paper_waits_for_printer"],
  [{ state: "sending" }, "paper_still_printing"],
  [{ state: "sending", hold: "paper_out" }, "paper_still_printing"],
  [{ state: "sending", hold: "unreachable" }, "paper_interrupted"],
  [{ state: "doubtful" }, "answer_the_question_first"],
  [{ state: "confirmed" }, "yes"],
];

for (const [change, answer] of TABLE) {
  test(`reprint while ${change.state} ${change.hold ?? ""}: ${answer}`, () => {
    assert.equal(SALE_CAN.reprint(withPaper(change)), answer);
  });
}

test("before there is a receipt, nobody is told to check its number", () => {
  const facts = { ...withPaper({}), receipt: null, jobs: [] };
  assert.equal(SALE_CAN.reprint(facts), "no_receipt_yet");
  assert.equal(SALE_CAN.waive_paper(facts), "no_receipt_yet");
});
