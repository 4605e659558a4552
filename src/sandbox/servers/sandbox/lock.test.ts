/** A second sandbox on the folder of a running one is refused, and the first doesn't notice. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { until } from "../../../../test/support/until.ts";
import { lockFolder, SandboxInUse } from "./lock.ts";
import { readNews } from "./news.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-lock-"));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("one lock a folder, free again once it is let go", async (context) => {
  const folder = folderFor(context);
  const release = await lockFolder(folder, 0);
  await assert.rejects(lockFolder(folder, 0), SandboxInUse);
  const waiting = lockFolder(folder, 60_000);
  release();
  (await waiting)();
});

test("the second is refused by name, and the announcement of the first stays", async (context) => {
  const folder = folderFor(context);
  const first = await startSandbox({ dataDir: folder });
  try {
    await assert.rejects(startSandbox({ dataDir: folder }), (error: unknown) => {
      assert.ok(error instanceof SandboxInUse);
      for (const words of [error.text.zh, error.text.en])
        for (const part of [folder, first.url, String(process.pid)])
          assert.ok(words.includes(part));
      return true;
    });
    assert.equal(readNews(folder)?.control, first.url);
    const reply = await fetch(`${first.url}/control/codes`, { method: "POST" });
    assert.equal(reply.status, 200);
  } finally {
    await first.close();
  }
  assert.equal(readNews(folder), null);
  await (await startSandbox({ dataDir: folder })).close();
});

test("one that was started by hand outlives every box that took it up", async (context) => {
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  const ended: string[] = [];
  const start = async (name: string, more: SandboxOptions): Promise<Sandbox> => {
    const sandbox = await startSandbox({ graceMs: 0, onOrphaned: () => ended.push(name), ...more });
    context.after(() => sandbox.close());
    return sandbox;
  };
  const byHand = await start("by hand", {});
  const adopted = await fetch(`${byHand.url}/control/adopt`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ pid: dead }),
  });
  assert.equal(adopted.status, 200);
  const byBox = await start("by a box", { ownerPid: dead });
  assert.deepEqual([byHand.news.ends_with_box, byBox.news.ends_with_box], [false, true]);
  // The first looked for its owners at least as often by then.
  await until("the box's sandbox sees that nobody needs it", () => ended.length > 0);
  assert.deepEqual(ended, ["by a box"]);
});
