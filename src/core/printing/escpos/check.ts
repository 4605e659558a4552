/** The last look before bytes leave: everything that the paper must show is read out of the bytes again. */
import { figureText, isFen } from "../../money/money.ts";
import { isQrAddress } from "../layout-lines.ts";
import { paperText } from "../layout-text.ts";
import { marksOf, testQrData } from "../layout.ts";
import type { PaperOf } from "../layout.ts";
import type { Slip } from "../job.ts";
import type { ReceiptItem } from "../../receipt/receipt.ts";
import { SLIP_TITLE } from "../../text/receipt.ts";
import type { Language } from "../../text/text.ts";
import type { DecodeText } from "./charset.ts";
import { readSlip } from "./read.ts";
import type { ReadSlip } from "./read.ts";
import { realtimeAt } from "./realtime.ts";

/**
 * What the bytes don't show although the slip must: amounts, numbers, title and marks (twice each: top and bottom), the
 * address behind the QR; or what makes the bytes unsafe to send. Empty: the paper is complete.
 */
export function missingOnPaper(
  bytes: Uint8Array,
  of: PaperOf,
  decodeText: DecodeText,
  language: Language = "zh",
): string[] {
  const read = readSlip(bytes, decodeText);
  const unsafe = unsafeBytes(bytes, read);
  if (unsafe.length > 0) return unsafe;
  const whole = withoutSpaces(read.lines.join(""));
  const missing = missingFigures(read.lines, figuresOf(of.slip));
  for (const text of [...numbersOf(of.slip), SLIP_TITLE[of.slip.kind][language]]) {
    if (!whole.includes(withoutSpaces(text))) missing.push(text);
  }
  for (const mark of marksOf(of, language)) {
    if (timesIn(whole, withoutSpaces(paperText(mark))) < 2) missing.push(mark);
  }
  const url = addressOf(of);
  if (url !== null && !showsAddress(read, whole, url)) missing.push(url);
  return missing;
}

function unsafeBytes(bytes: Uint8Array, read: ReadSlip): string[] {
  const unsafe: string[] = [];
  const realtime = realtimeAt(bytes);
  if (realtime !== -1) unsafe.push(`a real-time command at byte ${realtime}`);
  if (read.unreadableAt !== null) unsafe.push(`an unknown command at byte ${read.unreadableAt}`);
  if (read.statusOff) unsafe.push("automatic status would be switched off");
  return unsafe;
}

const wholeFigure = /-?￥\d+\.\d\d(?![\d.])/g;

/** Each amount as often as the slip names it, whole on one line: not a part of a longer figure. */
function missingFigures(lines: readonly string[], figures: readonly string[]): string[] {
  const found = new Map<string, number>();
  for (const line of lines) {
    for (const figure of line.match(wholeFigure) ?? []) {
      found.set(figure, (found.get(figure) ?? 0) + 1);
    }
  }
  const missing: string[] = [];
  for (const figure of figures) {
    const left = found.get(figure) ?? 0;
    if (left === 0) missing.push(figure);
    found.set(figure, left - 1);
  }
  return missing;
}

function figuresOf(slip: Slip): string[] {
  switch (slip.kind) {
    case "receipt":
      return [
        figureText(slip.content.amountFen),
        ...slip.content.items.flatMap(figuresOfItem),
        ...(slip.refundedFen === undefined ? [] : [figureText(slip.refundedFen)]),
      ];
    case "refund":
      return [figureText(slip.refundFen), figureText(slip.content.amountFen)];
    case "reversal":
    case "pending":
      return [figureText(slip.amountFen)];
    case "day":
      return slip.lines.flatMap(([, value]) => paperText(value).match(wholeFigure) ?? []);
    case "case":
    case "test":
      return [];
  }
}

/** The price, and the sum where there is more than one of it. */
function figuresOfItem({ quantity, priceFen }: ReceiptItem): string[] {
  const sum = Math.round(quantity * priceFen);
  const hasSum = quantity !== 1 && isFen(sum);
  return hasSum ? [figureText(priceFen), figureText(sum)] : [figureText(priceFen)];
}

function numbersOf(slip: Slip): string[] {
  switch (slip.kind) {
    case "receipt":
      return [slip.content.number, slip.content.orderNo, slip.content.providerTradeNo];
    case "refund":
      return [
        slip.content.number,
        slip.content.orderNo,
        slip.content.providerTradeNo,
        slip.refundNo,
      ];
    case "reversal":
      return [slip.orderNo, ...(slip.providerTradeNo === undefined ? [] : [slip.providerTradeNo])];
    case "pending":
      return slip.caseNo === undefined ? [slip.orderNo] : [slip.orderNo, slip.caseNo];
    case "case":
      return [slip.caseNo];
    case "day":
    case "test":
      return [];
  }
}

function addressOf({ slip, holder }: PaperOf): string | null {
  if (slip.kind === "test") return testQrData;
  if (holder !== "customer") return null;
  if (slip.kind === "receipt") return slip.content.url;
  return slip.kind === "pending" ? slip.url : null;
}

function showsAddress(read: ReadSlip, whole: string, url: string): boolean {
  if (!isQrAddress(url)) return whole.includes(withoutSpaces(paperText(url)));
  return read.qr.includes(url) || read.rasterBands > 0;
}

const withoutSpaces = (text: string): string => text.replace(/\s+/g, "");

function timesIn(whole: string, part: string): number {
  return whole.split(part).length - 1;
}
