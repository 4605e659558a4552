import assert from "node:assert/strict";
import { test } from "node:test";
import { profile80 } from "../../core/printing/profile.ts";
import { Bench } from "../../../test/contract/printer-bench.ts";
import { cloneModel, epsonModel, muteModel } from "../../../test/contract/printer-model.ts";
import type { ModelSettings } from "../../../test/contract/printer-model.ts";
import { mute } from "../../../test/contract/printer-support.ts";
import { defaultTiming, type SpoolerTiming } from "./deps.ts";

const unknown = (settings: ModelSettings, prepare: (bench: Bench) => void): Bench => {
  const bench = new Bench(settings, profile80, {}, [], { isMuteByWord: false });
  prepare(bench);
  return bench;
};
const calledMute = (settings: ModelSettings, timing: Partial<SpoolerTiming> = {}): Bench =>
  new Bench(settings, mute, timing, [], { isMuteByWord: true });

test("silent at first: no paper is sent to it, and it is asked until it answers", async () => {
  const bench = unknown(epsonModel, ({ model }) => (model.isMute = true));
  bench.print("A");
  await bench.world.until("held", () => bench.job("A").hold === "no_answer", 10_000);
  await bench.world.advance(120_000);
  assert.deepEqual([bench.job("A").state, bench.job("A").sends], ["held", 0]);
  assert.equal(bench.answers, null);
  const { condition, told } = bench.spooler.status();
  assert.deepEqual([condition, told], ["no_answer", false]);
  assert.equal(bench.model.waitingText, "", "what it is asked doesn't print");
  bench.model.isMute = false;
  await bench.until("A", "confirmed", 40_000);
  assert.equal(bench.job("A").proof?.level, "process_id", "known whole");
  assert.equal(bench.printed("A"), 8);
  assert.equal(bench.spooler.status().told, true);
});

test("without a paper the idle looks find out, too", async () => {
  const bench = unknown(cloneModel, ({ port }) => (port.closesAtOnce = true));
  await bench.world.until("busy", () => bench.spooler.status().condition === "busy", 10_000);
  bench.port.closesAtOnce = false;
  await bench.world.until("paired", () => bench.answers !== null, 60_000);
  assert.deepEqual([bench.answers?.realtime, bench.answers?.inOrder], [true, true]);
  await bench.world.until("well", () => bench.spooler.status().condition === null, 10_000);
});

test("refused at first, then there: it is asked what it can do before its first paper", async () => {
  const bench = unknown(epsonModel, ({ port }) => (port.refuses = "refused"));
  bench.print("A");
  await bench.world.until("held", () => bench.job("A").hold === "unreachable", 10_000);
  bench.port.refuses = null;
  await bench.until("A", "confirmed", 40_000);
  assert.equal(bench.job("A").proof?.level, "process_id");
});

test("without paper it answers, and is asked the rest once it can print", async () => {
  const bench = unknown(epsonModel, ({ model }) => model.setPaper(0));
  bench.print("A");
  await bench.world.until("held", () => bench.job("A").hold === "paper_out", 10_000);
  assert.equal(bench.answers, null);
  bench.model.setPaper(1_000);
  await bench.until("A", "confirmed", 40_000);
  assert.equal(bench.job("A").proof?.level, "process_id");
});

/** Falls silent for a while at the question for its maker, so that each pairing ends unclear. */
function choking(bench: Bench): void {
  const receive = bench.model.receive.bind(bench.model);
  bench.model.receive = (bytes) => {
    receive(bytes);
    if (!Buffer.from(bytes).includes("1d4942", "hex")) return;
    bench.model.isMute = true;
    bench.world.after(5_950, () => (bench.model.isMute = false));
  };
}

test("asked what it can do, its answer is no proof of the paper before", async () => {
  const bench = unknown({ ...cloneModel, lineMs: 50 }, choking);
  const { model } = bench;
  let answerTo: (bytes: Uint8Array) => void = () => undefined;
  const connect = model.connect.bind(model);
  model.connect = (to) => connect((answerTo = to));
  bench.print("A");
  await bench.world.until("some lines", () => model.linesPrinted === 4, 60_000);
  // On a serial cable nobody is told that the power was gone.
  model.setPower(false);
  model.setPower(true);
  connect(answerTo);
  await bench.until("A", "doubtful", 20_000);
  await bench.world.advance(60_000);
  assert.deepEqual([bench.job("A").state, bench.printed("A")], ["doubtful", 4]);
});

test("somebody's long paper stands before the first question: asked until it is through", async () => {
  const long = Buffer.from("somebody's\n".repeat(500));
  const bench = unknown({ ...cloneModel, lineMs: 50 }, ({ model }) => model.receive(long));
  await bench.world.until("paired", () => bench.answers !== null, 120_000);
  assert.deepEqual([bench.answers?.realtime, bench.answers?.inOrder], [true, true]);
  bench.print("A");
  await bench.until("A", "confirmed", 20_000);
});

test("one that never answers in order is believed after a minute", async () => {
  const bench = unknown({ ...cloneModel, inOrder: false }, () => undefined);
  bench.print("A");
  const tookMs = await bench.until("A", "doubtful", 120_000);
  assert.ok(tookMs >= defaultTiming.onlyAtOnceMs, String(tookMs));
  assert.deepEqual([bench.job("A").doubt, bench.printed("A")], ["no_confirmation_possible", 8]);
  assert.deepEqual([bench.answers?.realtime, bench.answers?.inOrder], [true, false]);
});

test("the minute begins anew where it was gone meanwhile: somebody's paper may stand there again", async () => {
  const bench = unknown({ ...cloneModel, inOrder: false }, () => undefined);
  bench.print("A");
  await bench.world.advance(defaultTiming.onlyAtOnceMs / 2);
  bench.port.tear("ended");
  bench.port.refuses = "busy";
  await bench.world.advance(defaultTiming.onlyAtOnceMs);
  bench.port.refuses = null;
  const tookMs = await bench.until("A", "doubtful", 120_000);
  assert.ok(tookMs >= defaultTiming.onlyAtOnceMs, String(tookMs));
});

test("another model at its address: after two papers without proof it is asked anew", async () => {
  const bench = unknown(epsonModel, () => undefined);
  await bench.world.until("paired", () => bench.answers !== null, 60_000);
  bench.port.tear("ended");
  bench.model.settings = { ...cloneModel, lineMs: 5 };
  for (const id of ["A", "B"]) {
    bench.print(id);
    await bench.until(id, "doubtful", 60_000);
    assert.deepEqual([bench.job(id).doubt, bench.printed(id)], ["no_proof_in_time", 8]);
  }
  bench.print("C");
  await bench.until("C", "confirmed", 60_000);
  assert.equal(bench.job("C").proof?.level, "status");
  assert.equal(bench.answers?.processId, false);
  assert.ok(bench.logs.includes("printer_pairing_forgotten"));
});

test("one paper without proof, or one that is proven late, is no reason", async () => {
  const bench = unknown(epsonModel, () => undefined);
  await bench.world.until("paired", () => bench.answers !== null, 60_000);
  bench.model.settings = { ...epsonModel, lineMs: 4_000 };
  for (const id of ["A", "B", "C"]) {
    bench.print(id);
    await bench.until(id, "doubtful", 60_000);
    await bench.until(id, "confirmed", 60_000);
  }
  assert.ok(!bench.logs.includes("printer_pairing_forgotten"));
});

test("called mute by a person: papers go out, and nobody says that it is well", async () => {
  const bench = calledMute(muteModel);
  bench.print("A");
  await bench.until("A", "doubtful", 10_000);
  assert.deepEqual([bench.job("A").doubt, bench.printed("A")], ["no_confirmation_possible", 8]);
  const { condition, told, reachable } = bench.spooler.status();
  assert.deepEqual([condition, told, reachable], [null, false, true]);
  const trusting = calledMute(muteModel, { trustMutePrinter: true });
  trusting.print("A");
  await trusting.until("A", "confirmed", 10_000);
  assert.equal(trusting.job("A").proof?.evidence, "setting: trustMutePrinter");
});

test("called mute, and it answers after all: from then on its answers count", async () => {
  const bench = calledMute(epsonModel, { trustMutePrinter: true });
  bench.model.isMute = true;
  bench.print("A");
  await bench.until("A", "confirmed", 10_000);
  assert.equal(bench.job("A").proof?.level, "person");
  bench.model.isMute = false;
  await bench.world.until("paired", () => bench.answers !== null, 60_000);
  bench.print("B");
  await bench.until("B", "confirmed", 10_000);
  assert.equal(bench.job("B").proof?.level, "process_id");
});
