/** What a printer that can't print means before there is a paper: nothing waits for it, and nothing was paid. */
import { isLive } from "../payment/states.ts";
import { type HoldCause, isInterrupted, type PrintJob, waitsForEReceipt } from "../printing/job.ts";
import { jobHasEnded } from "../printing/states.ts";
import { DOUBT_CAUSES, HOLD_CAUSES, PRINT_INTERRUPTED } from "../text/printer-causes.ts";
import { fill, type Text } from "../text/text.ts";
import { newestPaper, type SaleFacts } from "../till/can.ts";
import type { Case, CauseWords } from "./case.ts";
import { waitsForPaper } from "./stage.ts";

/** Its receipt isn't settled, or some slip is on its way. One that waits for its e-receipt needs no printer. */
const waitsForPrinter = (facts: SaleFacts): boolean =>
  (waitsForPaper(facts) && !waitsForEReceipt(newestPaper(facts))) ||
  facts.jobs.some((one) => !jobHasEnded(one.state) && !waitsForEReceipt(one));

const notCharged: Text = {
  zh: "这一单还没有收款。{now}。",
  en: "This sale hasn't been charged yet. {now}.",
};
const noPaper: Text = { zh: "现在没有等着打的小票。{now}。", en: "No receipt is waiting. {now}." };
/** Somebody's: whoever is charged next isn't told that a charge is behind them. */
const waits: Text = {
  zh: "有小票在等着打，收过的款不受影响。{now}。{more}",
  en: "A paper is waiting, and what was paid isn't affected. {now}. {more}",
};

/** What was begun may be on paper: it neither goes on by itself nor may be printed again before that is known. */
const inDoubt: Text = {
  zh: "有一张小票还不知道出来没有，先不要补打。{now}。",
  en: "It isn't known whether one receipt came out; don't reprint yet. {now}.",
};

/** In place of a hold's own words, while it isn't known what of this sale's paper is out. */
export function doubtWords({ sale }: Case): CauseWords | null {
  const job = sale === null ? null : newestPaper(sale);
  if (job === null) return null;
  const said = isInterrupted(job)
    ? PRINT_INTERRUPTED
    : job.state === "doubtful" && job.doubt !== null
      ? DOUBT_CAUSES[job.doubt]
      : null;
  return said === null ? null : { explain: said.cashier, nextStep: said.now };
}

const isInDoubt = (job: PrintJob): boolean => isInterrupted(job) || job.state === "doubtful";

/** Of this sale, else of the box. */
export function holdExplained(hold: HoldCause, { sale, unsettled }: Case): Text {
  const { cashier, now, more } = HOLD_CAUSES[hold];
  if (sale === null && unsettled.some(({ jobs }) => jobs.some(isInDoubt)))
    return fill(inDoubt, { now });
  if (sale === null)
    return unsettled.some(waitsForPrinter) ? fill(waits, { now, more }) : fill(noPaper, { now });
  // A charge that is out may come to need its paper any moment.
  if (waitsForPrinter(sale) || sale.attempts.some(isLive)) return cashier;
  return fill(sale.attempts.length === 0 ? notCharged : noPaper, { now });
}
