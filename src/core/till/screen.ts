/**
 * The till's one question, answered in one place: what does the cashier see now, and what can be pressed?
 * `screenOf` is pure and total; the page draws what it returns and decides nothing.
 */
import { parseYuan } from "../money/money.ts";
import type { IncidentView } from "../diagnosis/view.ts";
import { fill, type Text } from "../text/text.ts";
import { AMOUNT_CAUSES, amountShort } from "../text/input-causes.ts";
import { tillText } from "../text/till.ts";
import { act, possible, refundExtra } from "./acts.ts";
import { screenOfAttempt, showCode } from "./attempt-screen.ts";
import { screenOfSale, withAmount } from "./compose.ts";
import { contradicted } from "./contradicted.ts";
import { withGate } from "./gate-screen.ts";
import { withIncident } from "./incident-screen.ts";
import type { Scene } from "./compose.ts";
import type { Act, Screen } from "./parts.ts";
import { sideOfEnded, sideOfNothing, sideOfOtherwise } from "./side.ts";
import { isTakenElsewhere, takenElsewhere } from "./taken-elsewhere.ts";
import type { SaleView, TillView } from "./view.ts";

export interface ScreenInput {
  /** The sale on this page (the box may name another one), or null for the amount of the next. */
  readonly sale: SaleView | null;
  /** The amount as typed so far. */
  readonly draft: string;
  /** The draft is the amount of an earlier sale: the first digit replaces it. */
  readonly replaces: boolean;
  /** After a scan that went wrong: no code is taken before a person confirmed the amount. */
  readonly unsure: boolean;
  /** There is no keyboard, only a finger: words name the button, not its key. */
  readonly taps: boolean;
  /** Enter was pressed on an amount that equals one of `open_sales`: that sale. */
  readonly sameAmountAs: string | null;
  /** Order number of the unpaid attempt after which the cashier chose to charge again: a new code is asked for. */
  readonly again: string | null;
  /** Why the sale on this page has no receipt yet; null while nothing is late. */
  readonly incident: IncidentView | null;
  /** The box doesn't answer. */
  readonly away: boolean;
}

const t = tillText;

/** What to show now. `nowMs` is the box's clock, epoch milliseconds; only countdowns depend on it. */
export function screenOf(view: TillView, input: ScreenInput, nowMs: number): Screen {
  const screen = screenWhilePresent(view, input, nowMs);
  return input.away ? withoutCharging(screen) : screen;
}

function screenWhilePresent(view: TillView, input: ScreenInput, nowMs: number): Screen {
  if (view.operator === null) return signOn;
  const { sale } = input;
  const screen = screenOfWork(view, input, nowMs);
  return withGate(sale === null ? screen : withIncident(screen, input.incident, sale), view, sale);
}

function screenOfWork(view: TillView, input: ScreenInput, nowMs: number): Screen {
  if (input.sale !== null) return screenOfShown({ view, sale: input.sale, nowMs }, input.again);
  const amount = parseYuan(input.draft, view.amount_max_fen);
  if (input.sameAmountAs !== null && typeof amount === "number") return sameAmount(amount);
  if (typeof amount === "number") return screenOfDraft(input, null);
  const { title } = AMOUNT_CAUSES[amount];
  return screenOfDraft(input, { title, short: amountShort(amount, view.amount_max_fen) });
}

function screenOfShown(scene: Scene, again: string | null): Screen {
  const { sale } = scene;
  if (isTakenElsewhere(sale)) return takenElsewhere(scene);
  if (sale.contradicted) return contradicted(scene);
  if (again !== null && sale.attempt?.order_no === again && sale.can.charge === true) {
    return showCode(scene);
  }
  if (sale.state === "unpaid" && sale.attempt === null) return uncharged(scene);
  const ended = sale.state === "paid_otherwise" || sale.state === "abandoned";
  if (!ended) return screenOfAttempt(scene);
  const running = sale.attempt !== null && sale.outcome === "unknown";
  const otherwise = sale.state === "paid_otherwise";
  return screenOfSale(scene, {
    kind: otherwise ? "paid_otherwise" : "abandoned",
    tone: running ? "care" : otherwise ? "good" : "calm",
    icon: running ? "back" : otherwise ? "tick" : "cross",
    word: otherwise ? t.taken : t.notTaken,
    headline: otherwise ? t.otherwiseHead : t.abandonedHead,
    plain: sale.attempt === null && !otherwise ? t.abandonedPlain : sale.advice,
    acts: [act("next", "go", sale), ...refundExtra(sale), act("details", "more", sale)],
    side: otherwise ? sideOfOtherwise(sale) : sideOfEnded,
  });
}

/** Ended before anybody charged it, mostly by the day's close while it stood here: nothing is asked for any more. */
const uncharged = (scene: Scene): Screen =>
  screenOfSale(scene, {
    kind: "abandoned",
    tone: "calm",
    icon: "cross",
    word: t.notTaken,
    headline: withAmount(t.unchargedHead, scene.sale.amount_fen),
    plain: t.unchargedPlain,
    acts: [act("next", "go", scene.sale), act("details", "more", scene.sale)],
    side: sideOfEnded,
  });

const blank: Omit<Screen, "kind" | "headline" | "plain"> = {
  tone: "calm",
  icon: "keys",
  word: t.due,
  amountFen: null,
  caution: null,
  money: null,
  incident: null,
  warnings: [],
  offers: [],
  guide: null,
  countdown: null,
  qr: null,
  acts: [],
  side: sideOfNothing,
  full: false,
  urgent: false,
  takesDigits: false,
  takesCode: AMOUNT_CAUSES.amount_missing.short,
};

const signOn: Screen = { ...blank, kind: "sign_on", headline: t.signOnHead, plain: t.signOnPlain };

/** On the way to an amount these are no mistake yet: nothing, a zero. */
const underWay = (draft: string): boolean => /^[0.]*$/.test(draft);

const TYPED = { ready: t.amountReadyHead, empty: t.amountPlain, old: t.amountOldPlain } as const;
const TAPPED = {
  ready: t.amountReadyHeadTap,
  empty: t.amountPlainTap,
  old: t.amountOldPlainTap,
} as const;

function screenOfDraft(
  { draft, replaces, unsure, taps }: ScreenInput,
  refused: { readonly title: Text; readonly short: Text } | null,
): Screen {
  const enabled = refused?.short ?? true;
  const empty = draft === "";
  const wrong = refused !== null && !underWay(draft);
  const words = taps ? TAPPED : TYPED;
  const ready = replaces ? words.old : t.amountReadyPlain;
  return {
    ...blank,
    ...(wrong ? { tone: "bad", icon: "alert", urgent: true } : {}),
    kind: "amount",
    headline:
      enabled === true
        ? words.ready
        : wrong
          ? fill(t.amountWrongHead, { why: refused.title })
          : t.amountHead,
    plain: enabled === true ? ready : empty ? words.empty : enabled,
    acts: [
      act("take", "go", null, { enabled }),
      ...possible([act("show_qr", "plain", null, { enabled })]),
      ...(empty ? [] : [act("clear", "plain", null)]),
    ],
    takesDigits: true,
    takesCode: enabled === true && unsure ? t.codeAfterBroken : enabled,
  };
}

const sameAmount = (amountFen: number): Screen => ({
  ...blank,
  kind: "same_amount",
  tone: "care",
  icon: "ask",
  amountFen,
  headline: t.sameHead,
  plain: withAmount(t.samePlain, amountFen),
  acts: [
    act("back_to_open", "go", null),
    act("other_customer", "plain", null, { key: "N" }),
    act("clear", "plain", null, { label: t.changeAmount }),
  ],
  urgent: true,
  takesCode: t.codeWhileChecking,
});

/** These only move the page; all others need the box. */
const local: ReadonlySet<Act["id"]> = new Set([
  "clear",
  "next",
  "why",
  "details",
  "e_receipt",
  "back_to_open",
  "other_path",
  "fix_printer",
]);

/** Nothing is asked of a box that doesn't answer; what it already knows stays on the screen. */
const withoutCharging = (screen: Screen): Screen => ({
  ...screen,
  takesCode: t.boxAwayReason,
  acts: screen.acts.map((one) =>
    local.has(one.id) || one.enabled !== true ? one : { ...one, enabled: t.boxAwayReason },
  ),
});
