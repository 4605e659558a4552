/** The amount while it is being typed: a text of digits and at most one point, never a number. */

/** Nine digits of yuan are the provider's largest amount; more keys than that are a mistake. */
const wholeDigitsMax = 9;

/** Keys that change a draft: digits, point (also 。and ，of a Chinese keyboard), Backspace, Delete. */
export function typeKey(draft: string, key: string): string {
  if (key === "Backspace") return draft.slice(0, -1);
  if (key === "Delete") return "";
  if (key === "." || key === "。" || key === "," || key === "，") {
    return draft.includes(".") ? draft : `${draft === "" ? "0" : draft}.`;
  }
  if (!/^\d+$/.test(key)) return draft;
  return key.split("").reduce(typeDigit, draft);
}

function typeDigit(draft: string, digit: string): string {
  const [whole = "", decimals] = draft.split(".");
  if (decimals !== undefined) return decimals.length < 2 ? draft + digit : draft;
  if (draft === "0") return digit;
  return whole.length < wholeDigitsMax ? draft + digit : draft;
}

/** The digits that would be there if the draft were sent now: "128.5" → "0", "128" → ".00". Shown pale. */
export function ghostOf(draft: string): string {
  if (draft === "") return "0.00";
  const [, decimals] = draft.split(".");
  return decimals === undefined ? ".00" : "00".slice(decimals.length);
}
