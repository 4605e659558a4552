import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type EarlierSales,
  identityText,
  type ProviderIdentity,
  sandboxIdentity,
  type Tie,
  tieOf,
} from "./provider-identity.ts";

const live = {
  kind: "alipay",
  livemode: true,
  host: "openapi.alipay.com",
  appId: "2021000000000001",
  sellerId: "2088000000000001",
} as const;
const trial = { ...live, livemode: false, host: "openapi-sandbox.dl.alipaydev.com" };

const rows: readonly (readonly [ProviderIdentity | null, ProviderIdentity, string])[] = [
  // the folder's      this start                                 so
  [null, live, "first"],
  [null, sandboxIdentity, "first"],
  [sandboxIdentity, sandboxIdentity, "same"],
  [live, { ...live }, "same"],
  [live, sandboxIdentity, "keys_missing"],
  [trial, sandboxIdentity, "keys_missing"],
  [live, trial, "keys_missing"],
  [sandboxIdentity, live, "demo_stays_demo"],
  [sandboxIdentity, trial, "demo_stays_demo"],
  [trial, live, "demo_stays_demo"],
  [live, { ...live, appId: "2021000000000002" }, "other_account"],
  [live, { ...live, sellerId: "2088000000000002" }, "other_account"],
  [live, { ...live, host: "alipay-proxy.example.com" }, "same"],
];

test("a folder belongs to one provider", () => {
  for (const [stored, given, tie] of rows)
    assert.equal(tieOf(stored, given, "none"), tie, JSON.stringify({ stored, given }));
});

test("a folder from before the tie goes by what its sales tell", () => {
  const untied: readonly (readonly [EarlierSales, ProviderIdentity, Tie])[] = [
    ["none", sandboxIdentity, "first"],
    ["none", live, "first"],
    ["live", live, "first"],
    ["live", trial, "keys_missing"],
    ["live", sandboxIdentity, "keys_missing"],
    ["play", live, "demo_stays_demo"],
    ["play", trial, "first"],
    ["play", sandboxIdentity, "first"],
    ["alipay", live, "first"],
    ["alipay", trial, "first"],
    ["alipay", sandboxIdentity, "keys_missing"],
  ];
  for (const [earlier, given, tie] of untied) {
    assert.equal(tieOf(null, given, earlier), tie, JSON.stringify({ earlier, given }));
    assert.equal(tieOf(given, given, earlier), "same", "once it is tied they tell nothing");
  }
});

test("an identity is told in full, in both languages", () => {
  const { zh, en } = identityText(live);
  for (const part of [live.host, live.appId, live.sellerId])
    assert.ok(zh.includes(part) && en.includes(part), part);
  assert.notEqual(identityText(sandboxIdentity).zh, identityText(sandboxIdentity).en);
});
