/** Words about money are for a sale whose charge is open; before one, nothing was sent and nothing is said of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  call,
  caseOf,
  down,
  probe,
  reach,
  silence,
  wellBefore,
  wellNow,
} from "../../../../test/diagnosis-support/evidence.ts";
import { saleOf, unknownSale } from "../../../../test/diagnosis-support/sales.ts";
import type { SaleFacts } from "../../till/can.ts";
import { diagnose } from "../diagnose.ts";
import type { Evidence } from "../evidence.ts";

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

test("while the outcome is open the advice is not to charge again", () => {
  assert.match(said([...wellNow, silence(8), ...silentProbes], unknownSale(10)), /不要重复收款/);
});
