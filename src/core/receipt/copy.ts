/**
 * Copies. Every paper of a receipt after the first carries a mark with a count that only goes up, whoever holds the
 * paper and whichever of the two kinds it is, so no two marked papers of a receipt look alike.
 */
import type { CopyMark } from "../printing/job.ts";
import type { Receipt } from "./receipt.ts";

/** 补打: the print before may have come out. 重印: it did, and somebody wants another. */
export type CopyOrder =
  | { readonly kind: "replacement" }
  | { readonly kind: "reprint"; readonly operatorNo: string };

export type CopyRefusal = "receipt_is_void" | "reprint_needs_an_operator";

/** The mark of the next copy and the receipt that has counted it; both belong in the commit that orders the print. */
export function orderCopy(
  receipt: Receipt,
  order: CopyOrder,
  nowMs: number,
): { readonly receipt: Receipt; readonly mark: CopyMark } | CopyRefusal {
  if (receipt.void) return "receipt_is_void";
  const count = receipt.copies + 1;
  const counted: Receipt = { ...receipt, copies: count };
  if (order.kind === "replacement") {
    return { receipt: counted, mark: { kind: "replacement", count } };
  }
  if (order.operatorNo === "") return "reprint_needs_an_operator";
  return {
    receipt: counted,
    mark: { kind: "reprint", count, atMs: nowMs, operatorNo: order.operatorNo },
  };
}
