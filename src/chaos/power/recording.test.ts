/** The kernel's own record of a real SQLite file, read back: replayed, it gives the file byte by byte. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { chanceOf } from "../chance.ts";
import { DiskModel } from "./disk-model.ts";
import { type DiskCall, readRecording, recorder } from "./recording.ts";

const folder = mkdtempSync(join(tmpdir(), "chupiao-recording-"));
after(() => rmSync(folder, { recursive: true }));

const writer = `
  const { DatabaseSync } = require("node:sqlite");
  const db = new DatabaseSync(process.argv[1] + "/journal.db");
  db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a)");
  for (let n = 0; n < 20; n += 1) db.exec("INSERT INTO t VALUES (randomblob(9000))");
  process.kill(process.pid, "SIGKILL");
`;

async function read(log: string): Promise<readonly DiskCall[]> {
  const calls: DiskCall[] = [];
  for await (const { call } of readRecording(log)) calls.push(call);
  return calls;
}

test("replayed, the calls give the file as it is", async () => {
  const log = join(folder, "calls");
  const [command = "", ...args] = recorder(log, folder);
  assert.throws(() =>
    execFileSync(command, [...args, process.execPath, "-e", writer, folder], { stdio: "pipe" }),
  );
  const disk = new DiskModel();
  const calls = await read(log);
  for (const call of calls) disk.apply(call);
  assert.ok(calls.filter((one) => one.kind === "sync").length >= 20);
  for (const name of ["journal.db", "journal.db-wal"]) {
    const path = join(folder, name);
    for (const how of ["kept", "lost"] as const)
      assert.ok(disk.cut(how, chanceOf(1)).get(path)?.equals(readFileSync(path)), `${name} ${how}`);
  }
});

test("a call that two threads share a line with is whole, one that failed is none", async () => {
  const log = join(folder, "threads");
  const path = String.raw`\x2f\x6a`;
  writeFileSync(
    log,
    [
      `7 1.500000 pwrite64(3<${path}>, "\\x61\\x62", 2, 10 <unfinished ...>`,
      `8 1.600000 fsync(3<${path}>) = -1 EIO (Input/output error)`,
      `7 1.700000 <... pwrite64 resumed>) = 1`,
      `7 1.800000 pwrite64(3<${path}>, "\\x61", 1, 0) = ? <unavailable>`,
      `7 1.900000 +++ killed by SIGKILL +++`,
    ].join("\n"),
  );
  assert.deepEqual(await read(log), [
    { kind: "write", path: "/j", at: 10, bytes: Buffer.from("a") },
  ]);
});

test("a way of writing that nobody follows is no record", async () => {
  const log = join(folder, "strange");
  writeFileSync(log, `7 1.5 write(3<\\x2f>, "\\x61", 1) = 1\n`);
  await assert.rejects(read(log), /can't follow/);
});
