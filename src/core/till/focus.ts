/**
 * Which sale the page shows. The box names the newest unsettled one, but the cashier decides: a sale just made stays
 * on the screen until it is put aside, and a sale put aside never jumps back by itself.
 */
import type { SaleView, TillView } from "./view.ts";

export type Focus =
  /** The amount of the next sale. */
  { readonly kind: "new" } | { readonly kind: "sale"; readonly saleId: string };

export interface Shown {
  readonly focus: Focus;
  /** Sales that were on the screen and were put aside, newest last. */
  readonly seen: readonly string[];
}

const seenMax = 50;

/** Neither money nor paper of this sale can still change by itself. */
export function isSettled(sale: SaleView): boolean {
  if (sale.state === "open") return false;
  if (sale.attempt !== null && LIVE.has(sale.attempt.state)) return false;
  if (sale.state !== "paid") return true;
  const { receipt } = sale;
  if (receipt === null) return false;
  if (receipt.void || receipt.opened_at !== null) return true;
  const state = receipt.job?.state;
  return state === "confirmed" || state === "waived" || state === "replaced";
}

const LIVE: ReadonlySet<string> = new Set([
  "created",
  "sending",
  "awaiting_buyer",
  "unknown",
  "reversing",
]);

/** What a fresh page shows: the box's sale while it isn't settled, else the amount. */
export function firstShown(view: TillView): Shown {
  if (view.sale === null) return { focus: { kind: "new" }, seen: [] };
  const saleId = view.sale.sale_id;
  if (isSettled(view.sale)) return { focus: { kind: "new" }, seen: [saleId] };
  return { focus: { kind: "sale", saleId }, seen: [] };
}

/** A new frame: a sale made elsewhere (command line, API) is followed, but never while an amount is being typed. */
export function onFrame(shown: Shown, view: TillView, draft: string): Shown {
  if (shown.focus.kind !== "new" || draft !== "" || view.sale === null) return shown;
  const saleId = view.sale.sale_id;
  return shown.seen.includes(saleId) ? shown : { ...shown, focus: { kind: "sale", saleId } };
}

export const showSale = (shown: Shown, saleId: string): Shown => ({
  ...shown,
  focus: { kind: "sale", saleId },
});

/** The next customer: whatever is on the screen is put aside. */
export function putAside(shown: Shown, view: TillView | null): Shown {
  const ids = [
    ...shown.seen,
    ...(shown.focus.kind === "sale" ? [shown.focus.saleId] : []),
    ...(view?.sale ? [view.sale.sale_id] : []),
  ];
  return { focus: { kind: "new" }, seen: [...new Set(ids)].slice(-seenMax) };
}
