/** What ports/ledger.ts promises of refunds that have ended, asked of every ledger. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Refund } from "../../src/core/payment/refund.ts";
import type { LedgerWrite } from "../../src/ports/ledger.ts";
import { ledgers } from "./store-places.ts";
import { refund } from "./store-samples.ts";

const insertRefund = (one: Refund): LedgerWrite => ({ kind: "insert_refund", refund: one });

for (const adapter of ledgers)
  describe(adapter.name, () => {
    test("a terminal's ended refunds come in the order of their ends, page by page", async (t) => {
      const ledger = await adapter.place(t).open();
      const done = (n: number, endedAtMs: number, changes: Partial<Refund> = {}): Refund =>
        refund(n, { state: "done", endedAtMs, ...changes });
      const rows = [done(3, 20), done(1, 10), done(4, 20), done(2, 30, { state: "refused" })];
      const others = [
        done(5, 25, { terminalId: "T02" }),
        done(6, 25, { merchantId: "M2" }),
        refund(7, { state: "unknown" }),
      ];
      for (const one of [...rows, ...others])
        assert.equal(await ledger.commit([insertRefund(one)], []), "committed");
      const after = async (endedAtMs: number, requestNo: string, limit = 9) =>
        (await ledger.refundsEndedAfter("M1", "T01", { endedAtMs, requestNo }, limit)).map(
          (one) => one.requestNo,
        );
      assert.deepEqual(await after(0, ""), ["F1", "F3", "F4", "F2"]);
      assert.deepEqual(await after(0, "", 2), ["F1", "F3"]);
      assert.deepEqual(await after(20, "F3"), ["F4", "F2"]);
      assert.deepEqual(await after(30, "F2"), []);
      const late = { ...refund(7), version: 2, state: "done", endedAtMs: 40 } as const;
      assert.equal(await ledger.commit([{ kind: "update_refund", refund: late }], []), "committed");
      assert.deepEqual(await after(30, "F2"), ["F7"]);
      assert.deepEqual(
        await ledger.refundsEndedAfter("M1", "T01", { endedAtMs: 39, requestNo: "" }, 1),
        [late],
      );
    });
  });
