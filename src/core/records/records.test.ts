import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseChinaTime } from "../rules/time.ts";
import {
  dated,
  joined,
  noRecords,
  type Notice,
  noticePhase,
  type Qualification,
  qualificationState,
  qualificationSeen,
} from "./records.ts";

const at = (text: string): number => parseChinaTime(text) ?? Number.NaN;
const licence: Qualification = {
  id: "licence",
  what: "licence",
  state: "valid",
  untilMs: at("2026-12-31 23:59:59"),
  note: "",
  source: "operator 01",
};

test("a licence is valid, then expiring, then expired, by its date alone", () => {
  const stateAt = (text: string): string => qualificationState(licence, at(text), 30);
  assert.equal(stateAt("2026-11-30"), "valid");
  assert.equal(stateAt("2026-12-02"), "expiring");
  assert.equal(stateAt("2026-12-31 23:59:59"), "expiring");
  assert.equal(stateAt("2027-01-01"), "expired");
});

test("what is frozen or missing stays so whatever its date, and a limited one can expire", () => {
  const one = (state: Qualification["state"], now: string): string =>
    qualificationState({ ...licence, state }, at(now), 30);
  assert.equal(one("frozen", "2027-06-01"), "frozen");
  assert.equal(one("missing", "2026-06-01"), "missing");
  assert.equal(one("limited", "2026-12-30"), "limited");
  assert.equal(one("limited", "2027-06-01"), "expired");
});

test("without an end nothing ever expires", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (nowMs) => {
      assert.equal(qualificationSeen({ ...licence, untilMs: null }, nowMs, 30).state, "valid");
    }),
  );
});

const notice: Notice = {
  id: "n1",
  scope: "provider",
  fromMs: at("2026-11-29 02:00"),
  untilMs: at("2026-11-29 04:00"),
  title: "系统升级",
  source: "operator 01",
};

test("a notice lies ahead, is now, and is over", () => {
  assert.equal(noticePhase(notice, at("2026-11-29 01:59:59")), "ahead");
  assert.equal(noticePhase(notice, at("2026-11-29 02:00")), "now");
  assert.equal(noticePhase(notice, at("2026-11-29 04:00")), "now");
  assert.equal(noticePhase(notice, at("2026-11-29 04:00:01")), "over");
});

test("what a person entered counts before what the feed tells under the same id", () => {
  const byFeed = { qualifications: [{ ...licence, state: "frozen" as const }], notices: [notice] };
  const both = joined({ qualifications: [licence], notices: [] }, byFeed);
  assert.deepEqual(both, { qualifications: [licence], notices: [notice] });
});

test("what a feed goes on telling keeps the time of its first word; a change is a new one", () => {
  const frozen = { ...licence, state: "frozen" as const };
  const told = (one: Qualification) => ({ qualifications: [one], notices: [] });
  const first = dated(told(frozen), noRecords, 1_000);
  assert.equal(first.qualifications[0]?.saidAtMs, 1_000);
  assert.deepEqual(dated(told(frozen), first, 2_000), first);
  const changed = dated(told({ ...frozen, note: "again" }), first, 3_000);
  assert.equal(changed.qualifications[0]?.saidAtMs, 3_000);
  assert.equal(qualificationSeen(frozen, 5_000, 30).saidAtMs, undefined);
});
