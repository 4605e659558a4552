/** `chupiao doctor`: what it finds when nothing else works, and how it ends. */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { openJournal } from "../../src/adapters/store/sqlite/journal.ts";
import { journalSchema } from "../../src/adapters/store/sqlite/journal-schema.ts";
import { inspectStore } from "../../src/adapters/store/sqlite/inspect.ts";

const root = resolve(import.meta.dirname, "../..");

interface Report {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly check: string;
    readonly good: boolean;
    readonly text: { readonly zh: string; readonly en: string };
    readonly todo: { readonly zh: string } | null;
  }[];
}

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-doctor-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(
  words: readonly string[],
  program = join(root, "src/bin/chupiao.ts"),
): Promise<{ code: number; out: string }> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: tmpdir() };
  return new Promise((done) => {
    execFile(process.execPath, [program, "doctor", ...words], { env }, (error, out) =>
      done({ code: typeof error?.code === "number" ? error.code : 0, out }),
    );
  });
}

async function report(data: string, ...more: readonly string[]) {
  const { code, out } = await run(["--data", data, "--port", "0", "--json", ...more]);
  const read = JSON.parse(out) as Report;
  assert.equal(code, read.ok ? 0 : 1);
  const bad = read.checks.filter((one) => !one.good);
  for (const one of bad) assert.ok((one.todo?.zh ?? "") !== "", `${one.check} says what to do`);
  return { ...read, bad: bad.map((one) => one.check), said: bad.map((one) => one.text.en).join() };
}

async function withJournal(data: string): Promise<string> {
  const path = join(data, "journal.db");
  const journal = openJournal(path, { ballastBytes: 0 });
  const event = (kind: string) =>
    ({ stream: "T01", saleId: null, atMs: 1, actor: "test", kind, detail: {} }) as const;
  await journal.commit([], [event("one"), event("two"), event("three")]);
  await journal.close();
  return path;
}

test("a fresh folder, and one with a whole journal, are well; nothing of it is changed", async (context) => {
  const data = folderOf(context);
  assert.deepEqual((await report(data)).bad, []);
  assert.deepEqual((await report(join(data, "not", "there"))).bad, []);
  const path = await withJournal(data);
  // What an unclean stop leaves is the next start's to find.
  writeFileSync(`${path}.owner`, "99999\n");
  assert.deepEqual((await report(data)).bad, []);
  const found = inspectStore(path, journalSchema);
  assert.deepEqual(found, { state: "whole", events: 3, lastStopClean: false });
});

test("wrong settings are named by their field", async (context) => {
  const data = folderOf(context);
  writeFileSync(join(data, "config.json"), '{"terminal": {"id": "T 1"}}');
  const { bad, said } = await report(data);
  assert.deepEqual(bad, ["settings"]);
  assert.match(said, /terminal\.id/);
  writeFileSync(join(data, "config.json"), "{");
  assert.match((await report(data)).said, /JSON/);
});

test("an older version than the settings want, and a printer that isn't there", async (context) => {
  const data = folderOf(context);
  const settings = { wanted_version: "99.0.0", printer: { address: "tcp://127.0.0.1:9" } };
  writeFileSync(join(data, "config.json"), JSON.stringify(settings));
  const { bad, said } = await report(data);
  assert.deepEqual(bad, ["version", "printer"]);
  assert.match(said, /< 99\.0\.0.*refused/s);
});

test("a damaged journal, a changed event, and a file that another process has", async (context) => {
  const data = folderOf(context);
  writeFileSync(join(data, "ledger.db"), "this is no database, whatever its name says".repeat(100));
  const path = await withJournal(data);
  const database = new DatabaseSync(path);
  database.exec("UPDATE event SET kind = 'forged' WHERE seq = 2");
  database.close();
  const { bad, said } = await report(data);
  assert.deepEqual(bad, ["journal", "ledger"]);
  assert.match(said, /breaks at T01 2/);
  rmSync(path);
  rmSync(join(data, "ledger.db"));
  const journal = openJournal(path, { ballastBytes: 0 });
  assert.match((await report(data)).said, /in use by another process/);
  await journal.close();
});

test("a full disk is named by its own word, and the journal on it is still read", async (context) => {
  const disk = mkdtempSync(join(tmpdir(), "chupiao-doctor-disk-"));
  // A disk of its own that is small enough to fill; needs root, which CI has.
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "chupiao-test", disk]);
  context.after(() => {
    execFileSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true });
  });
  await withJournal(disk);
  const hog = openSync(join(disk, "hog"), "w");
  assert.throws(() => {
    for (;;) writeSync(hog, Buffer.alloc(4_096));
  }, /ENOSPC/);
  closeSync(hog);
  const { bad, said } = await report(disk);
  assert.deepEqual(bad, ["room", "disk"]);
  assert.match(said, /ENOSPC/);
});

test("a port that somebody else has", async (context) => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const found = await report(folderOf(context), "--port", String(port));
  assert.deepEqual(found.bad, ["port"]);
});

test("wrong keys are named, field by field", async (context) => {
  const data = folderOf(context);
  const path = join(data, "alipay.json");
  writeFileSync(path, JSON.stringify({ app_id: "1", seller_id: "2088000000000001" }));
  const found = await report(data, "--alipay-config", path);
  assert.ok(found.bad.length > 0 && found.bad.every((check) => check === "keys"));
});

test("a box that runs with keys is told by them, though none are given to the doctor", async (context) => {
  const data = folderOf(context);
  const mine = {
    kind: "alipay",
    livemode: true,
    host: "openapi.alipay.com",
    appId: "2021000000000001",
    sellerId: "2088000000000001",
  };
  let account: object = mine;
  const box = createHttp((request, response) => {
    const isVersion = request.url === "/api/version";
    response.writeHead(isVersion ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify({ version: "0.1.0", account }));
  });
  await new Promise<void>((listening) => box.listen(0, "127.0.0.1", listening));
  context.after(() => box.close());
  const url = `http://127.0.0.1:${(box.address() as AddressInfo).port}`;
  const alive = { pid: process.pid, url, alive_at_ms: 1, clean: false };
  writeFileSync(join(data, "alive.json"), JSON.stringify(alive));
  const said = async (check: string): Promise<string> =>
    (await report(data)).checks.find((one) => one.check === check)?.text.zh ?? "";
  assert.match(await said("keys"), /正在运行的收银程序有自己的/);
  assert.match(await said("account"), /2021000000000001.*2088000000000001/);
  account = { kind: "sandbox" };
  assert.match(await said("keys"), /使用沙盒/);
  assert.match(await said("account"), /沙盒/);
});

test("what went wrong with a sale that is over is no fault of the installation", async (context) => {
  const data = folderOf(context);
  let findings: readonly object[] = [];
  const box = createHttp((request, response) => {
    const isDiagnosis = request.url === "/api/diagnosis";
    response.writeHead(isDiagnosis || request.url === "/api/version" ? 200 : 404);
    response.end(JSON.stringify({ version: "0.1.0", families: [{ findings }] }));
  });
  await new Promise<void>((listening) => box.listen(0, "127.0.0.1", listening));
  context.after(() => box.close());
  const url = `http://127.0.0.1:${(box.address() as AddressInfo).port}`;
  const alive = { pid: process.pid, url, alive_at_ms: 1, clean: false };
  writeFileSync(join(data, "alive.json"), JSON.stringify(alive));
  const text = { zh: "付款码已过期", en: "The code had expired" };
  const expired = { verdict: "confirmed", title: text, next_step: text };
  findings = [expired];
  assert.deepEqual((await report(data)).bad, ["diagnosis"]);
  findings = [{ ...expired, over: true }];
  const { bad, checks } = await report(data);
  assert.deepEqual(bad, []);
  assert.equal(checks.filter(({ check }) => check === "diagnosis").length, 1);
});

test("without its packages it still says what is missing, in words", async (context) => {
  const folder = folderOf(context);
  cpSync(join(root, "src"), join(folder, "src"), { recursive: true });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  mkdirSync(join(folder, ".build"));
  symlinkSync(join(root, ".build/web"), join(folder, ".build/web"));
  const program = join(folder, "src/bin/chupiao.ts");
  const { code, out } = await run(["--data", join(folder, "data")], program);
  assert.equal(code, 1);
  assert.match(out, /✗ 程序组件 packages：缺少：.*commander.*zod/);
  assert.match(out, /npm ci/);
  assert.match(out, /✓ 数据目录/);
});
