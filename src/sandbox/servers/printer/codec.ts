/** The character tables of the sandbox printer: GB18030 and the code pages that receipts are seen to use. */
import iconv from "iconv-lite";
import type { TextCodec } from "../../model/printer/codec.ts";

/** Epson's page 1 from 0x80 to 0x9F: the line-drawing characters that receiptline rules with. */
const PAGE_1_GRAPHICS = "▁▂▃▄▅▆▇█▏▎▍▌▋▊▉┼┴┬┤├▔─│▕┌┐└┘╭╮╰╯";

/** `ESC t n` by number, as Epson's page lists have them. */
const PAGES: Readonly<Record<number, string>> = {
  0: "cp437",
  2: "cp850",
  3: "cp860",
  4: "cp863",
  5: "cp865",
  16: "windows-1252",
  17: "cp866",
  18: "cp852",
  19: "cp858",
};

function katakana(byte: number): string {
  if (byte < 0xa0) return PAGE_1_GRAPHICS[byte - 0x80] ?? " ";
  return byte > 0xa0 && byte < 0xe0 ? String.fromCharCode(0xff61 + byte - 0xa1) : " ";
}

const pageCharacters = new Map<number, string>();

function codePage(page: number, byte: number): string {
  if (page === 1) return katakana(byte);
  const key = page * 256 + byte;
  const known = pageCharacters.get(key);
  if (known !== undefined) return known;
  const text = iconv.decode(Buffer.of(byte), PAGES[page] ?? "cp437");
  pageCharacters.set(key, text);
  return text;
}

/** Two-byte characters are looked up: thousands of receipts are read in a benchmark. */
const pairs = new Map<number, string>();

function pair(lead: number, trail: number): string {
  const key = (lead << 8) | trail;
  const known = pairs.get(key);
  if (known !== undefined) return known;
  const text = iconv.decode(Buffer.of(lead, trail), "gb18030");
  pairs.set(key, text);
  return text;
}

/** Two-byte characters, any number; or one of four bytes, which has a digit second. */
function gb18030(bytes: Uint8Array): string {
  if ((bytes[1] ?? 0) < 0x40) return iconv.decode(Buffer.from(bytes), "gb18030");
  let text = "";
  for (let at = 0; at + 1 < bytes.length; at += 2) text += pair(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  return text;
}

export const codec: TextCodec = { gb18030, codePage };
