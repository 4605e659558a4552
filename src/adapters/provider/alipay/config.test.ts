import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { newCerts } from "../../../../test/contract/support/alipay-certs.ts";
import {
  appId,
  newKeys,
  pkcs1,
  sellerId,
  spki,
} from "../../../../test/contract/support/alipay-gateway.ts";
import { checkSettings, isConfigured, readAlipayConfig } from "./config.ts";
import type { ConfigRead } from "./config.ts";
import { FIELDS } from "./config-text.ts";
import { issuedBy } from "./keys.ts";

const folder = mkdtempSync(join(tmpdir(), "chupiao-config-"));
after(() => rmSync(folder, { recursive: true }));

const keys = newKeys();
const nowMs = Date.parse("2026-11-23T00:00:00Z");
const good = {
  app_id: appId,
  seller_id: sellerId,
  private_key: pkcs1(keys.app.privateKey),
  alipay_public_key: spki(keys.alipay.publicKey),
};
const read = (change: Record<string, unknown> = {}): ConfigRead =>
  checkSettings({ ...good, ...change }, () => folder, nowMs);
const problems = (change: Record<string, unknown>): string => tell(read(change));
const tell = (one: ConfigRead): string =>
  one.kind === "config"
    ? ""
    : one.problems.map((note) => `${note.field}: ${note.text.zh}`).join("\n");
const bare = (text: string): string => text.replaceAll(/-----[^-]+-----|\s/g, "");
const save = (name: string, text: string, mode = 0o600): string => {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), mode);
  return name;
};

describe("keys come as shops have them", () => {
  const pkcs8 = keys.app.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  for (const [name, text] of [
    ["PKCS#1 PEM", pkcs1(keys.app.privateKey)],
    ["PKCS#8 PEM", pkcs8],
    ["bare PKCS#1", bare(pkcs1(keys.app.privateKey))],
    ["bare PKCS#8", bare(pkcs8)],
    ["one line with \\n", pkcs1(keys.app.privateKey).replaceAll("\n", "\\n")],
    ["a path", save("app.pem", pkcs8)],
    ["an absolute path", join(folder, "app.pem")],
  ] as const) {
    test(`private key: ${name}`, () => {
      const got = read({ private_key: text });
      assert.equal(tell(got), "");
      assert.ok(got.kind === "config" && got.config.privateKey.equals(keys.app.privateKey));
    });
  }
  for (const text of [
    bare(spki(keys.alipay.publicKey)),
    save("alipay.pem", spki(keys.alipay.publicKey)),
  ]) {
    test("Alipay's public key: bare or by path", () => {
      const got = read({ alipay_public_key: text });
      assert.ok(got.kind === "config" && got.config.keys.mode === "key");
    });
  }
});

describe("the usual mistakes are named", () => {
  const small = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const locked = keys.app.privateKey.export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase: "x",
  });
  const cases: readonly (readonly [Record<string, unknown>, RegExp])[] = [
    [{ app_id: undefined }, /^app_id: 缺少.*CHUPIAO_ALIPAY_APP_ID.*16 位/],
    [{ app_id: "wx12345" }, /^app_id: .*格式不对/],
    [{ seller_id: "1234567890123456" }, /^seller_id: .*2088/],
    [{ gateway: "openapi.alipay.com" }, /^gateway: .*https/],
    [{ gateway: "http://openapi.alipay.com/gateway.do" }, /^gateway: /],
    [
      { gateway: "https://openapi.alipaydev.com/gateway.do" },
      /^gateway: .*已停用.*openapi-sandbox/,
    ],
    [{ private_key: undefined }, /^private_key: 缺少/],
    [{ private_key: "missing.pem" }, /^private_key: .*不存在/],
    [{ private_key: "." }, /^private_key: .*读不出来/],
    [{ private_key: spki(keys.app.publicKey) }, /^private_key: .*不是完整的 RSA 私钥/],
    [{ private_key: bare(good.private_key).slice(0, 900) }, /^private_key: .*不要漏字符/],
    [{ private_key: locked.toString() }, /^private_key: .*密码/],
    [{ private_key: pkcs1(small.privateKey) }, /^private_key: .*2048/],
    [{ alipay_public_key: undefined }, /^alipay_public_key: 缺少.*不是应用公钥/],
    [{ alipay_public_key: spki(keys.app.publicKey) }, /^alipay_public_key: .*填成了应用公钥/],
    [{ alipay_public_key: good.private_key }, /^alipay_public_key: .*不是完整的公钥/],
    [{ notify_url: "shop/notify" }, /^notify_url: /],
    [{ timeout_ms: "soon" }, /^timeout_ms: .*500 到 60000/],
    [{ qr_timeout_express: "2 minutes" }, /^qr_timeout_express: .*2m/],
    [{ appid: "1" }, /^config: .*appid/],
  ];
  for (const [change, expected] of cases) {
    test(`${Object.keys(change).join()}: ${expected.source}`, () => {
      assert.match(problems(change), expected);
    });
  }
  test("all at once, and no text shows a key", () => {
    const text = problems({ app_id: "x", seller_id: "y", private_key: undefined });
    assert.equal(text.split("\n").length, 3);
    const key = `${bare(good.private_key).slice(0, 300)}`;
    assert.ok(!problems({ private_key: key }).includes(key.slice(0, 40)));
  });
});

describe("certificate mode", () => {
  const certs = newCerts(keys);
  const certMode = {
    alipay_public_key: undefined,
    app_cert: save("app.crt", certs.appCert),
    alipay_cert: save("alipay.crt", certs.alipayCert),
    alipay_root_cert: save("root.crt", certs.rootCert),
  };
  test("three files", () => {
    const got = read(certMode);
    assert.equal(tell(got), "");
    assert.ok(got.kind === "config" && got.config.keys.mode === "certificate");
  });
  const cases: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ["one missing", { alipay_root_cert: undefined }, /^alipay_root_cert: 缺少/],
    ["swapped", { app_cert: "alipay.crt", alipay_cert: "app.crt" }, /app_cert: .*放反/],
    [
      "both modes",
      { alipay_public_key: good.alipay_public_key },
      /^alipay_public_key: .*只能用一种/,
    ],
    ["no certificate", { alipay_cert: "app.pem" }, /^alipay_cert: .*没有可用的证书/],
    ["no root", { alipay_root_cert: "app.pem" }, /^alipay_root_cert: /],
    [
      "the app's certificate in the root's place",
      { alipay_root_cert: "app.crt" },
      /^alipay_root_cert: .*不是签发 alipay_cert 的根证书/,
    ],
    [
      "a root of the same name and another key",
      { alipay_root_cert: certs.falseRoot },
      /^alipay_root_cert: .*不是签发 alipay_cert 的根证书/,
    ],
    [
      "expired",
      { app_cert: newCerts(keys, "260101000000Z").appCert },
      /^app_cert: .*2026-01-01 过期/,
    ],
  ];
  for (const [name, change, expected] of cases) {
    test(name, () => assert.match(problems({ ...certMode, ...change }), expected));
  }
  test("an issuer that no file holds is a warning: the chain may have been cut off", () => {
    const got = read({ ...certMode, alipay_root_cert: certs.otherRoot });
    assert.ok(got.kind === "config");
    assert.match(got.warnings[0]?.text.zh ?? "", /看不出 alipay_root_cert/);
  });
  test("a certificate that is issued over one that comes along with it", () => {
    const both = `${certs.alipayCert}${certs.rootCert}`;
    assert.equal(issuedBy(both, certs.rootCert), "yes");
    assert.equal(issuedBy(both, certs.otherRoot), "not_known");
  });
  test("one that ends within a month is a warning", () => {
    const got = read({ ...certMode, app_cert: newCerts(keys, "261201000000Z").appCert });
    assert.match(got.kind === "config" ? (got.warnings[0]?.text.zh ?? "") : "", /2026-12-01/);
  });
});

describe("file and environment", () => {
  const source = (env: Record<string, string>, file?: string) => ({ file, env, folder, nowMs });
  const config = (settings: object, mode = 0o600): string =>
    save("alipay.json", JSON.stringify(settings), mode);

  test("the environment wins, and an empty variable doesn't count", () => {
    const file = config(good);
    const env = {
      CHUPIAO_ALIPAY_CONFIG: file,
      CHUPIAO_ALIPAY_TIMEOUT_MS: "900",
      CHUPIAO_ALIPAY_APP_ID: " ",
    };
    const got = readAlipayConfig(source(env));
    assert.ok(got.kind === "config");
    assert.equal(got.config.timeoutMs, 900);
    assert.equal(got.config.appId, appId);
  });

  test("a file that isn't there or isn't JSON", () => {
    assert.match(tell(readAlipayConfig(source({}, "nowhere.json"))), /nowhere\.json/);
    save("broken.json", `{"private_key": "${bare(good.private_key)}"`);
    const text = tell(readAlipayConfig(source({}, "broken.json")));
    assert.match(text, /不是 JSON/);
    assert.ok(!text.includes(bare(good.private_key).slice(0, 20)));
    save("list.json", "[]");
    assert.match(tell(readAlipayConfig(source({}, "list.json"))), /不是 JSON/);
  });

  test("keys that others may read, and debugging that prints requests, are warned of", () => {
    const warned = (env: Record<string, string>, file: string): string => {
      const got = readAlipayConfig(source(env, file));
      return got.kind === "config" ? got.warnings.map((one) => one.text.zh).join("\n") : tell(got);
    };
    assert.equal(warned({}, config(good)), "");
    assert.match(warned({ NODE_DEBUG: "alipay-sdk" }, config(good)), /NODE_DEBUG/);
    if (process.platform === "win32") return;
    assert.match(warned({}, config(good, 0o644)), /配置文件.*chmod 600/);
    const open = save("open.pem", good.private_key, 0o644);
    assert.match(
      warned({}, config({ ...good, private_key: open }, 0o644)),
      /^私钥文件.*open\.pem.*chmod 600/,
    );
  });

  test("whether anything is configured", () => {
    assert.equal(isConfigured({ env: {} }), false);
    assert.equal(isConfigured({ env: { CHUPIAO_ALIPAY_APP_ID: "" } }), false);
    assert.equal(isConfigured({ env: { CHUPIAO_ALIPAY_APP_ID: appId } }), true);
    assert.equal(isConfigured({ env: {}, file: "x" }), true);
    assert.equal(new Set(Object.values(FIELDS).map((field) => field.env)).size, 14);
  });
});

test("a file that an editor of Windows saved, with its invisible mark, is read", () => {
  const file = save("marked.json", `\uFEFF${JSON.stringify(good)}`);
  assert.equal(tell(readAlipayConfig({ file, env: {}, folder, nowMs })), "");
});
