import assert from "node:assert/strict";
import { test } from "node:test";
import type { JobEvent } from "../../core/printing/job.ts";
import { defaultTiming } from "./spooler.ts";
import { Bench } from "../../../test/contract/printer-bench.ts";
import { cloneModel, epsonModel, muteModel } from "../../../test/contract/printer-model.ts";
import { clone, encode, epson, mute, settle } from "../../../test/contract/printer-support.ts";

test("a printer with process ids: sent once, proven by its own id, nothing waited for", async () => {
  const bench = new Bench(epsonModel, epson);
  await settle();
  bench.print("A");
  await settle();
  await settle();
  const job = bench.job("A");
  assert.equal(job.state, "confirmed");
  assert.equal(job.proof?.level, "process_id");
  assert.match(job.proof.evidence, /^37 22 (\w\w ){4}00$/);
  assert.equal(job.cutsBefore, 100);
  assert.deepEqual([bench.model.papers.length, bench.printed("A")], [1, 8]);
  assert.deepEqual(bench.journal.history, ["A send", "A confirm"]);
  assert.equal(bench.world.monotonicMs(), 0, "no timer on the good path");
});

test("many jobs print in order over one connection, and ask nothing while there is news", async () => {
  const bench = new Bench(epsonModel, epson);
  await settle();
  for (let at = 0; at < 50; at += 1) bench.journal.order(`J${at}`);
  bench.port.writes = [];
  bench.spooler.wake();
  await bench.until("J49", "confirmed", 100);
  assert.deepEqual(
    bench.model.papers.map((paper) => paper[0]),
    Array.from({ length: 50 }, (_, at) => `J${at} line 1`),
  );
  assert.equal(bench.port.opened, 1);
  assert.equal(bench.port.writes.length, 51, "one count of the cuts, then one write a job");
  const ids = [...bench.journal.jobs.values()].map((job) => job.processId);
  assert.equal(new Set(ids).size, 50);
});

test("a clone: the marker in order and all well behind it", async () => {
  const bench = new Bench(cloneModel, clone);
  bench.print("A");
  await bench.until("A", "confirmed", 1_000);
  assert.deepEqual(
    [bench.job("A").proof?.level, bench.job("A").proof?.evidence],
    ["status", "GS r 1: 00; status: all well"],
  );
  assert.equal(bench.printed("A"), 8);
});

test("only a cutter counter: one run more is proof, none is not", async () => {
  const settings = { ...cloneModel, inOrder: false, counter: true };
  const profile = { ...clone, inOrderStatus: false, cutCounter: true };
  const bench = new Bench(settings, profile);
  bench.print("A");
  await bench.until("A", "confirmed", 1_000);
  assert.deepEqual(
    [bench.job("A").proof?.level, bench.job("A").proof?.evidence],
    ["cutter_counter", "GS g 2 (50): 100 -> 101"],
  );
});

test("a mute printer: the cashier is asked, unless the owner trusts it", async () => {
  const bench = new Bench(muteModel, mute);
  bench.print("A");
  await bench.until("A", "doubtful", 10_000);
  assert.equal(bench.job("A").doubt, "no_confirmation_possible");
  bench.print("B");
  await bench.until("B", "doubtful", 10_000);

  const trusting = new Bench(muteModel, mute, { trustMutePrinter: true });
  trusting.print("A");
  await trusting.until("A", "confirmed", 10_000);
  assert.equal(trusting.job("A").proof?.evidence, "setting: trustMutePrinter");
});

for (const [name, settings, profile] of [
  ["epson", epsonModel, epson],
  ["clone", cloneModel, clone],
] as const) {
  test(`${name}: paper out before: all wait with the cause, nothing is sent, then it goes on`, async () => {
    const bench = new Bench(settings, profile);
    bench.model.setPaper(0);
    bench.print("A");
    bench.print("B");
    await bench.until("B", "held", 3_000);
    for (const id of ["A", "B"]) {
      assert.deepEqual([bench.job(id).hold, bench.job(id).sends], ["paper_out", 0]);
    }
    assert.deepEqual(
      [bench.spooler.status().reachable, bench.spooler.status().condition],
      [true, "paper_out"],
    );
    await bench.world.advance(60_000);
    bench.model.setPaper(1_000);
    await bench.until("B", "confirmed", 2_000);
    assert.deepEqual([bench.printed("A"), bench.printed("B")], [8, 8]);
    assert.equal(bench.spooler.status().condition, null);
  });

  test(`${name}: paper out in the middle: stays in sending with the cause, prints once`, async () => {
    const bench = new Bench({ ...settings, lineMs: 50 }, profile);
    bench.model.setPaper(3);
    bench.print("A");
    await bench.world.until("hold", () => bench.job("A").hold === "paper_out", 3_000);
    assert.equal(bench.job("A").state, "sending");
    await bench.world.advance(30_000);
    assert.equal(bench.job("A").state, "sending");
    bench.model.setPaper(1_000);
    await bench.until("A", "confirmed", 3_000);
    assert.equal(bench.printed("A"), 8);
    // Its proof may come before the next look at its paper sensor.
    const steps = bench.journal.history.filter((step) => step !== "A resume");
    assert.deepEqual(steps, ["A send", "A hold", "A confirm"]);
  });

  test(`${name}: the cover that is opened to load paper holds nothing of its own`, async () => {
    const bench = new Bench(settings, profile);
    bench.model.setPaper(0);
    bench.print("A");
    await bench.world.until("hold", () => bench.job("A").hold === "paper_out", 10_000);
    bench.model.setCover(true);
    await bench.world.advance(20_000);
    assert.equal(bench.job("A").hold, "paper_out");
    bench.model.setPaper(1_000);
    bench.model.setCover(false);
    await bench.until("A", "confirmed", 20_000);
    assert.equal(bench.journal.history.filter((step) => step === "A hold").length, 1);
  });

  test(`${name}: cover opened while printing`, async () => {
    const bench = new Bench({ ...settings, lineMs: 50 }, profile);
    bench.print("A");
    await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
    bench.model.setCover(true);
    await bench.world.until("hold", () => bench.job("A").hold === "cover_open", 3_000);
    assert.equal(bench.job("A").state, "sending");
    await bench.world.advance(20_000);
    bench.model.setCover(false);
    await bench.until("A", "confirmed", 3_000);
    assert.equal(bench.printed("A"), 8);
  });

  test(`${name}: crash while it waits for paper: nobody is asked before the paper is in`, async () => {
    const bench = new Bench({ ...settings, lineMs: 50 }, profile);
    bench.model.setPaper(3);
    bench.print("A");
    await bench.world.until("hold", () => bench.job("A").hold === "paper_out", 3_000);
    bench.restart();
    bench.print("B");
    await bench.world.until("B waits", () => bench.job("B").hold === "paper_out", 5_000);
    await bench.world.advance(30_000);
    assert.deepEqual([bench.job("A").state, bench.job("A").hold], ["sending", "paper_out"]);
    bench.model.setCover(true);
    await bench.world.advance(5_000);
    assert.deepEqual([bench.job("A").state, bench.job("A").hold], ["sending", "paper_out"]);
    bench.model.setPaper(1_000);
    bench.model.setCover(false);
    await bench.until("B", "confirmed", 20_000);
    // By its id it is proven without a question. One without ids proves nothing of the time in which the till was down:
    // now, with the paper out, a person is asked.
    assert.equal(bench.journal.history.includes("A doubt"), name !== "epson");
    assert.equal(bench.job("A").state, name === "epson" ? "confirmed" : "doubtful");
    assert.deepEqual([bench.printed("A"), bench.job("A").sends], [8, 1]);
  });

  test(`${name}: crash while it waits for paper, then the printer is switched off: the question`, async () => {
    const bench = new Bench({ ...settings, lineMs: 50 }, profile);
    bench.model.setPaper(3);
    bench.print("A");
    await bench.world.until("hold", () => bench.job("A").hold === "paper_out", 3_000);
    bench.restart();
    await bench.world.advance(5_000);
    bench.model.setPower(false);
    bench.port.tear("reset");
    await bench.until("A", "doubtful", 20_000);
    assert.equal(bench.job("A").doubt, "till_restarted");
  });

  test(`${name}: crash while printing is a doubt, and is never sent again`, async () => {
    const bench = new Bench({ ...settings, lineMs: 50 }, profile);
    bench.print("A");
    await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
    bench.restart();
    await bench.world.until("told", () => bench.journal.history.includes("A doubt"), 1_000);
    bench.print("B");
    await bench.until("B", "confirmed", 20_000);
    assert.equal(bench.printed("A"), 8);
    assert.equal(bench.job("A").sends, 1);
    assert.equal(bench.job("A").state, name === "epson" ? "confirmed" : "doubtful");
    assert.ok(bench.journal.history.includes("A doubt"));
  });
}

test("noise is counted and dropped; only noise is a named hold", async () => {
  const bench = new Bench(epsonModel, epson);
  bench.model.noise = [0xff, 0x81];
  bench.print("A");
  await bench.until("A", "confirmed", 5_000);
  assert.ok(bench.logs.includes("printer_noise"));

  const babble = new Bench({ ...muteModel }, clone);
  const talk = babble.model.connect.bind(babble.model);
  babble.model.connect = (answerTo) => {
    talk(answerTo);
    answerTo(Uint8Array.of(0xff, 0xfe, 0xfd));
  };
  babble.print("A");
  await babble.until("A", "held", 5_000);
  await babble.world.advance(5_000);
  assert.equal(babble.job("A").hold, "garbage");
});

test("refused, busy and unanswered: held by name, tried again with growing pauses", async () => {
  const table = [
    ["refused", "unreachable"],
    ["busy", "busy"],
    ["no_device", "unreachable"],
  ] as const;
  for (const [refuses, hold] of table) {
    const bench = new Bench(epsonModel, epson);
    await settle();
    bench.port.tear("ended");
    bench.port.refuses = refuses;
    bench.print("A");
    await bench.until("A", "held", 1_000);
    await bench.world.advance(60_000);
    assert.deepEqual([bench.job("A").hold, bench.job("A").sends], [hold, 0]);
    bench.port.refuses = null;
    await bench.until("A", "confirmed", 5_500);
  }
  const mutePrinter = new Bench(muteModel, clone);
  mutePrinter.print("A");
  await mutePrinter.until("A", "held", 3_000);
  assert.equal(mutePrinter.job("A").hold, "no_answer");
  const taken = new Bench(epsonModel, epson);
  await settle();
  taken.port.tear("ended");
  taken.port.closesAtOnce = true;
  taken.print("A");
  await taken.until("A", "held", 3_000);
  assert.equal(taken.job("A").hold, "busy");
  const before = taken.port.opened;
  await taken.world.advance(10_000);
  assert.ok(taken.port.opened - before <= 6, "with pauses");
});

test("not a byte leaves before the send is durable", async () => {
  const bench = new Bench(epsonModel, epson);
  await settle();
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  bench.journal.before = (event: JobEvent) => (event.kind === "send" ? gate : undefined);
  bench.print("A");
  await bench.world.advance(5_000);
  assert.equal(bench.printed("A"), 0);
  assert.equal(bench.job("A").state, "queued");
  release();
  await bench.until("A", "confirmed", 1_000);
});

test("a send that can't be stored sends nothing; a confirmation is stored again later", async () => {
  const bench = new Bench(epsonModel, epson);
  let full = true;
  bench.journal.before = () => {
    if (full) throw new Error("disk full");
  };
  bench.print("A");
  await bench.world.advance(3_000);
  assert.equal(bench.printed("A"), 0);
  full = false;
  bench.journal.before = (event) => {
    if (event.kind !== "confirm" || full) return;
    full = true;
    throw new Error("disk full");
  };
  await bench.until("A", "confirmed", 5_000);
  assert.equal(bench.printed("A"), 8);
});

test("the connection that closes between the durable send and the bytes: not sent, sent later", async () => {
  const bench = new Bench(epsonModel, epson);
  await settle();
  let once = true;
  bench.journal.before = (event) => {
    if (event.kind === "send" && once) bench.port.tear("ended");
    if (event.kind === "send") once = false;
  };
  bench.print("A");
  await bench.until("A", "confirmed", 10_000);
  assert.equal(bench.printed("A"), 8);
  assert.ok(bench.journal.history.includes("A not_sent"));
  assert.equal(bench.job("A").sends, 2);
});

test("waived while waiting: never printed", async () => {
  const bench = new Bench(epsonModel, epson);
  bench.model.setPaper(0);
  bench.print("A");
  await bench.until("A", "held", 3_000);
  const { epoch } = bench.journal;
  await bench.journal.change(epoch, "A", { kind: "waive", reason: "e_receipt_opened" });
  bench.model.setPaper(100);
  bench.print("B");
  await bench.until("B", "confirmed", 5_000);
  assert.equal(bench.printed("A"), 0);
});

test("content that can't be encoded is held by name and stops nobody else", async () => {
  const bench = new Bench(epsonModel, epson);
  await settle();
  await bench.spooler.stop();
  bench.spooler = bench.start(bench.port, (job, profile, id) => {
    if (job.id === "A") throw new Error("an amount is missing");
    return encode(job, profile, id);
  });
  bench.print("A");
  bench.print("B");
  await bench.until("B", "confirmed", 1_000);
  assert.deepEqual([bench.job("A").state, bench.job("A").hold], ["held", "not_printable"]);
  const before = bench.port.opened;
  const idleMs = defaultTiming.idleCloseMs + 2 * defaultTiming.idlePollMs;
  await bench.world.until("let go and opened anew", () => bench.port.opened > before, idleMs);
});

test("a paper in doubt doesn't keep the line: whoever shares the printer gets it", async () => {
  const bench = new Bench(muteModel, mute);
  bench.print("A");
  await bench.until("A", "doubtful", 60_000);
  const idleMs = defaultTiming.idleCloseMs + 2 * defaultTiming.idlePollMs;
  assert.equal(bench.port.opened, 1);
  await bench.world.until("the line let go and opened anew", () => bench.port.opened > 1, idleMs);
  assert.equal(bench.job("A").state, "doubtful");
});

test("the light: idle polls see the cover, the paper and the cable", async () => {
  const bench = new Bench(cloneModel, clone);
  const seen: (string | null)[] = [];
  bench.spooler.onStatus((status) => seen.push(status.reachable ? status.condition : "gone"));
  await bench.world.advance(1_000);
  bench.model.setCover(true);
  await bench.world.until("cover", () => seen.at(-1) === "cover_open", 11_000);
  bench.model.setCover(false);
  await bench.world.until("closed", () => seen.at(-1) === null, 11_000);
  bench.model.setPower(false);
  await bench.world.until("gone", () => seen.at(-1) === "gone", 15_000);
  bench.model.setPower(true);
  await bench.world.until("back", () => seen.at(-1) === null, 15_000);
  assert.deepEqual(seen, [null, "cover_open", null, "gone", null]);
});

test("after a while without jobs the printer is let go, and polled by short connections", async () => {
  const bench = new Bench(cloneModel, clone);
  await bench.world.advance(239_000);
  assert.equal(bench.port.opened, 1);
  await bench.world.advance(60_000);
  assert.ok(bench.port.opened > 3);
  bench.print("A");
  await bench.until("A", "confirmed", 2_000);
});

test("stop lets the paper at work finish; a longer one stays in sending", async () => {
  const quick = new Bench({ ...epsonModel, lineMs: 50 }, epson);
  quick.print("A");
  await quick.world.until("some lines", () => quick.model.linesPrinted === 2);
  const stopped = quick.spooler.stop();
  await quick.world.advance(1_000);
  await stopped;
  assert.equal(quick.job("A").state, "confirmed");

  const slow = new Bench({ ...epsonModel, lineMs: 2_000 }, epson);
  slow.print("A");
  await slow.world.until("some lines", () => slow.model.linesPrinted === 2);
  let isStopped = false;
  void slow.spooler.stop().then(() => (isStopped = true));
  await slow.world.until("stopped", () => isStopped, 4_000);
  assert.equal(slow.job("A").state, "sending");
});

test("a marker answered is no proof while the printer isn't well behind it", async () => {
  const bench = new Bench(cloneModel, clone);
  await bench.world.advance(1_000);
  const whole = bench.model.receive.bind(bench.model);
  bench.model.receive = (bytes) => {
    whole(bytes);
    if (bytes.length > 40) bench.model.isCoverOpen = true;
  };
  bench.print("A");
  await bench.world.until("hold", () => bench.job("A").hold === "cover_open", 2_000);
  await bench.world.advance(20_000);
  assert.equal(bench.job("A").state, "sending");
  bench.model.setCover(false);
  await bench.until("A", "confirmed", 2_000);
});

test("a count of cuts from before the last paper is no count before the next", async () => {
  const bench = new Bench(epsonModel, epson);
  const whole = bench.model.receive.bind(bench.model);
  bench.model.receive = (bytes) => {
    // The answer behind the first paper is lost.
    if (bytes.length > 40) bench.model.settings = { ...epsonModel, counter: false };
    whole(bytes);
    bench.model.settings = epsonModel;
  };
  bench.print("A");
  await bench.until("A", "confirmed", 1_000);
  assert.equal(bench.job("A").cutsBefore, 100);
  bench.print("B");
  await bench.until("B", "confirmed", 10_000);
  assert.notEqual(bench.job("B").cutsBefore, 100);
});

test("a count that doesn't show the cut of the paper before is none", async () => {
  const bench = new Bench(epsonModel, epson);
  await settle();
  bench.print("A");
  await bench.until("A", "confirmed", 1_000);
  // The counter is asked while the blade of A has yet to run.
  bench.model.cuts = 100;
  await bench.world.advance(5_000);
  bench.print("B");
  await bench.until("B", "confirmed", 1_000);
  assert.equal(bench.job("B").cutsBefore, null);
  bench.model.cuts = 102;
  bench.print("C");
  await bench.until("C", "confirmed", 1_000);
  assert.equal(bench.job("C").cutsBefore, 102, "counted anew, not taken from before B");
});
