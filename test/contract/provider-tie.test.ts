/** A data folder belongs to the provider of its first start: as a shop meets it, with the real programs. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { openLedger } from "../../src/adapters/store/sqlite/ledger.ts";
import { run, whileUp } from "../support/program.ts";

/** A gateway that takes every request and never answers, and settings whose keys fit nothing else. */
async function keysOf(context: TestContext, folder: string): Promise<string> {
  const gateway = createServer(() => {});
  await new Promise<void>((up) => void gateway.listen(0, "127.0.0.1", up));
  context.after(() => {
    gateway.closeAllConnections();
    gateway.close();
  });
  const { port } = gateway.address() as AddressInfo;
  const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
  const [app, alipay] = [pair().privateKey, pair().publicKey];
  const settings = {
    app_id: "2021000000000001",
    seller_id: "2088000000000001",
    gateway: `http://127.0.0.1:${port}/gateway.do`,
    private_key: app.export({ type: "pkcs8", format: "pem" }),
    alipay_public_key: alipay.export({ type: "spki", format: "pem" }),
    timeout_ms: 500,
  };
  const path = join(folder, "alipay.json");
  writeFileSync(path, JSON.stringify(settings), { mode: 0o600 });
  return path;
}

function newFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-tie-"));
  context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function attemptsOf(data: string, saleId: string) {
  const ledger = await openLedger(join(data, "ledger.db"), { inThread: true, ballastBytes: 0 });
  try {
    return (await ledger.attemptsOfSale("M1", saleId)).map(({ state, version }) => ({
      state,
      version,
    }));
  } finally {
    await ledger.close();
  }
}

test("a box that lost its keys asks no sandbox about the money that it has open", async (context) => {
  const folder = newFolder(context);
  const keys = await keysOf(context, folder);
  const data = join(folder, "shop");
  let saleId = "";
  await whileUp(["start", "--data", data, "--alipay-config", keys], async (url) => {
    const sell = ["sell", "--url", url, "--amount", "128.50", "--code", "281234567890123456"];
    const sold = await run(...sell, "--accept-e-receipt", "--wait", "2");
    assert.equal(sold.code, 4, sold.text);
    saleId = (JSON.parse(sold.text) as { sale_id: string }).sale_id;
  });
  const open = await attemptsOf(data, saleId);
  const lost = await run("start", "--data", data, "--port", "0");
  assert.equal(lost.code, 1);
  assert.match(lost.text, /provider_keys_missing/);
  assert.match(lost.text, /--alipay-config/);
  assert.ok(!existsSync(join(data, "sandbox", "sandbox.json")), "no sandbox is left behind");
  assert.deepEqual(await attemptsOf(data, saleId), open);
  const doctor = await run("doctor", "--data", data, "--port", "0");
  assert.equal(doctor.code, 1);
  assert.match(doctor.text, /"check":"account","good":false/);
  const changed = JSON.parse(readFileSync(keys, "utf8")) as Record<string, unknown>;
  const newApp = join(folder, "new-app.json");
  writeFileSync(newApp, JSON.stringify({ ...changed, app_id: "2021000000000002" }), {
    mode: 0o600,
  });
  const other = ["start", "--data", data, "--port", "0", "--alipay-config", newApp];
  assert.match((await run(...other)).text, /provider_other_account/);
  await whileUp(["start", "--data", data, "--alipay-config", keys], async () => {});
});

test("a folder of demo sales takes no real money, in a box and in a hub", async (context) => {
  const folder = newFolder(context);
  const keys = await keysOf(context, folder);
  for (const words of [["start"], ["hub", "start"]]) {
    const data = join(folder, words.join("-"));
    await whileUp([...words, "--data", data], async () => {});
    const live = await run(...words, "--data", data, "--port", "0", "--alipay-config", keys);
    assert.equal(live.code, 1);
    assert.match(live.text, /provider_demo_stays_demo/);
    assert.match(live.text, /--data/);
  }
});

test("training takes the sandbox whatever keys there are, tells the till, and keeps out of a shop's folder", async (context) => {
  const folder = newFolder(context);
  const keys = ["--alipay-config", await keysOf(context, folder)];
  await whileUp(["start", "--training", "--data", join(folder, "school"), ...keys], async (url) => {
    const till = (await (await fetch(`${url}/api/till`)).json()) as Record<string, unknown>;
    assert.deepEqual([till["training"], till["livemode"]], [true, false]);
  });
  const shop = ["--data", join(folder, "shop"), ...keys];
  await whileUp(["start", ...shop], async () => {});
  const mixed = await run("start", "--training", "--port", "0", ...shop);
  assert.match(mixed.text, /provider_training_apart/);
});
