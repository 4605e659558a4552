/** The harmless query as evidence: what is the gateway's own word, what is a stranger's, and what is nobody's. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { alipayProbe } from "../../src/adapters/provider/alipay/probe.ts";
import type { Evidence } from "../../src/core/diagnosis/evidence.ts";
import { configOf } from "./support/alipay.ts";
import {
  keySettings,
  type Scripted,
  startGateway,
  type TestGateway,
} from "./support/alipay-gateway.ts";

let gateway: TestGateway;
before(async () => {
  gateway = await startGateway();
});
after(() => gateway.close());

async function seen(script: Scripted, settings: Record<string, unknown> = {}) {
  gateway.answer(() => script);
  const config = configOf({ ...keySettings(gateway), timeout_ms: 600, ...settings });
  const probe = alipayProbe(config, { nowMs: Date.now, path: async () => "eth0", everyMs: 60_000 });
  const evidence: readonly Evidence[] = await probe.look();
  await probe.close();
  const of = (kind: string) =>
    evidence.map(({ fact }) => fact).find((fact) => fact.kind === kind) as unknown as
      | Readonly<Record<string, unknown>>
      | undefined;
  return { call: of("provider_call"), reach: of("reach"), clock: of("clock") };
}

const notExist: Scripted = {
  body: { code: "40004", msg: "Business Failed", sub_code: "ACQ.TRADE_NOT_EXIST" },
};

test("no such trade, signed: all is well, and the clock is compared", async () => {
  const { call, reach, clock } = await seen(notExist);
  assert.equal(call?.["unknown"], null);
  assert.equal(call?.["asked"], "probe");
  assert.equal(call?.["subCode"], "ACQ.TRADE_NOT_EXIST");
  assert.equal(reach?.["failure"], null);
  assert.equal(typeof reach?.["ms"], "number");
  assert.ok(Math.abs(Number(clock?.["offsetMs"])) < 5_000);
});

test("its own clock tells how wrong ours is", async () => {
  const date = new Date(Date.now() - 3_600_000).toUTCString();
  const { clock } = await seen({ ...notExist, headers: { date } } as Scripted);
  assert.ok(Math.abs(Number(clock?.["offsetMs"]) - 3_600_000) < 5_000);
});

const cases: readonly (readonly [
  name: string,
  failure: string | null,
  unknown: string | null,
  script: Scripted,
])[] = [
  [
    "a system error came all the way",
    null,
    "provider",
    { body: { code: "20000", sub_code: "aop.unknow-error" } },
  ],
  [
    "a wrong signature isn't believed, yet somebody speaks for it",
    null,
    "verify",
    { ...notExist, sign: "wrong" } as Scripted,
  ],
  ["a server's own 502", null, "unreadable", { text: "<html>bad gateway", status: 502 }],
  ["a login page", "portal", "unreadable", { text: "<html>please log in" }],
  ["something else", "bad_answer", "unreadable", { text: "hello" }],
  ["a reset once it was sent", "not_known", "broken", { fault: "reset" }],
  ["silence once it was sent", "not_known", "silence", { fault: "silent" }],
];
for (const [name, failure, unknown, script] of cases) {
  test(`${name}: ${failure ?? "the way is open"}, ${unknown}`, async () => {
    const { call, reach } = await seen(script);
    // What happens on a connected socket says nothing of the way there.
    if (failure === "not_known") assert.equal(reach, undefined);
    else assert.equal(reach?.["failure"], failure);
    assert.equal(call?.["unknown"], unknown);
  });
}

test("nobody listens: refused", async () => {
  const { reach } = await seen(notExist, { gateway: "http://127.0.0.1:9/gateway.do" });
  assert.equal(reach?.["failure"], "refused");
});
