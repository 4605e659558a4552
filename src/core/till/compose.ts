/** Small tools of the screen tables: one screen with its quiet defaults, texts within texts, and the countdown. */
import { fen, yuanText } from "../money/money.ts";
import { fill } from "../text/text.ts";
import type { Text } from "../text/text.ts";
import { tillText } from "../text/till.ts";
import { clockText, instantMs } from "./clock.ts";
import type { Countdown, Screen } from "./parts.ts";
import { sideOf } from "./side.ts";
import type { AttemptView, SaleView, TillView } from "./view.ts";

/** What a table of screens is asked with. */
export interface Scene {
  readonly view: TillView;
  readonly sale: SaleView;
  readonly nowMs: number;
}

/** What a state has to say; the rest is the same for every sale. */
export type Said = Pick<Screen, "kind" | "tone" | "icon" | "headline" | "plain" | "acts"> &
  Partial<Screen>;

const loud: ReadonlySet<Screen["tone"]> = new Set(["care", "bad"]);

export function screenOfSale({ view, sale }: Scene, said: Said): Screen {
  return {
    word: tillText.due,
    amountFen: sale.amount_fen,
    caution: null,
    money: null,
    incident: null,
    warnings: [],
    offers: [],
    guide: null,
    countdown: null,
    qr: null,
    side: sideOf(sale, {
      linksReachable: view.receipt_links_reachable,
      isPrinterRed: view.gate.printer.light === "red",
    }),
    full: false,
    urgent: loud.has(said.tone),
    takesDigits: false,
    takesCode: said.acts.some(isNextHeld) ? tillText.noCodeNowHeld : tillText.noCodeNow,
    ...said,
  };
}

const isNextHeld = ({ id, key, label }: Screen["acts"][number]): boolean =>
  id === "next" && key === "Enter" && label === tillText.nextHeld;

/** Fills `{amount}` with yuan. */
export const withAmount = (text: Text, amountFen: number, place = "amount"): Text =>
  fill(text, { [place]: yuanText(fen(amountFen)) });

/** From the request to the moment by which there will be an outcome; null when nobody can say. */
export function countdownOf(attempt: AttemptView, nowMs: number): Countdown | null {
  const toMs = ms(attempt.outcome_by);
  if (toMs === null) return null;
  const fromMs = ms(attempt.sent_at) ?? nowMs;
  const share = toMs <= fromMs ? 1 : Math.min(1, Math.max(0, (nowMs - fromMs) / (toMs - fromMs)));
  const secondsLeft = Math.max(0, Math.ceil((toMs - nowMs) / 1000));
  const isUsual = nowMs < (ms(attempt.usually_by) ?? 0);
  const words = isUsual ? tillText.outcomeUsuallyBy : tillText.outcomeBy;
  const times = { usually: clockText(attempt.usually_by), latest: clockText(attempt.outcome_by) };
  return {
    share,
    secondsLeft,
    text: secondsLeft === 0 ? tillText.outcomeLater : fill(words, times),
  };
}

const ms = (time: string | null): number | null => (time === null ? null : instantMs(time));
