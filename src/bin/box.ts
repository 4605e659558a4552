/** One box: terminal, hub and pages in one process, joined by calls. Wiring only. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { scrypt } from "node:crypto";
import { promisify } from "node:util";
import { type BoxServer, startBoxServer } from "../adapters/http/server.ts";
import { openJournal, type SqliteJournal } from "../adapters/store/sqlite/journal.ts";
import { openLedger, type SqliteLedger } from "../adapters/store/sqlite/ledger.ts";
import { realWorld } from "../adapters/world/real.ts";
import { alipayTiming, compress, type PaymentTiming } from "../core/payment/timing.ts";
import { alipayRefundTiming, type RefundTiming } from "../core/payment/refund-step.ts";
import { type PrinterProfile, profile58, profile80 } from "../core/printing/profile.ts";
import { Hub } from "../hub/hub.ts";
import type { Log } from "../ports/log.ts";
import type { Provider } from "../ports/provider.ts";
import { Desk } from "../terminal/desk.ts";
import { Terminal } from "../terminal/terminal.ts";
import type { BoxConfig } from "./config.ts";
import { printing, profileKey } from "./printing.ts";

export interface BoxOptions {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly config: BoxConfig;
  readonly provider: Provider;
  readonly printerAddress: string | null;
  readonly receiptBase: string | null;
  readonly version: string;
  readonly log: Log;
}

export interface Box {
  readonly url: string;
  readonly terminal: Terminal;
  readonly hub: Hub;
  readonly desk: Desk;
  stop(): Promise<void>;
}

const scryptKey = promisify(scrypt) as (
  pin: string,
  salt: string,
  length: number,
) => Promise<Buffer>;

export async function startBox(options: BoxOptions): Promise<Box> {
  const { data, config, provider, log } = options;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const timing = timingOf(options);
  const journal = openJournal(join(data, "journal.db"));
  // In one box journal and ledger wait for the same disk on behalf of the same till: a thread of its own for the ledger
  // would cost 22 MB and two messages a commit, and save nothing. `chupiao hub` gives it one.
  const ledger = await openLedger(join(data, "ledger.db"), { inThread: true });
  const hub = new Hub({
    world: realWorld,
    ledger,
    provider,
    timing,
    refundTiming: refundTimingOf(config),
    log,
    sole: true,
  });
  const terminal = new Terminal({
    world: realWorld,
    journal,
    link: hub,
    log,
    hashPin: async (pin, salt) => (await scryptKey(pin, salt, 32)).toString("hex"),
    settings: settingsOf(options, timing),
  });
  const profile = storedProfile(journal, config);
  const spooler = printing({
    terminal,
    profile,
    address: options.printerAddress,
    trustMute: config.printer.trust_mute,
    log,
  });
  const desk = new Desk({
    terminal,
    profile,
    printer: () => spooler.news(),
    printerAddress: options.printerAddress,
    probePrinter: (mayPrintStray) => spooler.probe(mayPrintStray),
  });
  spooler.onNews(() => desk.tell());
  const server = await startBoxServer({
    host: options.host,
    port: options.port,
    till: desk,
    counter: hub,
    pages: resolve(import.meta.dirname, "../../.build/web"),
    version: options.version,
    log,
  });
  await hub.start();
  await terminal.start();
  // A printer that can't be asked now must not keep the till from opening.
  spooler
    .start()
    .catch((error: unknown) => log("error", "printing_not_started", { error: String(error) }));
  return {
    url: server.url,
    terminal,
    hub,
    desk,
    stop: () => stopAll({ server, spooler, terminal, hub, ledger, journal }),
  };
}

async function stopAll(parts: {
  readonly server: BoxServer;
  readonly spooler: { stop(): Promise<void> };
  readonly terminal: Terminal;
  readonly hub: Hub;
  readonly ledger: SqliteLedger;
  readonly journal: SqliteJournal;
}): Promise<void> {
  await parts.server.close();
  parts.terminal.stop();
  await parts.spooler.stop();
  await parts.hub.stop();
  await parts.ledger.close();
  await parts.journal.close();
}

function settingsOf(
  { config, provider, receiptBase }: BoxOptions,
  timing: PaymentTiming,
): Terminal["deps"]["settings"] {
  const { merchant, store, terminal } = config;
  return {
    merchantId: merchant.id,
    storeId: store.id,
    terminalId: terminal.id,
    issuer: {
      merchantName: merchant.name,
      merchantNo: merchant.no,
      storeName: store.name,
      storeNo: store.id,
      terminalNo: terminal.id,
      address: store.address,
      phone: store.phone,
    },
    provider: provider.name,
    livemode: provider.livemode,
    receiptBase,
    merchantCopy: config.merchant_copy,
    timing,
    newsSilenceMs: 10_000,
  };
}

/** A compressed plan still waits for real calls: their time-out and the lease over them stay as they are. */
function timingOf({ config, provider }: BoxOptions): PaymentTiming {
  const timing = compress(alipayTiming, config.time_factor);
  return {
    ...timing,
    confirmPaid: config.confirm_paid,
    callTimeoutMs: provider.callTimeoutMs,
    leaseMarginMs: alipayTiming.leaseMarginMs,
  };
}

function refundTimingOf({ time_factor: factor }: BoxConfig): RefundTiming {
  const { queryAfterMs, callTimeoutMs, leaseMarginMs, retryMsMax } = alipayRefundTiming;
  return {
    queryAfterMs: queryAfterMs / factor,
    callTimeoutMs,
    leaseMarginMs,
    retryMsMax: retryMsMax / factor,
  };
}

/** What a probe found at pairing; until then a careful default for the paper's width. Settings by hand win. */
function storedProfile(journal: SqliteJournal, config: BoxConfig): () => PrinterProfile {
  const byWidth = config.printer.paper_mm === 58 ? profile58 : profile80;
  const byHand = config.printer.profile as Partial<PrinterProfile>;
  return () => {
    const stored = journal.setting(profileKey);
    const probed = stored === null ? {} : (JSON.parse(stored) as PrinterProfile);
    return { ...byWidth, ...probed, ...byHand };
  };
}
