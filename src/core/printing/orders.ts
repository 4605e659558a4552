/**
 * How a paper is ordered. For each (receipt, slip, holder) at most one job ever carries no mark; every further
 * paper is a copy that says so.
 */
import { stepJob } from "./machine.ts";
import type { JobRefusal } from "./machine.ts";
import { type CopyMark, type Holder, type PrintJob, type Slip, waitsForEReceipt } from "./job.ts";
import { jobHasEnded } from "./states.ts";

export interface JobOrder {
  readonly id: string;
  readonly saleId: string | null;
  readonly receiptNumber: string | null;
  readonly slip: Slip;
  readonly holder: Holder;
}

/** What a copy bears beside its time. `count` is the receipt's number of copies with this one. */
export interface MarkedBy {
  readonly count: number;
  /** Who ordered it. */
  readonly operatorNo: string;
}

/** The first, unmarked paper. `existing`: at least all jobs of the same sale. Test and day slips may repeat. */
export function orderOriginal(
  order: JobOrder,
  existing: readonly PrintJob[],
  nowMs: number,
): PrintJob | "original_exists" {
  const paper = paperKey(order);
  const isTaken = existing.some((job) => paper !== null && paperKey(job) === paper);
  return isTaken ? "original_exists" : newJob(order, { kind: "original" }, nowMs);
}

/**
 * A marked copy in the place of a doubtful paper (补打 第 N 次). Both jobs must be stored in one commit.
 */
export function orderReplacement(
  doubtful: PrintJob,
  copyId: string,
  mark: MarkedBy,
  nowMs: number,
): { readonly replaced: PrintJob; readonly copy: PrintJob } | JobRefusal {
  const step = stepJob(doubtful, { kind: "replace", copyId }, nowMs);
  if (step.refusal !== null) return step.refusal;
  const copyMark = { kind: "replacement", atMs: nowMs, ...mark } as const;
  const copy = newJob({ ...doubtful, id: copyId }, copyMark, nowMs);
  return { replaced: step.job, copy };
}

/** A further, marked copy of a paper whose job has ended (补打); an open job is waited for or answered first. */
export function orderReprint(
  of: PrintJob,
  copyId: string,
  mark: MarkedBy,
  nowMs: number,
): PrintJob | "first_paper_still_open" {
  if (!jobHasEnded(of.state)) return "first_paper_still_open";
  return newJob({ ...of, id: copyId }, { kind: "reprint", atMs: nowMs, ...mark }, nowMs);
}

/** A marked copy of a paper whose first job isn't known any more: it may have come out. */
export const orderCopy = (order: JobOrder, mark: MarkedBy, nowMs: number): PrintJob =>
  newJob(order, { kind: "reprint", atMs: nowMs, ...mark }, nowMs);

/**
 * A marked copy instead of an original that waits: called off, since it may be out already. What waits for its electronic
 * receipt waits on. Both jobs must be stored in one commit. Null: it doesn't wait, so there is nothing to call off.
 */
function copyInstead(
  original: PrintJob,
  copyId: string,
  mark: MarkedBy,
  nowMs: number,
): { readonly off: PrintJob; readonly copy: PrintJob } | null {
  const waits = original.state === "queued" || original.state === "held";
  if (original.mark.kind !== "original" || !waits) return null;
  const off = stepJob(original, { kind: "waive", reason: "journal_restored" }, nowMs).job;
  const copy = orderReprint(off, copyId, mark, nowMs);
  if (copy === "first_paper_still_open") return null;
  if (!waitsForEReceipt(original)) return { off, copy };
  // Nobody has asked for this paper, and nobody has for its copy.
  const hold = { kind: "hold", cause: "e_receipt_unopened" } as const;
  return { off, copy: stepJob(copy, hold, nowMs).job };
}

/**
 * The same of all papers of one sale; `copies`: how many its receipt has had, and then with these. `ordered` is empty where
 * no original waits.
 */
export function copiesInstead(
  jobs: readonly PrintJob[],
  { copies, operatorNo }: { readonly copies: number; readonly operatorNo: string },
  newId: () => string,
  nowMs: number,
): {
  readonly jobs: readonly PrintJob[];
  readonly ordered: readonly PrintJob[];
  readonly copies: number;
} {
  let counted = copies;
  const ordered: PrintJob[] = [];
  const all = jobs.flatMap((job) => {
    const isReceipt = job.slip.kind === "receipt";
    const count = isReceipt ? counted + 1 : 1;
    const both = copyInstead(job, newId(), { count, operatorNo }, nowMs);
    if (both === null) return [job];
    if (isReceipt) counted = count;
    ordered.push(both.copy);
    return [both.off, both.copy];
  });
  return { jobs: all, ordered, copies: counted };
}

/** What makes two papers the same paper; null where repeating is harmless. */
function paperKey(order: JobOrder): string | null {
  switch (order.slip.kind) {
    case "receipt":
      return `receipt ${order.receiptNumber} ${order.holder}`;
    case "refund":
      return `refund ${order.slip.refundNo} ${order.holder}`;
    case "reversal":
    case "pending":
      return `${order.slip.kind} ${order.slip.orderNo} ${order.holder}`;
    case "day":
    case "case":
    case "test":
      return null;
  }
}

function newJob(order: JobOrder, mark: CopyMark, nowMs: number): PrintJob {
  return {
    id: order.id,
    saleId: order.saleId,
    receiptNumber: order.receiptNumber,
    slip: order.slip,
    holder: order.holder,
    mark,
    state: "queued",
    version: 1,
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    hold: null,
    doubt: null,
    proof: null,
    sends: 0,
    processId: null,
    cutsBefore: null,
    bytesHash: null,
    replacedBy: null,
  };
}
