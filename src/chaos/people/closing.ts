/** Closing time: what is still open is looked after, until everything has ended or the time for it is over. */
import { waitsForEReceipt } from "../../core/printing/job.ts";
import type { RefundView, SaleSummary } from "../../core/till/view.ts";
import type { Violation } from "../../simulation/auditor/facts.ts";
import { isTrouble, pause } from "../shop/calls.ts";
import { timeFactor } from "../shop/shop.ts";
import { answerQuestions } from "./cashier.ts";
import type { Till } from "./till.ts";
import type { Tray } from "./tray.ts";

const lookEveryMs = 300;
/** From here on no order of before can be paid any more: its expiry, the margin, and some time to ask. */
const expiredAfterMs = (90_000 + 30_000) / timeFactor + 4_000;

const isOpen = ({ outcome, job, state }: SaleSummary): boolean =>
  outcome === "unknown" ||
  (state === "paid" &&
    (job === "queued" || job === "sending" || job === "held" || job === "doubtful"));

const isForsaken = ({ state, outcome }: SaleSummary): boolean =>
  state === "open" && outcome !== "unknown" && outcome !== "paid";
const isRunning = ({ state }: RefundView): boolean => state !== "done" && state !== "refused";

/** Null once all has ended; else what hasn't. `limitMs`: without anything ending; a pile of papers takes its time. */
export async function closeUp(till: Till, tray: Tray, limitMs: number): Promise<Violation | null> {
  const startedMs = performance.now();
  let open: readonly SaleSummary[] = [];
  let onTheList = "none on the till's list";
  let fewest = Infinity;
  let movedMs = startedMs;
  while (performance.now() - movedMs < limitMs) {
    try {
      const all = await till.sales();
      open = all.filter(isOpen);
      if (open.length < fewest) [fewest, movedMs] = [open.length, performance.now()];
      for (const one of open) {
        const sale = await till.sale(one.sale_id);
        await answerQuestions(till, tray, sale);
        if (waitsForEReceipt(sale.receipt?.job)) await till.press(sale.sale_id, "waive-paper");
      }
      // Nobody stands at the counter any more.
      for (const one of all.filter(isForsaken)) await till.press(one.sale_id, "abandon");
      const { sale, open_sales: others } = await till.view();
      // Slips and the shop's own copies are asked about, too.
      for (const one of others) await answerQuestions(till, tray, await till.sale(one.sale_id));
      if (sale !== null) await answerQuestions(till, tray, sale);
      onTheList = `${others.length} on the till's list`;
      const runsStill = others.length > 0 || (sale !== null && sale.refunds.some(isRunning));
      const ranMs = performance.now() - startedMs;
      if (open.length === 0 && !runsStill && ranMs > expiredAfterMs) return null;
    } catch (error) {
      // A box whose disk was full comes back by itself in a few seconds.
      if (!isTrouble(error)) throw error;
    }
    await pause(lookEveryMs);
  }
  const [first] = open;
  return {
    rule: "everything_ends",
    saleId: first?.sale_id ?? null,
    seen: `${open.length} sales are open, ${onTheList}, and none has ended for ${limitMs} ms: ${JSON.stringify(first)}`,
    atMs: Date.now(),
  };
}
