import assert from "node:assert/strict";
import { test } from "node:test";
import { fen } from "../money/money.ts";
import type { Attempt } from "./attempt.ts";
import { newAttempt } from "./change.ts";
import type { AttemptEvent } from "./events.ts";
import { step } from "./step.ts";
import { alipayTiming } from "./timing.ts";

const code = { code: "20000", subCode: "aop.ACQ.SYSTEM_ERROR", message: null };
const unknown = { kind: "unknown", reason: "provider", code } as const;
const at = (attempt: Attempt, event: AttemptEvent, nowMs: number): Attempt =>
  step(attempt, event, alipayTiming, nowMs).attempt;

test("a reversal whose query is never answered is asked about ever more slowly, and not too slowly", () => {
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
  const sent = at(created, { kind: "send" }, 0);
  const open = at(sent, { kind: "pay_answer", answer: unknown }, 100);
  const reversing = at(open, { kind: "reverse_asked" }, 200);
  const answer = { kind: "reversed", action: "close", code } as const;
  let attempt = at(reversing, { kind: "cancel_answer", answer, askedAtMs: 200 }, 300);
  const waits: number[] = [];
  for (let askedAtMs = 300; askedAtMs < 3_600_000;) {
    const nowMs = askedAtMs + 50;
    attempt = at(attempt, { kind: "query_answer", answer: unknown, askedAtMs }, nowMs);
    askedAtMs = attempt.dueAtMs ?? assert.fail("nothing asks any more");
    waits.push(askedAtMs - nowMs);
    attempt = at(attempt, { kind: "due" }, askedAtMs);
  }
  const { firstQueryAfterMs, cancelRetryMsMax } = alipayTiming;
  assert.deepEqual([waits[0], waits.at(-1)], [firstQueryAfterMs, cancelRetryMsMax]);
  assert.deepEqual(
    waits,
    waits.toSorted((a, b) => a - b),
  );
  assert.ok(waits.length < 270, `${waits.length} questions in an hour`);
});
