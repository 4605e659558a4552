/** The receipts at the hub: the highest number of a terminal, one owner of each, and what became of their money. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LedgerUnavailable } from "../../src/ports/ledger.ts";
import { bench, intent, ok, silence, trade } from "./hub-support.ts";
import { receipt } from "./store-samples.ts";

describe("receipt numbers", () => {
  const numbered = (counter: number, changes = {}) =>
    receipt(1, { number: `T01-${String(counter).padStart(6, "0")}`, ...changes });

  test("the highest is kept, in whatever order receipts come, and though a commit fails", async () => {
    let isFailing = true;
    const { hub } = bench(
      {},
      {
        ledger: (inner) => ({
          ...inner,
          commit: async (writes, events) => {
            if (isFailing) throw new LedgerUnavailable("full");
            return inner.commit(writes, events);
          },
        }),
      },
    );
    await assert.rejects(hub.putReceipt("M1", numbered(9)));
    assert.equal(await hub.highestReceipt("T01"), 0);
    isFailing = false;
    await Promise.all([9, 8, 10, 7].map((counter) => hub.putReceipt("M1", numbered(counter))));
    assert.equal(await hub.highestReceipt("T01"), 10);
  });

  test("one that another receipt has is told, and takes nothing from the first", async () => {
    const { hub, logged } = bench();
    await hub.putReceipt("M1", numbered(9));
    await hub.putReceipt("M1", numbered(9, { token: "another", saleId: "S9" }));
    assert.equal((await hub.electronicReceipt("token1"))?.saleId, "S1");
    assert.equal(await hub.electronicReceipt("another"), null);
    assert.ok(logged.some((line) => line.includes("receipt_number_used")));
  });
});

test("what became of a receipt's money is known with it: contradicted, and then not", async () => {
  const { hub, world, script } = bench({ query: async () => silence });
  await hub.start();
  await hub.pay(intent("O1"));
  await hub.putReceipt("M1", receipt(1));
  const isContradicted = async () => (await hub.receiptMoney("token1")).isContradicted;
  await world.advance(100);
  assert.equal(await isContradicted(), false);
  script.query = async () => ({ kind: "closed", providerTradeNo: null, code: ok });
  await hub.ask("M1", "O1", "query");
  await world.advance(100);
  assert.equal(await isContradicted(), true);
  script.query = async (orderNo) => ({ kind: "paid", trade: trade(orderNo), code: ok });
  await world.advance(60_000);
  assert.equal(await isContradicted(), false);
  assert.deepEqual(await hub.receiptMoney("none"), { refunds: [], isContradicted: false });
  await hub.stop();
});
