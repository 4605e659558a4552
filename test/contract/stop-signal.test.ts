/** Told to stop while it is starting, a process that stays ends at once, cleanly, and leaves nothing behind. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { stays } from "../../src/bin/signals.ts";
import { until } from "./link-support.ts";

const program = resolve(import.meta.dirname, "../../src/bin/chupiao.ts");
const env = { ...process.env, CHUPIAO_URL: "", CHUPIAO_ALIPAY_CONFIG: "" };
const anyPorts = ["--gateway-port", "0", "--printer-port", "0"];

for (const [name, args, sign] of [
  ["start, at its folder", ["start"], ""],
  ["start, while its sandbox begins", ["start"], "sandbox/sandbox.log"],
  ["hub start", ["hub", "start"], ""],
  ["sandbox", ["sandbox", ...anyPorts], ""],
] as const) {
  test(`${name}: exit 0, and no sandbox is left`, async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "chupiao-stop-"));
    context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const data = join(folder, "data");
    const child = spawn(process.execPath, [program, ...args, "--data", data, "--port", "0"], {
      env,
      stdio: "ignore",
    });
    const ended = new Promise<unknown>((done) => {
      child.once("exit", (code, signal) => done(code ?? signal));
    });
    context.after(() => child.kill("SIGKILL"));
    await until(() => existsSync(join(data, sign)), "it has begun", 60_000);
    child.kill("SIGTERM");
    assert.equal(await ended, 0);
    await until(() => !existsSync(join(data, "sandbox", "sandbox.json")), "no sandbox is left");
  });
}

test("only a command that stays takes a signal for a good end", () => {
  for (const args of ["start --json", "hub start", "terminal", "terminal --hub x", "sandbox"])
    assert.equal(stays(args.split(" ")), true, args);
  for (const args of ["sell --amount 1", "hub enrol", "terminal status", "sandbox code", ""])
    assert.equal(stays(args.split(" ")), false, args);
});
