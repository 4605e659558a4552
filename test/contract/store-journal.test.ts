/** What ports/journal.ts promises, asked of every journal. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { realWorld } from "../../src/adapters/world/real.ts";
import { fen } from "../../src/core/money/money.ts";
import type { Attempt } from "../../src/core/payment/attempt.ts";
import type { Sale } from "../../src/core/payment/sale.ts";
import type { JobState } from "../../src/core/printing/job.ts";
import { JournalFailed } from "../../src/ports/journal.ts";
import type { JournalWrite } from "../../src/ports/journal.ts";
import {
  attempt,
  event,
  evidence,
  incident,
  job,
  money,
  receipt,
  refund,
  sale,
  startMs,
} from "./store-samples.ts";
import { journals } from "./store-places.ts";
import type { Adapter } from "./store-places.ts";
import type { Journal } from "../../src/ports/journal.ts";

const asSale = (n: number, settled = false): JournalWrite => ({
  kind: "sale",
  sale: sale(n),
  settled,
});
const request = (key: string, inputHash: string, result: string): JournalWrite => ({
  kind: "request",
  key,
  inputHash,
  result,
  atMs: startMs,
});
/** Sale 1 with all that belongs to it. */
const wholeSale: readonly JournalWrite[] = [
  asSale(1),
  { kind: "attempt", attempt: attempt(1, { providerTradeNo: "P1" }) },
  { kind: "receipt", receipt: receipt(1) },
  { kind: "job", job: job(1) },
  { kind: "refund", refund: refund(1) },
  { kind: "money", row: money(1) },
];

for (const adapter of journals) {
  describe(adapter.name, () => {
    records(adapter);
    lists(adapter);
    diagnoses(adapter);
    refusals(adapter);
    chains(adapter);
  });
}

function records(adapter: Adapter<Journal>): void {
  test("what was committed comes back as it was, also after opening again", async (t) => {
    const place = adapter.place(t);
    let journal = await place.open();
    const setting: JournalWrite = { kind: "setting", key: "epoch", value: "3\u0000’" };
    const writes = [...wholeSale, setting, request("K1", "hash", "S1")];
    await journal.commit(writes, [event("T01")]);
    for (const again of [false, true]) {
      if (again) journal = await place.open();
      assert.deepEqual(journal.record("S1"), {
        sale: sale(1),
        attempts: [attempt(1, { providerTradeNo: "P1" })],
        receipt: receipt(1),
        jobs: [job(1)],
        refunds: [refund(1)],
      });
      assert.deepEqual(journal.job("J1"), job(1));
      assert.equal(journal.saleOfJob("J1"), "S1");
      assert.deepEqual(journal.money("2026-11-02"), [money(1)]);
      assert.equal(journal.setting("epoch"), "3\u0000’");
      const answered = journal.request("K1");
      assert.deepEqual([answered?.inputHash, answered?.result], ["hash", "S1"]);
      const { hash, ...stored } = journal.events("S1")[0] ?? assert.fail("no event");
      assert.deepEqual(stored, { ...event("T01"), seq: 1 });
      assert.match(hash, /^[0-9a-f]{64}$/);
    }
  });

  test("what isn't there is null or empty", async (t) => {
    const journal = await adapter.place(t).open();
    assert.equal(journal.record("S1"), null);
    assert.equal(journal.findSale("S1"), null);
    assert.equal(journal.saleOfJob("J1"), null);
    assert.equal(journal.job("J1"), null);
    assert.equal(journal.setting("epoch"), null);
    assert.equal(journal.request("K1"), null);
    assert.deepEqual(journal.open(), { records: [], looseJobs: [] });
    assert.deepEqual(
      [journal.sales(10, null), journal.money("d"), journal.events("S1")],
      [[], [], []],
    );
    assert.equal(journal.brokenChain(), null);
  });

  test("a later write of the same key replaces, and keeps its place in the order", async (t) => {
    const journal = await adapter.place(t).open();
    const again = attempt(2, { saleId: "S1", createdAtMs: startMs - 5 });
    await journal.commit([asSale(1), { kind: "attempt", attempt: attempt(1) }], []);
    await journal.commit([{ kind: "attempt", attempt: again }], []);
    const declined = attempt(1, { state: "declined", version: 2 });
    await journal.commit(
      [
        { kind: "sale", sale: sale(1, { state: "paid", version: 2 }), settled: false },
        { kind: "attempt", attempt: declined },
        { kind: "setting", key: "k", value: "1" },
        { kind: "setting", key: "k", value: "2" },
      ],
      [],
    );
    assert.equal(journal.record("S1")?.sale.version, 2);
    assert.deepEqual(journal.record("S1")?.attempts, [declined, again]);
    assert.equal(journal.setting("k"), "2");
  });

  test("a sale is found by each of its numbers", async (t) => {
    const journal = await adapter.place(t).open();
    await journal.commit([asSale(2), ...wholeSale], []);
    for (const number of ["S1", "O1", "R1", "P1", "F1"]) {
      assert.equal(journal.findSale(number), "S1", number);
    }
    assert.equal(journal.findSale("S2"), "S2");
    for (const none of ["J1", "", "O2", "' OR 1=1 --"]) assert.equal(journal.findSale(none), null);
  });

  test("a sale's receipt is the one recorded last", async (t) => {
    const journal = await adapter.place(t).open();
    await journal.commit(wholeSale, []);
    const second = receipt(9, { saleId: "S1" });
    await journal.commit([{ kind: "receipt", receipt: second }], []);
    await journal.commit([{ kind: "receipt", receipt: receipt(1, { void: true }) }], []);
    assert.deepEqual(journal.record("S1")?.receipt, second);
    assert.deepEqual([journal.findSale("R1"), journal.findSale("R9")], ["S1", "S1"]);
    assert.deepEqual(journal.receipts("S1"), [receipt(1, { void: true }), second]);
    assert.deepEqual(journal.receipts("S2"), []);
  });
}

function diagnoses(adapter: Adapter<Journal>): void {
  test("incidents: found by id and case number, open ones listed, the newest first", async (t) => {
    const place = adapter.place(t);
    let journal = await place.open();
    for (const n of [1, 2, 3])
      await journal.commit([{ kind: "incident", incident: incident(n) }], []);
    const closed = incident(2, {
      closedAtMs: startMs + 9,
      ended: { how: "receipt_confirmed", fixedBy: { zh: "好了", en: "done" }, tookMs: 7 },
    });
    await journal.commit([{ kind: "incident", incident: closed }], []);
    const ids = (limit: number, before: string | null): readonly string[] =>
      journal.incidents(limit, before).map((one) => one.id);
    for (const again of [false, true]) {
      if (again) journal = await place.open();
      assert.deepEqual(journal.incident("I2"), closed);
      assert.deepEqual(journal.incident("CP-1102-0003"), incident(3));
      assert.equal(journal.incident("I9"), null);
      assert.deepEqual(journal.incidentsOfSale("S3"), [incident(3)]);
      assert.deepEqual(journal.openIncidents(), [incident(1), incident(3)]);
      assert.deepEqual([ids(2, null), ids(2, "I2"), ids(2, "I9")], [["I3", "I2"], ["I1"], []]);
    }
  });

  test("evidence: as it was recorded, between two times, until it is let go", async (t) => {
    const place = adapter.place(t);
    let journal = await place.open();
    const rows = [5, 1, 9].map(evidence);
    await journal.commit(
      rows.map((one) => ({ kind: "evidence", evidence: one })),
      [],
    );
    journal = await place.open();
    assert.deepEqual(journal.evidence(startMs, startMs + 9), rows);
    assert.deepEqual(journal.evidence(startMs + 1, startMs + 5), [evidence(5), evidence(1)]);
    await journal.commit([{ kind: "evidence_let_go", beforeMs: startMs + 5 }], []);
    assert.deepEqual(journal.evidence(0, startMs + 100), [evidence(5), evidence(9)]);
  });
}

function lists(adapter: Adapter<Journal>): void {
  test("open gives what isn't settled, oldest first, whatever the clock said", async (t) => {
    const place = adapter.place(t);
    let journal = await place.open();
    for (const n of [3, 1, 2, 5]) await journal.commit([asSale(n)], []);
    await journal.commit([asSale(1, true)], []);
    const ids = (): readonly string[] => journal.open().records.map(({ sale: { id } }) => id);
    assert.deepEqual(ids(), ["S3", "S2", "S5"]);
    await journal.commit([asSale(3, true), asSale(1, false)], []);
    journal = await place.open();
    assert.deepEqual(ids(), ["S1", "S2", "S5"]);
  });

  test("open gives the jobs of no sale that haven't ended", async (t) => {
    const journal = await adapter.place(t).open();
    const states: readonly JobState[] = [
      "queued",
      "confirmed",
      "held",
      "waived",
      "sending",
      "replaced",
      "doubtful",
    ];
    const loose = states.map((state, n) => job(n, { saleId: null, receiptNumber: null, state }));
    await journal.commit([{ kind: "job", job: job(99) }], []);
    for (const one of loose) await journal.commit([{ kind: "job", job: one }], []);
    assert.deepEqual(
      journal.open().looseJobs.map(({ state }) => state),
      ["queued", "held", "sending", "doubtful"],
    );
    assert.equal(journal.saleOfJob("J0"), null);
    assert.deepEqual(journal.job("J0"), loose[0]);
  });

  test("of the papers that may have left, ended or not, it knows which was at work last", async (t) => {
    const place = adapter.place(t);
    const journal = await place.open();
    assert.equal(journal.lastSent(), null);
    const sent = (n: number, changedAtMs: number, state: JobState) =>
      job(n, { state, sends: 1, changedAtMs });
    const jobs = [
      sent(1, 30, "waived"),
      sent(2, 20, "confirmed"),
      job(3, { sends: 0, changedAtMs: 40 }),
    ];
    await journal.commit(
      jobs.map((one) => ({ kind: "job", job: one })),
      [],
    );
    assert.equal(journal.lastSent()?.id, "J1");
    await journal.commit([{ kind: "job", job: sent(2, 31, "confirmed") }], []);
    assert.equal(journal.lastSent()?.id, "J2");
  });

  test("sales are paged newest first, each with what a list shows", async (t) => {
    const journal = await adapter.place(t).open();
    for (const n of [5, 4, 3, 2]) await journal.commit([asSale(n, true)], []);
    await journal.commit(
      [
        ...wholeSale,
        { kind: "attempt", attempt: attempt(11, { saleId: "S1", state: "paid" }) },
        { kind: "attempt", attempt: attempt(12, { saleId: "S1", state: "declined" }) },
        { kind: "job", job: job(11, { saleId: "S1" }) },
        { kind: "job", job: job(12, { saleId: "S1", holder: "merchant" }) },
        { kind: "refund", refund: refund(11, { saleId: "S1", state: "done", amountFen: fen(7) }) },
        { kind: "refund", refund: refund(12, { saleId: "S1", state: "done", amountFen: fen(5) }) },
      ],
      [],
    );
    const ids = (limit: number, before: string | null): readonly string[] =>
      journal.sales(limit, before).map((row) => row.sale.id);
    assert.deepEqual(ids(2, null), ["S1", "S2"]);
    assert.deepEqual(ids(2, "S2"), ["S3", "S4"]);
    assert.deepEqual(ids(2, "S4"), ["S5"]);
    assert.deepEqual([ids(2, "S5"), ids(2, "unknown")], [[], []]);
    const [first, second] = journal.sales(2, null);
    assert.equal(first?.attempt?.orderNo, "O11");
    assert.equal(first.job?.id, "J11");
    assert.deepEqual([first.receipt, first.refundedFen], [receipt(1), 12]);
    assert.deepEqual(
      [second?.attempt, second?.receipt, second?.job, second?.refundedFen],
      [null, null, null, 0],
    );
  });

  test("what ended without money since a moment is counted by sale, once, and not what was paid", async (t) => {
    const journal = await adapter.place(t).open();
    const charged = (
      n: number,
      state: Sale["state"],
      ...tries: readonly Partial<Attempt>[]
    ): Promise<void> =>
      journal.commit(
        [
          { kind: "sale", sale: sale(n, { state }), settled: false },
          ...tries.map((one, at): JournalWrite => ({
            kind: "attempt",
            attempt: attempt(10 * n + at, { saleId: `S${n}`, ...one }),
          })),
        ],
        [],
      );
    const declined = { state: "declined", endedAtMs: startMs + 5 } as const;
    const reversed = { state: "reversed", endedAtMs: startMs + 9 } as const;
    const paid = { state: "paid", endedAtMs: startMs + 9 } as const;
    assert.equal(journal.unpaidSince(0), 0);
    await charged(1, "open");
    await charged(2, "open", { state: "unknown" });
    await charged(3, "open", declined, { state: "sending" });
    await charged(4, "paid", paid, declined);
    await charged(5, "paid", declined);
    await charged(6, "paid_otherwise", reversed);
    await charged(7, "open", paid, declined);
    assert.equal(journal.unpaidSince(0), 0);
    await charged(8, "open", declined, reversed);
    await charged(9, "unpaid", declined);
    await charged(10, "abandoned", reversed);
    assert.equal(journal.unpaidSince(startMs + 5), 3);
    assert.equal(journal.unpaidSince(startMs + 6), 2);
    assert.equal(journal.unpaidSince(startMs + 10), 0);
    await charged(2, "unpaid", { state: "reversed", endedAtMs: startMs + 10 });
    assert.equal(journal.unpaidSince(startMs + 10), 1);
  });

  test("money recorded twice under one key counts once", async (t) => {
    const journal = await adapter.place(t).open();
    await journal.commit([{ kind: "money", row: money(1) }], []);
    const twice = money(1, { amountFen: fen(1), businessDay: "2026-11-03" });
    await journal.commit([{ kind: "money", row: twice }], []);
    const back = money(2, { kind: "refunded", method: null });
    await journal.commit([{ kind: "money", row: back }], []);
    assert.deepEqual(journal.money("2026-11-02"), [money(1), back]);
    assert.deepEqual(journal.money("2026-11-03"), []);
  });

  test("the days that have money, that of the oldest row first", async (t) => {
    const journal = await adapter.place(t).open();
    assert.deepEqual(journal.moneyDays(), []);
    const days = ["2026-11-03", "2026-11-02", "2026-11-03", "2026-11-02#2"];
    const rows = days.map((businessDay, n) => money(n + 1, { businessDay }));
    await journal.commit(
      rows.map((row) => ({ kind: "money", row })),
      [],
    );
    assert.deepEqual(journal.moneyDays(), [
      { businessDay: "2026-11-03", count: 2 },
      { businessDay: "2026-11-02", count: 1 },
      { businessDay: "2026-11-02#2", count: 1 },
    ]);
  });
}

function refusals(adapter: Adapter<Journal>): void {
  test("a number that another sale has is refused whole", async (t) => {
    const journal = await adapter.place(t).open();
    await journal.commit(wholeSale, []);
    const taken: readonly JournalWrite[] = [
      { kind: "attempt", attempt: attempt(1, { saleId: "S2" }) },
      { kind: "receipt", receipt: receipt(1, { saleId: "S2" }) },
      { kind: "refund", refund: refund(1, { saleId: "S2" }) },
    ];
    for (const write of taken)
      await assert.rejects(journal.commit([asSale(2), write], [event("T01")]), /another sale/);
    assert.equal(journal.record("S2"), null);
    assert.deepEqual(journal.record("S1"), {
      sale: sale(1),
      attempts: [attempt(1, { providerTradeNo: "P1" })],
      receipt: receipt(1),
      jobs: [job(1)],
      refunds: [refund(1)],
    });
  });

  test("a request answered twice with the same is one; with something else it is refused whole", async (t) => {
    const journal = await adapter.place(t).open();
    await journal.commit([request("K1", "hash", "S1")], []);
    await journal.commit([request("K1", "hash", "S1")], []);
    for (const other of [request("K1", "hash", "S2"), request("K1", "other", "S1")]) {
      await assert.rejects(journal.commit([asSale(2), other], [event("T01")]), /request "K1"/);
    }
    const double = [request("K2", "h", "S3"), request("K2", "h", "S4")];
    await assert.rejects(journal.commit(double, []), /request "K2"/);
    assert.equal(journal.request("K1")?.result, "S1");
    assert.equal(journal.request("K2"), null);
    assert.equal(journal.record("S2"), null);
    assert.deepEqual(journal.events("S1"), []);
  });

  test("a commit that is refused leaves its neighbours of the same turn alone", async (t) => {
    const journal = await adapter.place(t).open();
    await journal.commit([request("K1", "hash", "S1")], [event("T01")]);
    const results = await Promise.allSettled([
      journal.commit([asSale(1)], [event("T01")]),
      journal.commit([asSale(2), request("K1", "hash", "S2")], [event("T01"), event("T02")]),
      journal.commit([asSale(3)], [event("T01"), event("T02")]),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    assert.deepEqual(
      journal.sales(9, null).map((row) => row.sale.id),
      ["S3", "S1"],
    );
    assert.deepEqual(
      journal.events("S1").map(({ stream, seq }) => `${stream} ${seq}`),
      ["T01 1", "T01 2", "T01 3", "T02 1"],
    );
    assert.equal(journal.brokenChain(), null);
  });

  test("what wouldn't come back as it was is refused, with its place", async (t) => {
    const journal = await adapter.place(t).open();
    const odd: readonly (readonly [string, unknown])[] = [
      ["beyond 2^53", 2 ** 53],
      ["far below 0", -(2 ** 53)],
      ["a fraction of a fen", 0.5],
      ["not a number", NaN],
      ["endless", Infinity],
      ["undefined", undefined],
      ["a bigint", 1n],
      ["a date", new Date(0)],
      ["half a pair", "\ud800"],
      ["a function", () => 1],
    ];
    for (const [what, value] of odd) {
      const bad = sale(1, { amountFen: value as never });
      const write: JournalWrite = { kind: "sale", sale: bad, settled: false };
      await assert.rejects(journal.commit([asSale(2), write], []), TypeError, what);
      const told = event("T01", { detail: { deep: [{ atMs: value }] } });
      await assert.rejects(journal.commit([asSale(2)], [told]), /event\.detail/, what);
    }
    await assert.rejects(journal.commit([], [event("T01", { atMs: 1.5 })]), /event\.atMs/);
    assert.equal(journal.record("S2"), null);
    const large = sale(3, { changedAtMs: Number.MAX_SAFE_INTEGER });
    await journal.commit([{ kind: "sale", sale: large, settled: true }], []);
    assert.deepEqual(journal.record("S3")?.sale, large);
  });

  test("after close nothing is taken, and what was asked before is kept", async (t) => {
    const place = adapter.place(t);
    const journal = await place.open();
    const asked = journal.commit([asSale(1)], []);
    await journal.close();
    await asked;
    await assert.rejects(journal.commit([asSale(2)], []), JournalFailed);
    assert.deepEqual(
      (await place.open()).sales(9, null).map((row) => row.sale.id),
      ["S1"],
    );
  });
}

function chains(adapter: Adapter<Journal>): void {
  test("events are numbered without gaps within a stream and chained by their hash", async (t) => {
    const place = adapter.place(t);
    let journal = await place.open();
    await journal.commit([], [event("T01"), event("T02", { saleId: null }), event("T01")]);
    journal = await place.open();
    await Promise.all([
      journal.commit([], [event("T01", { kind: "paid" })]),
      journal.commit([], [event("T01", { saleId: "S2" })]),
    ]);
    const ofSale = journal.events("S1");
    assert.deepEqual(
      ofSale.map(({ stream, seq, kind }) => `${stream} ${seq} ${kind}`),
      ["T01 1 sale_opened", "T01 2 sale_opened", "T01 3 paid"],
    );
    assert.deepEqual(
      journal.events("S2").map(({ seq }) => seq),
      [4],
    );
    const text = (seq: number, kind: string): string =>
      `{"actor":"operator 07","atMs":${startMs},` +
      `"detail":{"a":{"amountFen":5,"b":[true,null,"语"]},"share":0.25,"z":1},` +
      `"kind":"${kind}","saleId":"S1","seq":${seq},"stream":"T01"}`;
    let hash = "";
    for (const [at, { kind }] of ofSale.entries()) {
      hash = realWorld.sha256(hash + text(at + 1, kind));
      assert.equal(ofSale[at]?.hash, hash);
    }
    assert.equal(journal.brokenChain(), null);
  });

  const tamperings = [
    ["edit", 2, 2],
    ["remove", 1, 2],
    ["remove", 2, 3],
    ["remove", 3, 3],
  ] as const;
  for (const [how, seq, found] of tamperings) {
    test(`the chain shows it: ${how} event ${seq} of 3`, async (t) => {
      const place = adapter.place(t);
      const journal = await place.open();
      await journal.commit([], [event("T01"), event("T01"), event("T01"), event("T02")]);
      await journal.close();
      place.tamper({ how, stream: "T01", seq });
      assert.deepEqual((await place.open()).brokenChain(), { stream: "T01", seq: found });
    });
  }
}
