import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fen } from "../money/money.ts";
import type { ProviderCode, RefundAnswer, RefundQueryAnswer } from "./answers.ts";
import { newAttempt } from "./change.ts";
import { alipayRefundTiming, newRefund, refundStep, type RefundEvent } from "./refund-step.ts";
import type { Refund } from "./refund.ts";

const refusal = (subCode: string): ProviderCode => ({ code: "40004", subCode, message: null });
const balance = refusal("ACQ.SELLER_BALANCE_NOT_ENOUGH");
const ok: ProviderCode = { code: "10000", subCode: null, message: null };
const { queryAfterMs, retryMsMax } = alipayRefundTiming;

const attempt = newAttempt(
  {
    merchantId: "M1",
    orderNo: "O1",
    saleId: "S1",
    terminalId: "T01",
    provider: "alipay",
    method: "code",
    amountFen: fen(100),
  },
  0,
);

const apply = (refund: Refund, event: RefundEvent, nowMs: number) =>
  refundStep(refund, event, alipayRefundTiming, nowMs);
const answered = (refund: Refund, answer: RefundAnswer, nowMs: number) =>
  apply(refund, { kind: "refund_answer", answer }, nowMs);
const queried = (refund: Refund, answer: RefundQueryAnswer, askedAtMs: number) =>
  apply(refund, { kind: "query_answer", answer, askedAtMs }, askedAtMs + 50);

function sent(requestNo: string, latePayment: boolean): Refund {
  const given = { requestNo, amountFen: fen(100), reason: "", operatorNo: "01", latePayment };
  return apply(newRefund(given, attempt, 0), { kind: "send" }, 0).refund;
}

/** The query after a refusal finds nothing. */
function confirmed(refused: Refund): Refund {
  const atMs = refused.dueAtMs ?? assert.fail("nothing asks about it");
  const due = apply(refused, { kind: "due" }, atMs);
  assert.deepEqual(due.effects, [{ kind: "refund_query" }]);
  return queried(due.refund, { kind: "not_seen", code: ok }, atMs).refund;
}

/** Silence, "not seen", and the same request once more. */
function sentTwice(requestNo: string): Refund {
  const silent = answered(
    sent(requestNo, false),
    { kind: "unknown", reason: "silence", code: null },
    5_000,
  ).refund;
  const due = apply(silent, { kind: "due" }, 15_000);
  assert.deepEqual(due.effects, [{ kind: "refund_query" }]);
  return queried(due.refund, { kind: "not_seen", code: ok }, 15_000).refund;
}

describe("a give-back that the merchant's balance doesn't cover", () => {
  for (const [name, latePayment] of [
    ["O1-late", true],
    ["O1-back", false],
  ] as const) {
    test(`${name} stays open and is sent again, ever more slowly`, () => {
      let refund = sent(name, latePayment);
      const waits: number[] = [];
      for (let nowMs = 100; waits.length < 8;) {
        const refused = answered(refund, { kind: "refused", code: balance }, nowMs);
        assert.equal(refused.refund.state, "requested");
        assert.deepEqual(refused.refund.code, balance);
        assert.deepEqual(refused.effects, [{ kind: "incident", name: "give_back_wants_balance" }]);
        waits.push((refused.refund.dueAtMs ?? 0) - nowMs);
        nowMs = refused.refund.dueAtMs ?? 0;
        const again = apply(refused.refund, { kind: "due" }, nowMs);
        assert.deepEqual(again.effects, [{ kind: "refund" }]);
        refund = again.refund;
      }
      assert.deepEqual(waits.slice(0, 3), [20_000, 40_000, 80_000]);
      assert.equal(waits.at(-1), retryMsMax);
      const done = answered(refund, { kind: "done", refundedTotalFen: null, code: ok }, 9e6);
      assert.equal(done.refund.state, "done");
    });
  }

  test("an owner's refund ends refused: he sees it and asks again himself", () => {
    const refused = answered(sent("R1", false), { kind: "refused", code: balance }, 100);
    assert.equal(confirmed(refused.refund).state, "refused");
  });

  test("another refusal ends a give-back too", () => {
    const code = refusal("ACQ.TRADE_HAS_FINISHED");
    const refused = answered(sent("O1-late", true), { kind: "refused", code }, 100);
    const ended = confirmed(refused.refund);
    assert.deepEqual([ended.state, ended.code], ["refused", code]);
  });
});

describe("a first refusal", () => {
  const code = refusal("ACQ.TRADE_STATUS_ERROR");
  const refused = answered(sent("R1", false), { kind: "refused", code }, 100).refund;

  test("is final only when a query finds nothing, ten seconds later", () => {
    assert.deepEqual([refused.state, refused.dueAtMs], ["unknown", 100 + queryAfterMs]);
    assert.equal(confirmed(refused).state, "refused");
  });

  test("a doubled request that went through after it is seen", () => {
    const due = apply(refused, { kind: "due" }, 100 + queryAfterMs).refund;
    const seen = queried(due, { kind: "done", amountFen: fen(100), code: ok }, 100 + queryAfterMs);
    assert.equal(seen.refund.state, "done");
  });
});

describe("a refused repeat", () => {
  const refusedAtMs = 15_200;
  const refused = answered(
    sentTwice("R1"),
    { kind: "refused", code: refusal("ACQ.TRADE_HAS_FINISHED") },
    refusedAtMs,
  );

  test("is asked about no sooner than the provider wants", () => {
    assert.deepEqual(refused.effects, []);
    assert.equal(refused.refund.dueAtMs, refusedAtMs + queryAfterMs);
  });

  test("ends by a question asked in time, not by an earlier one", () => {
    const notSeen = { kind: "not_seen", code: ok } as const;
    const early = queried(refused.refund, notSeen, refusedAtMs + 10);
    assert.equal(early.refund.state, "unknown");
    assert.equal(early.refund.dueAtMs, refusedAtMs + queryAfterMs);
    const late = queried(refused.refund, notSeen, refusedAtMs + queryAfterMs);
    assert.equal(late.refund.state, "refused");
  });
});

test("another amount under our number is an incident, and no end", () => {
  const silent = answered(
    sent("R1", false),
    { kind: "unknown", reason: "silence", code: null },
    5_000,
  ).refund;
  const seen = queried(silent, { kind: "done", amountFen: fen(50), code: ok }, 15_000);
  assert.equal(seen.refund.state, "unknown");
  assert.deepEqual(seen.effects, [{ kind: "incident", name: "refund_amount_mismatch" }]);
  assert.equal(seen.refund.dueAtMs, 15_050 + retryMsMax);
});

describe("a refund of a closed trade", () => {
  const code = refusal("ACQ.TRADE_HAS_CLOSE");
  const open = answered(sent("R1", false), { kind: "unknown", reason: "provider", code }, 100);

  test("is refused when the query doesn't see it: it isn't sent for ever", () => {
    const ended = confirmed(open.refund);
    assert.deepEqual([ended.state, ended.code], ["refused", code]);
  });

  test("is done where an earlier request of it went through", () => {
    const due = apply(open.refund, { kind: "due" }, 100 + queryAfterMs).refund;
    const seen = queried(due, { kind: "done", amountFen: fen(100), code: ok }, 100 + queryAfterMs);
    assert.equal(seen.refund.state, "done");
  });
});

test("a refund that is never answered and never seen is sent ever more slowly", () => {
  const waits: number[] = [];
  let refund = sent("O1-late", true);
  for (let nowMs = 100; waits.length < 8;) {
    const silent = answered(refund, { kind: "unknown", reason: "provider", code: null }, nowMs);
    const dueAtMs = silent.refund.dueAtMs ?? assert.fail("nothing asks about it");
    waits.push(dueAtMs - nowMs);
    const due = apply(silent.refund, { kind: "due" }, dueAtMs).refund;
    const again = queried(due, { kind: "not_seen", code: ok }, dueAtMs);
    assert.deepEqual(again.effects, [{ kind: "refund" }]);
    ({ refund } = again);
    nowMs = dueAtMs + 100;
  }
  assert.deepEqual(waits.slice(0, 3), [queryAfterMs, 20_000, 40_000]);
  assert.equal(waits.at(-1), retryMsMax);
});

describe("a refund after a start under a clock that was set back", () => {
  const hourMs = 3_600_000;
  const given = { requestNo: "R1", amountFen: fen(100), reason: "", operatorNo: "01" };
  const left = apply(
    newRefund({ ...given, latePayment: true }, attempt, hourMs),
    { kind: "send" },
    hourMs,
  ).refund;

  test("doesn't wait for the old clock's future: not seen, it is sent again ten seconds later", () => {
    const asked = apply(left, { kind: "restart" }, 0).refund;
    const first = queried(asked, { kind: "not_seen", code: ok }, 100).refund;
    assert.equal(first.dueAtMs, queryAfterMs);
    const due = apply(first, { kind: "due" }, queryAfterMs).refund;
    assert.equal(queried(due, { kind: "not_seen", code: ok }, queryAfterMs).refund.tries, 2);
  });

  test("nor does a refusal of it", () => {
    const refused = answered(
      left,
      { kind: "refused", code: refusal("ACQ.TRADE_HAS_CLOSE") },
      hourMs,
    );
    const asked = apply(refused.refund, { kind: "restart" }, 0).refund;
    const due = apply(asked, { kind: "due" }, asked.dueAtMs ?? 0).refund;
    const seen = queried(due, { kind: "not_seen", code: ok }, queryAfterMs);
    assert.equal(seen.refund.state, "refused");
  });
});
