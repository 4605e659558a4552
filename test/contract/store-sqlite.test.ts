/** What holds for the files alone: who may open them, how they start, and what keeps them fit. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { describe, test } from "node:test";
import type { TestContext } from "node:test";
import { StoreInUse, StoreUnfit } from "../../src/adapters/store/sqlite/errors.ts";
import { checkVersion } from "../../src/adapters/store/sqlite/file.ts";
import type { FileSettings, StoreHealth } from "../../src/adapters/store/sqlite/file.ts";
import { finders, sql as journalReads } from "../../src/adapters/store/sqlite/journal-read.ts";
import { journalSchema } from "../../src/adapters/store/sqlite/journal-schema.ts";
import { openJournal } from "../../src/adapters/store/sqlite/journal.ts";
import { openLedger } from "../../src/adapters/store/sqlite/ledger.ts";
import { ledgerSchema } from "../../src/adapters/store/sqlite/ledger-schema.ts";
import { claimSql, readSql } from "../../src/adapters/store/sqlite/ledger-sql.ts";
import { migrate } from "../../src/adapters/store/sqlite/migrate.ts";
import { JournalFailed } from "../../src/ports/journal.ts";
import { attempt, event, receipt, refund, sale, startMs } from "./store-samples.ts";
import { folder } from "./store-places.ts";

interface Opened {
  health(): StoreHealth | Promise<StoreHealth>;
  close(): Promise<void>;
}
type Open = (path: string, settings?: FileSettings) => Promise<Opened>;
const stores: readonly (readonly [name: string, open: Open])[] = [
  ["journal", (path, settings) => new Promise((resolve) => resolve(openJournal(path, settings)))],
  ["ledger", (path, settings) => openLedger(path, settings)],
];
const bare: FileSettings = { ballastBytes: 0 };
const pathIn = (t: TestContext, name = "store.db"): string => join(folder(t), name);

for (const [name, open] of stores) {
  describe(`${name} file`, () => {
    test("a second owner is refused, in this process or another, until the first is gone", async (t) => {
      const path = pathIn(t, `${name}.db`);
      const childFile = join(import.meta.dirname, "store-child.ts");
      const child = spawn(process.execPath, [childFile, "hold", name, join(path, "..")], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      t.after(() => child.kill("SIGKILL"));
      const ended = once(child, "exit");
      await once(createInterface({ input: child.stdout }), "line");
      const isRefusal = (pid: number | undefined) => (error: unknown) => {
        assert.ok(error instanceof StoreInUse);
        assert.equal(error.message, `${path} is in use by process ${pid}`);
        assert.match(error.text.zh, new RegExp(`进程 ${pid} 使用`));
        return true;
      };
      await assert.rejects(open(path, bare), isRefusal(child.pid));
      child.kill("SIGKILL");
      await ended;
      const store = await open(path, bare);
      assert.equal((await store.health()).lastStop, "unclean");
      await assert.rejects(open(path, bare), isRefusal(process.pid));
      await store.close();
      const again = await open(path, bare);
      assert.equal((await again.health()).lastStop, "clean");
      await again.close();
    });

    test("a file that isn't ours, or newer than we are, is refused and left alone", async (t) => {
      const path = pathIn(t);
      const foreign = new DatabaseSync(path);
      foreign.exec("CREATE TABLE notes (text TEXT)");
      foreign.close();
      await assert.rejects(open(path, bare), StoreUnfit);
      const [, openOther] = stores.find(([other]) => other !== name) ?? assert.fail();
      const ours = pathIn(t);
      await (await openOther(ours, bare)).close();
      await assert.rejects(open(ours, bare), /is not a (journal|ledger) of ours/);

      const newer = pathIn(t);
      await (await open(newer, bare)).close();
      const database = new DatabaseSync(newer);
      database.exec("PRAGMA user_version = 99");
      database.close();
      await assert.rejects(open(newer, bare), /newer version \(99\)/);

      const text = pathIn(t);
      writeFileSync(text, "this is not a database, but long enough to be read as one".repeat(99));
      await assert.rejects(open(text, bare), /not a database/);
      assert.match(readFileSync(text, "utf8"), /^this is not/);
    });

    test("it starts with what is known of the last stop, and with its ballast", async (t) => {
      const path = pathIn(t);
      const first = await open(path);
      assert.deepEqual(await first.health(), {
        failure: null,
        ballast: "kept",
        lastStop: "first",
        checked: "not_needed",
      });
      assert.equal(statSync(`${path}.ballast`).size, 16 << 20);
      assert.equal(statSync(`${path}.ballast`).blocks * 512 >= 16 << 20, true, "real blocks");
      assert.equal(readFileSync(`${path}.owner`, "utf8"), `${process.pid}\n`);
      await first.close();
      assert.equal(existsSync(`${path}.owner`), false);

      writeFileSync(`${path}.owner`, "1\n");
      const large = await open(path, { ballastBytes: 2 ** 50, checkBytesMax: 100 });
      assert.deepEqual(await large.health(), {
        failure: null,
        ballast: "spent",
        lastStop: "unclean",
        checked: "too_large",
      });
      assert.equal(existsSync(`${path}.ballast`), false);
      await large.close();
    });
  });
}

test("a commit that fails half-way through its events leaves no gap in the numbers", async (t) => {
  const journal = openJournal(pathIn(t), bare);
  t.after(() => journal.close());
  const bug = event(null as never);
  const results = await Promise.allSettled([
    journal.commit([], [event("T01")]),
    journal.commit([], [event("T01"), event("T02"), bug]),
    journal.commit([], [event("T01"), event("T02")]),
  ]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
  assert.deepEqual(
    journal.events("S1").map(({ stream, seq }) => `${stream} ${seq}`),
    ["T01 1", "T01 2", "T02 1"],
  );
  assert.equal(journal.brokenChain(), null);
  assert.equal(journal.health().failure, null);
});

test("a damaged file found at start takes nothing more, and is still read", async (t) => {
  const path = pathIn(t);
  const writing = openJournal(path, bare);
  for (let n = 1; n <= 300; n += 1) {
    await writing.commit(
      [{ kind: "sale", sale: sale(n), settled: true }],
      [event("T01", { saleId: `S${n}` })],
    );
  }
  await writing.close();
  const pages = statSync(path).size / 4096;
  const file = openSync(path, "r+");
  writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, Math.floor(pages / 2) * 4096);
  writeFileSync(`${path}.owner`, "1\n");
  const journal = openJournal(path, bare);
  t.after(() => journal.close());
  assert.equal(journal.health().checked, "damaged");
  assert.match(journal.health().failure ?? "", /damaged/);
  await assert.rejects(journal.commit([], [event("T01")]), JournalFailed);
  assert.deepEqual(journal.record("S1")?.sale, sale(1));
  await journal.close();
  assert.equal(existsSync(`${path}.owner`), true, "such a stop isn't clean");
});

test("only a SQLite without the WAL-reset bug is taken", () => {
  for (const old of ["3.40.1", "3.51.2", "3.9.99", "2.99.99", ""]) {
    assert.throws(() => checkVersion(old), StoreUnfit, old);
  }
  for (const fit of ["3.51.3", "3.51.10", "3.53.4", "4.0.0"]) checkVersion(fit);
});

test("migrations run once, in order, each whole or not at all", (t) => {
  const database = new DatabaseSync(pathIn(t));
  t.after(() => database.close());
  const schema = { name: "journal", applicationId: 7 };
  const version = (): unknown => database.prepare("PRAGMA user_version").get()?.["user_version"];
  const first = "CREATE TABLE a (n INTEGER) STRICT; INSERT INTO a VALUES (1)";
  migrate(database, { ...schema, steps: [first] });
  migrate(database, { ...schema, steps: [first] });
  const bad = "INSERT INTO a VALUES (3); SELECT nonsense";
  assert.throws(() =>
    migrate(database, { ...schema, steps: [first, "INSERT INTO a VALUES (2)", bad] }),
  );
  database.exec("ROLLBACK");
  assert.equal(version(), 2);
  const rows = database.prepare("SELECT n FROM a").all();
  assert.deepEqual(
    rows.map(({ n }) => n),
    [1, 2],
  );
});

test("a receipt that was void in a file of the first version stays void", async (t) => {
  const path = pathIn(t);
  const database = new DatabaseSync(path);
  migrate(database, { ...ledgerSchema, steps: ledgerSchema.steps.slice(0, 1) });
  const insert = database.prepare("INSERT INTO receipt VALUES (?, ?, ?, ?, ?, NULL, ?)");
  for (const one of [receipt(1, { void: true }), receipt(2)])
    insert.run("M1", one.number, one.saleId, one.token, one.issuedAtMs, JSON.stringify(one));
  database.close();
  const ledger = await openLedger(path, { inThread: true, ballastBytes: 0 });
  t.after(() => ledger.close());
  const put = { kind: "put_receipt", merchantId: "M1", receipt: receipt(1) } as const;
  assert.equal(await ledger.commit([put], []), "committed");
  assert.equal((await ledger.receiptByToken("token1"))?.receipt.void, true);
  assert.equal((await ledger.receiptByToken("token2"))?.receipt.void, false);
});

test("what ended without money in a file of an older version counts too", async (t) => {
  const path = pathIn(t);
  const database = new DatabaseSync(path);
  migrate(database, { ...journalSchema, steps: journalSchema.steps.slice(0, 2) });
  const ended = attempt(1, { state: "declined", endedAtMs: startMs + 5 });
  database
    .prepare("INSERT INTO sale VALUES (1, 'S1', 'M1', 'T1', 'open', 1, 1, 0, 1, 1, ?)")
    .run(JSON.stringify(sale(1)));
  database
    .prepare("INSERT INTO attempt VALUES (1, 'O1', 'S1', 'declined', 1, 1, NULL, 1, ?)")
    .run(JSON.stringify(ended));
  database.close();
  const journal = openJournal(path, { ballastBytes: 0 });
  t.after(() => journal.close());
  assert.deepEqual([journal.unpaidSince(startMs + 5), journal.unpaidSince(startMs + 6)], [1, 0]);
});

test("refunds that had ended in a file of the second version are found by when they did", async (t) => {
  const path = pathIn(t);
  const database = new DatabaseSync(path);
  migrate(database, { ...ledgerSchema, steps: ledgerSchema.steps.slice(0, 2) });
  const insert = database.prepare("INSERT INTO refund VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)");
  const done = refund(1, { state: "done", endedAtMs: 7 });
  for (const one of [done, refund(2)]) {
    const { merchantId, requestNo, orderNo, saleId, terminalId, state, version } = one;
    const head = [merchantId, requestNo, orderNo, saleId, terminalId, state, version];
    insert.run(...head, one.amountFen, one.requestedAtMs, one.dueAtMs, JSON.stringify(one));
  }
  database.close();
  const ledger = await openLedger(path, { inThread: true, ballastBytes: 0 });
  t.after(() => ledger.close());
  const start = { endedAtMs: 0, requestNo: "" };
  assert.deepEqual(await ledger.refundsEndedAfter("M1", "T01", start, 9), [done]);
});

test("every statement that reads finds its rows by an index", () => {
  const lists = [
    [journalSchema.steps, [...Object.values(journalReads), ...finders]],
    [ledgerSchema.steps, [...Object.values(readSql), ...Object.values(claimSql)]],
  ] as const;
  for (const [steps, statements] of lists) {
    const database = new DatabaseSync(":memory:");
    for (const step of steps) database.exec(step);
    for (const statement of statements) {
      const sql = statement.replaceAll(/\$(\d+)/g, "?$1");
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      const lines = plan.map(({ detail }) => String(detail));
      const touching = lines.filter((line) => /^(SCAN|SEARCH) /.test(line));
      assert.ok(touching.length > 0, statement);
      // "SEARCH job" alone: MAX(n) looks at the end of the table and nowhere else.
      for (const line of touching) assert.match(line, / USING |^SEARCH \w+$/, statement);
    }
    database.close();
  }
});
