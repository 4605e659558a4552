/** What a terminal does about its hub, its disk and its people when they come at a bad moment. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { JournalFailed } from "../../src/ports/journal.ts";
import { Desk } from "../../src/terminal/desk.ts";
import { fen } from "../../src/core/money/money.ts";
import type { Attempt } from "../../src/core/payment/attempt.ts";
import { deskOf } from "./terminal-desk.ts";
import {
  Bench,
  code,
  declined,
  given,
  late,
  operator,
  paid,
  rolledBack,
} from "./terminal-support.ts";

const unknown = { state: "unknown", unpaidEnd: null } as const;

describe("news that nobody heard", () => {
  test("after a start: a late payment of a settled sale of these days is learned", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    await bench.terminal.sales.endIfUnpaid(saleId);
    await bench.world.advance(20_000);
    assert.equal(bench.terminal.book.isOpen(saleId), false);
    bench.hub.put(orderNo, late("accept"));
    await bench.restart();
    await bench.world.advance(1);
    assert.equal(bench.record(saleId).refunds.length, 1);
  });

  test("after `missed`, with the hub away at first: asked again until answered", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(paid);
    bench.hub.put(orderNo, rolledBack);
    bench.hub.weather = "away";
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(6_000);
    assert.equal(bench.record(saleId).sale.state, "paid");
    bench.hub.weather = "well";
    await bench.world.advance(6_000);
    assert.equal(bench.record(saleId).receipt?.void, true);
  });

  test("heard while the disk fails: asked about again, also of a settled sale", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(paid);
    await bench.world.advance(60_000);
    bench.disk.failing = true;
    await bench.news(orderNo, rolledBack);
    await bench.world.advance(6_000);
    assert.equal(bench.record(saleId).sale.state, "paid");
    bench.disk.failing = false;
    await bench.world.advance(6_000);
    assert.equal(bench.record(saleId).receipt?.void, true);
  });

  test("a sale begun while the hub is slow to answer the start isn't taken for left over", async () => {
    const bench = new Bench();
    const { pay, highestReceipt } = bench.hub.link;
    const slowly =
      <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) =>
      async (...asked: A): Promise<R> => {
        await new Promise<void>((resolve) => void bench.world.after(3_000, resolve));
        return call(...asked);
      };
    Object.assign(bench.hub.link, { pay: slowly(pay), highestReceipt: slowly(highestReceipt) });
    const started = bench.terminal.start();
    await bench.world.advance(2_000);
    const sold = bench.terminal.sales.sell(given, code);
    await bench.world.advance(4_000);
    await Promise.all([started, sold]);
    assert.equal(bench.asked("withdraw"), 0);
  });

  test("of older refunds, at a hub that is older than the question: once a round, and the next asks again", async () => {
    const bench = new Bench();
    const { refundsEndedAfter } = bench.hub.link;
    let isOld = true;
    bench.hub.link.refundsEndedAfter = async (...asked) => {
      const page = await refundsEndedAfter(...asked);
      return isOld ? null : page;
    };
    await bench.terminal.start();
    await bench.world.advance(60_000);
    assert.equal(bench.asked("refunds_ended"), 1);
    const kept = (): unknown => bench.disk.settings.get("recent_round");
    assert.equal(kept(), undefined);
    isOld = false;
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(1);
    assert.equal(bench.asked("refunds_ended"), 2);
    assert.notEqual(kept(), undefined);
  });

  test("of a live attempt, while a long round over the last days is under way", async () => {
    const bench = await Bench.open();
    for (let n = 0; n < 8; n += 1) await bench.sell(paid);
    const { refunds } = bench.hub.link;
    bench.hub.link.refunds = async (...asked) => {
      await new Promise<void>((resolve) => void bench.world.after(20_000, resolve));
      return refunds(...asked);
    };
    await bench.restart();
    const { saleId, orderNo } = await bench.sell(unknown);
    bench.hub.put(orderNo, paid);
    await bench.world.advance(30_000);
    assert.equal(bench.record(saleId).sale.state, "paid");
  });

  test("missed again while the round is on its way: also sales that it had passed", async () => {
    const bench = await Bench.open();
    const [older, newer] = [await bench.sell(paid), await bench.sell(paid)];
    const { attempt } = bench.hub.link;
    let isFirst = true;
    bench.hub.link.attempt = async (merchantId, orderNo) => {
      if (orderNo === older.orderNo && isFirst) {
        isFirst = false;
        bench.hub.put(newer.orderNo, rolledBack);
        bench.hub.tell({ kind: "missed" });
      }
      return attempt(merchantId, orderNo);
    };
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(1);
    assert.equal(bench.record(newer.saleId).receipt?.void, true);
  });

  test("paid after all, of a sale that ended because nothing was sent: the money goes back", async () => {
    const bench = await Bench.open();
    bench.hub.refusePay = "intent_too_old";
    const { saleId } = await bench.sell();
    await bench.terminal.sales.endIfUnpaid(saleId);
    await bench.world.advance(1);
    assert.equal(bench.terminal.book.isOpen(saleId), false);
    const [attempt] = bench.record(saleId).attempts;
    assert.equal(attempt?.unpaidEnd, "never_sent");
    bench.hub.tell({ kind: "attempt", attempt: { ...attempt, ...paid, version: 9 } as Attempt });
    await bench.world.advance(1);
    assert.equal(bench.record(saleId).refunds.length, 1);
    assert.equal(bench.terminal.book.isOpen(saleId), true);
  });

  test("a charge refused because an earlier attempt was paid makes the till ask", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(declined);
    bench.hub.put(orderNo, late("accept"));
    bench.hub.refusePay = "earlier_attempt_was_paid";
    await bench.terminal.sales.charge(saleId, { ...code, paymentCode: "289999999999999999" });
    assert.equal(bench.record(saleId).sale.state, "paid");
  });

  test("a sale of one charge ends by itself, also when a crash came in between", async () => {
    const bench = await Bench.open();
    const now = await bench.sell(declined, { oneShot: true });
    assert.equal(bench.record(now.saleId).sale.state, "unpaid");
    const later = await bench.sell(unknown, { oneShot: true });
    await bench.restart();
    await bench.news(later.orderNo, declined);
    assert.equal(bench.record(later.saleId).sale.state, "unpaid");
    const byHand = await bench.sell(declined);
    assert.equal(bench.record(byHand.saleId).sale.state, "open");
  });

  test("a sale of one charge that was rolled back waits for another charge", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(paid, { oneShot: true });
    await bench.news(orderNo, rolledBack);
    assert.equal(bench.record(saleId).sale.state, "open");
  });

  test("a void receipt is void at the hub too", async () => {
    const bench = await Bench.open();
    const { orderNo } = await bench.sell(paid);
    await bench.news(orderNo, rolledBack);
    assert.deepEqual(
      bench.hub.receipts.map((one) => one.void),
      [false, true],
    );
  });

  test("also one that the sale has replaced since, while the hub was away", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(paid);
    bench.hub.weather = "away";
    await bench.news(orderNo, rolledBack);
    bench.hub.weather = "well";
    bench.hub.onPay = { ...paid, providerTradeNo: "P2" };
    const first = bench.record(saleId).receipt?.number;
    bench.hub.receipts.length = 0;
    await bench.terminal.sales.charge(saleId, { ...code, paymentCode: "289999999999999999" });
    assert.notEqual(bench.record(saleId).receipt?.number, first);
    await bench.restart();
    await bench.world.advance(1);
    assert.equal(bench.hub.receipts.find((one) => one.number === first)?.void, true);
  });

  test("a hub that never answers keeps a started till from nothing but one question", async () => {
    const bench = await Bench.open();
    for (let n = 0; n < 6; n += 1) await bench.sell(paid);
    bench.terminal.stop();
    bench.hub.weather = "black_hole";
    bench.hub.asked.length = 0;
    void bench.restart();
    await bench.world.advance(1);
    assert.deepEqual(
      bench.hub.asked.map((one) => one.what),
      ["grant_epoch"],
    );
    bench.hub.weather = "away";
    await bench.restart();
    bench.hub.asked.length = 0;
    await bench.world.advance(5_000);
    // One by the round of the last days, one of those that wait; not one for each.
    assert.ok(bench.asked("put_receipt") <= 2);
  });
});

describe("a journal that was lost or restored", () => {
  test("no receipt number is drawn before the hub has said how far they go", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(unknown);
    bench.hub.highest = null;
    await bench.restart();
    await bench.news(orderNo, paid);
    assert.equal(bench.record(saleId).receipt, null);
    bench.hub.highest = 40;
    await bench.world.advance(30_000);
    assert.equal(bench.record(saleId).receipt?.number, "T01-000061");
    assert.match(JSON.stringify([...bench.disk.events.streams]), /receipt_numbers_skipped/);
  });

  test("every original that waits becomes a marked copy, whoever it is for", async () => {
    const bench = await Bench.open();
    const { saleId } = await bench.sell(paid);
    bench.hub.highest = 40;
    await bench.restart();
    const { jobs, receipt } = bench.record(saleId);
    assert.deepEqual(
      jobs.map((one) => [one.holder, one.mark.kind, one.state]),
      ["customer", "merchant"].flatMap((holder) => [
        [holder, "original", "waived"],
        [holder, "reprint", "queued"],
      ]),
    );
    assert.equal(receipt?.copies, 2);
  });

  test("a payment of the lost days, learned again, prints marked copies only", async () => {
    const bench = await Bench.open();
    const old = await bench.sell(unknown);
    const papers = (saleId: string): unknown =>
      bench
        .record(saleId)
        .jobs.filter((one) => one.state === "queued")
        .map((one) => [one.holder, one.mark.kind]);
    const both = (mark: string) => ["customer", "merchant"].map((holder) => [holder, mark]);
    bench.hub.highest = 40;
    await bench.restart();
    await bench.world.advance(1);
    const fresh = await bench.sell(paid);
    assert.deepEqual(papers(fresh.saleId), both("original"));
    await bench.restart();
    await bench.world.advance(1);
    await bench.news(old.orderNo, paid);
    assert.deepEqual(papers(old.saleId), both("reprint"));
    assert.equal(bench.record(old.saleId).receipt?.copies, 2);
  });

  test("a disk that fails meanwhile ends nothing: the next look does it all", async () => {
    const bench = await Bench.open();
    const { saleId } = await bench.sell(paid);
    bench.hub.highest = null;
    await bench.restart();
    bench.hub.highest = 40;
    bench.disk.failing = true;
    await bench.world.advance(5_000);
    bench.disk.failing = false;
    await bench.world.advance(5_000);
    const marks = bench.record(saleId).jobs.map((one) => `${one.mark.kind} ${one.state}`);
    assert.ok(marks.includes("reprint queued"), `${marks}`);
    assert.ok(!marks.includes("original queued"), `${marks}`);
  });
});

describe("a disk that fails once", () => {
  test("the code may be scanned again", async () => {
    const bench = await Bench.open();
    bench.disk.failing = true;
    await assert.rejects(bench.terminal.sales.sell(given, code), JournalFailed);
    bench.disk.failing = false;
    const { saleId } = await bench.sell(declined);
    bench.disk.failing = true;
    await assert.rejects(bench.terminal.sales.charge(saleId, code), JournalFailed);
    bench.disk.failing = false;
    assert.equal((await bench.terminal.sales.charge(saleId, code)).ok, true);
  });

  test("a receipt number that was lost is named by the next receipt's commit", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(unknown);
    bench.disk.failing = true;
    await assert.rejects(bench.terminal.learn(bench.hub.put(orderNo, paid)), JournalFailed);
    bench.disk.failing = false;
    await bench.terminal.learn(bench.hub.put(orderNo, paid));
    assert.equal(bench.record(saleId).receipt?.number, "T01-000002");
    const gaps = JSON.stringify([...bench.disk.events.streams]);
    assert.match(gaps, /receipt_numbers_skipped/);
  });
});

test("a receipt number that was drawn for money which makes no receipt is named too", async () => {
  const bench = await Bench.open();
  const { orderNo } = await bench.sell(declined);
  await bench.news(orderNo, { ...late("accept"), providerTradeNo: null });
  const { saleId } = await bench.sell(paid);
  assert.equal(bench.record(saleId).receipt?.number, "T01-000002");
  const skipped = [...bench.disk.events.streams]
    .flatMap(([, events]) => events)
    .filter(({ kind }) => kind === "receipt_numbers_skipped");
  assert.deepEqual(
    skipped.map(({ detail }) => JSON.parse(String(detail)) as unknown),
    [{ from: 1, to: 1 }],
  );
});

const boss = { no: "01", name: "店主", role: "owner" } as const;
const cashier = { no: "02", name: "王", role: "cashier" } as const;

describe("people", () => {
  test("the first PIN of all is an owner's, and the only owner stays one", async () => {
    const { staff } = (await Bench.open()).terminal;
    assert.equal(await staff.set(cashier, { pin: "1234" }), "owner_pin_first");
    assert.equal(await staff.set({ ...boss, role: "cashier" }, "keep"), "last_owner");
    assert.equal(await staff.set(boss, { pin: "9999" }), "set");
    assert.equal(await staff.set(cashier, { pin: "1234" }), "set");
    assert.equal(await staff.set(boss, "remove"), "owner_pin_first");
    assert.equal(await staff.signOn("01", ""), "pin_missing");
  });

  test("an owner without a PIN is no way round another owner's PIN", async () => {
    const bench = await Bench.open();
    const { staff } = bench.terminal;
    assert.equal(staff.onDuty()?.no, "01");
    assert.equal(await staff.set({ ...boss, no: "09" }, { pin: "9999" }), "set");
    assert.equal(staff.onDuty(), null);
    assert.equal(await staff.signOn("01", ""), "owner_without_pin");
    await bench.restart();
    assert.equal(bench.terminal.staff.onDuty(), null);
  });

  test("a PIN goes only when that is asked for", async () => {
    const { staff } = (await Bench.open()).terminal;
    await staff.set(boss, { pin: "9999" });
    assert.equal(staff.onDuty(), null);
    await staff.signOn("01", "9999");
    await staff.set(cashier, { pin: "1234" });
    await staff.set({ ...cashier, name: "小王" }, "keep");
    assert.equal(staff.onDuty()?.no, "01");
    assert.equal(await staff.signOn("02", ""), "pin_missing");
    await staff.set(cashier, "remove");
    assert.equal(typeof (await staff.signOn("02", "")), "object");
  });

  test("two operators set at once are both there", async () => {
    const { staff } = (await Bench.open()).terminal;
    await staff.set(boss, { pin: "9999" });
    const nos = ["02", "03", "04"];
    await Promise.all(nos.map((no) => staff.set({ ...cashier, no }, { pin: `12${no}` })));
    assert.deepEqual(
      staff.list().map(({ no }) => no),
      ["01", ...nos],
    );
  });

  test("no PIN at all is no guess: Enter held down locks nobody out", async () => {
    const { staff } = (await Bench.open()).terminal;
    await staff.set(boss, { pin: "9999" });
    for (let press = 0; press < 12; press += 1) {
      assert.equal(await staff.signOn("01", ""), "pin_missing");
      assert.equal(await staff.vouch("01", ""), "pin_missing");
    }
    assert.equal(typeof (await staff.signOn("01", "9999")), "object");
    for (let guess = 0; guess < 5; guess += 1) await staff.signOn("01", "1");
    assert.equal(await staff.signOn("01", ""), "pin_locked");
    for (let guess = 0; guess < 5; guess += 1)
      assert.equal(await staff.signOn("77", ""), "pin_wrong", "there is no such operator");
    assert.equal(await staff.signOn("77", ""), "pin_locked");
  });

  test("parallel guesses of a PIN count like guesses one after the other", async () => {
    const bench = await Bench.open();
    const { staff } = bench.terminal;
    await staff.set(boss, { pin: "9999" });
    await staff.set({ no: "02", name: "王", role: "cashier" }, { pin: "1234" });
    const pins = ["1", "2", "3", "4", "5", "6", "1234"];
    const answers = await Promise.all(pins.map((pin) => staff.signOn("02", pin)));
    assert.deepEqual(answers, [
      ...Array.from({ length: 5 }, () => "pin_wrong"),
      "pin_locked",
      "pin_locked",
    ]);
    await bench.world.advance(60_001);
    assert.equal(typeof (await staff.signOn("02", "1234")), "object");
  });

  test("two requests at once with one key are one sale", async () => {
    const bench = await Bench.open();
    const desk = deskOf(bench);
    bench.isSlow = true;
    const input = (key: string): Parameters<Desk["open"]>[0] => ({
      amountFen: fen(2_000),
      items: [],
      acceptsElectronic: false,
      operatorNo: null,
      request: { key, inputHash: "h" },
    });
    const opened = await Promise.all([desk.open(input("a")), desk.open(input("a"))]);
    const sold = await Promise.all([desk.sell(input("b"), code), desk.sell(input("b"), code)]);
    for (const [first, second] of [opened, sold]) {
      assert.ok(first.ok && second.ok, JSON.stringify([first, second]));
      assert.equal(first.value.sale_id, second.value.sale_id);
    }
    assert.equal(bench.asked("pay"), 1);
  });

  test("the customer opens or wants no paper: the merchant's copy still prints", async () => {
    const bench = await Bench.open();
    const states = (saleId: string): unknown =>
      bench.record(saleId).jobs.map((one) => [one.holder, one.state]);
    const wanted = [
      ["customer", "waived"],
      ["merchant", "queued"],
    ];
    const opened = await bench.sell(paid);
    bench.hub.tell({ kind: "receipt_opened", saleId: opened.saleId, atMs: 9 });
    await bench.world.advance(1);
    assert.deepEqual(states(opened.saleId), wanted);
    const declines = await bench.sell(paid);
    await bench.terminal.sales.waivePaper(declines.saleId, operator);
    assert.deepEqual(states(declines.saleId), wanted);
  });

  test("a doubtful test print can be answered, and has no sale to answer with", async () => {
    const bench = await Bench.open();
    const desk = deskOf(bench);
    const printed = await desk.printTest();
    assert.ok(printed.ok);
    const { job_id: id } = printed.value;
    const send = { kind: "send", processId: null, bytesHash: "x", cutsBefore: null } as const;
    await bench.terminal.changeJob(id, send);
    await bench.terminal.changeJob(id, { kind: "doubt", cause: "connection_lost" });
    assert.deepEqual(await desk.answerPrinted(id, true), { ok: true, value: null });
  });
});
