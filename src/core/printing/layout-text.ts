/**
 * Text as a receipt printer takes it: nothing that steers, hides or turns text, measured in half-width columns.
 * On Chinese printers an ASCII character is one column wide and everything else two, `·` and `×` included.
 */

/** Columns that a text takes in normal size. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    columns += unit < 0x80 ? 1 : 2;
    if (isLeadSurrogate(unit)) at += 1;
  }
  return columns;
}

const isLeadSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Nothing in here needs cleaning: printable ASCII, common Chinese, its punctuation, full-width forms, `·` and `×`. */
const harmless =
  /^[\x20-\x7e\u00b7\u00d7\u2014\u2018-\u201d\u2026\u3001-\u3011\u4e00-\u9fa5\uff01-\uff5e\uffe5]*$/;

/** Steers a printer (C0, C1), turns or hides text (bidi, zero width, tags), or picks a glyph's variant. */
const invisible = /[\p{Cc}\p{Cf}\u034f\u180b-\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const anySpace = /[\t-\r\u0085\p{Zs}\p{Zl}\p{Zp}]/gu;
const loneSurrogate = /\p{Cs}/gu;

/** Characters that Chinese printers don't have, and the one that they do have for the same thing. */
const sameThing: Readonly<Record<string, string>> = {
  "\u00a5": "\uffe5",
  "\u2022": "\u00b7",
  "\u2027": "\u00b7",
  "\u2212": "-",
  "\u2010": "-",
  "\u2011": "-",
  "\u301c": "\uff5e",
};
const withSameThing = /[\u00a5\u2022\u2027\u2212\u2010\u2011\u301c]/gu;

/** Stands for a character that the paper can't show; two columns wide, as what it stands for. */
export const missingGlyph = "〓";

/**
 * A text from outside (item, shop or operator name) made harmless: control, bidi and zero-width characters are taken
 * out, white space becomes spaces, ¥ (U+00A5, which GBK printers print as "0 6") becomes ￥. Everything visible stays.
 */
export function paperText(text: string): string {
  if (harmless.test(text)) return text;
  return text
    .normalize("NFC")
    .replace(anySpace, " ")
    .replace(invisible, "")
    .replace(loneSurrogate, missingGlyph)
    .replace(withSameThing, (character) => sameThing[character] ?? character);
}

/**
 * The text in lines of at most `columns` (2 or more), at least one. Breaks at spaces and round Chinese characters, inside a word
 * only when the word is longer than a line; an amount isn't torn from its ￥ or its minus. Only spaces are lost.
 */
export function wrapText(text: string, columns: number): string[] {
  if (columnsOf(text) <= columns) return [text];
  const lines: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = lineEnd(text, start, columns);
    lines.push(text.slice(start, end).trimEnd());
    start = end;
    while (text.charCodeAt(start) === 0x20) start += 1;
  }
  return lines;
}

/** Where the line that begins at `start` ends: the last allowed break that fits, or the last character that fits. */
function lineEnd(text: string, start: number, columns: number): number {
  let used = 0;
  let lastBreak = -1;
  let at = start;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const width = unit < 0x80 ? 1 : 2;
    if (at > start && mayBreakBefore(text, at)) lastBreak = at;
    if (used + width > columns) break;
    used += width;
    at += isLeadSurrogate(unit) ? 2 : 1;
  }
  if (at >= text.length) return text.length;
  return lastBreak > start ? lastBreak : at;
}

/** Closing punctuation stays with what it closes. */
const neverFirst = new Set(
  Array.from("，。！？；：、）》」』】”’", (character) => character.charCodeAt(0)),
);

const minus = 0x2d;

function mayBreakBefore(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  if (after === 0x20 || before === 0x20) return true;
  if (before === 0xffe5 || neverFirst.has(after)) return false;
  if (before === minus && after === 0xffe5) return false;
  return before >= 0x80 || after >= 0x80;
}
