/** 网络问题, judged: one row for each thing that can break on the way, and for what only looks like it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  call,
  caseOf,
  computer,
  declined,
  down,
  elsewhere,
  firstOf,
  judge,
  probe,
  reach,
  silence,
  verdictOf,
  wellBefore,
  wellNow,
} from "../../../../test/diagnosis-support/evidence.ts";
import { unknownSale } from "../../../../test/diagnosis-support/sales.ts";
import { diagnose } from "../diagnose.ts";
import type { Evidence } from "../evidence.ts";

const all = ["interface", "router", "dns", "internet", "provider"] as const;
const beyond = ["dns", "internet", "provider"] as const;
const up = (...targets: readonly (typeof all)[number][]): readonly Evidence[] =>
  targets.map((target) => reach(1, target));

/** Ten looks in the last minute, `lost` of them unanswered. */
const samples = (
  target: "router" | "internet" | "dns",
  lost: number,
  ms: number,
): readonly Evidence[] =>
  Array.from({ length: 10 }, (_, at) =>
    reach(50 - at * 5, target, at % 2 === 1 && at < lost * 2 ? "timeout" : null, ms),
  );

const rows: readonly (readonly [
  what: string,
  says: string,
  ...(readonly (readonly Evidence[])[]),
])[] = [
  ["nothing was observed", "not_known"],
  ["all rungs answer", "ruled_out", wellNow],
  ["a verified answer alone", "ruled_out", [call(3)]],
  ["one lost packet", "ruled_out", wellNow, [reach(0.5, "internet", "timeout")], [call(1)]],
  [
    "cable out: one look is enough",
    "confirmed interface_down",
    wellBefore,
    [reach(1, "interface", "down")],
  ],
  ["no address", "confirmed no_address", wellBefore, [reach(1, "interface", "no_address")]],
  [
    "router gone",
    "confirmed router_silent",
    wellBefore,
    up("interface"),
    down("timeout", "router", ...beyond),
  ],
  [
    "a router that never answered isn't missed",
    "ruled_out",
    [reach(300, "internet")],
    down("timeout", "router"),
    up("internet", "provider"),
  ],
  [
    "the line is down",
    "confirmed line_down",
    wellBefore,
    up("interface", "router"),
    down("timeout", ...beyond),
  ],
  [
    "the line is down, the router never answered",
    "suspected line_down",
    [reach(300, "internet"), reach(300, "dns")],
    up("interface"),
    down("timeout", ...beyond),
  ],
  [
    "internet that never answered says nothing",
    "suspected answer_missing",
    up("interface", "router"),
    [reach(4, "internet", "timeout"), reach(2, "internet", "timeout")],
    [silence(1)],
  ],
  [
    "a computer that hangs proves nothing",
    "suspected line_down",
    wellBefore,
    up("interface", "router"),
    down("timeout", ...beyond),
    [computer(1, { loopDelayMs: 4_000 })],
  ],
  [
    "an answer since the trouble began",
    "ruled_out",
    wellBefore,
    up("interface", "router"),
    down("timeout", ...beyond),
    [call(1)],
  ],
  [
    "names can't be looked up",
    "confirmed dns_failing",
    wellBefore,
    up("interface", "router", "internet"),
    down("no_name", "dns", "provider"),
  ],
  [
    "names can't be looked up, and the provider's address is still known",
    "suspected dns_failing",
    wellBefore,
    up("interface", "router", "internet"),
    down("no_name", "dns"),
    [call(1)],
  ],
  [
    "names come and go",
    "suspected dns_failing",
    wellBefore,
    samples("router", 0, 2),
    samples("internet", 0, 40),
    samples("dns", 3, 20),
  ],
  [
    "the provider's answer is broken off: it was reached",
    "ruled_out",
    wellBefore,
    up("interface", "router", "dns", "internet"),
    down("bad_answer", "provider"),
    [call(1, { unknown: "broken", code: null, httpStatus: 200 })],
  ],
  [
    "a login page",
    "confirmed login_page",
    wellBefore,
    up("interface", "router"),
    [reach(1, "internet", "portal")],
  ],
  [
    "packets get lost outside",
    "confirmed line_unstable",
    wellBefore,
    samples("router", 0, 2),
    samples("internet", 3, 40),
  ],
  [
    "packets get lost inside",
    "confirmed lan_unstable",
    wellBefore,
    samples("router", 3, 2),
    samples("internet", 3, 40),
  ],
  [
    "one outage that is over is no unstable line",
    "ruled_out",
    wellBefore,
    [40, 35, 30, 25, 20].map((one) => reach(one, "internet")),
    down("timeout", "internet"),
    wellNow,
  ],
  [
    "a slow line",
    "confirmed line_slow",
    wellBefore,
    samples("router", 0, 2),
    samples("internet", 0, 1_900),
  ],
  [
    "only the provider can't be reached",
    "suspected provider_path",
    wellBefore,
    up("interface", "router", "dns", "internet"),
    down("timeout", "provider"),
    [silence(1)],
  ],
  [
    "others reach it",
    "confirmed provider_path",
    wellBefore,
    up("interface", "router", "dns", "internet"),
    down("timeout", "provider"),
    [elsewhere(1, 3, 0)],
  ],
  [
    "refused is no matter of the way",
    "not_known",
    wellBefore,
    up("interface", "router", "dns"),
    down("refused", "provider"),
  ],
  [
    "nor is a connection that is ended there",
    "not_known",
    wellBefore,
    up("interface", "router", "dns"),
    down("reset", "provider"),
  ],
  ["a call was lost, nothing probed yet", "suspected answer_missing", [silence(1)]],
  [
    "a call was lost, the internet answers since",
    "ruled_out",
    wellBefore,
    [silence(3)],
    up("internet"),
  ],
  ["a probe's query is answered", "ruled_out", [silence(5), probe(1)]],
  [
    "the payment came too late",
    "confirmed ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR",
    wellNow,
    [declined(2, "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR")],
  ],
  [
    "another path works",
    "ruled_out",
    wellBefore,
    [reach(1, "interface", "down")],
    [reach(1, "interface", null, 1, "wlan0"), reach(1, "internet", null, 30, "wlan0")],
  ],
];

test("just after the router came back nothing beyond it is said to be broken", () => {
  const cut = [...wellBefore, ...down("timeout", "router", "dns", "internet", "provider")];
  const says = (...back: readonly Evidence[]): string =>
    verdictOf(judge(cut, [silence(5, "probe")], back), "network");
  assert.doesNotMatch(says(reach(1, "router")), /line_down|dns_failing/);
  assert.doesNotMatch(says(reach(1, "router"), reach(0, "internet")), /line_down|dns_failing/);
  assert.match(
    says(reach(1.5, "router"), reach(1, "internet", "timeout"), reach(0.5, "internet", "timeout")),
    /line_down/,
  );
});

test("a charge that was lost on a broken line keeps that cause once the line is back", () => {
  const sale = unknownSale(40);
  const orderNo = sale.attempts[0]?.orderNo ?? "";
  const lost = call(30, { asked: "pay", orderNo, unknown: "silence", code: null, ms: 5_000 });
  const far = ["router", "dns", "internet", "provider"] as const;
  const cut = [33, 31, 29, 27].flatMap((s) => far.map((target) => reach(s, target, "timeout")));
  const back = [20, 10, 1].flatMap((s) => far.map((target) => reach(s, target)));
  const evidence = [...wellBefore, reach(33, "interface"), ...cut, lost, ...back, probe(9)];
  const own = diagnose(caseOf({ evidence, sale }));
  assert.equal(firstOf(own), "confirmed router_silent");
  assert.match(own.first?.nextStep.zh ?? "", /网络已经恢复.*不要重复收款/);
  assert.doesNotMatch(verdictOf(own, "provider_api"), /suspected/);
  assert.equal(verdictOf(diagnose(caseOf({ evidence })), "network"), "ruled_out");
  const wellThen = evidence.filter(({ fact }) => fact.kind !== "reach" || fact.failure === null);
  assert.match(verdictOf(diagnose(caseOf({ evidence: wellThen, sale })), "provider_api"), /silent/);
});

test("a router that answers again is no network that is back", () => {
  const sale = unknownSale(40);
  const orderNo = sale.attempts[0]?.orderNo ?? "";
  const lost = call(13, { asked: "pay", orderNo, unknown: "silence", code: null, ms: 5_000 });
  const far = ["router", "dns", "internet", "provider"] as const;
  const cut = [16, 14, 12].flatMap((s) => far.map((target) => reach(s, target, "timeout")));
  const until = [...wellBefore, reach(16, "interface"), ...cut.slice(0, 8), lost, ...cut.slice(8)];
  const says = (...since: readonly Evidence[]): string => {
    const own = diagnose(caseOf({ evidence: [...until, ...since], sale }));
    assert.equal(firstOf(own), "confirmed router_silent");
    return own.first?.nextStep.zh ?? "";
  };
  const router = [reach(1, "interface"), reach(1, "router")];
  assert.match(says(...router), /有没有恢复还在检查.*不要重复收款/);
  assert.match(says(...router, reach(1, "dns")), /还在检查/);
  for (const back of [reach(1, "internet"), reach(1, "provider"), probe(1)])
    assert.match(says(...router, back), /网络已经恢复/);
});

test("an answer of the internet while the call was out clears the line as well as one after it", () => {
  const lost = call(3, { asked: "pay", unknown: "silence", code: null, ms: 5_000 });
  const says = (seconds: number): string =>
    verdictOf(judge(wellBefore, [lost, reach(seconds, "internet")]), "network");
  assert.match(says(6), /^(?!suspected)/);
  assert.equal(says(9), "suspected answer_missing");
});

for (const [what, says, ...evidence] of rows) {
  test(`${what}: ${says}`, () => assert.equal(verdictOf(judge(...evidence), "network"), says));
}

test("evidence grows old: what was broken two minutes ago says nothing about now", () => {
  const diagnosis = judge(wellBefore, [reach(120, "interface", "down")]);
  assert.equal(verdictOf(diagnosis, "network"), "not_known");
});

test("good answers are not gone after hundreds of bad ones: the baseline stays", () => {
  const long = Array.from({ length: 600 }, (_, at) =>
    beyond.map((target) => reach(1_600 - at * 2.6, target, "timeout")),
  ).flat();
  const early = all.map((target) => reach(1_700, target));
  const diagnosis = judge(early, long, up("interface", "router"), down("timeout", ...beyond));
  assert.equal(verdictOf(diagnosis, "network"), "confirmed line_down");
});

const seconds = (from: number, to: number): readonly number[] =>
  Array.from({ length: from - to + 1 }, (_, at) => from - at);
const lost = (from: number, to: number, ...targets: readonly (typeof all)[number][]) =>
  seconds(from, to).flatMap((s) => targets.map((target) => reach(s, target, "timeout")));
const good = (from: number, to: number, ...targets: readonly (typeof all)[number][]) =>
  seconds(from, to).flatMap((s) => targets.map((target) => reach(s, target)));
const lan = ["router", "dns", "internet"] as const;

test("what was lost while the cable was out proves no unstable line once it is back", () => {
  const out = [
    ...seconds(40, 20).map((s) => reach(s, "interface", "down")),
    ...seconds(40, 20).flatMap((s) => lan.map((target) => reach(s, target, "no_route"))),
  ];
  const back = [...good(19, 1, "interface", "router"), ...lost(19, 18, "dns", "internet")];
  const well = [...good(17, 15, "dns", "internet"), ...good(13, 1, "dns", "internet")];
  const story = [...wellBefore, ...good(50, 41, ...all), ...out, ...back, ...well];
  const says = (...more: readonly Evidence[]): string => verdictOf(judge(story, more), "network");
  assert.equal(says(), "ruled_out");
  assert.equal(says(reach(14, "internet", "timeout"), reach(14, "dns", "timeout")), "ruled_out");
  // The line itself loses packets since.
  const lossy = [14, 11.5, 9.5, 7.5, 5.5, 3.5].map((s) => reach(s, "internet", "timeout"));
  assert.equal(says(...lossy), "confirmed line_unstable");
});

test("a router that was off for a while, and then missed once, is no unstable network", () => {
  const off = [...good(50, 1, "interface"), ...lost(40, 20, ...lan), ...good(19, 1, ...lan)];
  const missed = lan.map((target) => reach(16.5, target, "timeout"));
  const story = [...wellBefore, ...good(50, 41, ...lan)];
  assert.equal(verdictOf(judge(story, off, missed), "network"), "ruled_out");
  const often = [16.5, 14.5, 12.5, 10.5, 8.5, 6.5, 4.5].map((s) => reach(s, "router", "timeout"));
  assert.equal(verdictOf(judge(story, off, often), "network"), "confirmed lan_unstable");
});

test("a router that never answers hides no loss beyond it", () => {
  const mute = lost(59, 1, "router");
  const story = [reach(300, "internet"), ...good(59, 1, "interface"), ...mute];
  const lossy = [
    ...good(59, 1, "internet"),
    ...seconds(55, 20)
      .map((s) => s + 0.5)
      .filter((_, at) => at % 2 === 0)
      .map((s) => reach(s, "internet", "timeout")),
  ];
  assert.equal(verdictOf(judge(story, lossy), "network"), "confirmed line_unstable");
});
