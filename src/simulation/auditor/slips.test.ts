/** The auditor reads what the real layout puts on paper: every slip, both widths, both languages, whole or broken off. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CopyMark, Holder, Slip as PrintedSlip } from "../../core/printing/job.ts";
import { slipLines } from "../../core/printing/layout.ts";
import { profile58, profile80 } from "../../core/printing/profile.ts";
import { sampleAtMs, sampleContent, sampleSlips } from "../../core/printing/samples.ts";
import type { Language } from "../../core/text/text.ts";
import { paper } from "./history.ts";
import { paperKey, slipsOf } from "./slips.ts";

const original: CopyMark = { kind: "original" };
const replacement: CopyMark = {
  kind: "replacement",
  count: 1,
  atMs: sampleAtMs,
  operatorNo: "01",
};
const reprint: CopyMark = { kind: "reprint", count: 2, atMs: sampleAtMs, operatorNo: "01" };

function linesOf(
  slip: PrintedSlip,
  mark: CopyMark = original,
  { columns = profile80.columns, holder = "customer" as Holder, language = "zh" as Language } = {},
): string[] {
  return slipLines({ slip, holder, mark }, { columns, cutter: true }, language).flatMap((line) => {
    if (line.kind === "pair") return [`${line.left}  ${line.right}`];
    if (line.kind === "text") return [`   ${line.text}`];
    return line.kind === "qr" ? [`[QR ${line.data}]`] : [];
  });
}

const read = (...papers: readonly (readonly string[])[]) =>
  slipsOf(papers.map((lines, at) => paper(at + 1, lines)));
const demo = { ...sampleSlips.receipt, content: { ...sampleContent, livemode: false } };

for (const columns of [profile80.columns, profile58.columns])
  for (const language of ["zh", "en"] as const)
    describe(`${columns} columns, ${language}`, () => {
      for (const receipt of [sampleSlips.receipt, demo])
        for (const mark of [original, replacement, reprint])
          test(`a receipt, ${mark.kind}, livemode ${receipt.content.livemode}`, () => {
            const [slip, ...rest] = read(linesOf(receipt, mark, { columns, language }));
            assert.deepEqual(rest, []);
            assert.deepEqual(slip, {
              kind: "receipt",
              holder: "customer",
              marked: mark.kind !== "original",
              number: "T01-000481",
              amountFen: 12_850,
              whole: true,
              printerId: "P1",
              atMs: 3_000,
            });
          });
    });

for (const columns of [profile80.columns, profile58.columns])
  test(`the other slips, ${columns} columns`, () => {
    const keys = (["refund", "reversal", "pending", "day", "case", "test"] as const).map((kind) => {
      const slips = read(linesOf(sampleSlips[kind], original, { columns }));
      assert.equal(slips.length, 1, kind);
      return slips[0] === undefined ? null : paperKey(slips[0]);
    });
    assert.deepEqual(keys, [
      "refund R20260131000012 customer",
      `reversal ${sampleContent.orderNo} customer`,
      `pending ${sampleContent.orderNo} customer`,
      null,
      null,
      null,
    ]);
  });

test("the foot of a marked paper says nothing about the next one", () => {
  for (const marked of [sampleSlips.refund, sampleSlips.reversal, demo]) {
    const slips = read(linesOf(marked, replacement), linesOf(demo));
    assert.deepEqual(
      slips.map((slip) => slip.marked),
      [true, false],
      marked.kind,
    );
  }
});

test("the merchant's paper is another one", () => {
  const lines = linesOf(sampleSlips.receipt, original, { holder: "merchant" });
  assert.equal(read(lines)[0]?.holder, "merchant");
});

describe("on one paper", () => {
  for (const receipt of [sampleSlips.receipt, demo]) {
    const whole = linesOf(receipt);
    const copy = linesOf(receipt, replacement);
    const marks = (lines: readonly string[]) => read(lines).map((slip) => slip.marked);

    test(`a half original, then its copy; livemode ${receipt.content.livemode}`, () => {
      for (let left = 5; left < whole.length; left += 1)
        assert.deepEqual(marks([...whole.slice(0, left), ...copy]), [false, true], `${left}`);
    });

    test(`a half copy, then an original; livemode ${receipt.content.livemode}`, () => {
      for (let left = 7; left < copy.length - 3; left += 1)
        assert.deepEqual(marks([...copy.slice(0, left), ...whole]), [true, false], `${left}`);
    });

    test(`an uncut copy, then an original; livemode ${receipt.content.livemode}`, () => {
      assert.deepEqual(marks([...copy, ...whole]), [true, false]);
      assert.deepEqual(marks([...whole, ...copy, ...whole]), [false, true, false]);
    });
  }
});

test("a receipt that goes on over a new roll is one", () => {
  const lines = linesOf(demo);
  const slips = read(lines.slice(0, 9), lines.slice(9));
  assert.deepEqual(
    slips.map(({ whole, amountFen }) => [whole, amountFen]),
    [[true, 12_850]],
  );
});

test("what broke off before its number is nobody's original", () => {
  const [slip] = read(linesOf(demo).slice(0, 5));
  assert.equal(slip?.whole, false);
  assert.equal(slip === undefined ? "" : paperKey(slip), null);
});
