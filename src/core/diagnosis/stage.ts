/** What a sale still waits for. A cause that stands in the way of something else can wait. */
import { jobHasEnded } from "../printing/states.ts";
import { newestPaper, type SaleFacts } from "../till/can.ts";
import type { Case } from "./case.ts";
import type { Bears, Finding } from "./finding.ts";
import { allOf, newest } from "./picture.ts";

export type Stage = "payment" | "paper" | "any";

export function stageOf(sale: SaleFacts | null): Stage {
  if (sale === null) return "any";
  return sale.sale.state === "paid" ? "paper" : "payment";
}

/** Paid, and its receipt is still on its way, stuck or in doubt. */
export function waitsForPaper(facts: SaleFacts): boolean {
  const { sale, receipt } = facts;
  if (sale.state !== "paid") return false;
  if (receipt !== null && (receipt.void || receipt.openedAtMs !== null)) return false;
  const job = newestPaper(facts);
  return job === null || !jobHasEnded(job.state) || job.state === "replaced";
}

export const standsInTheWay = (bears: Bears, stage: Stage): boolean =>
  stage === "any" || bears === "both" || bears === stage;

/**
 * Once it is paid, the network stands in a paper's way only where the printer can't be reached through it. A printer
 * that still answers, or whose last word was that its power goes, isn't cut off by any router.
 */
export function bearsNow({ family, bears }: Pick<Finding, "family" | "bears">, given: Case): Bears {
  if (family !== "network" || bears !== "both" || stageOf(given.sale) !== "paper") return bears;
  return isPrinterCutOff(given) ? bears : "payment";
}

function isPrinterCutOff({ picture }: Case): boolean {
  const printer = allOf(picture, "printer");
  const seen = newest(picture, "printer");
  if (seen?.fact.condition !== "unreachable" || seen.fact.way === "here") return false;
  const reachedMs = printer.findLast(({ fact }) => fact.reachable)?.atMs ?? -Infinity;
  return !allOf(picture, "printer_line").some(
    ({ fact, atMs }) => fact.what === "power_off" && atMs >= reachedMs,
  );
}
