/** Every status byte of the makers' tables, byte by byte. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newModel, type NewModel } from "../../servers/printer/new-model.ts";
import type { Conditions } from "./conditions.ts";
import type { Effect, PrinterModel } from "./printer.ts";

const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const sent = (effects: readonly Effect[]): string =>
  effects
    .flatMap((effect) =>
      effect.kind === "send" ? [Buffer.from(effect.bytes).toString("hex")] : [],
    )
    .join("");
const spaced = (text: string): string => text.replaceAll(/(..)(?=.)/g, "$1 ");
const ask = (printer: PrinterModel, bytes: string, nowMs = 0): string =>
  spaced(sent(printer.receive(hex(bytes), nowMs).effects));
const connected = (options: NewModel = {}): PrinterModel => {
  const printer = newModel(options);
  printer.connect(0);
  return printer;
};
/** A printer whose cutter has failed at a cut. */
const withCutterError = (): PrinterModel => {
  const printer = connected({ conditions: { cutter: "jammed" } });
  printer.receive(hex("1d 56 42 00"), 0);
  return printer;
};

const REALTIME: readonly (readonly [what: string, Partial<Conditions>, n1234: string])[] = [
  ["all well", {}, "12 12 12 12"],
  ["drawer pin 3 high", { drawer: "open" }, "16 12 12 12"],
  ["cover open", { cover: "open" }, "1a 16 12 12"],
  ["cover open and drawer high", { cover: "open", drawer: "open" }, "1e 16 12 12"],
  ["paper out", { paper: "out" }, "1a 32 12 72"],
  ["paper out on a roll that ran down", { paper: "out", rollDots: 0 }, "1a 32 12 7e"],
  ["near end", { paper: "near_end" }, "12 12 12 1e"],
  ["head hot", { head: "hot" }, "1a 52 52 12"],
  ["mechanical error", { mechanism: "error" }, "1a 52 16 12"],
  ["unrecoverable error", { mechanism: "broken" }, "1a 52 32 12"],
  ["FEED pressed", { feedButton: "down" }, "5a 1a 12 12"],
];

test("DLE EOT 1-4", () => {
  for (const [what, conditions, expected] of REALTIME) {
    const printer = connected({ conditions });
    const answers = [1, 2, 3, 4].map((n) => ask(printer, `10 04 0${n}`)).join(" ");
    assert.equal(answers, expected, what);
  }
  const printer = withCutterError();
  assert.equal(ask(printer, "10 04 01 10 04 02 10 04 03 10 04 04"), "1a 52 1a 12");
});

test("every answer of DLE EOT has the pattern 0xx1xx10", () => {
  for (const [what, conditions] of REALTIME) {
    const printer = connected({ conditions });
    for (const n of [1, 2, 3, 4]) {
      const byte = Number.parseInt(ask(printer, `10 04 0${n}`), 16);
      assert.equal(byte & 0x93, 0x12, what);
    }
  }
});

test("waiting for online recovery shows in DLE EOT 1 until FEED is pressed", () => {
  const printer = connected({ settings: { resumeNeedsFeed: true }, conditions: { paper: "out" } });
  printer.set({ paper: "ok" }, 1);
  assert.equal(ask(printer, "10 04 01"), "3a");
  assert.equal(ask(printer, "10 04 04"), "12");
  printer.set({ feedButton: "down" }, 2);
  printer.set({ feedButton: "up" }, 3);
  assert.equal(ask(printer, "10 04 01"), "12");
});

const AUTOMATIC: readonly (readonly [what: string, Partial<Conditions>, bytes: string])[] = [
  ["drawer", { drawer: "open" }, "14 00 00 0f"],
  ["cover", { cover: "open" }, "38 00 00 0f"],
  ["paper out", { paper: "out" }, "18 00 0c 0f"],
  ["paper out on a roll that ran down", { paper: "out", rollDots: 0 }, "18 00 0f 0f"],
  ["near end", { paper: "near_end" }, "10 00 03 0f"],
  ["head hot", { head: "hot" }, "18 40 00 0f"],
  ["mechanical", { mechanism: "error" }, "18 04 00 0f"],
  ["unrecoverable", { mechanism: "broken" }, "18 20 00 0f"],
  ["FEED", { feedButton: "down" }, "58 02 00 0f"],
];

test("GS a sends four bytes at once and again at every change", () => {
  for (const [what, conditions, expected] of AUTOMATIC) {
    const printer = connected();
    assert.equal(ask(printer, "1d 61 ff"), "10 00 00 0f");
    assert.equal(spaced(sent(printer.set(conditions, 1))), expected, what);
  }
  const printer = connected({ conditions: { cutter: "jammed" } });
  assert.equal(ask(printer, "1d 61 ff 1d 56 42 00"), "10 00 00 0f 18 08 00 0f");
});

test("GS a watches only what it was asked to watch, and 0 ends it", () => {
  const items: readonly (readonly [item: string, Partial<Conditions>])[] = [
    ["01", { drawer: "open" }],
    ["02", { cover: "open" }],
    ["04", { head: "hot" }],
    ["08", { paper: "near_end" }],
    ["40", { feedButton: "down" }],
  ];
  for (const [item, change] of items) {
    const watching = connected();
    ask(watching, `1d 61 ${item}`);
    assert.notEqual(sent(watching.set(change, 1)), "", `item ${item} reports its own change`);
    for (const [, other] of items.filter(([name]) => name !== item && name !== "02")) {
      const printer = connected();
      ask(printer, `1d 61 ${item}`);
      const offline = item === "02" && "feedButton" in other;
      const error = item === "02" && "head" in other;
      if (!offline && !error) assert.equal(sent(printer.set(other, 1)), "", `${item} is not asked`);
    }
    ask(watching, "1d 61 00");
    assert.equal(sent(watching.set({ drawer: "open", cover: "open" }, 2)), "");
  }
});

test("ESC @ and power switch automatic status off; a setting keeps it over ESC @", () => {
  const printer = connected();
  ask(printer, "1d 61 ff 1b 40");
  assert.equal(sent(printer.set({ cover: "open" }, 1)), "");
  const keeping = connected({ settings: { initEndsAutomaticStatus: false } });
  ask(keeping, "1d 61 ff 1b 40");
  assert.equal(spaced(sent(keeping.set({ cover: "open" }, 1))), "38 00 00 0f");
  keeping.set({ power: "off" }, 2);
  keeping.set({ power: "on", cover: "closed" }, 3);
  keeping.connect(3);
  assert.equal(sent(keeping.set({ cover: "open" }, 4)), "");
});

test("GS r and ESC v answer in buffer order, and not while offline", () => {
  assert.equal(ask(connected(), "1d 72 01 1d 72 31 1d 72 02 1b 76"), "00 00 00 00");
  const low = connected({ conditions: { paper: "near_end", drawer: "open" } });
  assert.equal(ask(low, "1d 72 01 1d 72 02 1b 76 1b 75 00"), "03 01 03 01");
  const out = connected({ conditions: { paper: "out" } });
  assert.equal(ask(out, "1d 72 01"), "");
  assert.equal(spaced(sent(out.set({ paper: "near_end" }, 5))), "03");
});

test("GS I tells model, type, ROM, firmware, maker, model, serial number and fonts", () => {
  const printer = connected();
  const text = (bytes: string): string => Buffer.from(hex(bytes)).toString("latin1");
  assert.equal(ask(printer, "1d 49 01 1d 49 02 1d 49 03"), "20 03 05");
  assert.equal(text(ask(printer, "1d 49 41")), "_30.51 ESC/POS\0");
  assert.equal(text(ask(printer, "1d 49 42")), "_EPSON\0");
  assert.equal(text(ask(printer, "1d 49 43")), "_TM-T88VI\0");
  assert.equal(text(ask(printer, "1d 49 44")), "_SANDBOX001\0");
  assert.equal(text(ask(printer, "1d 49 45")), "_GB18030\0");
});

test("GS g 2 counts lines and cuts; GS g 0 resets only what can be reset", () => {
  const printer = connected({ totals: { lines: 7, cuts: 3 } });
  const count = (number: string): string => {
    const answer = Buffer.from(hex(ask(printer, `1d 67 32 00 ${number} 00`)));
    assert.equal(answer[0], 0x5f);
    assert.equal(answer.at(-1), 0x00);
    return answer.subarray(1, -1).toString();
  };
  ask(printer, "41 0a 42 0a 1d 56 42 00");
  assert.deepEqual(["14", "94", "32", "b2", "15", "95"].map(count), ["9", "9", "4", "4", "9", "9"]);
  ask(printer, "1d 67 30 00 32 00 1d 67 30 00 b2 00");
  assert.deepEqual(["32", "b2"].map(count), ["0", "4"]);
  printer.set({ power: "off" }, 1);
  printer.set({ power: "on" }, 2);
  printer.connect(2);
  assert.equal(count("b2"), "4", "counters outlive the power");
  assert.equal(ask(printer, "1d 67 32 00 07 00"), "", "a number that isn't counted has no answer");
});

test("the QR size query answers 37 36 width 1F height 1F 31 1F 30 00", () => {
  const printer = connected();
  ask(printer, "1d 28 6b 03 00 31 43 04 1d 28 6b 05 00 31 50 30 61 62");
  const answer = ask(printer, "1d 28 6b 03 00 31 52 30");
  assert.equal(answer, "37 36 38 34 1f 38 34 1f 31 1f 30 00", "21 modules of 4 dots");
});

test("GS ( H 49 tells when the printer goes offline, with the cause if asked", () => {
  const plain = connected();
  assert.equal(ask(plain, "1d 28 48 03 00 31 30 31"), "");
  assert.equal(spaced(sent(plain.set({ paper: "out" }, 1))), "37 23 00");
  const caused = connected();
  ask(caused, "1d 28 48 03 00 31 30 02");
  assert.equal(spaced(sent(caused.set({ cover: "open" }, 1))), "37 23 41 40 40 40 40 00");
  ask(caused, "1d 28 48 03 00 31 30 30");
  assert.equal(sent(caused.set({ cover: "closed" }, 2)), "");
  ask(caused, "1d 28 48 03 00 31 30 00");
  assert.equal(sent(caused.set({ cover: "open" }, 3)), "");
});

test("the mute profile answers nothing and leaks no status command", () => {
  const printer = connected({ profile: "mute" });
  const asked = "10 04 01 10 04 04 1d 72 01 1b 76 1d 61 ff 1d 49 42 10 14 08 01 03 14 01 06 02 08";
  assert.equal(ask(printer, asked), "");
  assert.equal(printer.hanging(0).elements.length, 0);
});
