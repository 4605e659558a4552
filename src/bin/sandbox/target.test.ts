/** Which sandbox a command means: what is typed wins over the environment. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { InputError } from "../input-error.ts";
import { sandboxUrl } from "./target.ts";

const env = { CHUPIAO_SANDBOX_URL: "http://127.0.0.1:1/" };

function boxFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-target-"));
  context.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "sandbox"));
  const news = JSON.stringify({ control: "http://127.0.0.1:2" });
  writeFileSync(join(folder, "sandbox", "sandbox.json"), news);
  return folder;
}

test("--url, then --data, then the environment", (context) => {
  const data = boxFolder(context);
  const url = "http://127.0.0.1:3";
  assert.equal(sandboxUrl({ url, data }, env), url);
  assert.equal(sandboxUrl({ data }, env), "http://127.0.0.1:2");
  assert.equal(sandboxUrl({ data: join(data, "sandbox") }, env), "http://127.0.0.1:2");
  assert.equal(sandboxUrl({}, env), "http://127.0.0.1:1");
});

test("a folder without a sandbox is no reason to steer another one", (context) => {
  const data = join(boxFolder(context), "nothing");
  assert.throws(
    () => sandboxUrl({ data }, env),
    (error) =>
      error instanceof InputError && error.code === "sandbox_away" && error.text.zh.includes(data),
  );
});
