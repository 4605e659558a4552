/** What the customer may see: the amount, what to do, the result. Nothing personal and no history. */
import { refundsOf } from "./paid-parts.ts";
import { isTakenElsewhere } from "./taken-elsewhere.ts";
import type { DisplayView, SaleView } from "./view.ts";

/** `again`: order number of the unpaid attempt after which the cashier asked for another code. */
export function displayOf(
  merchantName: string,
  livemode: boolean,
  sale: SaleView | null,
  again: string | null,
): Omit<DisplayView, "training"> {
  const phase = sale === null ? "idle" : phaseOf(sale, again);
  const idle = phase === "idle";
  return {
    phase,
    merchant_name: merchantName,
    amount_fen: idle || sale === null ? null : sale.amount_fen,
    qr_code: phase === "show_qr" ? (sale?.attempt?.qr_code ?? null) : null,
    receipt_url: phase === "paid" ? (sale?.receipt?.url ?? null) : null,
    livemode,
  };
}

function phaseOf(sale: SaleView, again: string | null): DisplayView["phase"] {
  // A refund is between cashier and customer; "paid" over it would be wrong.
  if (sale.outcome === "paid") return refundsOf(sale).length > 0 ? "idle" : "paid";
  if (sale.refunds.length > 0) return "idle";
  if (isTakenElsewhere(sale)) return "confirming";
  if (sale.state !== "open") return sale.outcome === "unknown" ? "confirming" : "idle";
  switch (sale.attempt?.state) {
    case undefined:
      return "show_code";
    case "created":
    case "sending":
      return "waiting";
    case "awaiting_buyer":
      return sale.attempt?.qr_code === null ? "waiting" : "show_qr";
    case "unknown":
    case "reversing":
      return "confirming";
    case "paid":
      return "paid";
    case "declined":
    case "reversed":
      if (sale.outcome === "unknown") return "confirming";
      return sale.attempt.order_no === again ? "show_code" : "not_paid";
  }
}
