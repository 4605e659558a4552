/**
 * The Chinese of receipt printers. Fonts of GBK printers hold the two-byte characters; fonts of GB18030 printers also
 * CJK extension A (㐀), in four bytes. Nothing else is sent: private-use and other four-byte codes print as blanks or,
 * on GBK printers, as digits ("0 6" for ¥), so they go out as 〓 and are reported.
 */
import iconv from "iconv-lite";
import { missingGlyph } from "../../core/printing/layout-text.ts";
import type { DecodeText, EncodeText } from "../../core/printing/escpos/charset.ts";

export interface Gb18030 {
  readonly encodeText: EncodeText;
  readonly decodeText: DecodeText;
}

/** For profiles with `gb18030: true`. */
export const gb18030: Gb18030 = { encodeText: encoder("gb18030"), decodeText: decoder("gb18030") };
/** For profiles with `gb18030: false`. */
export const gbk: Gb18030 = { encodeText: encoder("gbk"), decodeText: decoder("gbk") };

type Encoding = "gb18030" | "gbk";

function decoder(encoding: Encoding): DecodeText {
  return (bytes) => iconv.decode(bytes, encoding);
}

/** The table is made on the first call (a few ms, 256 kB) and kept. */
function encoder(encoding: Encoding): EncodeText {
  let codes: Uint32Array | null = null;
  let out = new Uint8Array(1024);
  return (text, replaced) => {
    codes ??= codesOf(encoding);
    if (out.length < text.length * 4) out = new Uint8Array(text.length * 8);
    let length = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      let code = codes[unit] ?? 0;
      if (code === 0) {
        const character = String.fromCodePoint(text.codePointAt(at) ?? unit);
        replaced(character);
        code = codes[missingGlyph.charCodeAt(0)] ?? 0;
        at += character.length - 1;
      }
      if (code > 0xffff) {
        out[length++] = code >>> 24;
        out[length++] = (code >>> 16) & 0xff;
      }
      if (code > 0xff) out[length++] = (code >>> 8) & 0xff;
      out[length++] = code & 0xff;
    }
    return out.subarray(0, length);
  };
}

/** For each UTF-16 unit its bytes as one number; 0 for what the printer can't print, control characters among them. */
function codesOf(encoding: Encoding): Uint32Array {
  const codes = new Uint32Array(0x10000);
  const units = Array.from({ length: 0x10000 }, (_, unit) => unit).filter(mayPrint);
  // One call for all of them: one by one takes some 50 ms.
  const bytes = iconv.encode(units.map((unit) => String.fromCharCode(unit)).join(""), encoding);
  let at = 0;
  for (const unit of units) {
    const length = codeLength(bytes, at);
    const isPrintable = length === 2 || unit < 0x80 || (length === 4 && isExtensionA(unit));
    if (isPrintable) codes[unit] = bytes.readUIntBE(at, length);
    at += length;
  }
  return codes;
}

/** 80 and FF stand alone (€ in code page 936); a second byte 30-39 begins the second half of a four-byte code. */
function codeLength(bytes: Uint8Array, at: number): 1 | 2 | 4 {
  const lead = bytes[at] ?? 0;
  if (lead <= 0x80 || lead === 0xff) return 1;
  const second = bytes[at + 1] ?? 0;
  return second >= 0x30 && second <= 0x39 ? 4 : 2;
}

/** Not a control character, half of a surrogate pair or for private use. */
const mayPrint = (unit: number): boolean =>
  unit >= 0x20 && !(unit >= 0x7f && unit <= 0x9f) && !(unit >= 0xd800 && unit <= 0xf8ff);
const isExtensionA = (unit: number): boolean => unit >= 0x3400 && unit <= 0x4db5;
