/** A start that can't be says why and what to do, in both languages, and touches nothing of what is there. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { openJournal } from "../../src/adapters/store/sqlite/journal.ts";
import { openLedger } from "../../src/adapters/store/sqlite/ledger.ts";
import { folderFor, isAlive, run, sandboxPid, startBox } from "../support/processes.ts";

const start = (data: string) => run("start", "--data", data, "--port", "0");
const bare = { ballastBytes: 0 };
const hashOf = (path: string): string =>
  createHash("sha256").update(readFileSync(path)).digest("hex");

test("a second start on a folder in use is refused, and the box sells on with its sandbox", async (context) => {
  const data = folderFor(context);
  const box = await startBox(context, data);
  const sandbox = sandboxPid(data);
  assert.ok(sandbox !== null);
  const second = await start(data);
  assert.equal(second.code, 1);
  assert.match(second.text, new RegExp(`进程 ${box.pid} 使用[^]*in use by process ${box.pid}`));
  assert.equal(sandboxPid(data), sandbox);
  const reply = await fetch(`${box.sandbox_url}/control/codes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const { code } = (await reply.json()) as { code: string };
  const sale = await run("sell", "--url", box.url, "--amount", "3", "--code", code);
  assert.equal(sale.code, 0, sale.text);
});

test("a start that fails later leaves a sandbox that it didn't start", async (context) => {
  const data = folderFor(context);
  const box = await startBox(context, data);
  process.kill(box.pid, "SIGKILL");
  const sandbox = sandboxPid(data);
  assert.ok(sandbox !== null);
  // No file to look at beforehand, and none that could be opened either.
  const other = folderFor(context);
  mkdirSync(join(other, "ledger.db"));
  mkdirSync(join(other, "sandbox"), { recursive: true });
  writeFileSync(
    join(other, "sandbox", "sandbox.json"),
    readFileSync(join(data, "sandbox", "sandbox.json")),
  );
  assert.equal((await start(other)).code, 1);
  // One that was told to end takes no new caller.
  const asked = await run("sandbox", "code", "--url", box.sandbox_url);
  assert.equal(asked.code, 0, asked.text);
  assert.ok(isAlive(sandbox));
});

test("files of a newer version: both languages, nothing changed, and the doctor tells it too", async (context) => {
  for (const [name, make] of [
    ["journal.db", async (path: string) => openJournal(path, bare)],
    ["ledger.db", (path: string) => openLedger(path, { ...bare, inThread: true })],
  ] as const) {
    const data = folderFor(context);
    const path = join(data, name);
    await (await make(path)).close();
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 99");
    database.close();
    const before = hashOf(path);
    const { code, text } = await start(data);
    assert.equal(code, 1);
    assert.match(
      text,
      /更新版本的程序[^]*没有丢[^]*backup\.md[^]*newer version[^]*no data is lost/,
    );
    assert.equal(hashOf(path), before);
    assert.equal(sandboxPid(data), null, "no sandbox was begun");
    const doctor = await run("doctor", "--data", data, "--port", "0");
    assert.equal(doctor.code, 1);
    assert.match(doctor.text, /newer version/);
  }
});

test("a damaged file: both languages, what to do, and nothing changed", async (context) => {
  const data = folderFor(context);
  const path = join(data, "journal.db");
  writeFileSync(path, "no database, whatever its name says".repeat(200));
  const before = hashOf(path);
  const { code, text } = await start(data);
  assert.equal(code, 1);
  assert.match(text, /损坏[^]*没有启动[^]*backup\.md[^]*is damaged[^]*no data was changed/);
  assert.ok(text.includes(path));
  assert.equal(hashOf(path), before);
});

test("damage that only reading finds is told as well", async (context) => {
  const data = folderFor(context);
  const path = join(data, "journal.db");
  await openJournal(path, bare).close();
  const database = new DatabaseSync(path);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"]);
  const size = Number(database.prepare("PRAGMA page_size").get()?.["page_size"]);
  database.close();
  // The first page holds the schema and stays: all tables behind it are lost.
  const bytes = readFileSync(path);
  bytes.fill(0xee, size, pages * size);
  writeFileSync(path, bytes);
  const { code, text } = await start(data);
  assert.equal(code, 1);
  assert.match(text, /损坏[^]*backup\.md[^]*is damaged/);
});

test("a file where the folder should be stays as it is", async (context) => {
  const path = join(folderFor(context), "file");
  writeFileSync(path, "mine");
  const { code, text } = await start(path);
  assert.equal(code, 1);
  assert.match(text, /是一个文件，不是文件夹[^]*is a file, not a folder/);
  assert.equal(readFileSync(path, "utf8"), "mine");
});
