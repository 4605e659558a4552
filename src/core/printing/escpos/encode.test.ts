import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gb18030, gbk } from "../../../adapters/printer/gb18030.ts";
import { qrOf } from "../../../adapters/printer/qr.ts";
import { slipLines } from "../layout.ts";
import type { SlipLine } from "../layout-lines.ts";
import { profile58, profile80 } from "../profile.ts";
import type { PrinterProfile } from "../profile.ts";
import { sampleSlips } from "../samples.ts";
import { encodeSlip } from "./encode.ts";
import type { EncodeOptions, EncodedSlip } from "./encode.ts";
import { qrCells, rasterQr } from "./qr.ts";
import { readSlip } from "./read.ts";
import { realtimeAt } from "./realtime.ts";

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");

const encode = (
  lines: readonly SlipLine[],
  profile: PrinterProfile,
  options: EncodeOptions = {},
): EncodedSlip => {
  const { encodeText } = profile.gb18030 ? gb18030 : gbk;
  return encodeSlip(lines, profile, options, encodeText, qrOf);
};

const small: readonly SlipLine[] = [
  { kind: "text", text: "瑞福茶饮", align: "center", size: "double" },
  { kind: "pair", left: "金额", right: "￥1.50", size: "normal" },
  { kind: "qr", data: "HTTP" },
  { kind: "cut" },
];
const epson: PrinterProfile = { ...profile80, columns: 16, processId: true };

test("a small paper, byte for byte", () => {
  const { bytes, marker, lines, replaced } = encode(small, epson, { processId: "0047" });
  const expected = [
    "1B 40 1B 4D 00 1B 32 1C 26 1C 53 00 00", // initialise, font A, line spacing, Chinese on, no extra spacing
    "1B 61 01 1D 21 11 C8 F0 B8 A3 B2 E8 D2 FB 0A", // centred, double: 瑞福茶饮
    "1B 61 00 1D 21 00 BD F0 B6 EE 20 20 20 20 20 20 A3 A4 31 2E 35 30 0A", // 金额      ￥1.50
    "1B 61 01 1B 4A 18", // centred, white above the code
    "1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31", // model 2, 6 dots, level M
    "1D 28 6B 07 00 31 50 30 48 54 54 50 1D 28 6B 03 00 31 51 30 1B 4A 18", // store HTTP, print, white below
    "1D 28 48 06 00 30 30 30 30 34 37", // GS ( H: say 0047 when all of that is printed
    "1D 56 42 00", // feed to the cutter and cut
  ];
  assert.equal(hex(bytes), expected.join(" "));
  assert.deepEqual({ marker, replaced }, { marker: "process_id", replaced: [] });
  assert.equal(lines, Math.ceil(3 + ((21 + 8) * 6) / 30));
});

test("the process id stands behind the last printed line, the in-order status behind everything", () => {
  const lines = slipLines(
    { slip: sampleSlips.receipt, holder: "customer", mark: { kind: "original" } },
    profile80,
  );
  const withId = encode(lines, { ...profile80, processId: true }, { processId: "~ A9" });
  assert.match(hex(withId.bytes), /0A 1D 28 48 06 00 30 30 7E 20 41 39 1D 56 42 00$/);
  const inOrder = encode(lines, profile80, { processId: "0001" });
  assert.match(hex(inOrder.bytes), /0A 1D 56 42 00 1D 72 01$/);
  assert.equal(inOrder.marker, "in_order");
  const mute = encode(lines, { ...profile80, inOrderStatus: false }, { processId: "0001" });
  assert.match(hex(mute.bytes), /0A 1D 56 42 00$/);
  assert.equal(mute.marker, "none");
  assert.throws(() => encode(small, epson, { processId: "1" }), /four printable/);
  assert.throws(() => encode(lines, { ...profile80, columns: 32 }), /laid out for the printer/);
});

test("paper without a cutter is fed out to tear off, with the id before the feed", () => {
  const lines = slipLines(
    { slip: sampleSlips.test, holder: "merchant", mark: { kind: "original" } },
    profile58,
  );
  const { bytes } = encode(lines, { ...profile58, processId: true }, { processId: "0001" });
  assert.match(hex(bytes), /0A 1D 28 48 06 00 30 30 30 30 30 31 1B 64 04$/);
});

test("automatic status is switched on again where it is used, and never off", () => {
  for (const automaticStatus of [true, false]) {
    const { bytes } = encode(small, { ...epson, automaticStatus });
    assert.equal(hex(bytes).includes("1D 61 0E"), automaticStatus);
    assert.equal(readSlip(bytes, gbk.decodeText).statusOff, false);
  }
});

test("¥ never leaves; rare characters go as the printer's font has them, or as 〓 and are named", () => {
  const line: SlipLine = {
    kind: "text",
    text: "喆龘㐀𠮷🍎🍎\ue000",
    align: "left",
    size: "normal",
  };
  const onGbk = encode([line], profile80);
  assert.ok(hex(onGbk.bytes).includes("86 B4 FD 93 A1 FE A1 FE A1 FE A1 FE A1 FE 0A"));
  assert.deepEqual(onGbk.replaced, ["㐀", "𠮷", "🍎", "\ue000"]);
  const onGb18030 = encode([line], { ...profile80, gb18030: true });
  assert.ok(hex(onGb18030.bytes).includes("86 B4 FD 93 81 39 EE 39 A1 FE A1 FE A1 FE A1 FE 0A"));
  assert.deepEqual(onGb18030.replaced, ["𠮷", "🍎", "\ue000"]);
});

test("a code that we draw is the symbol itself, dot for dot, in bands of at most 255 rows", () => {
  for (const length of [1, 45, 300]) {
    const symbol = qrOf("A".repeat(length));
    assert.equal(symbol.size, qrCells(length));
    for (const dots of [384, 576]) {
      const rows = drawn(rasterQr(symbol, dots));
      const cell = rows.length / symbol.size;
      assert.ok(cell >= 3 && symbol.size * cell + 8 <= dots, `${length} bytes on ${dots} dots`);
      for (const [y, row] of rows.entries()) {
        for (let x = 0; x < symbol.size * cell; x += 1) {
          const isDark = symbol.isDark(Math.floor(y / cell), Math.floor(x / cell));
          assert.equal(row[x], isDark, `dot ${x}, ${y}`);
        }
      }
    }
  }
});

test("printers that can't draw codes get the picture", () => {
  const { bytes } = encode(small, { ...epson, nativeQr: false });
  const read = readSlip(bytes, gbk.decodeText);
  assert.deepEqual([read.rasterBands, read.qr.length, read.unreadableAt], [1, 0, null]);
});

test("no picture of cells holds a real-time command, whatever the cells", () => {
  const cells = fc.array(fc.boolean(), { minLength: 21 * 21, maxLength: 21 * 21 });
  fc.assert(
    fc.property(cells, fc.integer({ min: 140, max: 576 }), (dark, dots) => {
      const symbol = {
        size: 21,
        isDark: (row: number, column: number) => dark[row * 21 + column] === true,
      };
      assert.equal(realtimeAt(rasterQr(symbol, dots)), -1);
    }),
  );
});

test("real-time commands are found wherever they stand", () => {
  assert.equal(realtimeAt(Uint8Array.of(1, 0x10, 0x04, 1)), 1);
  assert.equal(realtimeAt(Uint8Array.of(0x10, 0x10, 0x05)), 1);
  assert.equal(realtimeAt(Uint8Array.of(0x10, 0x14)), 0);
  assert.equal(realtimeAt(Uint8Array.of(0x10, 0x03, 0x04, 0x10)), -1);
});

/** Dots of the raster bands, true for dark. */
function drawn(bytes: Uint8Array): boolean[][] {
  const rows: boolean[][] = [];
  let at = 0;
  while (at < bytes.length) {
    assert.deepEqual([...bytes.subarray(at, at + 4)], [0x1d, 0x76, 0x30, 0]);
    const width = (bytes[at + 4] ?? 0) + 256 * (bytes[at + 5] ?? 0);
    const height = bytes[at + 6] ?? 0;
    assert.ok(height <= 255 && bytes[at + 7] === 0);
    at += 8;
    for (let row = 0; row < height; row += 1) {
      const line = bytes.subarray(at, at + width);
      rows.push(
        Array.from(
          { length: width * 8 },
          (_, x) => ((line[x >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0,
        ),
      );
      at += width;
    }
  }
  return rows;
}
