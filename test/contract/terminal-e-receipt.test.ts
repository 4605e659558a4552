/** The customer took the electronic receipt, and nobody has opened it: that stays open, by its name, until somebody ends it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { brokenPromise } from "../../src/core/diagnosis/incident.ts";
import { defaultDiagnosisSettings } from "../../src/core/diagnosis/settings.ts";
import { saleSummary } from "../../src/core/till/build.ts";
import { Bench, operator, paid } from "./terminal-support.ts";
import { labels, screenFor, viewOf } from "./terminal-screens.ts";

const counted = { cashFen: null, slips: null };

async function unopened() {
  const bench = await Bench.open();
  const { saleId } = await bench.sell(paid, { acceptsElectronic: true });
  const paper = () => bench.record(saleId).jobs.find((one) => one.holder === "customer");
  const state = () => [paper()?.mark.kind, paper()?.state, paper()?.hold];
  return { bench, saleId, state };
}

describe("an electronic receipt that nobody has opened", () => {
  test("is said as it is, is on the list, and no printer takes its paper", async () => {
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
    assert.equal(await bench.terminal.days.close(operator, counted, false), "day_has_open_sales");
    const day = await bench.terminal.days.close(operator, counted, true);
    assert.ok(typeof day !== "string");
    assert.deepEqual(
      day.open_sales.map(({ why }) => why.zh),
      ["电子小票还没打开"],
    );
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
  });

  test("of a journal that lost its numbers waits on, as a marked copy", async () => {
    const { bench, saleId } = await unopened();
    bench.hub.highest = 40;
    await bench.restart();
    const paper = bench.record(saleId).jobs.findLast((one) => one.holder === "customer");
    assert.deepEqual(
      [paper?.mark.kind, paper?.state, paper?.hold],
      ["reprint", "held", "e_receipt_unopened"],
    );
  });
});
