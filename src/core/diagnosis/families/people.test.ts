/** Customer, input, operation, shop and our own system, judged. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  act,
  ago,
  answer,
  attempt,
  call,
  caseOf,
  check,
  declined,
  firstOf,
  type Given,
  job,
  judge,
  notice,
  nowMs,
  printer,
  start,
  verdictOf,
} from "../../../../test/diagnosis-support/evidence.ts";
import {
  declinedSale,
  paidSale,
  saleOf,
  unknownSale,
} from "../../../../test/diagnosis-support/sales.ts";
import type { SaleFacts } from "../../till/can.ts";
import type { CauseFamily } from "../../till/view.ts";
import { diagnose } from "../diagnose.ts";
import type { Evidence, FactOf, OperatorAct } from "../evidence.ts";

type Row = readonly [what: string, says: string, ...(readonly (readonly Evidence[])[])];

const table = (family: CauseFamily, rows: readonly Row[]): void => {
  for (const [what, says, ...evidence] of rows) {
    test(`${family}: ${what}: ${says}`, () =>
      assert.equal(verdictOf(judge(...evidence), family), says));
  }
};

const paid = attempt(3, { state: "paid" });
const papers = (state: FactOf<"qualification">["state"], untilMs: number | null = null): Evidence =>
  ago(60, { kind: "qualification", id: "Q1", what: "contract", state, untilMs, note: "" });

const suspected = "suspected qualification_stands_against";
const longPaid = attempt(3_600, { state: "paid" });
/** Frozen by a record of so many seconds ago, read again just now. */
const saidAgain = (recordedS: number): Evidence => {
  const { fact } = papers("frozen");
  const saidAtMs = ago(recordedS, fact).atMs;
  return ago(0, { ...(fact as FactOf<"qualification">), saidAtMs });
};

table("buyer_account", [
  ["nothing was asked", "not_known"],
  [
    "too little money",
    "confirmed ACQ.BUYER_BALANCE_NOT_ENOUGH",
    [declined(3, "ACQ.BUYER_BALANCE_NOT_ENOUGH")],
  ],
  [
    "face to face switched off",
    "confirmed ACQ.USER_FACE_PAYMENT_SWITCH_OFF",
    [declined(3, "ACQ.USER_FACE_PAYMENT_SWITCH_OFF")],
  ],
  ["paid", "ruled_out", [paid]],
  ["declined for another reason", "ruled_out", [declined(3, "ACQ.SELLER_BEEN_BLOCKED")]],
  ["still unknown", "not_known", [attempt(3, { state: "unknown" })]],
]);

table("amount_or_input", [
  ["nothing was asked", "not_known"],
  [
    "an expired code",
    "confirmed ACQ.PAYMENT_AUTH_CODE_INVALID",
    [declined(3, "ACQ.PAYMENT_AUTH_CODE_INVALID")],
  ],
  [
    "over the limit of the product",
    "confirmed ACQ.TOTAL_FEE_EXCEED",
    [declined(3, "ACQ.TOTAL_FEE_EXCEED")],
  ],
  ["a product was scanned", "confirmed code_is_product", [act(3, "code_is_product")]],
  [
    "two refused scans: the newest leads",
    "confirmed code_of_other_wallet code_is_product",
    [act(9, "code_is_product"), act(3, "code_of_other_wallet")],
  ],
  ["an amount that was refused", "confirmed amount_unreadable", [act(3, "amount_unreadable")]],
  ["a product, then a charge", "ruled_out", [act(9, "code_is_product"), paid]],
  ["waiting for the buyer", "ruled_out", [attempt(1, { state: "awaiting_buyer" })]],
]);

test("of what was refused the newest leads, whichever family it is of", () => {
  const [scan, code] = ["code_scanned_without_amount", "code_is_product"] as const;
  assert.equal(firstOf(judge([act(9, code), act(3, scan)])), `confirmed ${scan}`);
  assert.equal(firstOf(judge([act(9, scan), act(3, code)])), `confirmed ${code}`);
  const said = judge([act(9, code), act(3, "amount_unreadable")]).first;
  assert.equal(said?.title.zh, "金额不对");
  assert.match(said?.explain.zh ?? "", /没有扣款/);
});

table("operation", [
  ["nobody did anything wrong", "ruled_out"],
  ["scanned twice", "confirmed code_scanned_twice", [act(3, "code_scanned_twice")]],
  ["charged again while open", "confirmed charge_while_open", [act(3, "charge_while_open")]],
  [
    "the buyer hasn't confirmed",
    "confirmed buyer_not_confirming",
    [attempt(9, { state: "awaiting_buyer", code: "10003" })],
  ],
  [
    "the buyer was just asked",
    "ruled_out",
    [attempt(1, { state: "awaiting_buyer", code: "10003" })],
  ],
  ["asking is no mistake", "not_known", [act(3, "asked_provider")]],
]);

table("merchant", [
  ["no record, nothing asked", "not_known"],
  [
    "the account is blocked",
    "confirmed ACQ.SELLER_BEEN_BLOCKED",
    [declined(3, "ACQ.SELLER_BEEN_BLOCKED")],
  ],
  ["the record has run out: likely", "suspected qualification_expired", [papers("valid", 1_000)]],
  ["frozen by record: likely", "suspected qualification_stands_against", [papers("frozen")]],
  ["run out by record, and a payment went through", "ruled_out", [papers("expired"), paid]],
  ["frozen by record, said again after a payment", "ruled_out", [paid, saidAgain(60)]],
  ["frozen by record, entered after a payment", suspected, [paid, saidAgain(1)]],
  [
    "only begun since: no proof",
    suspected,
    [attempt(3, { state: "awaiting_buyer" }), papers("frozen")],
  ],
  ["paid long ago, and not recorded anew", "ruled_out", [longPaid, saidAgain(7_000)]],
  ["valid", "ruled_out", [papers("valid")]],
  [
    "withdrawn record",
    "not_known",
    [papers("frozen"), { ...papers("withdrawn"), atMs: papers("valid").atMs + 1 }],
  ],
]);

table("system", [
  ["nothing was checked", "not_known"],
  ["all checks good", "ruled_out", [check("provider_keys", true), check("journal", true)]],
  ["keys don't match", "confirmed check_provider_keys", [check("provider_keys", false)]],
  [
    "repaired since",
    "ruled_out",
    [
      check("settings", false),
      { ...check("settings", true), atMs: check("settings", true).atMs + 5 },
    ],
  ],
  [
    "the provider doesn't know our signature",
    "confirmed isv.invalid-signature",
    [call(3, { code: "40002", subCode: "isv.invalid-signature", unknown: null })],
  ],
  ["the program ended, the computer didn't", "confirmed till_crashed", [start(20, false, false)]],
  ["it isn't known which", "suspected till_crashed", [start(20, false, null)]],
  [
    "a paper in mid-way",
    "confirmed till_crashed till_restarted",
    [start(20, false, false), job(15, { state: "doubtful", doubt: "till_restarted" })],
  ],
  [
    "content that can't be printed",
    "confirmed not_printable",
    [job(3, { state: "held", hold: "not_printable" })],
  ],
  [
    "a paper that waits for the hub's word, not for the printer",
    "confirmed hub_not_asked",
    [job(3, { state: "held", hold: "hub_not_asked" })],
  ],
  [
    "a paper that waited for the hub's word and then printed",
    "not_known",
    [job(30, { state: "held", hold: "hub_not_asked" }), job(3, { state: "confirmed" })],
  ],
  ["no printer is set up", "confirmed no_printer", [printer(3, "no_printer")]],
  [
    "a printer that was never reached",
    "suspected printer_never_reached",
    [printer(3, "unreachable")],
  ],
]);

test("of a sale only its own codes count, whatever others suffer", () => {
  const evidence = [declined(3, "ACQ.BUYER_BALANCE_NOT_ENOUGH")];
  const other = saleOf(10, { attempts: [{ orderNo: "O2", state: "unknown" }] });
  const diagnosis = diagnose(caseOf({ evidence, sale: other }));
  assert.equal(verdictOf(diagnosis, "buyer_account"), "not_known");
  const own = diagnose(caseOf({ evidence: [], sale: declinedSale("ACQ.SELLER_BEEN_BLOCKED") }));
  assert.equal(verdictOf(own, "merchant"), "confirmed ACQ.SELLER_BEEN_BLOCKED");
});

test("a question that nobody answers becomes the operator's", () => {
  const sale = paidSale(120, { state: "doubtful", doubt: "connection_lost" });
  const evidence = [job(110, { state: "doubtful", doubt: "connection_lost" })];
  const diagnosis = diagnose(caseOf({ evidence, sale }));
  assert.equal(verdictOf(diagnosis, "operation"), "suspected question_left_open");
});

test("a crash or a power cut is about the sales that were open then, not about later ones", () => {
  for (const [rebooted, family, says] of [
    [false, "system", "confirmed till_crashed"],
    [true, "device", "confirmed computer_restarted"],
  ] as const) {
    const evidence = [start(60, false, rebooted)];
    const verdict = (sale: SaleFacts): string =>
      verdictOf(diagnose(caseOf({ evidence, sale })), family);
    assert.equal(verdict(unknownSale(120)), says);
    assert.equal(
      verdict(paidSale(300, { state: "doubtful", doubt: "till_restarted" })).includes(
        says.slice(10),
      ),
      true,
    );
    assert.doesNotMatch(verdict(unknownSale(20)), /till_crashed|computer_restarted/);
    assert.doesNotMatch(
      verdict(paidSale(300, { state: "confirmed" })),
      /till_crashed|computer_restarted/,
    );
  }
});

test("a paper that something holds was cut off by no crash", () => {
  const evidence = [start(60, false, false)];
  const held = paidSale(300, { state: "held", hold: "paper_out" });
  assert.doesNotMatch(verdictOf(diagnose(caseOf({ evidence, sale: held })), "system"), /crashed/);
  const sent = paidSale(300, { state: "doubtful", doubt: "till_restarted" });
  assert.match(
    verdictOf(diagnose(caseOf({ evidence, sale: sent })), "system"),
    /crashed|restarted/,
  );
});

test("a crash that found a charge without an outcome, or with one, isn't why", () => {
  const crash = start(60, false, false);
  const said = (sale: SaleFacts, ...evidence: readonly Evidence[]): string =>
    verdictOf(diagnose(caseOf({ evidence: [crash, ...evidence], sale })), "system");
  const lost = call(110, { asked: "pay", unknown: "silence", code: null });
  assert.doesNotMatch(said(unknownSale(120), lost), /till_crashed/);
  const openBefore = unknownSale(120, { openSinceMs: nowMs - 65_000 });
  assert.doesNotMatch(said(openBefore), /till_crashed/);
  const provenBefore = saleOf(300, {
    attempts: [{ state: "reversed", unpaidEnd: "closed", endedAtMs: nowMs - 200_000 }],
  });
  assert.doesNotMatch(said(provenBefore), /till_crashed/);
  assert.match(said(unknownSale(120, { openSinceMs: nowMs - 59_000 })), /confirmed till_crashed/);
  assert.match(said(saleOf(120)), /confirmed till_crashed/);
});

test("a sale that was done after the last sign of life, and before the stop, wasn't cut off", () => {
  const crash = start(60, false, false);
  const doneS = 75;
  const [endedAtMs, changedAtMs] = [nowMs - (doneS + 3) * 1_000, nowMs - doneS * 1_000];
  const done = (changed: number): SaleFacts =>
    saleOf(85, {
      sale: { state: "paid" },
      attempts: [{ state: "paid", paidAtMs: endedAtMs, endedAtMs }],
      jobs: [{ state: "confirmed", changedAtMs: changed }],
    });
  const said = (sale: SaleFacts): string =>
    verdictOf(diagnose(caseOf({ evidence: [crash], sale })), "system");
  assert.doesNotMatch(said(done(changedAtMs)), /till_crashed/);
  assert.match(said(done(nowMs - 58_000)), /confirmed till_crashed/);
});

test("what was refused before a charge isn't why that charge has no outcome", () => {
  const { id } = saleOf(20).sale;
  const scanned = (seconds: number, what: OperatorAct): Evidence => act(seconds, what, id);
  const said = (sale: SaleFacts, evidence: Evidence): string =>
    verdictOf(diagnose(caseOf({ evidence: [evidence], sale })), "operation");
  const open = unknownSale(20);
  for (const seconds of [25, 5])
    assert.doesNotMatch(said(open, scanned(seconds, "code_scanned_twice")), /scanned_twice/);
  assert.match(said(unknownSale(20, { state: "reversing" }), scanned(5, "stopped")), /stopped/);
  assert.equal(said(open, scanned(5, "charge_while_open")), "suspected charge_while_open");
  assert.match(said(open, act(5, "charge_while_open", "S9")), /^ruled_out/);
  const refused = declinedSale("ACQ.BUYER_BALANCE_NOT_ENOUGH");
  assert.match(said(refused, scanned(3, "code_scanned_twice")), /code_scanned_twice/);
});

test("a window explains what met it, also after its end, and no refusal of a buyer", () => {
  const evidence = (bad: Partial<FactOf<"provider_call">>): readonly Evidence[] => [
    notice("provider"),
    call(20, { asked: "pay", ...bad }),
    call(5),
  ];
  const said = (sale: SaleFacts, bad: Partial<FactOf<"provider_call">>): string =>
    verdictOf(diagnose(caseOf({ evidence: evidence(bad), sale })), "maintenance");
  const failed = { code: "20000", subCode: "isp.unknow-error" };
  assert.equal(said(unknownSale(25), failed), "confirmed announced_maintenance");
  assert.equal(
    said(paidSale(25, { state: "confirmed" }), failed),
    "confirmed announced_maintenance",
  );
  const poor = { code: "40004", subCode: "ACQ.BUYER_BALANCE_NOT_ENOUGH" };
  assert.equal(said(declinedSale(poor.subCode), poor), "ruled_out");
});

test("a crash of the box is history once nothing is open from it", () => {
  const declinedBefore = saleOf(120, {
    attempts: [{ state: "declined", unpaidEnd: "declined", endedAtMs: nowMs - 55_000 }],
  });
  const heldByPaper = paidSale(120, { state: "held", hold: "paper_out" });
  for (const rebooted of [false, true]) {
    const evidence = [start(60, false, rebooted), notice("terminal")];
    const box = (more: Partial<Parameters<typeof caseOf>[0]>) =>
      diagnose(caseOf({ evidence, ...more })).families.flatMap(({ findings }) =>
        findings.map(({ cause }) => cause),
      );
    const cause = rebooted ? "computer_restarted" : "till_crashed";
    assert.deepEqual(box({}), []);
    assert.deepEqual(box({ unsettled: [unknownSale(20)] }), []);
    assert.deepEqual(box({ unsettled: [declinedBefore, heldByPaper] }), []);
    assert.deepEqual(box({ unsettled: [unknownSale(120)] }), [cause, "own_maintenance"]);
    assert.deepEqual(box({ atMs: nowMs - 50_000 }), [cause, "own_maintenance"]);
  }
});

test("before a charge the customer's account isn't being asked about", () => {
  const asking = (sale: SaleFacts): string | undefined =>
    diagnose(caseOf({ evidence: [], sale })).families.find((one) => one.family === "buyer_account")
      ?.asking?.zh;
  assert.match(asking(saleOf(5)) ?? "", /还没有问过/);
  assert.match(asking(unknownSale(5)) ?? "", /正在查单/);
});

test("nothing is said to be asked where no charge is open", () => {
  const asking = (sale: SaleFacts | null, ...evidence: readonly Evidence[]): string =>
    diagnose(caseOf(sale === null ? { evidence } : { evidence, sale }))
      .families.filter(({ family }) => family !== "provider_api" && family !== "network")
      .flatMap((one) => (one.asking === null ? [] : [one.asking.zh]))
      .join("\n");
  const reversed = { state: "reversed", unpaidEnd: "closed", endedAtMs: nowMs } as const;
  const inCash = saleOf(60, { sale: { state: "paid_otherwise" }, attempts: [reversed] });
  const told = /正在查单|正在看/;
  for (const sale of [saleOf(5), inCash]) assert.doesNotMatch(asking(sale), told);
  assert.doesNotMatch(asking(saleOf(5), act(2, "code_unreadable")), told);
  assert.doesNotMatch(asking(null, act(2, "asked_provider")), told);
  assert.match(asking(saleOf(5)), /还没有向支付宝发起收款，认不认还没有问过/);
  assert.match(asking(saleOf(5)), /没有看出操作不当；这一单没有发起收款/);
  assert.match(asking(inCash), /收款已有结论，支付宝没有说金额或付款码有问题/);
  assert.match(asking(unknownSale(5)), /支付宝认不认，正在查单/);
});

test("of the box: a sale that is still open was sent, however long ago", () => {
  const sent = attempt(90, { state: "unknown" });
  const asking = (given: Given): string =>
    answer(diagnose(caseOf(given)), "buyer_account").asking?.zh ?? "";
  assert.match(asking({ evidence: [sent], unsettled: [unknownSale(90)] }), /正在查单/);
  assert.match(asking({ evidence: [sent] }), /最近一分钟没有新的收款/);
});

const unsigned = (code: string, subCode: string): Evidence =>
  call(2, { asked: "pay", unknown: "verify", code, subCode });
table("system", [
  [
    "an unsigned word about the app is only a hint",
    "suspected isv.invalid-app-id",
    [unsigned("40002", "isv.invalid-app-id")],
  ],
  [
    "and none of it is left once a verified answer came",
    "not_known",
    [ago(9, unsigned("40002", "isv.invalid-app-id").fact), call(2)],
  ],
]);
table("merchant", [
  [
    "an unsigned word about the registered key is only a hint",
    "suspected isv.missing-signature-config",
    [unsigned("40003", "isv.missing-signature-config")],
  ],
]);
table("buyer_account", [
  [
    "an unsigned word about the buyer says nothing",
    "not_known",
    [unsigned("40004", "ACQ.BUYER_BALANCE_NOT_ENOUGH")],
  ],
]);

test("an unsigned word never says what became of the money", () => {
  const all = judge([unsigned("40002", "isv.invalid-app-id")]).families.flatMap(
    ({ findings }) => findings,
  );
  const hinted = all.find(({ cause }) => cause === "isv.invalid-app-id");
  assert.match(hinted?.nextStep.zh ?? "", /店主或技术支持/);
  for (const { explain, nextStep } of all)
    assert.doesNotMatch(explain.zh + nextStep.zh, /没有扣款/);
});

test("an account that took another sale's money is told as having taken another sale's", () => {
  const sale = unknownSale(20);
  const other = attempt(40, { state: "paid", saleId: "S9", orderNo: "T01-000009" });
  const { against } = answer(diagnose(caseOf({ evidence: [other], sale })), "merchant");
  assert.deepEqual(
    against.map(({ text }) => text.zh),
    ["另一笔（订单尾号 000009）：已收款"],
  );
});

test("an order that Alipay calls closed is nobody's doing at the counter", () => {
  const closed = call(3, { asked: "pay", code: "40004", subCode: "ACQ.TRADE_HAS_CLOSE" });
  const open = unknownSale(5);
  const orderNo = open.attempts[0]?.orderNo ?? "";
  const own = { ...closed, fact: { ...closed.fact, orderNo } } as Evidence;
  const diagnosis = diagnose(caseOf({ evidence: [own], sale: open }));
  assert.equal(verdictOf(diagnosis, "operation"), "ruled_out");
  assert.equal(verdictOf(diagnosis, "system"), "confirmed ACQ.TRADE_HAS_CLOSE");
});

const overLimit = ago(3, {
  kind: "act",
  act: "amount_unreadable",
  saleId: null,
  operatorNo: "07",
  refusal: "amount_over_limit",
});

test("an amount that was refused is nobody's sale, and is named by what refused it", () => {
  const said = judge([overLimit]).first;
  assert.equal(said?.title.zh, "超过本店单笔上限");
  assert.match(said?.explain.zh ?? "", /^这个金额没有用上/);
  assert.match(said?.nextStep.en ?? "", /^The amount is above the shop's limit/);
  // Another sale that nobody has charged yet is on the list meanwhile.
  const other = saleOf(60);
  const ofOther = diagnose(caseOf({ evidence: [overLimit], sale: other }));
  assert.equal(verdictOf(ofOther, "amount_or_input"), "not_known");
  assert.equal(ofOther.first, null);
});

test("of the box: what was just typed comes before what a sale met that is over", () => {
  const refused = declined(30, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
  assert.equal(firstOf(judge([refused, overLimit])), "confirmed amount_unreadable");
  const open = { evidence: [refused, overLimit], unsettled: [declinedSale("ACQ.X")] };
  assert.equal(firstOf(diagnose(caseOf(open))), "confirmed ACQ.BUYER_BALANCE_NOT_ENOUGH");
  assert.equal(
    firstOf(judge([overLimit, printer(2, "paper_out")])),
    "confirmed paper_out",
    "what stands in the way still leads",
  );
});

test("a charge that Alipay closed by itself: the customer didn't pay, and it isn't asked any more", () => {
  const ended = { state: "reversed", unpaidEnd: "closed", endedAtMs: nowMs - 2_000 } as const;
  const sale = (more: object) => saleOf(30, { attempts: [{ ...ended, ...more }] });
  const orderNo = sale({}).attempts[0]?.orderNo ?? assert.fail();
  const waited = call(20, { asked: "pay", orderNo, code: "10003" });
  const of = (more: object, ...evidence: readonly Evidence[]) =>
    diagnose(caseOf({ evidence, sale: sale(more) })).first?.title.zh;
  assert.equal(of({}, waited), "顾客没有付款");
  assert.equal(of({}), undefined);
  assert.equal(of({ stopAskedAtMs: nowMs - 5_000 }, waited), undefined);
});
