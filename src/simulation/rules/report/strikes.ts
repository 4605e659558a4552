/** Which fault met an attempt and a paper in which state, counted in plain numbers: kind × attempt × paper. */
import type { AttemptState } from "../../../core/payment/attempt.ts";
import type { JobState } from "../../../core/printing/job.ts";
import { FAULT_KINDS, type FaultKind } from "../../faults/kinds.ts";
import type { Cells } from "../../report/coverage.ts";
import { attemptStates } from "../../../core/payment/states.ts";
import type { Sale } from "../sale.ts";

const JOBS: readonly JobState[] = [
  "queued",
  "held",
  "sending",
  "confirmed",
  "doubtful",
  "replaced",
  "waived",
];
const jobsWide = JOBS.length + 1;
const kindWide = (attemptStates.length + 1) * jobsWide;

const placeOf = <T extends string>(names: readonly T[]): ReadonlyMap<T, number> =>
  new Map(names.map((name, at) => [name, at]));
const kindAt = placeOf(FAULT_KINDS);
const attemptAt = placeOf(attemptStates);
const jobAt = placeOf(JOBS);

export class Strikes {
  readonly #counts = new Int32Array(FAULT_KINDS.length * kindWide);

  count(kind: FaultKind, sale: Sale | null): void {
    const attempt = attemptStateOf(sale);
    const job = sale?.record.jobs.at(-1)?.state;
    const row = attempt === null ? attemptStates.length : (attemptAt.get(attempt) ?? 0);
    const column = job === undefined ? JOBS.length : (jobAt.get(job) ?? 0);
    const at = (kindAt.get(kind) ?? 0) * kindWide + row * jobsWide + column;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  cells(): Cells {
    const cells: Record<string, number> = {};
    for (let at = 0; at < this.#counts.length; at += 1) {
      const count = this.#counts[at] ?? 0;
      if (count === 0) continue;
      const kind = FAULT_KINDS[Math.floor(at / kindWide)];
      const attempt = attemptStates[Math.floor((at % kindWide) / jobsWide)] ?? "-";
      const job = JOBS[at % jobsWide] ?? "-";
      cells[`${kind} ${attempt} ${job}`] = count;
    }
    return cells;
  }
}

/** The hub's word where it has one: what the till committed and the hub hasn't seen is `created`. */
function attemptStateOf(sale: Sale | null): AttemptState | null {
  const mine = sale?.record.attempts.at(-1);
  if (sale === null || mine === undefined) return null;
  return sale.attempts.find((one) => one.orderNo === mine.orderNo)?.state ?? mine.state;
}
