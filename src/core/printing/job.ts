/** A print job (打印任务): the work of getting one paper out. Its id stays the same over every retry. */
import type { Fen } from "../money/money.ts";
import type { Issuer, ReceiptContent } from "../receipt/receipt.ts";
import type { Text } from "../text/text.ts";

export type JobState =
  | "queued"
  | "held"
  | "sending"
  | "confirmed"
  | "doubtful"
  | "replaced"
  | "waived";

/** Whose paper it is. For each (receipt number, slip, holder) at most one paper carries no mark. */
export type Holder = "customer" | "merchant";

/** Copies are all marked 补打 第 N 次: one in place of a doubtful print, or a further one of a receipt known to be out. */
export type CopyMark =
  | { readonly kind: "original" }
  | {
      readonly kind: "replacement";
      readonly count: number;
      /** Like `operatorNo` absent only where an earlier version ordered the paper. */
      readonly atMs?: number;
      readonly operatorNo?: string;
    }
  | {
      readonly kind: "reprint";
      readonly count: number;
      readonly atMs: number;
      readonly operatorNo: string;
    };

/** What is to be printed. Every kind that is not `receipt` says on the paper that it is no proof of payment. */
export type Slip =
  | {
      readonly kind: "receipt";
      readonly content: ReceiptContent;
      readonly hash: string;
      /** What has gone back by the time a copy is ordered; an original has none. */
      readonly refundedFen?: Fen;
    }
  | {
      readonly kind: "refund";
      readonly content: ReceiptContent;
      readonly refundFen: Fen;
      readonly refundNo: string;
      readonly atMs: number;
    }
  | {
      readonly kind: "reversal";
      readonly issuer: Issuer;
      readonly orderNo: string;
      /** Left out where the provider never named the trade, and on papers from before it was kept. */
      readonly providerTradeNo?: string;
      readonly amountFen: Fen;
      readonly atMs: number;
      readonly moneyWentBack: boolean;
      readonly livemode: boolean;
      /** Left out on papers from before it was written down: false. */
      readonly training?: boolean;
    }
  | {
      readonly kind: "pending";
      readonly issuer: Issuer;
      readonly orderNo: string;
      /** Of the open incident, where there is one: what support asks for. */
      readonly caseNo?: string;
      readonly amountFen: Fen;
      readonly atMs: number;
      readonly url: string | null;
      readonly livemode: boolean;
      /** Left out on papers from before it was written down: false. */
      readonly training?: boolean;
    }
  | {
      readonly kind: "day";
      readonly issuer: Issuer;
      readonly title: string;
      readonly lines: readonly (readonly [label: string, value: string])[];
      readonly atMs: number;
      readonly livemode: boolean;
      /** Left out on papers from before it was written down: false. */
      readonly training?: boolean;
    }
  /** For whoever calls for help: the case number, whom to call and what they will ask. */
  | {
      readonly kind: "case";
      readonly issuer: Issuer;
      readonly caseNo: string;
      readonly call: readonly { readonly who: Text; readonly phone: string | null }[];
      readonly numbers: readonly { readonly name: Text; readonly value: string }[];
      readonly atMs: number;
      readonly livemode: boolean;
      readonly training: boolean;
    }
  | {
      readonly kind: "test";
      readonly issuer: Issuer;
      readonly atMs: number;
      readonly livemode: boolean;
      /** Left out on papers from before it was written down: false. */
      readonly training?: boolean;
    };

export type HoldCause =
  | "paper_out"
  | "cover_open"
  | "cutter_error"
  | "head_hot"
  | "printer_error"
  | "printer_offline"
  | "unreachable"
  | "busy"
  | "no_answer"
  | "garbage"
  | "no_printer"
  /** Our own content can't be put on paper; the next job goes on without it. */
  | "not_printable"
  /** Not asked since the start; whether this journal is the newest, only the hub knows. */
  | "hub_not_asked"
  /** A later start of this terminal has taken its place. */
  | "terminal_replaced"
  /** The customer took the electronic receipt instead and hasn't opened it yet: the paper waits for a person's word. */
  | "e_receipt_unopened";

export type DoubtCause =
  | "till_restarted"
  | "printer_lost_power"
  | "connection_lost"
  | "no_proof_in_time"
  | "buffer_cleared"
  | "no_confirmation_possible";

/** Proof, best first: the printer's own answer with our id, an in-order status, the cutter counter, a person's word. */
export type ProofLevel = "process_id" | "status" | "cutter_counter" | "person";

export interface PrintProof {
  readonly level: ProofLevel;
  readonly atMs: number;
  /** What exactly was seen, e.g. "37 22 30 30 34 37 00" or the operator's number. */
  readonly evidence: string;
}

/** Stands for a person's word where the owner set that a mute printer's papers count as out: nobody looked. */
export const TRUSTED_MUTE = "setting: trustMutePrinter";

export const isTrustedMute = (evidence: unknown): boolean => evidence === TRUSTED_MUTE;

export interface PrintJob {
  readonly id: string;
  /** Null for slips of no sale (test, day). */
  readonly saleId: string | null;
  readonly receiptNumber: string | null;
  readonly slip: Slip;
  readonly holder: Holder;
  readonly mark: CopyMark;
  readonly state: JobState;
  readonly version: number;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  /** Why it waits: while `held`, or while `sending` and the printer reports that it can't go on. */
  readonly hold: HoldCause | null;
  readonly doubt: DoubtCause | null;
  readonly proof: PrintProof | null;
  /** Times that bytes were allowed to leave. */
  readonly sends: number;
  /** Four characters 0x20-0x7E, given to `GS ( H`; new with each send, never reused while one is pending. */
  readonly processId: string | null;
  /** Autocutter runs read before the send, where the printer counts them. */
  readonly cutsBefore: number | null;
  /** SHA-256 of the bytes of the last send. */
  readonly bytesHash: string | null;
  /** The copy that was ordered in this job's place. */
  readonly replacedBy: string | null;
}

/** The line was lost while bytes were on their way: what is out is being found out, and nothing goes on by itself. */
export const isInterrupted = ({ state, hold }: Pick<PrintJob, "state" | "hold">): boolean =>
  state === "sending" && hold === "unreachable";

/** No printer's matter: it prints only when somebody orders it, and needn't once the electronic receipt is opened. */
export const waitsForEReceipt = (
  job: Pick<PrintJob, "state" | "hold"> | null | undefined,
): boolean => job?.state === "held" && job.hold === "e_receipt_unopened";

export type WaiveReason =
  | "e_receipt_opened"
  | "customer_wants_none"
  | "fully_refunded"
  | "receipt_void"
  /** The electronic receipt stays where it is; the day, and with it the offer of the paper, is over. */
  | "day_closed"
  /** The journal was restored from an older copy: whether the original is out, nobody here can know. */
  | "journal_restored"
  /** A newer paper of its kind was printed; see loose.ts. */
  | "newer_paper";

/** Everything that can happen to a job; `states.ts` says in which state each is accepted. */
export type JobEvent =
  /** The printer can't take it, or can't go on with it. */
  | { readonly kind: "hold"; readonly cause: HoldCause }
  | { readonly kind: "resume" }
  /** From the commit of this event on, bytes may leave. `processId` is null when the bytes ask for none. */
  | {
      readonly kind: "send";
      readonly processId: string | null;
      readonly bytesHash: string;
      readonly cutsBefore: number | null;
    }
  /** The caller knows that not one byte was given to the system after `send`. */
  | { readonly kind: "not_sent"; readonly cause: HoldCause }
  | { readonly kind: "confirm"; readonly proof: PrintProof }
  | { readonly kind: "doubt"; readonly cause: DoubtCause }
  /** A marked copy was ordered in its place. */
  | { readonly kind: "replace"; readonly copyId: string }
  | { readonly kind: "waive"; readonly reason: WaiveReason };

export type JobEventKind = JobEvent["kind"];
