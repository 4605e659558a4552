/** A data folder from before it was tied: what its own sales tell decides, not the first start that comes along. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { openJournal } from "../../src/adapters/store/sqlite/journal.ts";
import { openLedger } from "../../src/adapters/store/sqlite/ledger.ts";
import { refuseAtRest, tieAtRest } from "../../src/bin/tie-at-rest.ts";
import {
  type ProviderIdentity,
  sandboxIdentity,
} from "../../src/core/payment/provider-identity.ts";
import { run } from "../support/program.ts";
import { attempt, receipt, sale } from "./store-samples.ts";

const live: ProviderIdentity = {
  kind: "alipay",
  livemode: true,
  host: "openapi.alipay.com",
  appId: "2021000000000001",
  sellerId: "2088000000000001",
};

const receiptOf = (n: number, livemode: boolean) =>
  receipt(n, { content: { ...receipt(n).content, livemode } });

const inThread = { inThread: true, ballastBytes: 0 };
const unanswered = attempt(9, { state: "unknown" });

function newFolder(context: TestContext): string {
  const data = mkdtempSync(join(tmpdir(), "chupiao-untied-"));
  context.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

/** A folder with one charge, and a receipt of each kind of money that is told, oldest first. */
async function withCharge(data: string, ...money: readonly boolean[]): Promise<void> {
  const ledger = await openLedger(join(data, "ledger.db"), inThread);
  await ledger.commit([{ kind: "insert_attempt", attempt: unanswered }], []);
  await ledger.close();
  const journal = openJournal(join(data, "journal.db"), { ballastBytes: 0 });
  const writes = money.flatMap((livemode, n) => [
    { kind: "sale", sale: sale(n), settled: true } as const,
    { kind: "receipt", receipt: receiptOf(n, livemode) } as const,
  ]);
  await journal.commit(writes, []);
  await journal.close();
}

/** The code that each start ends with. */
function starts(data: string): readonly unknown[] {
  return [live, sandboxIdentity].map((identity) => {
    try {
      refuseAtRest({ data, identity, training: false });
      return "opened";
    } catch (error) {
      return (error as { code: unknown }).code;
    }
  });
}

test("one receipt of real money makes an untied folder a shop's, whatever a demo added", async (context) => {
  const rows = [
    // oldest first         with keys                    without
    [[true], "opened", "provider_keys_missing"],
    [[false, true], "opened", "provider_keys_missing"],
    [[false], "provider_demo_stays_demo", "opened"],
    [[true, false], "opened", "provider_keys_missing"],
  ] as const;
  for (const [money, withKeys, without] of rows) {
    const data = newFolder(context);
    await withCharge(data, ...money);
    assert.deepEqual(starts(data), [withKeys, without], money.join());
  }
});

test("charges without a receipt are Alipay's, unless the folder's own sandbox has run", async (context) => {
  const data = newFolder(context);
  assert.deepEqual(starts(data), ["opened", "opened"], "an empty folder takes either");
  await withCharge(data);
  assert.deepEqual(starts(data), ["opened", "provider_keys_missing"]);
  mkdirSync(join(data, "sandbox"));
  assert.deepEqual(starts(data), ["provider_demo_stays_demo", "opened"]);
});

test("a hub's ledger tells it by its receipts", async (context) => {
  const data = newFolder(context);
  const ledger = await openLedger(join(data, "ledger.db"), inThread);
  await ledger.commit([{ kind: "put_receipt", merchantId: "M1", receipt: receiptOf(1, true) }], []);
  await ledger.close();
  assert.deepEqual(starts(data), ["opened", "provider_keys_missing"]);
});

test("once it is tied only that counts", async (context) => {
  const data = newFolder(context);
  await withCharge(data, false);
  const ledger = await openLedger(join(data, "ledger.db"), inThread);
  const value = JSON.stringify(live);
  await ledger.commit([{ kind: "put_setting", key: "provider_identity", value }], []);
  await ledger.close();
  const other = { ...live, sellerId: "2088000000000002" };
  assert.equal(tieAtRest({ data, identity: live, training: false }).why, null);
  assert.equal(tieAtRest({ data, identity: other, training: false }).why, "other_account");
});

test("a start that lost its keys is refused again and again, and leaves no sandbox behind", async (context) => {
  const data = newFolder(context);
  await withCharge(data);
  for (const words of [["start"], ["start"], ["hub", "start"]]) {
    const lost = await run(...words, "--data", data, "--port", "0");
    assert.equal(lost.code, 1);
    assert.match(lost.text, /provider_keys_missing/);
  }
  assert.ok(!existsSync(join(data, "sandbox")));
  const doctor = await run("doctor", "--data", data, "--port", "0");
  assert.match(doctor.text, /"check":"account","good":false/);
});

test("training on a shop's folder is told to take another one, not to bring keys", async (context) => {
  const data = newFolder(context);
  await withCharge(data, true);
  const mixed = await run("start", "--training", "--data", data, "--port", "0");
  assert.equal(mixed.code, 1);
  assert.match(mixed.text, /provider_training_apart/);
  assert.match(mixed.text, /For training use another folder/);
  assert.doesNotMatch(mixed.text, /--alipay-config/);
});
