/** The customer took the electronic receipt, and nobody has opened it: that is named until it ends, and is nobody's work. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fen } from "../../src/core/money/money.ts";
import { brokenPromise } from "../../src/core/diagnosis/incident.ts";
import { defaultDiagnosisSettings } from "../../src/core/diagnosis/settings.ts";
import { saleSummary } from "../../src/core/till/build.ts";
import { needsWork } from "../../src/terminal/book.ts";
import { deskOf } from "./terminal-desk.ts";
import { Bench, operator, paid } from "./terminal-support.ts";
import { labels, screenFor, viewOf } from "./terminal-screens.ts";

const counted = { cashFen: null, slips: null };
const send = { kind: "send", bytesHash: "h", processId: null, cutsBefore: null } as const;
const printed = {
  kind: "confirm",
  proof: { level: "status", atMs: 2, evidence: "16" },
} as const;

async function unopened() {
  const bench = await Bench.open();
  const { saleId } = await bench.sell(paid, { acceptsElectronic: true });
  const paper = () => bench.record(saleId).jobs.find((one) => one.holder === "customer");
  const state = () => [paper()?.mark.kind, paper()?.state, paper()?.hold];
  /** The shop's own copy is another matter, and is out. */
  const theShopsIsOut = async () => {
    const own = bench.record(saleId).jobs.find((one) => one.holder === "merchant");
    await bench.terminal.changeJob(own?.id ?? "", send);
    await bench.terminal.changeJob(own?.id ?? "", printed);
  };
  return { bench, saleId, state, theShopsIsOut };
}

const customersPaper = (bench: Bench, saleId: string) => {
  const paper = bench.record(saleId).jobs.findLast((one) => one.holder === "customer");
  return [paper?.mark.kind, paper?.state, paper?.hold];
};

describe("an electronic receipt that nobody has opened", () => {
  test("is said as it is, and no printer takes its paper", async () => {
    const { bench, saleId, state } = await unopened();
    assert.deepEqual(state(), ["original", "held", "e_receipt_unopened"]);
    assert.ok(bench.terminal.standing.papers().every((one) => one.holder === "merchant"));
    const sale = viewOf(bench.record(saleId));
    const screen = screenFor(sale);
    assert.deepEqual([screen.kind, screen.side.tag?.text.zh], ["paid", "电子小票还没打开"]);
    assert.ok(labels(screen).includes("打纸质小票"));
    assert.match(sale.advice.zh, /还没有打开电子小票/);
    const { job, job_hold: hold } = saleSummary(bench.record(saleId));
    assert.deepEqual([job, hold], ["held", "e_receipt_unopened"]);
    assert.doesNotMatch(sale.advice.zh, /或打纸质小票/);
    assert.equal(brokenPromise(bench.record(saleId), defaultDiagnosisSettings, 1e15), null);
    await bench.restart();
    assert.deepEqual(state(), ["original", "held", "e_receipt_unopened"]);
    assert.equal(bench.terminal.book.isOpen(saleId), true);
  });

  test("is nobody's work: neither an open sale nor in the way of the day's close", async () => {
    const { bench, saleId, state, theShopsIsOut } = await unopened();
    await theShopsIsOut();
    const { days } = bench.terminal;
    assert.deepEqual(bench.terminal.book.open().filter(needsWork), []);
    assert.deepEqual([days.view().unopened_count, days.view().open_sales], [1, []]);
    const day = await days.close(operator, counted, false);
    assert.ok(typeof day !== "string");
    assert.deepEqual([day.unopened_count, day.open_sales], [1, []]);
    assert.deepEqual([days.closed(1)?.unopened_count, days.view().unopened_count], [1, 0]);
    assert.deepEqual(state(), ["original", "waived", null]);
    assert.equal(bench.terminal.book.isOpen(saleId), false);
  });

  test("can be opened after the close, and a paper is then a marked copy", async () => {
    const { bench, saleId, theShopsIsOut } = await unopened();
    await theShopsIsOut();
    assert.ok(typeof (await bench.terminal.days.close(operator, counted, false)) !== "string");
    bench.hub.tell({ kind: "receipt_opened", saleId, atMs: 9 });
    await bench.world.advance(1);
    assert.equal(bench.record(saleId).receipt?.openedAtMs, 9);
    assert.equal((await bench.terminal.papers.reprint(saleId, operator)).ok, true);
    const paper = bench.record(saleId).jobs.findLast((one) => one.holder === "customer");
    assert.equal(paper?.mark.kind, "reprint");
  });

  test("of which a part went back: the day names the slip of the refund as what is open", async () => {
    const { bench, saleId, theShopsIsOut } = await unopened();
    await theShopsIsOut();
    await bench.terminal.sales.refund(saleId, fen(1), "", operator, "r1");
    bench.hub.endRefund("r1", "done");
    await bench.world.advance(1);
    const { open_sales: open } = bench.terminal.days.view();
    assert.deepEqual(
      open.map(({ why }) => why.zh),
      ["钱已有结论，凭条还没有出来"],
    );
  });

  test("waits for the refund that has no result, and the close is refused for that", async () => {
    const { bench, saleId, state, theShopsIsOut } = await unopened();
    await theShopsIsOut();
    await bench.terminal.sales.refund(saleId, fen(1), "", operator, "r1");
    assert.equal(await bench.terminal.days.close(operator, counted, false), "day_has_open_sales");
    assert.ok(typeof (await bench.terminal.days.close(operator, counted, true)) !== "string");
    assert.deepEqual(state(), ["original", "held", "e_receipt_unopened"]);
  });

  test("the customer's screen shows it where the sale came over the API, until the next sale", async () => {
    const { bench, theShopsIsOut } = await unopened();
    await theShopsIsOut();
    const desk = deskOf(bench);
    const charge = { method: "code", paymentCode: "289999999999999999" } as const;
    const input = { amountFen: fen(700), items: [], operatorNo: operator.no, request: null };
    const sold = await desk.sell({ ...input, acceptsElectronic: true }, charge);
    assert.ok(sold.ok);
    await bench.world.advance(1);
    for (const { id, holder } of bench.record(sold.value.sale_id).jobs)
      if (holder === "merchant") {
        await bench.terminal.changeJob(id, send);
        await bench.terminal.changeJob(id, printed);
      }
    const { phase, receipt_url: url } = desk.display();
    assert.deepEqual([phase, url], ["paid", bench.record(sold.value.sale_id).receipt?.content.url]);
    const next = await desk.open({ ...input, acceptsElectronic: false });
    assert.ok(next.ok);
    assert.deepEqual(desk.display().phase, "show_code");
    // Nobody's receipt of before stands on it after a start.
    await desk.command(next.value.sale_id, "abandon");
    await bench.restart();
    assert.equal(deskOf(bench).display().phase, "idle");
  });

  test("prints as the original once somebody wants it, and once only", async () => {
    const { bench, saleId, state } = await unopened();
    assert.equal((await bench.terminal.papers.reprint(saleId, operator)).ok, true);
    assert.deepEqual(state(), ["original", "queued", null]);
    const again = await bench.terminal.papers.reprint(saleId, operator);
    assert.deepEqual(again, { ok: false, refusal: "paper_waits_for_printer" });
    assert.equal(bench.record(saleId).receipt?.copies, 0);
  });

  test("ends when it is opened, or when a person says that no paper is wanted", async () => {
    const opened = await unopened();
    opened.bench.hub.tell({ kind: "receipt_opened", saleId: opened.saleId, atMs: 9 });
    await opened.bench.world.advance(1);
    assert.equal(opened.state()[1], "waived");
    const waived = await unopened();
    await waived.bench.terminal.sales.waivePaper(waived.saleId, operator);
    assert.equal(waived.state()[1], "waived");
    const advice = () => viewOf(waived.bench.record(waived.saleId)).advice;
    assert.equal(advice().zh, "已收款，不再打印纸质小票。", "the shop's own copy isn't out yet");
    await waived.theShopsIsOut();
    assert.equal(advice().zh, "已收款，不再打印纸质小票。这一单已办完。");
    assert.match(advice().en, /No paper receipt is wanted\. This sale is settled\.$/);
  });

  test("of a journal that lost its numbers waits on, as a marked copy", async () => {
    const { bench, saleId } = await unopened();
    bench.hub.highest = 40;
    await bench.restart();
    assert.deepEqual(customersPaper(bench, saleId), ["reprint", "held", "e_receipt_unopened"]);
  });

  test("of a sale that such a journal had open waits too, once it is paid", async () => {
    const bench = await Bench.open();
    const unknown = { state: "unknown", unpaidEnd: null, endedAtMs: null } as const;
    const { saleId, orderNo } = await bench.sell(unknown, { acceptsElectronic: true });
    bench.hub.highest = 40;
    await bench.restart();
    await bench.news(orderNo, paid);
    assert.deepEqual(customersPaper(bench, saleId), ["reprint", "held", "e_receipt_unopened"]);
    assert.ok(bench.terminal.standing.papers().every((one) => one.holder === "merchant"));
    const { receipt, jobs } = bench.record(saleId);
    assert.equal(receipt?.copies, jobs.filter((one) => one.mark.kind === "reprint").length);
    assert.equal((await bench.terminal.papers.reprint(saleId, operator)).ok, true);
    assert.deepEqual(customersPaper(bench, saleId), ["reprint", "queued", null]);
  });
});
