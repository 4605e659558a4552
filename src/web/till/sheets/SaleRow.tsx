/** One sale of a list: when, how much, how it ended for money and paper. */
import { ATTEMPT_STATES, attemptText } from "../../../core/payment/states.ts";
import { jobName } from "../../../core/printing/holds.ts";
import type { JobState } from "../../../core/printing/job.ts";
import { saleStateText, sheetText } from "../../../core/text/sheets.ts";
import { fill } from "../../../core/text/text.ts";
import type { Text } from "../../../core/text/text.ts";
import { dayClockText } from "../../../core/till/clock.ts";
import type { Tone } from "../../../core/till/parts.ts";
import type { SaleSummary, SaleView } from "../../../core/till/view.ts";
import { useSay } from "../../language/language.ts";
import { Tag } from "../../parts/Tag.tsx";
import { yuan } from "../../parts/yuan.ts";

type Outcome = NonNullable<SaleView["outcome"]>;

const OUTCOME: Record<Outcome, readonly [Tone, Text]> = {
  paid: ["good", saleStateText.paid],
  declined: ["bad", saleStateText.unpaid],
  reversed: ["calm", ATTEMPT_STATES.reversed.text],
  unknown: ["care", ATTEMPT_STATES.unknown.text],
};

/** How the money of a sale stands, in a word. */
export function outcomeTag(
  sale: Pick<SaleSummary, "state" | "outcome" | "never_charged">,
): readonly [Tone, Text] {
  if (sale.state === "paid_otherwise") return ["calm", saleStateText.paid_otherwise];
  if (sale.state === "abandoned") return ["calm", saleStateText.abandoned];
  if (sale.never_charged) return ["calm", attemptText("reversed", "never_seen", false)];
  return sale.outcome === null ? ["calm", sheetText.noResult] : OUTCOME[sale.outcome];
}

const JOB_TONE: Record<JobState, Tone> = {
  queued: "wait",
  held: "care",
  sending: "wait",
  confirmed: "good",
  doubtful: "care",
  replaced: "calm",
  waived: "calm",
};

export const jobTag = (job: Parameters<typeof jobName>[0]): readonly [Tone, Text] => [
  JOB_TONE[job.state],
  jobName(job),
];

export function SaleRow({
  row,
  why = null,
  onChoose,
}: {
  readonly row: SaleSummary;
  /** Why it can't be what is looked for. */
  readonly why?: Text | null;
  readonly onChoose: () => void;
}) {
  const say = useSay();
  const [tone, text] = outcomeTag(row);
  return (
    <li>
      <button type="button" className={why === null ? "row" : "row unfit"} onClick={onChoose}>
        <span className="when">{dayClockText(row.created_at)}</span>
        <b className="money">￥{yuan(row.amount_fen)}</b>
        <span className="tags">
          <Tag tone={tone} text={text} />
          <PaperTag row={row} />
          {row.refunded_fen === 0 ? null : (
            <span className="tag calm">
              {say(sheetText.refundedPart, { amount: yuan(row.refunded_fen) })}
            </span>
          )}
          {row.refund_open_fen === 0 ? null : (
            <Tag
              tone="care"
              text={fill(sheetText.refundOpenPart, { amount: yuan(row.refund_open_fen) })}
            />
          )}
        </span>
        <span className="no">{row.order_no}</span>
        {why === null ? null : <span className="grow why">{say(why)}</span>}
      </button>
    </li>
  );
}

function PaperTag({ row }: { readonly row: SaleSummary }) {
  if (row.receipt_void) return <Tag tone="care" text={sheetText.receiptVoid} />;
  if (row.job === null) return null;
  const [tone, text] = jobTag({ state: row.job, hold: row.job_hold });
  return <Tag tone={tone} text={text} />;
}
