/** The sandbox from outside: control interface, page, and the life of its process. */
import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { DEFAULT_SETTINGS } from "../../src/sandbox/model/gateway/settings.ts";
import { settingsInput, settingsPatch } from "../../src/sandbox/servers/control/inputs.ts";
import { Owners } from "../../src/sandbox/servers/sandbox/lifetime.ts";
import { readNews } from "../../src/sandbox/servers/sandbox/news.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/servers/sandbox/sandbox.ts";
import { exec, keys, keySdk, orderNo, pay } from "./gateway-client.ts";
import { axeFindings, launchBrowser } from "../e2e/support/browser.ts";
import { until } from "../support/until.ts";

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox({ gateway: { keys } });
});
after(() => sandbox.close());

async function ask(method: string, path: string, body?: unknown, headers = {}) {
  const init =
    body === undefined
      ? { method, headers }
      : {
          method,
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
        };
  const response = await fetch(`${sandbox.url}/control${path}`, init);
  const value = (await response.json()) as Record<string, unknown>;
  return { status: response.status, value };
}

describe("the control interface", () => {
  test("gives fresh codes, by wallet name in either language", async () => {
    const { value } = await ask("POST", "/codes", { wallet: "陈阿芬" });
    assert.match(String(value["code"]), /^28\d{16}$/);
    assert.equal(value["wallet"], "chen");
    assert.match(String(value["expires_at"]), /^\d{4}-\d\d-\d\dT[\d:.]{12}\+08:00$/);
    const first = await ask("POST", "/codes");
    assert.equal(first.value["wallet"], "lin");
    const unknown = await ask("POST", "/codes", { wallet: "nobody" });
    assert.deepEqual([unknown.status, unknown.value["code"]], [404, "no_such_wallet"]);
  });

  test("changes wallets, and names the field that is wrong", async () => {
    const { value } = await ask("PATCH", "/wallets/su", { state: "normal", balance_fen: 5000 });
    assert.deepEqual([value["state"], value["balance_fen"]], ["normal", 5000]);
    assert.equal(
      (await pay(sandbox.gateway, "50.01", "su")).subCode,
      "ACQ.BUYER_BALANCE_NOT_ENOUGH",
    );
    const wrong = await ask("PATCH", "/wallets/su", { balance_fen: 1.5 });
    assert.equal(wrong.status, 400);
    assert.deepEqual(wrong.value["text"], {
      zh: "没有改动。balance_fen：要是整数",
      en: "Nothing was changed. balance_fen: must be a whole number",
    });
    await ask("POST", "/wallets/reset", {});
    assert.equal((await ask("GET", "/wallets/su")).value["state"], "face_to_face_off");
  });

  test("takes a DELETE that names the type of a body it doesn't have", async () => {
    const init = { method: "DELETE", headers: { "content-type": "application/json" } };
    const reply = await fetch(`${sandbox.url}/control/faults`, init);
    assert.deepEqual([reply.status, await reply.json()], [200, { cleared: 0 }]);
    const broken = await fetch(`${sandbox.url}/control/codes`, {
      ...init,
      method: "POST",
      body: "{",
    });
    assert.equal(broken.status, 400);
    assert.match(((await broken.json()) as { text: { zh: string } }).text.zh, /不是有效的 JSON/);
  });

  test("confirms and refuses passwords", async () => {
    const { outTradeNo } = await pay(sandbox.gateway, "5.00", "zheng");
    const done = await ask("POST", `/trades/${outTradeNo}/confirm`, {});
    assert.equal(done.value["status"], "TRADE_SUCCESS");
    const again = await ask("POST", `/trades/${outTradeNo}/confirm`, {});
    assert.deepEqual([again.status, again.value["code"]], [409, "nobody_is_asked"]);
    const other = await pay(sandbox.gateway, "5.00", "zheng");
    const refused = await ask("POST", `/trades/${other.outTradeNo}/refuse`, {});
    assert.equal(refused.value["closed_by"], "refused");
    const { value } = await ask("GET", `/trades/${other.outTradeNo}`);
    assert.deepEqual([value["status"], value["total_fen"]], ["TRADE_CLOSED", 500]);
  });

  test("scans a QR order", async () => {
    const outTradeNo = orderNo();
    const biz = { outTradeNo, totalAmount: "3.00", subject: "码" };
    await exec(keySdk(sandbox.gateway), "alipay.trade.precreate", biz);
    const { value } = await ask("GET", "/qr-orders");
    const [order] = value["qr_orders"] as { qr_code: string }[];
    const scanned = await ask("POST", "/scan", { target: order?.qr_code, wallet: "lin" });
    assert.equal(scanned.value["status"], "TRADE_SUCCESS");
    const again = await ask("POST", "/scan", { target: order?.qr_code });
    assert.equal(again.value["code"], "no_such_qr");
  });

  test("sets, lists and clears faults", async () => {
    const set = await ask("POST", "/faults", {
      behaviour: "sub_code",
      sub_code: "ACQ.SYSTEM_ERROR",
      method: "alipay.trade.query",
      times: 2,
    });
    assert.equal(set.value["times"], 2);
    const answer = await exec(keySdk(sandbox.gateway), "alipay.trade.query", { outTradeNo: "n" });
    assert.equal(answer.subCode, "ACQ.SYSTEM_ERROR");
    const { value } = await ask("GET", "/faults");
    assert.deepEqual(
      (value["faults"] as { times: number }[]).map((fault) => fault.times),
      [1],
    );
    assert.equal((await ask("DELETE", `/faults/${String(set.value["id"])}`)).value["cleared"], 1);
    assert.equal((await ask("POST", "/faults", { behaviour: "nonsense" })).status, 400);
    assert.equal((await ask("POST", "/faults", { behaviour: "sub_code" })).status, 400);
  });

  test("takes the gateway down and up, and counts what it was asked", async () => {
    await ask("DELETE", "/counters");
    await ask("POST", "/gateway", { mode: "maintenance" });
    assert.equal((await pay(sandbox.gateway, "1.00")).subCode, "isp.unknow-error");
    await ask("POST", "/gateway", { mode: "up" });
    const { value } = await ask("GET", "/counters");
    assert.deepEqual(value["by_method"], { "alipay.trade.pay": 1 });
    const requests = (await ask("GET", "/requests?limit=1")).value["requests"] as object[];
    assert.equal(requests.length, 1);
  });

  test("knows every setting that can change, under its own name", () => {
    const fixed = ["appId", "sellerId", "sellerEmail", "storeName", "downloadBase"];
    const outside = Object.keys(settingsInput.shape);
    const inside = Object.keys(
      settingsPatch(Object.fromEntries(outside.map((name) => [name, 1])) as never),
    );
    assert.deepEqual(
      new Set([...inside, ...fixed]),
      new Set(Object.keys(DEFAULT_SETTINGS)),
      "a setting is missing or spelled otherwise",
    );
  });

  test("changes settings and shows them", async () => {
    const { value } = await ask("PATCH", "/settings", {
      fee_per_10000: 38,
      bills_ready: "at_once",
    });
    assert.deepEqual([value["fee_per_10000"], value["bills_ready"]], [38, "at_once"]);
    assert.equal(sandbox.gateway.control.settings().feePer10000, 38);
    await ask("PATCH", "/settings", { fee_per_10000: 0, bills_ready: "next_day" });
  });

  test("is closed to pages of other sites", async () => {
    const other = await ask("POST", "/codes", {}, { origin: "http://evil.example" });
    assert.deepEqual([other.status, other.value["code"]], [403, "other_site"]);
  });

  test("lists what can be provoked", async () => {
    const { value } = await ask("GET", "/amounts");
    const amounts = value["amounts"] as { amount_fen: number; sub_code: string | null }[];
    assert.ok(amounts.some((one) => one.sub_code === "ACQ.BUYER_BALANCE_NOT_ENOUGH"));
    assert.ok(((await ask("GET", "/behaviours")).value["behaviours"] as object[]).length > 20);
  });
});

describe("the page", () => {
  test("shows codes, asks for passwords, works switches, and passes axe", async () => {
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      const { outTradeNo } = await pay(sandbox.gateway, "66.60", "zheng");
      await exec(keySdk(sandbox.gateway), "alipay.trade.precreate", {
        outTradeNo: orderNo(),
        totalAmount: "3.00",
        subject: "码",
      });
      await page.goto(sandbox.url);
      await page.getByRole("button", { name: "确认 郑大明 66.60 元" }).click();
      await page.getByText("没有顾客在输密码。").waitFor();
      assert.equal(sandbox.gateway.control.trade(outTradeNo)?.status, "TRADE_SUCCESS");
      await page.getByRole("button", { name: /^未扣款，不应答/ }).click();
      await page.locator('[data-behaviour="silence_before"][aria-pressed="true"]').waitFor();
      assert.equal(sandbox.gateway.control.faults()[0]?.behaviour, "silence_before");
      await page.getByRole("button", { name: /^未扣款，不应答/ }).click();
      await page.getByText("没有开着的故障。").waitFor();
      await page.getByRole("button", { name: "扫码付款" }).click();
      await page.getByText("没有等待扫描的二维码。").waitFor();
      const code = sandbox.gateway.control.currentCode("lin").code;
      const shown = await page.locator("#wallets .code span").first().textContent();
      assert.equal(shown?.replaceAll(" ", ""), code);
      assert.equal(await page.getByRole("img", { name: "付款条码" }).count(), 8);
      await page.getByText("会触发故障的金额").click();
      assert.deepEqual(await axeFindings(page), []);
      assert.deepEqual(errors, []);
    } finally {
      await browser.close();
    }
  });
});

describe("the process", () => {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-sandbox-"));
  const program = join(import.meta.dirname, "../../src/bin/chupiao.ts");
  const children: ChildProcess[] = [];
  after(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  const ports = ["--port", "0", "--gateway-port", "0", "--printer-port", "0"];
  const start = (...more: string[]): ChildProcess => {
    const args = [program, "sandbox", "--data", folder, ...ports, "--json", ...more];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    return child;
  };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [program, "sandbox", ...args, "--data", folder], {
      encoding: "utf8",
    });

  test("writes where it is, answers its commands, and takes its leave on SIGTERM", async () => {
    const child = start("--owner-pid", String(process.pid));
    const news = await until("started", () => readNews(folder) ?? false);
    assert.equal(news.pid, child.pid);
    assert.equal(statSync(join(folder, "sandbox.json")).mode & 0o777, 0o600);
    assert.ok(existsSync(news.app_private_key_path ?? ""));
    const code = run("code", "--json", "--wallet", "lin");
    assert.match((JSON.parse(code.stdout) as { code: string }).code, /^28\d{16}$/);
    assert.equal(code.status, 0);
    const env = JSON.parse(run("env", "--json").stdout) as Record<string, string>;
    assert.equal(env["gateway"], news.gateway);
    assert.match(env["app_private_key"] ?? "", /^-----BEGIN RSA /);
    const wrong = run("code", "--wallet", "nobody");
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /没有这个钱包/);
    for (const [words, code, zh, en] of [
      ["fault set nope", "bad_input", /^没有改动。behaviour：可以写：/, /^Nothing was/],
      ["fault set sub_code", "bad_input", /sub_code：故障 sub_code 要写错误码/, /needs one/],
      ["gateway sideways", "bad_input", /mode：可以写：up、down/, /mode: can be: up, down/],
      ["code --wallet nobody", "no_such_wallet", /^没有这个钱包/, /^No wallet has this name/],
      ["trades --url http://x:y", "bad_request", /不是网址/, /is no address/],
    ] as const) {
      const { stdout, status } = run(...words.split(" "), "--json");
      const { error } = JSON.parse(stdout) as { error: Record<string, string> };
      assert.deepEqual([status, error["code"]], [1, code], words);
      assert.match(error["message"] ?? "", zh);
      assert.match(error["message_en"] ?? "", en);
      assert.doesNotMatch(error["message_en"] ?? "", /[一-龥]/);
    }
    child.kill("SIGTERM");
    await until("ended", () => child.exitCode !== null);
    assert.equal(child.exitCode, 0);
    assert.equal(readNews(folder), null);
    const away = run("code");
    assert.equal(away.status, 1);
  });

  test("ends some time after its last owner, and not before", () => {
    const alive = new Set([11, 12]);
    const owners = new Owners((pid) => alive.has(pid), 600_000);
    assert.equal(owners.gone(1e9), false, "nobody ever owned it");
    owners.adopt(11, 0);
    assert.equal(owners.gone(700_000), false);
    alive.delete(11);
    assert.equal(owners.gone(1_200_000), false);
    owners.adopt(12, 1_299_000);
    assert.equal(owners.gone(1_300_000), false, "a new owner took it up in time");
    alive.delete(12);
    assert.equal(owners.gone(1_899_999), false);
    assert.equal(owners.gone(1_900_000), true);
  });
});
