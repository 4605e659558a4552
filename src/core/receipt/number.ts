/**
 * Receipt numbers: one row a terminal, given in the commit that learns `paid`, never given twice.
 * "T01-000481" is terminal T01's 481st; past 999,999 the counter simply grows longer.
 */
import { assert } from "../rules/assert.ts";

const digitsMin = 6;

/**
 * How many numbers a terminal passes over when its own journal doesn't reach up to what the hub has seen. The lost
 * journal may have given a few numbers that the hub never heard of, and a number on a paper is never given again.
 */
export const skippedAfterLoss = 20;

/** Numbers that no receipt carries, or that only a lost journal knew. Both ends are inside the gap. */
export interface ReceiptGap {
  readonly from: number;
  readonly to: number;
}

export interface NextNumber {
  readonly counter: number;
  /** To be recorded in the same commit as the receipt; null when the row goes on without a gap. */
  readonly gap: ReceiptGap | null;
}

export function receiptNumber(terminalNo: string, counter: number): string {
  assert(Number.isSafeInteger(counter) && counter > 0, "receipts are counted from 1");
  return `${terminalNo}-${String(counter).padStart(digitsMin, "0")}`;
}

/** Reads a number back; null for anything that `receiptNumber` wouldn't have written. */
export function parseReceiptNumber(
  text: string,
): { readonly terminalNo: string; readonly counter: number } | null {
  const [, terminalNo = "", digits = ""] = /^(.+)-(\d{6,15})$/su.exec(text) ?? [];
  const counter = Number(digits);
  if (counter === 0 || receiptNumber(terminalNo, counter) !== text) return null;
  return { terminalNo, counter };
}

/**
 * The number after the last one. `lastGiven`: by this journal, 0 for none. `highestSeen`: by the hub, for this terminal.
 * A journal that is behind the hub was lost or restored: the row goes on above the highest seen, leaving room.
 */
export function nextReceiptCounter(
  lastGiven: number,
  highestSeen: number,
  skip: number = skippedAfterLoss,
): NextNumber {
  if (lastGiven >= highestSeen) return { counter: lastGiven + 1, gap: null };
  const gap = skip > 0 ? { from: highestSeen + 1, to: highestSeen + skip } : null;
  return { counter: highestSeen + skip + 1, gap };
}
