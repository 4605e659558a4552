/** A sale (交易) is what the cashier wants to be paid for. At most one of its attempts is ever paid. */
import type { Fen } from "../money/money.ts";
import type { ReceiptItem } from "../receipt/receipt.ts";

/** `paid_otherwise`: settled in cash after an unknown; `abandoned`: given up. Both start a reversal. */
export type SaleState = "open" | "paid" | "unpaid" | "paid_otherwise" | "abandoned";

export interface Sale {
  readonly id: string;
  readonly merchantId: string;
  readonly terminalId: string;
  readonly operator: { readonly no: string; readonly name: string };
  readonly amountFen: Fen;
  readonly items: readonly ReceiptItem[];
  readonly state: SaleState;
  readonly version: number;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  /** The goods left the shop before the outcome was known: who said so and when. Never changes an outcome. */
  readonly goodsLeft: { readonly operatorNo: string; readonly atMs: number } | null;
  /** Customer takes the electronic receipt instead of paper. */
  readonly acceptsElectronic: boolean;
  readonly training: boolean;
  /** One charge and no more: unpaid, it ends by itself. */
  readonly oneShot?: boolean;
}

/** The next version of a sale: every change counts, so that nothing is written over unseen. */
export const changedSale = (sale: Sale, patch: Partial<Sale>, nowMs: number): Sale => ({
  ...sale,
  ...patch,
  version: sale.version + 1,
  changedAtMs: nowMs,
});
