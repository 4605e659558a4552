/** A box takes up the sandbox of its folder; it starts one only where nobody is there. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { InputError } from "./input-error.ts";
import { ensureSandbox, notStarted } from "./sandbox-process.ts";

/** Longer than an ordinary question to a sandbox may take. */
const slowMs = 2_500;

/** A folder whose file names this process, and a sandbox with that pid at its address. */
async function folderWith(t: TestContext, pid: number, answerMs: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-sandbox-"));
  const answer = JSON.stringify({ pid });
  const server = createServer((_, response) => setTimeout(() => response.end(answer), answerMs));
  t.after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const news = { pid: process.pid, control: `http://127.0.0.1:${port}` };
  writeFileSync(join(folder, "sandbox.json"), JSON.stringify(news));
  return folder;
}

test("a sandbox that is slow to answer is taken up, and gets no second one on its books", async (t) => {
  const folder = await folderWith(t, process.pid, slowMs);
  const started: number[] = [];
  const found = await ensureSandbox(folder, "no-such-program", (pid) => started.push(pid));
  assert.equal(found.pid, process.pid);
  assert.deepEqual(started, []);
});

test("another folder's sandbox that got the port of this one's isn't taken up", async (t) => {
  const folder = await folderWith(t, process.pid + 1, 0);
  const started: number[] = [];
  const found = ensureSandbox(folder, "no-such-program", (pid) => started.push(pid));
  await assert.rejects(found, InputError);
  assert.equal(started.length, 1, "one of its own is started");
});

test("one that couldn't start is told in its own last words, each language for itself", () => {
  const refusal = { error: { code: "sandbox_in_use", message: "有人在用", message_en: "In use" } };
  const { text } = notStarted(['{"pid":1}', JSON.stringify(refusal)]);
  assert.match(text.zh, /没有启动。\n有人在用$/);
  assert.match(text.en, /nothing was started\.\nIn use$/);
  assert.match(notStarted(["SyntaxError: x", "    at y:1"]).text.en, /SyntaxError: x\n {4}at y:1$/);
});
