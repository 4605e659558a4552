/** 支付宝接口问题 and 系统升级维护, judged: its own codes prove it, silence doesn't. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ago,
  call,
  caseOf,
  down,
  elsewhere,
  judge,
  notice,
  nowMs,
  probe,
  reach,
  silence,
  verdictOf,
  wellBefore,
  wellNow,
} from "../../../../test/diagnosis-support/evidence.ts";
import { saleOf, unknownSale } from "../../../../test/diagnosis-support/sales.ts";
import type { SaleFacts } from "../../till/can.ts";
import { diagnose } from "../diagnose.ts";
import type { Evidence, FactOf } from "../evidence.ts";

type Row = readonly [what: string, says: string, ...(readonly (readonly Evidence[])[])];

const systemError = (seconds: number): Evidence =>
  call(seconds, {
    asked: "pay",
    unknown: "provider",
    code: "20000",
    subCode: "aop.ACQ.SYSTEM_ERROR",
  });

const provider: readonly Row[] = [
  ["nothing was asked", "not_known"],
  ["it answers", "ruled_out", [call(2)]],
  ["it answers a harmless query", "ruled_out", [probe(2)]],
  ["a system error, in its own words", "confirmed aop.ACQ.SYSTEM_ERROR", [systemError(2)]],
  [
    "a system error of another sale, and a good answer since",
    "ruled_out",
    [systemError(20), call(2)],
  ],
  [
    "an error page",
    "suspected provider_http_error",
    [call(2, { unknown: "unreadable", httpStatus: 502, code: null })],
  ],
  [
    "half an answer",
    "suspected provider_unreadable",
    [call(2, { unknown: "unreadable", code: null })],
  ],
  ["a wrong signature", "confirmed bad_signature", [call(2, { unknown: "verify", code: null })]],
  [
    "an unsigned refusal: that it came is proven, what it says isn't",
    "confirmed bad_signature",
    [call(2, { unknown: "verify", code: "40002", subCode: "isv.invalid-app-id" })],
  ],
  ["about another order", "suspected wrong_trade", [call(2, { unknown: "mismatch" })]],
  [
    "a code that isn't listed",
    "suspected unlisted_code",
    [call(2, { unknown: "unlisted", code: "40004", subCode: "ACQ.NEW" })],
  ],
  [
    "bad answers, then a good one",
    "ruled_out",
    [call(9, { unknown: "verify", code: null }), call(2)],
  ],
  [
    "silent, the internet works",
    "suspected provider_silent",
    wellBefore,
    [silence(3)],
    [reach(1, "internet")],
  ],
  [
    "silent for all",
    "confirmed provider_down",
    wellBefore,
    [silence(3)],
    [reach(1, "internet"), elsewhere(1, 4, 4)],
  ],
  [
    "silent here, well elsewhere",
    "suspected provider_silent",
    wellBefore,
    [silence(3)],
    [reach(1, "internet"), elsewhere(1, 4, 0)],
  ],
  [
    "all tills silent, the line here unknown: not proven",
    "suspected provider_silent",
    [silence(3), elsewhere(1, 4, 4)],
  ],
  [
    "silent because the line is down",
    "not_known",
    wellBefore,
    down("timeout", "internet", "dns", "provider"),
    [silence(1)],
  ],
  [
    "its door is closed",
    "suspected provider_silent",
    wellBefore,
    down("refused", "provider"),
    [reach(1, "internet")],
  ],
  ["slow answers", "suspected provider_slow", [30, 20, 10].map((one) => call(one, { ms: 4_500 }))],
];
for (const [what, says, ...evidence] of provider) {
  test(`${what}: ${says}`, () => assert.equal(verdictOf(judge(...evidence), "provider_api"), says));
}

const maintenance: readonly Row[] = [
  ["no notice", "ruled_out"],
  ["a notice of tomorrow", "ruled_out", [notice("provider", -80_000, -90_000), silence(2)]],
  ["a notice, and all works", "ruled_out", [notice("provider")], wellNow, [call(1)]],
  ["a notice, and all worked before it began", "not_known", [notice("provider", 5)], [call(60)]],
  [
    "a notice, and it is silent",
    "confirmed announced_maintenance",
    [notice("provider")],
    wellBefore,
    [silence(3), reach(1, "internet")],
  ],
  [
    "a notice, and its errors",
    "confirmed announced_maintenance",
    [notice("provider"), systemError(3)],
  ],
  [
    "a notice, but the line is down",
    "suspected announced_maintenance",
    [notice("provider")],
    wellBefore,
    down("timeout", "internet", "dns", "provider"),
    [silence(1)],
  ],
  [
    "a notice of the operator, and the line is down",
    "confirmed network_maintenance",
    [notice("network")],
    wellBefore,
    down("timeout", "internet"),
  ],
  ["a notice of the operator, and the line is good", "ruled_out", [notice("network")], wellNow],
  [
    "a notice of the operator, and Alipay is silent over a good line",
    "ruled_out",
    [notice("network")],
    wellBefore,
    [silence(20), reach(2, "internet")],
  ],
  [
    "a notice of the operator, and nothing was measured",
    "suspected network_maintenance",
    [notice("network"), silence(3)],
  ],
  ["a notice of the hub, which works", "ruled_out", [notice("hub")], [silence(2)]],
];
test("a charge that met the window is explained by it, though others get answers by now", () => {
  const open = unknownSale(20);
  const orderNo = open.attempts[0]?.orderNo ?? "";
  const met = call(18, { asked: "pay", orderNo, code: "20000", subCode: "isp.unknow-error" });
  const evidence = [notice("provider"), met, probe(2)];
  const said = (sale?: SaleFacts): string =>
    verdictOf(
      diagnose(caseOf(sale === undefined ? { evidence } : { evidence, sale })),
      "maintenance",
    );
  assert.equal(said(open), "confirmed announced_maintenance");
  assert.equal(said(), "ruled_out");
  const over = ago(60, { ...windowOf(notice("provider")), untilMs: nowMs - 5_000 });
  const after = diagnose(caseOf({ evidence: [over, met, probe(2)], sale: open }));
  assert.equal(verdictOf(after, "maintenance"), "confirmed announced_maintenance");
});

const windowOf = ({ fact }: Evidence): FactOf<"notice"> => {
  assert.ok(fact.kind === "notice");
  return fact;
};

for (const [what, says, ...evidence] of maintenance) {
  test(`${what}: ${says}`, () => assert.equal(verdictOf(judge(...evidence), "maintenance"), says));
}

test("a question that was out already when another was answered says nothing of Alipay after that", () => {
  const lost = (ms: number): Evidence =>
    call(8, { asked: "probe", orderNo: null, unknown: "silence", code: null, ms });
  const verdict = (ms: number) =>
    verdictOf(
      diagnose(caseOf({ evidence: [...wellBefore, ...wellNow, probe(10), lost(ms)] })),
      "provider_api",
    );
  assert.equal(verdict(5_000), "ruled_out");
  assert.notEqual(verdict(1_000), "ruled_out");
});

test("of one code what it said of this sale's own charge is told, whatever brought it last", () => {
  const error = (seconds: number, asked: "pay" | "query" | "probe"): Evidence =>
    call(seconds, {
      asked,
      orderNo: asked === "probe" ? null : (unknownSale(20).attempts[0]?.orderNo ?? ""),
      unknown: "provider",
      code: "20000",
      subCode: "aop.ACQ.SYSTEM_ERROR",
    });
  const told = (...later: readonly Evidence[]) =>
    diagnose(caseOf({ evidence: [...wellNow, error(19, "pay"), ...later], sale: unknownSale(20) }))
      .first;
  const own = told();
  assert.match(own?.explain.zh ?? "", /这一单扣没扣款还没有结论/);
  for (const later of [
    [error(2, "probe")],
    [error(3, "query")],
    [error(4, "query"), error(1, "probe")],
  ]) {
    const { title, explain, nextStep } = told(...later) ?? assert.fail();
    assert.deepEqual([title, explain, nextStep], [own?.title, own?.explain, own?.nextStep]);
  }
});

test("half an answer is no missing one: the line is well", () => {
  const half = call(2, { unknown: "broken", httpStatus: 200, code: null });
  assert.equal(
    verdictOf(judge([...wellBefore, reach(60, "internet"), half]), "network"),
    "ruled_out",
  );
});

test("a charge made again has causes of its own: the refusal before it is none of them", () => {
  const refused = "ACQ.BUYER_BALANCE_NOT_ENOUGH";
  const earlier = {
    state: "declined",
    unpaidEnd: "declined",
    code: { code: "40004", subCode: refused, message: null },
  } as const;
  const again = saleOf(60, {
    attempts: [
      { orderNo: "O1", ...earlier },
      { orderNo: "O2", state: "unknown" },
    ],
  });
  const answer = call(50, { asked: "pay", code: "40004", subCode: refused });
  const lost = call(5, { asked: "pay", orderNo: "O2", unknown: "silence", code: null, ms: 5_000 });
  const judged = diagnose(
    caseOf({ evidence: [...wellBefore, answer, ...wellNow, lost], sale: again }),
  );
  assert.equal(judged.first?.cause, "provider_silent");
  assert.equal(verdictOf(judged, "buyer_account"), "not_known");
});

test("while a charge is out, an answer of before it was sent rules nothing out", () => {
  const sale = saleOf(4, { attempts: [{ state: "sending", sentAtMs: nowMs - 4_000 }] });
  const verdicts = (...evidence: readonly Evidence[]) => {
    const judged = diagnose(caseOf({ evidence: [...wellBefore, ...evidence], sale }));
    return [verdictOf(judged, "provider_api"), verdictOf(judged, "network")];
  };
  assert.deepEqual(verdicts(call(30, { orderNo: "O9" })), ["not_known", "not_known"]);
  assert.deepEqual(verdicts(call(2, { orderNo: "O9" })), ["ruled_out", "ruled_out"]);
});

test("Alipay's silence is told in the past once it answers others again, and since when", () => {
  const evidence = [...wellBefore, ...wellNow, silence(40), probe(30), probe(20)];
  const { first } = diagnose(caseOf({ evidence, sale: unknownSale(50) }));
  assert.deepEqual([first?.cause, first?.title.zh], ["provider_silent", "支付宝当时没有应答"]);
  assert.match(first?.explain.zh ?? "", /11:59:30 起又有应答了/);
  const still = diagnose(
    caseOf({ evidence: [...evidence, silence(2, "query")], sale: unknownSale(50) }),
  );
  assert.equal(still.first?.title.zh, "支付宝没有应答");
});
