/**
 * The amount while it is being typed: a text, never a number. What makes it no amount (a minus, a third decimal, a
 * tenth digit) stays in it and in sight, so that nothing but what was typed is ever charged.
 */

/** One more than the provider's largest amount has, and one more than fen have: enough to be refused. */
const wholeDigitsMax = 10;
const decimalsMax = 3;

/** Keys that change a draft: digits, point (also 。and ，of a Chinese keyboard), minus, Backspace, Delete. */
export function typeKey(draft: string, key: string): string {
  if (key === "Backspace") return draft.slice(0, -1);
  if (key === "Delete") return "";
  if (key === "." || key === "。" || key === "," || key === "，") {
    return draft.includes(".") ? draft : `${draft === "" ? "0" : draft}.`;
  }
  if (key === "-" || key === "－") return draft === "" ? "-" : draft;
  if (!/^\d+$/.test(key)) return draft;
  return key.split("").reduce(typeDigit, draft);
}

function typeDigit(draft: string, digit: string): string {
  const [whole = "", decimals] = draft.split(".");
  if (decimals !== undefined) return decimals.length < decimalsMax ? draft + digit : draft;
  if (draft === "0") return digit;
  return whole.length < wholeDigitsMax ? draft + digit : draft;
}

/** A key of the next amount on one that is still there to be edited: a digit begins anew, all else changes it. */
export const typeOver = (old: string, key: string): string =>
  typeKey(/^[\d.。,，－-]$/.test(key) ? "" : old, key);

/** The amount of the next sale, as far as it is typed. */
export interface Typed {
  readonly draft: string;
  /** It stands there from before: the first digit replaces it. */
  readonly replaces: boolean;
  /** A scan went wrong while it stood there: a person looks at it once more before a code is charged with it. */
  readonly unsure: boolean;
}

export const nothingTyped: Typed = { draft: "", replaces: false, unsure: false };

/** One key of the amount. */
export function typeAt({ draft, replaces, unsure }: Typed, key: string): Typed {
  const next = replaces ? typeOver(draft, key) : typeKey(draft, key);
  const isNew = next === "" || (replaces && /^\d$/.test(key));
  return { draft: next, replaces: false, unsure: unsure && !isNew };
}

/** After a scan that can't be used: a doubtful amount is none, and any other is there to be looked at again. */
export function afterBrokenScan(amount: Typed, isDoubtful: boolean): Typed {
  if (isDoubtful || amount.draft === "") return nothingTyped;
  return { draft: amount.draft, replaces: true, unsure: true };
}

/** The digits that would be there if the draft were sent now: "128.5" → "0", "128" → ".00". Shown pale. */
export function ghostOf(draft: string): string {
  if (draft === "") return "0.00";
  const [, decimals] = draft.split(".");
  if (draft.startsWith("-")) return "";
  return decimals === undefined ? ".00" : "00".slice(decimals.length);
}
