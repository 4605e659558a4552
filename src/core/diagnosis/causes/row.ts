/** One row of the cause table: what is broken, who can fix it, and what comes next. */
import type { Text } from "../../text/text.ts";
import type { CauseFamily } from "../../till/view.ts";
import type { Bears, Fixer } from "../finding.ts";
import type { GuideId } from "../guide/ids.ts";

export interface CauseRow {
  readonly family: CauseFamily;
  readonly title: Text;
  readonly explain: Text;
  readonly fixer: Fixer;
  readonly nextStep: Text;
  /** In its place while the outcome of this sale's charge is open: only then may it speak of money. */
  readonly nextStepOpen?: Text;
  readonly guide: GuideId | null;
  readonly bears: Bears;
  /** Of several causes the smaller is nearer to the root: it is acted on first. */
  readonly rank: number;
}

export const text = (zh: string, en: string): Text => ({ zh, en });
