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
  printer,
  probe,
  reach,
  silence,
  wellBefore,
  wellNow,
} from "../../../test/diagnosis-support/evidence.ts";
import { contradictedSale, unknownSale } from "../../../test/diagnosis-support/sales.ts";
import { diagnose } from "./diagnose.ts";
import type { Evidence, FactOf, Target } from "./evidence.ts";
import { type Gate, gateOf } from "./gate.ts";
import { worstOf } from "./gate-told.ts";
import { gateView } from "./gate-view.ts";
import type { LightView } from "./view.ts";

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

test("what a feed says later takes nothing from Alipay's own refusal of the shop", () => {
  const blocked = declined(300, "ACQ.SELLER_BEEN_BLOCKED");
  const read = record(100, { what: "licence", state: "expiring", fromFeed: true });
  assert.equal(lightOf(blocked, read), "amber 本店收款账户被冻结");
  const expired = record(100, { what: "licence", state: "expired", fromFeed: true });
  assert.equal(lightOf(blocked, expired), "amber 本店收款账户被冻结；营业执照已过期（按记录）");
});

test("a window beside something worse is named after it, and hides nothing", () => {
  const blocked = declined(300, "ACQ.SELLER_BEEN_BLOCKED");
  const running = [notice("provider"), ...wellNow];
  assert.equal(lightOf(blocked, ...running), "amber 本店收款账户被冻结；升级维护");
  const { why } = gate({ evidence: [blocked, ...running] }).provider;
  assert.match(why?.zh ?? "", /商家平台.*公告的维护时段到/);
  assert.match(why?.en ?? "", /merchant site.*announced window ends/);
  // What the window names is out of order as well: still both, each once.
  const met = [
    blocked,
    notice("provider"),
    ...wellBefore,
    probe(5, "silence"),
    reach(1, "internet"),
  ];
  assert.equal(lightOf(...met), "amber 本店收款账户被冻结；升级维护");
  const frozen = record(40, { state: "frozen" });
  assert.equal(lightOf(frozen, ...running), "amber 收款账户被冻结（按记录）；升级维护");
  // Red is what stops: what only warns doesn't dilute it.
  assert.match(lightOf(blocked, notice("provider"), ...silent), /^red [^；]*$/);
});

test("what is only suspected is told as that beside something that is known", () => {
  const [known, likely] = [
    { zh: "账户被冻结", en: "Account frozen" },
    { zh: "支付宝变慢", en: "Alipay slow" },
  ];
  const sure: LightView = { light: "amber", text: known, why: null };
  const guess: LightView = { ...sure, text: likely, cause: "provider_slow", verdict: "suspected" };
  assert.equal(worstOf(sure, guess).text.zh, "账户被冻结；可能是：支付宝变慢");
  assert.equal(
    worstOf(guess, sure, guess).text.en,
    "Likely: Alipay slow; Account frozen; Likely: Alipay slow",
  );
  assert.deepEqual(worstOf(guess), guess);
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

test("the light of a printer whose cover is open for a new roll speaks of the roll", () => {
  const lightWith = (...evidence: readonly Evidence[]): string => {
    const given = caseOf({ evidence });
    const condition = "cover_open";
    const { printer: of } = gateOf({
      given,
      diagnosis: diagnose(given),
      provider: { state: "answering", failuresInARow: 0 },
      printer: { condition, paperLow: false, reachable: true, heard: "now", checkedAtMs: 1 },
      receiptLinks: true,
      overriddenUntilMs: null,
    });
    return `${of.text.zh} ${of.why?.zh}`;
  };
  const open = printer(1, "cover_open");
  assert.match(lightWith(printer(9, "paper_out"), open), /缺纸.*装一卷/);
  assert.match(lightWith(open), /盖子没合上.*把盖子按下/);
});

test("signatures that don't fit are called by one name at the light and in F8", () => {
  const evidence = [3, 2, 1].map((seconds) =>
    call(seconds, { unknown: "verify", code: null, subCode: null }),
  );
  const { provider } = gate({ evidence }, null, "failing");
  assert.equal(provider.text.zh, diagnose(caseOf({ evidence })).first?.title.zh);
  assert.match(provider.text.zh, /不能采信/);
});

const blackhole = [
  ...wellBefore,
  ...["interface", "router", "dns", "internet"].map((target) => reach(1, target as Target)),
  ...down("timeout", "provider"),
  silence(20),
  probe(12, "silence"),
  probe(2, "silence"),
];
/** Only the answers stay out: every rung of the way there is well, Alipay's own too. */
const mute = [...wellBefore, ...wellNow, silence(20), probe(12, "silence"), probe(2, "silence")];
const router = [
  ...wellBefore,
  reach(1, "interface"),
  ...down("timeout", "router", "dns", "internet", "provider"),
  silence(3),
];

const STORIES: Readonly<Record<string, readonly Evidence[]>> = {
  "Alipay's door is silent": blackhole,
  "Alipay takes requests and is silent": mute,
  "one call was lost": [...wellBefore, ...wellNow, silence(3)],
  "an announced window, and silence": [...mute, notice("provider")],
  "an announced window, and its door is silent": [...blackhole, notice("provider")],
  "an announced window of the line, which is down": [...router, notice("network")],
  "the router is silent": router,
  "the router is silent, and never answered before": [
    reach(1, "interface"),
    ...down("timeout", "router", "dns", "internet", "provider"),
    silence(3),
  ],
  "nothing is wrong": wellNow,
};

for (const [what, evidence] of Object.entries(STORIES))
  for (const state of ["answering", "failing"] as const)
    test(`${what}, calls ${state}: the lights say what F8 says, and as surely`, () => {
      const { families, first } = diagnose(caseOf({ evidence }));
      const { network, provider } = gate({ evidence }, null, state);
      const found = families.flatMap(({ findings }) => findings);
      for (const light of [network, provider]) {
        if (light.cause === undefined) continue;
        const one = found.find(
          ({ cause, title }) => cause === light.cause && title.zh === light.text.zh,
        );
        assert.equal(light.verdict, one?.verdict, light.text.zh);
      }
      const causes = [network, provider].map(({ cause }) => cause);
      if (first !== null) assert.ok(causes.includes(first.cause), `${first.cause} in ${causes}`);
      const isRuledOut = (family: string) =>
        families.some((one) => one.family === family && one.verdict === "ruled_out");
      if (isRuledOut("network")) assert.equal(network.light, "green", network.text.zh);
      for (const family of ["network", "provider_api"] as const)
        if (found.some((one) => one.family === family))
          assert.notEqual((family === "network" ? network : provider).light, "green");
      // Where the line is cut nothing is known of what lies beyond it.
      if (network.light === "red") assert.doesNotMatch(provider.text.zh, /没有应答/);
    });

test("an answered question makes Alipay's light green, though no charge was made since its silence", () => {
  const asked = [...wellBefore, ...wellNow, silence(20)];
  assert.equal(gate({ evidence: asked }, null, "failing").provider.light, "amber");
  const { provider } = gate({ evidence: [...asked, probe(1)] }, null, "failing");
  assert.deepEqual([provider.light, provider.text.zh], ["green", "支付宝：应答正常"]);
});
