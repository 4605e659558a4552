/** What the spooler needs and what it offers. */
import type { PrinterLineEvent, PrintTime } from "../../core/diagnosis/evidence.ts";
import type { HoldCause, JobEvent, PrintJob } from "../../core/printing/job.ts";
import type { PrinterProfile } from "../../core/printing/profile.ts";
import type { PrinterPort } from "../../ports/printer.ts";
import type { World } from "../../ports/world.ts";
import type { Probed } from "./probe.ts";

/** Which question the encoded bytes end with: `GS ( H`, `GS r 1`, or none. */
export type Marker = "process_id" | "in_order" | "none";

export interface EncodedJob {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly marker: Marker;
}

export interface SpoolerDeps {
  readonly world: World;
  readonly port: PrinterPort;
  readonly profile: () => PrinterProfile;
  /** Bytes of the job with this process id; pure. */
  readonly encode: (job: PrintJob, profile: PrinterProfile, processId: string) => EncodedJob;
  /** Unfinished jobs (queued, held, sending, doubtful), oldest first, the journal's truth. */
  readonly jobs: () => readonly PrintJob[];
  /** The paper that was at work last, ended or not, also of an earlier run; null: there has been none. */
  readonly lastSent: () => PrintJob | null;
  /**
   * Applies the event with `stepJob` and makes it durable before it resolves; null: the job's state no longer
   * accepts it. A rejection (disk full) is retried, except for `send`: then not a byte leaves.
   */
  readonly change: (jobId: string, event: JobEvent) => Promise<PrintJob | null>;
  readonly timing: SpoolerTiming;
  /** Left out: what the profile says of the printer is so. */
  readonly pairing?: Pairing;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** For diagnosis: what happened on the printer's line, and how long papers took. */
  readonly saw?: (fact: PrinterLineEvent | PrintTime) => void;
}

/** For a printer of which it isn't known yet what it can do: it is asked at each look until it has answered. */
export interface Pairing {
  readonly isDue: () => boolean;
  /** What can't be asked: paper, columns, fonts. */
  readonly base: () => PrinterProfile;
  /** A person's word that it can't answer: its silence then holds no paper. Silence alone never proves it. */
  readonly isMuteByWord: boolean;
  /** Makes durable what it answered; `profile` follows. */
  readonly keep: (probed: Probed) => Promise<void>;
  /** It isn't that printer any more, so what it answered no longer counts and it is due again. Durable, too. */
  readonly forget: () => Promise<void>;
}

/** For the till's printer light. Before the first check nothing is known: `checkedAtMs` is null. */
export interface PrinterStatus {
  readonly reachable: boolean;
  readonly condition: HoldCause | null;
  readonly warnings: readonly "paper_low"[];
  /** The printer itself said so at the last look. False: nobody knows how it is. */
  readonly told: boolean;
  /** Wall clock of the last check. */
  readonly checkedAtMs: number | null;
}

export interface Spooler {
  /** Something in the journal changed: a job was ordered, answered or waived. */
  wake(): void;
  status(): PrinterStatus;
  /** Called on every change of what `status` says, not on every check; gives the way to call it off. */
  onStatus(listener: (status: PrinterStatus) => void): () => void;
  /** Lets the paper at work finish for `stopGraceMs`, then closes the connection. Nothing is sent afterwards. */
  stop(): Promise<void>;
}

/** All settings, in ms where not said otherwise. Tests compress them. */
export interface SpoolerTiming {
  /** Between two tries to open: doubles from the first to the longest. */
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
  /** The longest where nothing is there to be disturbed: whoever switches it on doesn't wait for us. */
  readonly goneMaxMs: number;
  /** For an answer that the printer gives at once. */
  readonly answerMs: number;
  /** For an answer in buffer order, when nothing is left to print. */
  readonly inOrderAnswerMs: number;
  /** A printer that answers only at once may have somebody's long paper in its buffer: it is believed after so long. */
  readonly onlyAtOnceMs: number;
  /** For a late answer that would be taken for the next one's. */
  readonly settleMs: number;
  /** Between two questions while a paper is awaited. */
  readonly heartbeatMs: number;
  /** Without one byte from the printer: the connection is taken for dead. */
  readonly silenceMs: number;
  /** The same while it said that it can't go on: its buffer may be full and our questions stuck behind the job. */
  readonly silenceBlockedMs: number;
  /** How long what was heard counts as news, so that no question is needed before a send. */
  readonly freshMs: number;
  /** While a job waits for paper, cover and the like. */
  readonly heldPollMs: number;
  readonly idlePollMs: number;
  /** Without a job: the connection is let go (printers do so after 5 min), and each poll opens a short one. */
  readonly idleCloseMs: number;
  /** Waiting for proof: this, and the time to carry and print the bytes. */
  readonly proofBaseMs: number;
  /** 8 dots a millimetre; 600 is half the speed of a slow printer. */
  readonly dotsPerSecond: number;
  /** Of the link; 900 for a serial line at 9600 baud. */
  readonly bytesPerSecond: number;
  /** A connection lost with a job on it: so long is it tried again before the cashier is asked. */
  readonly lostMs: number;
  /** On a new connection: for a process id that was on its way. */
  readonly lateIdMs: number;
  readonly stopGraceMs: number;
  /** After a change that couldn't be made durable. */
  readonly retryMs: number;
  /** The owner's word for a printer that can't answer: what was sent counts as out. */
  readonly trustMutePrinter: boolean;
  /** Other computers print on it too: the runs of its blade after a lost connection may be theirs. */
  readonly sharedPrinter: boolean;
}

export const defaultTiming: SpoolerTiming = {
  backoffMs: 500,
  backoffMaxMs: 5_000,
  goneMaxMs: 2_000,
  answerMs: 1_000,
  inOrderAnswerMs: 5_000,
  onlyAtOnceMs: 60_000,
  settleMs: 300,
  heartbeatMs: 500,
  silenceMs: 3_000,
  silenceBlockedMs: 60_000,
  freshMs: 2_000,
  heldPollMs: 500,
  idlePollMs: 10_000,
  idleCloseMs: 240_000,
  proofBaseMs: 5_000,
  dotsPerSecond: 600,
  bytesPerSecond: 10_000,
  lostMs: 15_000,
  lateIdMs: 2_000,
  stopGraceMs: 2_000,
  retryMs: 1_000,
  trustMutePrinter: false,
  sharedPrinter: false,
};
