/** What people at a till get to see, told to the auditor as it changes: screen, outcome and the customer's display. */
import { screenOf } from "../../core/till/screen.ts";
import type { SaleView } from "../../core/till/view.ts";
import type { Desk } from "../../terminal/desk.ts";
import type { ShownFact } from "../auditor/facts.ts";

const input = { draft: "", replaces: false, sameAmountAs: null, again: null, away: false };

export type Shown = (fact: Omit<ShownFact, "atMs">) => void;

/** Looks at the till's screen as it is now; gives the sale on it. */
export function lookAtTill(desk: Desk, nowMs: number, shown: Shown): SaleView | null {
  const view = desk.view();
  const { sale } = view;
  if (sale === null) return null;
  lookAtSale(sale, shown);
  const screen = screenOf(view, { ...input, sale }, nowMs);
  const about = aboutOf(sale);
  shown({ ...about, where: "screen", name: screen.kind });
  shown({ ...about, where: "display", name: desk.display().phase });
  return sale;
}

export function lookAtSale(sale: SaleView, shown: Shown): void {
  shown({ ...aboutOf(sale), where: "outcome", name: sale.outcome ?? "none" });
}

const aboutOf = (sale: SaleView): Pick<ShownFact, "saleId" | "orderNo" | "mayCharge"> => ({
  saleId: sale.sale_id,
  orderNo: sale.attempt?.order_no ?? null,
  mayCharge: sale.can.charge === true,
});
