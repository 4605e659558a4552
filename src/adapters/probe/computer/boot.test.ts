import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, uptime } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { systemFiles } from "../system.ts";
import { bootedAtMs } from "./boot.ts";

test("a tree tells when its computer started; without a word of it the real system does", (context) => {
  const root = mkdtempSync(join(tmpdir(), "chupiao-boot-"));
  context.after(() => rmSync(root, { recursive: true }));
  const nowMs = 1_900_000_000_000;
  const real = nowMs - uptime() * 1_000;
  assert.ok(Math.abs(bootedAtMs(systemFiles(root), nowMs) - real) < 60_000);
  mkdirSync(join(root, "proc"));
  writeFileSync(join(root, "proc", "stat"), "cpu 1 2 3\nbtime 1800000000\nprocesses 7\n");
  assert.equal(bootedAtMs(systemFiles(root), nowMs), 1_800_000_000_000);
});
