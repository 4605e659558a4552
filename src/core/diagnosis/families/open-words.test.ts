/** Words about money are for a sale whose charge is open; before one, nothing was sent and nothing is said of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  act,
  attempt,
  call,
  caseOf,
  declined,
  down,
  firstOf,
  nowMs,
  probe,
  reach,
  silence,
  wellBefore,
  wellNow,
} from "../../../../test/diagnosis-support/evidence.ts";
import { saleOf, unknownSale } from "../../../../test/diagnosis-support/sales.ts";
import { tillText } from "../../text/till.ts";
import type { SaleFacts } from "../../till/can.ts";
import { boxMoney } from "../box-money.ts";
import { CAUSES } from "../causes/causes.ts";
import { diagnose } from "../diagnose.ts";
import type { Evidence } from "../evidence.ts";
import type { GuideFacts } from "../guide/checks.ts";
import { freshGuide, guideView } from "../guide/guide.ts";
import { GUIDES } from "../guide/steps.ts";

const refused = call(3, {
  asked: "probe",
  orderNo: null,
  code: "20000",
  subCode: "isp.unknow-error",
});
const silentProbes = [probe(9, "silence"), probe(6, "silence"), probe(3, "silence")];
const aboutMoney = /扣款|重复收款/;

const said = (evidence: readonly Evidence[], sale?: SaleFacts): string => {
  const given = caseOf(sale === undefined ? { evidence } : { evidence, sale });
  const findings = diagnose(given).families.flatMap((one) => one.findings);
  assert.notEqual(findings.length, 0);
  return findings.map((one) => one.explain.zh + one.nextStep.zh).join("\n");
};

const factsOf = (evidence: readonly Evidence[], sale: SaleFacts): GuideFacts => {
  const given = caseOf({ evidence, sale });
  return { given, diagnosis: diagnose(given), sinceMs: nowMs - 30_000 };
};

for (const [what, evidence] of [
  ["the gateway refuses the harmless query", [...wellNow, refused]],
  ["the harmless query gets no answer", [...wellNow, ...silentProbes]],
  ["nothing is known of the line", silentProbes],
  [
    "the router is dead",
    [
      ...wellBefore,
      reach(1, "interface"),
      ...down("timeout", "router", "dns", "internet"),
      ...silentProbes,
    ],
  ],
] as const)
  test(`before a charge no word about money: ${what}`, () => {
    assert.doesNotMatch(said(evidence), aboutMoney);
    assert.doesNotMatch(said(evidence, saleOf(5)), aboutMoney);
  });

test("whatever code comes while an outcome is open: no word of cash, of another way, or that nothing was taken", () => {
  const offers = /现金|换一种|别的支付方式|没有扣款|重新收款/;
  const shop = ["ACQ.SELLER_BEEN_BLOCKED", "ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION"];
  const system = ["isv.invalid-signature", "isv.missing-app-id", "aop.invalid-auth-token"];
  for (const subCode of [...shop, ...system, "ACQ.BUYER_BALANCE_NOT_ENOUGH"]) {
    const code = subCode.startsWith("ACQ") ? "40004" : "40002";
    const open = unknownSale(10);
    const orderNo = open.attempts[0]?.orderNo ?? "";
    const evidence = [call(3, { asked: "pay", orderNo, code, subCode })];
    assert.doesNotMatch(said(evidence, open), offers, subCode);
    const guide = guideView(freshGuide, factsOf(evidence, open), null);
    const steps = guide.filter(({ id }) => id !== "charge_again").map(({ text }) => text.zh);
    assert.doesNotMatch(steps.join("\n"), offers, subCode);
    const earlier = { state: "declined", unpaidEnd: "declined" } as const;
    const again = saleOf(60, {
      attempts: [
        { orderNo: "O1", ...earlier, code: { code, subCode, message: null } },
        { orderNo: "O2", state: "unknown" },
      ],
    });
    // What the charge before it was refused for is history.
    const ofAgain = diagnose(caseOf({ evidence: [declined(30, subCode, code)], sale: again }));
    const causes = ofAgain.families.flatMap((one) => one.findings.map(({ cause }) => cause));
    assert.ok(!causes.includes(subCode), subCode);
    const box = caseOf({ evidence: [declined(30, subCode, code)], unsettled: [open] });
    const findings = diagnose(box).families.flatMap((one) => one.findings);
    assert.doesNotMatch(findings.map((one) => one.nextStep.zh).join("\n"), offers, subCode);
  }
});

test("no row of the cause table offers another payment while the outcome is open", () => {
  for (const [cause, { family, nextStep, nextStepOpen = nextStep }] of Object.entries(CAUSES))
    if (family !== "amount_or_input")
      assert.doesNotMatch(nextStepOpen.zh, /现金|换一种|重新收款|^请顾客.*付款码/, cause);
  // What is scanned now can't be why an earlier scan has no outcome.
  const open = unknownSale(10);
  const scanned = act(2, "code_of_other_wallet", open.sale.id);
  const found = diagnose(caseOf({ evidence: [scanned], sale: open })).families;
  assert.deepEqual(found.find(({ family }) => family === "amount_or_input")?.findings, []);
});

test("no step of any guide offers another payment while the outcome is open", () => {
  for (const step of Object.values(GUIDES).flat())
    assert.doesNotMatch((step.open ?? step.text).zh, /现金|换一|重新收款|刷新/, step.id);
});

test("while the outcome is open the advice is not to charge again", () => {
  assert.match(said([...wellNow, silence(8), ...silentProbes], unknownSale(10)), /不要重复收款/);
});

test("while Alipay can't be heard, that it waited for the customer says nothing of now", () => {
  const sale = unknownSale(40, { state: "awaiting_buyer" });
  const orderNo = sale.attempts[0]?.orderNo ?? "";
  const asked = call(36, { asked: "pay", orderNo, code: "10003" });
  const waits = attempt(36, { saleId: sale.sale.id, orderNo, state: "awaiting_buyer" });
  const until = [...wellBefore, asked, waits];
  const says = (...since: readonly Evidence[]): readonly [string, string] => {
    const diagnosis = diagnose(caseOf({ evidence: [...until, ...since], sale }));
    const own = diagnosis.families.find(({ family }) => family === "operation")?.findings[0];
    return [firstOf(diagnosis), `${own?.verdict} ${own?.title.zh} ${own?.explain.zh}`];
  };
  assert.match(says().join(), /^confirmed buyer_not_confirming.*现在没有扣款/);
  const cable = [reach(5, "interface", "down"), reach(1, "interface", "down")];
  const lost = call(3, { orderNo, unknown: "silence", code: null, ms: 5_000 });
  for (const [since, first] of [
    [cable, "confirmed interface_down"],
    [[...cable, lost], "confirmed interface_down"],
    [[lost], "suspected answer_missing"],
  ] as const) {
    const [leads, own] = says(...since);
    assert.equal(leads, first);
    assert.match(own, /^suspected 断开前在等顾客确认 .*不知道付了没有/);
    assert.doesNotMatch(own, /没有扣款|还没有确认/);
  }
  const heard = call(1, { orderNo, code: "10000", ms: 80 });
  assert.match(says(lost, heard).join(), /^confirmed buyer_not_confirming/);
});

test("what is named to be pressed is called as its button is", () => {
  const { nextStep } = CAUSES.buyer_not_confirming;
  assert.ok(nextStep.zh.includes(tillText.reverse.zh) && nextStep.en.includes(tillText.reverse.en));
});

test("a case of the box never says that nothing was taken while outcomes of its time are open", () => {
  const closed = { closedAtMs: nowMs - 20_000 };
  assert.match(boxMoney({ closedAtMs: null }, []).zh, /没有扣款/);
  assert.doesNotMatch(boxMoney(closed, []).zh, /没有扣款/);
  const open = unknownSale(40);
  const orderNo = open.attempts[0]?.orderNo ?? "";
  for (const when of [{ closedAtMs: null }, closed]) {
    const { zh, en } = boxMoney(when, [open, saleOf(30)]);
    assert.ok(zh.includes(orderNo) && en.includes(orderNo), zh);
    assert.match(zh, /^还有 1 笔没有结论.*不知道扣款没有/);
  }
  assert.doesNotMatch(boxMoney(closed, [unknownSale(10)]).zh, /没有结论/);
});
