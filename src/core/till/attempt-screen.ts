/** The screens of a sale that isn't paid: one total table over the attempt's states. */
import type { AttemptState, UnpaidEnd } from "../payment/attempt.ts";
import { extraAfterTakenBack } from "../text/extra.ts";
import { fill, joined } from "../text/text.ts";
import type { Text } from "../text/text.ts";
import { tillText } from "../text/till.ts";
import { act, possible, refundExtra } from "./acts.ts";
import { countdownOf, screenOfSale, withAmount } from "./compose.ts";
import type { Scene } from "./compose.ts";
import { extraWords } from "./extra.ts";
import { screenOfPaid } from "./paid-screen.ts";
import type { Act, Screen } from "./parts.ts";
import { sideOfNothing } from "./side.ts";
import type { AttemptView, ExtraView, SaleView } from "./view.ts";

const t = tillText;

type Draw = (scene: Scene, attempt: AttemptView) => Screen;

const SCREEN_OF_ATTEMPT: Record<AttemptState, Draw> = {
  created: (scene, attempt) => (attempt.method === "qr" ? makingQr(scene) : charging(scene)),
  sending: (scene, attempt) => (attempt.method === "qr" ? makingQr(scene) : charging(scene)),
  awaiting_buyer: (scene, attempt) =>
    attempt.qr_code === null ? awaitingBuyer(scene, attempt) : showQr(scene, attempt),
  unknown: confirming,
  reversing,
  paid: screenOfPaid,
  declined: (scene, attempt) => SCREEN_OF_END[attempt.unpaid_end ?? "declined"](scene, attempt),
  reversed: (scene, attempt) => SCREEN_OF_END[attempt.unpaid_end ?? "closed"](scene, attempt),
};

const SCREEN_OF_END: Record<UnpaidEnd, Draw> = {
  never_sent: notSent,
  declined,
  closed: reversed,
  closed_in_doubt: (scene) => reversedWith(scene, t.reversedInDoubt),
  refunded: reversed,
  never_seen: neverSeen,
  rolled_back: rolledBack,
};

/** The screen of a sale whose newest attempt decides. */
export function screenOfAttempt(scene: Scene): Screen {
  const { attempt } = scene.sale;
  if (attempt === null) return showCode(scene);
  // Money that came after the end was accepted: the attempt stays ended, the sale is paid.
  if (attempt.unpaid_end !== null && scene.sale.outcome === "paid")
    return screenOfPaid(scene, attempt);
  const { extra, outcome } = scene.sale;
  const hasEnded = attempt.unpaid_end !== null || attempt.state === "paid";
  if (hasEnded && outcome !== "paid" && extra !== null) return cameLate(scene, extra);
  return afterTakenBack(scene.sale, SCREEN_OF_ATTEMPT[attempt.state](scene, attempt));
}

const LATE: Record<ExtraView["state"], Pick<Screen, "kind" | "tone" | "headline">> = {
  going_back: { kind: "late_money", tone: "care", headline: t.goingBackHead },
  kept: { kind: "late_money", tone: "bad", headline: t.extraKeptHead },
  back: { kind: "reversed", tone: "calm", headline: t.extraBackHead },
};

/** It had ended without money, and then money came that has to go back. No incident's headline or guide stands over that. */
function cameLate(scene: Scene, extra: ExtraView): Screen {
  const { sale } = scene;
  const [next, ...rest] = afterUnpaid(sale);
  const owed = isTakenBack(sale) ? extraAfterTakenBack[extra.state] : null;
  return screenOfSale(scene, {
    ...LATE[extra.state],
    ...(owed === null ? {} : { kind: "late_money", tone: "bad", caution: owed }),
    icon: "back",
    word: t.notTaken,
    plain: extraWords(sale, extra),
    acts: [...(next === undefined ? [] : [next]), ...refundExtra(sale), ...rest],
    takesCode: sale.can.charge,
  });
}

const isTakenBack = ({ state, receipt, attempts }: SaleView): boolean =>
  state === "open" &&
  receipt?.void === true &&
  attempts.some((one) => one.unpaid_end === "rolled_back");

const endsInVain: ReadonlySet<Screen["kind"]> = new Set(["declined", "not_sent", "reversed"]);

/** "Nothing was taken" is true of the last charge, and no comfort where the goods left with the one before. */
function afterTakenBack(sale: SaleView, screen: Screen): Screen {
  if (!isTakenBack(sale) || !endsInVain.has(screen.kind)) return screen;
  const caution =
    screen.caution === null ? t.takenBackBefore : joined(t.takenBackBefore, screen.caution);
  return { ...screen, tone: "bad", caution, full: false };
}

/** Nothing has been sent yet, or the last attempt ended unpaid and the cashier goes on. */
export function showCode(scene: Scene): Screen {
  const { sale } = scene;
  return screenOfSale(scene, {
    kind: "show_code",
    tone: "wait",
    icon: "code",
    headline: t.showCodeHead,
    plain: t.showCodePlain,
    acts: [
      act("change_amount", "plain", sale),
      act("show_qr", "plain", sale),
      act("type_code", "more", sale),
      act("pay_otherwise", "more", sale),
    ],
    // What became of the charge before isn't the next one's. A receipt that was made void stays in sight.
    ...(sale.receipt === null ? { side: sideOfNothing } : {}),
    takesCode: sale.can.charge,
  });
}

function makingQr(scene: Scene): Screen {
  return screenOfSale(scene, {
    kind: "making_qr",
    tone: "wait",
    icon: "dots",
    headline: t.makingQrHead,
    plain: t.makingQrPlain,
    acts: possible([act("reverse", "plain", scene.sale, { label: t.cancelSale, key: "Esc" })]),
  });
}

function showQr(scene: Scene, attempt: AttemptView): Screen {
  const { sale, nowMs } = scene;
  return screenOfSale(scene, {
    kind: "show_qr",
    tone: "wait",
    icon: "qr",
    headline: t.showQrHead,
    plain: t.showQrPlain,
    countdown: countdownOf(attempt, nowMs),
    qr: attempt.qr_code,
    acts: [
      act("query", "plain", sale),
      ...possible([act("reverse", "plain", sale, { label: t.cancelSale, key: "Esc" })]),
    ],
    takesCode: t.codeWhileChecking,
  });
}

/** No countdown yet: it would frighten in a state that nearly always ends within three seconds. */
function charging(scene: Scene): Screen {
  return screenOfSale(scene, {
    kind: "charging",
    tone: "wait",
    icon: "dots",
    headline: t.chargingHead,
    plain: t.chargingPlain,
    acts: [],
    takesCode: t.codeWhileChecking,
  });
}

/** What Alipay said last is of then, while a red light says that it can't be heard. */
function awaitingBuyer(scene: Scene, attempt: AttemptView): Screen {
  const { network, provider } = scene.view.gate;
  const isLost = network.light === "red" || provider.light === "red";
  return screenOfSale(scene, {
    kind: "awaiting_buyer",
    tone: isLost ? "care" : "wait",
    icon: "dots",
    headline: isLost ? t.confirmingHead : t.awaitingHead,
    plain: isLost ? t.awaitingLostPlain : t.awaitingPlain,
    caution: t.phoneDoesNotCount,
    countdown: countdownOf(attempt, scene.nowMs),
    acts: [act("query", "plain", scene.sale), ...leave(scene.sale)],
    takesCode: t.codeWhileChecking,
  });
}

const askedText = (count: number): Text =>
  count === 0
    ? t.confirmingPlain
    : count === 1
      ? t.confirmingPlainAskedOnce
      : fill(t.confirmingPlainAsked, { count });

function confirming(scene: Scene, attempt: AttemptView): Screen {
  const asked = attempt.queries_asked;
  return screenOfSale(scene, {
    kind: "confirming",
    tone: "care",
    icon: "dots",
    headline: t.confirmingHead,
    plain: askedText(asked),
    ...locked(scene, attempt),
  });
}

function reversing(scene: Scene, attempt: AttemptView): Screen {
  return screenOfSale(scene, {
    kind: "reversing",
    tone: "care",
    icon: "back",
    headline: t.reversingHead,
    plain: attempt.cause?.family === "merchant" ? attempt.cause.cashier : t.reversingPlain,
    ...locked(scene, attempt),
  });
}

/** No outcome: no second charge. The refusal stands on the button itself. */
function locked({ sale, nowMs }: Scene, attempt: AttemptView) {
  return {
    caution: t.phoneDoesNotCount,
    countdown: countdownOf(attempt, nowMs),
    acts: [
      act("query", "go", sale),
      act("charge_again", "plain", sale, {
        label: t.chargeOnceMore,
        enabled: sale.can.charge === true ? true : t.notBeforeResult,
      }),
      ...leave(sale),
      ...possible([
        act("pay_otherwise", "more", sale),
        act("pending_slip", "more", sale),
        ...(sale.goods_left ? [] : [act("goods_left", "more", sale)]),
      ]),
    ],
    takesCode: t.codeWhileChecking,
  };
}

/** Ways past a sale that still runs: reverse it, or serve the next customer meanwhile. */
const leave = (sale: SaleView): readonly Act[] => [
  ...possible([act("reverse", "more", sale)]),
  act("next", "more", sale, { label: t.nextHeld, key: "S" }),
];

/** Ended without money: charge again with Enter, or give up with Esc. One that can't be charged any more is still to be ended. */
const afterUnpaid = (sale: SaleView): readonly Act[] =>
  sale.can.charge === true
    ? [
        act("charge_again", "go", sale),
        act("cancel_sale", "plain", sale),
        ...possible([act("show_qr", "more", sale), act("pay_otherwise", "more", sale)]),
        act("details", "more", sale),
      ]
    : [
        act("next", "go", sale),
        ...(sale.outcome === "unknown"
          ? []
          : possible([act("cancel_sale", "plain", sale), act("pay_otherwise", "more", sale)])),
        act("details", "more", sale),
      ];

function declined(scene: Scene, attempt: AttemptView): Screen {
  const { sale } = scene;
  const cause = attempt.cause ?? sale.cause;
  return screenOfSale(scene, {
    kind: "declined",
    tone: "bad",
    icon: "cross",
    headline: cause === null ? t.declinedPlainHead : fill(t.declinedHead, { why: cause.title }),
    plain: cause === null ? t.declinedPlain : cause.cashier,
    caution: customerWords(cause?.customer ?? null),
    acts: afterUnpaid(sale),
    takesCode: sale.can.charge,
  });
}

const customerWords = (words: Text | null): Text | null =>
  words === null || words.zh === "" ? null : fill(t.sayToCustomer, { words });

function notSent(scene: Scene): Screen {
  return screenOfSale(scene, {
    kind: "not_sent",
    tone: "bad",
    icon: "cross",
    headline: t.notSentHead,
    plain: t.notSentPlain,
    acts: afterUnpaid(scene.sale),
    takesCode: scene.sale.can.charge,
  });
}

/** 撤销成功 fills the screen: the strongest thing a till can say without money (official advice against one-sided bills). */
function reversed(scene: Scene, attempt: AttemptView): Screen {
  const back = withAmount(t.reversedBack, attempt.amount_fen);
  return reversedWith(scene, attempt.money_went_back ? back : t.reversedNone);
}

/** Nothing goes back where nothing was. */
function neverSeen(scene: Scene): Screen {
  return { ...reversedWith(scene, t.neverSeenPlain), icon: "cross", headline: t.neverSeenHead };
}

function reversedWith(scene: Scene, plain: Text): Screen {
  return screenOfSale(scene, {
    kind: "reversed",
    tone: "calm",
    icon: "back",
    word: t.notTaken,
    headline: t.reversedHead,
    plain,
    acts: [...afterUnpaid(scene.sale), act("why", "more", scene.sale)],
    full: true,
    urgent: true,
    takesCode: scene.sale.can.charge,
  });
}

function rolledBack(scene: Scene): Screen {
  return screenOfSale(scene, {
    kind: "rolled_back",
    tone: "bad",
    icon: "alert",
    word: t.notTaken,
    headline: t.rolledBackHead,
    plain: t.rolledBackPlain,
    acts: afterUnpaid(scene.sale),
    takesCode: scene.sale.can.charge,
  });
}
