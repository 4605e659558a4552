/** What ports/ledger.ts promises, asked of every ledger. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { holdsSale } from "../../src/adapters/store/ended.ts";
import { fen } from "../../src/core/money/money.ts";
import type { Attempt, AttemptState } from "../../src/core/payment/attempt.ts";
import type { Refund } from "../../src/core/payment/refund.ts";
import { LedgerUnavailable } from "../../src/ports/ledger.ts";
import type { Ledger, LedgerWrite } from "../../src/ports/ledger.ts";
import { attempt, event, next, receipt, refund, startMs } from "./store-samples.ts";
import { ledgers } from "./store-places.ts";
import type { Adapter } from "./store-places.ts";

const insert = (one: Attempt): LedgerWrite => ({ kind: "insert_attempt", attempt: one });
const update = (one: Attempt): LedgerWrite => ({ kind: "update_attempt", attempt: one });
const insertRefund = (one: Refund): LedgerWrite => ({ kind: "insert_refund", refund: one });
const withdraw = (orderNo: string, merchantId = "M1"): LedgerWrite => ({
  kind: "withdraw_order",
  merchantId,
  orderNo,
  atMs: startMs,
});
const putReceipt = (n: number, changes = {}): LedgerWrite => ({
  kind: "put_receipt",
  merchantId: "M1",
  receipt: receipt(n, changes),
});

/** Every write of the list is its own commit, and is expected to go through. */
async function commitEach(ledger: Ledger, ...writes: readonly LedgerWrite[]): Promise<void> {
  for (const write of writes) assert.equal(await ledger.commit([write], []), "committed");
}

for (const adapter of ledgers) {
  describe(adapter.name, () => {
    reading(adapter);
    refusals(adapter);
    versions(adapter);
    leases(adapter);
    receipts(adapter);
    batches(adapter);
    chains(adapter);
  });
}

function reading(adapter: Adapter<Ledger>): void {
  test("what was committed comes back as it was, also after opening again", async (t) => {
    const place = adapter.place(t);
    let ledger = await place.open();
    const paid = attempt(1, { state: "paid", providerTradeNo: "P1", payer: "王*明 😀" });
    const setting: LedgerWrite = { kind: "put_setting", key: "k", value: "\u0000'値" };
    const writes = [insert(paid), insertRefund(refund(1)), putReceipt(1), withdraw("O9"), setting];
    assert.equal(await ledger.commit(writes, [event("S1")]), "committed");
    for (const again of [false, true]) {
      if (again) ledger = await place.open();
      assert.deepEqual(await ledger.attempt("M1", "O1"), paid);
      assert.deepEqual(await ledger.attemptByOrder("O1"), paid);
      assert.deepEqual(await ledger.attemptsOfSale("M1", "S1"), [paid]);
      assert.deepEqual(await ledger.refund("M1", "F1"), refund(1));
      assert.deepEqual(await ledger.refundsOfOrder("M1", "O1"), [refund(1)]);
      const byToken = await ledger.receiptByToken("token1");
      assert.deepEqual(byToken, { merchantId: "M1", receipt: receipt(1) });
      assert.equal(await ledger.withdrawn("M1", "O9"), true);
      assert.equal(await ledger.setting("k"), "\u0000'値");
      const { hash, ...stored } = (await ledger.events("S1"))[0] ?? assert.fail("no event");
      assert.deepEqual(stored, { ...event("S1"), seq: 1 });
      assert.match(hash, /^[0-9a-f]{64}$/);
    }
  });

  test("what isn't there is null, false or empty; a withdrawn number is no attempt", async (t) => {
    const ledger = await adapter.place(t).open();
    await commitEach(ledger, withdraw("O1"));
    assert.equal(await ledger.attempt("M1", "O1"), null);
    assert.equal(await ledger.attemptByOrder("O1"), null);
    assert.equal(await ledger.refund("M1", "F1"), null);
    assert.equal(await ledger.receiptByToken("token1"), null);
    assert.equal(await ledger.setting("k"), null);
    assert.equal(await ledger.nextDueAtMs(), null);
    assert.equal(await ledger.brokenChain(), null);
    assert.equal(await ledger.withdrawn("M1", "O2"), false);
    assert.equal(await ledger.withdrawn("M2", "O1"), false);
    for (const saleId of ["S1", ""]) {
      assert.deepEqual(await ledger.attemptsOfSale("M1", saleId), []);
    }
    assert.deepEqual(await ledger.refundsOfOrder("M1", "O1"), []);
    assert.deepEqual(await ledger.interrupted(), []);
    assert.deepEqual(await ledger.events("S1"), []);
  });

  test("lists are oldest first, and each merchant has its own numbers", async (t) => {
    const ledger = await adapter.place(t).open();
    const first = attempt(2, { saleId: "S1", state: "declined", createdAtMs: startMs });
    const second = attempt(1, { createdAtMs: startMs + 10 });
    const other = attempt(1, { merchantId: "M2", createdAtMs: startMs + 5, state: "sending" });
    await commitEach(ledger, insert(second), insert(other), insert(first));
    assert.deepEqual(await ledger.attemptsOfSale("M1", "S1"), [first, second]);
    assert.deepEqual(await ledger.attempt("M2", "O1"), other);
    assert.deepEqual(await ledger.interrupted(), [other, second]);
    const early = refund(2, { orderNo: "O1", requestedAtMs: startMs });
    await commitEach(ledger, insertRefund(refund(1)), insertRefund(early));
    await commitEach(ledger, insertRefund(refund(3, { merchantId: "M2", orderNo: "O1" })));
    assert.deepEqual(await ledger.refundsOfOrder("M1", "O1"), [early, refund(1)]);
  });

  test("interrupted are those that a crash left in created or sending", async (t) => {
    const ledger = await adapter.place(t).open();
    for (const [n, state] of (Object.keys(holdsSale) as AttemptState[]).entries()) {
      await commitEach(ledger, insert(attempt(n, { state })));
    }
    const states = (await ledger.interrupted()).map(({ state }) => state);
    assert.deepEqual(states, ["created", "sending"]);
  });

  test("rows that lie ahead are those due or leased until later", async (t) => {
    const ledger = await adapter.place(t).open();
    const dueAtMs = startMs + 1_000;
    const [early, late] = [attempt(1, { dueAtMs: startMs }), attempt(2, { dueAtMs })];
    const lateRefund = refund(1, { dueAtMs });
    await commitEach(ledger, insert(early), insert(late), insert(attempt(3, { dueAtMs: null })));
    await commitEach(
      ledger,
      insertRefund(lateRefund),
      insertRefund(refund(2, { dueAtMs: startMs })),
    );
    assert.deepEqual(await ledger.attemptsDueAfter(startMs), [late]);
    assert.deepEqual(await ledger.refundsDueAfter(startMs), [lateRefund]);
    await ledger.claimAttempts(startMs, startMs + 500, 10);
    assert.deepEqual(await ledger.attemptsDueAfter(startMs), [early, late]);
    assert.deepEqual(await ledger.attemptsDueAfter(dueAtMs), []);
  });
}

function refusals(adapter: Adapter<Ledger>): void {
  test("an order number is taken once", async (t) => {
    const ledger = await adapter.place(t).open();
    await commitEach(ledger, insert(attempt(1)), insert(attempt(1, { merchantId: "M2" })));
    const again = attempt(1, { saleId: "S2", amountFen: fen(1) });
    assert.equal(await ledger.commit([insert(again)], []), "order_exists");
    assert.equal(await ledger.commit([withdraw("O1")], []), "order_exists");
    assert.deepEqual(await ledger.attempt("M1", "O1"), attempt(1));
  });

  test("a withdrawn number is refused for ever; withdrawing it again changes nothing", async (t) => {
    const place = adapter.place(t);
    let ledger = await place.open();
    await commitEach(ledger, withdraw("O1"), withdraw("O1"));
    ledger = await place.open();
    assert.equal(await ledger.commit([insert(attempt(1))], []), "order_withdrawn");
    assert.equal(await ledger.commit([update(attempt(1))], []), "stale");
    await commitEach(ledger, insert(attempt(1, { merchantId: "M2" })));
    assert.deepEqual(
      await ledger.commit([withdraw("O2"), insert(attempt(2))], []),
      "order_withdrawn",
    );
    assert.equal(await ledger.withdrawn("M1", "O2"), false);
  });

  for (const [state, holds] of Object.entries(holdsSale) as [AttemptState, boolean][]) {
    test(`beside an attempt in ${state} a sale ${holds ? "takes no" : "may have a"} second one`, async (t) => {
      const ledger = await adapter.place(t).open();
      await commitEach(ledger, insert(attempt(1, { state })));
      const second = attempt(2, { saleId: "S1" });
      const answer = await ledger.commit([insert(second)], []);
      assert.equal(answer, holds ? "sale_has_attempt" : "committed");
      assert.deepEqual(await ledger.attempt("M1", "O2"), holds ? null : second);
      await commitEach(ledger, insert(attempt(3, { saleId: "S1", merchantId: "M2" })));
      await commitEach(ledger, insert(attempt(4, { saleId: "S1", state: "declined" })));
    });
  }

  test("an ended attempt doesn't come back to life beside another one", async (t) => {
    const ledger = await adapter.place(t).open();
    const ended = attempt(1, { state: "reversed" });
    await commitEach(ledger, insert(ended), insert(attempt(2, { saleId: "S1" })));
    const paid = update(next(ended, { state: "paid" }));
    assert.equal(await ledger.commit([paid], [event("S1")]), "sale_has_attempt");
    await commitEach(ledger, update(next(attempt(2, { saleId: "S1" }), { state: "declined" })));
    await commitEach(ledger, paid);
    assert.equal((await ledger.attempt("M1", "O1"))?.state, "paid");
  });

  test("a refund number is taken once", async (t) => {
    const ledger = await adapter.place(t).open();
    await commitEach(ledger, insertRefund(refund(1)));
    const again = insertRefund(refund(1, { amountFen: fen(5) }));
    assert.equal(await ledger.commit([again], []), "refund_exists");
    await commitEach(ledger, insertRefund(refund(1, { merchantId: "M2" })));
  });
}

function versions(adapter: Adapter<Ledger>): void {
  test("only the next version of an attempt or refund is taken", async (t) => {
    const ledger = await adapter.place(t).open();
    const [one, money] = [attempt(1), refund(1)];
    await commitEach(ledger, insert(one), insertRefund(money));
    for (const version of [0, 1, 3]) {
      const writes: readonly LedgerWrite[] = [
        update({ ...one, version }),
        { kind: "update_refund", refund: { ...money, version } },
      ];
      for (const write of writes) assert.equal(await ledger.commit([write], []), "stale");
    }
    const paid = next(one, { state: "paid", providerTradeNo: "P1" });
    const done: Refund = { ...money, version: 2, state: "done" };
    await commitEach(ledger, update(paid), { kind: "update_refund", refund: done });
    assert.equal(await ledger.commit([update(paid)], []), "stale");
    assert.deepEqual(await ledger.attempt("M1", "O1"), paid);
    assert.deepEqual(await ledger.refund("M1", "F1"), done);
    assert.equal(await ledger.commit([update(attempt(7, { version: 2 }))], []), "stale");
  });

  test("of two writers at once one wins", async (t) => {
    const ledger = await adapter.place(t).open();
    await commitEach(ledger, insert(attempt(1)));
    const states = ["paid", "declined", "unknown"] as const;
    const answers = await Promise.all(
      states.map((state) => ledger.commit([update(next(attempt(1), { state }))], [event("S1")])),
    );
    assert.deepEqual(answers, ["committed", "stale", "stale"]);
    assert.equal((await ledger.attempt("M1", "O1"))?.state, "paid");
    assert.equal((await ledger.events("S1")).length, 1);
  });

  test("several versions in one commit build on each other", async (t) => {
    const ledger = await adapter.place(t).open();
    const sending = next(attempt(1), { state: "sending" });
    const paid = next(sending, { state: "paid" });
    assert.equal(
      await ledger.commit([insert(attempt(1)), update(sending), update(paid)], []),
      "committed",
    );
    assert.deepEqual(await ledger.attempt("M1", "O1"), paid);
  });
}

function leases(adapter: Adapter<Ledger>): void {
  const numbers = (rows: readonly Attempt[]): readonly string[] => rows.map((row) => row.orderNo);

  test("what is due is claimed oldest first, up to the limit, by one claimer at a time", async (t) => {
    const ledger = await adapter.place(t).open();
    for (const [n, dueAtMs] of [500, 300, 100, 300, null].entries()) {
      await commitEach(ledger, insert(attempt(n, { dueAtMs })));
    }
    const [first, second] = await Promise.all([
      ledger.claimAttempts(400, 1000, 2),
      ledger.claimAttempts(400, 1000, 9),
    ]);
    assert.deepEqual([numbers(first), numbers(second)], [["O2", "O1"], ["O3"]]);
    assert.deepEqual(first[0], attempt(2, { dueAtMs: 100 }));
    assert.deepEqual(await ledger.claimAttempts(499, 1000, 9), []);
    assert.deepEqual(numbers(await ledger.claimAttempts(500, 1000, 9)), ["O0"]);
  });

  test("a lease ends at its time or with the next version, and outlives a restart", async (t) => {
    const place = adapter.place(t);
    let ledger = await place.open();
    const [one, two] = [attempt(1, { dueAtMs: 100 }), attempt(2, { dueAtMs: 200 })];
    await commitEach(ledger, insert(one), insert(two));
    await ledger.claimAttempts(200, 1000, 9);
    ledger = await place.open();
    assert.deepEqual(await ledger.claimAttempts(999, 2000, 9), []);
    const later = next(two, { dueAtMs: 700 });
    await commitEach(ledger, update(later));
    assert.deepEqual(await ledger.claimAttempts(999, 1500, 9), [later]);
    assert.deepEqual(await ledger.claimAttempts(1000, 2000, 9), [one]);
    await commitEach(ledger, update(next(one, { dueAtMs: null })));
    assert.deepEqual(await ledger.claimAttempts(9000, 9999, 9), [later]);
  });

  test("two claimers of an ended lease: the slow one's result is stale", async (t) => {
    const ledger = await adapter.place(t).open();
    await commitEach(ledger, insert(attempt(1, { dueAtMs: 100 })));
    const [slow] = await ledger.claimAttempts(100, 200, 1);
    const [quick] = await ledger.claimAttempts(200, 300, 1);
    assert.ok(slow !== undefined && quick !== undefined);
    await commitEach(ledger, update(next(quick, { state: "paid", dueAtMs: null })));
    assert.equal(await ledger.commit([update(next(slow, { state: "unknown" }))], []), "stale");
  });

  test("refunds are claimed like attempts", async (t) => {
    const ledger = await adapter.place(t).open();
    const [one, two] = [refund(1, { dueAtMs: 200 }), refund(2, { dueAtMs: 100 })];
    await commitEach(ledger, insertRefund(one), insertRefund(two));
    assert.deepEqual(await ledger.claimRefunds(99, 1000, 9), []);
    assert.deepEqual(await ledger.claimRefunds(200, 1000, 9), [two, one]);
    assert.deepEqual(await ledger.claimRefunds(999, 2000, 9), []);
    await commitEach(ledger, { kind: "update_refund", refund: { ...one, version: 2 } });
    assert.deepEqual(await ledger.claimRefunds(300, 2000, 9), [{ ...one, version: 2 }]);
    assert.deepEqual(await ledger.claimAttempts(9000, 9999, 9), []);
  });

  test("the next row falls due when it is due, or when its lease ends", async (t) => {
    const ledger = await adapter.place(t).open();
    await commitEach(ledger, insert(attempt(1, { dueAtMs: 300 })), insert(attempt(2)));
    assert.equal(await ledger.nextDueAtMs(), 300);
    await commitEach(ledger, insertRefund(refund(1, { dueAtMs: 200 })));
    assert.equal(await ledger.nextDueAtMs(), 200);
    await ledger.claimRefunds(250, 900, 1);
    assert.equal(await ledger.nextDueAtMs(), 300);
    await ledger.claimAttempts(300, 700, 1);
    assert.equal(await ledger.nextDueAtMs(), 700);
    await commitEach(ledger, update(next(attempt(1), { dueAtMs: null, state: "paid" })));
    assert.equal(await ledger.nextDueAtMs(), 900);
  });

  test("a lease that doesn't end after it begins is a bug", async (t) => {
    const ledger = await adapter.place(t).open();
    await assert.rejects(ledger.claimAttempts(100, 100, 1), /broken invariant/);
    await assert.rejects(ledger.claimRefunds(100, 99, 1), /broken invariant/);
  });
}

function receipts(adapter: Adapter<Ledger>): void {
  test("a receipt is replaced by the same number, and neither un-opened nor un-voided", async (t) => {
    const ledger = await adapter.place(t).open();
    const stored = async (): Promise<unknown> => (await ledger.receiptByToken("token1"))?.receipt;
    await commitEach(ledger, putReceipt(1), putReceipt(1, { openedAtMs: 5, copies: 1 }));
    await commitEach(ledger, putReceipt(1, { void: true, copies: 2 }));
    assert.deepEqual(await stored(), receipt(1, { openedAtMs: 5, void: true, copies: 2 }));
    await commitEach(ledger, putReceipt(1, { openedAtMs: 9 }));
    assert.deepEqual(await stored(), receipt(1, { openedAtMs: 5, void: true }));
  });

  test("a raised setting only grows", async (t) => {
    const ledger = await adapter.place(t).open();
    const raised: (string | null)[] = [];
    for (const value of [9, 5, 10, 10]) {
      await commitEach(ledger, { kind: "raise_setting", key: "highest", value });
      raised.push(await ledger.setting("highest"));
    }
    assert.deepEqual(raised, ["9", "9", "10", "10"]);
  });

  test("a setting is swapped only by who knows how it stands", async (t) => {
    const ledger = await adapter.place(t).open();
    const swap = (from: string | null, to: string) =>
      ledger.commit([{ kind: "swap_setting", key: "epoch", from, to }], []);
    assert.equal(await swap("1", "2"), "stale");
    assert.equal(await ledger.setting("epoch"), null);
    const first = await Promise.all([swap(null, "1"), swap(null, "9")]);
    assert.deepEqual(first.toSorted(), ["committed", "stale"]);
    const stored = await ledger.setting("epoch");
    assert.equal(await swap("7", "2"), "stale");
    assert.equal(await ledger.setting("epoch"), stored);
    assert.equal(await swap(stored, "2"), "committed");
    assert.equal(await ledger.setting("epoch"), "2");
  });

  test("a number that another receipt has is refused whole, and that receipt stays", async (t) => {
    const ledger = await adapter.place(t).open();
    await commitEach(ledger, putReceipt(1));
    const setting: LedgerWrite = { kind: "put_setting", key: "highest", value: "1" };
    for (const other of [{ token: "new" }, { saleId: "S2" }]) {
      const refused = await ledger.commit([setting, putReceipt(1, other)], []);
      assert.equal(refused, "receipt_number_used");
    }
    assert.deepEqual((await ledger.receiptByToken("token1"))?.receipt, receipt(1));
    assert.equal(await ledger.receiptByToken("new"), null);
    assert.equal(await ledger.setting("highest"), null);
  });
}

function batches(adapter: Adapter<Ledger>): void {
  test("a refused commit leaves no trace, whatever stood before the refusal", async (t) => {
    const ledger = await adapter.place(t).open();
    await commitEach(ledger, insert(attempt(1, { dueAtMs: 100 })), putReceipt(1));
    await ledger.claimAttempts(100, 900, 1);
    const answer = await ledger.commit(
      [
        insert(attempt(2, { dueAtMs: 50 })),
        update(next(attempt(1), { state: "paid", dueAtMs: 60 })),
        insertRefund(refund(1, { dueAtMs: 70 })),
        withdraw("O8"),
        putReceipt(1, { openedAtMs: 5 }),
        { kind: "put_setting", key: "k", value: "v" },
        insert(attempt(1)),
      ],
      [event("S1"), event("S2")],
    );
    assert.equal(answer, "order_exists");
    assert.deepEqual(await ledger.attempt("M1", "O1"), attempt(1, { dueAtMs: 100 }));
    assert.equal(await ledger.attempt("M1", "O2"), null);
    assert.deepEqual(await ledger.attemptsOfSale("M1", "S2"), []);
    assert.equal(await ledger.refund("M1", "F1"), null);
    assert.equal(await ledger.withdrawn("M1", "O8"), false);
    assert.equal((await ledger.receiptByToken("token1"))?.receipt.openedAtMs, null);
    assert.equal(await ledger.setting("k"), null);
    assert.deepEqual(await ledger.events("S1"), []);
    assert.equal(await ledger.nextDueAtMs(), 900, "the lease still stands");
  });

  test("neighbours of the same turn neither undo nor number each other wrongly", async (t) => {
    const ledger = await adapter.place(t).open();
    const commits = Array.from({ length: 60 }, (_, n) =>
      // Every third wants a number that is taken by then.
      ledger.commit([insert(attempt(n % 3 === 2 ? n - 1 : n))], [event("hub"), event(`S${n}`)]),
    );
    const answers = await Promise.all(commits);
    assert.equal(answers.filter((answer) => answer === "committed").length, 40);
    assert.equal(answers.filter((answer) => answer === "order_exists").length, 20);
    const seqs = (await ledger.events("hub")).map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      Array.from({ length: 40 }, (_, at) => at + 1),
    );
    assert.equal(await ledger.brokenChain(), null);
  });

  test("what wouldn't come back as it was is refused, and only its own commit", async (t) => {
    const ledger = await adapter.place(t).open();
    for (const odd of [2 ** 53, 0.5, NaN, undefined, 1n, new Date(0), "\udc00"]) {
      const results = await Promise.allSettled([
        ledger.commit([insert(attempt(2, { amountFen: odd as never }))], []),
        ledger.commit([insert(attempt(3))], [event("S3", { detail: { a: [{ atMs: odd }] } })]),
        ledger.commit([{ kind: "put_setting", key: "k", value: String(odd) }], []),
      ]);
      const what = String(odd);
      assert.equal(results[0].status === "rejected" && results[0].reason.name, "TypeError", what);
      assert.equal(results[1].status === "rejected" && results[1].reason.name, "TypeError", what);
      assert.equal(results[2].status, what === "\udc00" ? "rejected" : "fulfilled", what);
    }
    assert.equal(await ledger.attempt("M1", "O2"), null);
    assert.equal(await ledger.attempt("M1", "O3"), null);
    const large = attempt(4, { expiresAtMs: Number.MAX_SAFE_INTEGER, dueAtMs: 2 ** 53 - 2 });
    await commitEach(ledger, insert(large));
    assert.deepEqual(await ledger.attempt("M1", "O4"), large);
    assert.equal(await ledger.nextDueAtMs(), 2 ** 53 - 2);
  });

  test("after close nothing is taken, and what was asked before is kept", async (t) => {
    const place = adapter.place(t);
    const ledger = await place.open();
    const asked = ledger.commit([insert(attempt(1))], []);
    await Promise.all([asked, ledger.close(), ledger.close()]);
    await assert.rejects(ledger.commit([insert(attempt(2))], []), LedgerUnavailable);
    await assert.rejects(ledger.claimAttempts(1, 2, 1), LedgerUnavailable);
    assert.deepEqual(await (await place.open()).attempt("M1", "O1"), attempt(1));
  });
}

function chains(adapter: Adapter<Ledger>): void {
  test("events go on where the stream stood, across a restart", async (t) => {
    const place = adapter.place(t);
    await (await place.open()).commit([], [event("S1"), event("S2"), event("S1")]);
    const ledger = await place.open();
    await ledger.commit([], [event("S1", { kind: "paid" })]);
    const events = await ledger.events("S1");
    assert.deepEqual(
      events.map(({ seq, kind }) => `${seq} ${kind}`),
      ["1 sale_opened", "2 sale_opened", "3 paid"],
    );
    assert.equal(await ledger.brokenChain(), null);
  });

  const tamperings = [
    ["edit", 2, 2],
    ["remove", 1, 2],
    ["remove", 3, 3],
  ] as const;
  for (const [how, seq, found] of tamperings) {
    test(`the chain shows it: ${how} event ${seq} of 3, among thousands`, async (t) => {
      const place = adapter.place(t);
      const ledger = await place.open();
      const streams = Array.from({ length: 900 }, (_, n) => `S${1000 + n}`);
      await ledger.commit(
        [],
        streams.flatMap((one) => [event(one), event(one), event(one)]),
      );
      assert.equal(await ledger.brokenChain(), null);
      await ledger.close();
      place.tamper({ how, stream: "S1700", seq });
      assert.deepEqual(await (await place.open()).brokenChain(), { stream: "S1700", seq: found });
    });
  }

  test("the loss of a whole stream shows too", async (t) => {
    const place = adapter.place(t);
    const ledger = await place.open();
    await ledger.commit([], [event("S1"), event("S2")]);
    await ledger.close();
    place.tamper({ how: "remove", stream: "S1", seq: 1 });
    assert.deepEqual(await (await place.open()).brokenChain(), { stream: "S1", seq: 1 });
  });
}
