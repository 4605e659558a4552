/** One box: terminal, hub and pages in one process, joined by calls. Wiring only. */
import { mkdirSync } from "node:fs";
import { startBoxServer } from "../adapters/http/server.ts";
import { realWorld } from "../adapters/world/real.ts";
import type { ProviderIdentity } from "../core/payment/provider-identity.ts";
import type { PaymentTiming } from "../core/payment/timing.ts";
import type { Hub } from "../hub/hub.ts";
import type { Log } from "../ports/log.ts";
import type { Provider } from "../ports/provider.ts";
import type { Desk } from "../terminal/desk.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { BoxConfig } from "./config.ts";
import { type HubPart, openHubPart } from "./hub-part.ts";
import { pagesFolder } from "./pages.ts";
import { openProbes, type Watch } from "./probes.ts";
import { tieToProvider } from "./provider-tie.ts";
import type { Part } from "./recover.ts";
import { openOr, stopEach } from "./stops.ts";
import { openTerminalPart, type TerminalParts } from "./terminal-part.ts";

export interface BoxOptions {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly config: BoxConfig;
  readonly provider: Provider;
  readonly identity: ProviderIdentity;
  readonly printerAddress: string | null;
  /** What diagnosis watches outside; left out: nothing, as in a test of something else. */
  readonly watch?: Watch;
  readonly receiptBase: string | null;
  readonly version: string;
  readonly log: Log;
}

export interface Box extends Part {
  readonly url: string;
  readonly terminal: Terminal;
  readonly hub: Hub;
  readonly desk: Desk;
}

export async function startBox(options: BoxOptions): Promise<Box> {
  const { data, config, provider, log } = options;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const part = await openHubPart({ data, config, provider, log, ledgerHasOwnThread: false });
  try {
    return await startTill(options, part);
  } catch (error) {
    // Its thread would keep the process alive.
    await part.stop();
    throw error;
  }
}

async function startTill(options: BoxOptions, part: HubPart): Promise<Box> {
  const { data, config, printerAddress, log } = options;
  const { hub, timing } = part;
  const settings = settingsOf(options, timing);
  const link = hub;
  const watched = watching(options);
  const { probes } = watched;
  const till = openOr(
    () =>
      openTerminalPart({
        data,
        config,
        settings,
        link,
        printerAddress,
        servesPhones: true,
        log,
        ...watched,
      }),
    () => probes?.close(),
  );
  const { terminal, desk } = till;
  const { journal } = till;
  const ties = { data, identity: options.identity, training: config.training };
  const stores = { ledger: part.ledger, till: { journal, terminalId: settings.terminalId } };
  // Whoever asks finds a till that has taken up what a crash left.
  const server = await tieToProvider(ties, stores, realWorld.nowMs())
    .then(() => hub.start())
    .then(() => till.start())
    .then(() =>
      startBoxServer({
        host: options.host,
        port: options.port,
        till: desk,
        records: till.records,
        counter: hub,
        pages: pagesFolder,
        version: options.version,
        account: options.identity,
        log,
      }),
    )
    .catch(async (error: unknown) => {
      await till.stop();
      throw error;
    });
  probes?.life.listening(server.url);
  return {
    url: server.url,
    terminal,
    hub,
    desk,
    broken: async () => journal.health().failure ?? (await part.ledger.health()).failure,
    stop: () => stopEach([() => server.close(), () => till.stop(), () => part.stop()]),
  };
}

function watching({ data, config, watch }: BoxOptions): Partial<TerminalParts> {
  if (watch === undefined) return {};
  const { alipay, net, sandboxFeed } = watch;
  const probes = openProbes({ data, config, alipay, net, hub: null });
  return { probes, sandboxFeed };
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
    training: config.training,
    receiptBase,
    merchantCopy: config.merchant_copy,
    amountMaxFen: config.amount_max,
    timing,
    newsSilenceMs: 10_000,
  };
}
