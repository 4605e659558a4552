/** What is asked before a sale is settled in cash, by what is known of its charge. */
import { sheetText } from "../text/sheets.ts";
import type { Text } from "../text/text.ts";
import type { AttemptView, SaleView } from "./view.ts";

export function cashQuestion({ attempt, attempts, outcome }: SaleView): Text {
  if (attempt === null) return sheetText.confirmOtherwiseNone;
  if (outcome !== "declined" && outcome !== "reversed") return sheetText.confirmOtherwise;
  if (attempts.some(cameAndWentBack)) return sheetText.confirmOtherwiseBack;
  const isNone = attempts.every(({ state }) => state === "declined");
  return isNone ? sheetText.confirmOtherwiseProven : sheetText.confirmOtherwise;
}

/** Money that was taken once isn't "nothing was taken", and what is back already isn't still to go back. */
const cameAndWentBack = (one: AttemptView): boolean =>
  one.money_went_back || one.unpaid_end === "rolled_back";
