/** A run is made of parts that know nothing of each other: each has a shop, a disk, a clock and ports of its own. */
import { type OutagePlan, type OutageResult, playOutage } from "../power/outage.ts";
import { playRound, type RoundPlan, type RoundResult } from "../round.ts";
import { killsIn } from "../storm.ts";

/** What can be said to another process: all of the plan but the ear for its progress. */
export type Part =
  | ({ readonly kind: "round" } & Omit<RoundPlan, "onKill">)
  | ({ readonly kind: "outage" } & Omit<OutagePlan, "onCut">);

export type PartResult =
  | { readonly kind: "round"; readonly result: RoundResult }
  | { readonly kind: "outage"; readonly result: OutageResult };

/** What the process of a part says: so many kills or cuts are done; and in the end what came of it. */
export type Told =
  | { readonly kind: "done"; readonly done: number }
  | { readonly kind: "ended"; readonly ended: PartResult };

export async function playPart(part: Part, onDone: (done: number) => void): Promise<PartResult> {
  return part.kind === "round"
    ? {
        kind: "round",
        result: await playRound({ ...part, onKill: (strikes) => onDone(killsIn(strikes)) }),
      }
    : { kind: "outage", result: await playOutage({ ...part, onCut: onDone }) };
}
