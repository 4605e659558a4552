/** F8 speaks of what stands on the screen, and names beside it whatever else isn't settled. */
import type { IncidentView } from "../diagnosis/view.ts";
import { isSettled } from "./focus.ts";
import type { SaleView, TillView } from "./view.ts";

export interface OnScreen {
  readonly sale: SaleView | null;
  /** Of the sale on the screen. */
  readonly incident: IncidentView | null;
  /** The amount as far as it is typed. */
  readonly draft: string;
}

/**
 * The incident that F8 is about. With no sale on the screen it is one that is still open; but an amount that is being typed
 * is nobody's sale, and what another sale met is no answer to why it was refused.
 */
export function subjectOf(
  { sale, incident, draft }: OnScreen,
  { incident: any }: Pick<TillView, "incident">,
): IncidentView | null {
  if (sale !== null || incident !== null) return incident;
  if (any === null || any.closed_at !== null) return null;
  return draft !== "" && any.sale_id !== null ? null : any;
}

/**
 * Whether somebody waits for a cause, so that "not known yet, and being asked" is the truth where there is none. Of a charge
 * that has ended without money nothing is asked any more.
 */
export const isCauseWanted = (sale: SaleView | null, incident: IncidentView | null): boolean =>
  incident?.closed_at === null ||
  (sale !== null && sale.attempt !== null && !sale.took_no_money && !isSettled(sale));

type Row = TillView["open_sales"][number];

/** Everything open that isn't on the screen, the box's own sale included. */
export function openSales(
  view: Pick<TillView, "sale" | "open_sales"> | null,
  shownId: string | null,
): readonly Row[] {
  if (view === null) return [];
  const mine = view.sale !== null && !isSettled(view.sale) ? [rowOf(view.sale)] : [];
  const all = [...view.open_sales, ...mine].filter(({ sale_id }) => sale_id !== shownId);
  return all.filter((one, index) => all.findIndex((x) => x.sale_id === one.sale_id) === index);
}

/** Of those the ones whose outcome or paper is missing: one that took no money waits only for a button. */
export const unsettledSales: typeof openSales = (view, shownId) =>
  openSales(view, shownId).filter(({ took_no_money }) => took_no_money !== true);

const rowOf = (sale: SaleView): Row => ({
  sale_id: sale.sale_id,
  amount_fen: sale.amount_fen,
  created_at: sale.created_at,
  advice: sale.advice,
  ...(sale.took_no_money ? { took_no_money: true } : {}),
});
