/** The attempts and papers of a sale, each with what proves it. */
import { attemptText } from "../../../core/payment/states.ts";
import { markText, proofWords, sheetText, slipText } from "../../../core/text/sheets.ts";
import { clockText } from "../../../core/till/clock.ts";
import type { AttemptView, JobView, SaleView } from "../../../core/till/view.ts";
import { useSay } from "../../language/language.ts";
import { Tag } from "../../parts/Tag.tsx";
import { jobTag } from "./SaleRow.tsx";

export function Attempts({ attempts }: { readonly attempts: readonly AttemptView[] }) {
  const say = useSay();
  return (
    <section>
      <h2>{say(sheetText.attempts)}</h2>
      <ul className="plain-rows">
        {attempts.map((one) => (
          <li key={one.order_no}>
            <b>{say(attemptText(one.state, one.unpaid_end, one.late))}</b>{" "}
            {[clockText(one.sent_at), clockText(one.paid_at ?? one.ended_at)]
              .filter(Boolean)
              .join(" → ")}
            {one.cause === null ? null : ` · ${say(one.cause.title)}`}
            <small>
              {one.order_no}
              {one.cause === null ? null : ` · ${one.cause.code}`}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Papers({ sale }: { readonly sale: SaleView }) {
  const say = useSay();
  const jobs = [...(sale.receipt?.jobs ?? []), ...sale.slips];
  return (
    <section>
      <h2>{say(sheetText.papers)}</h2>
      {jobs.length === 0 ? <p className="quiet-line">{say(sheetText.noPaperYet)}</p> : null}
      <ul className="plain-rows">
        {jobs.map((job) => (
          <Paper key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function Paper({ job }: { readonly job: JobView }) {
  const say = useSay();
  const [tone, text] = jobTag(job);
  const copy = job.copy > 0 ? ` ${say(sheetText.copyNo, { count: job.copy })}` : "";
  return (
    <li>
      <b>{say(slipText[job.slip])}</b> {say(markText[job.mark])}
      {copy} <Tag tone={tone} text={text} />
      {job.cause === null ? null : ` ${say(job.cause.title)}`}
      {job.proof === null ? null : (
        <small>
          {say(sheetText.evidence)}: {say(proofWords(job.proof, job.evidence))}{" "}
          {clockText(job.proof_at)}
          {job.evidence === null ? null : <code>{job.evidence}</code>}
        </small>
      )}
    </li>
  );
}
