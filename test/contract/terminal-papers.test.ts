/** What a till says of its papers, and which further ones it orders. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fen } from "../../src/core/money/money.ts";
import { alipayTiming } from "../../src/core/payment/timing.ts";
import { saleView } from "../../src/core/till/build.ts";
import { eventView } from "../../src/core/till/history.ts";
import { marksOf } from "../../src/core/printing/layout.ts";
import { type ProofLevel, TRUSTED_MUTE } from "../../src/core/printing/job.ts";
import { Bench, code, operator, paid, rolledBack } from "./terminal-support.ts";

const waiting = { state: "awaiting_buyer", unpaidEnd: null, endedAtMs: null } as const;
const sent = { kind: "send", processId: null, bytesHash: "x", cutsBefore: null } as const;
const proven = (level: ProofLevel) =>
  ({ kind: "confirm", proof: { level, atMs: 1, evidence: "GS r 1: 00" } }) as const;

const adviceOf = (bench: Bench, saleId: string): string =>
  saleView(bench.record(saleId), { timing: alipayTiming, livemode: true }).advice.zh;

test("the printer is said to have confirmed only what it confirmed", async () => {
  const bench = await Bench.open();
  const [seen, answered] = [await bench.sell(paid), await bench.sell(paid)];
  const firstPaper = (saleId: string) => bench.record(saleId).jobs[0]?.id ?? assert.fail("no job");
  const { changeJob } = bench.terminal;
  const change = changeJob.bind(bench.terminal);
  await change(firstPaper(seen.saleId), sent);
  await change(firstPaper(seen.saleId), { kind: "doubt", cause: "no_confirmation_possible" });
  await bench.terminal.papers.answer(firstPaper(seen.saleId), true, operator);
  assert.match(adviceOf(bench, seen.saleId), /小票已出（由人确认/);
  const trusted = await bench.sell(paid);
  await change(firstPaper(trusted.saleId), sent);
  await change(firstPaper(trusted.saleId), { kind: "doubt", cause: "no_confirmation_possible" });
  const byTheSetting = { level: "person", atMs: 1, evidence: TRUSTED_MUTE } as const;
  await change(firstPaper(trusted.saleId), { kind: "confirm", proof: byTheSetting });
  assert.doesNotMatch(adviceOf(bench, trusted.saleId), /由人确认|由打印机确认/);
  assert.match(adviceOf(bench, trusted.saleId), /按店主的设置算作已出/);
  const confirmed = bench.terminal.deps.journal
    .events(trusted.saleId)
    .filter(({ kind }) => kind === "job_confirm")
    .map((one) => eventView(one, "terminal").text.zh);
  assert.deepEqual(confirmed, ["出票确认：按店主设置算已出"]);
  await change(firstPaper(answered.saleId), sent);
  await change(firstPaper(answered.saleId), proven("status"));
  assert.match(adviceOf(bench, answered.saleId), /由打印机确认/);
});

test("a further pending slip is refused while the first is open, and is a marked copy afterwards", async () => {
  const bench = await Bench.open();
  const { saleId } = await bench.sell(waiting);
  const ask = () => bench.terminal.papers.pendingSlip(saleId, operator);
  const refusal = async () => {
    const done = await ask();
    return done.ok ? null : done.refusal;
  };
  assert.equal(await refusal(), null);
  assert.equal(await refusal(), "paper_waits_for_printer");
  const first = bench.record(saleId).jobs[0]?.id ?? assert.fail("no slip");
  await bench.terminal.changeJob(first, sent);
  assert.equal(await refusal(), "paper_still_printing");
  await bench.terminal.changeJob(first, proven("status"));
  assert.equal(await refusal(), null);
  const marks = bench.record(saleId).jobs.map(({ slip, mark }) => `${slip.kind} ${mark.kind}`);
  assert.deepEqual(marks, ["pending original", "pending reprint"]);
});

test("on a till to learn on every kind of paper says so", async () => {
  const bench = await Bench.open();
  Object.assign(bench.terminal.deps.settings, { training: true });
  const { papers, days } = bench.terminal;
  const pending = await bench.sell(waiting);
  await papers.pendingSlip(pending.saleId, operator);
  const back = { state: "reversed", unpaidEnd: "refunded", endedAtMs: 1 } as const;
  await bench.news(pending.orderNo, back);
  const sold = await bench.sell(paid);
  await bench.terminal.sales.refund(sold.saleId, fen(500), "退", operator, "R-1");
  bench.hub.endRefund("R-1", "done");
  await bench.world.advance(1);
  const day = await days.close(operator, { cashFen: null, slips: null }, true);
  assert.ok(typeof day !== "string");
  const jobs = bench.terminal.book.jobs();
  const kinds = new Set(jobs.map((one) => one.slip.kind));
  assert.deepEqual([...kinds].toSorted(), ["day", "pending", "receipt", "refund", "reversal"]);
  for (const job of jobs)
    assert.ok(marksOf(job, "zh").includes("培训 · 非真实交易"), job.slip.kind);
});

test("an earlier, void receipt that was opened says nothing of the new one: its paper still comes", async () => {
  const bench = await Bench.open();
  const { saleId, orderNo } = await bench.sell(paid);
  const first = bench.record(saleId).receipt?.number;
  await bench.news(orderNo, rolledBack);
  bench.hub.onPay = { ...paid, providerTradeNo: "P2" };
  await bench.terminal.sales.charge(saleId, { ...code, paymentCode: "289999999999999999" });
  await bench.world.advance(1);
  const papers = (): unknown =>
    bench
      .record(saleId)
      .jobs.filter((one) => one.receiptNumber !== first)
      .map((one) => [one.holder, one.state]);
  const opened = async (number: string | undefined): Promise<number | null | undefined> => {
    bench.hub.tell({ kind: "receipt_opened", saleId, ...(number && { number }), atMs: 9 });
    await bench.world.advance(1);
    return bench.record(saleId).receipt?.openedAtMs;
  };
  const second = bench.record(saleId).receipt?.number;
  assert.notEqual(second, first);
  assert.equal(await opened(first), null);
  assert.deepEqual(papers(), [
    ["customer", "queued"],
    ["merchant", "queued"],
  ]);
  assert.equal(await opened(second), 9);
  assert.deepEqual(papers(), [
    ["customer", "waived"],
    ["merchant", "queued"],
  ]);
});

test("news of an older hub, which doesn't tell which receipt was opened, is about the newest", async () => {
  const bench = await Bench.open();
  const { saleId } = await bench.sell(paid);
  bench.hub.tell({ kind: "receipt_opened", saleId, atMs: 9 });
  await bench.world.advance(1);
  assert.equal(bench.record(saleId).receipt?.openedAtMs, 9);
});
