/** From bytes to paper: text, Chinese, sizes, pictures, codes, cuts; and what an unknown command leaves behind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import iconv from "iconv-lite";
import qrcode from "qrcode";
import { newModel, type NewModel } from "../../servers/printer/new-model.ts";
import { paperText, textLines, type Paper, type PaperElement } from "./paper.ts";
import { qrModules, qrVersion, type QrLevel } from "./qr-size.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const gb = (text: string): Buffer => iconv.encode(text, "gb18030");
const printed = (bytes: readonly Buffer[], options: NewModel = {}): Paper => {
  const printer = newModel(options);
  printer.connect(0);
  printer.receive(Buffer.concat(bytes), 0);
  return printer.hanging(0);
};
const only = <Kind extends PaperElement["kind"]>(
  paper: Paper,
  kind: Kind,
): Extract<PaperElement, { kind: Kind }> => {
  const found = paper.elements.filter((element) => element.kind === kind);
  assert.equal(found.length, 1, `one ${kind}`);
  return found[0] as Extract<PaperElement, { kind: Kind }>;
};

test("GB18030 text, two bytes a character, ￥ as A3 A4, and characters outside GB2312", () => {
  assert.equal(gb("￥").toString("hex"), "a3a4");
  const paper = printed([hex("1b 40 1c 26"), gb("应付 ￥128.50 喆镕囧\n")]);
  assert.equal(paperText(paper), "应付 ￥128.50 喆镕囧");
  assert.deepEqual(textLines(paper), [{ text: "应付 ￥128.50 喆镕囧", columns: 20 }]);
});

test("four-byte GB18030 on a printer that knows it, and what a GBK printer makes of it", () => {
  assert.equal(gb("\u00A5").toString("hex"), "81308436");
  const text = [hex("1c 26"), gb("\u00A5㐀\n")];
  assert.equal(paperText(printed(text)), "\u00A5㐀");
  const clone = paperText(printed([hex("1c 26"), gb("\u00A5128.50\n")], { profile: "clone" }));
  assert.match(clone, /^ 0 6128\.50$/);
});

test("Chinese mode decides what bytes above 0x80 are", () => {
  const epson = printed([gb("应\n")]);
  assert.equal(paperText(epson), iconv.decode(gb("应"), "cp437"));
  assert.equal(paperText(printed([gb("应\n")], { profile: "clone" })), "应");
  const left = printed([hex("1c 26"), gb("应"), hex("1c 2e 1b 74 10 e9 1b 74 01 95 95 0a")]);
  assert.equal(paperText(left), "应é──");
  assert.equal(paperText(printed([hex("1b 52 0f"), Buffer.from("$5\n")])), "¥5");
});

test("size, emphasis, underline, invert and justification of a run", () => {
  const paper = printed([
    hex("1b 40 1c 26 1b 61 01 1d 21 11 1b 45 01 1b 2d 02 1d 42 01"),
    gb("出A\n"),
  ]);
  const { pieces, height } = only(paper, "line");
  const style = { font: "A", wide: 2, tall: 2, bold: true, underline: 2, invert: true };
  const common = { kind: "text", height: 48, style };
  assert.deepEqual(pieces, [
    { ...common, x: 252, text: "出", cell: 48, chinese: true },
    { ...common, x: 300, text: "A", cell: 24, chinese: false },
  ]);
  assert.equal(height, 48);
});

test("FS ! and FS W size only Chinese, FS S spaces it", () => {
  const paper = printed([hex("1c 26 1c 21 0c 1c 53 02 04"), gb("出A\n")]);
  const { pieces } = only(paper, "line");
  assert.deepEqual(
    pieces.map((piece) => (piece.kind === "text" ? [piece.x, piece.cell, piece.height] : [])),
    [
      [4, 60, 48],
      [60, 12, 24],
    ],
  );
});

test("a line wraps at the edge of the print area: 48 columns on 80 mm, 32 on 58 mm, less with margins", () => {
  const text = Buffer.from(`${"x".repeat(50)}\n`);
  const widths = (paper: Paper): number[] => textLines(paper).map((line) => line.text.length);
  assert.deepEqual(widths(printed([text])), [48, 2]);
  assert.deepEqual(widths(printed([text], { paperMm: 58 })), [32, 18]);
  const margins = textLines(
    printed([hex("1d 4c 18 00 1d 57 78 00"), Buffer.from("x".repeat(12)), hex("0a")]),
  );
  assert.deepEqual(margins, [
    { text: `  ${"x".repeat(10)}`, columns: 12 },
    { text: "  xx", columns: 4 },
  ]);
});

test("absolute position puts the amount where it belongs", () => {
  const paper = printed([hex("1c 26"), gb("合计"), hex("1b 24 e0 01"), gb("9.90\n")]);
  assert.equal(paperText(paper), `合计${" ".repeat(36)}9.90`);
});

test("raster: bits, scale, justification, and bands that are one picture again", () => {
  const rows = Buffer.alloc(2 * 150, 0xa5);
  const paper = printed([hex("1b 61 02 1d 76 30 03 02 00 96 00"), rows]);
  const image = only(paper, "image");
  assert.deepEqual([image.x, image.scaleX, image.scaleY, image.height], [576 - 32, 2, 2, 300]);
  assert.deepEqual([image.bitmap.width, image.bitmap.height], [16, 150]);
  assert.deepEqual(Buffer.from(image.bitmap.bits), rows);
});

test("GS ( L and GS 8 L store a picture and print it", () => {
  const stored = "30 70 30 01 01 31 08 00 02 00 ff 81";
  for (const store of [`1d 28 4c 0c 00 ${stored}`, `1d 38 4c 0c 00 00 00 ${stored}`]) {
    const image = only(printed([hex(`${store} 1d 28 4c 02 00 30 32`)]), "image");
    assert.deepEqual([...image.bitmap.bits], [0xff, 0x81]);
  }
});

test("QR: data, module size and level as sent; placed by its true size", () => {
  const data = Buffer.from("https://chupiao.example/r/1?x=出");
  const store = Buffer.concat([
    Buffer.from([0x1d, 0x28, 0x6b, data.length + 3, 0, 0x31, 0x50, 0x30]),
    data,
  ]);
  const paper = printed([
    hex("1b 61 01 1d 28 6b 04 00 31 41 32 00 1d 28 6b 03 00 31 43 06 1d 28 6b 03 00 31 45 31"),
    store,
    hex("1d 28 6b 03 00 31 51 30"),
  ]);
  const qr = only(paper, "qr");
  assert.equal(qr.data, data.toString());
  assert.deepEqual([qr.module, qr.level, qr.version, qr.height], [6, "M", 3, 29 * 6]);
  assert.equal(qr.x, (576 - 29 * 6) / 2);
});

test("QR versions agree with an encoder that draws them", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 900 }),
      fc.constantFrom<QrLevel>("L", "M", "Q", "H"),
      (length, errorCorrectionLevel) => {
        const data = new Uint8ClampedArray(length).fill(0xe9);
        const drawn = qrcode.create([{ data, mode: "byte" }], { errorCorrectionLevel });
        const version = qrVersion(length, errorCorrectionLevel);
        assert.equal(version, drawn.version);
        assert.equal(qrModules(version ?? 0), drawn.modules.size);
      },
    ),
    { numRuns: 100 },
  );
  assert.equal(qrVersion(2953, "L"), 40);
  assert.equal(qrVersion(2954, "L"), null);
});

test("CODE128 with its code set switches, and the old form that ends at NUL", () => {
  const paper = printed([
    hex("1d 68 50 1d 77 02 1d 48 02 1d 6b 49 0a 7b 42 54 2d"),
    hex("7b 43 0c 22 38 63"),
  ]);
  const barcode = only(paper, "barcode");
  assert.deepEqual(
    [barcode.symbology, barcode.data, barcode.barHeight, barcode.caption],
    ["CODE128", "T-12345699", 80, "below"],
  );
  const old = only(printed([hex("1d 6b 04 41 42 31 00")]), "barcode");
  assert.deepEqual([old.symbology, old.data], ["CODE39", "AB1"]);
});

test("a cut without feeding leaves the last lines on the next paper; with feeding it doesn't", () => {
  const cutAfter = (cut: string): string[] => {
    const printer = newModel();
    printer.connect(0);
    const bytes = Buffer.concat([Buffer.from("1\n2\n3\n4\n5\n6\n"), hex(cut)]);
    const { effects } = printer.receive(bytes, 0);
    const [paper] = effects.flatMap((effect) => (effect.kind === "paper" ? [effect.paper] : []));
    return [paper ? paperText(paper) : "none", paperText(printer.hanging(0))];
  };
  assert.deepEqual(cutAfter("1d 56 00"), ["1\n2", "3\n4\n5\n6"]);
  assert.deepEqual(cutAfter("1d 56 42 00"), ["1\n2\n3\n4\n5\n6", ""]);
  assert.deepEqual(cutAfter("41 1d 56 42 00"), ["none", "1\n2\n3\n4\n5\n6"], "only at line start");
});

test("papers are numbered; without a blade a person tears them at the next job or when the host leaves", () => {
  const printer = newModel({ paperMm: 58, traits: { cutter: false }, nextPaper: 8 });
  printer.connect(0);
  const job = Buffer.concat([hex("1b 40"), Buffer.from("job\n"), hex("1d 56 42 00")]);
  const effects = [
    ...printer.receive(job, 1).effects,
    ...printer.receive(job, 2).effects,
    ...printer.disconnect(3),
  ];
  const papers = effects.flatMap((effect) => (effect.kind === "paper" ? [effect.paper] : []));
  assert.deepEqual(
    papers.map((paper) => [paper.n, paper.end, paperText(paper)]),
    [
      [8, "torn", "job"],
      [9, "torn", "job"],
    ],
  );
});

test("a clone leaks GS ( H and GS g 2 onto the paper; an Epson swallows what it doesn't know", () => {
  const clone = (bytes: string): string => paperText(printed([hex(bytes)], { profile: "clone" }));
  assert.equal(clone("1d 28 48 06 00 30 30 41 42 43 44 0a"), "00ABCD");
  assert.equal(clone("1d 67 32 00 32 00 0a"), "22");
  assert.equal(clone("1d 28 4c 02 00 30 32 0a"), "02");
  assert.equal(paperText(printed([hex("1d 28 58 02 00 30 32 41 0a")])), "A");
  const asked = printed([hex("1d 67 32 00 32 00 0a")], {
    profile: "clone",
    traits: { counters: "yes" },
  });
  assert.equal(paperText(asked), "");
});

test("commands that do nothing here leave nothing on the paper", () => {
  const silent =
    "1b 33 1e 1b 32 1b 20 00 1b 4d 00 1b 25 00 1b 72 00 1b 7b 00 1b 56 00 1b 63 35 00 1b 3d 01 " +
    "1c 53 00 00 1c 43 00 1c 57 00 1c 2d 00 1d 42 00 1d 50 cb cb 1d 62 00 1d 54 00 1d 66 00 " +
    "10 04 01 10 05 01 10 14 01 00 01 1b 28 41 02 00 30 31 1c 28 41 02 00 30 31 1b 44 08 10 00 0a";
  assert.equal(textLines(printed([hex(silent)])).length, 0);
});

test("page mode prints all at FF and nothing when cancelled", () => {
  const enter = "1b 4c 1b 57 00 00 00 00 40 02 c8 00 1b 54 00";
  assert.equal(paperText(printed([hex(enter), Buffer.from("a\nb\n")])), "");
  assert.equal(paperText(printed([hex(enter), Buffer.from("a\nb\f")])), "a\nb");
  assert.equal(paperText(printed([hex(enter), Buffer.from("a\n\u0018b\f")])), "b");
  assert.equal(
    paperText(printed([hex(enter), Buffer.from("a\n"), hex("1b 53"), Buffer.from("c\n")])),
    "c",
  );
});

/** Pieces of jobs, whole and broken, as they may come over a wire. */
const piece: fc.Arbitrary<Buffer> = fc.oneof(
  fc.string({ maxLength: 60 }).map((text) => gb(text)),
  fc.constantFrom("应付￥1", "喆㐀\u00A5", "龘镕").map((text) => gb(text)),
  fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      "0a",
      "1b 40",
      "1c 26",
      "1c 2e",
      "1d 21 11",
      "1d 21 00",
      "1b 61 01",
      "1b 45 01",
      "1b 64 03",
      "1d 56 42 00",
      "10 04 01",
      "10 04 04",
      "10 05 02",
      "10 14 08 01 03 14 01 06 02 08",
      "1d 72 01",
      "1b 24 80 00",
      "1d 61 ff",
      "1d 76 30 00 02 00 03 00 10 04 01 81 99 10",
      "1d 28 48 06 00 30 30 41 42 43 44",
      "1d 28 6b 05 00 31 50 30 61 62",
      "1d 28 6b 03 00 31 51 30",
      "1d 6b 49 04 7b 42 31 32",
      "1b 4c",
      "0c",
      "1b 2a 00 03 00 01 02 03",
    )
    .map(hex),
);

test("the same bytes give the same papers and answers, however they are cut into chunks", () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      fc.constantFrom("epson" as const, "clone" as const),
      (pieces, sizes, profile) => {
        const bytes = Buffer.concat(pieces);
        const run = (chunks: readonly Uint8Array[]): unknown => {
          const printer = newModel({ profile });
          printer.connect(0);
          const effects = chunks.flatMap((chunk) => printer.receive(chunk, 0).effects);
          const answers = effects.flatMap((effect) =>
            effect.kind === "send" ? [...effect.bytes] : [],
          );
          const papers = effects.flatMap((effect) =>
            effect.kind === "paper" ? [effect.paper] : [],
          );
          return { answers, papers, hanging: printer.hanging(0) };
        };
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < bytes.length;) {
          const size = sizes.next().value;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        assert.deepEqual(run(chunks), run([bytes]));
      },
    ),
    { numRuns: 300 },
  );
});
