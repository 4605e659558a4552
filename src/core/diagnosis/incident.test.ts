/** Incidents: when a promise is broken, how they follow the facts, and how they end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ago,
  call,
  caseOf,
  declined,
  down,
  judge,
  notice,
  nowMs,
  printer,
  probe,
  reach,
  silence,
  start,
  wellBefore,
} from "../../../test/diagnosis-support/evidence.ts";
import {
  declinedSale,
  paidSale,
  saleOf,
  takenBackSale,
  unknownSale,
} from "../../../test/diagnosis-support/sales.ts";
import { refund } from "../../../test/contract/store-samples.ts";
import { TRUSTED_MUTE } from "../printing/job.ts";
import type { SaleFacts } from "../till/can.ts";
import { diagnose } from "./diagnose.ts";
import type { Evidence } from "./evidence.ts";
import { type Gate, gateOf } from "./gate.ts";
import { brokenPromise, closeIncident, follow, type Incident, openIncident } from "./incident.ts";
import { defaultDiagnosisSettings } from "./settings.ts";

const settings = defaultDiagnosisSettings;

/** Taken back, then charged once more without money. */
const inVain = (how: "never_seen" | "declined"): SaleFacts => {
  const taken = takenBackSale();
  const [last] = declinedSale("ACQ.BUYER_BALANCE_NOT_ENOUGH").attempts;
  const ended = { orderNo: "O2", unpaidEnd: how } as const;
  return { ...taken, attempts: [...taken.attempts, ...(last ? [{ ...last, ...ended }] : [])] };
};

const promises: readonly (readonly [what: string, says: string | null, sale: SaleFacts])[] = [
  ["asked five seconds ago", null, unknownSale(5)],
  ["asked twenty seconds ago", "outcome_late", unknownSale(20)],
  ["the buyer takes twenty seconds", null, unknownSale(20, { state: "awaiting_buyer" })],
  ["the buyer takes a minute", "outcome_late", unknownSale(60, { state: "awaiting_buyer" })],
  ["a QR is shown for twenty seconds", null, unknownSale(20, { method: "qr" })],
  ["being reversed for a minute", "outcome_late", unknownSale(60, { state: "reversing" })],
  ["the provider said no", "payment_refused", declinedSale("ACQ.BUYER_BALANCE_NOT_ENOUGH")],
  [
    "it said no, and the sale of one charge is over",
    "payment_refused",
    declinedSale("ACQ.SELLER_BEEN_BLOCKED", { state: "unpaid" }),
  ],
  [
    "it said no, and cash was taken",
    null,
    declinedSale("ACQ.SELLER_BEEN_BLOCKED", { state: "paid_otherwise" }),
  ],
  ["paid, then taken back", "payment_taken_back", takenBackSale()],
  ["taken back, then charged in vain", "payment_taken_back", inVain("never_seen")],
  ["taken back, then refused", "payment_taken_back", inVain("declined")],
  ["taken back, and somebody has cancelled it", null, takenBackSale({ state: "unpaid" })],
  ["taken back, and cash was taken", null, takenBackSale({ state: "paid_otherwise" })],
  ["opened a minute ago", null, saleOf(60)],
  ["opened and left", "outcome_late", saleOf(200)],
  ["paid, printing", null, paidSale(5, { state: "sending" })],
  ["paid, printing for half a minute", "receipt_late", paidSale(30, { state: "sending" })],
  ["paid, the paper waits", "printer_cannot", paidSale(5, { state: "held", hold: "paper_out" })],
  ["paid, no printer is set up", null, paidSale(5, { state: "held", hold: "no_printer" })],
  ["paid, in doubt", "receipt_late", paidSale(5, { state: "doubtful", doubt: "connection_lost" })],
  [
    "paid, waiting, opened on the phone",
    null,
    paidSale(60, { state: "held", hold: "paper_out" }, true),
  ],
  ["paid and out", null, paidSale(60, { state: "confirmed" })],
];
for (const [what, says, sale] of promises)
  test(`${what}: ${says}`, () => assert.equal(brokenPromise(sale, settings, nowMs), says));

test("where it is proven that nothing gets through, nobody waits for the promise to break", () => {
  assert.equal(brokenPromise(unknownSale(5), settings, nowMs, true), "outcome_late");
  assert.equal(brokenPromise(unknownSale(1), settings, nowMs, true), null);
  const waits = unknownSale(5, { state: "awaiting_buyer" });
  assert.equal(brokenPromise(waits, settings, nowMs, true), null);
});

const gate = (...evidence: readonly Evidence[]): Gate => {
  const given = caseOf({ evidence });
  return gateOf({
    given,
    diagnosis: diagnose(given),
    provider: { state: "answering", failuresInARow: 0 },
    printer: { condition: null, paperLow: false, reachable: true, heard: "now", checkedAtMs: 1 },
    receiptLinks: true,
    overriddenUntilMs: null,
  });
};

const opened = (sale: SaleFacts | null, ...evidence: readonly Evidence[]): Incident =>
  openIncident({
    id: "I1",
    caseNo: "CP-1129-0001",
    why: "outcome_late",
    sale,
    diagnosis: judge(evidence),
    nowMs: nowMs - 30_000,
  });

test("it follows the facts: each turn once, and nothing is written where nothing turned", () => {
  const sale = unknownSale(30);
  const first = opened(sale, silence(5));
  assert.deepEqual(
    first.turns.map((one) => one.cause),
    ["answer_missing"],
  );
  const same = follow(first, judge([silence(4)]), sale);
  assert.equal(same, first);
  const broken = judge(
    wellBefore,
    [reach(1, "router")],
    down("timeout", "dns", "internet", "provider"),
  );
  const turned = follow(first, broken, sale);
  assert.deepEqual(
    turned.turns.map((one) => `${one.verdict} ${one.cause}`),
    ["suspected answer_missing", "confirmed line_down"],
  );
  assert.equal(follow(turned, judge(), sale), turned);
});

test("what stands in no payment's way, or began after the charge, isn't why its outcome is missing", () => {
  const sale = unknownSale(30);
  const first = opened(sale, silence(25));
  for (const later of [
    [silence(25), printer(2, "cover_open")],
    [silence(25), notice("provider", 5)],
  ]) {
    const { turns } = follow(first, diagnose(caseOf({ evidence: later, sale })), sale);
    assert.deepEqual(turns, first.turns);
  }
});

test("found again after something else: the case keeps how the nine stood with it", () => {
  const out = judge([printer(3, "paper_out")]);
  const line = judge(
    wellBefore,
    [reach(1, "router")],
    down("timeout", "dns", "internet", "provider"),
  );
  const first = openIncident({
    id: "I1",
    caseNo: "CP-1129-0001",
    why: "gate_red",
    sale: null,
    diagnosis: out,
    nowMs,
  });
  const again = follow(follow(first, line, null), out, null);
  assert.deepEqual(
    again.turns.map(({ cause }) => cause),
    ["paper_out", "line_down", "paper_out"],
  );
  const found = again.judged?.flatMap(({ findings }) => findings.map(({ cause }) => cause));
  assert.ok(found?.includes("paper_out"), `${found}`);
});

test("what was found while the outcome was open stays the cause, whatever is found later", () => {
  const windowed = [notice("provider"), silence(5)];
  const open = unknownSale(30);
  const first = openIncident({
    id: "I1",
    caseNo: "CP-1129-0001",
    why: "outcome_late",
    sale: open,
    diagnosis: diagnose(caseOf({ evidence: windowed, sale: open })),
    nowMs,
  });
  assert.equal(first.turns.at(-1)?.cause, "announced_maintenance");
  const failed = call(4, { asked: "query", code: "20000", subCode: "isp.unknow-error" });
  const proven = saleOf(30, {
    attempts: [{ state: "reversed", unpaidEnd: "closed", endedAtMs: nowMs - 1_000 }],
  });
  for (const sale of [
    paidSale(30, { state: "sending" }),
    paidSale(30, { state: "confirmed" }),
    proven,
  ])
    for (const later of [[failed], [start(2, false, false)], [printer(1, "paper_out")]]) {
      const evidence = [silence(5), ...later];
      assert.equal(follow(first, diagnose(caseOf({ evidence, sale })), sale), first);
    }
  const stuck = paidSale(30, { state: "held", hold: "paper_out" });
  const evidence = [...windowed, printer(3, "paper_out")];
  const turned = follow(first, diagnose(caseOf({ evidence, sale: stuck })), stuck);
  assert.equal(turned.turns.at(-1)?.cause, "paper_out");
});

test("a refusal is the cause, whether its record or the answer that brought it is the proof", () => {
  const subCode = "ACQ.BUYER_BALANCE_NOT_ENOUGH";
  const sale = declinedSale(subCode, { state: "unpaid" });
  const [{ orderNo } = assert.fail("no attempt")] = sale.attempts;
  const evidence = [
    declined(8, subCode),
    call(8, { asked: "pay", orderNo, code: "40004", subCode }),
  ];
  for (const seen of [evidence.slice(0, 1), evidence]) {
    const diagnosis = diagnose(caseOf({ evidence: seen, sale }));
    const given = { id: "I1", caseNo: "CP-1129-0001", why: "payment_refused", nowMs } as const;
    const { turns } = openIncident({ ...given, sale, diagnosis });
    assert.deepEqual(
      turns.map(({ cause }) => cause),
      [subCode],
    );
  }
});

/** Given up; its money came after the end and was given back. */
const lateAndBack = (more: Partial<SaleFacts["attempts"][number]>): SaleFacts => {
  const sale = saleOf(60, {
    sale: { state: "abandoned" },
    attempts: [{ endedAtMs: nowMs, ...more }],
  });
  const [{ orderNo, amountFen } = assert.fail("no attempt")] = sale.attempts;
  return { ...sale, refunds: [refund(1, { orderNo, amountFen, state: "done" })] };
};

const ends: readonly (readonly [what: string, how: string | null, sale: SaleFacts])[] = [
  ["outcome still open", null, unknownSale(60)],
  ["opened and left, and never charged", null, saleOf(200)],
  ["declined, the sale is open", "not_paid", declinedSale("ACQ.SELLER_BEEN_BLOCKED")],
  [
    "reversed with the money, the sale is open",
    "money_returned",
    saleOf(60, {
      attempts: [{ state: "reversed", unpaidEnd: "refunded", endedAtMs: nowMs }],
    }),
  ],
  ["taken back, and nobody has dealt with it", null, takenBackSale()],
  [
    "declined, the sale is over",
    "not_paid",
    declinedSale("ACQ.SELLER_BEEN_BLOCKED", { state: "abandoned" }),
  ],
  [
    "declined, then taken in cash",
    "paid_otherwise",
    declinedSale("ACQ.SELLER_BEEN_BLOCKED", { state: "paid_otherwise" }),
  ],
  ["paid, the paper is on its way", null, paidSale(60, { state: "sending" })],
  ["paid, and a copy is on its way", null, paidSale(60, { state: "replaced" })],
  ["confirmed", "receipt_confirmed", paidSale(60, { state: "confirmed" })],
  [
    "a marked copy",
    "copy_printed",
    paidSale(60, { state: "confirmed", mark: { kind: "replacement", count: 1 } }),
  ],
  [
    "opened on the phone",
    "electronic_receipt",
    paidSale(60, { state: "held", hold: "paper_out" }, true),
  ],
  ["no paper wanted", "paper_waived", paidSale(60, { state: "waived" })],
  [
    "reversed with the money",
    "money_returned",
    saleOf(60, {
      sale: { state: "unpaid" },
      attempts: [{ state: "reversed", unpaidEnd: "refunded", endedAtMs: nowMs }],
    }),
  ],
  [
    "declined, then late money that is back",
    "money_returned",
    lateAndBack({
      state: "declined",
      unpaidEnd: "declined",
      latePayment: { seenAtMs: nowMs, decision: "refund", providerTradeNo: "P1" },
    }),
  ],
  [
    "its reversal was refused for good, and it was given back",
    "money_returned",
    lateAndBack({ state: "paid", paidAtMs: nowMs }),
  ],
  ["taken back, then cancelled", "money_returned", takenBackSale({ state: "abandoned" })],
];
for (const [what, how, sale] of ends) {
  test(`end: ${what}: ${how}`, () => {
    const closed = closeIncident(opened(sale), sale, gate(), nowMs);
    assert.equal(closed?.ended?.how ?? null, how);
    if (closed === null) return;
    const began = sale.attempts.at(-1)?.createdAtMs ?? assert.fail("no charge");
    const paper = sale.sale.state === "paid" ? sale.jobs.at(-1)?.createdAtMs : undefined;
    const ended = sale.sale.state === "paid" ? null : sale.attempts.at(-1)?.endedAtMs;
    const waitedMs = (ended ?? nowMs) - Math.min(nowMs - 30_000, paper ?? began);
    assert.equal(closed.ended?.tookMs, Math.max(0, waitedMs));
  });
}

test("a refusal waits for its customer until the till has begun another sale", () => {
  const sale = declinedSale("ACQ.BUYER_BALANCE_NOT_ENOUGH");
  const refused = { ...opened(sale), why: "payment_refused" } as const;
  const end = (isLeft: boolean) => closeIncident(refused, sale, gate(), nowMs, isLeft)?.ended;
  assert.equal(end(false), undefined);
  assert.deepEqual([end(true)?.how, end(true)?.fixedBy.zh], ["not_paid", "确认没有扣款"]);
  const again = unknownSale(5);
  assert.equal(closeIncident(refused, again, gate(), nowMs, true), null);
  const taken = { ...refused, why: "payment_taken_back" } as const;
  assert.equal(closeIncident(taken, takenBackSale(), gate(), nowMs, true), null);
});

test("what is told of how it went well: found paid, charged anew, or that the trouble has gone", () => {
  const end = (evidence: readonly Evidence[], sale: SaleFacts, before = unknownSale(30)) =>
    closeIncident(opened(before, ...evidence), sale, gate(), nowMs)?.ended?.fixedBy.zh;
  const out = paidSale(30, { state: "confirmed" });
  const code = "ACQ.BUYER_BALANCE_NOT_ENOUGH";
  const anew = { ...out, attempts: [...declinedSale(code).attempts, ...out.attempts] };
  assert.equal(
    end([call(9, { asked: "pay", code: "20000", subCode: "isp.unknow-error" })], out),
    "系统查到已付款",
  );
  assert.equal(end([declined(8, code)], anew, declinedSale(code)), "重新收款，已付");
  const stuck = paidSale(30, { state: "held", hold: "paper_out" });
  assert.equal(end([printer(9, "paper_out")], out, stuck), "已恢复：打印机缺纸");
});

test("settled by a notification while the cable is still out: nothing is told as recovered", () => {
  const cut = [...wellBefore, reach(1, "interface", "down")];
  const incident = opened(unknownSale(30), ...cut);
  assert.equal(incident.turns.at(-1)?.family, "network");
  const out = paidSale(30, { state: "confirmed" });
  const told = (...evidence: readonly Evidence[]): string | undefined =>
    closeIncident(incident, out, gate(...evidence), nowMs)?.ended?.fixedBy.zh;
  assert.equal(told(...cut), "系统查到已付款");
  assert.match(told() ?? "", /^已恢复：/);
});

test("a window is over when the light that it names says so", () => {
  const red = { light: "red", text: { zh: "", en: "" }, why: null } as const;
  const out = paidSale(30, { state: "confirmed" });
  const began = unknownSale(30);
  for (const [scope, cause, own, others] of [
    ["provider", "announced_maintenance", "provider", ["network", "till"]],
    ["network", "network_maintenance", "network", ["provider", "till"]],
  ] as const) {
    const incident = opened(began, notice(scope), silence(25));
    assert.equal(incident.turns.at(-1)?.cause, cause);
    const told = (light: "network" | "provider" | "till"): string | undefined =>
      closeIncident(incident, out, { ...gate(), [light]: red }, nowMs)?.ended?.fixedBy.zh;
    assert.equal(told(own), "系统查到已付款");
    for (const other of others) assert.match(told(other) ?? "", /^已恢复：/);
  }
});

test("money that came and was given back isn't told as reversed, nor as never taken", () => {
  const late = lateAndBack({ state: "paid", paidAtMs: nowMs });
  const closed = closeIncident(opened(late), late, gate(), nowMs);
  assert.equal(closed?.ended?.fixedBy.zh, "钱到账过，已退回顾客");
});

test("what fixed it is the cause that was proven last", () => {
  const incident = opened(null, printer(9, "paper_out"));
  const closed = closeIncident(incident, null, gate(), nowMs);
  assert.deepEqual(
    [closed?.ended?.how, closed?.ended?.fixedBy.zh],
    ["cleared", "已恢复：打印机缺纸"],
  );
});

test("a paper that only the owner's setting counts as out was seen by nobody", () => {
  const endOf = (evidence: string): readonly unknown[] => {
    const proof = { level: "person", atMs: nowMs, evidence } as const;
    const sale = paidSale(60, { state: "confirmed", proof, hold: null, doubt: null });
    const ended = closeIncident(opened(sale), sale, gate(), nowMs)?.ended;
    return [ended?.how, ended?.fixedBy.zh];
  };
  assert.deepEqual(endOf("operator 01"), ["receipt_seen", "收银员看到小票已出"]);
  assert.deepEqual(endOf(TRUSTED_MUTE), ["receipt_confirmed", "自动恢复"]);
});

test("the box's own incident stays while a light is red", () => {
  const red = gate(...wellBefore, reach(1, "interface", "down"));
  assert.equal(red.refusal, "gate_network_down");
  assert.equal(closeIncident(opened(null), null, red, nowMs), null);
});

const lineDown = [
  ...wellBefore,
  reach(1, "router"),
  ...down("timeout", "dns", "internet", "provider"),
];
const gates: readonly (readonly [
  what: string,
  lights: string,
  refusal: string | null,
  readonly Evidence[],
])[] = [
  ["nothing was observed", "green green", null, []],
  ["one call was lost", "amber amber", null, [silence(1)]],
  [
    "many calls were lost and nothing was probed",
    "amber amber",
    null,
    [20, 15, 10, 5, 1].map((s) => silence(s, "query")),
  ],
  [
    "proven silent by fresh queries",
    "amber red",
    "gate_provider_down",
    [...wellBefore, silence(20), probe(12, "silence"), probe(8, "silence"), probe(2, "silence")],
  ],
  [
    "and one good answer",
    "green green",
    null,
    [silence(20), probe(12, "silence"), probe(8, "silence"), probe(2, "silence"), probe(1)],
  ],
  ["the line is down", "red green", "gate_network_down", lineDown],
  [
    "a lost packet",
    "green green",
    null,
    [...wellBefore, reach(2, "internet"), reach(1, "internet", "timeout"), probe(1)],
  ],
];
for (const [what, lights, refusal, evidence] of gates) {
  test(`gate: ${what}: ${lights}`, () => {
    const found = gate(...evidence);
    assert.equal(`${found.network.light} ${found.provider.light}`, lights);
    assert.equal(found.refusal, refusal);
  });
}

test("what is on record against the shop warns before a sale, and stops none", () => {
  const frozen = ago(20, {
    kind: "qualification",
    id: "Q1",
    what: "account",
    state: "frozen",
    untilMs: null,
    note: "",
  });
  const { provider, refusal, measured } = gate(frozen);
  assert.deepEqual([provider.light, refusal, measured.provider], ["amber", null, "green"]);
  assert.equal(provider.text.zh, "收款账户被冻结（按记录）");
  assert.match(provider.why?.zh ?? "", /店主/);
  // A light that is amber or red for what is out of order now keeps its own words.
  assert.equal(gate(frozen, silence(1)).measured.provider, "amber");
});
