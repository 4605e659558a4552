/** A sandbox that a person started: a box takes it up and leaves it, and its folder takes no second one. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { readNews } from "../../src/sandbox/servers/sandbox/news.ts";
import { folderFor, isAlive, run, startBox } from "../support/processes.ts";
import { until } from "../support/until.ts";

const program = resolve(import.meta.dirname, "../../src/bin/chupiao.ts");

test("a box that took it up ends without it, and a second one on its folder is refused", async (context) => {
  const data = folderFor(context);
  const folder = join(data, "sandbox");
  const ports = ["--port", "0", "--gateway-port", "0", "--printer-port", "0"];
  const sandbox = spawn(process.execPath, [program, "sandbox", "--data", folder, ...ports], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  context.after(() => sandbox.kill("SIGKILL"));
  let words = "";
  sandbox.stdout.on("data", (part) => (words += String(part)));
  await until("it says where it is", () => words.includes("payment code"));
  const news = readNews(folder);
  assert.ok(news !== null);
  const { host, port } = news["printer"] as { host: string; port: number };
  assert.ok(words.includes(`tcp://${host}:${port}`), words);

  const second = await run("sandbox", "--data", folder, ...ports);
  assert.equal(second.code, 1);
  assert.match(second.text, /已经有一个沙盒在运行[^]*A sandbox works in/);
  assert.deepEqual(readNews(folder), news);

  const box = await startBox(context, data);
  assert.equal(box.sandbox_url, news.control);
  process.kill(box.pid, "SIGTERM");
  await until("the box has ended", () => !isAlive(box.pid));
  const asked = await run("sandbox", "code", "--url", news.control);
  assert.equal(asked.code, 0, asked.text);
  assert.deepEqual(readNews(folder), news);
});
