import assert from "node:assert/strict";
import { test } from "node:test";
import { alarms } from "./alarm.ts";
import type { Evidence, Reach } from "./evidence.ts";
import { emptyPicture, withEvidence } from "./picture.ts";

const router = (failure: Reach["failure"], atMs: number, path = "eth0"): Evidence => ({
  atMs,
  fact: { kind: "reach", target: "router", path, ms: failure === null ? 1 : null, failure },
});

test("silence of what had answered is an alarm; of what never did, it isn't", () => {
  const never = withEvidence(emptyPicture, router("timeout", 1));
  assert.equal(alarms(router("timeout", 2), never), false);
  const once = withEvidence(never, router(null, 3));
  assert.equal(alarms(router("timeout", 4), once), true);
  assert.equal(alarms(router("timeout", 4, "wlan0"), once), false);
  assert.equal(alarms(router(null, 4), once), false);
});
