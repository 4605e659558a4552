/** Joins the terminal's jobs, the encoder and the printer's port to a spooler. Wiring only. */
import { createHash } from "node:crypto";
import { gb18030, gbk } from "../adapters/printer/gb18030.ts";
import { openPrinterPort } from "../adapters/printer/open.ts";
import { qrOf } from "../adapters/printer/qr.ts";
import { realWorld } from "../adapters/world/real.ts";
import { composeSlip } from "../core/printing/escpos/compose.ts";
import type { PrintJob } from "../core/printing/job.ts";
import type { PrinterProfile } from "../core/printing/profile.ts";
import type { PrinterNews } from "../core/till/lights.ts";
import type { Log } from "../ports/log.ts";
import { createSpooler, defaultTiming } from "../terminal/printing/spooler.ts";
import type { Spooler, SpoolerDeps } from "../terminal/printing/spooler.ts";
import type { Terminal } from "../terminal/terminal.ts";

export interface PrintingParts {
  readonly terminal: Terminal;
  readonly profile: () => PrinterProfile;
  /** Null: no printer is set up; papers wait, and the electronic receipt serves. */
  readonly address: string | null;
  readonly trustMute: boolean;
  readonly log: Log;
}

export interface Printing {
  news(): PrinterNews;
  onNews(listener: () => void): void;
  start(): void;
  stop(): Promise<void>;
}

export function printing({ terminal, profile, address, trustMute, log }: PrintingParts): Printing {
  let spooler: Spooler | null = null;
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  terminal.onJobs = () => spooler?.wake();
  return {
    news: () => (address === null ? noPrinter : newsOf(spooler)),
    onNews: (listener) => void listeners.push(listener),
    start: () => {
      if (address === null) return holdAll(terminal);
      spooler = createSpooler({
        world: realWorld,
        port: openPrinterPort(address),
        profile,
        encode: encoder(log),
        jobs: () => terminal.book.jobs(),
        change: (jobId, event) => terminal.changeJob(jobId, event),
        timing: { ...defaultTiming, trustMutePrinter: trustMute },
        log: (event, fields) => log("info", event, fields),
      });
      spooler.onStatus(tell);
      terminal.book.onChange(() => spooler?.wake());
    },
    stop: async () => spooler?.stop(),
  };
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

const noPrinter: PrinterNews = { condition: "no_printer", paperLow: false, checkedAtMs: 0 };

function newsOf(spooler: Spooler | null): PrinterNews {
  const status = spooler?.status();
  if (status === undefined) return { condition: null, paperLow: false, checkedAtMs: null };
  const { condition, warnings, checkedAtMs } = status;
  return { condition, paperLow: warnings.includes("paper_low"), checkedAtMs };
}

/** Without a printer every paper waits with that cause, so that the till can say it and offer the electronic receipt. */
function holdAll(terminal: Terminal): void {
  const hold = (job: PrintJob): void => {
    if (job.state === "queued")
      void terminal.changeJob(job.id, { kind: "hold", cause: "no_printer" });
  };
  terminal.onJobs = () => terminal.book.jobs().forEach(hold);
  terminal.onJobs();
}
