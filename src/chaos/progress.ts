/** How far a run has come: one line that is written over itself where somebody watches; in a log now and then a line. */
import type { Options } from "./options.ts";
import type { Part } from "./parts/part.ts";

const toldEvery = 20;

export class Progress {
  readonly #startedMs = performance.now();
  readonly #wanted: Readonly<Record<Part["kind"], number>>;
  readonly #violations: () => number;
  readonly #done = new Map<string, { readonly kind: Part["kind"]; readonly done: number }>();
  #told = 0;

  constructor({ kills, cuts }: Pick<Options, "kills" | "cuts">, violations: () => number) {
    this.#wanted = { round: kills, outage: cuts };
    this.#violations = violations;
  }

  /** So much of this part is done. */
  tell(kind: Part["kind"], seed: number, done: number): void {
    this.#done.set(`${kind} ${seed}`, { kind, done });
    const all = this.#sum("round") + this.#sum("outage");
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${this.#line()}`);
    else if (all >= this.#told + toldEvery) console.error(this.#line());
    else return;
    this.#told = all;
  }

  /** The line is given back to whoever writes next. */
  end(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  }

  #line(): string {
    const { round, outage } = this.#wanted;
    const seconds = Math.round((performance.now() - this.#startedMs) / 1000);
    const parts = [
      ...(round > 0 ? [`kill ${this.#sum("round")} of ${round}`] : []),
      ...(outage > 0 ? [`power cut ${this.#sum("outage")} of ${outage}`] : []),
      `${this.#violations()} violations`,
    ];
    return `${parts.join(" · ")} · ${seconds} s`;
  }

  #sum(kind: Part["kind"]): number {
    const all = [...this.#done.values()].filter((one) => one.kind === kind);
    return all.reduce((sum, one) => sum + one.done, 0);
  }
}
