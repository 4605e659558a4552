import type { PrintJob } from "../../core/printing/job.ts";

/** What makes a paper the same paper as another, as its reader sees it. */
export function numberOfSlip({ slip }: PrintJob): string | null {
  switch (slip.kind) {
    case "receipt":
      return slip.content.number;
    case "refund":
      return slip.refundNo;
    case "reversal":
    case "pending":
      return slip.orderNo;
    case "day":
    case "case":
    case "test":
      return null;
  }
}
