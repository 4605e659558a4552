/** `npm run chaos` as CI uses it, in a small form: it says what it did in one object, and its exit code is honest. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const chaos = (...args: readonly string[]) =>
  spawnSync(process.execPath, ["src/chaos/chaos.ts", ...args], { encoding: "utf8" });

test("a few kills and cuts, and nothing is wrong", () => {
  const { status, stdout, stderr } = chaos("--kills", "3", "--cuts", "10", "--seed", "1", "--json");
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  const result = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  assert.deepEqual(Object.keys(result), [
    "seed",
    "rounds",
    "kills",
    "strikes",
    "power_cuts",
    "syncs_recorded",
    "promises_held",
    "sales",
    "papers",
    "seconds",
    "violations",
    "folders",
    "broke_off",
    "missing",
  ]);
  assert.deepEqual(
    [result["seed"], result["rounds"], result["kills"], result["violations"]],
    [1, 1, 3, []],
  );
  assert.ok(Number(result["power_cuts"]) >= 8, "two may fall on the same moment");
  assert.ok(Number(result["promises_held"]) > 0);
});

test("where everything has to be tried, a missing tool is named, and nothing is started", (t) => {
  const empty = mkdtempSync(join(tmpdir(), "chupiao-no-tools-"));
  t.after(() => rmdirSync(empty));
  const run = spawnSync(process.execPath, ["src/chaos/chaos.ts", "--kills", "1", "--json"], {
    encoding: "utf8",
    env: { ...process.env, CI: "1", PATH: empty },
  });
  assert.deepEqual([run.status, run.stdout], [2, ""]);
  assert.match(run.stderr, /NOT TRIED: no power cuts: needs strace/);
  assert.match(run.stderr, /NOT TRIED: no full disks: mounting a small one needs root/);
});

test("a wrong word is named, and nothing is started", () => {
  const { status, stderr } = chaos("--kils", "3");
  assert.equal(status, 2);
  assert.match(stderr, /--kils/);
});
