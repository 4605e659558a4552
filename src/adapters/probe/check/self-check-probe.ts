/** The installation's own check, by itself: at the start and now and then. `chupiao doctor` asks more, and explains. */
import type { Evidence, SelfCheckId } from "../../../core/diagnosis/evidence.ts";
import type { Probe } from "../../../ports/probe.ts";
import type { Checked } from "./checks.ts";

export type SelfChecks = Partial<Readonly<Record<SelfCheckId, () => Checked>>>;

export function selfCheckProbe(checks: SelfChecks, nowMs: () => number): Probe {
  return {
    name: "self check",
    everyMs: 600_000,
    everyMsInTrouble: 30_000,
    async look(): Promise<readonly Evidence[]> {
      return Object.entries(checks).map(([check, run]) => ({
        atMs: nowMs(),
        fact: { kind: "self_check", check: check as SelfCheckId, ...run() },
      }));
    },
  };
}
