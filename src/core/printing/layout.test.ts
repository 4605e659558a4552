import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fen, yuanText } from "../money/money.ts";
import type { CopyMark, Holder, Slip } from "./job.ts";
import { sizeWidth } from "./layout-lines.ts";
import type { SlipLine } from "./layout-lines.ts";
import { columnsOf, paperText, wrapText } from "./layout-text.ts";
import { previewLines, slipLines } from "./layout.ts";
import type { PaperOf } from "./layout.ts";
import { profile58, profile80 } from "./profile.ts";
import { sampleAtMs, sampleContent, sampleSlips } from "./samples.ts";

const original: CopyMark = { kind: "original" };
const replacement = (count: number): CopyMark => ({
  kind: "replacement",
  count,
  atMs: sampleAtMs,
  operatorNo: "01",
});
const paper = (slip: Slip, holder: Holder = "customer", mark: CopyMark = original): PaperOf => ({
  slip,
  holder,
  mark,
});

/** The paper as a person would sketch it; sizes other than normal stand behind the line. */
function sketch(lines: readonly SlipLine[], columns: number): string {
  return `\n${lines.map((line) => sketchLine(line, columns)).join("\n")}\n`;
}

function sketchLine(line: SlipLine, columns: number): string {
  switch (line.kind) {
    case "rule":
      return "-".repeat(columns);
    case "qr":
      return `[QR ${line.data}]`;
    case "feed":
      return `[feed ${line.lines}]`;
    case "cut":
      return "[cut]";
    case "pair":
    case "text": {
      const room = columns / sizeWidth[line.size];
      const note = line.size === "normal" ? "" : ` <${line.size}>`;
      if (line.kind === "pair") {
        const gap = room - columnsOf(line.left) - columnsOf(line.right);
        return `${line.left}${" ".repeat(gap)}${line.right}${note}`;
      }
      const free = room - columnsOf(line.text);
      const before = { left: 0, center: Math.floor(free / 2), right: free }[line.align];
      return `${" ".repeat(before)}${line.text}${note}`;
    }
  }
}

const sketch58 = (of: PaperOf): string => sketch(slipLines(of, profile58), 32);
const sketch80 = (of: PaperOf): string => sketch(slipLines(of, profile80), 48);

test("the customer's receipt on 58 mm", () => {
  assert.equal(
    sketch58(paper(sampleSlips.receipt)),
    `
    瑞福茶饮 <double>
           (人民路店)
            收款小票 <tall>
          - 顾客存根 -
--------------------------------
小票号                T01-000481
商户编号        2088000000000001
门店编号                      S1
终端编号                     T01
操作员                   01 小王
交易类型                    消费
支付方式           支付宝 付款码
付款账户             138****0000
商户订单号
         T01202601310905000481A7
渠道交易号
    2026013122001400001412345678
日期时间     2026-01-31 09:05:00
--------------------------------
珍珠奶茶（大杯）
           2 × ￥18.00  ￥36.00
鲜果茶 冰 少糖           ￥92.50
--------------------------------
金额    ￥128.50 <double>
--------------------------------
[QR https://r.example.com/r/k3YxQabcdefghijklmnop]
        扫码查看电子小票
校验码                  1a2b3c4d
客服电话            021-12345678
地址       上海市黄浦区人民路1号
         请妥善保管小票
[feed 4]
`,
  );
});

test("the merchant's copy on 80 mm, printed again, from the sandbox: marks at top and bottom, no QR", () => {
  const content = { ...sampleContent, livemode: false, training: true };
  const mark: CopyMark = { kind: "reprint", count: 2, atMs: sampleAtMs, operatorNo: "01" };
  assert.equal(
    sketch80(paper({ ...sampleSlips.receipt, content }, "merchant", mark)),
    `
 ** 补打 第2次 2026-01-31 09:05:00 操作员01 ** <tall>
               培训 · 非真实交易 <tall>
               演示 · 非真实交易 <tall>
        瑞福茶饮 <double>
                   (人民路店)
                    收款小票 <tall>
                  - 商户存根 -
------------------------------------------------
小票号                                T01-000481
商户编号                        2088000000000001
门店编号                                      S1
终端编号                                     T01
操作员                                   01 小王
交易类型                                    消费
支付方式                           支付宝 付款码
付款账户                             138****0000
商户订单号               T01202601310905000481A7
渠道交易号          2026013122001400001412345678
日期时间                     2026-01-31 09:05:00
------------------------------------------------
珍珠奶茶（大杯）           2 × ￥18.00  ￥36.00
鲜果茶 冰 少糖                           ￥92.50
------------------------------------------------
金额            ￥128.50 <double>
------------------------------------------------
校验码                                  1a2b3c4d
客服电话                            021-12345678
地址                       上海市黄浦区人民路1号
                 请妥善保管小票
 ** 补打 第2次 2026-01-31 09:05:00 操作员01 ** <tall>
               培训 · 非真实交易 <tall>
               演示 · 非真实交易 <tall>
[cut]
`,
  );
});

test("a copy says what has gone back since, and the check asks for it", () => {
  const slip = { ...sampleSlips.receipt, refundedFen: fen(1234) };
  assert.match(sketch58(paper(slip)), /已退款 +￥12\.34/);
  assert.doesNotMatch(sketch58(paper(sampleSlips.receipt)), /已退款/);
});

test("a refund carries the original numbers and both amounts", () => {
  assert.equal(
    sketch58(paper(sampleSlips.refund)),
    `
    瑞福茶饮 <double>
           (人民路店)
      退款凭条，非收款凭据 <tall>
          - 顾客存根 -
--------------------------------
商户编号        2088000000000001
门店编号                      S1
终端编号                     T01
交易类型                    退款
支付方式           支付宝 付款码
付款账户             138****0000
退款单号         R20260131000012
日期时间     2026-01-31 09:05:00
原小票号              T01-000481
原商户订单号
         T01202601310905000481A7
原渠道交易号
    2026013122001400001412345678
原交易金额              ￥128.50
--------------------------------
退款金额 ￥18.00 <double>
--------------------------------
退款原路退回付款账户，到账时间以
支付渠道为准。
客服电话            021-12345678
地址       上海市黄浦区人民路1号
[feed 4]
`,
  );
});

test("a reversal says whether money went back", () => {
  assert.equal(
    sketch58(paper(sampleSlips.reversal)),
    `
    瑞福茶饮 <double>
           (人民路店)
      撤销凭条，非收款凭据 <tall>
          - 顾客存根 -
--------------------------------
商户编号        2088000000000001
门店编号                      S1
终端编号                     T01
交易类型                    撤销
商户订单号
         T01202601310905000481A7
渠道交易号
    2026013122001400001412345678
日期时间     2026-01-31 09:05:00
--------------------------------
撤销金额 <tall>
        ￥128.50 <double>
--------------------------------
这笔收款已撤销。顾客曾被扣款，款
项已原路退回付款账户。
客服电话            021-12345678
地址       上海市黄浦区人民路1号
[feed 4]
`,
  );
  const closed = sketch58(paper({ ...sampleSlips.reversal, moneyWentBack: false }));
  assert.match(closed, /这笔收款已撤销，顾客没有被扣款。/);
  assert.doesNotMatch(closed, /退回/);
});

test("an unknown outcome is no proof of payment", () => {
  assert.equal(
    sketch58(paper(sampleSlips.pending, "customer", replacement(1))),
    `
[feed 4]
    ** 补打 第1次 2026-01-31 <tall>
      09:05:00 操作员01 ** <tall>
    瑞福茶饮 <double>
           (人民路店)
   结果待确认凭证，非收款凭据 <tall>
          - 顾客存根 -
--------------------------------
商户编号        2088000000000001
门店编号                      S1
终端编号                     T01
交易类型      消费（结果待确认）
商户订单号
         T01202601310905000481A7
事件编号            CP-0131-0007
日期时间     2026-01-31 09:05:00
--------------------------------
待确认金额 <tall>
        ￥128.50 <double>
--------------------------------
付款结果正在确认，请勿重复付款。
如已扣款而交易未成立，款项会原路
退回。
[QR https://r.example.com/r/k3YxQabcdefghijklmnop]
          扫码查看结果
客服电话            021-12345678
地址       上海市黄浦区人民路1号
    ** 补打 第1次 2026-01-31 <tall>
      09:05:00 操作员01 ** <tall>
[feed 4]
`,
  );
});

test("the help slip says the number first, then whom to call, and that it is no receipt", () => {
  assert.equal(
    sketch58(paper(sampleSlips.case)),
    `
    瑞福茶饮 <double>
           (人民路店)
      求助凭条，非收款凭据 <tall>
--------------------------------
          先报事件编号
  CP-0131-0007 <double>
--------------------------------
技术支持            400-820-0000
支付宝商家热线             95188
--------------------------------
发生时间     2026-01-31 09:05:00
订单号   T01202601310905000481A7
日期时间     2026-01-31 09:05:00
--------------------------------
钱收到没有，以收银机显示的为准。
[feed 4]
`,
  );
});

test("the day's close and the print test belong to the shop alone", () => {
  assert.equal(
    sketch58(paper(sampleSlips.day)),
    `
    瑞福茶饮 <double>
           (人民路店)
       日结单，非收款凭据 <tall>
--------------------------------
       2026-01-31 第12号
商户编号        2088000000000001
门店编号                      S1
终端编号                     T01
日期时间     2026-01-31 09:05:00
--------------------------------
收款              86笔 ￥3482.50
退款                 2笔 ￥37.00
净额                   ￥3445.50
--------------------------------
[feed 4]
`,
  );
  assert.equal(
    sketch58(paper({ ...sampleSlips.test, livemode: false })),
    `
       演示 · 非真实交易 <tall>
    瑞福茶饮 <double>
           (人民路店)
      打印测试，非收款凭据 <tall>
--------------------------------
商户编号        2088000000000001
门店编号                      S1
终端编号                     T01
日期时间     2026-01-31 09:05:00
--------------------------------
左边                        右边
喆 龘 镕 囧 0123456789 ABCDEF
abcdef
金额      ￥0.00 <double>
--------------------------------
[QR CHUPIAO-PRINT-TEST]
中文清晰、两侧对齐、金额完整、二
维码可扫，即为正常。
       演示 · 非真实交易 <tall>
[feed 4]
`,
  );
});

test("empty details of the shop have no line", () => {
  const issuer = { ...sampleContent.issuer, storeName: "", storeNo: "", phone: "", address: "" };
  const content = { ...sampleContent, issuer, payer: null, url: null };
  const text = sketch58(paper({ ...sampleSlips.receipt, content }));
  assert.doesNotMatch(text, /门店编号|客服电话|地址|付款账户|\(\)|QR|扫码查看/);
});

test("the largest amount stands whole on one line, on the narrowest paper too", () => {
  const content = { ...sampleContent, amountFen: fen(10_000_000_000), items: [] };
  for (const columns of [16, 24, 32, 42, 48]) {
    const lines = slipLines(paper({ ...sampleSlips.receipt, content }), { columns, cutter: true });
    assertFits(lines, columns);
    assert.ok(textsOf(lines).includes("￥100000000.00"), `${columns} columns`);
  }
});

test("an amount below nothing keeps its sign", () => {
  for (let columns = 9; columns <= 20; columns += 1)
    assert.ok(
      wrapText("现金差额-￥12.46", columns).some((line) => line.endsWith("-￥12.46")),
      `${columns} columns`,
    );
});

test("what steers, hides or turns text is taken out, and everything visible stays", () => {
  assert.equal(paperText("奶茶\u001b@\u001dV\u0000\u0010\u0004\u0001冰"), "奶茶@V冰");
  assert.equal(paperText("a\tb\r\nc\u00a0d\u2028e\u3000f"), "a b  c d e f");
  assert.equal(paperText("\u202e00.1￥\u202c \u2066x\u2069\u200f"), "00.1￥ x");
  assert.equal(paperText("奶\u200b茶\ufeff 👨\u200d👩\u200d👧 ❤\ufe0f"), "奶茶 👨👩👧 ❤");
  assert.equal(paperText("¥18 • 2\u22121 〜"), "￥18 · 2-1 ～");
  assert.equal(paperText("cafe\u0301 \ud83c 喆龘㐀"), "café 〓 喆龘㐀");
  assert.equal(
    paperText('{w:*}奶茶|0.01\\"_`^~{c:EVIL;o:qrcode}'),
    '{w:*}奶茶|0.01\\"_`^~{c:EVIL;o:qrcode}',
  );
});

test("lines break at spaces and round Chinese, never between ￥ and its figure or before a comma", () => {
  assert.deepEqual(wrapText("iced lemon tea large", 10), ["iced lemon", "tea large"]);
  assert.deepEqual(wrapText("优惠 原价￥128.50，请", 16), ["优惠 原价", "￥128.50，请"]);
  assert.deepEqual(wrapText("一二三四五，六", 10), ["一二三四", "五，六"]);
  assert.deepEqual(wrapText("ABCDEFGHIJKLMNOP", 7), ["ABCDEFG", "HIJKLMN", "OP"]);
  assert.deepEqual(wrapText("🍎🍎🍎", 5), ["🍎🍎", "🍎"]);
  assert.deepEqual(wrapText("", 5), [""]);
});

const hostilePart = fc.constantFrom(
  "奶茶",
  "喆龘㐀",
  "{w:1}|\\",
  "\u001b@\u001dV\u0041",
  "\u0010\u0004\u0001",
  "\u0010\u0014\u0008",
  "¥1.00",
  "￥0.01",
  "\u202e\u200b",
  "👨\u200d👩",
  " ",
  "，。",
  "latin",
);
const hostileName = fc.oneof(
  fc.array(hostilePart, { maxLength: 40 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", minLength: 200, maxLength: 200 }),
);
const anyItem = fc.record({
  name: hostileName,
  quantity: fc.oneof(
    fc.integer({ min: 1, max: 999 }),
    fc.double({ min: 0.001, max: 99, noNaN: true }),
  ),
  priceFen: fc.integer({ min: 0, max: 10_000_000 }).map(fen),
});

test("whatever an item is called, its name is whole, its price is whole, and no line is too long", () => {
  const widths = fc.constantFrom(32, 42, 48);
  const lists = fc.array(anyItem, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(lists, widths, fc.constantFrom("zh", "en"), (items, columns, language) => {
      const content = { ...sampleContent, items };
      const of = paper({ ...sampleSlips.receipt, content });
      const lines = slipLines(of, { columns, cutter: true }, language);
      assertFits(lines, columns);
      const whole = squeezed(textsOf(lines).join(""));
      for (const { name, priceFen } of items) {
        assert.ok(whole.includes(squeezed(paperText(name))), `lost: ${JSON.stringify(name)}`);
        assertStands(lines, `￥${yuanText(priceFen)}`);
      }
      assertStands(lines, "￥128.50");
      assert.doesNotMatch(textsOf(lines).join(""), /[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e¥]/u);
    }),
    { numRuns: 300 },
  );
});

test("marks stand at top and bottom of every slip, and only where they belong", () => {
  for (const slip of Object.values(sampleSlips)) {
    const demo =
      "content" in slip
        ? { ...slip, content: { ...slip.content, livemode: false } }
        : { ...slip, livemode: false };
    const texts = textsOf(slipLines(paper(demo, "merchant", replacement(3)), profile80));
    const marks = ["** 补打 第3次 2026-01-31 09:05:00 操作员01 **", "演示 · 非真实交易"];
    assert.deepEqual(texts.slice(0, 2), marks, slip.kind);
    assert.deepEqual(texts.slice(-2), marks, slip.kind);
    const plain = textsOf(slipLines(paper(slip), profile58)).join("\n");
    assert.doesNotMatch(plain, /补打|重印|非真实交易/, slip.kind);
  }
});

test("only the receipt is a proof of payment", () => {
  for (const slip of Object.values(sampleSlips)) {
    const texts = textsOf(slipLines(paper(slip), profile80)).join("\n");
    assert.equal(texts.includes("非收款凭据"), slip.kind !== "receipt", slip.kind);
  }
});

test("the page gets the same lines without the printer's movements, small enough to send", () => {
  for (const slip of Object.values(sampleSlips)) {
    const shown = previewLines(paper(slip), profile80);
    const printed = slipLines(paper(slip), profile80);
    assert.deepEqual(shown, printed.slice(0, -1));
    assert.deepEqual(JSON.parse(JSON.stringify(shown)), shown);
    assert.ok(JSON.stringify(shown).length < 4_000);
  }
});

test("paper in English is complete", () => {
  for (const slip of Object.values(sampleSlips)) {
    const lines = slipLines(paper({ ...slip }, "merchant", replacement(1)), profile58, "en");
    assertFits(lines, 32);
    const ours = textsOf(lines)
      .join("\n")
      .replaceAll(
        /小王|瑞福茶饮|人民路店|上海市.*|珍珠.*|鲜果茶.*|第12号|笔|收款|退款|净额|喆 龘 镕 囧/g,
        "",
      );
    assert.doesNotMatch(ours, /[\u4e00-\u9fff]/, slip.kind);
  }
});

function textsOf(lines: readonly SlipLine[]): string[] {
  return lines.flatMap((line) => {
    if (line.kind === "text") return [line.text];
    return line.kind === "pair" ? [line.left, line.right] : [];
  });
}

function assertFits(lines: readonly SlipLine[], columns: number): void {
  for (const line of lines) {
    if (line.kind === "text") {
      assert.ok(columnsOf(line.text) * sizeWidth[line.size] <= columns, JSON.stringify(line));
    } else if (line.kind === "pair") {
      const taken = columnsOf(line.left) + 1 + columnsOf(line.right);
      assert.ok(taken * sizeWidth[line.size] <= columns, JSON.stringify(line));
    }
  }
}

/** Whole and on one line: not the head of a longer figure. */
function assertStands(lines: readonly SlipLine[], figure: string): void {
  const stands = textsOf(lines).some((text) =>
    text
      .split(figure)
      .slice(1)
      .some((after) => !/^[\d.]/.test(after)),
  );
  assert.ok(stands, `${figure} isn't whole on a line`);
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, "");
