/** What the terminal itself sees of sales and papers, as evidence: only what changed since it was noted last. */
import type { Fact } from "../../core/diagnosis/evidence.ts";
import { attemptFact } from "../../core/diagnosis/families/codes.ts";
import type { PrintJob } from "../../core/printing/job.ts";
import type { SaleRecord } from "../../ports/journal.ts";

/** Faces of what isn't over yet; bounded by the sales that are open. */
export class Notes {
  readonly #faces = new Map<string, string>();

  /** Facts that this record adds to what was noted before. `finished`: nothing more will come of it. */
  of(record: SaleRecord, finished: boolean): readonly Fact[] {
    const facts: Fact[] = [];
    for (const attempt of record.attempts) {
      const face = `${attempt.state} ${attempt.unpaidEnd} ${attempt.code?.subCode}`;
      if (this.#isNews(attempt.orderNo, face, finished)) facts.push(attemptFact(attempt));
    }
    for (const job of record.jobs) {
      const face = `${job.state} ${job.hold} ${job.doubt}`;
      if (this.#isNews(job.id, face, finished)) facts.push(jobFact(job));
    }
    return facts;
  }

  #isNews(key: string, face: string, finished: boolean): boolean {
    const isNews = this.#faces.get(key) !== face;
    if (finished) this.#faces.delete(key);
    else this.#faces.set(key, face);
    return isNews;
  }
}

const jobFact = (job: PrintJob): Fact => ({
  kind: "job",
  saleId: job.saleId,
  jobId: job.id,
  state: job.state,
  hold: job.hold,
  doubt: job.doubt,
});
