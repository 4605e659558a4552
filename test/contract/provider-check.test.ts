/** `chupiao provider check`: what it finds, what it advises, and how it ends. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { providerCheck } from "../../src/adapters/provider/alipay/check.ts";
import { configOf } from "./support/alipay.ts";
import { nowMs, paid } from "./support/alipay-bodies.ts";
import { newCerts } from "./support/alipay-certs.ts";
import { appId, keySettings, nodeOf, sellerId, startGateway } from "./support/alipay-gateway.ts";
import type { Scripted, TestGateway } from "./support/alipay-gateway.ts";

let gateway: TestGateway;
let folder = "";
before(async () => {
  gateway = await startGateway();
  folder = mkdtempSync(join(tmpdir(), "chupiao-check-"));
});
after(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true });
});

const check = (settings: Record<string, unknown> = {}, atMs = nowMs) =>
  providerCheck(configOf({ ...keySettings(gateway), timeout_ms: 600, ...settings }), {
    nowMs: () => atMs,
  });
/** Without our order number, as replies of the gateway itself are. */
const said = (subCode: string, code = "40002"): Record<string, unknown> => ({
  code,
  msg: "…",
  sub_code: subCode,
});
const notExist: Scripted = { body: said("ACQ.TRADE_NOT_EXIST", "40004") };

describe("findings", () => {
  const cases: readonly (readonly [string, string, Scripted])[] = [
    ["no such trade, signed", "good", notExist],
    ["our signature is refused", "app_key", { body: said("isv.invalid-signature") }],
    [
      "unknown app, which the live gateway doesn't sign",
      "app_id",
      { body: said("isv.invalid-app-id"), sign: "none" },
    ],
    [
      "unknown app as error_response",
      "app_id",
      { body: said("isv.invalid-app-id"), node: "error_response" },
    ],
    [
      "no key at Alipay, unsigned",
      "no_app_key",
      { body: said("isv.missing-signature-config", "40003"), sign: "none" },
    ],
    ["app not online", "app_offline", { body: said("not-online-app") }],
    ["certificates wanted", "cert_mode", { body: said("isv.missing-app-cert-sn", "40001") }],
    ["no permission", "permissions", { body: said("isv.insufficient-isv-permissions", "40006") }],
    ["timestamp refused", "clock", { body: said("isv.invalid-timestamp") }],
    ["signed with another key", "alipay_key", { ...notExist, sign: "wrong" }],
    ["system error", "busy", { body: said("aop.unknow-error", "20000") }],
    ["something new", "refused", { body: said("ACQ.NEW", "40004") }],
    ["a trade of that number", "refused", { body: { ...paid, trade_status: "TRADE_SUCCESS" } }],
    ["login page", "unreadable", { text: "<html>" }],
    ["another node", "unreadable", { body: paid, node: nodeOf("alipay.trade.pay") }],
    ["reset", "broken", { fault: "reset" }],
    ["silence", "silence", { fault: "silent" }],
  ];
  for (const [name, finding, script] of cases) {
    test(`${name}: ${finding}`, async () => {
      gateway.answer(() => script);
      const verdict = await check();
      assert.equal(verdict.finding, finding);
      assert.equal(verdict.ok, finding === "good");
      for (const text of [verdict.text, verdict.advice]) {
        assert.doesNotMatch(text.zh + text.en, /\{|\(\)|（）/);
      }
    });
  }

  test("with certificates: what names one of them, and with a plain key the same code", async () => {
    const certs = newCerts(gateway.keys);
    const certMode = {
      alipay_public_key: undefined,
      app_cert: certs.appCert,
      alipay_cert: certs.alipayCert,
      alipay_root_cert: certs.rootCert,
    };
    for (const word of [
      "invalid-parameter",
      "missing-app-cert-sn",
      "invalid-alipay-root-cert-sn",
    ]) {
      gateway.answer(() => ({ body: said(`isv.${word}`), certSn: certs.alipayCertSn }));
      const verdict = await check(certMode);
      assert.equal(verdict.finding, "certs", word);
      assert.match(verdict.text.zh, /证书.*不是/);
      assert.match(verdict.advice.zh, /app_cert 和 alipay_root_cert/);
    }
    gateway.answer(() => ({ body: said("isv.invalid-parameter") }));
    assert.equal((await check()).finding, "refused");
    gateway.answer(() => ({ body: said("isv.app-call-limited", "40005") }));
    assert.equal((await check()).finding, "busy");
  });

  test("it asks once, for an order that can't exist, and for nothing else", async () => {
    gateway.seen.length = 0;
    gateway.answer(() => notExist);
    await check();
    assert.deepEqual(
      gateway.seen.map((seen) => seen.api),
      ["alipay.trade.query"],
    );
    assert.deepEqual(Object.keys(gateway.seen[0]?.biz ?? {}), ["out_trade_no"]);
    assert.match(String(gateway.seen[0]?.biz["out_trade_no"]), /^CHECK[0-9a-f]{32}$/);
  });

  test("a name that isn't found, plain HTTP where TLS should be, a closed port", async () => {
    assert.equal((await check({ gateway: `https://${"x".repeat(64)}.invalid/` })).finding, "dns");
    assert.equal((await check({ gateway: gateway.url.replace("http:", "https:") })).finding, "tls");
    assert.equal((await check({ gateway: "http://127.0.0.1:1/gateway.do" })).finding, "broken");
  });

  test("a clock that is off is named with its seconds", async () => {
    gateway.answer(() => ({ ...notExist, headers: { date: new Date(nowMs).toUTCString() } }));
    assert.equal((await check()).clockWarning, null);
    const late = await check({}, nowMs + 300_000);
    assert.equal(late.ok, true);
    assert.equal(late.clockAheadSeconds, 300);
    assert.match(late.clockWarning?.zh ?? "", /300 秒/);
  });
});

describe("command line", () => {
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      const script = new URL("./support/provider-cli.ts", import.meta.url).pathname;
      const plain = { PATH: process.env["PATH"] ?? "" };
      execFile(
        process.execPath,
        [script, ...args],
        { cwd: folder, env: { ...plain, ...env } },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === "number" ? error.code : 0, out: stdout + stderr }),
      );
    });

  test("good keys from a file: exit 0, in words and as JSON", async () => {
    gateway.answer(() => notExist);
    const settings = keySettings(gateway);
    const keyFile = join(folder, "app.pem");
    writeFileSync(keyFile, String(settings["private_key"]), { mode: 0o600 });
    const file = join(folder, "alipay.json");
    writeFileSync(file, JSON.stringify({ ...settings, private_key: "app.pem" }));
    const words = await run(["check", "--config", file]);
    assert.equal(words.code, 0, words.out);
    assert.match(words.out, /支付宝已连通/);
    assert.match(words.out, /不是支付宝正式环境/);
    chmodSync(keyFile, 0o644);
    const json = await run(["check", "--config", "alipay.json", "--json"]);
    assert.equal(json.code, 0, json.out);
    const told = JSON.parse(json.out) as Record<string, unknown>;
    assert.partialDeepStrictEqual(told, {
      ok: true,
      finding: "good",
      livemode: false,
      problems: [],
    });
    if (process.platform !== "win32") assert.match(JSON.stringify(told["warnings"]), /chmod 600/);
  });

  test("good keys from the environment", async () => {
    gateway.answer(() => notExist);
    const settings = keySettings(gateway);
    const ended = await run(["check", "--lang", "en"], {
      CHUPIAO_ALIPAY_APP_ID: appId,
      CHUPIAO_ALIPAY_SELLER_ID: sellerId,
      CHUPIAO_ALIPAY_GATEWAY: gateway.url,
      CHUPIAO_ALIPAY_PRIVATE_KEY: String(settings["private_key"]).replaceAll("\n", "\\n"),
      CHUPIAO_ALIPAY_PUBLIC_KEY: String(settings["alipay_public_key"]),
    });
    assert.equal(ended.code, 0, ended.out);
    assert.match(ended.out, /Alipay answers/);
  });

  test("nothing configured: exit 1, every field named with its variable", async () => {
    const ended = await run(["check"]);
    assert.equal(ended.code, 1);
    for (const name of ["APP_ID", "SELLER_ID", "PRIVATE_KEY"]) {
      assert.match(ended.out, new RegExp(`CHUPIAO_ALIPAY_${name}`));
    }
    const json = await run(["check", "--json"]);
    assert.equal(json.code, 1);
    assert.equal((JSON.parse(json.out) as { ok: boolean }).ok, false);
  });

  test("a refusal of the gateway: exit 1 and advice", async () => {
    gateway.answer(() => ({ body: said("isv.invalid-signature") }));
    writeFileSync(join(folder, "whole.json"), JSON.stringify(keySettings(gateway)), {
      mode: 0o600,
    });
    const ended = await run(["check", "--config", "whole.json"]);
    assert.equal(ended.code, 1);
    assert.match(ended.out, /isv\.invalid-signature/);
    assert.match(ended.out, /private_key/);
  });
});
