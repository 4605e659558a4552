import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Part, recoverWhenDiskIsBack, type Running } from "./recover.ts";

test("a store that can't even be asked is broken: its part is stopped and begun anew", async (t) => {
  const data = mkdtempSync(join(tmpdir(), "recover-"));
  t.after(() => rmSync(data, { recursive: true }));
  // Its own timer doesn't keep a process alive: here one must.
  const alive = setInterval(() => {}, 1_000);
  t.after(() => clearInterval(alive));
  const done: string[] = [];
  const dead: Part = {
    broken: async () => Promise.reject(new Error("the ledger's thread ended")),
    stop: async () => void done.push("stopped"),
  };
  const whole: Part = { broken: async () => null, stop: async () => {} };
  const running: Running<Part> = { part: dead, stopping: false };
  await new Promise<void>((resolve) => {
    const startAgain = async (): Promise<Part> => {
      done.push("begun");
      setImmediate(resolve);
      return whole;
    };
    recoverWhenDiskIsBack(running, data, startAgain, () => {});
  });
  running.stopping = true;
  assert.deepEqual(done, ["stopped", "begun"]);
  assert.equal(running.part, whole);
});
