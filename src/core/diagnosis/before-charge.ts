/** What a printer that can't print means before there is a paper: nothing waits for it, and nothing was paid. */
import { isLive } from "../payment/states.ts";
import type { HoldCause } from "../printing/job.ts";
import { jobHasEnded } from "../printing/states.ts";
import { HOLD_CAUSES } from "../text/printer-causes.ts";
import { fill, type Text } from "../text/text.ts";
import type { SaleFacts } from "../till/can.ts";
import type { Case } from "./case.ts";
import { waitsForPaper } from "./stage.ts";

/** Its receipt isn't settled, or some slip is on its way. */
const waitsForPrinter = (facts: SaleFacts): boolean =>
  waitsForPaper(facts) || facts.jobs.some((one) => !jobHasEnded(one.state));

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

/** Of this sale, else of the box. */
export function holdExplained(hold: HoldCause, { sale, unsettled }: Case): Text {
  const { cashier, now, more } = HOLD_CAUSES[hold];
  if (sale === null)
    return unsettled.some(waitsForPrinter) ? fill(waits, { now, more }) : fill(noPaper, { now });
  // A charge that is out may come to need its paper any moment.
  if (waitsForPrinter(sale) || sale.attempts.some(isLive)) return cashier;
  return fill(sale.attempts.length === 0 ? notCharged : noPaper, { now });
}
