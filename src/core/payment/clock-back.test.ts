import assert from "node:assert/strict";
import { test } from "node:test";
import { fen } from "../money/money.ts";
import { newAttempt } from "./change.ts";
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

for (const method of ["code", "qr"] as const)
  for (const reachesState of ["sending", "unknown"] as const)
    test(`a start under a clock set back by hours: ${method}, ${reachesState}`, () => {
      const sentMs = 100 * hourMs;
      const created = newAttempt({ ...given, method }, sentMs);
      const sent = step(created, { kind: "send" }, alipayTiming, sentMs).attempt;
      const before =
        reachesState === "sending"
          ? sent
          : step(sent, { kind: "due" }, alipayTiming, sent.dueAtMs ?? 0).attempt;
      const nowMs = sentMs - 5 * hourMs;
      const after = step(before, { kind: "restart" }, alipayTiming, nowMs).attempt;
      const lifeMs = method === "qr" ? 120_000 : 90_000;
      assert.equal(after.state, "unknown");
      // A whole life from now on, since nobody knows how much of it has passed, and not the old clock's future.
      const provenMs = neverSeenProofAtMs(alipayTiming, after);
      assert.ok(provenMs >= nowMs + lifeMs + alipayTiming.proofMarginMs, "not too early");
      assert.ok(provenMs <= nowMs + lifeMs + alipayTiming.proofMarginMs + 1_000, "not for hours");
      assert.ok((after.dueAtMs ?? Infinity) <= nowMs + 10_000);
    });
