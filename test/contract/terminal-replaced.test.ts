/** A till whose place another start has taken: what it still owes the customer, and what it says of itself. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defaultDiagnosisSettings } from "../../src/core/diagnosis/settings.ts";
import { Desk } from "../../src/terminal/desk.ts";
import { Diagnostics } from "../../src/terminal/diagnosis/diagnostics.ts";
import {
  Bench,
  code,
  given,
  late,
  operator,
  paid,
  rolledBack,
  type Sold,
} from "./terminal-support.ts";

const waiting = { state: "awaiting_buyer", unpaidEnd: null, endedAtMs: null } as const;
const printer = () =>
  ({ condition: null, paperLow: false, reachable: true, heard: "now", checkedAtMs: 1 }) as const;
const laterMs = 60_000;

function deskOf({ terminal }: Bench): Desk {
  const diagnostics = new Diagnostics({
    terminal,
    printer,
    settings: defaultDiagnosisSettings,
    probes: [],
    lastStop: { clean: true, bootedAtMs: null, aliveAtMs: null },
    storeFailure: () => null,
    servicePhone: null,
    printerWay: null,
    servesPhones: false,
    versions: [],
  });
  diagnostics.start();
  return new Desk({
    terminal,
    diagnostics,
    profile: () => assert.fail("no paper is looked at"),
    printer,
    printerAddress: null,
    probePrinter: async () => "no_printer",
  });
}

/** The hub refuses the next charge: that is how this till hears of it. */
async function isReplaced(bench: Bench): Promise<void> {
  bench.hub.refusePay = "terminal_replaced";
  await bench.terminal.sales.sell(given, { ...code, paymentCode: "289999999999999999" });
  bench.hub.refusePay = null;
}

/** Replaced while its sale waits for the customer. */
async function withOpenSale(): Promise<{ bench: Bench; desk: Desk; sold: Sold }> {
  const bench = await Bench.open();
  const desk = deskOf(bench);
  await bench.terminal.staff.set({ ...operator, role: "owner" }, "remove");
  await bench.terminal.staff.signOn(operator.no, "");
  const sold = await bench.sell(waiting);
  await isReplaced(bench);
  return { bench, desk, sold };
}

describe("a replaced till", () => {
  test("that took cash gives the wallet's money back: that draws no receipt number", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(waiting);
    await bench.terminal.sales.giveUp(saleId, "paid_otherwise", operator);
    await isReplaced(bench);
    await bench.news(orderNo, paid);
    assert.deepEqual([...bench.hub.refundsKept.keys()], [`${orderNo}-back`]);
    assert.equal(bench.record(saleId).receipt, null);
  });

  for (const [what, news] of [
    ["paid", paid],
    ["accepted after its end", { ...late("accept"), state: "reversed", unpaidEnd: "closed" }],
  ] as const)
    test(`says of a sale that is ${what} that it is, and what to do`, async () => {
      const { bench, desk, sold } = await withOpenSale();
      let told = 0;
      desk.onChange(() => void (told += 1));
      await bench.news(sold.orderNo, news);
      assert.equal(bench.record(sold.saleId).receipt, null);
      assert.ok(told > 0);
      const asked = await desk.command(sold.saleId, "query");
      assert.ok(asked.ok);
      const { cause, advice, outcome, can } = asked.value;
      assert.deepEqual([cause?.code, outcome], ["terminal_replaced", "unknown"]);
      assert.match(advice.zh, /已收款，不要再收.*重启这台/);
      assert.notEqual(can.charge, true);
    });

  test("says of none that nothing was charged, though it had ended so before it was accepted", async () => {
    const { bench, desk, sold } = await withOpenSale();
    await bench.terminal.sales.goodsLeft(sold.saleId, operator);
    await bench.news(sold.orderNo, { state: "reversed", unpaidEnd: "never_seen", endedAtMs: 1 });
    assert.equal(desk.sale(sold.saleId)?.never_charged, true);
    await bench.news(sold.orderNo, late("accept"));
    const sale = desk.sale(sold.saleId);
    assert.equal(sale?.outcome, "unknown");
    assert.deepEqual([sale.never_charged, sale.took_no_money], [false, false]);
  });

  test("says no more of it once the provider has taken the money back", async () => {
    const { bench, desk, sold } = await withOpenSale();
    await bench.news(sold.orderNo, paid);
    await bench.news(sold.orderNo, rolledBack);
    const view = desk.sale(sold.saleId);
    assert.deepEqual([view?.outcome, view?.can.charge], ["reversed", true]);
  });

  test("asks about the sales before one that it can't take", async () => {
    const bench = await Bench.open();
    const before = await bench.sell(paid);
    const { orderNo, saleId } = await bench.sell(waiting);
    await isReplaced(bench);
    await bench.news(orderNo, paid);
    bench.hub.put(before.orderNo, rolledBack);
    bench.hub.tell({ kind: "missed" });
    await bench.world.advance(laterMs);
    assert.equal(bench.terminal.isUntaken(saleId), true);
    assert.equal(bench.record(before.saleId).receipt?.void, true);
  });

  test("its next start takes up what was paid meanwhile, and says no more of it", async () => {
    const { bench, sold } = await withOpenSale();
    await bench.news(sold.orderNo, paid);
    assert.equal(bench.terminal.isUntaken(sold.saleId), true);
    await bench.restart();
    const desk = deskOf(bench);
    await bench.world.advance(laterMs);
    assert.equal(bench.record(sold.saleId).sale.state, "paid");
    assert.equal(desk.sale(sold.saleId)?.outcome, "paid");
    assert.equal(desk.view().gate.till.light, "green");
  });

  test("says so on its main screen, with an incident", async () => {
    const { bench, desk } = await withOpenSale();
    await bench.world.advance(laterMs);
    const { gate } = desk.view();
    assert.deepEqual([gate.till.light, gate.till.text.zh], ["red", "这台收银机已被替换"]);
    assert.match(gate.till.why?.zh ?? "", /重启这台/);
    const rows = desk.casebook.incidents(10, null).data.map(({ title }) => title.zh);
    assert.ok(rows.includes("这台收银机已被替换"), String(rows));
  });
});
