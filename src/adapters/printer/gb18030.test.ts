import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gb18030, gbk } from "./gb18030.ts";

const hexOf = (charset: typeof gbk, text: string): string => {
  const bytes = charset.encodeText(text, () => {});
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

test("the characters of a receipt, as the printers' manuals have them", () => {
  for (const charset of [gbk, gb18030]) {
    assert.equal(hexOf(charset, "￥"), "a3a4");
    assert.equal(hexOf(charset, "喆"), "86b4");
    assert.equal(hexOf(charset, "龘"), "fd93");
    assert.equal(hexOf(charset, "·×〓"), "a1a4a1c1a1fe");
    assert.equal(hexOf(charset, "T01-1.50"), "5430312d312e3530");
  }
  assert.equal(hexOf(gb18030, "㐀"), "8139ee39");
  assert.equal(hexOf(gb18030, "€"), "a2e3");
});

test("what the font doesn't hold goes out as 〓 and is named, half a pair and control characters too", () => {
  const unprintable: readonly (readonly [typeof gbk, string])[] = [
    [gbk, "㐀"],
    [gbk, "€"],
    [gbk, "¥"],
    [gb18030, "¥"],
    [gb18030, "🍎"],
    [gb18030, "𠮷"],
    [gb18030, "\ue000"],
    [gb18030, "\ud83c"],
    [gb18030, "\ufffd"],
    [gb18030, "\u001b"],
    [gb18030, "\u0085"],
    [gb18030, "\n"],
  ];
  for (const [charset, character] of unprintable) {
    const replaced: string[] = [];
    const bytes = charset.encodeText(`a${character}b`, (one) => replaced.push(one));
    assert.deepEqual([...bytes], [0x61, 0xa1, 0xfe, 0x62]);
    assert.deepEqual(replaced, [character]);
  }
});

test("every character that can be printed is two columns of bytes or more, and reads back as itself", () => {
  for (const charset of [gbk, gb18030]) {
    let printable = 0;
    for (let unit = 0x80; unit < 0x10000; unit += 1) {
      let wasReplaced = false;
      const character = String.fromCharCode(unit);
      const bytes = charset.encodeText(character, () => {
        wasReplaced = true;
      });
      if (wasReplaced) continue;
      printable += 1;
      assert.ok(bytes.length === 2 || bytes.length === 4);
      assert.ok((bytes[0] ?? 0) > 0x80 && bytes.every((byte) => byte >= 0x30));
      assert.equal(charset.decodeText(bytes), character);
    }
    assert.ok(printable > 21_000, `${printable} characters`);
  }
});

test("agrees with the platform's own GB18030 on every printable text", () => {
  const platform = new TextDecoder("gb18030");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
      let expected = "";
      for (const character of text) {
        let shown = character;
        gb18030.encodeText(character, () => {
          shown = "〓";
        });
        expected += shown;
      }
      assert.equal(platform.decode(gb18030.encodeText(text, () => {})), expected);
    }),
  );
});
