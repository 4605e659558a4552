/** A customer who takes the electronic receipt has it once it is opened: shown as a QR, and waited for. */
import { waitsForEReceipt } from "../core/printing/job.ts";
import type { SaleView } from "../core/till/view.ts";
import { BoxAway, get, type Target } from "./client.ts";
import { showQr } from "./drawn-qr.ts";

const lookMs = 500;
const words = "请顾客打开电子小票 (let the customer open the e-receipt)";

/** The sale as it is once the receipt is opened, or at `endsAtMs` (of performance.now). The money is settled already. */
export async function untilOpened(
  target: Target,
  sold: SaleView,
  endsAtMs: number,
): Promise<SaleView> {
  let sale = sold;
  if (waitsToBeOpened(sale)) await showQr(words, sale.receipt?.url ?? "");
  while (waitsToBeOpened(sale) && performance.now() < endsAtMs) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    sale = await get<SaleView>(target, `/api/sales/${sale.sale_id}`).catch((error: unknown) => {
      // A box that is away for a while forgets neither the sale nor who opens its receipt.
      if (error instanceof BoxAway) return sale;
      throw error;
    });
  }
  return sale;
}

const waitsToBeOpened = ({ outcome, accepts_e_receipt: accepts, receipt }: SaleView): boolean =>
  outcome === "paid" &&
  accepts &&
  waitsForEReceipt(receipt?.job) &&
  receipt?.opened_at === null &&
  receipt.url !== null;
