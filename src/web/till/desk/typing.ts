/** Keys of an amount: into the draft, over an old one, or kept while the sale before is being given up. */
import { quoted } from "../../../core/text/keys.ts";
import { fill } from "../../../core/text/text.ts";
import { frameText } from "../../../core/text/frame.ts";
import { typeAt, typeKey, typeOver } from "../../../core/till/draft.ts";
import { isSettled } from "../../../core/till/focus.ts";
import type { Screen } from "../../../core/till/parts.ts";
import { isTouched } from "../../language/taps.ts";
import type { Desk } from "./desk.ts";

const AMOUNT_KEY = /^[\d.,。，－-]$|^Backspace$|^Delete$/;

/** A digit after a settled sale begins the next one; in the middle of a sale it changes nothing and says so. */
export function typeAmount(desk: Desk, key: string, screen: Screen): void {
  const { sale, busy } = desk.state;
  const isPart = AMOUNT_KEY.test(key);
  if (busy === "change_amount" || busy === "cancel_sale") {
    if (isPart) desk.ahead.push(key);
    return;
  }
  if (screen.takesDigits) {
    const notice = isPart ? null : ({ tone: "care", text: frameText.keyNoAmount } as const);
    return desk.set({ ...typeAt(desk.state, key), notice });
  }
  if (!/^\d$/.test(key)) return;
  if (sale !== null && isSettled(sale)) return desk.next(typeKey("", key));
  const change = screen.acts.find(({ id, enabled }) => id === "change_amount" && enabled === true);
  const next = screen.acts.find(({ id, enabled }) => id === "next" && enabled === true);
  const text =
    change !== undefined
      ? frameText.digitsAfterEsc
      : next !== undefined
        ? frameText.digitsAfterNext
        : frameText.digitsNotNow;
  const by = change ?? next;
  const name = by === undefined ? "" : isTouched() ? quoted(by.label) : (by.key ?? "");
  desk.notify({ tone: "care", text: fill(text, { key: name }) });
}

/** The old sale is given up: its amount is there to be changed, and what was typed meanwhile is typed now. */
export function afterGivingUp(desk: Desk, draft: string): void {
  desk.next(draft, draft !== "");
  const keys = desk.ahead.splice(0);
  const typed = keys.reduce(
    (before, key, index) => (index === 0 ? typeOver(before, key) : typeKey(before, key)),
    draft,
  );
  if (keys.length > 0) desk.set({ draft: typed, replaces: false });
}
