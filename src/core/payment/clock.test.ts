import assert from "node:assert/strict";
import { test } from "node:test";
import { fen } from "../money/money.ts";
import type { Attempt } from "./attempt.ts";
import { newAttempt } from "./change.ts";
import type { AttemptEvent } from "./events.ts";
import { step } from "./step.ts";
import { alipayTiming, neverSeenProofAtMs } from "./timing.ts";

const hourMs = 3_600_000;
const given = {
  merchantId: "M1",
  orderNo: "O1",
  saleId: "S1",
  terminalId: "T01",
  provider: "alipay",
  amountFen: fen(2_000),
} as const;

const lifeMs = { code: 90_000, qr: 120_000 } as const;
const reached = {
  sending: (sent: Attempt) => sent,
  unknown: (sent: Attempt) => at(sent, { kind: "due" }, sent.dueAtMs ?? 0),
  reversing: (sent: Attempt) =>
    at(at(sent, { kind: "due" }, sent.dueAtMs ?? 0), { kind: "reverse_asked" }, sent.dueAtMs ?? 0),
} as const;

const at = (attempt: Attempt, event: AttemptEvent, nowMs: number): Attempt =>
  step(attempt, event, alipayTiming, nowMs).attempt;

// Set back, or leapt ahead: nothing tells a start how long it was away.
for (const byMs of [-5 * hourMs, -10, 10, 5 * hourMs])
  for (const method of ["code", "qr"] as const)
    for (const [state, reach] of Object.entries(reached))
      test(`a start under a clock that is off by ${byMs} ms: ${method}, ${state}`, () => {
        const sentMs = 100 * hourMs;
        const created = newAttempt({ ...given, method }, sentMs);
        const before = reach(at(created, { kind: "send" }, sentMs));
        const nowMs = sentMs + byMs;
        const after = at(before, { kind: "restart" }, nowMs);
        assert.equal(after.state, state === "reversing" ? "reversing" : "unknown");
        // A whole life from now on, since nobody knows how much of it has passed, and not the old clock's future.
        const provenMs = neverSeenProofAtMs(alipayTiming, after);
        const wholeMs = lifeMs[method] + alipayTiming.proofMarginMs;
        assert.ok(provenMs >= nowMs + wholeMs, "not too early");
        assert.ok(provenMs <= nowMs + wholeMs + 1_000, "not for hours");
        assert.ok((after.dueAtMs ?? Infinity) <= nowMs + 10_000);
      });
