/** The terminal's half of a box, or the heart of a terminal process: journal, printer, desk. Wiring only. */
import { scrypt } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { openPrinterPort, printerWay, shownAddress } from "../adapters/printer/open.ts";
import { openFeed } from "../adapters/probe/records/feed.ts";
import { openJournal, type SqliteJournal } from "../adapters/store/sqlite/journal.ts";
import { realWorld } from "../adapters/world/real.ts";
import type { PrinterNews } from "../core/till/lights.ts";
import type { Link } from "../ports/link.ts";
import type { Log } from "../ports/log.ts";
import type { TerminalSettings } from "../terminal/config.ts";
import { type DiagnosisSettings, defaultDiagnosisSettings } from "../core/diagnosis/settings.ts";
import { divideMs } from "../core/payment/timing.ts";
import { Desk } from "../terminal/desk.ts";
import { Diagnostics } from "../terminal/diagnosis/diagnostics.ts";
import { RecordBook } from "../terminal/records.ts";
import { Terminal } from "../terminal/terminal.ts";
import type { BoxConfig } from "./config.ts";
import { KnownPrinter } from "./pairing.ts";
import { printing } from "./printing.ts";
import type { Probes } from "./probes.ts";
import { stopEach } from "./stops.ts";
import { version } from "./version.ts";

export interface TerminalParts {
  readonly data: string;
  readonly config: BoxConfig;
  readonly settings: TerminalSettings;
  readonly link: Link;
  readonly printerAddress: string | null;
  /** What looks at network, computer and configuration; left out: nothing does. */
  readonly probes?: Probes;
  /** The sandbox's own feed of qualifications and notices, for where the settings name none. */
  readonly sandboxFeed?: string | null;
  /** This process serves the receipts' address to phones. */
  readonly servesPhones: boolean;
  readonly log: Log;
}

export interface TerminalPart {
  readonly terminal: Terminal;
  readonly desk: Desk;
  readonly diagnostics: Diagnostics;
  readonly journal: SqliteJournal;
  readonly records: RecordBook;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const scryptKey = promisify(scrypt) as (
  pin: string,
  salt: string,
  length: number,
) => Promise<Buffer>;

export const journalPath = (data: string): string => join(data, "journal.db");

export function openTerminalPart(parts: TerminalParts): TerminalPart {
  const { config, settings, link, printerAddress, log } = parts;
  const journal = openJournal(journalPath(parts.data));
  const terminal = new Terminal({
    world: realWorld,
    journal,
    link,
    log,
    hashPin: async (pin, salt) => (await scryptKey(pin, salt, 32)).toString("hex"),
    settings,
  });
  const portAddress = printerAddress === null ? null : openPrinterPort(printerAddress).address;
  const known = new KnownPrinter(journal, config.printer, portAddress);
  const spooler = printing({
    terminal,
    known,
    address: printerAddress,
    trustMute: config.printer.trust_mute,
    isShared: config.printer.shared,
    log,
    saw: (fact) => diagnostics.note(fact),
  });
  const records = recordBook(parts, terminal);
  const diagnostics = diagnosticsOf(parts, terminal, journal, records, () => spooler.news());
  records.onEvidence((evidence) => diagnostics.take(evidence));
  const desk = new Desk({
    terminal,
    diagnostics,
    profile: () => known.profile(),
    printer: () => spooler.news(),
    printerAddress: printerAddress === null ? null : shownAddress(printerAddress),
    probePrinter: (mayPrintStray) => spooler.probe(mayPrintStray),
  });
  spooler.onNews(() => {
    diagnostics.printerChanged();
    desk.tell();
  });
  return {
    terminal,
    records,
    desk,
    diagnostics,
    journal,
    async start() {
      records.begin();
      await terminal.start();
      diagnostics.printerChanged();
      diagnostics.start();
      spooler.start();
    },
    stop: () =>
      stopEach([
        () => terminal.stop(),
        () => spooler.stop(),
        () => diagnostics.stop(),
        () => parts.probes?.close(),
        () => journal.close(),
        () => parts.probes?.life.end(),
      ]),
  };
}

function diagnosticsOf(
  { config, probes, printerAddress, servesPhones }: TerminalParts,
  terminal: Terminal,
  journal: SqliteJournal,
  records: RecordBook,
  printer: () => PrinterNews,
): Diagnostics {
  return new Diagnostics({
    terminal,
    printer,
    printerWay: printerAddress === null ? null : printerWay(printerAddress),
    settings: diagnosisSettingsOf(config),
    probes: [...(probes?.list ?? []), records],
    lastStop: {
      // A journal that failed and was opened again in one run looks unclean, and yet nobody was away.
      clean: probes?.life.last?.clean ?? journal.health().lastStop !== "unclean",
      aliveAtMs: probes?.life.last?.alive_at_ms ?? null,
      bootedAtMs: probes?.bootedAtMs ?? null,
    },
    storeFailure: () => journal.health().failure,
    servesPhones,
    servicePhone: config.service_phone,
    versions: [
      { name: { zh: "出票", en: "Chupiao" }, value: version },
      { name: { zh: "Node", en: "Node" }, value: process.versions.node },
      { name: { zh: "系统", en: "System" }, value: `${process.platform} ${process.arch}` },
    ],
  });
}

/** What is promised to people follows the plan that the provider is asked by; what machines are measured by doesn't. */
function diagnosisSettingsOf({ time_factor: factor }: BoxConfig): DiagnosisSettings {
  const { outcomeMs, buyerMs } = defaultDiagnosisSettings;
  return {
    ...defaultDiagnosisSettings,
    outcomeMs: divideMs(outcomeMs, factor),
    buyerMs: divideMs(buyerMs, factor),
  };
}

/** A stand-in's feed is asked often, so that a person who tries something sees it at once. */
const sandboxFeedEveryMs = 3_000;

function recordBook(
  { config, sandboxFeed = null, log }: TerminalParts,
  terminal: Terminal,
): RecordBook {
  const { feed, feed_every_s: everyS, expiring_days: aheadDays } = config.records;
  const address = feed ?? sandboxFeed;
  const { world, journal, settings } = terminal.deps;
  return new RecordBook({
    world,
    journal,
    terminalId: settings.terminalId,
    log,
    onDuty: () => terminal.staff.onDuty(),
    feed: address === null ? null : openFeed(address),
    feedEveryMs: feed === null ? sandboxFeedEveryMs : everyS * 1000,
    aheadDays,
  });
}
