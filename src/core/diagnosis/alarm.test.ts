import assert from "node:assert/strict";
import { test } from "node:test";
import { alarms } from "./alarm.ts";
import type { Evidence, Reach, SelfCheckSeen } from "./evidence.ts";
import { emptyPicture, withEvidence } from "./picture.ts";

const router = (failure: Reach["failure"], atMs: number, path = "eth0"): Evidence => ({
  atMs,
  fact: { kind: "reach", target: "router", path, ms: failure === null ? 1 : null, failure },
});
const check = (good: boolean, atMs: number): Evidence => ({
  atMs,
  fact: { kind: "self_check", check: "version", good, detail: "" } satisfies SelfCheckSeen,
});

test("silence of what had answered is an alarm; of what never did, it isn't", () => {
  const never = withEvidence(emptyPicture, router("timeout", 1));
  assert.equal(alarms(never, router("timeout", 2)), false);
  const once = withEvidence(never, router(null, 3));
  assert.equal(alarms(once, router("timeout", 4)), true);
  assert.equal(alarms(once, router("timeout", 4, "wlan0")), false);
  assert.equal(alarms(once, router(null, 4)), false);
});

test("a check that begins to fail is an alarm once", () => {
  assert.equal(alarms(emptyPicture, check(false, 1)), true);
  assert.equal(alarms(withEvidence(emptyPicture, check(false, 1)), check(false, 2)), false);
  assert.equal(alarms(withEvidence(emptyPicture, check(true, 1)), check(false, 2)), true);
});
