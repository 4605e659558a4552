/** A rule of the final audit: its name, the promise as a sentence, and how a breach shows. */
import type { Case, Evidence } from "./evidence.ts";

export type Found = (saleId: string | null, seen: string) => void;

export interface Rule {
  readonly name: string;
  readonly says: string;
  readonly check: (evidence: Evidence, found: Found) => void;
}

/** A rule about each sale by itself: gives what was seen, or null where all is well. */
export const ofEachSale = (
  name: string,
  says: string,
  seen: (one: Case, evidence: Evidence) => string | null,
): Rule => ({
  name,
  says,
  check: (evidence, found) => {
    for (const one of evidence.cases.values()) {
      const text = seen(one, evidence);
      if (text !== null) found(one.saleId, text);
    }
  },
});
