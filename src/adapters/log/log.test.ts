import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { Writable } from "node:stream";
import { test } from "node:test";
import { createLog } from "./log.ts";

function logged(fields: Readonly<Record<string, unknown>>, level = "info") {
  let text = "";
  const destination = new Writable({
    write(part, _encoding, done) {
      text += String(part);
      done();
    },
  });
  createLog(level, destination)("info", "test", fields);
  return { text, line: text === "" ? null : (JSON.parse(text) as Record<string, unknown>) };
}

const code = "281234567890123456";
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = String(privateKey.export({ type: "pkcs8", format: "pem" }));

test("a payment code, a key and a PIN are cut at any depth and under any name", () => {
  const shapes: readonly Readonly<Record<string, unknown>>[] = [
    { code },
    { paymentCode: code },
    { intent: { payment_code: code } },
    { deep: [{ er: { "Auth-Code": code } }] },
    { note: `scanned ${code}, then again` },
    { digits: ["130123456789012345", code] },
    { error: new Error(`no answer to ${code}`) },
    { headers: { authorization: "Bearer 4711", cookie: "a=4711" } },
    { operator: { pin: "4711" }, Pin: 4711 },
    { settings: { private_key: pem }, said: `read ${pem}` },
  ];
  for (const fields of shapes) {
    const { text } = logged(fields);
    for (const secret of [code, "130123456789012345", "4711", pem.slice(30, 60)])
      assert.ok(!text.includes(secret), text);
    assert.match(text, /\[cut\]/);
  }
});

test("what a call to the provider is judged by stays", () => {
  const call = {
    api: "alipay.trade.pay",
    order_no: "T01_261129_000001_c7mr",
    trade_no: "2026112322001400010000000001",
    seller_id: "2088000000000001",
    result_code: "20000",
    sub_code: "aop.ACQ.SYSTEM_ERROR",
    at_ms: 1_795_955_273_000,
    verified: true,
    reason: null,
  };
  const { line } = logged(call);
  assert.deepEqual({ ...line, ...call }, line);
  assert.deepEqual(logged({ cause: { code: { code: "40004" } } }).line?.["cause"], {
    code: { code: "[cut]" },
  });
});

test("a circle ends, and nothing is said below the level", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  assert.match(logged(circle).text, /\[cut\]/);
  assert.equal(logged({ a: 1 }, "warn").line, null);
});
