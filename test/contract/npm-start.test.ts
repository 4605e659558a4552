/** The box as `npm start` starts it: told to stop, npm waits for its clean end; killed, it takes the box with it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { test, type TestContext } from "node:test";
import { endsWithParent } from "../../src/bin/signals.ts";
import { npmOn } from "../../tools/node24.js";
import { announcedBy, folderFor, isAlive, sandboxPid } from "../support/processes.ts";
import { until } from "../support/until.ts";

const root = resolve(import.meta.dirname, "../..");

async function npmStart(context: TestContext, data: string) {
  const npm = npmOn(process.execPath, process.env["npm_execpath"], false);
  const words = ["--silent", "start", "--", "--data", data, "--port", "0", "--json"];
  const child = spawn(npm.program, [...npm.args, ...words], { cwd: root });
  const ended = new Promise<unknown>((done) => {
    child.once("exit", (code, signal) => done(code ?? signal));
  });
  return { child, ended, box: await announcedBy(context, child) };
}

test("SIGTERM to npm ends the box cleanly, and npm after it", async (context) => {
  const data = folderFor(context);
  const { child, ended, box } = await npmStart(context, data);
  child.kill("SIGTERM");
  assert.equal(await ended, 0);
  assert.equal(isAlive(box.pid), false);
  await until("the sandbox has ended", () => sandboxPid(data) === null);
});

test("the box ends with an npm that is killed", async (context) => {
  const data = folderFor(context);
  const { child, ended, box } = await npmStart(context, data);
  child.kill("SIGKILL");
  assert.equal(await ended, "SIGKILL");
  await until("the box has ended", () => !isAlive(box.pid));
  await until("the sandbox has ended", () => sandboxPid(data) === null);
});

test("only what npm started for a person ends with it", () => {
  assert.equal(endsWithParent(["start"], "start", "linux"), true);
  assert.equal(endsWithParent(["hub", "start"], "npx", "darwin"), true);
  assert.equal(endsWithParent(["start"], undefined, "linux"), false);
  assert.equal(endsWithParent(["start"], "test", "linux"), false);
  assert.equal(endsWithParent(["sandbox", "--owner-pid", "7"], "start", "linux"), false);
  assert.equal(endsWithParent(["start"], "start", "win32"), false);
});
