/** What speaks against a broken line, and for how long; and which of several cards an outage is about. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  call,
  caseOf,
  firstOf,
  judge,
  printer,
  probe,
  reach,
  silence,
  verdictOf,
  wellBefore,
} from "../../../../test/diagnosis-support/evidence.ts";
import { unknownSale } from "../../../../test/diagnosis-support/sales.ts";
import { diagnose } from "../diagnose.ts";
import type { Evidence } from "../evidence.ts";

const far = ["router", "dns", "internet"] as const;
const every = (seconds: readonly number[], seen: (second: number) => readonly Evidence[]) =>
  seconds.flatMap(seen);
const cableOut = (...seconds: readonly number[]): readonly Evidence[] =>
  every(seconds, (s) => [
    reach(s + 0.015, "dns", "no_route"),
    reach(s + 0.013, "internet", "no_route"),
    reach(s, "interface", "down"),
  ]);
const routerSilent = (...seconds: readonly number[]): readonly Evidence[] =>
  every(seconds, (s) => far.map((target) => reach(s, target, "timeout")));

/** A hotspot that was tried and switched off by hand; the money never went over it. */
const wifiTried = (on: number, ...off: readonly number[]): readonly Evidence[] => [
  reach(on, "interface", null, 0, "wlan0"),
  ...off.map((s) => reach(s, "interface", "down", 0, "wlan0")),
];

test("an answer that was asked for before the cable went says nothing of it", () => {
  const answered = [probe(9.996), reach(9.996, "provider")];
  const cut = [...wellBefore, ...cableOut(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), ...answered];
  assert.equal(firstOf(judge(cut, [silence(2, "probe")])), "confirmed interface_down");
  assert.equal(firstOf(judge(cut)), "confirmed interface_down");
});

test("a card that the system calls off is belied by answers only as long as they come", () => {
  const off = [9, 8, 7, 6, 5, 4, 3, 2, 1].map((s) => reach(s, "interface", "down"));
  assert.equal(firstOf(judge(wellBefore, off, [probe(7)])), "confirmed interface_down");
  assert.equal(verdictOf(judge(wellBefore, off, [probe(7), probe(3)]), "network"), "ruled_out");
});

test("a card that isn't there any more hides no outage of the one in use", () => {
  const wifi = wifiTried(500, 470, 300);
  for (const [cut, cause] of [
    [cableOut(5, 4, 3, 2, 1), "interface_down"],
    [[reach(1, "interface"), ...routerSilent(5, 3, 1)], "router_silent"],
  ] as const) {
    const said = judge(wellBefore, wifi, cut, [silence(0.5, "probe")]);
    assert.equal(firstOf(said), `confirmed ${cause}`);
    assert.equal(verdictOf(said, "provider_api"), "not_known");
  }
});

test("a card that was switched off by hand is no outage, and hides none", () => {
  const wifi = wifiTried(80, 50, 40, 30, 20, 10, 1);
  const well = (["interface", ...far, "provider"] as const).map((target) => reach(12, target));
  const until = [...wellBefore, ...wifi, ...well, call(9, { asked: "pay", code: "10003" })];
  const cut = diagnose(caseOf({ evidence: [...until, ...cableOut(6, 5, 4, 3, 2, 1)] }));
  assert.equal(firstOf(cut), "confirmed interface_down");
  const paths = cut.first?.evidence.map(({ text }) => text.zh).join();
  assert.match(paths ?? "", /eth0/);
  assert.doesNotMatch(paths ?? "", /wlan0/);
  const silent = judge(until, [reach(1, "interface")], routerSilent(5, 3, 1));
  assert.equal(verdictOf(silent, "network"), "confirmed router_silent");
  assert.equal(verdictOf(judge(until), "network"), "ruled_out");
});

test("a card that only has a link doesn't answer for the one in use", () => {
  const cut = [...wellBefore, reach(1, "interface"), ...routerSilent(5, 3, 1)];
  const link = [reach(2, "interface", null, 0, "wlan0"), reach(2, "router", null, 3, "wlan0")];
  assert.equal(verdictOf(judge(cut, link), "network"), "confirmed router_silent");
  const works = reach(1, "internet", null, 40, "wlan0");
  assert.doesNotMatch(verdictOf(judge(cut, link, [works]), "network"), /router_silent/);
});

test("a router that says nothing while Alipay answers isn't blamed between two answers", () => {
  const router = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((s) => reach(s, "router", "timeout"));
  const answers = [probe(10.5), probe(7.5), probe(4.5)];
  const says = verdictOf(judge(wellBefore, [reach(1, "interface")], router, answers), "network");
  assert.equal(says, "ruled_out");
});

test("an answer counts against an outage until the next call is lost", () => {
  const until = [...wellBefore, reach(1, "interface"), ...routerSilent(20, 5, 3, 1)];
  const answered = probe(15);
  assert.equal(verdictOf(judge(until, [answered]), "network"), "ruled_out");
  const lost = silence(2, "probe");
  assert.equal(firstOf(judge(until, [answered, lost])), "confirmed router_silent");
  const names = [reach(14, "dns"), reach(14, "internet")];
  const gone = [...wellBefore, reach(1, "interface"), ...routerSilent(20, 18), ...names];
  assert.doesNotMatch(verdictOf(judge(gone), "network"), /router_silent/);
  assert.equal(firstOf(judge(gone, routerSilent(5, 3, 1))), "confirmed router_silent");
});

test("a printer that is gone is gone, whatever a card that nobody uses says", () => {
  const well = (["interface", ...far, "provider"] as const).map((target) => reach(2, target));
  const off = [printer(60, null), printer(1, "unreachable")];
  const said = judge(wellBefore, wifiTried(80, 50, 1), well, off);
  assert.equal(verdictOf(said, "device"), "confirmed unreachable");
  // A hub on this very computer answers whatever happens to the cable.
  const hub = [reach(300, "hub", null, 1, "lo"), reach(1, "hub", null, 1, "lo")];
  const cut = judge(wellBefore, hub, [reach(1, "interface", "down")], off);
  assert.equal(verdictOf(cut, "device"), "suspected unreachable");
});

const backSince = (...seconds: readonly number[]): readonly Evidence[] =>
  every(seconds, (s) => (["interface", ...far] as const).map((target) => reach(s, target)));

test("a charge that waited for the customer when the cable went keeps that cause once it is back", () => {
  const sale = unknownSale(60, { state: "awaiting_buyer" });
  const orderNo = sale.attempts[0]?.orderNo ?? "";
  const asked = call(55, { asked: "pay", orderNo, code: "10003" });
  const lost = [46, 40].map((s) => call(s, { orderNo, unknown: "silence", code: null, ms: 5_000 }));
  const cut = [...wellBefore, asked, ...cableOut(52, 48, 44, 40, 36), ...lost];
  const own = diagnose(caseOf({ evidence: [...cut, ...backSince(30, 20, 10, 1)], sale }));
  assert.equal(firstOf(own), "confirmed interface_down");
  assert.doesNotMatch(verdictOf(own, "provider_api"), /suspected/);
  assert.match(own.first?.nextStep.zh ?? "", /不要重复收款/);
  const heard = [...cut, ...backSince(30, 20, 10, 1), call(8, { orderNo, code: "10000" })];
  assert.equal(verdictOf(diagnose(caseOf({ evidence: heard, sale })), "network"), "ruled_out");
});

test("of two outages that a charge met the newest is shown, and one of a later question isn't its cause", () => {
  const sale = unknownSale(100);
  const orderNo = sale.attempts[0]?.orderNo ?? "";
  const silent = (s: number, asked: "pay" | "query"): Evidence =>
    call(s, { asked, orderNo, unknown: "silence", code: null, ms: 5_000 });
  const [first, second] = [cableOut(96, 92, 88), routerSilent(56, 54, 52, 50, 48)];
  const between = [...backSince(80, 70, 60), reach(50, "interface")];
  const after = backSince(40, 20, 1);
  const both = [...wellBefore, ...first, silent(90, "pay"), ...between, ...second, ...after];
  const asked = silent(49, "query");
  assert.equal(
    firstOf(diagnose(caseOf({ evidence: [...both, asked], sale }))),
    "confirmed router_silent",
  );
  const well = [...wellBefore, ...backSince(97, 93, 90, 86), silent(90, "pay"), ...between];
  const later = diagnose(caseOf({ evidence: [...well, ...second, ...after, asked], sale }));
  assert.doesNotMatch(verdictOf(later, "network"), /router_silent/);
});

test("what was lost before the line came back isn't the provider's silence", () => {
  const lost = [silence(9, "probe"), silence(6, "probe"), silence(3, "query")];
  const cut = [...wellBefore, ...routerSilent(14, 12, 10, 8, 6, 4), ...lost];
  const back = judge(cut, backSince(1));
  assert.equal(verdictOf(back, "provider_api"), "not_known");
  const missed = [reach(2, "internet", "timeout"), ...backSince(20, 10, 1)];
  assert.match(verdictOf(judge(wellBefore, missed, lost), "provider_api"), /provider_silent/);
});
