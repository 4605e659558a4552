/** What the items of a sale add up to, and whether an amount agrees with it. */
import { type AmountRefusal, type Fen, isFen } from "../money/money.ts";
import type { ReceiptItem } from "./receipt.ts";

export const itemFen = ({
  quantity,
  priceFen,
}: Pick<ReceiptItem, "quantity" | "priceFen">): number => Math.round(quantity * priceFen);

/** The amount to charge: the one given, or what the items come to. A receipt never contradicts its own items. */
export function chargedFen(
  amountFen: Fen | null,
  items: readonly Pick<ReceiptItem, "quantity" | "priceFen">[],
): Fen | AmountRefusal | "amount_differs_from_items" {
  if (items.length === 0) return amountFen ?? "amount_missing";
  const totalFen = items.reduce((sum, one) => sum + itemFen(one), 0);
  if (amountFen !== null) return amountFen === totalFen ? amountFen : "amount_differs_from_items";
  if (totalFen <= 0) return "amount_not_positive";
  return isFen(totalFen) ? totalFen : "amount_too_large";
}
