/** What the system looks at to see that a step is done. Each reads evidence or the sale, never the clock's patience. */
import { awaitsProof, isLive } from "../../payment/states.ts";
import { comesByItself } from "../../printing/holds.ts";
import { type HoldCause, isInterrupted, waitsForEReceipt } from "../../printing/job.ts";
import { jobHasEnded } from "../../printing/states.ts";
import { isMoneyContradicted, newestPaper, type SaleFacts } from "../../till/can.ts";
import type { Case } from "../case.ts";
import type { Diagnosis } from "../finding.ts";
import { isProviderFault } from "../families/codes.ts";
import { awaitsPaper } from "../loading.ts";
import { isUp, ladderOf, rungsOf } from "../ladder.ts";
import type { Target } from "../evidence.ts";
import { allOf, newest } from "../picture.ts";
import { providerNews } from "../provider-news.ts";

export interface GuideFacts {
  readonly given: Case;
  readonly diagnosis: Diagnosis;
  /** When the trouble began: what was well before proves nothing. */
  readonly sinceMs: number;
}

export type Check = (facts: GuideFacts) => boolean;

/** One of them suffices. */
export const either =
  (...checks: readonly Check[]): Check =>
  (facts) =>
    checks.some((check) => check(facts));

export const not =
  (check: Check): Check =>
  (facts) =>
    !check(facts);

/** A probe of this target gets an answer, or the provider answered since, which lies beyond all of them. */
export const reaches =
  (target: Target): Check =>
  ({ given, sinceMs }) => {
    const ladder = ladderOf(given);
    const { answered } = providerNews(given, ladder);
    return rungsOf(ladder, target).some(isUp) || (answered !== null && answered.atMs > sinceMs);
  };

/** It works again for whoever asks now; what became of an earlier charge is another question. An error is no answer. */
export const providerAnswers: Check = ({ given, sinceMs }) => {
  const { calls } = providerNews(given, ladderOf(given));
  const good = calls.findLast(({ fact }) => !isProviderFault(fact));
  if (good === undefined || good.atMs <= sinceMs) return false;
  // What was sent before that answer and is given up only now says nothing of the time since.
  return !calls.some(({ atMs, fact }) => isProviderFault(fact) && atMs - fact.ms >= good.atMs);
};

const justBackMs = 10_000;

/** Something on the way has come back a moment ago: what lies beyond it is still being asked. */
export const justBack: Check = ({ given }) =>
  [...ladderOf(given).values()]
    .flat()
    .some(({ backAtMs }) => backAtMs !== null && given.nowMs - backAtMs < justBackMs);

/** Answers come over a card that had given none before the trouble: the till is on another network. */
export const onNewPath: Check = ({ given: { picture }, sinceMs }) => {
  const good = allOf(picture, "reach").filter(({ fact }) => fact.failure === null);
  const before = new Set(good.filter(({ atMs }) => atMs <= sinceMs).map(({ fact }) => fact.path));
  return good.some(({ atMs, fact }) => atMs > sinceMs && !before.has(fact.path));
};

/** No judge names this cause any more. */
export const gone =
  (...causes: readonly string[]): Check =>
  ({ diagnosis }) =>
    !diagnosis.families.some((one) =>
      one.findings.some((finding) => causes.includes(finding.cause)),
    );

export const printerIsNot =
  (...conditions: readonly HoldCause[]): Check =>
  ({ given }) => {
    const condition = newest(given.picture, "printer")?.fact.condition ?? null;
    return condition === null || !conditions.includes(condition);
  };

export const printerWell: Check = ({ given }) =>
  newest(given.picture, "printer")?.fact.condition === null;

export const paperIn: Check = ({ given }) => !awaitsPaper(given);

/** The paper was opened up to, or is in already. */
export const coverSeenOpen: Check = ({ given }) =>
  newest(given.picture, "printer")?.fact.condition !== "paper_out";

const ofSale =
  (check: (sale: SaleFacts) => boolean): Check =>
  ({ given }) =>
    given.sale !== null && check(given.sale);

export const outcomeKnown: Check = ofSale(
  (sale) => sale.attempts.length > 0 && !sale.attempts.some(awaitsProof),
);

/** Nothing that the machine sees tells whether somebody did it. */
export const unseen: Check = () => false;

/** The key for the result was pressed for its newest charge. */
export const wasAskedFor: Check = ({ given: { picture, sale } }) => {
  const last = sale?.attempts.at(-1);
  return allOf(picture, "act").some(
    ({ fact, atMs }) =>
      fact.act === "asked_provider" &&
      fact.saleId === last?.saleId &&
      atMs >= (last?.createdAtMs ?? Infinity),
  );
};

export const chargedSince: Check = ({ given: { sale }, sinceMs }) =>
  sale?.attempts.some(({ createdAtMs }) => createdAtMs > sinceMs) ?? false;

export const paidByBuyer: Check = ofSale(({ attempts }) =>
  attempts.some(({ state }) => state === "paid"),
);

export const paidOtherwise: Check = ofSale(({ sale }) => sale.state === "paid_otherwise");

/** Something was sent, or is about to be. */
export const wasCharged: Check = ofSale(({ attempts }) => attempts.length > 0);

export const saleGoesOn: Check = ofSale(
  ({ sale, attempts }) => sale.state !== "open" || attempts.some(isLive),
);

export const saleOver: Check = ofSale(({ sale }) => sale.state !== "open");

export const paperAnswered: Check = ofSale((sale) => newestPaper(sale)?.state !== "doubtful");

/** While Alipay says now that the trade is closed, no receipt that says "paid" is promised or given. */
export const moneyStands: Check = ofSale((sale) => !isMoneyContradicted(sale));

/** The paper is settled, or is on its way and needs nobody. */
export const paperComes: Check = ofSale((sale) => {
  const job = newestPaper(sale);
  return !isMoneyContradicted(sale) && (job === null || comesByItself(job));
});

/** Some of it may be out, and the system is finding out how much. */
export const paperBrokeOff: Check = ofSale((sale) => {
  const job = newestPaper(sale);
  return !isMoneyContradicted(sale) && job !== null && isInterrupted(job);
});

export const eReceiptDone: Check = ofSale((sale) => !waitsForEReceipt(newestPaper(sale)));

/** A paper is in doubt: only then is the look at the printer asked for. */
export const paperAsked: Check = ofSale(({ jobs }) =>
  jobs.some((one) => one.state === "doubtful" || one.doubt !== null),
);

export const receiptSettled: Check = ofSale((sale) => {
  const opened = sale.receipt !== null && sale.receipt.openedAtMs !== null;
  const job = newestPaper(sale);
  return opened || (job !== null && jobHasEnded(job.state));
});

export const receiptOpened: Check = ofSale(
  (sale) => sale.receipt !== null && sale.receipt.openedAtMs !== null,
);
