/** What is asked before a sale is settled in cash, by what is known of its charge. */
import { sheetText } from "../text/sheets.ts";
import type { Text } from "../text/text.ts";
import type { SaleView } from "./view.ts";

export function cashQuestion({ attempt, attempts, outcome }: SaleView): Text {
  if (attempt === null) return sheetText.confirmOtherwiseNone;
  // Money that was taken once and went back isn't "nothing was taken".
  const isNone = outcome === "declined" && attempts.every(({ state }) => state === "declined");
  return isNone ? sheetText.confirmOtherwiseProven : sheetText.confirmOtherwise;
}
