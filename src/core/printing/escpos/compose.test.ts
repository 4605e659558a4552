import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gb18030, gbk } from "../../../adapters/printer/gb18030.ts";
import { qrOf } from "../../../adapters/printer/qr.ts";
import { fen } from "../../money/money.ts";
import type { CopyMark, Slip } from "../job.ts";
import { slipLines } from "../layout.ts";
import type { SlipLine } from "../layout-lines.ts";
import type { PaperOf } from "../layout.ts";
import { profile58, profile80 } from "../profile.ts";
import type { PrinterProfile } from "../profile.ts";
import { sampleContent, sampleSlips } from "../samples.ts";
import { missingOnPaper } from "./check.ts";
import { composeSlip } from "./compose.ts";
import { encodeSlip } from "./encode.ts";
import { realtimeAt } from "./realtime.ts";
import { readSlip } from "./read.ts";

const tools = { ...gbk, qrOf };
const customer = (slip: Slip, mark: CopyMark = { kind: "original" }): PaperOf => ({
  slip,
  holder: "customer",
  mark,
});

const profiles: readonly PrinterProfile[] = [
  profile58,
  profile80,
  { ...profile80, columns: 42, dots: 512, nativeQr: false, processId: true, automaticStatus: true },
];

test("every slip, holder, mark, language and printer passes its own check", () => {
  const marks: readonly CopyMark[] = [
    { kind: "original" },
    { kind: "replacement", count: 12 },
    { kind: "replacement", count: 12, atMs: 0, operatorNo: "A-07" },
    { kind: "reprint", count: 1, atMs: 0, operatorNo: "A-07" },
  ];
  for (const slip of Object.values(sampleSlips)) {
    for (const profile of profiles) {
      for (const mark of marks) {
        for (const holder of ["customer", "merchant"] as const) {
          for (const language of ["zh", "en"] as const) {
            const options = { processId: "0001", language };
            const composed = composeSlip({ slip, holder, mark }, profile, options, tools);
            assert.equal(composed.kind, "composed", JSON.stringify([slip.kind, mark, composed]));
          }
        }
      }
    }
  }
});

/** The bytes of a slip from which one line was taken out, or whose texts were changed. */
function spoilt(of: PaperOf, change: (lines: readonly SlipLine[]) => SlipLine[]): string[] {
  const lines = change(slipLines(of, profile58));
  const { bytes } = encodeSlip(lines, profile58, {}, gbk.encodeText, qrOf);
  return missingOnPaper(bytes, of, gbk.decodeText);
}
const holds = (line: SlipLine, part: string): boolean => JSON.stringify(line).includes(part);
const without = (part: string) => (lines: readonly SlipLine[]) =>
  lines.filter((line) => !holds(line, part));

test("what a paper must show and doesn't is named", () => {
  const of = customer(sampleSlips.receipt);
  assert.deepEqual(
    spoilt(of, (lines) => [...lines]),
    [],
  );
  assert.deepEqual(spoilt(of, without("￥128.50")), ["￥128.50"]);
  assert.deepEqual(spoilt(of, without("￥36.00")), ["￥18.00", "￥36.00"]);
  const copy = customer({ ...sampleSlips.receipt, refundedFen: fen(1234) });
  assert.deepEqual(spoilt(copy, without("已退款")), ["￥12.34"]);
  assert.deepEqual(spoilt(of, without("000481A7")), [sampleContent.orderNo]);
  assert.deepEqual(spoilt(of, without("T01-000481")), ["T01-000481"]);
  assert.deepEqual(spoilt(of, without("20260131220014")), [sampleContent.providerTradeNo]);
  assert.deepEqual(spoilt(of, without("收款小票")), ["收款小票"]);
  assert.deepEqual(spoilt(of, without("r.example.com")), [sampleContent.url]);
});

test("an amount in part, or torn over two lines, isn't on the paper", () => {
  const of = customer({ ...sampleSlips.reversal });
  const replace = (line: SlipLine, texts: readonly string[]): SlipLine[] =>
    holds(line, "￥128.50")
      ? texts.map((text) => ({ kind: "text", text, align: "left", size: "normal" }))
      : [line];
  for (const texts of [["￥128.5"], ["￥128.501"], ["￥12", "8.50"], ["128.50"], ["￥1128.50"]]) {
    const missing = spoilt(of, (lines) => lines.flatMap((line) => replace(line, texts)));
    assert.deepEqual(missing, ["￥128.50"], texts.join("/"));
  }
});

test("a mark at one end only isn't enough", () => {
  const demo = customer(
    { ...sampleSlips.pending, livemode: false },
    { kind: "replacement", count: 2 },
  );
  assert.deepEqual(
    spoilt(demo, (lines) => lines.toSpliced(1, 1)),
    ["** 补打 第2次 **"],
  );
  assert.deepEqual(
    spoilt(demo, (lines) => lines.toSpliced(2, 1)),
    ["演示 · 非真实交易"],
  );
});

test("bytes that a printer would act on at once, or that nobody knows, are refused", () => {
  const of = customer(sampleSlips.test);
  const { bytes } = encodeSlip(slipLines(of, profile58), profile58, {}, gbk.encodeText, qrOf);
  const plus = (...more: number[]): string[] =>
    missingOnPaper(Uint8Array.from([...bytes, ...more]), of, gbk.decodeText);
  const end = bytes.length;
  assert.deepEqual(plus(), []);
  assert.deepEqual(plus(0x10, 0x04, 0x01), [
    `a real-time command at byte ${end}`,
    `an unknown command at byte ${end}`,
  ]);
  assert.deepEqual(plus(0x1b, 0x70, 0, 25, 250), [`an unknown command at byte ${end}`]);
  assert.deepEqual(plus(0x1d, 0x61, 0x00), ["automatic status would be switched off"]);
  assert.deepEqual(plus(0x1d, 0x76, 0x30, 0, 8, 0, 8, 0, 1), [`an unknown command at byte ${end}`]);
});

test("a number that the printer has no characters for refuses the print instead of printing another", () => {
  const content = { ...sampleContent, orderNo: "T01🍎1" };
  const composed = composeSlip(customer({ ...sampleSlips.receipt, content }), profile80, {}, tools);
  assert.deepEqual(composed, { kind: "refused", why: "not_on_paper", missing: ["T01🍎1"] });
});

test("an address that no QR of a receipt holds stands there as text, and is checked as such", () => {
  for (const url of [`https://r.example.com/${"a".repeat(300)}`, "https://例子.中国/r/k3"]) {
    const of = customer({ ...sampleSlips.receipt, content: { ...sampleContent, url } });
    const composed = composeSlip(of, profile58, {}, tools);
    assert.ok(composed.kind === "composed");
    const read = readSlip(composed.bytes, gbk.decodeText);
    assert.deepEqual(read.qr, []);
    assert.ok(read.lines.join("").includes(url));
    assert.deepEqual(spoilt(of, without(url.slice(8, 16))), [url]);
  }
});

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        "\u0010\u0004\u0001",
        "\u001b@",
        "\u001dV\u0000",
        "￥128.50",
        "¥9.99",
        "{a|b}\\",
        "龘㐀",
        "🍎",
      ),
      {
        maxLength: 30,
      },
    )
    .map((parts) => parts.join("")),
);

test("no name steers the printer, and none keeps a receipt from being printed", () => {
  fc.assert(
    fc.property(
      fc.array(hostile, { maxLength: 5 }),
      hostile,
      fc.constantFrom(...profiles),
      (names, shop, profile) => {
        const items = names.map((name, at) => ({
          name,
          quantity: at + 1,
          priceFen: fen(at * 100 + 5),
        }));
        const issuer = { ...sampleContent.issuer, merchantName: shop, address: shop };
        const content = { ...sampleContent, issuer, items, operator: { no: "01", name: shop } };
        const charset = profile.gb18030 ? gb18030 : gbk;
        const options = { processId: "0001" };
        const of = customer({ ...sampleSlips.receipt, content });
        const composed = composeSlip(of, profile, options, { ...charset, qrOf });
        assert.ok(composed.kind === "composed", JSON.stringify(composed));
        assert.equal(realtimeAt(composed.bytes), -1);
        const read = readSlip(composed.bytes, charset.decodeText);
        assert.equal(read.unreadableAt, null);
        assert.equal(read.processId, profile.processId ? "0001" : null);
        assert.equal(read.inOrderStatus, !profile.processId);
        assert.equal(read.cut, profile.cutter);
      },
    ),
    { numRuns: 200 },
  );
});

test("the same job gives the same bytes", () => {
  const of = customer(sampleSlips.receipt);
  assert.deepEqual(composeSlip(of, profile80, {}, tools), composeSlip(of, profile80, {}, tools));
});
