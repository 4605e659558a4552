/** Once it is known what became of the money, no word of then stands beside it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  act,
  ago,
  call,
  caseOf,
  declined,
  down,
  notice,
  nowMs,
  printer,
  reach,
  silence,
  wellBefore,
} from "../../../test/diagnosis-support/evidence.ts";
import {
  declinedSale,
  paidSale,
  saleOf,
  unknownSale,
} from "../../../test/diagnosis-support/sales.ts";
import type { SaleFacts } from "../till/can.ts";
import { diagnosisView, incidentView } from "./build-view.ts";
import { diagnose } from "./diagnose.ts";
import type { Evidence } from "./evidence.ts";
import { closeIncident, type Incident, openIncident } from "./incident.ts";
import { leadOf } from "./past.ts";
import type { DiagnosisView, FindingView } from "./view.ts";

const failed = call(20, { asked: "pay", code: "20000", subCode: "isp.unknow-error" });
const closed = (state: "open" | "unpaid" | "paid_otherwise"): SaleFacts =>
  saleOf(30, {
    sale: { state },
    attempts: [{ state: "reversed", unpaidEnd: "closed", endedAtMs: nowMs - 5_000 }],
  });
const out = paidSale(30, { state: "confirmed" });

const view = (
  evidence: readonly Evidence[],
  sale: SaleFacts,
  incident: Incident | null = null,
): DiagnosisView =>
  diagnosisView({
    diagnosis: diagnose(caseOf({ evidence, sale, unsettled: [] })),
    sale,
    incidentId: null,
    own: incident,
    openSales: [],
    unsettled: [],
  });

const wordsOf = (one: FindingView): string => one.explain.zh + one.next_step.zh;
const allWords = ({ families, first }: DiagnosisView): string =>
  [...families.flatMap(({ findings }) => findings), ...(first === null ? [] : [first])]
    .map(wordsOf)
    .join("\n");

const ofThen = /可能已扣款|请勿重复收款|不要重复收款|收现金|用现金/;
const limit = "ACQ.BUYER_BALANCE_NOT_ENOUGH";

for (const [what, sale, evidence] of [
  ["not paid, and to be charged again", closed("open"), [failed]],
  ["not paid, and over", closed("unpaid"), [failed]],
  ["cash was taken", closed("paid_otherwise"), [failed]],
  ["paid, and the receipt confirmed", out, [failed]],
  ["in a window, and over", closed("unpaid"), [notice("provider"), silence(25)]],
  ["in a window, and paid", out, [notice("provider"), silence(25)]],
] as const)
  test(`over is told as over: ${what}`, () => {
    const { first, ...told } = view(evidence, sale);
    assert.equal(first?.over, true);
    assert.match(first.explain.zh, /^当时：/);
    assert.doesNotMatch(allWords({ first, ...told }), ofThen);
  });

test("a refused customer who paid in cash isn't asked for cash again", () => {
  const refused = (state: "open" | "paid_otherwise"): FindingView | null =>
    view([declined(8, limit)], declinedSale(limit, { state })).first;
  assert.equal(refused("open")?.over, undefined);
  const { over, next_step: nextStep } = refused("paid_otherwise") ?? assert.fail("no cause");
  assert.equal(over, true);
  assert.match(nextStep.zh, /不要再收/);
  assert.doesNotMatch(nextStep.zh, /可以用现金|重新收款/);
});

test("what the shop itself was refused for is over with its sale, and waits for the next one", () => {
  const frozen = "ACQ.SELLER_BEEN_BLOCKED";
  const sale = declinedSale(frozen, { state: "paid_otherwise" });
  const { first } = view([declined(8, frozen)], sale);
  assert.deepEqual([first?.family, first?.over], ["merchant", true]);
  assert.match(first?.next_step.zh ?? "", /不要再收.*下一单之前：/);
});

test("paid, and Alipay says otherwise: until a second answer decides, nothing is over", () => {
  const [attempt] = out.attempts;
  const contradicted = { ...out, attempts: [{ ...(attempt ?? assert.fail()), contradictions: 1 }] };
  assert.equal(view([failed], contradicted).first?.over, undefined);
  const incident = incidentOf([failed], unknownSale(30));
  assert.equal(closeIncident(incident, contradicted, gate, nowMs), null);
  assert.notEqual(closeIncident(incident, out, gate, nowMs), null);
});

test("while the outcome is open nothing is over", () => {
  const { first } = view([failed], unknownSale(30));
  assert.equal(first?.over, undefined);
  assert.match(allWords(view([failed], unknownSale(30))), ofThen);
});

test("paid, and the paper waits: what holds it up is told as it is, the rest as over", () => {
  const stuck = paidSale(30, { state: "held", hold: "paper_out" });
  const { first, families } = view([failed, printer(9, "paper_out")], stuck);
  assert.deepEqual([first?.cause, first?.over], ["paper_out", undefined]);
  const others = families.flatMap(({ findings }) => findings).filter((one) => one !== first);
  assert.ok(others.some(({ over }) => over === true));
});

test("of a sale that is over its own cause leads, and what is broken now is for the next one", () => {
  const lineDown = [
    ...wellBefore,
    reach(1, "router"),
    ...down("timeout", "dns", "internet", "provider"),
  ];
  const evidence = [...lineDown, failed];
  const { first, families } = view(evidence, out);
  assert.equal(first?.cause, "isp.unknow-error");
  const line = families.find(({ family }) => family === "network")?.findings[0];
  assert.equal(line?.cause, "line_down");
  assert.equal(line.over, undefined);
  assert.match(line.next_step.zh, /^下一单之前：/);
});

test("of the box: a refusal whose sale is done is over, one that waits is told as it is", () => {
  const evidence = [declined(8, limit)];
  const first = (unsettled: readonly SaleFacts[]): FindingView | null =>
    diagnosisView({
      diagnosis: diagnose(caseOf({ evidence, unsettled })),
      sale: null,
      incidentId: null,
      own: null,
      openSales: [],
      unsettled,
    }).first;
  const done = first([]) ?? assert.fail("no cause");
  assert.deepEqual([done.cause, done.over], [limit, true]);
  assert.match(wordsOf(done), /那一单已经办完/);
  assert.equal(first([declinedSale(limit)])?.over, undefined);
});

test("what was pressed for the sale is over with it", () => {
  const stopped = act(20, "stopped", out.sale.id);
  const first = (sale: SaleFacts): FindingView | null => view([stopped], sale).first;
  assert.equal(first(closed("open"))?.over, true);
  assert.equal(first(unknownSale(30, { state: "reversing" }))?.over, undefined);
});

const incidentOf = (evidence: readonly Evidence[], sale: SaleFacts): Incident =>
  openIncident({
    id: "I1",
    caseNo: "CP-1129-0001",
    why: "outcome_late",
    sale,
    diagnosis: diagnose(caseOf({ evidence, sale })),
    nowMs,
  });
const green = { light: "green", text: { zh: "", en: "" }, why: null } as const;
const gate = {
  network: green,
  provider: green,
  printer: green,
  till: green,
  refusal: null,
  needsEReceipt: false,
  offers: [],
  measured: { network: green.light, provider: green.light },
  overriddenUntilMs: null,
  isOutcomeOpen: false,
};

test("a closed incident leads with what it was about, in its own view and in that of its sale", () => {
  const windowed = incidentOf([notice("provider"), silence(25)], unknownSale(30));
  const incident = closeIncident(windowed, out, gate, nowMs) ?? assert.fail("not closed");
  const money = { zh: "已收款", en: "Paid" };
  const own = incidentView({ incident, diagnosis: null, sale: out, guide: [], money });
  const asked = view([failed], out, incident);
  for (const { first, families } of [own, asked]) {
    assert.deepEqual([first?.cause, first?.over], ["announced_maintenance", true]);
    assert.doesNotMatch(
      families
        .flatMap((one) => one.findings)
        .map(wordsOf)
        .join(),
      ofThen,
    );
    const kin = families.find(({ family }) => family === "maintenance");
    assert.equal(kin?.findings[0]?.cause, "announced_maintenance");
  }
  assert.doesNotMatch(own.families.map(({ asking }) => asking?.zh ?? "").join(), /正在/);
});

test("not taken, and to be charged again: its case keeps its cause, whatever stands on record now", () => {
  const incident = incidentOf([silence(25)], unknownSale(30));
  const licence = ago(2, {
    kind: "qualification",
    id: "Q1",
    what: "licence",
    state: "expired",
    untilMs: 1,
    note: "",
  });
  const sale = closed("open");
  const diagnosis = diagnose(caseOf({ evidence: [licence, printer(2, "cover_open")], sale }));
  const scene = { incident, diagnosis, sale, guide: [], money: null };
  for (const { first } of [incidentView(scene), view([licence], sale, incident)])
    assert.deepEqual([first?.cause, first?.over], [incident.turns[0]?.cause, true]);
  assert.equal(leadOf(diagnosis, sale), null);
});

test("while the paper is awaited what the charge met isn't why it isn't there", () => {
  const printing = paidSale(1, { state: "sending" });
  const incident = incidentOf([failed], unknownSale(30));
  const diagnosis = diagnose(caseOf({ evidence: [failed], sale: printing }));
  const scene = { incident, diagnosis, guide: [], money: null };
  assert.equal(incidentView({ ...scene, sale: printing }).first, null);
  assert.equal(incidentView({ ...scene, sale: closed("open") }).first?.over, true);
});
