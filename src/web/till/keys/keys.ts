/** Which key does what at the till, whether or not a button shows it now. */
import { parseYuan } from "../../../core/money/money.ts";
import { frameText } from "../../../core/text/frame.ts";
import { readScan } from "../../../core/till/code.ts";
import type { Text } from "../../../core/text/text.ts";
import { afterBrokenScan, nothingTyped, typeKey } from "../../../core/till/draft.ts";
import { isRead } from "../../../core/till/focus.ts";
import { isCutCode } from "../../../core/till/scan.ts";
import { act, eReceiptAct } from "../../../core/till/acts.ts";
import type { Act, ActKey } from "../../../core/till/parts.ts";
import type { SaleView } from "../../../core/till/view.ts";
import type { Desk } from "../desk/desk.ts";
import { callHelp } from "../desk/gate.ts";
import { press, takeScan } from "../desk/press.ts";
import { screenNow } from "../desk/state.ts";
import { typeAmount } from "../desk/typing.ts";
import { closeMenu, pressInWindow, restore, toggleMenu, typeInto } from "./fields.ts";
import type { Broken, KeyTargets } from "./listen.ts";

const NAMES: Readonly<Record<string, ActKey>> = {
  Enter: "Enter",
  Escape: "Esc",
  F2: "F2",
  F3: "F3",
  F4: "F4",
  F6: "F6",
  F7: "F7",
  F8: "F8",
};

/** Letters press whatever case they have. */
const nameOf = (key: string): string | undefined =>
  NAMES[key] ?? (/^[a-z]$/i.test(key) ? key.toUpperCase() : undefined);

export const keyTargets = (desk: Desk): KeyTargets => ({
  key: (key) => onKey(desk, key),
  scan: (text, field) => onScan(desk, text, field),
  mark: (field) => {
    const { draft, replaces, unsure } = desk.state;
    const value = field?.value ?? "";
    return () => (field === null ? desk.set({ draft, replaces, unsure }) : restore(field, value));
  },
  selectAll: () => {
    if (desk.state.draft !== "" && desk.state.sheets.length === 0) desk.set({ replaces: true });
  },
  fragment: () => {
    const { view, sheets } = desk.state;
    if (view === null || view.operator === null || sheets.length > 0) return;
    if (!screenNow(desk.state, view, Date.now()).takesDigits) onBroken(desk, nothingLeft);
  },
  broken: (broken) => onBroken(desk, broken),
  ignored: () => desk.notify({ tone: "care", text: frameText.keysIgnored }),
  doubt: () => {
    const { view, sheets } = desk.state;
    if (view === null || view.operator === null || sheets.length > 0) return;
    if (screenNow(desk.state, view, Date.now()).takesDigits)
      desk.set(afterBrokenScan(desk.state, false));
  },
});

/** A scan that can't be used. Where a code would have been refused anyway, that is what counts. */
function onBroken(desk: Desk, { typed, endless }: Broken): void {
  const { view, sheets } = desk.state;
  const care = (text: Text): void => desk.notify({ tone: "care", text });
  const again = endless ? frameText.scanBroken : frameText.scanUnclear;
  if (view === null || view.operator === null || sheets.length > 0) return care(again);
  const { takesDigits, takesCode } = screenNow(desk.state, view, Date.now());
  if (!takesDigits) return care(takesCode === true ? again : takesCode);
  desk.set(afterBrokenScan(desk.state, typed === "unclear"));
  if (typed === "unclear") return care(frameText.scanCleared);
  care(desk.state.draft === "" || endless ? again : frameText.scanCheckAmount);
}

const nothingLeft: Broken = { typed: "nothing", endless: false };

/** One key that no field wanted. */
export function onKey(desk: Desk, key: string): void {
  const { view, sheets } = desk.state;
  if (view === null || view.operator === null) return;
  if (sheets.length > 0) return onWindowKey(desk, key);
  if (key === "Escape" && closeMenu()) return;
  const screen = screenNow(desk.state, view, Date.now());
  const button = screen.acts.find((one) => one.key !== null && one.key === nameOf(key));
  if (button !== undefined) return void press(desk, button);
  const always = ALWAYS[key];
  if (always !== undefined) return always(desk);
  if (key.length === 1 || key === "Backspace" || key === "Delete") typeAmount(desk, key, screen);
}

/** Digits just before an Enter are the rest of a code that a scanner sent too slowly: it confirms nothing. */
let lastPrintableMs = Number.NEGATIVE_INFINITY;

function onWindowKey(desk: Desk, key: string): void {
  const nowMs = performance.now();
  const name = nameOf(key);
  if (/^\d$/.test(key)) lastPrintableMs = nowMs;
  if (name === "Enter" && !isRead(lastPrintableMs, nowMs)) return;
  if (name !== undefined) return pressInWindow(name) ? undefined : findFor(desk, name);
  if (/^[a-z]$/i.test(key)) pressInWindow(key.toUpperCase());
}

/** In a list of sales the key of another list turns it into that one. */
const LISTS = { F3: "look", F4: "refund", F6: "reprint", F7: "e_receipt" } as const;
const isList = (name: string): name is keyof typeof LISTS => name in LISTS;

function findFor(desk: Desk, name: string): void {
  const { sheets } = desk.state;
  if (sheets.at(-1)?.kind !== "find" || !isList(name)) return;
  desk.set({ sheets: [...sheets.slice(0, -1), { kind: "find", for: LISTS[name] }], notice: null });
}

/** Money of it, or of an extra payment, is on its way. */
const isGoingBack = ({ refund_open_fen: openFen, extra }: SaleView): boolean =>
  openFen > 0 || extra?.state === "going_back";

const ALWAYS: Readonly<Record<string, (desk: Desk) => void>> = {
  F1: (desk) => desk.open({ kind: "help" }),
  "?": (desk) => desk.open({ kind: "help" }),
  "？": (desk) => desk.open({ kind: "help" }),
  F3: (desk) => desk.open({ kind: "find", for: LISTS.F3 }),
  F4: (desk) =>
    onSale(
      desk,
      // While one has no result, the window says how much is under way, and why there is no other.
      (sale) => act("refund", "plain", sale, isGoingBack(sale) ? { enabled: true } : {}),
      () => desk.open({ kind: "find", for: LISTS.F4 }),
    ),
  F6: (desk) =>
    onSale(
      desk,
      (sale) => act("reprint", "plain", sale),
      () => desk.open({ kind: "find", for: LISTS.F6 }),
    ),
  F7: (desk) =>
    onSale(
      desk,
      (sale) => eReceiptAct(sale, desk.state.view?.receipt_links_reachable ?? false, "plain"),
      () => desk.open({ kind: "find", for: LISTS.F7 }),
    ),
  F8: (desk) => desk.open({ kind: "why" }),
  m: toggleMenu,
  M: toggleMenu,
  h: callHelp,
  H: callHelp,
  l: (desk) => desk.open({ kind: "lights" }),
  L: (desk) => desk.open({ kind: "lights" }),
  F9: (desk) => desk.open({ kind: "open" }),
  F10: (desk) => desk.open({ kind: "day" }),
  Escape: (desk) => {
    const { sale, view } = desk.state;
    const isAsked = sale?.state === "open" && sale.attempt !== null;
    if (view === null || !isAsked) return desk.notify(null);
    const { acts } = screenNow(desk.state, view, Date.now());
    const isReversible = acts.some(({ id, enabled }) => id === "reverse" && enabled === true);
    const text = isReversible ? frameText.escReverses : frameText.escTooLate;
    desk.notify({ tone: "care", text });
  },
};

type Sale = NonNullable<Desk["state"]["sale"]>;

function onSale(desk: Desk, button: (sale: Sale) => Act, otherwise: () => void): void {
  const { sale } = desk.state;
  if (sale === null) otherwise();
  else void press(desk, button(sale));
}

/** Scans go to the till from anywhere. In a window they only fill its field, and a payment code fills none. */
function onScan(
  desk: Desk,
  text: string,
  field: HTMLInputElement | HTMLTextAreaElement | null,
): void {
  const top = desk.state.sheets.at(-1);
  const { kind } = readScan(text);
  const isCode = kind === "payment_code" || kind === "other_wallet";
  if (desk.state.view?.operator === null) return;
  if (top === undefined && kind === "not_a_code" && isCutCode(text))
    return onBroken(desk, nothingLeft);
  if (top === undefined || (top.kind === "type_code" && isCode)) return void takeScan(desk, text);
  if (isCode) return desk.notify({ tone: "care", text: frameText.scanInSheet });
  if (field === null || top.kind !== "find") return;
  field.select();
  typeInto(field, text);
  field.form?.requestSubmit();
}

/** A pasted payment code is charged, a pasted amount is typed; in a field, pasting is the field's own. */
export function onPaste(desk: Desk, text: string): void {
  const trimmed = text.trim();
  const { view, sheets } = desk.state;
  if (view === null || view.operator === null || sheets.length > 0) return;
  if (readScan(trimmed).kind !== "not_a_code") return void takeScan(desk, trimmed);
  const amount = trimmed.replace(/^[￥¥]\s*/, "").replaceAll(",", "");
  if (
    typeof parseYuan(amount) === "number" &&
    screenNow(desk.state, view, Date.now()).takesDigits
  ) {
    const draft = amount.split("").reduce(typeKey, "");
    return desk.set({ ...nothingTyped, draft, notice: null });
  }
  desk.notify({ tone: "care", text: frameText.pastedNothing });
}
