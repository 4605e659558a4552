/** Whatever goes wrong: no payment code, key, account, buyer or signature reaches a log, an answer or the console. */
import assert from "node:assert/strict";
import { after, before, mock, test } from "node:test";
import { inspect } from "node:util";
import { adapterFor, configOf } from "./support/alipay.ts";
import type { Adapter } from "./support/alipay.ts";
import {
  buyerId,
  notification,
  order,
  paid,
  paymentCode,
  refusal,
  shown,
} from "./support/alipay-bodies.ts";
import { keySettings, nodeOf, startGateway } from "./support/alipay-gateway.ts";
import type { Scripted, TestGateway } from "./support/alipay-gateway.ts";

let gateway: TestGateway;
let adapter: Adapter;
before(async () => {
  gateway = await startGateway();
  adapter = adapterFor(gateway, { timeout_ms: 500 });
});
after(async () => {
  await adapter.alipay.disconnect();
  await gateway.close();
});

const faceCode = "fp0123456789abcdefghij0123456789abc";
const account = "13912345678";
const echo =
  `验签出错，网关生成的验签字符串为：app_id=2021000000000001&amp;biz_content={"auth_code":"${paymentCode}"}` +
  `${faceCode} ${account} ${buyerId}`;
const scripts: readonly Scripted[] = [
  { body: { ...paid, buyer_logon_id: account } },
  { body: { ...refusal("isv.invalid-signature", "40002"), sub_msg: echo } },
  { body: { ...refusal("isv.invalid-signature", "40002"), sub_msg: echo }, sign: "none" },
  { body: { ...refusal("ACQ.SYSTEM_ERROR"), sub_msg: `付款码${paymentCode}${faceCode}` } },
  { body: { ...refusal("ACQ.SYSTEM_ERROR"), msg: paymentCode, sub_msg: undefined } },
  { body: { ...paid, sub_code: paymentCode } },
  { body: { ...paid, sub_code: `${faceCode}` } },
  { body: { ...paid, code: paymentCode } },
  { body: { ...paid, buyer_logon_id: account }, sign: "wrong" },
  { body: { ...shown("TRADE_SUCCESS"), buyer_logon_id: account }, sign: "none" },
  { body: paid, headers: { trace_id: paymentCode } },
  { text: `<html>${echo}</html>` },
  { text: `{"${nodeOf("alipay.trade.pay")}":{"buyer_user_id":"${buyerId}"` },
  { text: echo, status: 502 },
  { text: echo, status: 302, headers: { location: `/x?auth_code=${paymentCode}` } },
  { fault: "reset" },
  { fault: "end" },
  { fault: "truncate" },
  { fault: "silent" },
  { fault: "endless" },
];

test("nothing of the customer and no key is written anywhere", async () => {
  const written: string[] = [];
  const keep = (part: unknown): boolean => {
    written.push(String(part));
    return true;
  };
  const streams = [
    mock.method(process.stdout, "write", keep),
    mock.method(process.stderr, "write", keep),
    mock.method(console, "log", keep),
    mock.method(console, "warn", keep),
    mock.method(console, "error", keep),
  ];
  const answers: unknown[] = [];
  const { alipay, logged } = adapter;
  try {
    for (const script of scripts) {
      gateway.answer(() => script);
      const calls = [
        ...[paymentCode, faceCode].map((code) => alipay.pay(order, code)),
        alipay.precreate(order),
        alipay.query(order.orderNo),
        alipay.cancel(order.orderNo),
        alipay.close(order.orderNo),
        alipay.refund(order.orderNo, "R1", order.amountFen, "退货"),
        alipay.refundQuery(order.orderNo, "R1"),
        alipay.billAddress("2026-11-22"),
      ];
      answers.push(...(await Promise.all<unknown>(calls)));
    }
    alipay.readNotification(gateway.signedForm({ ...notification, buyer_logon_id: account }));
    alipay.readNotification({ ...gateway.signedForm(notification), buyer_logon_id: account });
  } finally {
    for (const stream of streams) stream.mock.restore();
  }
  assert.equal(answers.length, scripts.length * 9);
  assert.equal(logged.length, answers.length + 2);

  const everything = `${written.join("\n")}\n${JSON.stringify(logged)}\n${JSON.stringify(answers)}`;
  const settings = keySettings(gateway);
  const keyLines = [settings["private_key"], settings["alipay_public_key"]]
    .flatMap((pem) => String(pem).split("\n"))
    .filter((line) => line !== "" && !line.startsWith("-----"));
  const signatures = gateway.seen.map((seen) => seen.params["sign"] ?? "");
  for (const secret of [paymentCode, faceCode, account, buyerId, ...keyLines, ...signatures]) {
    assert.ok(!everything.includes(secret), `${secret.slice(0, 24)}… was written`);
  }
});

test("a printed configuration shows no key", () => {
  const config = configOf(keySettings(gateway));
  const printed = inspect(config, { depth: 9, showHidden: true }) + JSON.stringify(config);
  assert.doesNotMatch(printed, /PRIVATE KEY-----|MII/);
});
