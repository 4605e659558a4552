/** Where the money is, for a case that is about no sale: which outcomes of its time aren't known. */
import { yuanText } from "../money/money.ts";
import { awaitsProof } from "../payment/states.ts";
import { boxMoneyTexts, noSaleMoney } from "../text/diagnosis.ts";
import { fill, type Text } from "../text/text.ts";
import type { SaleFacts } from "../till/can.ts";
import type { Incident } from "./incident.ts";

export function boxMoney(
  { closedAtMs }: Pick<Incident, "closedAtMs">,
  unsettled: readonly SaleFacts[],
): Text {
  const open = unsettled
    .flatMap(({ attempts }) => attempts)
    .filter((one) => awaitsProof(one) && one.createdAtMs <= (closedAtMs ?? Infinity));
  if (open.length === 0) return closedAtMs === null ? noSaleMoney : boxMoneyTexts.past;
  const list = open.map((one) => `￥${yuanText(one.amountFen)} ${one.orderNo}`);
  const which = { zh: list.join("、"), en: list.join(", ") };
  return fill(boxMoneyTexts.open, { count: open.length, which });
}
