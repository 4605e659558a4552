/**
 * One listener for every key of the page. Printable keys and Enter are held back until it is known whether a scanner
 * sends them; then a scan goes to the desk whole, and typing goes where it was meant: the focused field, or the till.
 */
import { atTheAmount, burstGapMs, inAField, noScan, streamGapMs } from "../../../core/till/scan.ts";
import type { Place, ScanResult } from "../../../core/till/scan.ts";
import { afterQuiet, noKeys, onKeyPressed } from "../../../core/till/tail.ts";
import { isField, pressEnterOn, typeInto } from "./fields.ts";

export type Broken = Pick<Extract<ScanResult, { readonly kind: "broken" }>, "typed" | "endless">;

export interface KeyTargets {
  /** A key outside of any field: a digit, a letter, Enter, Esc, F3. */
  readonly key: (key: string) => void;
  /** A whole scan; `field` is where the cursor was, or null. */
  readonly scan: (text: string, field: HTMLInputElement | HTMLTextAreaElement | null) => void;
  /** A scan that can't be used; what it typed has been undone as far as it is known. */
  readonly broken: (broken: Broken) => void;
  /** A person types, and the keys are ignored for what a broken scan may still send. */
  readonly ignored: () => void;
  /** Nobody knows whether the last digit of the amount was a person's. */
  readonly doubt: () => void;
  /** Ctrl+A outside of any field. */
  readonly selectAll: () => void;
  /** Keys that came in one breath, too many for a hand and too few for a code, ended with Enter or a silence. */
  readonly fragment: () => void;
  /** Remembers what typing may change; the function given back undoes it. */
  readonly mark: (field: HTMLInputElement | HTMLTextAreaElement | null) => () => void;
}

const namedKeys: ReadonlySet<string> = new Set(
  "F1 F2 F3 F4 F6 F7 F8 F9 F10 Escape Backspace Delete".split(" "),
);

/** A timer this late means that the page was busy and key presses may be waiting behind it. */
const lateTimerMs = 25;

/** A hand that strikes this many keys within the silence that tells a scanner is no hand at a till. */
const fragmentMin = 4;

/** Listens until the returned function is called. */
export function listenToKeys(targets: KeyTargets): () => void {
  let state = noKeys;
  let timer = 0;
  /** Undoes the last typing, and all typing of the stream. */
  let undo = (): void => undefined;
  let undoStream = undo;
  const place = (): Place => (isField(document.activeElement) === null ? atTheAmount : inAField);

  const deliver = (results: readonly ScanResult[]): void => {
    for (const result of results) {
      const field = isField(document.activeElement);
      switch (result.kind) {
        case "broken":
          if (result.typed !== "nothing") undoStream();
          undo = targets.mark(field);
          targets.broken(result);
          break;
        case "scanned":
          if (result.amountInDoubt) targets.doubt();
          targets.scan(result.text, field);
          break;
        case "ignored":
          if (result.isHand) targets.ignored();
          break;
        case "taken_back":
          undo();
          break;
        case "typed":
          undo = targets.mark(field);
          if (result.begins) undoStream = undo;
          for (const key of result.keys) typed(targets, key);
          if (field === null && result.keys.length >= fragmentMin) targets.fragment();
      }
    }
  };
  const awaitSilence = (ms: number): void => {
    window.clearTimeout(timer);
    const dueMs = performance.now() + ms;
    timer = window.setTimeout(() => {
      const nowMs = performance.now();
      if (nowMs - dueMs > lateTimerMs) return awaitSilence(burstGapMs);
      const step = afterQuiet(state, nowMs, place());
      state = step.state;
      deliver(step.results);
      if (state.scan !== noScan) awaitSilence(state.scan.held === "" ? streamGapMs : burstGapMs);
    }, ms);
  };
  const letGo = (): void => {
    const step = afterQuiet(state, Number.POSITIVE_INFINITY, place());
    state = noKeys;
    deliver(step.results);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (
      event.ctrlKey &&
      event.key.toLowerCase() === "a" &&
      isField(document.activeElement) === null
    ) {
      event.preventDefault();
      return targets.selectAll();
    }
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const printable = event.key.length === 1 && !pressesButton(event);
    if (!printable && event.key !== "Enter") {
      if (!namedKeys.has(event.key)) return;
      letGo();
      const ownKey = isField(document.activeElement) !== null && !event.key.startsWith("F");
      if (ownKey || (event.key === "Escape" && document.querySelector("dialog[open]"))) return;
      event.preventDefault();
      return targets.key(event.key);
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    const step = onKeyPressed(state, event.key, event.timeStamp, place());
    state = step.state;
    deliver(step.results);
    awaitSilence(burstGapMs + 2);
  };

  document.addEventListener("keydown", onKeyDown, true);
  return () => {
    window.clearTimeout(timer);
    document.removeEventListener("keydown", onKeyDown, true);
  };
}

/** Space on a focused button or choice is its own. */
const pressesButton = ({ key }: KeyboardEvent): boolean =>
  key === " " &&
  document.activeElement?.matches(
    "button, summary, select, input[type=radio], input[type=checkbox]",
  ) === true;

/** A key that a person pressed: into the field with the cursor, on the focused button, or to the till. */
function typed(targets: KeyTargets, key: string): void {
  const active = document.activeElement;
  const field = isField(active);
  if (key === "Enter") {
    if (active instanceof HTMLElement && pressEnterOn(active)) return;
  } else if (field !== null) {
    return typeInto(field, key);
  }
  targets.key(key);
}
