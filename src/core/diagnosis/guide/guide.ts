/**
 * The guide of an incident (引导): the steps of its first cause, then the way to a settled end. Which step is the one now
 * follows from the facts alone and from how long the system has waited for it, so that it moves on by itself.
 */
import type { Text } from "../../text/text.ts";
import { SALE_CAN, type SaleFacts } from "../../till/can.ts";
import { REFUSALS } from "../../rules/refusals.ts";
import type { SaleCommand } from "../../till/view.ts";
import type { Finding } from "../finding.ts";
import { isMoneyKnown } from "../past.ts";
import type { GuideDo, GuideStepView } from "../view.ts";
import {
  chargedSince,
  type GuideFacts,
  moneyStands,
  outcomeKnown,
  paperAnswered,
  paidOtherwise,
  paperAsked,
  paperBrokeOff,
  paperComes,
  receiptOpened,
  receiptSettled,
  saleOver,
  unseen,
  wasAskedFor,
  wasCharged,
} from "./checks.ts";
import type { Step } from "./step.ts";
import { GUIDES } from "./steps.ts";

/** What is kept between two looks: since when a step has been the one now. */
export interface GuideMemory {
  readonly stepId: string | null;
  readonly sinceMs: number;
  /** Waited for in vain. */
  readonly tried: readonly string[];
  /** Asked for long enough to be done: what nobody was asked for, nobody has done, whatever has come right meanwhile. */
  readonly asked: readonly string[];
}

export const freshGuide: GuideMemory = { stepId: null, sinceMs: 0, tried: [], asked: [] };

export function stepsOf(facts: GuideFacts): readonly Step[] {
  const lead = facts.diagnosis.first;
  const guide = lead?.guide ?? null;
  const all = guide === null ? [] : GUIDES[guide];
  // Of what is past only what somebody did about it is still told.
  const own = lead?.isPast === true ? all.filter((one) => one.done(facts)) : all;
  const { sale } = facts.given;
  const unpaidEnd = unpaidEndOf(lead);
  const ends = sale === null ? [] : sale.sale.state === "paid" ? paperEnd : unpaidEnd;
  const ids = new Set(own.map((one) => one.id));
  const rest = ends.filter((one) => !ids.has(one.id));
  const first = own.filter((one) => one.isForLater !== true);
  const later = own.filter((one) => one.isForLater === true);
  return [...first, ...rest, ...later, lastResort].filter((one) => one.due?.(facts) ?? true);
}

function unpaidEndOf(first: Finding | null): readonly Step[] {
  if (first === null) return paymentEnd;
  if (first.guide === "shop_limit") return overLimitEnd;
  return isShopRefused(first) ? refusedShopEnd : paymentEnd;
}

/** Proven, and not for the buyer to mend by another way inside Alipay: of the shop, or of what support set up for it. */
const isShopRefused = ({ family, verdict, guide, bears }: Finding): boolean =>
  verdict === "confirmed" &&
  ((family === "merchant" && guide !== "other_payer") ||
    (family === "system" && guide === "support" && bears === "payment"));

/** Moves on: over what is done, and past what was waited for long enough. */
export function guideOn(memory: GuideMemory, facts: GuideFacts): GuideMemory {
  const steps = stepsOf(facts);
  const { nowMs } = facts.given;
  const still = steps.find((one) => one.id === memory.stepId && !one.done(facts));
  const asked = withAsked(memory, steps, nowMs);
  const isPatient = still !== undefined && nowMs - memory.sinceMs < still.patienceMs;
  if (isPatient && next(steps, memory.tried, facts)?.id === still.id)
    return asked === memory.asked ? memory : { ...memory, asked };
  const given = still !== undefined && !isPatient ? [...memory.tried, still.id] : memory.tried;
  // What was tried in vain and then came right after all is no longer in vain.
  const tried = given.filter((id) => steps.some((one) => one.id === id && !one.done(facts)));
  const now = next(steps, tried, facts);
  const isSame = now?.id === memory.stepId && tried.length === memory.tried.length;
  if (isSame && asked === memory.asked) return memory;
  if (isSame) return { ...memory, asked };
  return { stepId: now?.id ?? null, sinceMs: nowMs, tried, asked };
}

/** Nobody reads a step and does it faster than this. */
const personMs = 5_000;

/** The step that was the one now counts as asked for once it stood there for a person's time; a wait needs none. */
function withAsked(
  { stepId, sinceMs, asked }: GuideMemory,
  steps: readonly Step[],
  nowMs: number,
): readonly string[] {
  if (stepId === null || asked.includes(stepId)) return asked;
  const isWait = steps.find((one) => one.id === stepId)?.isWait === true;
  return isWait || nowMs - sinceMs >= personMs ? [...asked, stepId] : asked;
}

/**
 * What is said of a step that is done. A person's own: it was asked for and nothing speaks against it, or what is seen is
 * the very act. What the machine does too is told as its doing, unless it is seen that a person did it. Null: nobody did.
 */
function toldDone(step: Step, memory: GuideMemory, facts: GuideFacts): Text | null {
  const { itself = null, isWitnessed, shownBy } = step;
  if (isWitnessed === true) return step.text;
  if (!memory.asked.includes(step.id)) return null;
  return (shownBy?.(facts) ?? itself === null) ? step.text : itself;
}

const next = (
  steps: readonly Step[],
  tried: readonly string[],
  facts: GuideFacts,
): Step | undefined => steps.find((one) => !tried.includes(one.id) && !one.done(facts));

export function guideView(
  memory: GuideMemory,
  facts: GuideFacts,
  receiptUrl: string | null,
): readonly GuideStepView[] {
  const steps = stepsOf(facts).filter(
    (one) => !one.done(facts) || toldDone(one, memory, facts) !== null,
  );
  const now = next(steps, memory.tried, facts);
  const isOpen = facts.given.sale !== null && !isMoneyKnown(facts.given.sale);
  return steps.map((one) => {
    const done = one.done(facts);
    const state = done
      ? "done"
      : one === now
        ? "now"
        : memory.tried.includes(one.id)
          ? "tried"
          : "later";
    const own = isOpen ? (one.open ?? one.text) : one.text;
    const told = done ? toldDone(one, memory, facts) : null;
    return {
      id: one.id,
      text: done ? (told ?? one.text) : own,
      picture: one.picture,
      state,
      seen: done ? one.seen : one === now && one.action === "none" ? waiting : null,
      action: one.action,
      enabled: enabledOf(one.action, facts.given.sale, receiptUrl),
    };
  });
}

const waiting: Text = {
  zh: "好了系统会自己看到",
  en: "the system sees by itself when it is done",
};

const COMMANDS: Readonly<Partial<Record<GuideDo, SaleCommand>>> = {
  query: "query",
  charge_again: "charge",
  answer_printed: "answer_printed",
  reprint: "reprint",
};

const noAddress: Text = {
  zh: "没有手机能打开的地址，给不了电子小票",
  en: "There is no address that a phone could open",
};
const noSale: Text = { zh: "没有对应的交易", en: "There is no sale to do it for" };

/** From the same table as the till's buttons: what it forbids, no guide offers. */
function enabledOf(
  action: GuideDo,
  sale: SaleFacts | null,
  receiptUrl: string | null,
): true | Text {
  if (action === "e_receipt") return receiptUrl === null ? noAddress : true;
  const command = COMMANDS[action];
  if (command === undefined) return true;
  if (sale === null) return noSale;
  const can = SALE_CAN[command](sale);
  return can === "yes" ? true : REFUSALS[can].text;
}

const end = (
  id: string,
  action: GuideDo,
  zh: string,
  en: string,
  done: Step["done"],
  picture: string | null = null,
): Step => ({
  id,
  text: { zh, en },
  picture,
  done,
  seen: { zh: "好了", en: "done" },
  ...(action === "query" || action === "none" ? { isWait: true as const } : {}),
  action,
  patienceMs: Infinity,
});

const checkOrder: Step = {
  ...end(
    "check_order",
    "query",
    "查单：问支付宝这笔付了没有，以收银机显示的为准",
    "Check the order: ask Alipay whether it is paid; trust the till",
    outcomeKnown,
  ),
  shownBy: wasAskedFor,
  itself: { zh: "系统自己向支付宝查了这笔", en: "The system asked Alipay about it by itself" },
  // Alipay can't be asked about what was never sent.
  due: wasCharged,
};

/** Where the shop itself is refused the next code would be too. */
const refusedShopEnd: readonly Step[] = [
  checkOrder,
  {
    ...end(
      "pay_otherwise",
      "none",
      "改收现金或别的支付方式；修好前不要再扫支付宝的码",
      "Take cash or another way; scan no Alipay code until it is mended",
      saleOver,
    ),
    shownBy: paidOtherwise,
    open: {
      zh: "有结论前不要再收；修好前不要再扫支付宝的码",
      en: "Don't charge again before the result; scan no Alipay code until it is mended",
    },
  },
];

/** Only this amount is too much: the next customer may pay as ever. */
const overLimitEnd: readonly Step[] = [
  checkOrder,
  {
    ...end(
      "pay_otherwise",
      "none",
      "这一笔改收现金或别的支付方式；没超限额的单照常可以扫支付宝",
      "Take cash or another way for this one; amounts within the limit can be scanned as ever",
      saleOver,
    ),
    shownBy: paidOtherwise,
    open: {
      zh: "有结论前不要再收；没超限额的单照常可以扫支付宝",
      en: "Don't charge this one again before its result; amounts within the limit can be scanned as ever",
    },
  },
];

const paymentEnd: readonly Step[] = [
  checkOrder,
  {
    ...end(
      "charge_again",
      "charge_again",
      "请顾客出示新的付款码再收",
      "Charge with a new code from the customer",
      saleOver,
      "payment_code",
    ),
    shownBy: chargedSince,
    open: {
      zh: "确认没有扣款后，请顾客出示新的付款码再收",
      en: "Once it is proven that nothing was taken, charge again with a new code",
    },
  },
];

const paperEnd: readonly Step[] = [
  {
    ...end(
      "look_at_paper",
      "answer_printed",
      "看一眼出纸口：小票完整出来了吗？",
      "Look at the printer: is the receipt out and complete?",
      paperAnswered,
      "paper_slot",
    ),
    due: paperAsked,
    isWitnessed: true,
  },
  {
    ...end(
      "paper_comes",
      "none",
      "等小票自动打出来，打印机会确认",
      "Wait for the paper; it prints by itself and the printer confirms",
      receiptSettled,
      "wait",
    ),
    itself: { zh: "小票有了着落", en: "The receipt is settled" },
    // While a person is asked, or nobody will print it here, nothing comes by itself.
    due: paperComes,
    patienceMs: 60_000,
  },
  {
    ...end(
      "paper_checked",
      "none",
      "先不要补打：系统正在查打出来多少，查不到就会问你",
      "Don't reprint yet: the system is finding out what came out, and asks you if it can't tell",
      receiptSettled,
      "wait",
    ),
    itself: { zh: "系统自己查清了打出来多少", en: "The system found out what came out" },
    due: paperBrokeOff,
  },
  {
    ...end(
      "e_receipt",
      "e_receipt",
      "请顾客扫码打开电子小票",
      "Let the customer open the electronic receipt",
      receiptOpenedOrSettled,
      "e_receipt",
    ),
    due: moneyStands,
  },
];

function receiptOpenedOrSettled(facts: GuideFacts): boolean {
  return receiptOpened(facts) || receiptSettled(facts);
}

const lastResort: Step = {
  ...end(
    "escalate",
    "escalate",
    "还不行：叫人来。系统备好全部证据和要报的号码",
    "If all fails call for help; the evidence and the numbers to give are ready",
    (facts) =>
      facts.given.sale !== null &&
      saleOver(facts) &&
      (facts.given.sale.sale.state !== "paid" || receiptSettled(facts)),
  ),
  shownBy: unseen,
};
