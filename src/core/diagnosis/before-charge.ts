/** What a printer that can't print means before there is a paper: nothing waits for it, and nothing was paid. */
import { isLive } from "../payment/states.ts";
import type { HoldCause } from "../printing/job.ts";
import { jobHasEnded } from "../printing/states.ts";
import { HOLD_CAUSES } from "../text/printer-causes.ts";
import { fill, type Text } from "../text/text.ts";
import type { SaleFacts } from "../till/can.ts";
import type { Case } from "./case.ts";

/** A charge is out, it was paid, or some slip is on its way. */
const mayNeedPaper = ({ sale, attempts, jobs }: SaleFacts): boolean =>
  sale.state === "paid" || attempts.some(isLive) || jobs.some((one) => !jobHasEnded(one.state));

const notCharged: Text = {
  zh: "这一单还没有收款。{now}。",
  en: "This sale hasn't been charged yet. {now}.",
};
const noPaper: Text = { zh: "现在没有等着打的小票。{now}。", en: "No receipt is waiting. {now}." };

/** Of this sale, else of the box. */
export function holdExplained(hold: HoldCause, { sale, unsettled }: Case): Text {
  const { cashier, now } = HOLD_CAUSES[hold];
  if ((sale === null ? unsettled : [sale]).some(mayNeedPaper)) return cashier;
  return fill(sale?.attempts.length === 0 ? notCharged : noPaper, { now });
}
