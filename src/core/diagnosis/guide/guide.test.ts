/** Guides: the system moves on by itself, waits no longer than makes sense, and offers only what the state table allows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  act,
  call,
  caseOf,
  down,
  notice,
  nowMs,
  printer,
  probe,
  reach,
  silence,
  wellBefore,
  wellNow,
} from "../../../../test/diagnosis-support/evidence.ts";
import {
  contradictedSale,
  declinedSale,
  paidSale,
  saleOf,
  unknownSale,
} from "../../../../test/diagnosis-support/sales.ts";
import type { SaleFacts } from "../../till/can.ts";
import { CAUSES } from "../causes/causes.ts";
import { diagnose } from "../diagnose.ts";
import type { Evidence } from "../evidence.ts";
import type { GuideFacts } from "./checks.ts";
import { freshGuide, type GuideMemory, guideOn, guideView, stepsOf } from "./guide.ts";
import { GUIDES } from "./steps.ts";

const facts = (evidence: readonly Evidence[], sale?: SaleFacts, atMs = nowMs): GuideFacts => {
  const given = caseOf(sale === undefined ? { evidence, atMs } : { evidence, sale, atMs });
  return { given, diagnosis: diagnose(given), sinceMs: nowMs - 30_000 };
};
const nowStep = (memory: GuideMemory, of: GuideFacts): string | undefined =>
  guideView(memory, of, null).find((one) => one.state === "now")?.id;

test("paper: open, load, close, out; each seen by the printer's own status", () => {
  const sale = paidSale(30, { state: "held", hold: "paper_out" });
  const story: readonly (readonly [Evidence, string])[] = [
    [printer(20, "paper_out"), "open_cover"],
    [printer(10, "cover_open"), "load_paper"],
    [printer(2, null), "paper_comes"],
  ];
  let memory = freshGuide;
  const seen: Evidence[] = [];
  for (const [evidence, step] of story) {
    seen.push(evidence);
    const of = facts(seen, sale);
    memory = guideOn(memory, of);
    assert.equal(nowStep(memory, of), step);
  }
});

test("a cover that is open for no paper's sake is only to be closed", () => {
  const of = facts(
    [printer(20, "paper_out"), printer(15, null), printer(5, "cover_open")],
    paidSale(30, { state: "held", hold: "cover_open" }),
  );
  assert.equal(nowStep(freshGuide, of), "close_cover");
  assert.ok(!stepsOf(of).some((one) => one.id === "load_paper"));
});

test("nothing is said to come by itself while a person is asked, or nobody prints it", () => {
  const gone = [printer(60, null), printer(3, "unreachable")];
  const idsOf = (paper: Parameters<typeof paidSale>[1]): readonly string[] =>
    stepsOf(facts(gone, paidSale(30, paper))).map(({ id }) => id);
  assert.ok(idsOf({ state: "held", hold: "unreachable" }).includes("paper_comes"));
  const brokeOff = idsOf({ state: "sending", hold: "unreachable" });
  assert.ok(brokeOff.includes("paper_checked"));
  for (const steps of [
    brokeOff,
    idsOf({ state: "doubtful", hold: null, doubt: "connection_lost" }),
    idsOf({ state: "held", hold: "e_receipt_unopened" }),
    idsOf({ state: "held", hold: "not_printable" }),
  ])
    assert.ok(!steps.includes("paper_comes"), steps.join());
});

test("a step that doesn't help is given up after a while, and counts as done when it helped after all", () => {
  const broken = [
    ...wellBefore,
    reach(1, "interface"),
    ...down("timeout", "router", "dns", "internet", "provider"),
  ];
  const first = facts(broken, unknownSale(30));
  const memory = guideOn(freshGuide, first);
  assert.equal(memory.stepId, "restart_router");
  const soon = { ...first, given: { ...first.given, nowMs: nowMs + 60_000 } };
  assert.equal(guideOn(memory, soon).stepId, memory.stepId);
  const later = { ...first, given: { ...first.given, nowMs: nowMs + 200_000 } };
  const next = guideOn(memory, later);
  assert.deepEqual([next.stepId, next.tried], ["reseat_cable", ["restart_router"]]);
  const views = guideView(next, later, null);
  assert.equal(views.find((one) => one.id === "restart_router")?.state, "tried");
  const mended = facts([...broken, reach(0, "router")], unknownSale(30));
  assert.deepEqual(guideOn(next, mended).tried, []);
});

test("a step that nobody was asked for isn't done by the trouble's end", () => {
  const line = [...wellBefore, ...down("timeout", "router", "dns", "internet", "provider")];
  const cut = guideOn(freshGuide, facts(line, unknownSale(30)));
  assert.equal(cut.stepId, "restart_router");
  // The router is back: what is left of the guide has steps whose check holds now.
  const back = facts([...line, call(1), reach(0, "router")], unknownSale(30));
  const still = { ...back, diagnosis: facts(line, unknownSale(30)).diagnosis };
  const states = (memory: GuideMemory) =>
    new Map(guideView(memory, still, null).map((one) => [one.id, one.state]));
  assert.equal(states(cut).get("restart_router"), undefined, "back before anybody could do it");
  const waited = { ...cut, sinceMs: nowMs - 20_000 };
  const after = states(guideOn(waited, still));
  assert.equal(after.get("restart_router"), "done");
  assert.equal(after.get("hotspot"), undefined);
  assert.equal(after.get("reseat_cable"), undefined);
});

test("the hotspot is ticked only where answers come over another card", () => {
  const line = [...wellBefore, ...down("timeout", "router", "dns", "internet", "provider")];
  const { diagnosis } = facts(line, unknownSale(30));
  const asked: GuideMemory = {
    stepId: "hotspot",
    sinceMs: nowMs - 20_000,
    tried: ["restart_router", "reseat_cable"],
    asked: ["restart_router", "reseat_cable"],
  };
  const hotspot = (...evidence: readonly Evidence[]) => {
    const of = { ...facts([...line, ...evidence, call(0)], unknownSale(30)), diagnosis };
    return guideView(guideOn(asked, of), of, null).find(({ id }) => id === "hotspot")?.state;
  };
  assert.equal(hotspot(), undefined);
  assert.equal(
    hotspot(reach(1, "interface", null, 1, "wlan0"), reach(1, "internet", null, 30, "wlan0")),
    "done",
  );
});

test("while the router has only just come back nobody is sent for a phone", () => {
  const line = [...wellBefore, ...down("timeout", "router", "dns", "internet", "provider")];
  const { diagnosis } = facts(line, unknownSale(30));
  const back = { ...facts([...line, reach(1, "router")], unknownSale(30)), diagnosis };
  assert.equal(
    guideView(freshGuide, back, null).find(({ id }) => id === "hotspot"),
    undefined,
  );
});

test("waiting for Alipay is over once it works for whoever asks, and not by an error", () => {
  const sale = unknownSale(30);
  const orderNo = sale.attempts[0]?.orderNo ?? "";
  const lost = call(20, { asked: "pay", orderNo, unknown: "silence", code: null, ms: 5_000 });
  const step = (...evidence: readonly Evidence[]) => {
    const of = facts([...wellBefore, lost, reach(18, "internet"), ...evidence], sale);
    const memory = guideOn(freshGuide, facts([...wellBefore, lost, reach(18, "internet")], sale));
    assert.equal(memory.stepId, "wait_provider");
    const moved = guideOn(memory, of);
    return guideView(moved, of, null).find(({ id }) => id === "wait_provider")?.state;
  };
  assert.equal(step(), "now");
  const error = {
    asked: "probe",
    orderNo: null,
    code: "20000",
    subCode: "isp.unknow-error",
  } as const;
  assert.equal(step(call(5, error)), "now");
  assert.equal(step(probe(5)), "done");
  const sentBefore = call(2, { asked: "query", unknown: "silence", code: null, ms: 5_000 });
  assert.equal(step(probe(5), sentBefore), "done");
  const sentSince = call(1, { asked: "query", unknown: "silence", code: null, ms: 3_000 });
  assert.equal(step(probe(5), sentSince), "now");
});

test("paper that was loaded in one go is seen step by step: each check sees the act itself", () => {
  const sale = paidSale(30, { state: "held", hold: "paper_out" });
  const out = facts([printer(20, "paper_out")], sale);
  const memory = guideOn(freshGuide, out);
  const loaded = { ...facts([printer(20, "paper_out"), printer(1, null)], sale) };
  const still = { ...loaded, diagnosis: out.diagnosis };
  const done = guideView(memory, still, null).filter((one) => one.state === "done");
  assert.deepEqual(
    done.map((one) => one.id),
    ["open_cover", "load_paper", "close_cover"],
  );
});

test("a new charge is offered only when the state table allows it; checking the order always", () => {
  const open = guideView(freshGuide, facts([silence(5)], unknownSale(30)), null);
  const step = (id: string) => open.find((one) => one.id === id);
  assert.equal(step("check_order")?.enabled, true);
  assert.notEqual(step("charge_again")?.enabled, true);
  const over = guideView(freshGuide, facts([], declinedSale("ACQ.BUYER_BALANCE_NOT_ENOUGH")), null);
  assert.equal(over.find((one) => one.id === "charge_again")?.enabled, true);
  assert.equal(
    over.find((one) => one.id === "check_order"),
    undefined,
  );
});

test("the electronic receipt is offered only where a phone can open it", () => {
  const of = facts([printer(3, "paper_out")], paidSale(30, { state: "held", hold: "paper_out" }));
  const enabled = (url: string | null) =>
    guideView(freshGuide, of, url).find((one) => one.id === "e_receipt")?.enabled;
  assert.equal(enabled("https://r.example.com/r/1"), true);
  assert.notEqual(enabled(null), true);
});

test("while Alipay contradicts the payment no step promises or gives a receipt that says paid", () => {
  const idsOf = (sale: SaleFacts): readonly string[] =>
    stepsOf(facts([printer(20, "paper_out")], sale)).map(({ id }) => id);
  const held = { state: "held", hold: "paper_out" } as const;
  const receipts = ["paper_comes", "e_receipt"];
  const given = (sale: SaleFacts) => idsOf(sale).filter((id) => receipts.includes(id));
  assert.deepEqual(given(paidSale(30, held)), receipts);
  const { attempts } = contradictedSale(30);
  const inDoubt = { ...paidSale(30, held), attempts };
  assert.deepEqual(given(inDoubt), []);
  const asked = idsOf({
    ...paidSale(30, { state: "doubtful", doubt: "connection_lost" }),
    attempts,
  });
  assert.ok(asked.includes("look_at_paper"));
});

test("every cause's guide is there, ends in help, and no step comes twice", () => {
  for (const [cause, { guide }] of Object.entries(CAUSES)) {
    if (guide === null) continue;
    assert.ok(GUIDES[guide].length > 0, cause);
    const ids = GUIDES[guide].map((one) => one.id);
    assert.equal(new Set(ids).size, ids.length, guide);
  }
  for (const sale of [unknownSale(30), paidSale(30, { state: "sending" })]) {
    const steps = stepsOf(facts([silence(3), printer(2, "cutter_error")], sale));
    assert.equal(steps.at(-1)?.action, "escalate");
    assert.equal(new Set(steps.map((one) => one.id)).size, steps.length);
  }
});

test("while an outcome is open no step suggests another payment, though maintenance runs", () => {
  const evidence = [...wellBefore, notice("provider"), silence(3), reach(1, "internet")];
  const texts = (sale: SaleFacts): string =>
    guideView(freshGuide, facts(evidence, sale), null)
      .map((one) => one.text.zh)
      .join("\n");
  const reversing = unknownSale(30, { state: "reversing" });
  for (const open of [unknownSale(30), reversing, contradictedSale(30)]) {
    assert.match(texts(open), /等维护结束；这一单不要重复收款/);
    assert.doesNotMatch(texts(open), /现金|换一种/);
    assert.doesNotMatch(
      diagnose(caseOf({ evidence, sale: open })).first?.nextStep.zh ?? "现金",
      /现金|换一种/,
    );
  }
  assert.match(texts(saleOf(30)), /先收现金/);
});

test("in a window of the line's operator the guide leads to another network, and Alipay's answer ends no window", () => {
  const outage = [...wellBefore, notice("network"), ...down("timeout", "internet", "dns")];
  const ids = (evidence: readonly Evidence[]): readonly string[] =>
    stepsOf(facts([...evidence, silence(3)], unknownSale(30))).map(({ id }) => id);
  assert.ok(!ids(outage).includes("wait_maintenance"));
  const window = [...wellBefore, notice("provider"), reach(1, "internet")];
  const steps = stepsOf(facts([...window, silence(3)], unknownSale(30)));
  const wait = steps.find(({ id }) => id === "wait_maintenance") ?? assert.fail("no wait");
  assert.doesNotMatch(wait.seen.zh, /恢复/);
});

test("a shop that is refused is told to call and to take other payment, never to scan another code", () => {
  for (const code of ["ACQ.SELLER_BEEN_BLOCKED", "ACQ.ACCESS_FORBIDDEN"]) {
    const of = facts([], declinedSale(code));
    assert.equal(of.diagnosis.first?.family, "merchant", code);
    const steps = guideView(freshGuide, of, null);
    assert.ok(
      !steps.some((one) => one.action === "charge_again" || /新的付款码/.test(one.text.zh)),
    );
    assert.ok(steps.some((one) => one.id === "pay_otherwise"));
    assert.ok(steps.some((one) => one.action === "escalate"));
  }
  const own = guideView(
    freshGuide,
    facts([], declinedSale("ACQ.MERCHANT_UNSUPPORT_ADVANCE")),
    null,
  );
  assert.ok(own.some((one) => one.action === "charge_again"));
});

test("above the shop's limit only this amount is refused: the shop goes on scanning", () => {
  for (const code of ["ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION", "ACQ.BEYOND_PAY_RESTRICTION"]) {
    const of = facts([], declinedSale(code));
    assert.equal(of.diagnosis.first?.family, "merchant", code);
    const steps = guideView(freshGuide, of, null);
    const said = steps.map((one) => one.text.zh).join("\n");
    assert.match(said, /没超限额的单照常可以扫支付宝/);
    assert.doesNotMatch(said, /不要再扫码/);
    assert.doesNotMatch(of.diagnosis.first?.explain.zh ?? "", /都收不了|已用完|已满/);
  }
  const suspended = facts([], declinedSale("ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT"));
  const steps = guideView(freshGuide, suspended, null).map((one) => one.text.zh);
  assert.match(steps.join("\n"), /修好前不要再扫支付宝的码/);
});

test("while the cashier is asked about a paper, no step promises that one comes by itself", () => {
  const asked = paidSale(30, { state: "doubtful", doubt: "buffer_cleared" });
  const ids = guideView(freshGuide, facts([printer(3, null)], asked), null).map((one) => one.id);
  assert.deepEqual(ids, ["look_at_paper", "e_receipt", "escalate"]);
  const copy = paidSale(30, { state: "queued" });
  const steps = stepsOf(facts([printer(3, null)], copy)).map((one) => one.id);
  assert.ok(steps.includes("paper_comes"), steps.join());
});

test("the look at the printer is a step only once it was asked for", () => {
  const step = (sale: SaleFacts) =>
    guideView(freshGuide, facts([printer(3, "paper_out")], sale), null).find(
      (one) => one.id === "look_at_paper",
    );
  assert.equal(step(paidSale(30, { state: "held", hold: "paper_out", doubt: null })), undefined);
  const asked = step(paidSale(30, { state: "doubtful", doubt: "connection_lost" }));
  assert.ok(asked !== undefined && asked.state !== "done");
});

test("a request that support has to mend: step by step nobody is sent to scan again", () => {
  const code = { code: "40002", subCode: "isv.invalid-signature", message: null };
  const sale = saleOf(10, {
    attempts: [{ state: "declined", unpaidEnd: "declined", endedAtMs: nowMs - 8_000, code }],
  });
  const of = facts([], sale);
  assert.equal(of.diagnosis.first?.cause, code.subCode);
  const steps = guideView(freshGuide, of, null);
  assert.deepEqual(
    steps.map(({ id }) => id),
    ["call_support", "pay_otherwise", "escalate"],
  );
  assert.doesNotMatch(steps.map(({ text }) => text.zh).join(), /新的付款码/);
});

test("a limit is the owner's to look up for the next sales: nobody has tried it while this one waits", () => {
  const of = facts([], declinedSale("ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION"));
  const later = { ...of, given: { ...of.given, nowMs: nowMs + 3_600_000 } };
  const steps = guideView(guideOn(guideOn(freshGuide, of), later), later, null);
  assert.deepEqual(
    steps.map(({ id, state }) => [id, state]),
    [
      ["pay_otherwise", "now"],
      ["raise_limit", "later"],
      ["escalate", "later"],
    ],
  );
});

test("what is proven already isn't asked for once more, and what was never sent isn't queried", () => {
  const said = (sale: SaleFacts): string =>
    guideView(freshGuide, facts([silence(3)], sale), null)
      .map(({ text }) => text.zh)
      .join("\n");
  for (const code of [
    "ACQ.BUYER_BALANCE_NOT_ENOUGH",
    "ACQ.SELLER_BEEN_BLOCKED",
    "ACQ.BEYOND_PAY_RESTRICTION",
  ])
    assert.doesNotMatch(said(declinedSale(code)), /确认没有扣款/, code);
  assert.match(said(unknownSale(30)), /确认没有扣款后，请顾客出示新的付款码/);
  const late = { seenAtMs: nowMs, decision: "refund", providerTradeNo: "P1" } as const;
  const attempts = [{ state: "reversed", unpaidEnd: "closed", endedAtMs: nowMs }] as const;
  const stray = saleOf(30, { attempts: attempts.map((one) => ({ ...one, latePayment: late })) });
  assert.match(said(stray), /确认没有扣款后/);
  assert.doesNotMatch(said(saleOf(30)), /查单|确认没有扣款/);
});

test("no answer, and nobody knows where it broke: a look at cable and router comes before the wait", () => {
  const of = facts([silence(2, "probe")], unknownSale(10));
  assert.equal(of.diagnosis.first?.cause, "answer_missing");
  assert.equal(nowStep(freshGuide, of), "look_at_line");
  const memory = guideOn({ ...freshGuide, stepId: "look_at_line", sinceMs: nowMs - 31_000 }, of);
  assert.equal(memory.stepId, "wait_provider");
});

/** What is told as done once the outcome is known; each of these steps stood there before. */
const doneOf = (sale: SaleFacts, ...evidence: readonly Evidence[]) => {
  const line = [...wellBefore, ...wellNow, silence(20)];
  const open = facts(line, unknownSale(30));
  const asked = open.diagnosis.first === null ? [] : stepsOf(open).map(({ id }) => id);
  const of = {
    ...facts([...line, ...evidence, call(1)], sale),
    diagnosis: open.diagnosis,
  };
  const memory = { ...freshGuide, asked };
  return guideView(memory, of, null).filter(({ state }) => state === "done");
};
const paid = paidSale(30, { state: "confirmed" });
const ended = saleOf(30, {
  sale: { state: "abandoned" },
  attempts: [{ state: "reversed", unpaidEnd: "closed", endedAtMs: nowMs - 2_000 }],
});

test("what the machine did by itself is told as its own doing, and what a person pressed as hers", () => {
  const texts = (steps: ReturnType<typeof doneOf>) => steps.map(({ text }) => text.zh);
  const byItself = texts(doneOf(ended));
  assert.ok(byItself.includes("系统自己向支付宝查了这笔"), byItself.join());
  assert.ok(byItself.includes("系统自己一直在问支付宝"), byItself.join());
  assert.doesNotMatch(byItself.join(), /查单|请顾客|请稍等/);
  const pressed = texts(doneOf(ended, act(3, "asked_provider", "S1")));
  assert.ok(
    pressed.some((one) => one.startsWith("查单：")),
    pressed.join(),
  );
  const ofAnother = texts(doneOf(ended, act(3, "asked_provider", "S2")));
  assert.ok(!ofAnother.some((one) => one.startsWith("查单：")), ofAnother.join());
});

test("nobody charged again, called or took cash for a sale that was only given up", () => {
  const done = new Set(doneOf(ended).map(({ id }) => id));
  for (const id of ["charge_again", "escalate", "pay_otherwise", "fresh_code"])
    assert.ok(!done.has(id), id);
  assert.ok(!doneOf(paid).some(({ text }) => /请顾客/.test(text.zh)));
});

test("what can't be seen is never ticked, and what is ticked says who did it", () => {
  for (const steps of Object.values(GUIDES))
    for (const one of steps) {
      if (one.isWait === true) assert.notEqual(one.itself, undefined, one.id);
      if (one.action === "escalate") assert.equal(one.shownBy?.(facts([])), false, one.id);
    }
});
