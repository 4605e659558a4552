/**
 * Real faults under real stores. `strace` makes system calls of a child fail where we want it, and shows the order of
 * fsync and acknowledgement, which no kill can: what a killed process wrote survives in the system's memory.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import type { TestContext } from "node:test";
import { openJournal } from "../../src/adapters/store/sqlite/journal.ts";
import { openLedger } from "../../src/adapters/store/sqlite/ledger.ts";
import type { StoreHealth } from "../../src/adapters/store/sqlite/file.ts";
import { folder } from "./store-places.ts";

const childFile = join(import.meta.dirname, "store-child.ts");
const node = process.execPath;
const tracer = "strace";
/** An fsync of the WAL that has succeeded; strace splits a call in two when another thread calls meanwhile. */
const synced = /(f(data)?sync\(\d+<[^>]*-wal>|<\.\.\. f(data)?sync resumed>)\)?\s+= 0/;
const stores = [
  ["journal", "JournalFailed"],
  ["ledger", "LedgerUnavailable"],
] as const;
type Store = (typeof stores)[number][0];

interface Failure {
  readonly n: number;
  /** Class and message. */
  readonly said: string;
  /** What the next commit said, before the store was opened again. */
  readonly next: string;
  readonly countThen: number;
  readonly health: StoreHealth;
  readonly reopened: StoreHealth;
}

/** Runs the child with a command around it and gives its lines; it must end well. */
function run(command: string, args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    timeout: 60_000,
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  return stdout.trim().split("\n");
}

function failures(lines: readonly string[]): readonly Failure[] {
  return lines.flatMap((line, at) => {
    const failed = /^failed (\d+) (.*)$/.exec(line);
    if (failed === null) return [];
    const after = (offset: number, start: string): string => {
      const text = lines[at + offset] ?? "";
      assert.ok(text.startsWith(start), `${text} should start with ${start}`);
      return text.slice(start.length);
    };
    const reopened = after(4, "reopened ");
    return {
      n: Number(failed[1]),
      said: failed[2] ?? "",
      next: after(1, "then "),
      countThen: Number(after(2, "count ")),
      health: JSON.parse(after(3, "health ")) as StoreHealth,
      reopened: JSON.parse(reopened.slice(reopened.indexOf("{"))) as StoreHealth,
    };
  });
}

/** Every commit was acknowledged in the end; all are there, once, and the chain is whole. */
async function checkAll(store: Store, path: string, lines: readonly string[], count: number) {
  const acknowledged = lines.flatMap((line) => /^acknowledged (\d+)$/.exec(line)?.[1] ?? []);
  assert.deepEqual(
    acknowledged.map(Number),
    Array.from({ length: count }, (_, at) => at + 1),
  );
  assert.equal(lines.at(-1), "done");
  if (store === "journal") {
    const journal = openJournal(join(path, "journal.db"), { ballastBytes: 0 });
    assert.equal(journal.health().lastStop, "clean");
    assert.equal(journal.sales(count + 9, null).length, count);
    assert.equal(journal.events("all").length, count);
    assert.equal(journal.brokenChain(), null);
    return journal.close();
  }
  const ledger = await openLedger(join(path, "ledger.db"), { ballastBytes: 0, inThread: true });
  assert.equal((await ledger.interrupted()).length, count);
  assert.equal((await ledger.events("hub")).length, count);
  assert.equal(await ledger.brokenChain(), null);
  return ledger.close();
}

/** Runs COUNT commits while the system calls of `inject` on the file fail, e.g. `fsync:error=EIO:when=9`. */
async function injected(t: TestContext, store: Store, inject: string, file: string, count: number) {
  const path = folder(t);
  const [call = ""] = inject.split(":");
  const lines = run(tracer, [
    "-f",
    "-qq",
    "-o",
    "/dev/null",
    "-P",
    join(path, `${store}.db${file}`),
    "-e",
    `trace=${call}`,
    "-e",
    `inject=${inject}`,
    node,
    childFile,
    "fail",
    store,
    path,
    String(count),
  ]);
  await checkAll(store, path, lines, count);
  return failures(lines);
}

function checkClosed(failure: Failure, name: string, message: RegExp): void {
  assert.match(failure.said, new RegExp(`^${name}: `));
  assert.match(failure.said, message);
  assert.match(failure.next, message, "the next commit is refused too");
  assert.ok([failure.n - 1, failure.n].includes(failure.countThen), "reading goes on");
  assert.match(failure.health.failure ?? "", message);
  assert.equal(failure.reopened.failure, null);
  assert.equal(failure.reopened.checked, "whole");
}

describe("with strace", () => {
  before(() => {
    const { status } = spawnSync(tracer, ["-V"]);
    assert.equal(status, 0, "these tests need strace (Debian: apt install strace)");
  });

  for (const [store, name] of stores) {
    for (const when of ["4", "9", "20..22", "14+5"]) {
      test(`${store}: an fsync that fails (${when}) fails closed, and nothing is lost`, async (t) => {
        const inject = `fsync,fdatasync:error=EIO:when=${when}`;
        const found = await injected(t, store, inject, "-wal", 30);
        assert.ok(found.length >= 1);
        for (const failure of found) {
          checkClosed(failure, name, /disk I\/O error/);
          assert.equal(failure.health.ballast, "kept");
        }
      });
    }

    for (const when of [90, 121, 150]) {
      test(`${store}: a disk full at write ${when} frees the ballast, and nothing is lost`, async (t) => {
        const inject = `pwrite64:error=ENOSPC:when=${when}`;
        const found = await injected(t, store, inject, "-wal", 30);
        assert.equal(found.length, 1);
        const [failure] = found;
        assert.ok(failure);
        checkClosed(failure, name, /full/);
        assert.equal(failure.health.ballast, "spent");
        assert.equal(failure.reopened.ballast, "kept", "the real disk has room for a new one");
      });
    }

    test(`${store}: nothing is acknowledged before its fsync`, (t) => {
      const path = folder(t);
      const log = join(path, "calls");
      run(tracer, [
        "-f",
        "-qq",
        "-y",
        "-o",
        log,
        "-e",
        "trace=fsync,fdatasync,pwrite64,write",
        node,
        childFile,
        "fail",
        store,
        path,
        "12",
      ]);
      let unsynced = 0;
      let acknowledged = 0;
      for (const line of readFileSync(log, "utf8").split("\n")) {
        if (/ pwrite64\(\d+<[^>]*-wal>/.test(line)) unsynced += 1;
        if (synced.test(line)) unsynced = 0;
        if (!/ write\(1<[^>]*>, "acknowledged/.test(line)) continue;
        acknowledged += 1;
        assert.equal(unsynced, 0, line);
      }
      assert.equal(acknowledged, 12);
    });

    test(`${store}: commits of one turn share one fsync`, (t) => {
      const fsyncs = (count: number): number => {
        const path = folder(t);
        const log = join(path, "calls");
        spawnSync(tracer, [
          "-f",
          "-qq",
          "-o",
          log,
          "-P",
          join(path, `${store}.db-wal`),
          "-e",
          "trace=fsync,fdatasync",
          node,
          childFile,
          "burst",
          store,
          path,
          String(count),
        ]);
        return readFileSync(log, "utf8").split("\n").length;
      };
      assert.equal(fsyncs(64), fsyncs(1));
    });
  }
});

for (const [store, name] of stores) {
  test(`${store}: a file that may not grow fails closed, and nothing is lost`, async (t) => {
    const path = folder(t);
    // 512-byte blocks: room for a few commits, until opening again has emptied the WAL.
    const limited = `ulimit -f 800; exec "$0" "$@"`;
    const lines = run("sh", ["-c", limited, node, childFile, "fail", store, path, "40"]);
    await checkAll(store, path, lines, 40);
    const found = failures(lines);
    assert.ok(found.length >= 1);
    for (const failure of found) checkClosed(failure, name, /disk I\/O error/);
  });
}
