/**
 * What `diagnose` says: for all nine families confirmed, suspected, ruled out or not known yet, each with the evidence
 * that says so. "Confirmed" only by proof: the device's, the provider's or this computer's own word. Several causes at once
 * are normal.
 */
import type { Text } from "../text/text.ts";
import type { CauseFamily, Fixer } from "../till/view.ts";
import type { Evidence } from "./evidence.ts";
import type { GuideId } from "./guide/ids.ts";

export type Verdict = "confirmed" | "suspected" | "ruled_out" | "not_known";

export type { Fixer };

export type Bears = "payment" | "paper" | "both";

/** One piece of evidence as a person reads it: what was seen, when, and who says so. */
export interface EvidenceLine {
  readonly atMs: number;
  /** "打印机", "支付宝", "路由器", "本机", "收银员 07". */
  readonly source: Text;
  readonly text: Text;
  /** Which sale it speaks of; left out: of none. */
  readonly about?: About;
}

export interface About {
  readonly saleId: string | null;
  readonly orderNo: string | null;
  /** "paid" alone says nothing: also the asked sale is named. */
  readonly always: boolean;
}

export interface Finding {
  readonly family: CauseFamily;
  /** Stable: a printer condition, a provider's sub-code, or an id of the cause table, e.g. `line_down`. */
  readonly cause: string;
  readonly verdict: "confirmed" | "suspected";
  /** What the trouble stands in the way of. */
  readonly bears: Bears;
  readonly title: Text;
  /** Whether money moved is the sale's business; this says what is broken and what it means for the receipt. */
  readonly explain: Text;
  readonly fixer: Fixer;
  readonly nextStep: Text;
  /** Key into the guides; null: nothing can be done at the counter but what `nextStep` says. */
  readonly guide: GuideId | null;
  /** Of several causes the smaller is nearer to the root. */
  readonly rank: number;
  readonly sinceMs: number;
  readonly evidence: readonly EvidenceLine[];
  /** Past by now, and told as that: no step is asked for any more. */
  readonly isPast?: true;
  /** The one piece that proves it, where something does. */
  readonly proof: Evidence | null;
}

export interface FamilyAnswer {
  readonly family: CauseFamily;
  readonly verdict: Verdict;
  /** Most certain first; empty when ruled out or not known. */
  readonly findings: readonly Finding[];
  /** Why it is ruled out. */
  readonly against: readonly EvidenceLine[];
  /** When not known: what is being asked right now. */
  readonly asking: Text | null;
}

export interface Diagnosis {
  readonly atMs: number;
  /** All nine, in the order of the cashier's guide. */
  readonly families: readonly FamilyAnswer[];
  /** All that was found, what to act on first ahead. */
  readonly ranked: readonly Finding[];
  /** What to act on first; null while nothing is known. */
  readonly first: Finding | null;
}
