/**
 * A process that writes until it is killed or its disk fails, for the crash and fault tests. It says on standard
 * output what was acknowledged, a line each, after it was.
 *   node store-child.ts write FOLDER            both stores, eight commits at once, for ever
 *   node store-child.ts fail journal|ledger FOLDER COUNT
 *                                               COUNT commits one by one; on the first failure tells how the store
 *                                               behaves, opens it again and goes on
 *   node store-child.ts burst journal|ledger FOLDER COUNT
 *                                               COUNT commits in one turn
 *   node store-child.ts hold journal|ledger FOLDER
 *                                               opens the store and waits to be killed
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { openJournal } from "../../src/adapters/store/sqlite/journal.ts";
import type { StoreHealth } from "../../src/adapters/store/sqlite/file.ts";
import { openLedger } from "../../src/adapters/store/sqlite/ledger.ts";
import { attempt, event, sale } from "./store-samples.ts";

/** What both stores have in common here: numbered commits, counted by the events they leave. */
interface Numbered {
  commit(n: number): Promise<void>;
  count(): Promise<number>;
  health(): Promise<StoreHealth>;
  reopen(): Promise<void>;
  close(): Promise<void>;
}

const ballastBytes = 1 << 20;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Said before anything else is done, also to a reader who is slower than we are. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

function numberedJournal(folder: string): Numbered {
  const journal = openJournal(join(folder, "journal.db"), { ballastBytes });
  return {
    commit: (n) =>
      journal.commit(
        [{ kind: "sale", sale: sale(n), settled: true }],
        [event("T01", { saleId: "all" })],
      ),
    count: () => Promise.resolve(journal.events("all").length),
    health: () => Promise.resolve(journal.health()),
    reopen: async () => journal.reopen(),
    close: () => journal.close(),
  };
}

async function numberedLedger(folder: string): Promise<Numbered> {
  const ledger = await openLedger(join(folder, "ledger.db"), { ballastBytes });
  return {
    async commit(n) {
      const answer = await ledger.commit(
        [{ kind: "insert_attempt", attempt: attempt(n) }],
        [event("hub")],
      );
      if (answer !== "committed") throw new Error(answer);
    },
    count: async () => (await ledger.events("hub")).length,
    health: () => ledger.health(),
    reopen: () => ledger.reopen(),
    close: () => ledger.close(),
  };
}

const open = (store: string, folder: string): Numbered | Promise<Numbered> =>
  store === "journal" ? numberedJournal(folder) : numberedLedger(folder);

async function writeForEver(store: string, numbered: Numbered): Promise<void> {
  for (let first = (await numbered.count()) + 1; ; first += 8) {
    const batch = Array.from({ length: 8 }, (_, at) => first + at);
    await Promise.all(
      batch.map(async (n) => {
        await numbered.commit(n);
        say(`${store} ${n}`);
      }),
    );
  }
}

async function failOnce(store: string, folder: string, count: number): Promise<void> {
  const numbered = await open(store, folder);
  let failed = 0;
  for (let n = 1; n <= count; n += 1) {
    try {
      await numbered.commit(n);
      say(`acknowledged ${n}`);
    } catch (error) {
      failed += 1;
      say(`failed ${n} ${(error as Error).constructor.name}: ${(error as Error).message}`);
      await numbered.commit(n + 1).catch((next: unknown) => say(`then ${String(next)}`));
      say(`count ${await numbered.count()}`);
      say(`health ${JSON.stringify(await numbered.health())}`);
      await numbered.reopen();
      say(`reopened ${await numbered.count()} ${JSON.stringify(await numbered.health())}`);
      // Whether this commit took place is known only now.
      if ((await numbered.count()) === n) say(`acknowledged ${n}`);
      else n -= 1;
    }
    if (failed > 20) throw new Error("it fails again and again");
  }
  await numbered.close();
  say("done");
}

async function burst(store: string, folder: string, count: number): Promise<void> {
  const numbered = await open(store, folder);
  await Promise.all(Array.from({ length: count }, (_, at) => numbered.commit(at + 1)));
  say(`count ${await numbered.count()}`);
  // Not closed: closing has fsyncs of its own.
  process.kill(process.pid, "SIGKILL");
}

const [command, ...rest] = process.argv.slice(2);
const [first = "", second = "", third = ""] = rest;
if (command === "write") {
  const [ledger, journal] = [await open("ledger", first), await open("journal", first)];
  await Promise.all([writeForEver("journal", journal), writeForEver("ledger", ledger)]);
} else if (command === "fail") await failOnce(first, second, Number(third));
else if (command === "burst") await burst(first, second, Number(third));
else if (command === "hold") {
  await open(first, second);
  say("open");
  setInterval(() => undefined, 60_000);
} else throw new Error(`unknown command ${command}`);
