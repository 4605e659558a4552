/** Which fault met an attempt and a paper in which state: kind × attempt state × job state. */
import type { AttemptState } from "../../core/payment/attempt.ts";
import type { JobState } from "../../core/printing/job.ts";

export type Cells = Readonly<Record<string, number>>;

export class Coverage {
  readonly #cells = new Map<string, number>();

  count(kind: string, attempt: AttemptState | null, job: JobState | null): void {
    const key = `${kind} ${attempt ?? "-"} ${job ?? "-"}`;
    this.#cells.set(key, (this.#cells.get(key) ?? 0) + 1);
  }

  cells(): Cells {
    return Object.fromEntries(this.#cells);
  }
}
