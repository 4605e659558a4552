/** Which of two tills with one id is the newest, and what a journal prints that may not be. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Bench, code, given, paid } from "./terminal-support.ts";

const originals = ["original receipt", "original receipt"];
const copies = ["reprint receipt", "reprint receipt"];

/** Sells without a printer: both papers wait. */
async function withPapers(): Promise<Bench> {
  const bench = await Bench.open();
  await bench.sell(paid);
  assert.deepEqual(bench.papers(), originals);
  return bench;
}

const refusalOf = (bench: Bench, saleId: string): string | null | undefined =>
  bench.record(saleId).attempts.at(-1)?.code?.subCode;

describe("a terminal's own unbroken journal", () => {
  test("goes on with its originals after each start", async () => {
    const bench = await withPapers();
    for (let n = 0; n < 3; n += 1) {
      await bench.restart();
      assert.deepEqual(bench.papers(), originals);
    }
  });

  test("with the hub away at the start: what waits is held, and prints once the hub has answered", async () => {
    const bench = await withPapers();
    bench.hub.weather = "away";
    await bench.restart();
    assert.deepEqual(bench.papers(), []);
    const holds = bench.terminal.book.jobs().map((one) => [one.state, one.hold]);
    assert.deepEqual(holds, [
      ["held", "hub_not_asked"],
      ["held", "hub_not_asked"],
    ]);
    const { saleId } = await bench.sell(paid);
    assert.equal(refusalOf(bench, saleId), "hub_not_reached");
    bench.hub.weather = "well";
    await bench.world.advance(6_000);
    assert.deepEqual(bench.papers(), originals);
  });

  test("slips that prove nothing print although the hub is away", async () => {
    const bench = await Bench.open();
    bench.hub.weather = "away";
    await bench.restart();
    const { issuer, livemode } = bench.terminal.deps.settings;
    await bench.terminal.papers.printLoose(
      { kind: "test", issuer, atMs: 1, livemode },
      given.operator,
    );
    assert.deepEqual(bench.papers(), ["original test"]);
  });

  for (const [when, storedToo] of [
    ["between the hub's grant and the journal's commit", false],
    ["between the journal's commit and the hub's hearing of it", true],
  ] as const)
    test(`killed ${when}: it comes back as the newest`, async () => {
      const bench = await withPapers();
      const { holdEpoch, highestReceipt } = bench.hub.link;
      const deaf = () => new Promise<never>(() => {});
      if (storedToo) bench.hub.link.holdEpoch = deaf;
      else bench.hub.link.highestReceipt = deaf;
      const before = bench.disk.settings.get("epoch");
      void bench.restart();
      await bench.world.advance(1);
      assert.equal(bench.disk.settings.get("epoch") !== before, storedToo);
      Object.assign(bench.hub.link, { holdEpoch, highestReceipt });
      await bench.restart();
      assert.deepEqual(bench.papers(), originals);
      const { saleId } = await bench.sell(paid);
      assert.equal(bench.record(saleId).sale.state, "paid");
    });
});

describe("a copied folder", () => {
  test("the later start prints copies; the older is refused, says why, and prints no original", async () => {
    const bench = await withPapers();
    const copy = bench.copied();
    await bench.restart();
    await copy.terminal.start();
    assert.deepEqual(copy.papers(), copies);
    const sold = await copy.sell(paid);
    assert.equal(copy.record(sold.saleId).sale.state, "paid");
    await bench.world.advance(6_000);
    assert.deepEqual(bench.papers(), []);
    assert.ok(bench.terminal.book.jobs().every((one) => one.hold === "terminal_replaced"));
    const pays = bench.asked("pay");
    const refused = await bench.sell(paid);
    assert.equal(refusalOf(bench, refused.saleId), "terminal_replaced");
    assert.equal(bench.record(refused.saleId).attempts[0]?.unpaidEnd, "never_sent");
    assert.equal(bench.asked("pay"), pays);
  });

  test("an older till learns it from the refusal of its intent, and may scan the code elsewhere", async () => {
    const bench = await withPapers();
    const copy = bench.copied();
    await bench.restart();
    await copy.terminal.start();
    bench.hub.refusePay = "terminal_replaced";
    const done = await bench.terminal.sales.sell(given, code);
    assert.ok(done.ok);
    assert.equal(refusalOf(bench, done.record.sale.id), "terminal_replaced");
    assert.deepEqual(bench.papers(), []);
  });

  test("of a till that runs: it is refused from its next intent on", async () => {
    const bench = await withPapers();
    await bench.copied().terminal.start();
    await bench.world.advance(6_000);
    assert.deepEqual(bench.papers(), []);
    const { saleId } = await bench.sell(paid);
    assert.equal(refusalOf(bench, saleId), "terminal_replaced");
  });

  test("started again, the till takes over, and the other one is the older", async () => {
    const bench = await withPapers();
    const copy = bench.copied();
    await bench.restart();
    await copy.terminal.start();
    await bench.restart();
    assert.deepEqual(bench.papers(), copies);
    const { saleId } = await bench.sell(paid);
    assert.equal(bench.record(saleId).sale.state, "paid");
    assert.deepEqual(bench.papers(), [...copies, ...originals]);
  });

  test("both at once: only one of them prints originals", async () => {
    const bench = await withPapers();
    bench.terminal.stop();
    const [one, other] = [bench.copied(), bench.copied()];
    const { highestReceipt } = bench.hub.link;
    bench.hub.link.highestReceipt = async (terminalId) => {
      await new Promise<void>((resolve) => void bench.world.after(100, resolve));
      return highestReceipt(terminalId);
    };
    const started = Promise.all([one.terminal.start(), other.terminal.start()]);
    await bench.world.advance(100);
    await started;
    const withOriginals = () =>
      [one, other].filter((till) => till.papers().includes("original receipt")).length;
    assert.equal(withOriginals(), 1);
    await bench.world.advance(20_000);
    assert.ok(withOriginals() <= 1);
    const marks = [...one.papers(), ...other.papers()];
    assert.ok(marks.length > 0, "and the shop isn't left without any");
  });
});

describe("a journal restored from a backup", () => {
  test("with the hub away at the start: nothing prints; then copies only", async () => {
    const bench = await withPapers();
    const backup = bench.copied();
    await bench.restart();
    bench.terminal.stop();
    bench.hub.weather = "away";
    await backup.terminal.start();
    assert.deepEqual(backup.papers(), []);
    bench.hub.weather = "well";
    await bench.world.advance(6_000);
    assert.deepEqual(backup.papers(), copies);
  });

  test("killed once the copies are ordered: the next start orders no more of them", async () => {
    const bench = await withPapers();
    const backup = bench.copied();
    await bench.restart();
    bench.terminal.stop();
    const { holdEpoch } = bench.hub.link;
    bench.hub.link.holdEpoch = () => new Promise<never>(() => {});
    void backup.terminal.start();
    await bench.world.advance(1);
    bench.hub.link.holdEpoch = holdEpoch;
    await backup.restart();
    assert.deepEqual(backup.papers(), copies);
  });

  test("a new disk takes the old one's place, and sells", async () => {
    const bench = await withPapers();
    const fresh = new Bench(bench.world, bench.hub);
    await fresh.terminal.start();
    const { saleId } = await fresh.sell(paid);
    assert.equal(fresh.record(saleId).sale.state, "paid");
    await bench.world.advance(6_000);
    assert.deepEqual(bench.papers(), []);
  });
});

describe("receipt numbers of two starts with one id", () => {
  const waiting = { state: "awaiting_buyer", unpaidEnd: null, endedAtMs: null } as const;

  /** One sale is paid and printed, one waits for its customer, and the hub tells how far receipts are numbered. */
  async function withOpenSale() {
    const bench = await Bench.open();
    bench.hub.link.highestReceipt = async () =>
      Math.max(0, ...bench.hub.receipts.map((one) => Number(one.number.slice(-6))));
    await bench.sell(paid);
    return { bench, open: await bench.sell(waiting) };
  }
  const numbered = (bench: Bench, saleId: string) => bench.record(saleId).receipt?.number;

  test("a till that knows that it is replaced draws none, and its next start draws one of its own", async () => {
    const { bench, open } = await withOpenSale();
    const copy = bench.copied();
    await copy.terminal.start();
    bench.hub.refusePay = "terminal_replaced";
    await bench.terminal.sales.sell(given, code);
    bench.hub.refusePay = null;
    const other = await copy.sell(paid);
    const late = bench.hub.put(open.orderNo, paid);
    await assert.rejects(bench.terminal.learn(late), /another start/);
    assert.equal(numbered(bench, open.saleId), undefined);
    await bench.restart();
    await bench.world.advance(6_000);
    assert.notEqual(numbered(bench, open.saleId), undefined);
    assert.notEqual(numbered(bench, open.saleId), numbered(copy, other.saleId));
  });

  test("a till that hasn't heard of it asks before it draws: one unmarked original leaves, not two", async () => {
    const { bench, open } = await withOpenSale();
    const copy = bench.copied();
    await copy.terminal.start();
    const both = bench.hub.put(open.orderNo, paid);
    const learned = await Promise.allSettled(
      [bench.terminal, copy.terminal].map((one) => one.learn(both)),
    );
    assert.deepEqual(
      learned.map((one) => one.status),
      ["rejected", "fulfilled"],
    );
    assert.notEqual(numbered(copy, open.saleId), undefined);
    assert.equal(numbered(bench, open.saleId), undefined);
    assert.deepEqual(bench.papers(), []);
  });
});
