import assert from "node:assert/strict";
import { test } from "node:test";
import { hubTimeMs, learnHubClock } from "./hub-clock.ts";

const hub = 1_795_000_000_000;

test("the hub's time is reckoned from the middle of the round trip", () => {
  const clock = learnHubClock(null, { hubMs: hub, sentMs: 1_000, receivedMs: 1_040 });
  assert.equal(hubTimeMs(clock, 1_020), hub);
  assert.equal(hubTimeMs(clock, 6_020), hub + 5_000);
  assert.equal(clock.errorMs, 20);
});

test("a sharper sample replaces a blunt one, and a long poll doesn't blunt a sharp one", () => {
  const sharp = learnHubClock(null, { hubMs: hub, sentMs: 0, receivedMs: 4 });
  const poll = { hubMs: hub + 20_000, sentMs: 10, receivedMs: 20_002 };
  assert.equal(learnHubClock(sharp, poll), sharp);
  const blunt = learnHubClock(null, poll);
  const better = learnHubClock(blunt, { hubMs: hub + 20_010, sentMs: 20_009, receivedMs: 20_013 });
  assert.equal(hubTimeMs(better, 20_011), hub + 20_010);
});

test("what is known grows old: after an hour a sample of 50 ms is better than one of 2 ms", () => {
  const old = learnHubClock(null, { hubMs: hub, sentMs: 0, receivedMs: 2 });
  const fresh = { hubMs: hub + 3_600_050, sentMs: 3_600_000, receivedMs: 3_600_050 };
  assert.equal(learnHubClock(old, fresh).takenAtMs, 3_600_050);
});

test("a sample that can't be true beside what is known means that a clock jumped: it wins", () => {
  const known = learnHubClock(null, { hubMs: hub, sentMs: 0, receivedMs: 2 });
  const jumped = learnHubClock(known, {
    hubMs: hub + 86_400_000,
    sentMs: 1_000,
    receivedMs: 1_200,
  });
  assert.equal(hubTimeMs(jumped, 1_100), hub + 86_400_000);
});
