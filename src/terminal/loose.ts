/** Papers of no sale: what an event of the printer, or a person's answer, makes of one. Pure. */
import type { JobEvent, PrintJob } from "../core/printing/job.ts";
import { overtaken } from "../core/printing/loose.ts";
import { stepJob } from "../core/printing/machine.ts";
import { orderReplacement } from "../core/printing/orders.ts";
import type { StreamEvent } from "../ports/ledger.ts";
import type { LooseDecision } from "./book.ts";
import type { Operator } from "./config.ts";
import { actorOf } from "./sales.ts";

interface Now {
  readonly terminalId: string;
  readonly nowMs: number;
}

/** `all`: every paper of no sale that hasn't ended. Null: its state doesn't accept the event. */
export function changedLoose(
  job: PrintJob,
  event: JobEvent,
  all: readonly PrintJob[],
  now: Now,
): LooseDecision | null {
  const done = stepJob(job, event, now.nowMs);
  if (done.refusal !== null) return null;
  return withOvertaken(done.job, all, now, said(done.job, event, "printer", now));
}

/** Yes confirms by the person's word; no orders a marked copy in its place. Null: it isn't in doubt. */
export function answeredLoose(
  job: PrintJob,
  answer: { readonly printed: true } | { readonly printed: false; readonly copyId: string },
  operator: Operator,
  all: readonly PrintJob[],
  now: Now,
): LooseDecision | null {
  if (job.state !== "doubtful") return null;
  const { nowMs } = now;
  const tells = (kind: string, detail: StreamEvent["detail"]): StreamEvent =>
    eventOf(kind, detail, actorOf(operator), now);
  if (answer.printed) {
    const proof = { level: "person", atMs: nowMs, evidence: `operator ${operator.no}` } as const;
    const done = stepJob(job, { kind: "confirm", proof }, nowMs);
    if (done.refusal !== null) return null;
    return withOvertaken(done.job, all, now, tells("paper_seen", { jobId: job.id }));
  }
  const { copyId } = answer;
  const count = (job.mark.kind === "original" ? 0 : job.mark.count) + 1;
  const both = orderReplacement(job, copyId, { count, operatorNo: operator.no }, nowMs);
  if (typeof both === "string") return null;
  const missed = tells("paper_missed", { jobId: job.id, copyId, count });
  return { jobs: [both.replaced, both.copy], events: [missed] };
}

/** Those that nobody is asked about any more end in the same commit. */
function withOvertaken(
  job: PrintJob,
  all: readonly PrintJob[],
  now: Now,
  event: StreamEvent,
): LooseDecision {
  const waive = { kind: "waive", reason: "newer_paper" } as const;
  const ended = overtaken(job, all).map((one) => stepJob(one, waive, now.nowMs).job);
  const events = ended.map((one) => said(one, waive, `terminal ${now.terminalId}`, now));
  return { jobs: [job, ...ended], events: [event, ...events] };
}

const said = (job: PrintJob, event: JobEvent, actor: string, now: Now): StreamEvent =>
  eventOf(`job_${event.kind}`, { ...detailOf(job), ...reasonOf(event) }, actor, now);

const detailOf = ({ id, slip, state }: PrintJob) => ({ jobId: id, slip: slip.kind, to: state });

const reasonOf = (event: JobEvent) => (event.kind === "waive" ? { reason: event.reason } : {});

const eventOf = (
  kind: string,
  detail: StreamEvent["detail"],
  actor: string,
  { terminalId, nowMs }: Now,
): StreamEvent => ({ stream: terminalId, saleId: null, atMs: nowMs, actor, kind, detail });
