/**
 * Which sale the page shows. The box names the newest unsettled one, but the cashier decides: a sale just made stays
 * on the screen until it is put aside, and a sale put aside never jumps back by itself.
 */
import { waitsForEReceipt } from "../printing/job.ts";
import type { PaperView, SaleView, TillView } from "./view.ts";

export type Focus =
  /** The amount of the next sale. */
  { readonly kind: "new" } | { readonly kind: "sale"; readonly saleId: string };

export interface Shown {
  readonly focus: Focus;
  /** Sales that were on the screen and were put aside, newest last. */
  readonly seen: readonly string[];
  /** Papers in doubt that were put aside unanswered: they don't come back by themselves a second time. */
  readonly unanswered: readonly string[];
}

const seenMax = 50;

/** A question is answered by nobody who hasn't had the time to read it: keys meant for what stood there before. */
export const readingMs = 400;

/** Whether a question that stands there since `sinceMs` may be answered now. */
export const isRead = (sinceMs: number, nowMs: number): boolean => nowMs - sinceMs >= readingMs;

/** The paper that a person is asked about, by its job; null when there is no question. */
export function questionOf(sale: SaleView | null): string | null {
  const receipt = sale?.receipt ?? null;
  if (receipt === null || receipt.opened_at !== null || receipt.void) return null;
  return receipt.job?.state === "doubtful" ? receipt.job.id : null;
}

/** Only the day slip is for the folder. Whoever wanted a help slip or a test page stood at the printer and saw. */
export const remindsOf = ({ job }: PaperView): boolean => job.slip === "day";

/**
 * Any paper of this sale of which nobody knows whether it is out: the receipt first, then slips and the shop's own copy.
 * Until somebody says so the sale stays on the list of what is open.
 */
export function paperInDoubt(sale: SaleView): string | null {
  const papers = [...(sale.receipt?.jobs ?? []), ...sale.slips];
  return questionOf(sale) ?? papers.find((one) => one.state === "doubtful")?.id ?? null;
}

/** Nobody knows yet how its last attempt ends. */
export const hasOpenAttempt = ({ attempt }: SaleView): boolean =>
  attempt !== null && LIVE.has(attempt.state);

/** Neither money nor paper of this sale can still change by itself. */
export function isSettled(sale: SaleView): boolean {
  if (sale.state === "open") return false;
  if (hasOpenAttempt(sale)) return false;
  if (sale.state !== "paid") return true;
  if (sale.contradicted) return false;
  const { receipt } = sale;
  if (receipt === null) return false;
  if (receipt.void || receipt.opened_at !== null) return true;
  if (waitsForEReceipt(receipt.job)) return true;
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

export const nothingShown: Shown = { focus: { kind: "new" }, seen: [], unanswered: [] };

/** What a fresh page shows: the box's sale while it isn't settled, else the amount. */
export function firstShown(view: TillView): Shown {
  if (view.sale === null) return nothingShown;
  const saleId = view.sale.sale_id;
  if (isSettled(view.sale)) return { ...nothingShown, seen: [saleId] };
  return { ...nothingShown, focus: { kind: "sale", saleId } };
}

/**
 * A new frame: a sale made elsewhere (command line, API) is followed, and a sale put aside comes back once its paper
 * is in doubt, for only a person can see it. Never while an amount is being typed.
 */
export function onFrame(shown: Shown, view: TillView, draft: string): Shown {
  if (shown.focus.kind !== "new" || draft !== "" || view.sale === null) return shown;
  const saleId = view.sale.sale_id;
  const question = questionOf(view.sale);
  const comesBack = question !== null && !shown.unanswered.includes(question);
  if (shown.seen.includes(saleId) && !comesBack) return shown;
  return { ...shown, focus: { kind: "sale", saleId } };
}

export const showSale = (shown: Shown, saleId: string): Shown => ({
  ...shown,
  focus: { kind: "sale", saleId },
});

/** The next customer: whatever is on the screen is put aside, its question too. */
export function putAside(shown: Shown, view: TillView | null, sale: SaleView | null): Shown {
  const ids = [
    ...shown.seen,
    ...(shown.focus.kind === "sale" ? [shown.focus.saleId] : []),
    ...(view?.sale ? [view.sale.sale_id] : []),
  ];
  const questions = [sale, view?.sale ?? null].map(questionOf).filter((one) => one !== null);
  return {
    focus: { kind: "new" },
    seen: [...new Set(ids)].slice(-seenMax),
    unanswered: [...new Set([...shown.unanswered, ...questions])].slice(-seenMax),
  };
}
