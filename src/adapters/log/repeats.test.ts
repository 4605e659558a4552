import assert from "node:assert/strict";
import { test } from "node:test";
import { newRepeats } from "./repeats.ts";

const full = { error: "Error: ledger.db: database or disk is full" };

test("a fault that lasts is told once, then every minute with how often it came", () => {
  const repeats = newRepeats();
  const told = Array.from({ length: 121 }, (_, second) =>
    repeats(second * 1_000, "timer_failed", full),
  ).filter((one) => one !== null);
  assert.deepEqual(told, [full, { ...full, repeated: 59 }, { ...full, repeated: 59 }]);
});

test("another event, another fault and another number are news; another count isn't", () => {
  const repeats = newRepeats();
  const isTold = (event: string, fields: Readonly<Record<string, unknown>>): boolean =>
    repeats(0, event, fields) !== null;
  assert.ok(isTold("evidence_not_kept", { rows: 1, ...full }));
  assert.ok(!isTold("evidence_not_kept", { rows: 14, ...full }));
  assert.ok(isTold("timer_failed", full));
  assert.ok(isTold("timer_failed", { error: "Error: disk I/O error" }));
  assert.ok(isTold("receipt_not_at_hub", { number: "T01-000001", ...full }));
  assert.ok(isTold("receipt_not_at_hub", { number: "T01-000002", ...full }));
});

test("what names no fault is always told", () => {
  const repeats = newRepeats();
  for (let times = 0; times < 3; times += 1)
    assert.deepEqual(repeats(0, "incident", { name: "code_reused" }), { name: "code_reused" });
});

test("many different faults don't fill the memory, and each is told", () => {
  const repeats = newRepeats();
  for (let number = 0; number < 1_000; number += 1)
    assert.ok(repeats(0, "failed", { error: `Error: ${number}` }) !== null);
});
