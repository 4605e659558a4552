/** A process writing to both stores is killed at random moments; whatever it was told to be durable must be there. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { openJournal } from "../../src/adapters/store/sqlite/journal.ts";
import { openLedger } from "../../src/adapters/store/sqlite/ledger.ts";
import { manualWorld } from "../../src/adapters/world/manual.ts";
import { folder } from "./store-places.ts";

const kills = 20;
const childFile = join(import.meta.dirname, "store-child.ts");

interface Acknowledged {
  journal: number;
  ledger: number;
}

/** Runs the writer until it has said `linesUntilKill` things, and gives the highest numbers it said. */
async function writeAndKill(path: string, linesUntilKill: number): Promise<Acknowledged> {
  const child = spawn(process.execPath, [childFile, "write", path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const highest: Acknowledged = { journal: 0, ledger: 0 };
  let lines = 0;
  // What was written before the kill is still read after it.
  for await (const line of createInterface({ input: child.stdout })) {
    const [store = "", n = ""] = line.split(" ");
    assert.ok(store === "journal" || store === "ledger", line);
    highest[store] = Math.max(highest[store], Number(n));
    lines += 1;
    if (lines === linesUntilKill) child.kill("SIGKILL");
  }
  const [, signal] = (await ended) as [number | null, string | null];
  assert.equal(signal, "SIGKILL");
  return highest;
}

test(`${kills} kills lose nothing that was acknowledged`, async (t) => {
  const path = folder(t);
  const { random } = manualWorld({ seed: 20_261_102 });
  const total: Acknowledged = { journal: 0, ledger: 0 };
  for (let kill = 1; kill <= kills; kill += 1) {
    const acknowledged = await writeAndKill(path, 1 + Math.floor(random() * 600));
    total.journal = Math.max(total.journal, acknowledged.journal);
    total.ledger = Math.max(total.ledger, acknowledged.ledger);

    const journal = openJournal(join(path, "journal.db"), { ballastBytes: 0 });
    assert.equal(journal.brokenChain(), null);
    const { lastStop, checked } = journal.health();
    assert.deepEqual([lastStop, checked], ["unclean", "whole"]);
    const sales = journal.events("all").length;
    assert.ok(sales >= total.journal, `${total.journal} acknowledged, ${sales} there`);
    for (let n = 1; n <= sales; n += 1) assert.ok(journal.record(`S${n}`), `sale ${n} of ${sales}`);
    assert.equal(journal.record(`S${sales + 1}`), null, "no half commit");
    await journal.close();

    const ledger = await openLedger(join(path, "ledger.db"), { ballastBytes: 0, inThread: true });
    assert.equal(await ledger.brokenChain(), null);
    const attempts = (await ledger.events("hub")).length;
    assert.ok(attempts >= total.ledger, `${total.ledger} acknowledged, ${attempts} there`);
    assert.equal((await ledger.interrupted()).length, attempts);
    await ledger.close();
  }
  assert.ok(Math.min(total.journal, total.ledger) > kills, "both stores were written to");
  t.diagnostic(`${total.journal} journal and ${total.ledger} ledger commits acknowledged`);
  assert.ok(!existsSync(join(path, "journal.db.owner")), "a clean stop leaves no owner");
});
