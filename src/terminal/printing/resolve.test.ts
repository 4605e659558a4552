/** What can still be found out when a connection, a proof or the power is gone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PrinterUnreachable } from "../../ports/printer.ts";
import { Bench } from "../../../test/contract/printer-bench.ts";
import { cloneModel, epsonModel } from "../../../test/contract/printer-model.ts";
import { clone, epson, settle } from "../../../test/contract/printer-support.ts";
import { defaultTiming } from "./deps.ts";

test("power lost while printing: reset, doubtful with its name, the next paper goes on", async () => {
  const bench = new Bench({ ...cloneModel, lineMs: 50 }, clone);
  bench.print("A");
  await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
  bench.model.setPower(false);
  bench.port.tear("reset");
  await bench.world.until("shown", () => bench.job("A").hold === "unreachable", 1_000);
  await bench.world.advance(5_000);
  bench.model.setPower(true);
  await bench.until("A", "doubtful", 10_000);
  assert.equal(bench.job("A").doubt, "printer_lost_power");
  bench.print("B");
  await bench.until("B", "confirmed", 10_000);
  assert.equal(bench.printed("A"), 4);
});

test("power lost for long: the cashier is asked after lostMs, the light is right", async () => {
  const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
  bench.print("A");
  await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
  bench.model.setPower(false);
  bench.port.tear("ended");
  const tookMs = await bench.until("A", "doubtful", 30_000);
  assert.ok(tookMs >= defaultTiming.lostMs);
  assert.equal(bench.job("A").doubt, "printer_lost_power");
  bench.print("B");
  await bench.until("B", "held", 10_000);
  assert.deepEqual([bench.job("B").hold, bench.spooler.status().reachable], ["unreachable", false]);
  bench.model.setPower(true);
  await bench.until("B", "confirmed", 10_000);
  assert.equal(bench.job("A").state, "doubtful");
});

test("cable cut without a word, all printed: the cutter counter proves it", async () => {
  const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
  bench.print("A");
  await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
  bench.port.cut();
  await bench.until("A", "confirmed", 20_000);
  assert.deepEqual(
    [bench.job("A").proof?.level, bench.job("A").proof?.evidence],
    ["cutter_counter", "GS g 2 (50): 100 -> 101"],
  );
  assert.equal(bench.printed("A"), 8);
  assert.ok(bench.logs.includes("printer_silent"));
});

test("cable cut for a clone: a doubt, since nothing can tell", async () => {
  const bench = new Bench({ ...cloneModel, lineMs: 50 }, clone);
  bench.print("A");
  await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
  bench.port.cut();
  await bench.until("A", "doubtful", 30_000);
  assert.equal(bench.job("A").doubt, "connection_lost");
});

test("connection lost with paper out: waits, and the id that comes later proves it", async () => {
  const bench = new Bench(epsonModel, epson);
  await settle();
  bench.model.setPaper(5);
  bench.print("A");
  await bench.world.until("hold", () => bench.job("A").hold === "paper_out", 3_000);
  bench.port.tear("ended");
  await bench.world.advance(40_000);
  assert.deepEqual([bench.job("A").state, bench.job("A").hold], ["sending", "paper_out"]);
  bench.model.setPaper(1_000);
  await bench.until("A", "confirmed", 5_000);
  assert.equal(bench.job("A").proof?.level, "process_id");
  assert.equal(bench.printed("A"), 8);
});

test("the power was gone: that the blade ran once proves nothing", async () => {
  for (const offMs of [5_000, 3_600_000]) {
    const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
    bench.print("A");
    await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
    bench.model.setPower(false);
    bench.port.tear("reset");
    await bench.world.advance(offMs);
    // The sheet of its self-test, or a count that is only roughly kept.
    bench.model.cuts += 1;
    bench.model.setPower(true);
    await bench.world.advance(60_000);
    assert.deepEqual(
      [bench.job("A").state, bench.job("A").doubt],
      ["doubtful", "printer_lost_power"],
    );
  }
});

const isLost = ({ journal }: Bench): boolean => journal.history.includes("A hold");

/** A is half out when the plug is pulled, which no byte tells; once it is back, its blade runs. */
async function plugPulled(bench: Bench, how: "unreachable" | "silent"): Promise<void> {
  bench.print("A");
  await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
  bench.model.setPower(false);
  bench.port.cut();
  if (how === "unreachable") bench.port.refuses = "no_route";
  // On a serial cable there is always a line, and nobody answers on it.
  else {
    bench.model.setPower(true);
    bench.model.isMute = true;
  }
  await bench.world.advance(8_000);
  bench.model.cuts += 1;
  bench.model.setPower(true);
  bench.model.isMute = false;
  bench.port.refuses = null;
  await bench.world.advance(60_000);
}

for (const how of ["unreachable", "silent"] as const) {
  test(`${how} for a while, it may have been without power: its count proves nothing`, async () => {
    const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
    await plugPulled(bench, how);
    assert.equal(bench.job("A").state, "doubtful");
    bench.print("B");
    await bench.until("B", "confirmed", 10_000);
    assert.deepEqual([bench.printed("A"), bench.job("A").state], [4, "doubtful"]);
  });
}

/** What became of the printer while the till was down, nobody saw. */
const WHILE_DOWN: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  "the power of both was gone": async ({ model, world }) => {
    await world.until("some lines", () => model.linesPrinted === 4);
    model.setPower(false);
    model.cuts += 1;
  },
  "the printer's power was gone before": async ({ model, port, world }) => {
    await world.until("some lines", () => model.linesPrinted === 4);
    model.setPower(false);
    port.tear("reset");
    await world.advance(3_000);
    model.cuts += 1;
  },
  "another computer had the printer before": async (bench) => {
    dropPaper(bench, "busy");
    await bench.world.until("lost", () => isLost(bench));
    await bench.world.advance(3_000);
  },
};

for (const [what, happens] of Object.entries(WHILE_DOWN)) {
  test(`after a restart of the till the count proves nothing: ${what}`, async () => {
    const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
    bench.print("A");
    await happens(bench);
    bench.restart();
    bench.model.setPower(true);
    await bench.world.advance(60_000);
    assert.deepEqual([bench.job("A").state, bench.job("A").doubt], ["doubtful", "till_restarted"]);
  });
}

test("after a restart of the till the paper's own id proves it still", async () => {
  const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
  bench.print("A");
  await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
  bench.restart();
  await bench.until("A", "confirmed", 20_000);
  assert.equal(bench.job("A").proof?.level, "process_id");
});

/** Not a byte of A arrives. */
function dropPaper(bench: Bench, meanwhile: PrinterUnreachable | null): void {
  const receive = bench.model.receive.bind(bench.model);
  bench.model.receive = (bytes) => {
    if (!Buffer.from(bytes).includes("A line 1")) return receive(bytes);
    bench.port.cut();
    bench.port.refuses = meanwhile;
    receive(Buffer.from("somebody's\n\x1dVB\0"));
  };
}

/** In A's place another computer prints a paper before the line is back. */
async function behindAnother(bench: Bench, meanwhile: PrinterUnreachable | null): Promise<void> {
  dropPaper(bench, meanwhile);
  bench.print("A");
  await bench.world.until("lost", () => isLost(bench));
  await bench.world.advance(3_000);
  bench.port.refuses = null;
  await bench.world.until("settled", () => bench.job("A").state !== "sending", 30_000);
  assert.equal(bench.model.papers.length, 1);
}

test("where other computers print too, a run of the blade is no proof of ours", async () => {
  const bench = new Bench(epsonModel, epson, { sharedPrinter: true });
  await behindAnother(bench, null);
  assert.equal(bench.job("A").state, "doubtful");
});

test("nor where somebody was seen to have the printer since the paper began", async () => {
  const bench = new Bench(epsonModel, epson);
  await behindAnother(bench, "busy");
  assert.equal(bench.job("A").state, "doubtful");
});

for (const meanwhile of [null, "no_route"] as const) {
  test(`cut before the paper was cut, then ${meanwhile ?? "there"}: its buffer is cleared, and it is a doubt`, async () => {
    const bench = new Bench(epsonModel, epson);
    await settle();
    // The last bytes are lost on the way: no cut ever comes.
    const whole = bench.model.receive.bind(bench.model);
    bench.model.receive = (bytes) => {
      if (!Buffer.from(bytes).includes("A line 1")) return whole(bytes);
      whole(bytes.subarray(0, 30));
      bench.port.cut();
      bench.port.refuses = meanwhile;
    };
    bench.print("A");
    await bench.world.until("lost", () => isLost(bench));
    await bench.world.advance(5_000);
    bench.port.refuses = null;
    await bench.until("A", "doubtful", 30_000);
    assert.equal(bench.job("A").doubt, "buffer_cleared");
  });
}

test("wrong and foreign process ids prove nothing", async () => {
  const bench = new Bench({ ...epsonModel, counter: false }, { ...epson, cutCounter: false });
  bench.model.wrongId = "9999";
  bench.print("A");
  await bench.until("A", "doubtful", 30_000);
  assert.equal(bench.job("A").doubt, "no_proof_in_time");
  assert.ok(bench.logs.includes("printer_foreign_process_id"));
});

test("an id that comes after the doubt confirms the job", async () => {
  const bench = new Bench({ ...epsonModel, lineMs: 4_000 }, epson);
  bench.print("A");
  await bench.until("A", "doubtful", 30_000);
  assert.equal(bench.job("A").doubt, "no_proof_in_time");
  await bench.until("A", "confirmed", 60_000);
  assert.equal(bench.job("A").proof?.level, "process_id");
});

test("a marker that comes after the doubt confirms its own job and never the next", async () => {
  const bench = new Bench({ ...cloneModel, lineMs: 2_000 }, clone);
  bench.print("A");
  await bench.until("A", "doubtful", 30_000);
  await bench.until("A", "confirmed", 60_000);
  assert.equal(bench.job("A").proof?.level, "status");
});

test("a dropped marker doesn't lend its answer from the next paper", async () => {
  const bench = new Bench(cloneModel, clone);
  bench.print("A");
  await bench.until("A", "confirmed", 1_000);
  bench.model.settings = { ...cloneModel, inOrder: false };
  bench.print("B");
  await bench.until("B", "doubtful", 20_000);
  bench.model.settings = cloneModel;
  bench.print("C");
  await bench.until("C", "confirmed", 20_000);
  assert.equal(bench.job("B").state, "doubtful");
});

test("switched on again: reached soon, asked soon, and nobody reads meanwhile that it prints", async () => {
  const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
  bench.print("A");
  await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
  bench.model.setPower(false);
  bench.port.tear("reset");
  await bench.world.until("shown", () => bench.job("A").hold === "unreachable", 1_000);
  await bench.world.advance(10_000);
  bench.model.setPower(true);
  const isPrinting = (): boolean =>
    bench.job("A").state === "sending" && bench.job("A").hold === null;
  let wasPrinting = false;
  const tookMs = await bench.world.until(
    "asked",
    () => {
      wasPrinting ||= isPrinting();
      return bench.job("A").state === "doubtful";
    },
    10_000,
  );
  assert.equal(wasPrinting, false);
  assert.ok(tookMs <= defaultTiming.goneMaxMs + defaultTiming.answerMs, String(tookMs));
  assert.equal(bench.spooler.status().condition, null);
});

test("a held paper waits for a printer that was switched on no longer than the shortest pause", async () => {
  const bench = new Bench(epsonModel, epson);
  bench.model.setPower(false);
  bench.port.tear("ended");
  bench.print("A");
  await bench.until("A", "held", 10_000);
  await bench.world.advance(60_000);
  bench.model.setPower(true);
  const tookMs = await bench.until("A", "confirmed", 10_000);
  assert.ok(tookMs <= defaultTiming.goneMaxMs + defaultTiming.answerMs, String(tookMs));
});

test("only a paper that nothing interrupted says how fast the printer is", async () => {
  const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
  await settle();
  bench.print("A");
  await bench.until("A", "confirmed", 5_000);
  const times = (): number => bench.saw.filter((one) => one.kind === "print_time").length;
  assert.equal(times(), 1);
  bench.model.setPaper(5);
  bench.print("B");
  await bench.world.until("hold", () => bench.job("B").hold === "paper_out", 5_000);
  await bench.world.advance(60_000);
  bench.model.setPaper(1_000);
  await bench.until("B", "confirmed", 5_000);
  bench.print("C");
  await bench.world.until("on its way", () => bench.job("C").state === "sending", 1_000);
  bench.port.cut();
  await bench.until("C", "confirmed", 20_000);
  assert.equal(times(), 1);
});
