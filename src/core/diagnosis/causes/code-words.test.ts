/** Who must act, which step is shown and whom the words tell: of every code of the table the three agree. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { askedBy, type CodeRow, codeRows } from "../../payment/codes/codes.ts";
import type { Fixer } from "../../till/view.ts";
import type { GuideId } from "../guide/ids.ts";
import { GUIDES } from "../guide/steps.ts";
import { codeCauseRow } from "./causes.ts";
import { guideOfCode } from "./code-guide.ts";

const nameOf = (row: CodeRow): string => `${row.api} ${row.code} ${row.sub_code}`;

/** What comes after these is for the case that the rest didn't help. */
const lastResort = /(?:仍不行|反复出现|多次不行|着急|若已付款，|，或由)[^。]*/g;

const told = ({ zh, en }: CodeRow["cashier"]) => ({
  owner: zh.includes("店主"),
  support: zh.includes("技术支持"),
  serviceProvider: zh.includes("服务商"),
  ownerEn: /\bowner\b/i.test(en),
  supportEn: /\bsupport\b|\breport\b/i.test(en),
  serviceProviderEn: /service provider/i.test(en),
});

test("the words tell the one who can act, and nobody else but as a last resort", () => {
  for (const row of codeRows) {
    const first = told({ ...row.cashier, zh: row.cashier.zh.replaceAll(lastResort, "") });
    const words = `${nameOf(row)}: ${row.fixer}: ${row.cashier.zh}`;
    assert.equal(first.owner, row.fixer === "owner", words);
    assert.equal(first.support, row.fixer === "service_provider", words);
    if (first.serviceProvider) assert.match(row.cashier.zh, /请店主联系服务商/, words);
  }
});

test("both languages tell the same people", () => {
  for (const row of codeRows) {
    const both = told(row.cashier);
    const words = `${nameOf(row)}: ${row.cashier.zh} ${row.cashier.en}`;
    assert.equal(both.ownerEn, both.owner, words);
    assert.equal(both.supportEn, both.support, words);
    assert.equal(both.serviceProviderEn, both.serviceProvider, words);
    assert.equal(/open platform/.test(row.cashier.en), row.cashier.zh.includes("开放平台"), words);
  }
});

/** What each guide that a code can lead to is about, as its first step says it. */
const PLACES: readonly (readonly [words: string, guides: readonly GuideId[]])[] = [
  ["开放平台", ["open_platform"]],
  ["商家平台", ["owner_account", "shop_limit"]],
  ["联系服务商", ["owner_service"]],
];

test("the step is at the place that the words name", () => {
  for (const row of codeRows.filter((one) => one.sub_code !== null)) {
    const guide = guideOfCode(row);
    for (const [place, guides] of PLACES) {
      const words = `${nameOf(row)}: ${guide}: ${row.cashier.zh}`;
      if (row.cashier.zh.includes(place)) assert.ok(guides.includes(guide), words);
      if (guides.includes(guide))
        assert.ok(GUIDES[guide][0]?.text.zh.includes(place), `${guide} says ${place}`);
    }
  }
});

const FIXER_OF_STEP: readonly (readonly [Fixer, string])[] = [
  ["owner", "店主"],
  ["service_provider", "技术支持"],
];

test("the first step asks the one who can act, unless everybody has to wait first", () => {
  for (const row of codeRows.filter((one) => one.sub_code !== null)) {
    const guide = guideOfCode(row);
    if (guide === "provider_wait") continue;
    const step = GUIDES[guide][0]?.text.zh ?? "";
    for (const [fixer, name] of FIXER_OF_STEP)
      assert.equal(step.includes(name), row.fixer === fixer, `${nameOf(row)}: ${guide}: ${step}`);
  }
});

test("where the step is to wait, the words of a charge say so", () => {
  const charges = codeRows.filter(
    ({ api, sub_code }) =>
      sub_code !== null && (api === "*" || ["pay", "precreate", "cancel"].includes(askedBy[api])),
  );
  for (const row of charges.filter((one) => guideOfCode(one) === "provider_wait"))
    assert.match(row.cashier.zh, /系统|等收银机|等一分钟/, nameOf(row));
});

test("every code of a call has a cause with the same actor and guide, also those that no charge brings", () => {
  for (const row of codeRows.filter((one) => one.code !== null && one.sub_code !== null)) {
    const api = row.api === "*" ? "alipay.trade.pay" : row.api;
    const isOpen = row.sub_code === "aop.ACQ.SYSTEM_ERROR";
    const cause = codeCauseRow(row.code ?? "", row.sub_code, api);
    assert.equal(cause?.fixer, row.fixer, nameOf(row));
    assert.equal(cause.guide, guideOfCode(row), nameOf(row));
    if (!isOpen) assert.equal(cause.family, row.family, nameOf(row));
  }
});
