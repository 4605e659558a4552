/** After the end: what contradicts a success, what makes a number safe to leave behind, and what stops asking. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fen } from "../money/money.ts";
import type { CancelAnswer, QueryAnswer } from "./answers.ts";
import type { Attempt } from "./attempt.ts";
import { newAttempt } from "./change.ts";
import type { AttemptEvent, Step } from "./events.ts";
import { isMeasured } from "./moments.ts";
import { step } from "./step.ts";
import { alipayTiming, liesAhead } from "./timing.ts";

const code = { code: "10000", subCode: null, message: null };
const refundRefused = { kind: "refund_refused", isProven: false } as const;
const elsewhere = [
  { kind: "refunded_elsewhere" },
  { kind: "incident", name: "refunded_elsewhere" },
];
const trade = {
  orderNo: "O1",
  providerTradeNo: "P1",
  amountFen: fen(100),
  payer: null,
  paidAtMs: null,
};
const paid: QueryAnswer = { kind: "paid", trade, code };
const notExist: QueryAnswer = { kind: "not_exist", code };
const closed: QueryAnswer = { kind: "closed", providerTradeNo: null, code };
const waiting: QueryAnswer = { kind: "waiting", providerTradeNo: null, code };
const unanswered = { kind: "unknown", reason: "silence", code: null } as const;
const unknown: QueryAnswer = unanswered;

const at = (attempt: Attempt, event: AttemptEvent, nowMs: number): Step =>
  step(attempt, event, alipayTiming, nowMs);
const queried = (attempt: Attempt, answer: QueryAnswer, askedAtMs: number, nowMs: number): Step =>
  at(attempt, { kind: "query_answer", answer, askedAtMs }, nowMs);
const cancelled = (attempt: Attempt, answer: CancelAnswer, nowMs: number): Step =>
  at(attempt, { kind: "cancel_answer", answer, askedAtMs: nowMs }, nowMs);

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
const justPaid = at(sent, { kind: "pay_answer", answer: paid }, 500).attempt;
const declined = at(sent, { kind: "pay_answer", answer: { kind: "declined", code } }, 500).attempt;

/** Lets the row's own timer run, each query answered alike; how many queries left. */
function queriesUntilQuiet(start: Step, answer: QueryAnswer, eventsMax: number): number {
  let queries = 0;
  let { attempt, effects } = start;
  let nowMs = 10_000_000;
  for (let events = 0; events < eventsMax; events += 1) {
    if (effects.some((effect) => effect.kind === "query")) {
      queries += 1;
      ({ attempt, effects } = queried(attempt, answer, nowMs, nowMs + 50));
      continue;
    }
    if (attempt.dueAtMs === null) break;
    nowMs = attempt.dueAtMs;
    ({ attempt, effects } = at(attempt, { kind: "due" }, nowMs));
  }
  return queries;
}

describe("two contradictions roll a success back", () => {
  test("never by questions that left before it was paid", () => {
    const one = queried(justPaid, notExist, 100, 501);
    assert.equal(one.ignored, "asked_before_it_was_paid");
    assert.equal(queried(one.attempt, notExist, 101, 502).attempt.state, "paid");
  });

  test("never by a second question asked within the gap", () => {
    const once = queried(justPaid, notExist, 2_500, 2_510).attempt;
    assert.equal(once.contradictions, 1);
    const soon = queried(once, closed, 2_600, 12_600).attempt;
    assert.deepEqual([soon.state, soon.contradictions], ["paid", 1]);
    const twice = queried(soon, notExist, 12_510, 12_700).attempt;
    assert.deepEqual([twice.state, twice.unpaidEnd], ["reversed", "rolled_back"]);
  });

  test("silence between them resets nothing, a success does", () => {
    const once = queried(justPaid, notExist, 2_500, 2_510).attempt;
    const silent = queried(once, unknown, 12_600, 17_600).attempt;
    assert.equal(queried(silent, notExist, 30_000, 30_010).attempt.unpaidEnd, "rolled_back");
    const again = queried(once, paid, 12_600, 12_610).attempt;
    assert.deepEqual([again.contradictedAtMs, again.contradictions], [null, 0]);
    assert.equal(queried(again, notExist, 30_000, 30_010).attempt.state, "paid");
  });
});

describe("one question is one question", () => {
  test("asked by a person of a confirmed sale", () => {
    const confirmed = queried(justPaid, paid, 2_600, 2_610).attempt;
    assert.equal(queriesUntilQuiet(at(confirmed, { kind: "query_asked" }, 1e7), paid, 50), 1);
    assert.equal(queriesUntilQuiet(at(confirmed, { kind: "query_asked" }, 1e7), unknown, 50), 1);
  });

  test("asked of a late payment that is known; neither bill nor pay reply asks again", () => {
    const suspected = queried(declined, paid, 130_000, 130_010).attempt;
    const late = queried(suspected, paid, 130_020, 130_030).attempt;
    assert.notEqual(late.latePayment, null);
    assert.equal(queriesUntilQuiet(at(late, { kind: "query_asked" }, 1e7), paid, 50), 1);
    assert.equal(at(late, { kind: "bill_paid", providerTradeNo: "P1" }, 1e7).ignored, "known");
    assert.deepEqual(at(late, { kind: "pay_answer", answer: paid }, 1e7).effects, []);
  });
});

describe("a number is closed out", () => {
  const asked = at(declined, { kind: "close_out_asked" }, 1_000).attempt;
  const reversed: CancelAnswer = { kind: "reversed", action: "none", code };

  test("by a conclusive answer to a question asked after the cancel was answered", () => {
    const answered = cancelled(asked, reversed, 1_100);
    assert.deepEqual(answered.effects, [{ kind: "query" }]);
    assert.equal(answered.attempt.closedOut, false);
    assert.equal(queried(answered.attempt, unknown, 1_100, 1_200).attempt.closedOut, false);
    assert.equal(queried(answered.attempt, notExist, 1_050, 1_200).attempt.closedOut, false);
    assert.equal(queried(answered.attempt, notExist, 1_100, 1_200).attempt.closedOut, true);
  });

  test("not by a cancel that is refused for good, which isn't repeated for ever", () => {
    const refused = cancelled(asked, { kind: "refused_for_good", code }, 1_100);
    assert.deepEqual(refused.effects, [{ kind: "query" }]);
    const looked = queried(refused.attempt, notExist, 1_100, 1_200).attempt;
    assert.deepEqual([looked.closedOut, looked.reversal.outstanding], [false, false]);
    const due = at(looked, { kind: "due" }, looked.dueAtMs ?? 0);
    assert.deepEqual(due.effects, [{ kind: "query" }]);
  });

  test("with one cancel on the wire at a time", () => {
    const stale = queried(asked, waiting, 900, 1_050);
    assert.deepEqual(stale.effects, []);
    assert.equal(stale.attempt.dueAtMs, asked.dueAtMs);
  });

  test("and a trade that stays open is cancelled ever more slowly", () => {
    let { attempt } = cancelled(asked, reversed, 1_100);
    let cancels = 0;
    for (let round = 0, nowMs = 1_100; round < 40 && nowMs < 61_100; round += 1) {
      const seen = queried(attempt, waiting, nowMs, nowMs + 10);
      const dueAtMs = seen.attempt.dueAtMs ?? 0;
      const next = seen.effects.length > 0 ? seen : at(seen.attempt, { kind: "due" }, dueAtMs);
      assert.deepEqual(next.effects, [{ kind: "cancel" }]);
      cancels += 1;
      nowMs = next === seen ? nowMs + 20 : dueAtMs + 20;
      ({ attempt } = cancelled(next.attempt, reversed, nowMs));
    }
    assert.ok(cancels >= 3 && cancels <= 10, `${cancels} in a minute`);
  });
});

describe("a success that a notification told", () => {
  const notification = { notifyId: "1", orderNo: "O1", status: "paid", trade } as const;
  const open = at(sent, { kind: "pay_answer", answer: unanswered }, 100).attempt;

  test("is paid at once, and confirmed by a query like one that the reply told", () => {
    const told = at(open, { kind: "notified", notification }, 1_000).attempt;
    assert.deepEqual([told.state, told.confirmed], ["paid", false]);
    const asked = at(told, { kind: "due" }, told.dueAtMs ?? 0);
    assert.deepEqual(asked.effects, [{ kind: "query" }]);
    assert.equal(queried(asked.attempt, paid, 3_000, 3_010).attempt.confirmed, true);
  });

  test("is rolled back when two queries say that the trade is closed", () => {
    const told = at(open, { kind: "notified", notification }, 1_000).attempt;
    const doubted = queried(told, closed, 3_000, 3_010).attempt;
    assert.equal(doubted.state, "paid");
    const ended = queried(doubted, closed, 14_000, 14_010).attempt;
    assert.deepEqual([ended.state, ended.unpaidEnd], ["reversed", "rolled_back"]);
  });

  test("is asked about first where the shop wants that before the receipt", () => {
    const before = { ...alipayTiming, confirmPaid: "before_receipt" } as const;
    const told = step(open, { kind: "notified", notification }, before, 1_000);
    assert.deepEqual([told.attempt.state, told.effects], ["unknown", [{ kind: "query" }]]);
    assert.equal(queried(told.attempt, paid, 1_001, 1_010).attempt.state, "paid");
  });

  test("is final where the shop has switched the confirmation off", () => {
    const off = { ...alipayTiming, confirmPaid: "off" } as const;
    const told = step(open, { kind: "notified", notification }, off, 1_000).attempt;
    assert.deepEqual([told.state, told.confirmed, told.dueAtMs], ["paid", true, null]);
  });
});

describe("a closed trade", () => {
  test("ends an attempt whose pay call is still out", () => {
    const ended = queried(sent, closed, 100, 200).attempt;
    assert.deepEqual([ended.state, ended.unpaidEnd], ["reversed", "closed"]);
  });

  test("told of an unconfirmed success makes it ask, of a confirmed one not", () => {
    const notification = { notifyId: "1", orderNo: "O1", status: "closed", trade: null } as const;
    const told = at(justPaid, { kind: "notified", notification }, 1_000);
    assert.deepEqual(told.effects, [{ kind: "query" }]);
    const confirmed = queried(justPaid, paid, 2_600, 2_610).attempt;
    assert.equal(at(confirmed, { kind: "notified", notification }, 3_000).ignored, "known");
  });
});

test("a reversal refused for good of a trade that isn't there is asked again, and ends by its answer", () => {
  const open = at(sent, { kind: "pay_answer", answer: unanswered }, 100).attempt;
  const reversing = at(open, { kind: "reverse_asked" }, 200).attempt;
  const refused = cancelled(reversing, { kind: "refused_for_good", code }, 300).attempt;
  assert.deepEqual(queried(refused, notExist, 400, 410).effects, []);
  const again = queried(refused, notExist, 200_000, 200_010);
  assert.deepEqual(again.effects, [{ kind: "cancel" }]);
  const none = { kind: "reversed", action: "none", code } as const;
  const answered = cancelled(again.attempt, none, 200_100).attempt;
  assert.equal(queried(answered, notExist, 200_200, 200_210).attempt.unpaidEnd, "never_seen");
});

describe("a closed trade under a reversal", () => {
  const open = at(sent, { kind: "pay_answer", answer: unanswered }, 100).attempt;
  const reversing = at(open, { kind: "reverse_asked" }, 200).attempt;

  test("that was never answered says that a charge, if any, went back", () => {
    assert.equal(queried(reversing, closed, 300, 310).attempt.unpaidEnd, "closed_in_doubt");
  });

  test("whose trade was seen paid has sent the money back", () => {
    const seen = [
      queried(reversing, paid, 150, 250).attempt,
      at(reversing, { kind: "pay_answer", answer: paid }, 250).attempt,
    ];
    for (const attempt of seen) {
      assert.equal(attempt.state, "reversing");
      assert.equal(queried(attempt, closed, 300, 310).attempt.unpaidEnd, "refunded");
    }
  });

  test("that was answered took nothing", () => {
    const answered = cancelled(reversing, { kind: "reversed", action: "close", code }, 250).attempt;
    assert.equal(queried(answered, closed, 300, 310).attempt.unpaidEnd, "closed");
  });
});

describe("late money that a cancel is sending back", () => {
  const notification = { notifyId: "1", orderNo: "O1", status: "paid", trade } as const;
  const suspected = at(declined, { kind: "notified", notification }, 1_000).attempt;
  const asked = at(suspected, { kind: "close_out_asked" }, 1_010).attempt;
  const back: CancelAnswer = { kind: "reversed", action: "refund", code };

  test("isn't given back a second time: the question left before the cancel was answered", () => {
    const answered = cancelled(asked, back, 1_100);
    assert.deepEqual(answered.effects, [{ kind: "query" }]);
    const stale = queried(answered.attempt, paid, 1_000, 1_120);
    assert.equal(stale.ignored, "asked_before_the_cancel_was_answered");
    const fresh = queried(stale.attempt, closed, 1_100, 1_200).attempt;
    assert.deepEqual([fresh.latePayment, fresh.closedOut], [null, true]);
  });

  test("is late money where it is still there after the cancel", () => {
    const answered = cancelled(asked, { kind: "refused_for_good", code }, 1_100).attempt;
    assert.equal(queried(answered, paid, 1_100, 1_200).attempt.latePayment?.decision, "refund");
  });
});

describe("late money whose refund was refused", () => {
  const suspected = queried(declined, paid, 130_000, 130_010).attempt;
  const late = queried(suspected, paid, 130_020, 130_030).attempt;
  const doubted = at(late, refundRefused, 140_000);
  const asking = at(doubted.attempt, { kind: "due" }, 140_000);

  test("is asked about", () => {
    assert.deepEqual([doubted.attempt.dueAtMs, doubted.effects], [140_000, []]);
    assert.deepEqual(asking.effects, [{ kind: "query" }]);
  });

  test("has gone back in another way where the trade is closed", () => {
    const gone = queried(asking.attempt, closed, 140_010, 140_050).attempt;
    const { state, unpaidEnd, latePayment, closedOut, dueAtMs } = gone;
    assert.deepEqual([state, unpaidEnd, latePayment], ["reversed", "refunded", null]);
    assert.deepEqual([closedOut, dueAtMs], [true, null]);
  });

  test("is still there where the trade is paid, and is asked about twice more", () => {
    const there = queried(asking.attempt, paid, 140_010, 140_050).attempt;
    assert.deepEqual([there.latePayment, there.dueAtMs], [late.latePayment, 740_000]);
    assert.equal(isMeasured(there), false);
    assert.equal(queriesUntilQuiet(at(late, refundRefused, 1e7), paid, 50), 3);
  });

  test("has gone where the trade is closed later, as the next question or a person's finds", () => {
    const there = queried(asking.attempt, paid, 140_010, 140_050).attempt;
    const next = at(there, { kind: "due" }, 740_000);
    assert.deepEqual(next.effects, [{ kind: "query" }]);
    assert.equal(queried(next.attempt, closed, 740_010, 740_050).attempt.unpaidEnd, "refunded");
    const last = queried(there, paid, 1e8, 1e8 + 10).attempt;
    assert.equal(last.dueAtMs, null);
    const asked = at(last, { kind: "query_asked" }, 2e8);
    assert.equal(queried(asked.attempt, closed, 2e8, 2e8 + 50).attempt.unpaidEnd, "refunded");
  });

  test("is asked about until there is an answer", () => {
    const silent = queried(asking.attempt, unknown, 140_010, 145_000).attempt;
    assert.ok((silent.dueAtMs ?? 0) > 145_000);
    const again = at(silent, { kind: "due" }, silent.dueAtMs ?? 0).attempt;
    assert.equal(queried(again, closed, 170_000, 170_010).attempt.latePayment, null);
  });

  test("stays where a question left before the refusal, or another refund was asked for since", () => {
    assert.notEqual(queried(asking.attempt, closed, 139_000, 140_050).attempt.latePayment, null);
    const again = at(asking.attempt, { kind: "refund_asked" }, 140_020).attempt;
    assert.notEqual(queried(again, closed, 140_010, 140_050).attempt.latePayment, null);
  });

  test("and accepted for goods that left was given back by somebody else", () => {
    const left = at(declined, { kind: "goods_left" }, 600).attempt;
    const seen = queried(left, paid, 130_000, 130_010).attempt;
    const accepted = queried(seen, paid, 130_020, 130_030).attempt;
    assert.equal(accepted.latePayment?.decision, "accept");
    const refused = at(accepted, refundRefused, 140_000).attempt;
    const gone = queried(refused, closed, 140_010, 140_050);
    const { state, latePayment, dueAtMs } = gone.attempt;
    assert.deepEqual([state, latePayment, dueAtMs], ["declined", accepted.latePayment, null]);
    assert.deepEqual(gone.effects, elsewhere);
  });
});

describe("a sale's money whose refund was refused", () => {
  const confirmed = queried(justPaid, paid, 2_600, 2_610).attempt;
  const dayMs = 86_400_000;
  const refused = at(confirmed, refundRefused, dayMs).attempt;
  const asking = at(refused, { kind: "due" }, dayMs);

  test("was given back by somebody else where the trade is closed, and the sale stays paid", () => {
    assert.deepEqual(asking.effects, [{ kind: "query" }]);
    assert.notEqual(queried(asking.attempt, closed, dayMs - 1, dayMs).attempt.dueAtMs, null);
    const gone = queried(asking.attempt, closed, dayMs + 10, dayMs + 50);
    const { state, confirmed: isSure, unpaidEnd, dueAtMs, lateSuspectAtMs } = gone.attempt;
    assert.deepEqual(
      [state, isSure, unpaidEnd, dueAtMs, lateSuspectAtMs],
      ["paid", true, null, null, null],
    );
    assert.deepEqual(gone.effects, elsewhere);
    const again = at(gone.attempt, { kind: "query_asked" }, 2 * dayMs).attempt;
    assert.deepEqual(queried(again, closed, 2 * dayMs, 2 * dayMs + 50).effects, []);
  });

  test("is asked about twice more where it is shown as paid, and lies ahead of no clock", () => {
    const there = queried(asking.attempt, paid, dayMs + 10, dayMs + 50).attempt;
    assert.equal(there.dueAtMs, dayMs + 600_000);
    const later = queried(there, notExist, dayMs + 600_000, dayMs + 600_050).attempt;
    assert.equal(liesAhead(alipayTiming, later, dayMs + 600_050), false);
    assert.equal(queriesUntilQuiet(at(confirmed, refundRefused, 1e7), paid, 50), 3);
  });

  test("of which a part was refunded before is asked about, confirmed or not; late money isn't", () => {
    const partly = { kind: "refund_refused", isProven: true } as const;
    const off = { ...alipayTiming, confirmPaid: "off" } as const;
    for (const timing of [alipayTiming, off])
      assert.equal(step(justPaid, partly, timing, dayMs).attempt.lateSuspectAtMs, dayMs);
    const suspected = queried(declined, paid, 130_000, 130_010).attempt;
    const late = queried(suspected, paid, 130_020, 130_030).attempt;
    assert.equal(at(late, partly, dayMs).ignored, "known");
  });

  test("is doubted no more once another refund of it was asked for", () => {
    const again = at(asking.attempt, { kind: "refund_asked" }, dayMs + 20).attempt;
    assert.deepEqual(queried(again, closed, dayMs + 10, dayMs + 50).effects, []);
  });
});

test("money that is known to have come late isn't cancelled to close its number out", () => {
  const suspected = queried(declined, paid, 130_000, 130_010).attempt;
  const late = queried(suspected, paid, 130_020, 130_030).attempt;
  const asked = at(late, { kind: "close_out_asked" }, 131_000);
  assert.deepEqual([asked.ignored, asked.effects], ["nothing_to_close_out", []]);
});

test("a bill that says paid ends a reversal that was given back and then refused for good", () => {
  const open = at(sent, { kind: "pay_answer", answer: unanswered }, 100).attempt;
  const reversing = at(open, { kind: "reverse_asked" }, 200).attempt;
  const back = cancelled(reversing, { kind: "reversed", action: "refund", code }, 300).attempt;
  const again = queried(back, paid, 310, 320).attempt;
  const refused = cancelled(again, { kind: "refused_for_good", code }, 400).attempt;
  const told = at(refused, { kind: "bill_paid", providerTradeNo: "P1" }, 90_000_000);
  assert.deepEqual(told.effects, [{ kind: "query" }]);
  assert.equal(queried(refused, paid, 90_000_000, 90_000_010).attempt.state, "reversing");
  assert.equal(queried(told.attempt, paid, 90_000_000, 90_000_010).attempt.state, "paid");
});
