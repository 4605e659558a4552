/** What one screen of the till is made of. Made by `screenOf`, drawn by the page, which adds nothing. */
import type { Verdict } from "../diagnosis/finding.ts";
import type { GateView, GuideStepView } from "../diagnosis/view.ts";
import type { Text } from "../text/text.ts";
import type { Light, SaleCommand } from "./view.ts";

/** calm: nothing under way; wait: in progress; good: proven; care: not known or held; bad: not paid or a fault. */
export type Tone = "calm" | "wait" | "good" | "care" | "bad";

export type Icon = "code" | "qr" | "dots" | "tick" | "cross" | "alert" | "ask" | "back" | "keys";

/** Every big state by name. Focus moves to the headline when this or the sale changes. */
export type ScreenKind =
  | "sign_on"
  | "amount"
  | "same_amount"
  | "stopped"
  | "ask_e_receipt"
  | "show_code"
  | "making_qr"
  | "show_qr"
  | "charging"
  | "awaiting_buyer"
  | "confirming"
  | "reversing"
  | "declined"
  | "not_sent"
  | "reversed"
  | "late_money"
  | "rolled_back"
  | "paid_otherwise"
  | "abandoned"
  | "paid"
  | "held"
  | "doubtful"
  | "refund";

export type ActId =
  | "take"
  | "clear"
  | "show_qr"
  | "change_amount"
  | "type_code"
  | "query"
  | "charge_again"
  | "cancel_sale"
  | "reverse"
  | "pay_otherwise"
  | "goods_left"
  | "pending_slip"
  | "next"
  | "reprint"
  | "refund"
  | "e_receipt"
  | "why"
  | "waive_paper"
  | "came_out"
  | "did_not"
  | "back_to_open"
  | "other_customer"
  | "details"
  | "call_help"
  | "other_path"
  | "with_e_receipt"
  | "fix_printer"
  | "override";

/** Letters of the rarer buttons: no payment code holds one, and no amount. */
type SecondKey = "B" | "C" | "D" | "G" | "P" | "R" | "S" | "T" | "W";

/** The key that presses a button; also what stands on it. */
export type ActKey =
  | "Enter"
  | "Esc"
  | "F2"
  | "F3"
  | "F4"
  | "F6"
  | "F7"
  | "F8"
  | "Y"
  | "N"
  | SecondKey
  | "H"
  | "O";

export interface Act {
  readonly id: ActId;
  readonly label: Text;
  readonly key: ActKey | null;
  /** go: the one thing to do now; plain: also possible; more: behind 其他处理. */
  readonly look: "go" | "plain" | "more";
  /** `true`, or why it can't be pressed now. */
  readonly enabled: true | Text;
  /** The rule of `SaleView.can` that decided. */
  readonly command: SaleCommand | null;
}

/** A fix in steps: done or tried, the one to do now, and what follows by itself. */
export interface Step {
  /** Its place in the whole guide, from 1. */
  readonly no: number;
  readonly text: Text;
  readonly at: GuideStepView["state"];
  /** Name of a drawing that helps; null: words suffice. */
  readonly picture: string | null;
  /** What the system saw that finished it, or waits to see. */
  readonly seen: Text | null;
}

/** A guide as it is drawn: where there is no room for all of it, the steps round the one that is due. */
export interface GuidePart {
  readonly steps: readonly Step[];
  /** Steps that follow and aren't shown here. */
  readonly more: number;
}

/** Once an incident is open: where the money is, in a slim line above everything else. */
export interface MoneyLine {
  readonly tone: Tone;
  readonly icon: Icon;
  readonly text: Text;
}

/** What is known of why there is no receipt. */
export interface IncidentPart {
  readonly id: string;
  readonly caseNo: string;
  readonly verdict: Verdict;
  readonly verdictText: Text;
  /** What was seen, when, and who says so; or what is being asked. */
  readonly evidence: Text | null;
  /** Further causes at the same time. */
  readonly also: Text | null;
}

/** One light that isn't green, beside the amount. */
export interface Warning {
  readonly light: Light;
  readonly text: Text;
  readonly why: Text | null;
}

export interface Countdown {
  /** Share of the time that has passed, 0 to 1. */
  readonly share: number;
  readonly secondsLeft: number;
  readonly text: Text;
}

/** The receipt beside the sale. */
export interface Side {
  readonly tag: { readonly tone: Tone; readonly text: Text } | null;
  /** What stands in the empty place, or above the paper. */
  readonly text: Text | null;
  /** none: an empty place; feeding: coming out; half: stopped half-way; whole: out; void: crossed out. */
  readonly paper: "none" | "feeding" | "half" | "whole" | "void";
  /** Address of the electronic receipt, where it can be reached. */
  readonly url: string | null;
}

export interface Screen {
  readonly kind: ScreenKind;
  readonly tone: Tone;
  readonly icon: Icon;
  /** The word over the amount. */
  readonly word: Text;
  /** Fen of the sale; null while the draft is the amount. */
  readonly amountFen: number | null;
  readonly headline: Text;
  readonly plain: Text;
  /** A line that must not be overlooked. */
  readonly caution: Text | null;
  /** Once something else needs care: where the money is, above it. */
  readonly money: MoneyLine | null;
  readonly incident: IncidentPart | null;
  /** Lights that a person should know of before the code is used. */
  readonly warnings: readonly Warning[];
  /** What works although the gate is closed. */
  readonly offers: GateView["offers"];
  readonly guide: GuidePart | null;
  readonly countdown: Countdown | null;
  /** Content of the QR that the customer scans to pay. */
  readonly qr: string | null;
  readonly acts: readonly Act[];
  readonly side: Side;
  /** Whole width, one message: 撤销成功. */
  readonly full: boolean;
  /** Read out at once (alert) rather than when convenient (status). */
  readonly urgent: boolean;
  /** A digit typed now begins or changes an amount. */
  readonly takesDigits: boolean;
  /** A payment code scanned now is charged; else the words that say why not. */
  readonly takesCode: true | Text;
}
