/**
 * The machine against a small model of a provider that loses, delays, doubles and reorders everything. The model keeps
 * its own book; the test compares what was taken with what the attempt says.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { fen } from "../money/money.ts";
import type { CancelAnswer, PayAnswer, QueryAnswer } from "./answers.ts";
import type { Attempt } from "./attempt.ts";
import { newAttempt } from "./change.ts";
import type { AttemptEvent } from "./events.ts";
import { ATTEMPT_STATES, isLive } from "./states.ts";
import { step } from "./step.ts";
import { alipayTiming } from "./timing.ts";

const amountFen = fen(12_850);
const code = { code: "10000", subCode: null, message: null };
const unknown = { kind: "unknown", reason: "silence", code: null } as const;
const fresh = (): Attempt =>
  newAttempt(
    {
      merchantId: "M1",
      orderNo: "O1",
      saleId: "S1",
      terminalId: "T01",
      provider: "alipay",
      method: "code",
      amountFen,
    },
    0,
  );

/** A provider's book of one order, and the buyer. */
class Provider {
  trade: "none" | "waiting" | "paid" | "closed" = "none";
  taken = 0;
  readonly expiresAtMs: number;
  constructor(expiresAtMs: number) {
    this.expiresAtMs = expiresAtMs;
  }
  book(how: "paid" | "waiting" | "declined", nowMs: number): PayAnswer {
    if (this.trade === "paid") return { ...unknown, reason: "provider" };
    if (this.trade === "closed" || nowMs > this.expiresAtMs) return { kind: "declined", code };
    if (how === "declined") return { kind: "declined", code };
    this.trade = how;
    if (how === "paid") this.taken += amountFen;
    return how === "paid"
      ? { kind: "paid", trade: this.paidTrade(), code }
      : { kind: "awaiting_buyer", providerTradeNo: "P1", code };
  }
  confirm(nowMs: number): void {
    if (this.trade !== "waiting" || nowMs > this.expiresAtMs) return;
    this.trade = "paid";
    this.taken += amountFen;
  }
  query(nowMs: number): QueryAnswer {
    if (this.trade === "waiting" && nowMs > this.expiresAtMs) this.trade = "closed";
    switch (this.trade) {
      case "none":
        return { kind: "not_exist", code };
      case "waiting":
        return { kind: "waiting", providerTradeNo: "P1", code };
      case "paid":
        return { kind: "paid", trade: this.paidTrade(), code };
      case "closed":
        return { kind: "closed", providerTradeNo: "P1", code };
    }
  }
  cancel(): CancelAnswer {
    if (this.trade === "none") return { kind: "reversed", action: "none", code };
    const action = this.trade === "paid" ? "refund" : "close";
    if (this.trade === "paid") this.taken -= amountFen;
    this.trade = "closed";
    return { kind: "reversed", action, code };
  }
  paidTrade(): Extract<PayAnswer, { kind: "paid" }>["trade"] {
    return { orderNo: "O1", providerTradeNo: "P1", amountFen, payer: "138****0000", paidAtMs: 1 };
  }
}

interface Weather {
  readonly outcome: "paid" | "waiting" | "declined";
  /** For each message in turn: lost on the way there, lost on the way back, delays in ms. */
  readonly messages: readonly {
    readonly lostThere: boolean;
    readonly lostBack: boolean;
    readonly thereMs: number;
    readonly backMs: number;
  }[];
  readonly confirmAtMs: number | null;
  readonly stopAtMs: number | null;
  readonly crashAtMs: number | null;
  readonly notifyDelayMs: number | null;
}

const weather: fc.Arbitrary<Weather> = fc.record({
  outcome: fc.constantFrom("paid", "waiting", "declined"),
  messages: fc.array(
    fc.record({
      lostThere: fc.boolean(),
      lostBack: fc.boolean(),
      thereMs: fc.nat(80_000),
      backMs: fc.nat(20_000),
    }),
    { maxLength: 12 },
  ),
  confirmAtMs: fc.option(fc.nat(140_000)),
  stopAtMs: fc.option(fc.nat(80_000)),
  crashAtMs: fc.option(fc.nat(80_000)),
  notifyDelayMs: fc.option(fc.nat(120_000)),
});

/** Runs one attempt to its end under this weather, then through its later checks. */
function run(given: Weather): {
  readonly attempt: Attempt;
  readonly provider: Provider;
  readonly endedAtMs: number;
  readonly trail: readonly string[];
  readonly toldUnpaidWhileTaken: boolean;
} {
  const queue: { atMs: number; order: number; act: () => void }[] = [];
  let order = 0;
  let nowMs = 0;
  let message = 0;
  let attempt = fresh();
  let endedAtMs = -1;
  let toldUnpaidWhileTaken = false;
  let notified = false;
  const trail: string[] = [];
  const provider = new Provider(alipayTiming.payExpiresAfterMs);
  const at = (atMs: number, act: () => void): void =>
    void queue.push({ atMs, order: (order += 1), act });

  const send = <A>(serve: () => A, answered: (answer: A | null) => void): void => {
    const one = given.messages[message] ?? {
      lostThere: false,
      lostBack: false,
      thereMs: 20,
      backMs: 20,
    };
    message += 1;
    const timeoutAtMs = nowMs + alipayTiming.callTimeoutMs;
    if (one.lostThere) return at(timeoutAtMs, () => answered(null));
    const backAtMs = nowMs + one.thereMs + one.backMs;
    let reply: A | null = null;
    at(nowMs + one.thereMs, () => (reply = serve()));
    if (one.lostBack || backAtMs > timeoutAtMs) at(timeoutAtMs, () => answered(null));
    else at(backAtMs, () => answered(reply));
  };

  const apply = (event: AttemptEvent): void => {
    const done = step(attempt, event, alipayTiming, nowMs);
    if (done.ignored !== null) return;
    assert.ok(
      done.attempt.version === attempt.version + 1,
      "each change raises the version by one",
    );
    const moved = done.attempt.state !== attempt.state;
    if (moved)
      assert.ok(
        ATTEMPT_STATES[attempt.state].leavesTo.includes(done.attempt.state),
        `${attempt.state} -> ${done.attempt.state} on ${event.kind}`,
      );
    trail.push(
      `${nowMs} ${event.kind} ${"answer" in event ? event.answer.kind : ""} -> ${done.attempt.state}`,
    );
    attempt = done.attempt;
    if (moved && !isLive(attempt)) {
      endedAtMs = nowMs;
      if (attempt.state !== "paid" && provider.taken > 0) toldUnpaidWhileTaken = true;
    }
    for (const effect of done.effects) {
      const askedAtMs = nowMs;
      if (effect.kind === "pay")
        send(
          () => provider.book(given.outcome, nowMs),
          (answer) => apply({ kind: "pay_answer", answer: answer ?? unknown }),
        );
      if (effect.kind === "query")
        send(
          () => provider.query(nowMs),
          (answer) => apply({ kind: "query_answer", answer: answer ?? unknown, askedAtMs }),
        );
      if (effect.kind === "cancel")
        send(
          () => provider.cancel(),
          (answer) => apply({ kind: "cancel_answer", answer: answer ?? unknown, askedAtMs }),
        );
    }
    if (attempt.dueAtMs !== null) at(attempt.dueAtMs, () => apply({ kind: "due" }));
  };

  apply({ kind: "send" });
  if (given.confirmAtMs !== null) at(given.confirmAtMs, () => provider.confirm(nowMs));
  if (given.stopAtMs !== null) at(given.stopAtMs, () => apply({ kind: "stop_asked" }));
  if (given.crashAtMs !== null) at(given.crashAtMs, () => apply({ kind: "restart" }));
  for (let turns = 0; queue.length > 0; turns += 1) {
    assert.ok(turns < 5_000, `it never ends:\n${trail.slice(-30).join("\n")}`);
    queue.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    const next = queue.shift();
    if (next === undefined) break;
    nowMs = Math.max(nowMs, next.atMs);
    next.act();
    if (provider.trade === "paid" && !notified && given.notifyDelayMs !== null) {
      notified = true;
      const trade = provider.paidTrade();
      at(nowMs + given.notifyDelayMs, () =>
        apply({
          kind: "notified",
          notification: { notifyId: "N1", orderNo: "O1", status: "paid", trade },
        }),
      );
    }
  }
  return { attempt, provider, endedAtMs, trail, toldUnpaidWhileTaken };
}

describe("an attempt under every weather", () => {
  test("ends, and what it says is what was taken", () => {
    fc.assert(
      fc.property(weather, (given) => {
        const { attempt, provider, trail, toldUnpaidWhileTaken } = run(given);
        const story = trail.join("\n");
        assert.ok(!isLive(attempt), `still ${attempt.state}\n${story}`);
        const says = attempt.state === "paid" || attempt.latePayment !== null ? amountFen : 0;
        assert.equal(provider.taken, says, story);
        assert.ok(!toldUnpaidWhileTaken, `told "not paid" while the money was taken\n${story}`);
      }),
      { numRuns: 20_000, seed: 7 },
    );
  });

  test("is known within 75 s where the provider saw the order and answers", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("paid", "waiting", "declined"),
        fc.option(fc.nat(140_000)),
        fc.boolean(),
        (outcome, confirmAtMs, lostBack) => {
          const messages = [{ lostThere: false, lostBack, thereMs: 20, backMs: 20 }];
          const { endedAtMs } = run({
            outcome,
            messages,
            confirmAtMs,
            stopAtMs: null,
            crashAtMs: null,
            notifyDelayMs: null,
          });
          // A decline whose answer was lost leaves no trade: that is the case of "never saw it" below.
          const limitMs = outcome === "declined" && lostBack ? 150_000 : 75_000;
          assert.ok(endedAtMs <= limitMs, `${endedAtMs} ms`);
        },
      ),
      { seed: 7 },
    );
  });

  test("is known within 150 s where the request never arrived", () => {
    const messages = [{ lostThere: true, lostBack: true, thereMs: 0, backMs: 0 }];
    const { attempt, endedAtMs } = run({
      outcome: "paid",
      messages,
      confirmAtMs: null,
      stopAtMs: null,
      crashAtMs: null,
      notifyDelayMs: null,
    });
    assert.equal(attempt.unpaidEnd, "never_seen");
    assert.ok(endedAtMs <= 150_000, `${endedAtMs} ms`);
  });
});

describe("what proves nothing ends nothing", () => {
  const sent = step(fresh(), { kind: "send" }, alipayTiming, 0).attempt;
  const reasons = [
    "silence",
    "broken",
    "unreadable",
    "verify",
    "mismatch",
    "provider",
    "unlisted",
  ] as const;
  for (const reason of reasons) {
    test(`an answer that is unknown by ${reason}`, () => {
      const answer = { kind: "unknown", reason, code: null } as const;
      const after = step(sent, { kind: "pay_answer", answer }, alipayTiming, 10).attempt;
      assert.equal(after.state, "unknown");
      assert.equal(
        step(after, { kind: "query_answer", answer, askedAtMs: 3_010 }, alipayTiming, 3_020).attempt
          .state,
        "unknown",
      );
    });
  }

  test("a paid reply of another amount is no proof, and raises an incident", () => {
    const trade = {
      orderNo: "O1",
      providerTradeNo: "P1",
      amountFen: fen(1),
      payer: null,
      paidAtMs: 1,
    };
    const done = step(
      sent,
      { kind: "pay_answer", answer: { kind: "paid", trade, code } },
      alipayTiming,
      10,
    );
    assert.equal(done.attempt.state, "unknown");
    assert.deepEqual(done.effects, [{ kind: "incident", name: "amount_mismatch" }]);
  });

  test("no such trade is no end before the code and the request have died", () => {
    const open = step(sent, { kind: "pay_answer", answer: unknown }, alipayTiming, 10).attempt;
    const reversing = step(open, { kind: "reverse_asked" }, alipayTiming, 20).attempt;
    const answered = step(
      reversing,
      { kind: "cancel_answer", answer: { kind: "reversed", action: "none", code }, askedAtMs: 20 },
      alipayTiming,
      30,
    ).attempt;
    const early = step(
      answered,
      { kind: "query_answer", answer: { kind: "not_exist", code }, askedAtMs: 40 },
      alipayTiming,
      50,
    ).attempt;
    assert.equal(early.state, "reversing");
    const late = step(
      answered,
      { kind: "query_answer", answer: { kind: "not_exist", code }, askedAtMs: 120_001 },
      alipayTiming,
      120_010,
    ).attempt;
    assert.equal(late.unpaidEnd, "never_seen");
  });
});

describe("the reversal wins", () => {
  const sent = step(fresh(), { kind: "send" }, alipayTiming, 0).attempt;
  const open = step(sent, { kind: "pay_answer", answer: unknown }, alipayTiming, 10).attempt;
  const reversing = step(open, { kind: "reverse_asked" }, alipayTiming, 20).attempt;
  const trade = { orderNo: "O1", providerTradeNo: "P1", amountFen, payer: null, paidAtMs: 1 };

  test("a success asked before the reversal was answered moves nothing, and is noted", () => {
    const seen = step(
      reversing,
      { kind: "query_answer", answer: { kind: "paid", trade, code }, askedAtMs: 15 },
      alipayTiming,
      25,
    );
    const reversal = { ...reversing.reversal, sawPaid: true };
    const rest = { version: seen.attempt.version, queriesAsked: 1, providerTradeNo: "P1" };
    assert.deepEqual(seen.attempt, { ...reversing, reversal, ...rest });
    assert.deepEqual(seen.effects, []);
  });

  test("a success seen after an answered reversal is reversed again", () => {
    const answered = step(
      reversing,
      { kind: "cancel_answer", answer: { kind: "reversed", action: "none", code }, askedAtMs: 20 },
      alipayTiming,
      30,
    ).attempt;
    const again = step(
      answered,
      { kind: "query_answer", answer: { kind: "paid", trade, code }, askedAtMs: 40 },
      alipayTiming,
      50,
    );
    assert.equal(again.attempt.state, "reversing");
    assert.deepEqual(again.effects, [{ kind: "cancel" }]);
  });

  test("only a lasting refusal and a fresh success lead back to paid", () => {
    const refused = step(
      reversing,
      { kind: "cancel_answer", answer: { kind: "refused_for_good", code }, askedAtMs: 20 },
      alipayTiming,
      30,
    ).attempt;
    const paid = step(
      refused,
      { kind: "query_answer", answer: { kind: "paid", trade, code }, askedAtMs: 40 },
      alipayTiming,
      50,
    ).attempt;
    assert.equal(paid.state, "paid");
  });
});

describe("a success that the provider takes back", () => {
  const sent = step(fresh(), { kind: "send" }, alipayTiming, 0).attempt;
  const trade = { orderNo: "O1", providerTradeNo: "P1", amountFen, payer: null, paidAtMs: 1 };
  const paid = step(
    sent,
    { kind: "pay_answer", answer: { kind: "paid", trade, code } },
    alipayTiming,
    10,
  ).attempt;
  const contradicted = (attempt: Attempt, nowMs: number): Attempt =>
    step(
      attempt,
      { kind: "query_answer", answer: { kind: "not_exist", code }, askedAtMs: nowMs },
      alipayTiming,
      nowMs,
    ).attempt;

  test("once is an incident, twice and apart is a roll-back", () => {
    const once = contradicted(paid, 2_000);
    assert.equal(once.state, "paid");
    assert.equal(once.dueAtMs, 12_000);
    const twice = contradicted(once, 12_000);
    assert.equal(twice.state, "reversed");
    assert.equal(twice.unpaidEnd, "rolled_back");
  });

  test("a confirmed one stays", () => {
    const confirmed = step(
      paid,
      { kind: "query_answer", answer: { kind: "paid", trade, code }, askedAtMs: 2_000 },
      alipayTiming,
      2_010,
    ).attempt;
    assert.equal(contradicted(confirmed, 5_000).state, "paid");
  });
});

describe("late answers", () => {
  const sent = step(fresh(), { kind: "send" }, alipayTiming, 0).attempt;
  const trade = { orderNo: "O1", providerTradeNo: "P1", amountFen, payer: null, paidAtMs: 1 };
  const paidReply = { kind: "pay_answer", answer: { kind: "paid", trade, code } } as const;
  const open = step(sent, { kind: "pay_answer", answer: unknown }, alipayTiming, 10).attempt;
  const reversing = step(open, { kind: "reverse_asked" }, alipayTiming, 20).attempt;

  test("a pay reply that comes while it is being reversed never makes it paid", () => {
    const seen = step(reversing, paidReply, alipayTiming, 25);
    assert.deepEqual([seen.attempt.state, seen.effects], ["reversing", []]);
    const answered = step(
      reversing,
      { kind: "cancel_answer", answer: { kind: "reversed", action: "none", code }, askedAtMs: 20 },
      alipayTiming,
      30,
    ).attempt;
    assert.deepEqual(step(answered, paidReply, alipayTiming, 35).effects, [{ kind: "cancel" }]);
  });

  test("a success after an unpaid end only makes it ask; the answer to that question is the late payment (R4)", () => {
    const declined = step(
      sent,
      { kind: "pay_answer", answer: { kind: "declined", code } },
      alipayTiming,
      10,
    ).attempt;
    const check = {
      kind: "query_answer",
      answer: { kind: "paid", trade, code },
      askedAtMs: 130_000,
    } as const;
    const suspected = step(declined, check, alipayTiming, 130_010);
    assert.equal(suspected.attempt.latePayment, null);
    assert.deepEqual(suspected.effects, [{ kind: "query" }]);
    const proven = step(suspected.attempt, { ...check, askedAtMs: 130_020 }, alipayTiming, 130_030);
    assert.equal(proven.attempt.latePayment?.decision, "refund");
    assert.ok(proven.effects.some((effect) => effect.kind === "refund_late"));
  });

  test("it is accepted only where the goods left and no reversal was ever sent (R6)", () => {
    const declined = step(
      sent,
      { kind: "pay_answer", answer: { kind: "declined", code } },
      alipayTiming,
      10,
    ).attempt;
    const left = step(declined, { kind: "goods_left" }, alipayTiming, 20).attempt;
    const check = { kind: "query_answer", answer: { kind: "paid", trade, code } } as const;
    const suspected = step(left, { ...check, askedAtMs: 130_000 }, alipayTiming, 130_010).attempt;
    assert.equal(
      step(suspected, { ...check, askedAtMs: 130_020 }, alipayTiming, 130_030).attempt.latePayment
        ?.decision,
      "accept",
    );
    const closedOut = step(left, { kind: "close_out_asked" }, alipayTiming, 30).attempt;
    const again = step(
      { ...closedOut, reversal: { ...closedOut.reversal, outstanding: false } },
      { ...check, askedAtMs: 130_000 },
      alipayTiming,
      130_010,
    ).attempt;
    assert.equal(
      step(again, { ...check, askedAtMs: 130_020 }, alipayTiming, 130_030).attempt.latePayment
        ?.decision,
      "refund",
    );
  });
});
