/** Joins the terminal's jobs, the encoder and the printer's port to a spooler. Wiring only. */
import { createHash } from "node:crypto";
import { gb18030, gbk } from "../adapters/printer/gb18030.ts";
import { openPrinterPort } from "../adapters/printer/port.ts";
import { qrOf } from "../adapters/printer/qr.ts";
import { realWorld } from "../adapters/world/real.ts";
import { missingOnPaper } from "../core/printing/escpos/check.ts";
import { encodeSlip } from "../core/printing/escpos/encode.ts";
import type { PrintJob } from "../core/printing/job.ts";
import { slipLines } from "../core/printing/layout.ts";
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
        encode,
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
export const encode: SpoolerDeps["encode"] = (job, profile, processId) => {
  const text = profile.gb18030 ? gb18030 : gbk;
  const encoded = encodeSlip(
    slipLines(job, profile),
    profile,
    { processId },
    text.encodeText,
    qrOf,
  );
  const missing = missingOnPaper(encoded.bytes, job, text.decodeText);
  if (missing.length > 0)
    throw new Error(`missing on the paper of job ${job.id}: ${missing.join(", ")}`);
  const sha256 = createHash("sha256").update(encoded.bytes).digest("hex");
  return { bytes: encoded.bytes, sha256, marker: encoded.marker };
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
