/** How bytes become characters; needs tables, so it comes in as functions. */
export interface TextCodec {
  /** Whole characters of GB18030, two or four bytes each; U+FFFD for what it doesn't know. */
  gb18030(bytes: Uint8Array): string;
  /** One byte from 0x80 up in a code page selected by `ESC t`. */
  codePage(page: number, byte: number): string;
}

/** How the bytes at `at` are to be read in Chinese mode. */
export type ChineseUnit = "half" | "two" | "four" | "broken" | "incomplete";

const isLead = (byte: number): boolean => byte >= 0x81 && byte <= 0xfe;
const isTrail = (byte: number): boolean =>
  (byte >= 0x40 && byte <= 0x7e) || (byte >= 0x80 && byte <= 0xfe);
const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** `broken`: a lead byte without a character; it prints as a blank and the next byte stands for itself. */
export function chineseUnit(
  bytes: Uint8Array,
  at: number,
  end: number,
  fourBytes: boolean,
): ChineseUnit {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return "half";
  if (!isLead(lead)) return "broken";
  if (at + 1 >= end) return "incomplete";
  const second = bytes[at + 1] ?? 0;
  if (isTrail(second)) return "two";
  if (!isDigit(second) || !fourBytes) return "broken";
  if (at + 3 >= end) {
    const third = at + 2 < end ? (bytes[at + 2] ?? 0) : 0x81;
    return isLead(third) ? "incomplete" : "broken";
  }
  return isLead(bytes[at + 2] ?? 0) && isDigit(bytes[at + 3]) ? "four" : "broken";
}
