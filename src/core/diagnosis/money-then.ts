/** Where the money is, for a case that is over: what became of it, and no order of then. */
import { moneyThenTexts } from "../text/diagnosis.ts";
import type { Text } from "../text/text.ts";
import type { SaleFacts } from "../till/can.ts";
import type { Incident } from "./incident.ts";
import { howItWentBack } from "./incident-end.ts";
import { isMoneyKnown } from "./past.ts";

/** `advice`: the sale's own. It stays while something is asked or paid: the sale may have been charged again since. */
export function moneyThen(
  { closedAtMs }: Pick<Incident, "closedAtMs">,
  sale: SaleFacts,
  advice: Text,
): Text {
  const { state } = sale.sale;
  if (closedAtMs === null || !isMoneyKnown(sale)) return advice;
  if (state === "paid" || state === "paid_otherwise") return advice;
  return moneyThenTexts[fateOf(sale)][state === "open" ? "open" : "over"];
}

function fateOf(sale: SaleFacts): keyof typeof moneyThenTexts {
  if (sale.attempts.some(({ unpaidEnd }) => unpaidEnd === "closed_in_doubt")) return "in_doubt";
  return howItWentBack(sale) === null ? "none" : "back";
}
