/**
 * The amount while it is being typed: a text, never a number. What makes it no amount (a minus, a second point, a letter,
 * a third decimal, a tenth digit) stays in it and in sight, so that nothing but what was typed is ever charged.
 */

/** One more than the provider's largest amount has, and one more than fen have: enough to be refused. */
const wholeDigitsMax = 10;
const decimalsMax = 3;
/** More than any amount has; what is no amount any more needn't grow on. */
const signsMax = 14;

const points: ReadonlySet<string> = new Set([".", "。", ",", "，"]);
const minuses: ReadonlySet<string> = new Set(["-", "－"]);
/** One key that begins a draft. */
const amountKey = /^[\d.。,，－-]$/;
const isNumber = (draft: string): boolean => /^\d*(?:\.\d*)?$/.test(draft);

/** One key on a draft: digits, point (also 。 and ， of a Chinese keyboard), minus, any other sign, Backspace, Delete. */
export function typeKey(draft: string, key: string): string {
  if (key === "Backspace") return draft.slice(0, -1);
  if (key === "Delete") return "";
  if (/^\d+$/.test(key)) return key.split("").reduce(typeDigit, draft);
  if (points.has(key)) return withSign(draft === "" ? "0" : draft, ".");
  if (minuses.has(key)) return withSign(draft, "-");
  // Onto nothing it makes no other amount, so it is only told.
  return key.length === 1 && draft !== "" ? withSign(draft, key) : draft;
}

const withSign = (draft: string, sign: string): string =>
  draft.length < signsMax ? draft + sign : draft;

function typeDigit(draft: string, digit: string): string {
  if (!isNumber(draft)) return withSign(draft, digit);
  const [whole = "", decimals] = draft.split(".");
  if (decimals !== undefined) return decimals.length < decimalsMax ? draft + digit : draft;
  if (draft === "0") return digit;
  return whole.length < wholeDigitsMax ? draft + digit : draft;
}

/** A key of the next amount on one that is still there to be edited: a digit begins anew, Backspace changes it. */
export function typeOver(old: string, key: string): string {
  if (key === "Backspace" || key === "Delete") return typeKey(old, key);
  return amountKey.test(key) ? typeKey("", key) : old;
}

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
  // A letter that went nowhere: the amount stands there as before, to be replaced if it was.
  if (next === draft && !amountKey.test(key)) return { draft, replaces, unsure };
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
  if (!isNumber(draft)) return "";
  const [, decimals] = draft.split(".");
  return decimals === undefined ? ".00" : "00".slice(decimals.length);
}
