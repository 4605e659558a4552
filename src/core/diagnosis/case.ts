/** What is judged: the picture, the sale in question, and from when evidence can explain its trouble. */
import type { SaleFacts } from "../till/can.ts";
import type { Text } from "../text/text.ts";
import type { Evidence } from "./evidence.ts";
import type { EvidenceLine } from "./finding.ts";
import type { Picture } from "./picture.ts";
import type { DiagnosisSettings } from "./settings.ts";

export interface Case {
  readonly picture: Picture;
  /** Null: the box as such. */
  readonly sale: SaleFacts | null;
  /** Every sale of the box that somebody still has to see to. */
  readonly unsettled: readonly SaleFacts[];
  readonly nowMs: number;
  readonly settings: DiagnosisSettings;
}

/** One thing that a judge says. `proof`: what alone may make it confirmed; without one it is suspected. */
export interface Suspicion {
  readonly cause: string;
  readonly proof: Evidence | null;
  /** What names the cause and can't prove it: a word in an answer that couldn't be verified. */
  readonly hint?: Evidence;
  readonly because: readonly EvidenceLine[];
  readonly sinceMs: number;
  /** It is past by now, and mended or about to be: it stays the cause of this charge, and nothing is to be done about it. */
  readonly isPast?: true;
  /** In place of the cause table's, where this time something else is nearer to the root. */
  readonly rank?: number;
  /** In place of the cause table's, where the words come from a provider's code or a record. */
  readonly words?: CauseWords;
}

export type CauseWords = Partial<{
  readonly title: Text;
  readonly explain: Text;
  readonly nextStep: Text;
}>;

export interface Judgement {
  readonly suspicions: readonly Suspicion[];
  /** What speaks against the whole family now. */
  readonly against: readonly EvidenceLine[];
  /** What is being asked, where neither is enough. */
  readonly asking: Text;
}

export type Judge = (given: Case) => Judgement;
