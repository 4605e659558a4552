/** The receipt beside the sale: one total table over the job's states, one over the attempt's. */
import type { AttemptState } from "../payment/attempt.ts";
import { isInterrupted, isTrustedMute, type JobState, waitsForEReceipt } from "../printing/job.ts";
import { PAYMENT_CONTRADICTED } from "../text/causes.ts";
import { comesByItself } from "../printing/holds.ts";
import { fill } from "../text/text.ts";
import type { Text } from "../text/text.ts";
import { tillText } from "../text/till.ts";
import type { Side, Tone } from "./parts.ts";
import { paperThatNeeds, refundsOf } from "./paid-parts.ts";
import type { JobView, ReceiptView, SaleView } from "./view.ts";

const t = tillText;

const side = (text: Text | null, change: Partial<Side> = {}): Side => ({
  tag: null,
  text,
  paper: "none",
  url: null,
  ...change,
});

const tag = (tone: Tone, text: Text): Side["tag"] => ({ tone, text });

/** What it depends on beside the sale. */
interface Near {
  readonly linksReachable: boolean;
  readonly isPrinterRed: boolean;
}

/** Ended by a person, not by a payment. */
export const sideOfEnded: Side = side(t.sideNone, { tag: tag("wait", t.sideNoneTag) });

/** Paid, but not here; the wallet's own charge may have a slip of its own. */
export function sideOfOtherwise(sale: SaleView): Side {
  const slip = sale.slips.findLast((one) => one.slip === "reversal");
  const isOpen = sale.outcome === "unknown" && sale.extra === null;
  const text =
    slip !== undefined ? slipWords(slip) : isOpen ? t.sideOtherwiseOpen : t.sideOtherwise;
  return side(text, { tag: tag("wait", t.sideNoneTag) });
}

/** Before there is a sale. */
export const sideOfNothing: Side = side(t.sideSoon);

const SIDE_OF_ATTEMPT: Record<AttemptState, Side> = {
  created: side(t.sideSoon),
  sending: side(t.sideSoon),
  awaiting_buyer: side(t.sideSoon),
  unknown: side(t.sideWait, { tag: tag("care", t.sideWaitTag) }),
  // Money that is found now goes back. That the reversal is refused for good is rare, and then the receipt just comes.
  reversing: side(t.sideReversing, { tag: tag("care", t.sideWaitTag) }),
  paid: side(t.sideSoon, { tag: tag("wait", t.sideQueuedTag) }),
  declined: sideOfEnded,
  reversed: sideOfEnded,
};

type JobSide = Pick<Side, "tag" | "paper"> &
  Partial<Pick<Side, "text">> & {
    /** In its place while the printer can't print. */
    readonly textWhileRed?: Text;
  };

/** Alipay says that it isn't paid: no printer's matter, and no receipt to show meanwhile. */
const sideOfWithheld: Side = side(t.sideContradicted, { tag: tag("care", t.sideWaitTag) });

const isWithheld = ({ state, cause }: JobView): boolean =>
  (state === "queued" || state === "held") && cause?.code === PAYMENT_CONTRADICTED.code;

const SIDE_OF_JOB: Record<JobState, (job: JobView) => JobSide> = {
  queued: () => ({ tag: tag("wait", t.sideQueuedTag), paper: "feeding" }),
  held: (job) =>
    waitsForEReceipt(job)
      ? {
          tag: tag("care", t.sideUnopenedTag),
          paper: "none",
          text: t.sideUnopened,
          textWhileRed: t.sideUnopenedRed,
        }
      : {
          tag: tag("care", heldTag(job)),
          paper: "none",
          text: comesByItself(job) ? t.sideHeld : t.sideNotHere,
        },
  sending: (job) =>
    job.hold === null
      ? { tag: tag("wait", t.sidePrintingTag), paper: "feeding" }
      : { tag: tag("care", heldTag(job)), paper: "half" },
  confirmed: (job) => ({
    tag: tag("good", confirmedTag(job)),
    paper: "whole",
  }),
  // Nobody knows how much of it came out.
  doubtful: () => ({ tag: tag("care", t.sideDoubtTag), paper: "half" }),
  replaced: () => ({ tag: tag("calm", t.sideReplacedTag), paper: "whole" }),
  waived: () => ({ tag: tag("calm", t.sideWaivedTag), paper: "none" }),
};

function confirmedTag({ proof, evidence }: JobView): Text {
  if (proof !== "person") return t.sideConfirmedTag;
  return isTrustedMute(evidence) ? t.sideTrustedTag : t.sideSeenTag;
}

function heldTag(job: JobView): Text {
  if (isInterrupted(job)) return t.sideInterruptedTag;
  return job.hold === "paper_out" ? t.sidePaperTag : t.sideHeldTag;
}

/** The receipt's words and paper, whatever the sale's state. */
export function sideOf(sale: SaleView, near: Near): Side {
  const refundSlip = sale.slips.findLast((one) => one.slip === "refund");
  // The slip may be of a payment that was taken back since, and a receipt that is asked about is shown.
  const isItsTurn = refundsOf(sale).length > 0 && paperThatNeeds(sale) === null;
  if (refundSlip !== undefined && isItsTurn) return sideOfRefund(refundSlip);
  if (sale.receipt !== null) return sideOfReceipt(sale.receipt, near);
  if (sale.attempt === null) return sideOfNothing;
  const slip = sale.slips.find((one) => one.slip === "reversal");
  const base = SIDE_OF_ATTEMPT[sale.attempt.state];
  if (slip === undefined || sale.attempt.state !== "reversed") return base;
  return { ...base, text: slipWords(slip) };
}

const slipWords = (slip: JobView): Text =>
  fill(t.sideSlip, { state: SIDE_OF_JOB[slip.state](slip).tag?.text ?? t.sideQueuedTag });

/** After a refund the slip that the customer waits for is the refund's. */
function sideOfRefund(slip: JobView): Side {
  const { tag: of } = SIDE_OF_JOB[slip.state](slip);
  return side(fill(t.sideRefundSlip, { state: of?.text ?? t.sideQueuedTag }), { tag: of });
}

function sideOfReceipt(receipt: ReceiptView, near: Near): Side {
  const url = near.linksReachable ? receipt.url : null;
  if (receipt.void) {
    return side(t.sideVoid, { tag: tag("bad", t.sideVoidTag), paper: "void" });
  }
  const { job } = receipt;
  if (job !== null && isWithheld(job)) return sideOfWithheld;
  const { textWhileRed, ...shown }: JobSide =
    job === null
      ? { tag: tag("wait", t.sideQueuedTag), paper: "feeding" }
      : SIDE_OF_JOB[job.state](job);
  if (receipt.opened_at !== null && job?.state !== "confirmed") {
    return side(t.sideOpened, {
      ...shown,
      text: t.sideOpened,
      tag: tag("good", t.sideOpenedTag),
      url,
    });
  }
  const red = near.isPrinterRed && textWhileRed !== undefined ? { text: textWhileRed } : {};
  return side(shown.paper === "none" ? (shown.tag?.text ?? null) : null, {
    ...shown,
    ...red,
    url,
  });
}
