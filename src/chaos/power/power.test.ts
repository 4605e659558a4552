/** The cuts find what they are there for: the same writer loses nothing when it syncs each commit, and much when not. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { chanceOf } from "../chance.ts";
import { DiskModel, UNSYNCED } from "./disk-model.ts";
import { layDown } from "./found.ts";
import { readRecording, recorder } from "./recording.ts";

const commits = 60;
const cutEvery = 7;
const grainMs = 3;

const writer = `
  const { DatabaseSync } = require("node:sqlite");
  const [, folder, synchronous] = process.argv;
  const db = new DatabaseSync(folder + "/journal.db");
  db.exec("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=20; PRAGMA synchronous=" + synchronous);
  db.exec("CREATE TABLE t (n INTEGER PRIMARY KEY, filler BLOB) STRICT");
  for (let n = 1; n <= ${commits}; n += 1) {
    db.exec("INSERT INTO t VALUES (" + n + ", randomblob(3000))");
    console.log(n + " " + (performance.timeOrigin + performance.now()));
  }
`;

/** Gives for each cut how many acknowledged commits were missing, or "damaged". */
async function lossesWith(t: TestContext, synchronous: "FULL" | "NORMAL") {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-cuts-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const log = join(folder, "calls");
  const [command = "", ...args] = recorder(log, folder);
  const run = spawnSync(command, [...args, process.execPath, "-e", writer, folder, synchronous], {
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  const told = run.stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" ").map(Number));
  assert.equal(told.length, commits);
  const chance = chanceOf(7);
  const disk = new DiskModel();
  const losses: (number | "damaged")[] = [];
  let at = 0;
  for await (const { atMs, call } of readRecording(log)) {
    const acknowledged = told.filter(([, toldAtMs = 0]) => toldAtMs + grainMs <= atMs).length;
    if (acknowledged > 0 && at % cutEvery === 0) {
      layDown(join(folder, "cut"), disk.cut(chance.pick(UNSYNCED), chance));
      losses.push(missing(join(folder, "cut", "journal.db"), acknowledged));
    }
    disk.apply(call);
    at += 1;
  }
  return losses;
}

function missing(path: string, acknowledged: number): number | "damaged" {
  const db = new DatabaseSync(path);
  try {
    if (db.prepare("PRAGMA integrity_check").get()?.["integrity_check"] !== "ok") return "damaged";
    const isMade = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 't'").get() !== undefined;
    if (!isMade) return acknowledged;
    const there = Number(db.prepare("SELECT count(*) AS n FROM t").get()?.["n"]);
    return Math.max(0, acknowledged - there);
  } finally {
    db.close();
  }
}

test("a store that syncs each commit loses nothing that it acknowledged", async (t) => {
  const losses = await lossesWith(t, "FULL");
  assert.ok(losses.length > 20, `${losses.length} cuts`);
  assert.deepEqual([...new Set(losses)], [0]);
});

test("a store that doesn't loses some of it, and the cuts see that", async (t) => {
  const losses = await lossesWith(t, "NORMAL");
  assert.ok(losses.some((one) => one !== 0));
});
