/** The lights before a sale, and what is said beside them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  caseOf,
  type Given,
  down,
  probe,
  silence,
  wellBefore,
} from "../../../test/diagnosis-support/evidence.ts";
import { unknownSale } from "../../../test/diagnosis-support/sales.ts";
import { diagnose } from "./diagnose.ts";
import { type Gate, gateOf } from "./gate.ts";
import { gateView } from "./gate-view.ts";

const gate = (what: Given, overriddenUntilMs: number | null = null): Gate => {
  const given = caseOf(what);
  return gateOf({
    given,
    diagnosis: diagnose(given),
    provider: { state: "answering", failuresInARow: 0 },
    printer: { condition: null, paperLow: false, reachable: true, heard: "now", checkedAtMs: 1 },
    receiptLinks: true,
    overriddenUntilMs,
  });
};

const silent = [...wellBefore, silence(20), probe(12, "silence"), probe(2, "silence")];
const cut = [...wellBefore, ...down("timeout", "router", "dns", "internet", "provider")];

for (const [what, evidence] of Object.entries({ silent, cut })) {
  test(`${what}, and an outcome open: no cash, and nothing said of money but of the new sale`, () => {
    const view = gateView(gate({ evidence, unsettled: [unknownSale(20)] }), "cashier");
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
  const { nowMs } = caseOf({ evidence: [] });
  const view = gateView(gate({ evidence: silent }, nowMs + 60_000), "cashier");
  assert.deepEqual([view.stops, view.overridden_until], [null, "2026-11-29T12:01:00+08:00"]);
  assert.equal(gateView(gate({ evidence: [] }, nowMs - 1), "cashier").overridden_until, null);
});
