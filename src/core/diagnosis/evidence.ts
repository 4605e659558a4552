/**
 * Evidence (证据): one observed fact with its time and its source. Collected all the time and cheaply, kept as series,
 * judged by `diagnose`. Nothing here is a conclusion; nothing here holds a payment code, a key or an unmasked buyer.
 */
import type { UnknownReason } from "../payment/answers.ts";
import type { AttemptState, UnpaidEnd } from "../payment/attempt.ts";
import type { Asked } from "../text/causes.ts";
import type { DoubtCause, HoldCause, JobState } from "../printing/job.ts";

/** What is probed, from near to far. A later one can't be judged before the earlier ones. */
export type Target = "interface" | "router" | "dns" | "internet" | "hub" | "provider";

/** Why a probe got no good answer. `portal`: somebody else answered, as a network that wants a login does. */
export type ReachFailure =
  | "down"
  | "no_address"
  | "no_route"
  | "timeout"
  | "refused"
  | "reset"
  | "no_name"
  | "tls"
  | "portal"
  | "bad_answer";

/** The till's several network paths (cable, Wi-Fi, 4G) are kept apart; `path` is the interface's name. */
export interface Reach {
  readonly kind: "reach";
  readonly target: Target;
  readonly path: string;
  /** Round trip; null when there was no answer. */
  readonly ms: number | null;
  readonly failure: ReachFailure | null;
}

/** One call that was really made to the provider, or the gateway's answer to a harmless signed query (`probe`). */
export interface ProviderCall {
  readonly kind: "provider_call";
  readonly asked: Asked | "probe";
  readonly orderNo: string | null;
  readonly ms: number;
  /** Null: an answer that could be read and verified. */
  readonly unknown: UnknownReason | null;
  readonly httpStatus: number | null;
  /** Beside `verify` it is anybody's word: a hint, and no proof of what it says. */
  readonly code: string | null;
  readonly subCode: string | null;
}

/** How the provider answers other terminals of the same hub in the same minutes. */
export interface Elsewhere {
  readonly kind: "elsewhere";
  readonly terminals: number;
  readonly failing: number;
}

/** `network`: through the shop's own; `here`: USB, serial or this very computer, where no router is in between. */
export type PrinterWay = "network" | "here";

export interface PrinterSeen {
  readonly kind: "printer";
  /** By the settings; what was kept by an older version doesn't tell, and counts as `network`. */
  readonly way?: PrinterWay;
  /** Null: nothing stands against printing. */
  readonly condition: HoldCause | null;
  readonly paperLow: boolean;
  readonly reachable: boolean;
}

/** Something that happened on the printer's line. */
export interface PrinterLineEvent {
  readonly kind: "printer_line";
  readonly what: "opened" | "ended" | "reset" | "timeout" | "power_off" | "noise";
}

/** A paper that took as long as `ms` from its first byte to its proof. */
export interface PrintTime {
  readonly kind: "print_time";
  readonly ms: number;
  readonly expectedMs: number;
}

export interface JobSeen {
  readonly kind: "job";
  readonly saleId: string | null;
  readonly jobId: string;
  readonly state: JobState;
  readonly hold: HoldCause | null;
  readonly doubt: DoubtCause | null;
}

export interface AttemptSeen {
  readonly kind: "attempt";
  readonly saleId: string;
  readonly orderNo: string;
  readonly state: AttemptState;
  readonly unknown: UnknownReason | null;
  readonly unpaidEnd: UnpaidEnd | null;
  /** Its money came after that end. */
  readonly late: boolean;
  readonly code: string | null;
  readonly subCode: string | null;
}

/** The till computer's own state. Null where this system doesn't tell. */
export interface ComputerSeen {
  readonly kind: "computer";
  readonly loopDelayMs: number;
  readonly memoryFreeBytes: number | null;
  readonly diskFreeBytes: number | null;
  readonly diskWriteMs: number | null;
  readonly undervoltage: boolean | null;
}

/** Ours minus theirs. The provider's clock is read off its answers' Date header, the hub's off its signed time. */
export interface ClockSeen {
  readonly kind: "clock";
  readonly against: "provider" | "hub";
  readonly offsetMs: number;
}

/** A start of the box; `clean` false: the last run was killed or lost power. */
export interface StartSeen {
  readonly kind: "start";
  readonly clean: boolean;
  /** How long it was away, by the wall clock; null when the last sign of life isn't known. */
  readonly awayMs: number | null;
  /** The computer itself started after the last sign of life; null where this system doesn't tell. */
  readonly rebooted: boolean | null;
}

export type SelfCheckId =
  | "provider_keys"
  | "app_id"
  | "settings"
  | "journal"
  | "ledger"
  | "disk"
  | "hash_chain"
  | "printer_set_up"
  | "runtime_version"
  | "version"
  | "second_instance"
  | "not_replaced"
  | "pages";

/** One check of the installation, by itself at start and by `chupiao doctor`. */
export interface SelfCheckSeen {
  readonly kind: "self_check";
  readonly check: SelfCheckId;
  readonly good: boolean;
  /** Small and plain, for the report; e.g. "ENOSPC", "0.1.0 < 0.2.0". */
  readonly detail: string;
}

export type OperatorAct =
  | "amount_left"
  | "code_scanned_without_amount"
  | "code_scanned_twice"
  | "code_of_other_wallet"
  | "code_is_product"
  | "code_unreadable"
  | "amount_unreadable"
  | "charge_while_open"
  | "sale_left_half_way"
  | "stopped"
  | "asked_provider"
  | "gate_overridden";

export interface ActSeen {
  readonly kind: "act";
  readonly act: OperatorAct;
  readonly saleId: string | null;
  readonly operatorNo: string | null;
  /** As people call them; what was kept by an older version has none. */
  readonly operatorName?: string;
  /** The rule that refused it, where one did. */
  readonly refusal: string | null;
}

/** A merchant's qualification (商户资质) as it was entered or read from a feed. */
export interface QualificationSeen {
  readonly kind: "qualification";
  readonly id: string;
  readonly what: "licence" | "contract" | "account" | "limit" | "payment_product";
  /** `withdrawn`: the record was taken out; forget it. */
  readonly state: "valid" | "expiring" | "expired" | "missing" | "frozen" | "limited" | "withdrawn";
  readonly untilMs: number | null;
  readonly note: string;
  /** When it was recorded so first; what was kept by an older version doesn't tell. */
  readonly saidAtMs?: number;
  /** Read from a feed: nobody here has looked at the matter. */
  readonly fromFeed?: true;
}

/** An announced window (公告) of the provider, the hub, the terminal or the network's operator. */
export interface NoticeSeen {
  readonly kind: "notice";
  readonly id: string;
  readonly scope: "provider" | "hub" | "terminal" | "network";
  readonly fromMs: number;
  readonly untilMs: number;
  readonly title: string;
  readonly source: string;
}

export type Fact =
  | Reach
  | ProviderCall
  | Elsewhere
  | PrinterSeen
  | PrinterLineEvent
  | PrintTime
  | JobSeen
  | AttemptSeen
  | ComputerSeen
  | ClockSeen
  | StartSeen
  | SelfCheckSeen
  | ActSeen
  | QualificationSeen
  | NoticeSeen;

export type Kind = Fact["kind"];
export type FactOf<K extends Kind> = Extract<Fact, { readonly kind: K }>;

/** Evidence of one kind. */
export interface Seen<K extends Kind> {
  readonly atMs: number;
  readonly fact: FactOf<K>;
}

export interface Evidence {
  /** Wall clock of the box, epoch ms. */
  readonly atMs: number;
  readonly fact: Fact;
}
