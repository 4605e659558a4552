/** What looks at the world outside the sale: network, computer, configuration. Each look is bounded in time and cost. */
import type { Evidence } from "../core/diagnosis/evidence.ts";

export interface Probe {
  /** For people and logs: "network", "computer", "self check", "records". */
  readonly name: string;
  /** Between two looks while nothing is wrong, and while something is. */
  readonly everyMs: number;
  readonly everyMsInTrouble: number;
  /** One look. Never rejects: what can't be seen is left out or is evidence itself. */
  look(): Promise<readonly Evidence[]>;
}
