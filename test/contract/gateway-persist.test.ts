/** What the gateway said is still true after its process was killed. */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { AlipaySdk } from "alipay-sdk";
import { keyPaths } from "../../src/sandbox/servers/gateway/keys.ts";
import { diskStore } from "../../src/sandbox/servers/gateway/store.ts";
import { exec } from "./gateway-client.ts";

const folder = mkdtempSync(join(tmpdir(), "chupiao-gateway-"));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

async function start(): Promise<{ child: ChildProcess; sdk: AlipaySdk }> {
  const script = join(import.meta.dirname, "gateway-child.ts");
  const child = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  const paths = keyPaths(join(folder, "keys"));
  const sdk = new AlipaySdk({
    appId: "2021000000000001",
    privateKey: readFileSync(paths.appPrivateKey, "utf8"),
    alipayPublicKey: readFileSync(paths.alipayPublicKey, "utf8"),
    gateway: `http://127.0.0.1:${port.toString().trim()}/gateway.do`,
  });
  return { child, sdk };
}

test("trades, money and used codes outlive kill -9; keys are made once and are private", async () => {
  const seeded = diskStore(folder);
  const code = "280000000000000001";
  const inTenMinutes = Date.now() + 600_000;
  const value = { code, walletId: "lin", expiresAtMs: inTenMinutes, used: false };
  seeded.write([{ table: "code", key: code, value }]);
  seeded.close();
  const first = await start();
  const order = { totalAmount: "12.80", subject: "测试", authCode: code };
  const paid = await exec(first.sdk, "alipay.trade.pay", { outTradeNo: "K1", ...order });
  assert.equal(paid.code, "10000");
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  const second = await start();
  const query = await exec(second.sdk, "alipay.trade.query", { outTradeNo: "K1" });
  assert.equal(query["tradeStatus"], "TRADE_SUCCESS");
  assert.equal(query["tradeNo"], paid["tradeNo"]);
  const again = await exec(second.sdk, "alipay.trade.pay", { outTradeNo: "K1", ...order });
  assert.equal(again.subCode, "ACQ.TRADE_HAS_SUCCESS");
  const used = await exec(second.sdk, "alipay.trade.pay", { outTradeNo: "K2", ...order });
  assert.equal(used.subCode, "ACQ.PAYMENT_AUTH_CODE_INVALID");
  const cancel = await exec(second.sdk, "alipay.trade.cancel", { outTradeNo: "K1" });
  assert.equal(cancel["action"], "refund");
  for (const path of Object.values(keyPaths(join(folder, "keys")))) {
    assert.equal(statSync(path).mode & 0o777, 0o600, path);
  }
});
