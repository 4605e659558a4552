/** The manual lists everything that can be provoked, called and set. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { BEHAVIOURS, BEHAVIOUR_NAMES } from "../../src/sandbox/model/gateway/behaviours.ts";
import { SENTINELS } from "../../src/sandbox/model/gateway/sentinels.ts";
import { DEMO_WALLETS, WALLET_STATES } from "../../src/sandbox/model/gateway/wallets.ts";
import { settingsInput } from "../../src/sandbox/servers/control/inputs.ts";
import { yuanText } from "../../src/core/money/money.ts";

const manual = readFileSync("docs/reference/sandbox.md", "utf8");
const holds = (text: string): void =>
  assert.ok(manual.includes(text), `not in the manual: ${text}`);

test("every behaviour, with its wait and its amount", () => {
  for (const name of BEHAVIOUR_NAMES) {
    const { text, side, ms } = BEHAVIOURS[name];
    const sentinel = SENTINELS.find((one) => one.behaviour === name && one.subCode === null);
    const amount = sentinel === undefined ? "" : yuanText(sentinel.amountFen);
    const wait = ms === 0 ? "" : `${ms} ms`;
    holds(`| \`${name}\` | ${text.zh} | ${text.en} | ${side} | ${wait} | ${amount} |`);
  }
});

test("every amount that provokes a sub-code", () => {
  for (const one of SENTINELS.filter((sentinel) => sentinel.subCode !== null)) {
    const calls = one.methods.map((method) => method.replace("alipay.trade.", "")).join(", ");
    holds(`| ${yuanText(one.amountFen)} | \`${one.subCode}\` | ${calls} |`);
  }
});

test("every wallet, state and setting", () => {
  for (const wallet of DEMO_WALLETS) holds(`| \`${wallet.id}\` | ${wallet.name} |`);
  for (const state of WALLET_STATES) holds(`\`${state}\``);
  for (const setting of Object.keys(settingsInput.shape)) holds(`\`${setting}\``);
});
