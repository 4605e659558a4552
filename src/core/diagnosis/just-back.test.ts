/** When the line is back, or a window is over, one state is told at a time: headline, advice, step, light and evidence agree. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  call,
  caseOf,
  notice,
  nowMs,
  probe,
  reach,
  verdictOf,
  wellBefore,
} from "../../../test/diagnosis-support/evidence.ts";
import { unknownSale } from "../../../test/diagnosis-support/sales.ts";
import type { Case } from "./case.ts";
import { diagnose } from "./diagnose.ts";
import type { Evidence, Target } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { gateOf } from "./gate.ts";
import { freshGuide, guideOn, guideView } from "./guide/guide.ts";

const far = ["router", "dns", "internet", "provider"] as const;
const all: readonly Target[] = ["interface", ...far];
const every = (from: number, to: number): readonly number[] =>
  Array.from({ length: from - to + 1 }, (_, at) => from - at);
const sale = unknownSale(60);
const orderNo = sale.attempts[0]?.orderNo ?? "";
const lostCall = (seconds: number, asked: "pay" | "query", ms: number): Evidence =>
  call(seconds, { asked, orderNo, unknown: "silence", code: null, ms });

/** Unplugged from 57 to 20 seconds ago; then each thing on the way answers a second after what is nearer. */
const story: readonly Evidence[] = [
  ...wellBefore,
  ...every(60, 58).flatMap((s) => all.map((target) => reach(s, target))),
  ...every(57, 20).flatMap((s) => [
    ...far.map((target) => reach(s + 0.01, target, "no_route")),
    reach(s, "interface", "down"),
  ]),
  lostCall(55, "pay", 4_000),
  ...[48, 42, 36, 30, 24].map((s) => lostCall(s, "query", 20)),
  ...[49, 43, 37, 31, 25, 21].map((s) => probe(s, "silence")),
  ...every(19, 1).map((s) => reach(s, "interface")),
  ...["router", "dns", "internet", "provider"].map((target) =>
    reach(18.5, target as Target, "timeout"),
  ),
  ...every(17, 1).map((s) => reach(s - 0.1, "router")),
  ...every(17, 17).flatMap((s) => [
    reach(s - 0.2, "dns", "timeout"),
    reach(s - 0.3, "internet", "timeout"),
  ]),
  ...every(16, 1).flatMap((s) => [reach(s - 0.2, "dns"), reach(s - 0.3, "internet")]),
  reach(15.4, "provider", "timeout"),
  ...every(14, 1).map((s) => reach(s, "provider")),
  probe(13),
];

const caseAt = (secondsAgo: number, of: "sale" | "box"): Case => {
  const atMs = nowMs - secondsAgo * 1_000;
  const evidence = story.filter((one) => one.atMs <= atMs);
  return caseOf(of === "sale" ? { evidence, sale, atMs } : { evidence, atMs, unsettled: [sale] });
};

const stillOut = /现在发不出|没有接通：|插紧|断电重启|重启光猫|去支付宝的线路不通|网络是通的/;
const wordsOf = ({ title, explain, nextStep }: Finding): string =>
  [title, explain, nextStep].map(({ zh }) => zh).join("|");

for (const secondsAgo of [18.9, 18.2, 17.4, 16.85, 16.65, 15.9])
  test(`${20 - secondsAgo} s after the cable is back: it is being asked, and nothing is said to be out`, () => {
    const own = diagnose(caseAt(secondsAgo, "sale")).first ?? assert.fail("no cause");
    assert.equal(own.cause, "interface_down");
    assert.match(wordsOf(own), /当时没有接上网络.*正在一段一段地查.*还在检查/);
    assert.doesNotMatch(wordsOf(own), stillOut);
    const given = caseAt(secondsAgo, "box");
    const box = diagnose(given);
    assert.deepEqual([box.first?.cause, box.first?.verdict], ["line_back", "confirmed"]);
    assert.equal(verdictOf(box, "provider_api"), "not_known");
    const { network, provider, refusal } = gateOf({
      given,
      diagnosis: box,
      provider: { state: "answering", failuresInARow: 0 },
      printer: { condition: null, paperLow: false, reachable: true, heard: "now", checkedAtMs: 1 },
      receiptLinks: true,
      overriddenUntilMs: null,
    });
    assert.deepEqual([network.light, network.text.zh], ["red", "网络刚接通，正在检查"]);
    assert.deepEqual([provider.light, refusal], ["green", "gate_network_down"]);
  });

test("once something far away answers, the line is told as back, since when, and never later again", () => {
  for (const secondsAgo of [15.65, 14.9, 12, 8, 1]) {
    const own = diagnose(caseAt(secondsAgo, "sale")).first ?? assert.fail("no cause");
    assert.equal(own.cause, "interface_down");
    assert.match(wordsOf(own), /11:59:44 起网络已恢复.*网络已经恢复/);
    assert.doesNotMatch(wordsOf(own), stillOut);
    assert.doesNotMatch(verdictOf(diagnose(caseAt(secondsAgo, "box")), "network"), /confirmed/);
  }
});

test("the guide goes from the cable to the order, over no router that nobody has asked yet", () => {
  const nows: string[] = [];
  let memory = freshGuide;
  for (const secondsAgo of [50, 40, 18.9, 18.2, 17.4, 16.65, 15.65, 14.9, 12, 1]) {
    const given = caseAt(secondsAgo, "sale");
    const facts = { given, diagnosis: diagnose(given), sinceMs: nowMs - 56_000 };
    memory = guideOn(memory, facts);
    const steps = guideView(memory, facts, null);
    const now = steps.find(({ state }) => state === "now")?.id ?? "none";
    if (now !== nows.at(-1)) nows.push(now);
    if (secondsAgo < 20)
      assert.equal(steps.find(({ state }) => state === "done")?.id, "reseat_cable");
  }
  assert.deepEqual(nows, ["reseat_cable", "check_order"]);
});

test("a router that stays silent after the cable is back is named", () => {
  const until = story.filter(({ atMs }) => atMs <= nowMs - 19_000);
  const silent = [17.5, 16.5, 15.5].flatMap((s) => [
    reach(s, "interface"),
    ...far.map((target) => reach(s, target, "timeout")),
  ]);
  const given = caseOf({ evidence: [...until, ...silent], atMs: nowMs - 15_000 });
  assert.equal(verdictOf(diagnose(given), "network"), "confirmed router_silent");
});

test("a window that is over, or answers again, is told as that to whoever was charged in it", () => {
  const well = all.map((target) => reach(55, target));
  const lost = lostCall(50, "pay", 4_000);
  const said = (untilSeconds: number, ...more: readonly Evidence[]) => {
    const evidence = [...wellBefore, ...well, lost, notice("provider", 600, untilSeconds), ...more];
    const given = caseOf({ evidence, sale });
    const diagnosis = diagnose(given);
    const own = diagnosis.first ?? assert.fail("no cause");
    assert.equal(own.cause, "announced_maintenance");
    const facts = { given, diagnosis, sinceMs: nowMs - 45_000 };
    const guide = guideView(guideOn(freshGuide, facts), facts, null);
    const now = guide.find(({ state }) => state === "now")?.text.zh ?? "";
    return { words: wordsOf(own), now };
  };
  const running = said(-600);
  assert.match(`${running.words} ${running.now}`, /等维护结束.*等维护结束/);
  const over = said(20);
  assert.match(over.words, /时段 11:59:40 已结束，现在通不通正在问/);
  const answers = [probe(8), probe(3)];
  for (const back of [said(20, ...answers), said(-600, ...answers)])
    assert.match(back.words, /11:59:52 起又有应答/);
  for (const { words, now } of [over, said(20, ...answers), said(-600, ...answers)])
    assert.doesNotMatch(words + now, /等维护结束|会中断或变慢/);
});

/** The line is down from 57 to 20 seconds ago; the probes are slow, and need three of them to be sure. */
const slowly: readonly Evidence[] = [
  ...wellBefore,
  ...every(60, 1).flatMap((s) => [reach(s, "interface"), reach(s, "router")]),
  ...[60, 58, 18, 14, 10, 6, 2].flatMap((s) => [reach(s, "internet"), reach(s, "provider")]),
  ...[52.5, 47, 43, 38, 33, 28, 23].flatMap((s) => [
    reach(s, "internet", "timeout"),
    reach(s, "provider", "timeout"),
  ]),
  lostCall(53, "pay", 5_000),
  ...[47, 41, 35, 29, 23].map((s) => lostCall(s, "query", 2_000)),
  probe(13),
];

test("a line whose break was proven only long after the charge was lost stays its cause once it is back", () => {
  const judged = diagnose(caseOf({ evidence: slowly, sale }));
  assert.equal(judged.first?.cause, "line_down");
  assert.match(wordsOf(judged.first ?? assert.fail()), /网络已经恢复/);
  assert.doesNotMatch(wordsOf(judged.first ?? assert.fail()), stillOut);
});

test("a login page that answered in Alipay's place stays the cause after the login", () => {
  const unreadable = (s: number, asked: "pay" | "query"): Evidence =>
    call(s, { asked, orderNo, unknown: "unreadable", code: null, ms: 30 });
  const evidence = [
    ...wellBefore,
    ...every(60, 1).flatMap((s) => [reach(s, "interface"), reach(s, "router")]),
    ...[60, 58].flatMap((s) => [reach(s, "internet"), reach(s, "provider")]),
    unreadable(56, "pay"),
    ...every(55, 20).map((s) => reach(s, "provider", "portal")),
    ...[50, 40, 30].map((s) => unreadable(s, "query")),
    ...every(15, 1).flatMap((s) => [reach(s, "internet"), reach(s, "provider")]),
    probe(13),
  ];
  const judged = diagnose(caseOf({ evidence, sale }));
  assert.equal(judged.first?.cause, "login_page");
  assert.equal(verdictOf(judged, "provider_api"), "ruled_out");
  // What can't be read without one is Alipay's own.
  const without = evidence.filter(({ fact }) => fact.kind !== "reach" || fact.failure === null);
  assert.equal(diagnose(caseOf({ evidence: without, sale })).first?.cause, "provider_unreadable");
});

test("what was lost on the line that is back isn't Alipay's silence, nor does the gate stop for it", () => {
  const given = caseAt(12, "box");
  const { provider, refusal } = gateOf({
    given: {
      ...given,
      picture: {
        ...given.picture,
        provider_call:
          given.picture.provider_call?.filter(({ fact }) => fact.unknown !== null) ?? [],
      },
    },
    diagnosis: diagnose(given),
    provider: { state: "failing", failuresInARow: 6 },
    printer: { condition: null, paperLow: false, reachable: true, heard: "now", checkedAtMs: 1 },
    receiptLinks: true,
    overriddenUntilMs: null,
  });
  assert.doesNotMatch(provider.text.zh, /没有应答/);
  assert.equal(refusal, null);
});

test("an announced window of the line stays the cause of what was lost in it, once both are over", () => {
  const window = notice("network", 60, 19);
  const judged = diagnose(caseOf({ evidence: [...slowly, window], sale }));
  assert.equal(judged.first?.cause, "network_maintenance");
  assert.doesNotMatch(wordsOf(judged.first ?? assert.fail()), stillOut);
});
