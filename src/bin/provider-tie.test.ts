import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryJournal, newJournalDisk } from "../adapters/store/memory/journal.ts";
import { memoryLedger, newLedgerDisk } from "../adapters/store/memory/ledger.ts";
import { realWorld } from "../adapters/world/real.ts";
import { type ProviderIdentity, sandboxIdentity } from "../core/payment/provider-identity.ts";
import { InputError } from "./input-error.ts";
import { tieToProvider } from "./provider-tie.ts";

const { sha256 } = realWorld;
const data = "/srv/shop";
const live: ProviderIdentity = {
  kind: "alipay",
  livemode: true,
  host: "openapi.alipay.com",
  appId: "2021000000000001",
  sellerId: "2088000000000001",
};
const newApp = { ...live, appId: "2021000000000002" };

function folder() {
  const ledgerDisk = newLedgerDisk();
  const journalDisk = newJournalDisk();
  const stores = {
    ledger: memoryLedger(sha256, ledgerDisk),
    till: { terminalId: "T01", journal: memoryJournal(sha256, journalDisk) },
  };
  const start = async (identity: ProviderIdentity): Promise<string> => {
    try {
      await tieToProvider({ data, identity, training: false }, stores, 1_000);
      return "started";
    } catch (error) {
      assert.ok(error instanceof InputError);
      for (const words of [error.text.zh, error.text.en])
        assert.ok(words.includes(data) && !words.includes("{"), words);
      return error.code;
    }
  };
  return { ...stores, start };
}

test("the first start ties both stores, each with an event; the same provider starts again", async () => {
  const { ledger, till, start } = folder();
  assert.equal(await start(live), "started");
  assert.equal(await start({ ...live }), "started");
  const events = [...(await ledger.events("hub"))].map((one) => one.kind);
  assert.deepEqual(events, ["provider_tied"]);
  assert.notEqual(till.journal.setting("provider_identity"), null);
});

test("a start that lost its keys is refused, and a demo never turns live", async () => {
  const shop = folder();
  await shop.start(live);
  const demo = folder();
  await demo.start(sandboxIdentity);
  assert.equal(await shop.start(sandboxIdentity), "provider_keys_missing");
  assert.equal(await demo.start(live), "provider_demo_stays_demo");
  assert.equal(await shop.start(live), "started");
  assert.equal(await demo.start(sandboxIdentity), "started");
});

test("a ledger that was lost takes nothing from a start that the journal refuses", async () => {
  const { till, start } = folder();
  await start(live);
  const ledger = memoryLedger(sha256, newLedgerDisk());
  const wrong = { data, identity: sandboxIdentity, training: false };
  await assert.rejects(tieToProvider(wrong, { ledger, till }, 2_000), /--alipay-config/);
  assert.equal(await ledger.setting("provider_identity"), null);
});

test("another app or merchant is refused even when nothing is open: it can't refund what the first one took", async () => {
  const { ledger, till, start } = folder();
  await start(live);
  assert.equal(await ledger.nextDueAtMs(), null);
  for (const other of [newApp, { ...live, sellerId: "2088000000000002" }])
    assert.equal(await start(other), "provider_other_account");
  const value = JSON.stringify(live);
  assert.equal(await ledger.setting("provider_identity"), value);
  assert.equal(till.journal.setting("provider_identity"), value);
  assert.equal(await start(live), "started");
});
