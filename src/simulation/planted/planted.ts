import type { FaultKind } from "../faults/kinds.ts";

/** The exact text to replace, so that a bug which rots says so. */
export interface Patch {
  /** From the root of the repository. */
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

/** A wrong variant of the code under test. */
export interface PlantedBug extends Patch {
  readonly name: string;
  /** What somebody really does wrong. */
  readonly mistake: string;
  /** Where several guards stand one behind the other, the mistake is to have none of them. */
  readonly also?: readonly Patch[];
  /** Rare ones are hunted in the weather in which they can show. */
  readonly weather?: Readonly<Partial<Record<FaultKind, number>>>;
}

/** Where money can't come late by the provider's fault, any that does convicts the one who said "not paid". */
export const moneyIsNeverLate = {
  gateway_message_doubled: 0,
  gateway_refused_but_booked: 0,
  gateway_sub_code: 0,
} as const;

export const patchesOf = (bug: PlantedBug): readonly Patch[] => [bug, ...(bug.also ?? [])];

/** The source with the bug in it. Throws when the right text isn't there, or more than once. */
export function patchSource(patch: Patch, source: string): string {
  const parts = source.split(patch.right);
  if (parts.length !== 2) {
    const found = parts.length - 1;
    throw new Error(`a planted bug's text stands ${found} times in ${patch.file}: ${patch.right}`);
  }
  return parts.join(patch.wrong);
}
