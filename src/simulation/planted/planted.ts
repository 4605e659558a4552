import type { FaultKind } from "../faults/kinds.ts";

/** Wrong variants of the code under test: each the exact text to replace, so that a bug which rots says so. */
export interface PlantedBug {
  readonly name: string;
  /** What somebody really does wrong. */
  readonly mistake: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
  /** Rare ones are hunted in the weather in which they can show. */
  readonly weather?: Readonly<Partial<Record<FaultKind, number>>>;
}

/** The source with the bug in it. Throws when the right text isn't there, or more than once. */
export function patchSource(bug: PlantedBug, source: string): string {
  const parts = source.split(bug.right);
  if (parts.length !== 2) {
    const found = parts.length - 1;
    throw new Error(`planted bug "${bug.name}": its text stands ${found} times in ${bug.file}`);
  }
  return parts.join(bug.wrong);
}
