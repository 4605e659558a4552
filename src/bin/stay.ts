/** What every process that stays (box, hub, terminal) does at its start and end. */
import { createLog } from "../adapters/log/log.ts";
import type { Log } from "../ports/log.ts";
import { refuseUnusable } from "../adapters/store/sqlite/inspect.ts";
import { journalSchema } from "../adapters/store/sqlite/journal-schema.ts";
import { ledgerSchema } from "../adapters/store/sqlite/ledger-schema.ts";
import { type BoxConfig, readBoxConfig } from "./config.ts";
import { folderOf, makeFolder } from "./folder.ts";
import { ledgerPath } from "./hub-part.ts";
import { portOf } from "./outside.ts";
import { InputError } from "./output.ts";
import { recoverWhenDiskIsBack, type Part, type Running } from "./recover.ts";
import { endSandbox, type SandboxNews } from "./sandbox-process.ts";
import { endBy } from "./signals.ts";
import { type Stop, stopEach } from "./stops.ts";
import { journalPath } from "./terminal-part.ts";

export interface Head {
  readonly data: string;
  readonly log: Log;
  readonly config: BoxConfig;
  readonly port: number;
}

/**
 * Folder, log, settings and port, or a sentence about the one that is wrong. A folder that another process has is refused
 * here, before anything of that process is touched.
 */
export async function headOf(
  options: {
    readonly data: string;
    readonly port: string;
    readonly host: string;
    readonly logLevel: string;
  },
  hasTill = true,
): Promise<Head> {
  const data = folderOf(options.data);
  const log = createLog(levelOf(options.logLevel));
  // Journals and ledgers hold the shop's trade: nobody else on this computer reads them.
  process.umask(0o077);
  makeFolder(data);
  refuseUnusable(journalPath(data), journalSchema);
  refuseUnusable(ledgerPath(data), ledgerSchema);
  return { data, log, config: readBoxConfig(data), port: await portOf(options, hasTill) };
}

const levels: readonly string[] = ["debug", "info", "warn", "error"];

function levelOf(text: string): string {
  if (levels.includes(text)) return text;
  throw new InputError("bad_request", {
    zh: `--log-level ${text} 不对，请写 debug、info、warn 或 error。`,
    en: `--log-level ${text} is wrong; use debug, info, warn or error.`,
  });
}

export interface Stay<P extends Part> extends Running<P> {
  /**
   * The one that ends with this process. One that was started here is known as soon as it is spawned, so that no signal
   * leaves it behind; one that an earlier box left only once the folder is ours: until then it may be another box's.
   */
  sandbox: Pick<SandboxNews, "pid"> | null;
  /** What ends after the part. */
  readonly last: Stop[];
}

const stopMsMax = 4_500;

/** From here on a signal ends whatever has begun. What can't be finished in time is taken up at the next start. */
export function stayUntilStopped<P extends Part>(): Stay<P> {
  const running: Stay<P> = { part: null, stopping: false, sandbox: null, last: [] };
  endBy(() => {
    if (running.stopping) return;
    running.stopping = true;
    setTimeout(() => process.exit(0), stopMsMax).unref();
    stopAll(running)
      .then(() => process.exit(0))
      .catch(() => process.exit(0));
  });
  return running;
}

/** Begins, and begins anew after every disk error. Nothing is left running behind a start that failed. */
export async function begin<P extends Part>(
  running: Stay<P>,
  startAgain: () => Promise<P>,
  { data, log }: Pick<Head, "data" | "log">,
): Promise<P> {
  try {
    running.part = await startAgain();
  } catch (error) {
    await stopAll(running);
    throw error;
  }
  recoverWhenDiskIsBack(running, data, startAgain, log);
  return running.part;
}

const stopAll = (running: Stay<Part>): Promise<void> =>
  stopEach([
    () => (running.sandbox === null ? undefined : endSandbox(running.sandbox)),
    () => running.part?.stop(),
    ...running.last.toReversed(),
  ]);
