/** Why a copy isn't printed now: each state of the paper has its own true sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt, job, receipt, refund, sale } from "../../../test/contract/store-samples.ts";
import { saleOf, takenBackSale } from "../../../test/diagnosis-support/sales.ts";
import { fen } from "../money/money.ts";
import type { Attempt } from "../payment/attempt.ts";
import type { Refund } from "../payment/refund.ts";
import type { PrintJob } from "../printing/job.ts";
import { REFUSALS } from "../rules/refusals.ts";
import { saleAdvice } from "./build.ts";
import { refundOpenFen, SALE_CAN } from "./can.ts";

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

test("a sale that Alipay has nothing of says so, and nobody is told to query it", () => {
  const declined = { state: "declined", unpaidEnd: "declined", endedAtMs: 1 } as const;
  const said = (state: "open" | "abandoned" | "paid_otherwise", isCharged: boolean) => {
    const answer = SALE_CAN.refund(
      saleOf(60, { sale: { state }, attempts: isCharged ? [declined] : [] }),
    );
    assert.notEqual(answer, "yes");
    return [answer, answer === "yes" ? "" : REFUSALS[answer].text.zh] as const;
  };
  for (const isCharged of [false, true]) {
    const [answer, words] = said("paid_otherwise", isCharged);
    assert.equal(answer, "sale_paid_otherwise");
    assert.doesNotMatch(words, /查单/);
  }
  for (const state of ["open", "abandoned"] as const) {
    const [answer, words] = said(state, false);
    assert.equal(answer, "sale_never_charged");
    assert.doesNotMatch(words, /查单/);
  }
  assert.equal(said("open", true)[0], "sale_is_not_paid");
});

test("a refund of what Alipay took back, or of a reversed sale, is refused with its reason and what to do", () => {
  const reversed = { state: "reversed", unpaidEnd: "refunded", endedAtMs: 1 } as const;
  assert.equal(SALE_CAN.refund(takenBackSale()), "payment_taken_back");
  assert.equal(SALE_CAN.refund(saleOf(60, { attempts: [reversed] })), "sale_was_reversed");
  assert.match(REFUSALS.payment_taken_back.text.zh, /支付宝已把这笔钱撤回.*再收或改收现金/);
  assert.match(REFUSALS.sale_was_reversed.text.zh, /已撤销.*不用再退/);
});

/** O1 paid the sale; E1 is money that came beside it. */
const paidBeside = (
  own: Partial<Attempt>,
  extra: Partial<Attempt>,
  refunds: readonly Refund[],
) => ({
  ...withPaper({ state: "confirmed" }),
  sale: sale(1, { state: "paid" }),
  attempts: [
    attempt(1, { state: "paid", ...own }),
    attempt(1, { orderNo: "E1", state: "paid", ...extra }),
  ],
  refunds,
});

test("what of a sale's money may have gone back is of its own payment, not of an extra one", () => {
  const back = refund(1, { requestNo: "E1-back", orderNo: "E1", state: "sending" });
  const open = refund(1, { state: "unknown", amountFen: fen(500) });
  assert.equal(refundOpenFen(paidBeside({}, {}, [back])), 0);
  assert.equal(refundOpenFen(paidBeside({}, {}, [back, open])), 500);
  assert.equal(refundOpenFen(paidBeside({}, {}, [back, { ...open, state: "done" }])), 0);
});

test("a sale is in question by its own payment, not by an extra one", () => {
  const isSo = { contradictions: 1 };
  const said = (facts: ReturnType<typeof paidBeside>) => [
    SALE_CAN.reprint(facts),
    SALE_CAN.charge(facts),
    SALE_CAN.pay_otherwise(facts),
  ];
  const charged = "sale_already_paid";
  assert.deepEqual(said(paidBeside({}, isSo, [])), ["yes", charged, charged]);
  const inQuestion = "payment_contradicted";
  assert.deepEqual(said(paidBeside(isSo, {}, [])), [inQuestion, inQuestion, inQuestion]);
});

test("before a charge the advice leaves it to the screen whether a code may be scanned now", () => {
  const { zh, en } = saleAdvice(saleOf(5));
  assert.match(zh, /还没有扣款/);
  assert.doesNotMatch(zh, /付款码/);
  assert.doesNotMatch(en, /payment code/);
});

test("a sale that is open for one more paper's sake says which, and not that all is settled", () => {
  const { jobs, ...facts } = withPaper({ state: "confirmed" });
  const withCopy = (change: Partial<PrintJob>) =>
    saleAdvice({
      ...facts,
      sale: sale(1, { state: "paid" }),
      attempts: [attempt(1, { state: "paid" })],
      jobs: [...jobs, { ...job(2), receiptNumber: "R1", holder: "merchant", ...change }],
    });
  assert.match(
    withCopy({ state: "held", hold: "paper_out" }).zh,
    /确认。还有一张商户存根没有着落。$/,
  );
  assert.match(
    withCopy({ state: "doubtful" }).en,
    /One more paper isn't settled yet: Merchant copy\.$/,
  );
  assert.doesNotMatch(withCopy({ state: "confirmed" }).zh, /还有一张/);
});
