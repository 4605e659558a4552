/** Holding, resuming, losing power, proof of printing: what the machine does when something is in its way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newModel, type NewModel } from "../../servers/printer/new-model.ts";
import { paperText } from "./paper.ts";
import type { Effect, PrinterModel } from "./printer.ts";

const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const sent = (effects: readonly Effect[]): string =>
  effects
    .flatMap((effect) =>
      effect.kind === "send" ? [Buffer.from(effect.bytes).toString("hex")] : [],
    )
    .join("")
    .replaceAll(/(..)(?=.)/g, "$1 ");
const papers = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.kind === "paper" ? [paperText(effect.paper)] : []));
const connected = (options: NewModel = {}): PrinterModel => {
  const printer = newModel(options);
  printer.connect(0);
  return printer;
};
const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join("");
const id = (text: string): string => `1d 28 48 06 00 30 30 ${Buffer.from(text).toString("hex")}`;
const cut = "1d 56 42 00";
const clear = "10 14 08 01 03 14 01 06 02 08";
const job = (count: number, processId: string): Uint8Array =>
  Buffer.concat([hex("1b 40"), Buffer.from(lines(count)), hex(`${cut} ${id(processId)}`)]);

test("a process id comes back when the job has been printed and cut", () => {
  const printer = connected();
  const { effects } = printer.receive(job(3, "0001"), 0);
  assert.equal(sent(effects), "37 22 30 30 30 31 00");
  assert.deepEqual(papers(effects), ["line 1\nline 2\nline 3"]);
});

test("at printing speed the id comes only after the last line, and GS r before it", () => {
  const printer = connected({ settings: { dotsPerSecond: 300, cutMs: 500 } });
  const bytes = Buffer.concat([Buffer.from("a\nb\nc\n"), hex(`1d 72 01 ${id("ABCD")}`)]);
  assert.equal(sent(printer.receive(bytes, 1_000).effects), "");
  assert.equal(sent(printer.advance(1_199)), "", "two lines take 100 ms each");
  assert.equal(sent(printer.advance(1_200)), "00", "processed while the last line still moves");
  assert.equal(sent(printer.advance(1_299)), "");
  assert.equal(sent(printer.advance(1_300)), "37 22 41 42 43 44 00");
  assert.equal(printer.wakeAtMs(), null);
});

test("ESC v waits until the motor stands still", () => {
  const printer = connected({ settings: { dotsPerSecond: 300 } });
  assert.equal(sent(printer.receive(Buffer.from("a\n\u001Bv"), 0).effects), "");
  assert.equal(sent(printer.advance(100)), "00");
});

test("whether the id waits for the blade is a setting", () => {
  const answers = [true, false].map((idWaitsForCutter) => {
    const printer = connected({ settings: { dotsPerSecond: 300, cutMs: 500, idWaitsForCutter } });
    printer.receive(Buffer.concat([Buffer.from("a\n"), hex(`1d 56 00 ${id("0001")}`)]), 0);
    return sent(printer.advance(100));
  });
  assert.deepEqual(answers, ["", "37 22 30 30 30 31 00"]);
});

test("an id behind text without a line feed waits for the line", () => {
  const printer = connected();
  const begun = printer.receive(Buffer.concat([Buffer.from("half"), hex(id("0007"))]), 0);
  assert.equal(sent(begun.effects), "");
  assert.equal(sent(printer.receive(hex("0a"), 1).effects), "37 22 30 30 30 37 00");
});

test("paper out in mid-job holds, new paper resumes, and only then the id arrives", () => {
  const printer = connected({ conditions: { rollDots: 95 } });
  const first = printer.receive(job(5, "0042"), 0);
  assert.equal(sent(first.effects), "");
  assert.equal(first.effects.filter((effect) => effect.kind === "printed").length, 3);
  assert.equal(sent(printer.receive(hex("10 04 01 10 04 04"), 1).effects), "1a 7e");
  assert.equal(sent(printer.advance(60_000)), "");
  const resumed = printer.set({ paper: "ok" }, 61_000);
  assert.equal(sent(resumed), "37 22 30 30 34 32 00");
  assert.deepEqual(papers(resumed), ["line 1\nline 2\nline 3\nline 4\nline 5"]);
});

test("what arrives while paper is out is kept, as far as the buffer goes, and printed once", () => {
  const printer = connected({ settings: { bufferBytes: 100 }, conditions: { paper: "out" } });
  const bytes = job(12, "0001");
  const { taken } = printer.receive(bytes, 0);
  assert.equal(taken, 100);
  assert.equal(printer.room(), 0);
  assert.equal(printer.receive(bytes.subarray(taken), 1).taken, 0);
  const resumed = printer.set({ paper: "ok" }, 2);
  const rest = printer.receive(bytes.subarray(taken), 3);
  assert.equal(papers([...resumed, ...rest.effects])[0], lines(12).trimEnd());
  assert.equal(sent(rest.effects), "37 22 30 30 30 31 00");
});

test("real-time commands are carried out with the buffer full", () => {
  const printer = connected({ settings: { bufferBytes: 100 }, conditions: { paper: "out" } });
  assert.equal(printer.receive(new Uint8Array(200).fill(0x41), 0).taken, 100);
  const asked = printer.receive(hex("10 04 02"), 1);
  assert.equal(asked.taken, 3);
  assert.equal(sent(asked.effects), "32");
  const cleared = printer.receive(hex(clear), 2);
  assert.equal(sent(cleared.effects), "37 25 00");
  assert.equal(printer.room(), 100);
});

test("real-time commands are carried out inside a picture, which keeps its bytes", () => {
  const printer = connected();
  const { effects } = printer.receive(hex("1d 76 30 00 04 00 02 00 ff 10 04 04 10 10 04 01"), 0);
  assert.equal(sent(effects), "12 12");
  const [printed] = effects.filter((effect) => effect.kind === "printed");
  assert.ok(printed?.element.kind === "image");
  assert.deepEqual([...printed.element.bitmap.bits], [...hex("ff 10 04 04 10 10 04 01")]);
});

test("a cover opened while printing holds the line and goes on when closed", () => {
  const printer = connected({ settings: { dotsPerSecond: 300 } });
  printer.receive(Buffer.concat([Buffer.from("a\n"), hex(id("0001"))]), 0);
  printer.set({ cover: "open" }, 60);
  assert.equal(sent(printer.advance(5_000)), "");
  printer.set({ cover: "closed" }, 6_000);
  assert.equal(sent(printer.advance(6_039)), "");
  assert.equal(sent(printer.advance(6_040)), "37 22 30 30 30 31 00");
});

test("power loss loses the buffer, the modes and the id; paper that is out stays out", () => {
  const printer = connected({ settings: { dotsPerSecond: 300 } });
  printer.receive(job(5, "0009"), 0);
  const off = printer.set({ power: "off" }, 250);
  assert.deepEqual(off.at(-1), { kind: "power", power: "off" });
  assert.equal(printer.snapshot().bufferedBytes, 0);
  assert.equal(printer.receive(hex("10 04 01"), 300).effects.length, 0);
  printer.set({ power: "on" }, 1_000);
  printer.connect(1_000);
  assert.equal(sent(printer.advance(60_000)), "");
  assert.equal(paperText(printer.hanging(60_000)), "line 1\nline 2");
});

test("power can go before printing, between two lines, or between printing and the answer", () => {
  const outcomes = (
    [{ at: "before_print" }, { at: "after_lines", lines: 2 }, { at: "before_answer" }] as const
  ).map((powerLoss) => {
    const printer = connected();
    printer.setFaults({ powerLoss }, 0);
    const { effects } = printer.receive(job(3, "0001"), 0);
    const out = papers(effects)[0] ?? paperText(printer.hanging(0));
    return [out, sent(effects), printer.snapshot().conditions.power];
  });
  assert.deepEqual(outcomes, [
    ["", "", "off"],
    ["line 1\nline 2", "", "off"],
    ["line 1\nline 2\nline 3", "", "off"],
  ]);
});

test("power loss before the answer spares questions that were asked before anything printed", () => {
  const printer = connected({ profile: "clone" });
  printer.setFaults({ powerLoss: { at: "before_answer" } }, 0);
  assert.equal(sent(printer.receive(hex("1d 72 01"), 0).effects), "00");
  const { effects } = printer.receive(Buffer.from("paid\n\u001Dr\u0001"), 1);
  assert.equal(sent(effects), "");
  assert.equal(printer.snapshot().conditions.power, "off");
});

test("DLE DC4 8 clears what isn't printed; its ids are never answered; modes stay", () => {
  const printer = connected({ conditions: { paper: "out" } });
  printer.receive(job(3, "0001"), 0);
  assert.equal(sent(printer.receive(hex(clear), 1).effects), "37 25 00");
  const loaded = printer.set({ paper: "ok" }, 2);
  assert.equal(sent(loaded), "");
  assert.deepEqual(papers(loaded), []);
  const next = printer.receive(job(1, "0002"), 3);
  assert.equal(sent(next.effects), "37 22 30 30 30 32 00");
  assert.deepEqual(papers(next.effects), ["line 1"]);
});

test("DLE DC4 8 ends a picture that was cut in half", () => {
  const printer = connected();
  printer.receive(hex("1d 76 30 00 48 00 ff 00 ff ff"), 0);
  assert.equal(printer.snapshot().insideCommand, true);
  printer.receive(hex(clear), 1);
  assert.equal(papers(printer.receive(job(1, "0001"), 2).effects)[0], "line 1");
});

test("8,192 NULs fill up a picture that was cut in half, and the printer hears again", () => {
  const printer = connected();
  printer.receive(hex("1d 76 30 00 48 00 64 00 ff ff"), 0);
  assert.equal(sent(printer.receive(job(1, "0001"), 1).effects), "");
  printer.receive(new Uint8Array(8_192), 2);
  const { effects } = printer.receive(job(1, "0002"), 3);
  assert.equal(sent(effects), "37 22 30 30 30 32 00");
});

test("a picture that was cut in half swallows the next job", () => {
  const printer = connected();
  printer.receive(hex("1d 76 30 00 48 00 ff 00 ff ff"), 0);
  const { effects } = printer.receive(job(3, "0001"), 1);
  assert.equal(sent(effects), "");
  assert.deepEqual(papers(effects), []);
});

test("a cutter jam stops the job at the cut; cleared, the blade runs and the id follows", () => {
  const printer = connected({ conditions: { cutter: "jammed" } });
  const { effects } = printer.receive(job(2, "0003"), 0);
  assert.equal(sent(effects), "");
  assert.equal(effects.filter((effect) => effect.kind === "printed").length, 3);
  assert.equal(sent(printer.receive(hex("10 05 01 10 04 03"), 1).effects), "1a", "still jammed");
  const cleared = printer.set({ cutter: "ok" }, 2);
  assert.equal(sent(cleared), "37 22 30 30 30 33 00");
  assert.deepEqual(papers(cleared), ["line 1\nline 2"]);
});

test("DLE ENQ 1 goes on after a jam where the model wants to be told; DLE ENQ 2 throws away", () => {
  const jammed = (): PrinterModel => {
    const printer = connected({
      conditions: { cutter: "jammed" },
      settings: { cutterNeedsCommand: true },
    });
    printer.receive(job(2, "0003"), 0);
    assert.equal(sent(printer.set({ cutter: "ok" }, 1)), "");
    return printer;
  };
  const continued = jammed().receive(hex("10 05 01"), 2).effects;
  assert.equal(sent(continued), "37 22 30 30 30 33 00");
  const dropped = jammed();
  assert.equal(sent(dropped.receive(hex("10 05 02"), 2).effects), "");
  assert.equal(sent(dropped.receive(hex("10 04 01"), 3).effects), "12");
  assert.equal(paperText(dropped.hanging(3)), "line 1\nline 2", "printed and never cut");
});

test("DLE ENQ does nothing against a hot head", () => {
  const printer = connected({ conditions: { head: "hot" } });
  printer.receive(job(1, "0001"), 0);
  assert.equal(sent(printer.receive(hex("10 05 01 10 05 02 10 04 03"), 1).effects), "52");
  assert.equal(sent(printer.set({ head: "ok" }, 2)), "37 22 30 30 30 31 00");
});

test("while the host can't receive, only the latest id is kept, and goes out with the next answer", () => {
  const printer = connected();
  printer.hostReady(false, 0);
  assert.equal(sent(printer.receive(job(1, "0001"), 1).effects), "");
  assert.equal(sent(printer.receive(job(1, "0002"), 2).effects), "");
  assert.equal(sent(printer.hostReady(true, 3)), "");
  assert.equal(sent(printer.receive(hex("10 04 01"), 4).effects), "37 22 30 30 30 32 00 12");
});

test("kept responses go out in the order process id, offline, clear", () => {
  const printer = connected();
  printer.receive(hex("1d 28 48 03 00 31 30 01"), 0);
  printer.hostReady(false, 0);
  printer.receive(job(1, "0001"), 1);
  printer.set({ cover: "open" }, 2);
  printer.hostReady(true, 3);
  assert.equal(
    sent(printer.receive(hex("10 04 01"), 4).effects),
    "37 22 30 30 30 31 00 37 23 00 1a",
  );
});

test("an id without a connection is lost, unless the setting keeps it", () => {
  const late = [false, true].map((idSurvivesDisconnect) => {
    const printer = connected({ settings: { idSurvivesDisconnect }, conditions: { paper: "out" } });
    printer.receive(job(1, "0001"), 0);
    printer.disconnect(1);
    printer.set({ paper: "ok" }, 2);
    printer.connect(3);
    return sent(printer.receive(hex("10 04 01"), 4).effects);
  });
  assert.deepEqual(late, ["12", "37 22 30 30 30 31 00 12"]);
});

test("faults: wrong ids, silence, a line of text after the job", () => {
  const printer = connected();
  printer.setFaults({ wrongIds: true }, 0);
  assert.equal(sent(printer.receive(job(1, "0001"), 0).effects), "37 22 31 31 31 32 00");
  printer.setFaults({ wrongIds: false, garbage: "JOB OK\r\n" }, 0);
  assert.equal(
    sent(printer.receive(job(1, "0001"), 0).effects),
    "4a 4f 42 20 4f 4b 0d 0a 37 22 30 30 30 31 00",
  );
  printer.setFaults({ mute: true }, 0);
  const { effects } = printer.receive(job(1, "0001"), 0);
  assert.equal(sent(effects), "");
  assert.equal(papers(effects).length, 1, "it prints all the same");
});

test("the drawer opens in buffer order, or at once in real time unless switched off", () => {
  const printer = connected({ settings: { dotsPerSecond: 300 } });
  const drawers = (effects: readonly Effect[]): string[] =>
    effects.flatMap((effect) => (effect.kind === "drawer" ? [effect.pin] : []));
  assert.deepEqual(
    drawers(printer.receive(Buffer.from("a\n\u001Bp\u0000\u0019\u00FA", "latin1"), 0).effects),
    [],
  );
  assert.deepEqual(drawers(printer.advance(100)), ["pin2"]);
  assert.deepEqual(drawers(printer.receive(hex("10 14 01 01 02"), 101).effects), ["pin5"]);
  printer.receive(hex("1d 28 44 03 00 14 01 00"), 102);
  assert.deepEqual(drawers(printer.receive(hex("10 14 01 01 02"), 103).effects), []);
  printer.receive(hex("1b 40"), 104);
  assert.deepEqual(drawers(printer.receive(hex("10 14 01 01 02"), 105).effects), ["pin5"]);
});

test("a roll that runs down reports near-end first", () => {
  const printer = connected({ conditions: { rollDots: 160 }, settings: { nearEndDots: 100 } });
  printer.receive(hex("1d 61 08"), 0);
  const { effects } = printer.receive(Buffer.from(lines(6)), 1);
  assert.equal(sent(effects), "10 00 03 0f 18 00 0f 0f");
});
