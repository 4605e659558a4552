/** Shown as paid, then Alipay says that the trade is closed: nobody is told "paid" until a second answer decides. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { brokenPromise } from "../../src/core/diagnosis/incident.ts";
import { defaultDiagnosisSettings } from "../../src/core/diagnosis/settings.ts";
import { saleSummary } from "../../src/core/till/build.ts";
import { displayOf } from "../../src/core/till/display.ts";
import { isSettled } from "../../src/core/till/focus.ts";
import { exitOf } from "../../src/bin/sell.ts";
import { deskOf } from "./terminal-desk.ts";
import { Bench, operator, paid, rolledBack } from "./terminal-support.ts";
import { screenFor, viewOf } from "./terminal-screens.ts";

const contradicted = { confirmed: false, contradictions: 1, contradictedAtMs: 5 } as const;
const confirmed = { confirmed: true, contradictions: 0, contradictedAtMs: null } as const;

const send = { kind: "send", processId: null, bytesHash: "x", cutsBefore: null } as const;
const confirm = {
  kind: "confirm",
  proof: { level: "status", atMs: 1, evidence: "GS r 1: 00" },
} as const;

/** A sale whose paper is out and of which nothing is to be done any more. */
async function sold() {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell(paid);
  for (const { id } of bench.record(saleId).jobs) {
    await bench.terminal.changeJob(id, send);
    await bench.terminal.changeJob(id, confirm);
  }
  await bench.world.advance(60_000);
  assert.equal(bench.terminal.book.isOpen(saleId), false);
  const view = () => viewOf(bench.record(saleId));
  return { bench, saleId, orderNo, view };
}

describe("a success that Alipay contradicts once", () => {
  test("is amber everywhere, and no copy is printed, until it is known", async () => {
    const { bench, saleId, orderNo, view } = await sold();
    assert.equal(view().outcome, "paid");
    await bench.news(orderNo, contradicted);
    const sale = view();
    assert.deepEqual([sale.outcome, sale.contradicted, exitOf(sale)], ["unknown", true, 4]);
    assert.equal(saleSummary(bench.record(saleId)).outcome, "unknown");
    assert.match(sale.advice.zh, /已关闭，正在复核；先别交货/);
    for (const command of ["charge", "reprint", "pay_otherwise", "abandon"] as const)
      assert.notEqual(sale.can[command], true);
    const done = await bench.terminal.papers.reprint(saleId, operator);
    assert.deepEqual(done, { ok: false, refusal: "payment_contradicted" });
    const screen = screenFor(sale);
    assert.deepEqual([screen.kind, screen.tone], ["confirming", "care"]);
    assert.match(screen.plain.zh, /先别交货/);
    assert.notEqual(screen.takesCode, true);
    assert.equal(displayOf("店", true, sale, null).phase, "confirming");
    assert.equal(isSettled(sale), false);
    assert.equal(bench.terminal.book.isOpen(saleId), true);
    await bench.restart();
    assert.equal(view().outcome, "unknown");
    await bench.news(orderNo, confirmed);
    assert.deepEqual([view().outcome, view().contradicted], ["paid", false]);
    await bench.world.advance(1);
    assert.equal(bench.terminal.book.isOpen(saleId), false);
  });

  test("prints no receipt that hasn't left, and says why, until it is known", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(paid);
    const view = () => viewOf(bench.record(saleId));
    const id = bench.record(saleId).jobs[0]?.id ?? assert.fail("no paper");
    assert.deepEqual([...new Set(bench.papers())], ["original receipt"]);
    await bench.news(orderNo, contradicted);
    assert.deepEqual(bench.papers(), []);
    assert.equal(await bench.terminal.changeJob(id, send), null, "not even one just taken up");
    for (const hold of [null, "paper_out"] as const) {
      if (hold !== null) await bench.terminal.changeJob(id, { kind: "hold", cause: hold });
      assert.equal(view().receipt?.job?.cause?.code, "payment_contradicted");
      const { side } = screenFor(view());
      assert.match(side.text?.zh ?? "", /还没开始打印.*复核为已收款/s);
      assert.doesNotMatch(side.text?.zh ?? "", /打印机/);
      assert.equal(side.url, null);
    }
    const waiting = deskOf(bench)
      .printer()
      .waiting.map(({ cause }) => cause?.code);
    assert.deepEqual([...new Set(waiting)], ["payment_contradicted"]);
    const late = bench.record(saleId);
    assert.equal(brokenPromise(late, defaultDiagnosisSettings, 1e15), null);
    await bench.restart();
    assert.deepEqual(bench.papers(), []);
    await bench.news(orderNo, confirmed);
    assert.deepEqual([...new Set(bench.papers())], ["original receipt"]);
    assert.equal(view().receipt?.job?.cause?.code, "paper_out");
  });

  test("holds back a copy that was asked for in a doubtful paper's place, too", async () => {
    const bench = await Bench.open();
    const { saleId, orderNo } = await bench.sell(paid);
    const id = bench.record(saleId).jobs[0]?.id ?? assert.fail("no paper");
    await bench.terminal.changeJob(id, send);
    await bench.terminal.changeJob(id, { kind: "doubt", cause: "connection_lost" });
    await bench.news(orderNo, contradicted);
    assert.deepEqual(bench.papers(), ["original receipt"], "what may be out is looked for");
    await bench.terminal.papers.answer(id, false, operator);
    assert.deepEqual(bench.papers(), []);
    await bench.news(orderNo, rolledBack);
    assert.equal(bench.record(saleId).jobs.at(-1)?.state, "waived");
  });

  test("is waited for where it is the sale's money, and not where it is money besides cash", async () => {
    const answered = async (bench: Bench, saleId: string): Promise<boolean> => {
      let isOver = false;
      void deskOf(bench)
        .settled(saleId, 60_000)
        .then(() => (isOver = true));
      await bench.world.advance(5_000);
      return isOver;
    };
    const { bench, saleId, orderNo } = await sold();
    assert.equal(await answered(bench, saleId), true);
    await bench.news(orderNo, contradicted);
    assert.equal(await answered(bench, saleId), false);
    const other = await Bench.open();
    const cash = await other.sell({ state: "unknown", unpaidEnd: null });
    await other.terminal.sales.giveUp(cash.saleId, "paid_otherwise", operator);
    await other.news(cash.orderNo, { ...paid, ...contradicted });
    assert.equal(viewOf(other.record(cash.saleId)).contradicted, false);
    assert.equal(await answered(other, cash.saleId), true);
  });

  test("is known again also where an earlier version let go of the sale", async () => {
    const { bench, orderNo, view } = await sold();
    for (const [key, one] of bench.disk.attempts.byKey)
      bench.disk.attempts.byKey.set(key, { ...one, ...contradicted });
    await bench.restart();
    assert.equal(view().outcome, "unknown");
    await bench.news(orderNo, confirmed);
    assert.equal(view().outcome, "paid");
  });

  test("and a second time, apart, isn't paid: the receipt is void", async () => {
    const { bench, orderNo, view } = await sold();
    await bench.news(orderNo, contradicted);
    await bench.news(orderNo, rolledBack);
    assert.deepEqual([view().outcome, view().receipt?.void], ["reversed", true]);
    assert.equal(screenFor(view()).kind, "rolled_back");
  });

  test("is asked about by the till when the hub's word on it was lost", async () => {
    const { bench, orderNo, view } = await sold();
    await bench.news(orderNo, contradicted);
    bench.hub.put(orderNo, confirmed);
    await bench.world.advance(60_000);
    assert.equal(view().outcome, "paid");
  });
});
