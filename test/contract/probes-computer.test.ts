/** The computer's probe and sign of life, by files that stand for a system and a real folder. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import {
  compareVersions,
  checkOwnVersion,
  checkRuntime,
} from "../../src/adapters/probe/check/checks.ts";
import { computerProbe } from "../../src/adapters/probe/computer/computer-probe.ts";
import { memoryFreeBytes } from "../../src/adapters/probe/computer/memory.ts";
import { undervoltage } from "../../src/adapters/probe/computer/power.ts";
import { openSignOfLife, readAlive } from "../../src/adapters/probe/computer/sign-of-life.ts";
import { systemFiles } from "../../src/adapters/probe/system.ts";
import type { Evidence } from "../../src/core/diagnosis/evidence.ts";
import { openSystemTree } from "../../src/sandbox/servers/net/system-tree.ts";

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-computer-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function tree(context: TestContext, files: Readonly<Record<string, string>>) {
  const root = folderOf(context);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return systemFiles(root);
}

const factOf = (evidence: readonly Evidence[], kind: string) =>
  evidence.map(({ fact }) => fact).find((fact) => fact.kind === kind) as unknown as
    | Readonly<Record<string, unknown>>
    | undefined;

test("supply: a Raspberry Pi's flag, its sensor, an empty battery; null where nothing tells", (context) => {
  const pi = "/sys/devices/platform/soc/soc:firmware/get_throttled";
  const of = (files: Readonly<Record<string, string>>): boolean | null =>
    undervoltage(tree(context, files));
  assert.equal(of({}), null);
  assert.equal(of({ [pi]: "50005\n" }), true);
  // It was once since the start, and isn't now.
  assert.equal(of({ [pi]: "50000\n" }), false);
  const hwmon = "/sys/class/hwmon/hwmon0";
  assert.equal(of({ [`${hwmon}/name`]: "rpi_volt\n", [`${hwmon}/in0_lcrit_alarm`]: "1\n" }), true);
  const supply = (name: string, values: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(values).map(([file, text]) => [
        `/sys/class/power_supply/${name}/${file}`,
        text,
      ]),
    );
  const mains = supply("AC", { type: "Mains", online: "0" });
  assert.equal(
    of({ ...mains, ...supply("B", { type: "Battery", capacity_level: "Normal" }) }),
    false,
  );
  assert.equal(of({ ...mains, ...supply("B", { type: "Battery", capacity_level: "Low" }) }), true);
});

test("memory: what the kernel says is available, and no more than a container allows", (context) => {
  const meminfo = { "/proc/meminfo": "MemTotal: 4000 kB\nMemAvailable:    2000 kB\n" };
  assert.equal(memoryFreeBytes(tree(context, meminfo)), 2_048_000);
  const limited = {
    "/sys/fs/cgroup/memory.max": "1000000\n",
    "/sys/fs/cgroup/memory.current": "900000\n",
  };
  assert.equal(memoryFreeBytes(tree(context, { ...meminfo, ...limited })), 100_000);
  const unlimited = { ...limited, "/sys/fs/cgroup/memory.max": "max\n" };
  assert.equal(memoryFreeBytes(tree(context, { ...meminfo, ...unlimited })), 2_048_000);
});

test("sign of life: who runs, since when nobody does, and whether the stop was asked for", (context) => {
  const folder = folderOf(context);
  const clock = { ms: 1_000 };
  const first = openSignOfLife(folder, () => clock.ms);
  assert.equal(first.last, null);
  assert.equal(typeof first.beat(), "number");
  first.listening("http://127.0.0.1:7080");
  clock.ms = 21_000;
  first.beat();
  // Killed: nothing more is written.
  const second = openSignOfLife(folder, () => clock.ms);
  assert.deepEqual(second.last, {
    pid: process.pid,
    url: "http://127.0.0.1:7080",
    alive_at_ms: 21_000,
    clean: false,
  });
  clock.ms = 50_000;
  second.end();
  assert.equal(readAlive(folder)?.clean, true);
  assert.equal(openSignOfLife(folder, () => clock.ms).last?.alive_at_ms, 50_000);
});

test("computer: memory, disk and supply each look; the disk is written to at its own slow pace", async (context) => {
  const folder = folderOf(context);
  const staged = openSystemTree(folderOf(context));
  const system = systemFiles(staged.root);
  const clock = { ms: 0 };
  const probe = computerProbe({
    folder,
    system,
    life: openSignOfLife(folder, Date.now),
    nowMs: Date.now,
    monotonicMs: () => clock.ms,
  });
  context.after(() => probe.close());
  const first = await probe.look();
  assert.equal(factOf(first, "computer")?.["memoryFreeBytes"], 1_500 * 1_048_576);
  assert.equal(typeof factOf(first, "computer")?.["diskWriteMs"], "number");
  assert.equal(factOf(first, "self_check")?.["good"], true);
  staged.set({ undervoltage: true, disk_free_mb: 3 });
  const second = await probe.look();
  assert.equal(factOf(second, "computer")?.["undervoltage"], true);
  assert.equal(factOf(second, "computer")?.["diskFreeBytes"], 3 * 1_048_576);
  assert.equal(factOf(second, "computer")?.["diskWriteMs"], null);
  clock.ms = 20_000;
  assert.equal(typeof factOf(await probe.look(), "computer")?.["diskWriteMs"], "number");
});

test("computer: a frozen moment shows in the next look", async (context) => {
  const folder = folderOf(context);
  const probe = computerProbe({
    folder,
    system: systemFiles(null),
    life: openSignOfLife(folder, Date.now),
    nowMs: Date.now,
  });
  context.after(() => probe.close());
  await probe.look();
  const endsAtMs = performance.now() + 500;
  while (performance.now() < endsAtMs);
  const frozenMs = Number(factOf(await probe.look(), "computer")?.["loopDelayMs"]);
  assert.ok(frozenMs >= 350, `saw ${frozenMs} ms`);
});

test("a folder that takes no data is named by the disk's own word", async (context) => {
  const folder = join(folderOf(context), "gone");
  const probe = computerProbe({
    folder,
    system: systemFiles(null),
    life: openSignOfLife(folder, Date.now),
    nowMs: Date.now,
  });
  context.after(() => probe.close());
  const seen = factOf(await probe.look(), "self_check");
  assert.deepEqual(seen, { kind: "self_check", check: "disk", good: false, detail: "ENOENT" });
});

test("versions are compared by their numbers", () => {
  assert.equal(compareVersions("0.10.0", "0.9.9"), 1);
  assert.equal(compareVersions("0.2.0-rc.1", "0.2.0"), 0);
  assert.equal(checkOwnVersion("0.1.0", "0.2.0").detail, "0.1.0 < 0.2.0");
  assert.equal(checkOwnVersion("0.1.0", null).good, true);
  assert.equal(checkRuntime({ node: "20.1.0", sqlite: "3.53.0" }).good, false);
  assert.equal(checkRuntime({ node: "24.0.0", sqlite: "3.51.2" }).detail, "SQLite 3.51.2 < 3.51.3");
});
