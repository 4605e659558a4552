/** Loading paper is one act: the cover that is opened for it is part of it, and no trouble of its own. */
import { heldBy } from "../printing/holds.ts";
import type { HoldCause } from "../printing/job.ts";
import type { Case } from "./case.ts";
import { allOf } from "./picture.ts";

/** Out of paper, and nothing since has said that there is some: an open cover hides whether a roll lies in it. */
export function awaitsPaper({ picture }: Pick<Case, "picture">): boolean {
  const all = allOf(picture, "printer");
  const wellAt = all.findLastIndex(({ fact }) => fact.condition === null);
  return all.slice(wellAt + 1).some(({ fact }) => fact.condition === "paper_out");
}

/** What stands in the printer's way, as it is told. */
export const toldCondition = <Seen extends HoldCause | null>(
  seen: Seen,
  given: Pick<Case, "picture">,
): Seen | "paper_out" => heldBy(awaitsPaper(given) ? "paper_out" : null, seen);
