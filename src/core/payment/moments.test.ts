/** A clock that is set changes nothing of what waits: moved along, a row lives on as it would have. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fen } from "../money/money.ts";
import type { Attempt } from "./attempt.ts";
import { newAttempt } from "./change.ts";
import type { AttemptEvent, Step } from "./events.ts";
import { attemptMovedBy, isMeasured, refundMovedBy, takenUpBy } from "./moments.ts";
import { newRefund } from "./refund-step.ts";
import { isLive } from "./states.ts";
import { step } from "./step.ts";
import { alipayTiming } from "./timing.ts";

const hourMs = 3_600_000;
const sentMs = 100 * hourMs;
const code = { code: "10000", subCode: null, message: null };
const amountFen = fen(100);
const trade = { orderNo: "O1", providerTradeNo: "P1", amountFen, payer: null, paidAtMs: 7 };
const ids = { merchantId: "M1", orderNo: "O1", saleId: "S1", terminalId: "T01" };
const given = { ...ids, provider: "alipay", method: "code", amountFen } as const;

const at = (attempt: Attempt, event: AttemptEvent, nowMs: number): Step =>
  step(attempt, event, alipayTiming, nowMs);

const sent = at(newAttempt(given, sentMs), { kind: "send" }, sentMs).attempt;
const declined = at(
  sent,
  { kind: "pay_answer", answer: { kind: "declined", code } },
  sentMs + 500,
).attempt;

/** What may happen to it; an answer to a question that was asked `ago` before. */
const happenings: readonly ((askedAtMs: number) => AttemptEvent)[] = [
  () => ({ kind: "due" }),
  () => ({ kind: "query_asked" }),
  () => ({ kind: "close_out_asked" }),
  () => ({ kind: "restart" }),
  () => ({ kind: "refund_refused", isProven: false }),
  () => ({ kind: "bill_paid", providerTradeNo: "P1" }),
  ...(["paid", "closed", "not_exist", "waiting", "unknown"] as const).map(
    (kind) =>
      (askedAtMs: number): AttemptEvent => ({
        kind: "query_answer",
        askedAtMs,
        answer:
          kind === "paid"
            ? { kind, trade, code }
            : kind === "unknown"
              ? { kind, reason: "silence", code: null }
              : kind === "not_exist"
                ? { kind, code }
                : { kind, providerTradeNo: null, code },
      }),
  ),
  ...(
    [
      { kind: "reversed", action: "none", code },
      { kind: "refused_for_good", code },
    ] as const
  ).map((answer) => (askedAtMs: number): AttemptEvent => ({
    kind: "cancel_answer",
    answer,
    askedAtMs,
  })),
];

/** Whole seconds: an order's life is rounded up to them. */
const byMsDrawn = fc.integer({ min: -90_000, max: 90_000 }).map((seconds) => seconds * 1_000);
const happened = fc.array(
  fc.record({
    what: fc.nat({ max: happenings.length - 1 }),
    afterMs: fc.oneof(fc.nat({ max: 20_000 }), fc.nat({ max: 3 * hourMs })),
    agoMs: fc.nat({ max: 30_000 }),
  }),
  { maxLength: 30 },
);

test("an ended attempt that is moved with its clock decides as it would have decided", () => {
  fc.assert(
    fc.property(byMsDrawn, happened, (byMs, all) => {
      let nowMs = sentMs + 500;
      let there = declined;
      let moved = at(declined, { kind: "waits_moved", byMs }, nowMs + byMs).attempt;
      assert.equal(moved.version, there.version + 1);
      moved = { ...moved, version: there.version };
      for (const { what, afterMs, agoMs } of all) {
        nowMs += afterMs;
        const eventOf = happenings[what] ?? assert.fail();
        const plain = at(there, eventOf(nowMs - agoMs), nowMs);
        const other = at(moved, eventOf(nowMs - agoMs + byMs), nowMs + byMs);
        assert.deepEqual(other.attempt, attemptMovedBy(plain.attempt, byMs));
        assert.deepEqual([other.effects, other.ignored], [plain.effects, plain.ignored]);
        there = plain.attempt;
        moved = other.attempt;
      }
    }),
  );
});

test("what a span proves something of isn't moved", () => {
  const paid = at(
    sent,
    { kind: "pay_answer", answer: { kind: "paid", trade, code } },
    sentMs + 500,
  );
  const reversing = at(
    at(sent, { kind: "due" }, sent.dueAtMs ?? 0).attempt,
    { kind: "reverse_asked" },
    sentMs,
  );
  for (const { attempt } of [paid, reversing]) {
    assert.equal(isMeasured(attempt), true);
    const done = at(attempt, { kind: "waits_moved", byMs: hourMs }, sentMs + hourMs);
    assert.deepEqual([done.attempt, done.ignored], [attempt, "still_measured"]);
  }
});

test("records stay as they were written", () => {
  const moved = attemptMovedBy({ ...declined, paidAtMs: 7 }, hourMs);
  assert.deepEqual([moved.createdAtMs, moved.paidAtMs], [sentMs, 7]);
  const ended = { ...declined, endedAtMs: sentMs };
  const asked = { requestNo: "R1", amountFen, reason: "", operatorNo: "1", latePayment: true };
  const refund = { ...newRefund(asked, ended, sentMs), sentAtMs: sentMs, endedAtMs: sentMs };
  const { requestedAtMs, endedAtMs, sentAtMs, dueAtMs } = refundMovedBy(refund, hourMs);
  assert.deepEqual([requestedAtMs, endedAtMs], [sentMs, sentMs]);
  assert.deepEqual([sentAtMs, dueAtMs], [sentMs + hourMs, sentMs + hourMs]);
});

test("however long a stop was, or seems, at most one check of an end is made at its start", () => {
  fc.assert(
    fc.property(fc.nat({ max: 100 * hourMs }), fc.nat({ max: 3 * hourMs }), (awayMs, ranMs) => {
      let attempt = declined;
      let nowMs = sentMs + 500;
      const asked: number[] = [];
      const run = (untilMs: number): void => {
        while (attempt.dueAtMs !== null && attempt.dueAtMs <= untilMs) {
          nowMs = Math.max(nowMs, attempt.dueAtMs);
          const due = at(attempt, { kind: "due" }, nowMs);
          asked.push(nowMs);
          const answer = { kind: "not_exist", code } as const;
          const event = { kind: "query_answer", askedAtMs: nowMs, answer } as const;
          ({ attempt } = at(due.attempt, event, nowMs + 50));
        }
        nowMs = Math.max(nowMs, untilMs);
      };
      run(nowMs + ranMs);
      const before = asked.length;
      const startMs = nowMs + awayMs;
      const event = takenUpBy(attempt, alipayTiming, startMs);
      if (event !== null) ({ attempt } = at(attempt, event, startMs));
      run(startMs);
      assert.ok(asked.length - before <= 1);
      run(startMs + 4 * hourMs);
      // All three are made, and the later two no sooner after each other than they were meant.
      assert.equal(asked.length, 3);
      const gaps = asked.slice(1).map((ms, n) => ms - (asked[n] ?? 0));
      assert.ok((gaps[0] ?? 0) >= 479_000 && (gaps[1] ?? 0) >= 10_199_000, `${gaps}`);
      assert.equal(isLive(attempt), false);
    }),
  );
});

test("a clock that is set back: a row that waited for nothing is asked about as ever", () => {
  const backMs = sentMs - 8 * hourMs;
  const closed = { kind: "closed", providerTradeNo: null, code } as const;
  const isPaid = { state: "paid", unpaidEnd: null, confirmed: true, dueAtMs: null } as const;
  const doubted: Attempt = { ...declined, ...isPaid, lateSuspectAtMs: sentMs + 900 };
  const asked = at(doubted, { kind: "query_asked" }, backMs).attempt;
  assert.ok((asked.lateSuspectAtMs ?? Infinity) <= backMs);
  const answer = { kind: "query_answer", answer: closed, askedAtMs: backMs } as const;
  const told = at(asked, answer, backMs + 50);
  assert.deepEqual([told.attempt.dueAtMs, told.attempt.lateSuspectAtMs], [null, null]);
  assert.ok(told.effects.some(({ kind }) => kind === "refunded_elsewhere"));
});

test("a clock that is set back: an end that was looked at for the last time can be closed out", () => {
  const backMs = sentMs - 8 * hourMs;
  const over: Attempt = { ...declined, dueAtMs: null, afterChecks: 3 };
  let { attempt } = at(over, { kind: "close_out_asked" }, backMs);
  const reversed = { kind: "reversed", action: "none", code } as const;
  const cancelled = { kind: "cancel_answer", answer: reversed, askedAtMs: backMs } as const;
  ({ attempt } = at(attempt, cancelled, backMs + 50));
  const answer = { kind: "not_exist", code } as const;
  ({ attempt } = at(
    attempt,
    { kind: "query_answer", answer, askedAtMs: backMs + 50 },
    backMs + 90,
  ));
  assert.deepEqual([attempt.closedOut, attempt.dueAtMs], [true, null]);
});

test("what is out while the clock stands is judged by what was asked after what", () => {
  // Its doubt came after this question had left.
  const isPaid = { state: "paid", unpaidEnd: null, confirmed: true, dueAtMs: null } as const;
  const doubted: Attempt = { ...declined, ...isPaid, lateSuspectAtMs: sentMs + 900 };
  const answer = { kind: "closed", providerTradeNo: null, code } as const;
  const event = { kind: "query_answer", answer, askedAtMs: sentMs + 800 } as const;
  assert.equal(at(doubted, event, sentMs + 950).ignored, "asked_before_the_doubt");
});

test("a clock that leaps under a short stop makes no roll-back of one contradiction", () => {
  const answer = { kind: "pay_answer", answer: { kind: "paid", trade, code } } as const;
  let { attempt } = at(sent, answer, sentMs + 500);
  const closed = { kind: "closed", providerTradeNo: null, code } as const;
  const shown = (askedAtMs: number): AttemptEvent => ({
    kind: "query_answer",
    answer: closed,
    askedAtMs,
  });
  ({ attempt } = at(attempt, shown(sentMs + 4_000), sentMs + 4_050));
  assert.equal(attempt.contradictions, 1);
  const startMs = sentMs + hourMs;
  const taken = takenUpBy(attempt, alipayTiming, startMs);
  if (taken !== null) ({ attempt } = at(attempt, taken, startMs));
  ({ attempt } = at(attempt, { kind: "due" }, startMs));
  ({ attempt } = at(attempt, shown(startMs), startMs + 50));
  assert.equal(attempt.state, "paid");
  // Two of this life, apart, are one.
  const dueAtMs = attempt.dueAtMs ?? assert.fail("it is asked again");
  assert.equal(dueAtMs, startMs + 50 + alipayTiming.contradictionGapMs);
  ({ attempt } = at(attempt, { kind: "due" }, dueAtMs));
  ({ attempt } = at(attempt, shown(dueAtMs), dueAtMs + 50));
  assert.equal(attempt.unpaidEnd, "rolled_back");
});
