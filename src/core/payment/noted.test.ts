/** What answers say beside what they prove: the trade's number, and why the outcome stayed open. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fen } from "../money/money.ts";
import type { ProviderCode, UnknownReason } from "./answers.ts";
import type { Attempt } from "./attempt.ts";
import { newAttempt } from "./change.ts";
import type { AttemptEvent, Step } from "./events.ts";
import { step } from "./step.ts";
import { alipayTiming } from "./timing.ts";

const ok: ProviderCode = { code: "10000", subCode: null, message: null };
const systemError: ProviderCode = { code: "20000", subCode: "aop.ACQ.SYSTEM_ERROR", message: null };
const noTrade: ProviderCode = { code: "40004", subCode: "ACQ.TRADE_NOT_EXIST", message: null };
const trade = {
  orderNo: "O1",
  providerTradeNo: "P1",
  amountFen: fen(100),
  payer: null,
  paidAtMs: null,
};
const unknown = (reason: UnknownReason, code: ProviderCode | null = null) =>
  ({ kind: "unknown", reason, code }) as const;

const at = (attempt: Attempt, event: AttemptEvent, nowMs: number): Step =>
  step(attempt, event, alipayTiming, nowMs);
const created = newAttempt(
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
const sent = at(created, { kind: "send" }, 0).attempt;
const answered = (answer: Extract<AttemptEvent, { kind: "pay_answer" }>["answer"]): Attempt =>
  at(sent, { kind: "pay_answer", answer }, 100).attempt;
const open = answered(unknown("silence"));
const reversing = at(open, { kind: "reverse_asked" }, 200).attempt;

describe("the provider's number of the trade", () => {
  const named: readonly (readonly [string, Attempt, AttemptEvent])[] = [
    [
      "a success shown while it is being reversed",
      reversing,
      { kind: "query_answer", answer: { kind: "paid", trade, code: ok }, askedAtMs: 210 },
    ],
    [
      "an open trade shown then, which moves nothing",
      reversing,
      {
        kind: "query_answer",
        answer: { kind: "waiting", providerTradeNo: "P1", code: ok },
        askedAtMs: 210,
      },
    ],
    [
      "a closed trade",
      open,
      {
        kind: "query_answer",
        answer: { kind: "closed", providerTradeNo: "P1", code: ok },
        askedAtMs: 210,
      },
    ],
    [
      "the answer to a reversal",
      reversing,
      {
        kind: "cancel_answer",
        answer: { kind: "reversed", action: "refund", providerTradeNo: "P1", code: ok },
        askedAtMs: 210,
      },
    ],
    [
      "a notification of a trade that was closed",
      open,
      {
        kind: "notified",
        notification: {
          notifyId: "1",
          orderNo: "O1",
          status: "closed",
          trade: null,
          providerTradeNo: "P1",
        },
      },
    ],
  ];
  for (const [what, before, event] of named) {
    test(`is kept from ${what}`, () => {
      const after = at(before, event, 220);
      assert.equal(after.attempt.providerTradeNo, "P1");
      assert.ok(after.attempt.version > before.version, "it becomes durable");
    });
  }

  test("changes nothing else where the event moves nothing", () => {
    const answer = { kind: "waiting", providerTradeNo: "P1", code: ok } as const;
    const done = at(reversing, { kind: "query_answer", answer, askedAtMs: 210 }, 220);
    assert.deepEqual(done, {
      attempt: { ...reversing, providerTradeNo: "P1", version: reversing.version + 1 },
      effects: [],
      ignored: null,
    });
    const again = at(done.attempt, { kind: "query_answer", answer, askedAtMs: 215 }, 230);
    assert.notEqual(again.ignored, null);
  });

  test("isn't taken from a message about another order, nor before anything was sent", () => {
    const notification = {
      notifyId: "1",
      orderNo: "O2",
      status: "waiting",
      trade: null,
      providerTradeNo: "P2",
    } as const;
    assert.equal(at(open, { kind: "notified", notification }, 300).attempt.providerTradeNo, null);
    const ours = { ...notification, orderNo: "O1" };
    assert.equal(
      at(created, { kind: "notified", notification: ours }, 300).attempt.providerTradeNo,
      null,
    );
  });
});

describe("answers that left the outcome open", () => {
  const query = (attempt: Attempt, answer: ReturnType<typeof unknown>, nowMs: number): Attempt =>
    at(attempt, { kind: "query_answer", answer, askedAtMs: nowMs - 10 }, nowMs).attempt;

  test("are kept beyond the end, the charge's own among them", () => {
    let attempt = answered(unknown("provider", systemError));
    attempt = query(attempt, unknown("provider", systemError), 4_000);
    assert.deepEqual(
      attempt.openAnswers?.map(({ asked }) => asked),
      ["pay", "query"],
    );
    attempt = at(attempt, { kind: "reverse_asked" }, 5_000).attempt;
    const none = { kind: "reversed", action: "none", code: ok } as const;
    attempt = at(attempt, { kind: "cancel_answer", answer: none, askedAtMs: 5_010 }, 5_100).attempt;
    const notExist = { kind: "not_exist", code: noTrade } as const;
    const ended = at(
      attempt,
      { kind: "query_answer", answer: notExist, askedAtMs: 200_000 },
      200_100,
    ).attempt;
    assert.equal(ended.unpaidEnd, "never_seen");
    assert.deepEqual(ended.openAnswers, [
      { asked: "pay", reason: "provider", code: systemError, hint: null },
    ]);
  });

  test("silence adds nothing and takes nothing away", () => {
    assert.equal(open.openAnswers, undefined);
    const told = answered(unknown("provider", systemError));
    assert.deepEqual(query(told, unknown("silence"), 4_000).openAnswers, told.openAnswers);
  });

  test("what couldn't be verified is kept as a hint, and is never the attempt's code", () => {
    const hint = { code: "40002", subCode: "isv.invalid-app-id", message: null };
    const told = answered({ ...unknown("verify"), hint });
    assert.deepEqual([told.state, told.code], ["unknown", null]);
    assert.deepEqual(told.openAnswers, [{ asked: "pay", reason: "verify", code: null, hint }]);
  });
});
