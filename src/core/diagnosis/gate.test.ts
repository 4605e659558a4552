/** The lights before a sale, and what is said beside them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ago,
  attempt,
  call,
  caseOf,
  declined,
  down,
  type Given,
  notice,
  nowMs,
  probe,
  silence,
  wellBefore,
  wellNow,
} from "../../../test/diagnosis-support/evidence.ts";
import { contradictedSale, unknownSale } from "../../../test/diagnosis-support/sales.ts";
import { diagnose } from "./diagnose.ts";
import type { Evidence, FactOf } from "./evidence.ts";
import { type Gate, gateOf } from "./gate.ts";
import { gateView } from "./gate-view.ts";

const gate = (
  what: Given,
  overriddenUntilMs: number | null = null,
  state: "answering" | "failing" = "answering",
): Gate => {
  const given = caseOf(what);
  return gateOf({
    given,
    diagnosis: diagnose(given),
    provider: { state, failuresInARow: 0 },
    printer: { condition: null, paperLow: false, reachable: true, heard: "now", checkedAtMs: 1 },
    receiptLinks: true,
    overriddenUntilMs,
  });
};

const silent = [...wellBefore, silence(20), probe(12, "silence"), probe(2, "silence")];
const cut = [...wellBefore, ...down("timeout", "router", "dns", "internet", "provider")];

for (const [what, evidence, open] of [
  ["silent, and an outcome open", silent, unknownSale(20)],
  ["cut, and an outcome open", cut, unknownSale(20)],
  ["cut, and a success contradicted", cut, contradictedSale(20)],
] as const) {
  test(`${what}: no cash, and nothing said of money but of the new sale`, () => {
    const view = gateView(gate({ evidence, unsettled: [open] }), "cashier");
    assert.notEqual(view.stops, null);
    assert.ok(!view.offers.includes("cash"));
    const lights = [view.network, view.provider].map(({ why }) => why?.zh ?? "").join();
    assert.doesNotMatch(`${view.next_sale?.zh} ${view.stops?.zh} ${lights}`, /现金/);
    assert.match(view.next_sale?.zh ?? "", /^下一单/);
    assert.doesNotMatch(view.next_sale?.zh ?? "", /扣款/);
    assert.match(view.stops?.zh ?? "", /^这笔新单没有扣款/);
  });
}

test("with nothing open a closed gate offers cash", () => {
  const view = gateView(gate({ evidence: silent }), "cashier");
  assert.ok(view.offers.includes("cash"));
  assert.match(view.stops?.zh ?? "", /^没有扣款/);
});

test("an owner's word is told with its end", () => {
  const view = gateView(gate({ evidence: silent }, nowMs + 60_000), "cashier");
  assert.deepEqual([view.stops, view.overridden_until], [null, "2026-11-29T12:01:00+08:00"]);
  assert.equal(gateView(gate({ evidence: [] }, nowMs - 1), "cashier").overridden_until, null);
});

const lightOf = (...evidence: readonly Evidence[]): string => {
  const { provider } = gate({ evidence });
  return `${provider.light} ${provider.text.zh}`;
};
const record = (seconds: number, more: Partial<FactOf<"qualification">>): Evidence =>
  ago(1, {
    kind: "qualification",
    id: `Q${seconds}`,
    what: "account",
    state: "valid",
    untilMs: null,
    note: "",
    saidAtMs: nowMs - seconds * 1_000,
    ...more,
  });

test("what Alipay itself refused the shop for warns until a payment goes through or a record says else", () => {
  const blocked = declined(300, "ACQ.SELLER_BEEN_BLOCKED");
  assert.equal(lightOf(blocked), "amber 本店收款账户被冻结");
  assert.equal(lightOf(declined(300, "ACQ.ACCESS_FORBIDDEN")), "amber 商户无此接口权限");
  const paid = attempt(200, { state: "paid", saleId: "S2", orderNo: "O2" });
  assert.match(lightOf(blocked, paid), /^green/);
  assert.match(lightOf(blocked, record(100, {})), /^green/);
  assert.match(lightOf(blocked, record(400, {})), /^amber/);
  assert.match(lightOf(declined(300, "ACQ.BUYER_BALANCE_NOT_ENOUGH")), /^green/);
  assert.match(lightOf(declined(300, "ACQ.BEYOND_PER_RECEIPT_RESTRICTION")), /^green/);
});

test("of several records the light names the worst", () => {
  const expired = record(50, { what: "licence", state: "expired" });
  const frozen = record(40, { state: "frozen" });
  assert.equal(lightOf(expired, frozen), "amber 收款账户被冻结（按记录）");
  assert.equal(
    gate({ evidence: [record(40, { what: "limit", state: "limited" })] }).provider.text.en,
    "Sales limit is restricted (by our records)",
  );
  assert.equal(lightOf(expired), "amber 营业执照已过期（按记录）");
});

test("a running window warns before its first charge, at the light that it names, until its end", () => {
  const { provider, network, measured } = gate({ evidence: [notice("provider"), ...wellNow] });
  assert.deepEqual([provider.light, provider.text.zh], ["amber", "升级维护"]);
  assert.match(provider.why?.zh ?? "", /11-29 12:10 为止/);
  assert.deepEqual([network.light, measured.provider], ["green", "green"]);
  const ofLine = gate({ evidence: [notice("network"), ...wellNow] });
  assert.deepEqual([ofLine.network.light, ofLine.provider.light], ["amber", "green"]);
  assert.equal(gate({ evidence: [notice("terminal"), ...wellNow] }).till.light, "amber");
  assert.equal(gate({ evidence: [notice("provider", -60, -90)] }).provider.light, "green");
});

test("signatures that don't fit are called by one name at the light and in F8", () => {
  const evidence = [3, 2, 1].map((seconds) =>
    call(seconds, { unknown: "verify", code: null, subCode: null }),
  );
  const { provider } = gate({ evidence }, null, "failing");
  assert.equal(provider.text.zh, diagnose(caseOf({ evidence })).first?.title.zh);
  assert.match(provider.text.zh, /不能采信/);
});
