/** Joins the terminal's jobs, the encoder and the printer's port to a spooler. Wiring only. */
import { createHash } from "node:crypto";
import { gb18030, gbk } from "../adapters/printer/gb18030.ts";
import { openPrinterPort } from "../adapters/printer/open.ts";
import { qrOf } from "../adapters/printer/qr.ts";
import { realWorld } from "../adapters/world/real.ts";
import { composeSlip } from "../core/printing/escpos/compose.ts";
import type { HoldCause, JobEvent, PrintJob } from "../core/printing/job.ts";
import type { PrinterProfile } from "../core/printing/profile.ts";
import type { PrinterNews } from "../core/till/lights.ts";
import type { Log } from "../ports/log.ts";
import type { PrinterPort } from "../ports/printer.ts";
import { probePrinter } from "../terminal/printing/probe.ts";
import { createSpooler, defaultTiming } from "../terminal/printing/spooler.ts";
import type { Spooler, SpoolerDeps } from "../terminal/printing/spooler.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { KnownPrinter } from "./pairing.ts";

export interface PrintingParts {
  readonly terminal: Terminal;
  readonly known: KnownPrinter;
  /** Null: no printer is set up; papers wait, and the electronic receipt serves. */
  readonly address: string | null;
  readonly trustMute: boolean;
  /** Other computers print on it too. */
  readonly isShared: boolean;
  readonly log: Log;
  /** For diagnosis: what happened on the printer's line. */
  readonly saw: NonNullable<SpoolerDeps["saw"]>;
}

export interface Printing {
  news(): PrinterNews;
  onNews(listener: () => void): void;
  /** Takes up the papers; a printer that has never answered is asked first what it can do. */
  start(): void;
  /** Asks it anew; null when it can't be asked now. `mayPrintStray`: unknown printers may print stray characters. */
  probe(mayPrintStray: boolean): Promise<PrinterProfile | HoldCause>;
  stop(): Promise<void>;
}

export function printing(parts: PrintingParts): Printing {
  return parts.address === null
    ? withoutPrinter(parts.terminal)
    : new PrintingDesk(parts, parts.address);
}

class PrintingDesk implements Printing {
  readonly #parts: PrintingParts;
  readonly #port: PrinterPort;
  readonly #listeners: (() => void)[] = [];
  #spooler: Spooler | null = null;
  #stopped = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: PrintingParts, address: string) {
    this.#parts = parts;
    this.#port = openPrinterPort(address);
    parts.terminal.onJobs = () => this.#spooler?.wake();
    parts.terminal.book.onChange(() => this.#spooler?.wake());
  }

  news(): PrinterNews {
    return newsOf(this.#spooler, this.#parts.known.isPaired());
  }

  onNews(listener: () => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    this.#spool();
  }

  probe(mayPrintStray: boolean): Promise<PrinterProfile | HoldCause> {
    return this.#inTurn(() => this.#pair(mayPrintStray));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#spooler?.stop();
    await this.#turn;
  }

  /** A printer has one owner: pairing waits for the spooler to let go, and the next pairing for this one. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      await this.#spooler?.stop();
      this.#spooler = null;
      try {
        return await work();
      } finally {
        this.#spool();
      }
    });
    this.#turn = turn.catch(() => null);
    return turn;
  }

  async #pair(mayPrintStray: boolean): Promise<PrinterProfile | HoldCause> {
    const { known, terminal, log } = this.#parts;
    const result = await probePrinter({
      world: realWorld,
      port: this.#port,
      base: known.base(),
      mayPrintStray,
      timing: defaultTiming,
      log: (event, fields) => log("info", event, fields),
    });
    if (result.kind === "not_ready") return result.cause;
    if (result.kind === "unclear") return "no_answer";
    await known.keep(terminal, result);
    return result.profile;
  }

  #spool(): void {
    if (this.#stopped) return;
    const { terminal, known, trustMute, isShared, log, saw } = this.#parts;
    this.#spooler = createSpooler({
      world: realWorld,
      port: this.#port,
      profile: () => known.profile(),
      pairing: known.pairing(terminal),
      encode: encoder(log),
      jobs: () => terminal.standing.papers(),
      lastSent: () => terminal.deps.journal.lastSent(),
      change: (jobId, event) => terminal.changeJob(jobId, event),
      timing: { ...defaultTiming, trustMutePrinter: trustMute, sharedPrinter: isShared },
      log: (event, fields) => log("info", event, fields),
      saw,
    });
    this.#spooler.onStatus(() => {
      for (const listener of this.#listeners) listener();
    });
  }
}

/** Encodes, decodes again and compares: a paper that lacks an amount or a number is never sent. */
const encoder =
  (log: Log): SpoolerDeps["encode"] =>
  (job, profile, processId) => {
    const text = profile.gb18030 ? gb18030 : gbk;
    const paper = composeSlip(job, profile, { processId }, { ...text, qrOf });
    if (paper.kind === "refused")
      throw new Error(`not on the paper of job ${job.id}: ${paper.missing.join(", ")}`);
    if (paper.replaced.length > 0)
      log("info", "characters_replaced", { jobId: job.id, characters: paper.replaced.join("") });
    const sha256 = createHash("sha256").update(paper.bytes).digest("hex");
    return { bytes: paper.bytes, sha256, marker: paper.marker };
  };

function newsOf(spooler: Spooler | null, isPaired: boolean): PrinterNews {
  const status = spooler?.status();
  const heard = status?.told ? "now" : isPaired ? "before" : "never";
  if (status === undefined)
    return { condition: null, paperLow: false, reachable: false, heard, checkedAtMs: null };
  const { condition, warnings, reachable, checkedAtMs } = status;
  const paperLow = warnings.includes("paper_low");
  return { condition, paperLow, reachable, heard, checkedAtMs };
}

/** Without a printer every paper waits with that cause, so that the till can say it and offer the electronic receipt. */
function withoutPrinter(terminal: Terminal): Printing {
  const change = (job: PrintJob, event: JobEvent): void => {
    terminal.changeJob(job.id, event).catch((error: unknown) => {
      terminal.deps.log("error", "print_job_not_stored", { job: job.id, error: String(error) });
    });
  };
  const hold = (job: PrintJob): void => {
    if (job.state === "sending") change(job, { kind: "doubt", cause: "till_restarted" });
    const isWaiting = job.state === "queued" || job.state === "held";
    if (isWaiting && job.hold !== "no_printer") change(job, { kind: "hold", cause: "no_printer" });
  };
  const holdAll = (): void => terminal.standing.papers().forEach(hold);
  return {
    news: () => ({
      condition: "no_printer",
      paperLow: false,
      reachable: false,
      heard: "never",
      checkedAtMs: 0,
    }),
    onNews: () => {},
    start: () => {
      terminal.onJobs = holdAll;
      holdAll();
    },
    probe: async () => "no_printer",
    stop: async () => {},
  };
}
