/** The cause table: one meaning for each id, and words that a cashier can use. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DOUBT_CAUSES, HOLD_CAUSES } from "../../text/printer-causes.ts";
import { codeRows } from "../../payment/codes/codes.ts";
import { CAUSES, codeCauseRow } from "./causes.ts";
import { DEVICE_CAUSES } from "./device.ts";
import { NETWORK_CAUSES } from "./network.ts";
import {
  BUYER_CAUSES,
  INPUT_CAUSES,
  MAINTENANCE_CAUSES,
  MERCHANT_CAUSES,
  OPERATION_CAUSES,
  PROVIDER_CAUSES,
} from "./people.ts";
import { SYSTEM_CAUSES } from "./system.ts";

test("no id means two things", () => {
  const tables: readonly object[] = [
    NETWORK_CAUSES,
    DEVICE_CAUSES,
    SYSTEM_CAUSES,
    PROVIDER_CAUSES,
    INPUT_CAUSES,
    OPERATION_CAUSES,
    BUYER_CAUSES,
    MERCHANT_CAUSES,
    MAINTENANCE_CAUSES,
    HOLD_CAUSES,
    DOUBT_CAUSES,
  ];
  const ids = tables.flatMap((one) => Object.keys(one));
  assert.deepEqual(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
  );
  assert.equal(Object.keys(CAUSES).length, ids.length);
});

test("texts are short, in both languages, and end as sentences", () => {
  for (const [id, { title, explain, nextStep }] of Object.entries(CAUSES)) {
    assert.ok(title.zh.length <= 18, `${id}: ${title.zh}`);
    assert.doesNotMatch(title.zh, /[。；]$/, id);
    for (const one of [explain, nextStep]) {
      assert.match(one.zh, /[。？]$/, `${id}: ${one.zh}`);
      assert.match(one.en, /[.?]$/, `${id}: ${one.en}`);
      assert.ok(one.zh.length <= 90 && one.en.length <= 220, `${id}: ${one.zh}`);
    }
  }
});

test("every code of a charge has a cause of its own family", () => {
  const charge = codeRows.filter(
    (row) => row.api === "alipay.trade.pay" && row.code !== null && row.sub_code !== null,
  );
  assert.ok(charge.length > 50);
  for (const row of charge)
    assert.equal(
      codeCauseRow(row.code ?? "", row.sub_code)?.family,
      row.family,
      String(row.sub_code),
    );
});

test("whom a refused charge is for to mend is whom its words name", () => {
  for (const [code, subCode, fixer] of [
    ["40002", "isv.app-cert-expired", "owner"],
    ["40002", "isv.invalid-signature", "service_provider"],
    ["40004", "ACQ.PARTNER_ERROR", "service_provider"],
  ] as const) {
    const row = codeCauseRow(code, subCode);
    assert.equal(row?.fixer, fixer, subCode);
    assert.match(row.nextStep.zh, fixer === "owner" ? /请店主/ : /请技术支持/, subCode);
  }
});
