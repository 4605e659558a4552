/** `chupiao terminal start`: a till whose hub is elsewhere. Journal, printer and page are here, keys and ledger there. */
import { startBoxServer } from "../adapters/http/server.ts";
import type { HttpLink } from "../adapters/link/http/client.ts";
import type { HubSettings } from "../adapters/link/http/messages.ts";
import type { Log } from "../ports/log.ts";
import type { TerminalSettings } from "../terminal/config.ts";
import { type BoxConfig, refuseTraining } from "./config.ts";
import { startControl } from "./control.ts";
import { InputError } from "./output.ts";
import { pagesFolder } from "./pages.ts";
import { openProbes } from "./probes.ts";
import type { Part } from "./recover.ts";
import { begin, headOf, stayUntilStopped } from "./stay.ts";
import { openOr, type Stop, stopEach } from "./stops.ts";
import { type Home, homeOf, type HubOptions, openLink, terminalControl } from "./terminal-home.ts";
import { openTerminalPart } from "./terminal-part.ts";
import { version } from "./version.ts";

export interface TerminalStartOptions extends HubOptions {
  readonly data: string;
  readonly port: string;
  readonly host: string;
  readonly logLevel: string;
  readonly json?: boolean;
}

/** A till on its journal; its link to the hub outlives it, because a disk error says nothing about the hub. */
interface TillRun extends Part {
  readonly url: string;
}

export async function startTerminal(options: TerminalStartOptions): Promise<void> {
  const head = await headOf(options);
  const { data, log, config, port } = head;
  refuseTraining(config);
  const running = stayUntilStopped<TillRun>();
  const home = await homeOf(data, options);
  const link = openLink(data, home, log, true);
  running.last.push(() => link.close());
  const given = { data, config, home, link, host: options.host, port, log };
  const startAgain = async (): Promise<TillRun> => {
    await knowTheHub(link, home, log);
    const stops: Stop[] = [];
    const stop = (): Promise<void> => stopEach(stops.toReversed());
    try {
      return { ...(await serve(given, stops)), stop };
    } catch (error) {
      await stop();
      throw error;
    }
  };
  const { url } = await begin(running, startAgain, head);
  announce(options, { url, home, settings: told(link) });
}

/** At the first start the hub has to say who the shop is; later the till opens without it. */
async function knowTheHub(link: HttpLink, home: Home, log: Log): Promise<void> {
  try {
    await link.hello();
  } catch (error) {
    log("warn", "hub_not_reached", { error: String(error) });
    if (link.settings() !== null) return;
    throw new InputError("hub_not_reached", {
      zh: `连不上中心 ${home.hub_url}，第一次启动需要它。请检查地址和网络后再试。（${link.away() ?? ""}）`,
      en: `The hub at ${home.hub_url} isn't reached, and the first start needs it. Check address and network. (${link.away() ?? ""})`,
    });
  }
}

async function serve(
  given: {
    readonly data: string;
    readonly config: BoxConfig;
    readonly home: Home;
    readonly link: HttpLink;
    readonly host: string;
    readonly port: number;
    readonly log: Log;
  },
  stops: Stop[],
): Promise<Pick<TillRun, "url" | "broken">> {
  const { data, config, home, link, host, port, log } = given;
  const settings = settingsOf(home, link, config);
  const printerAddress = config.printer.address;
  const probes = openProbes({
    data,
    config,
    alipay: null,
    net: null,
    hub: { url: home.hub_url, asked: link },
  });
  const till = openOr(
    () =>
      openTerminalPart({
        data,
        config,
        settings,
        link,
        printerAddress,
        probes,
        servesPhones: false,
        log,
      }),
    () => probes.close(),
  );
  stops.push(() => till.stop());
  const server = await startBoxServer({
    host,
    port,
    till: till.desk,
    records: till.records,
    counter: null,
    pages: pagesFolder,
    version,
    account: null,
    log,
  });
  stops.push(() => server.close());
  const control = await startControl(terminalControl(data), {
    status: async () => ({ url: server.url, pid: process.pid, away: link.away() }),
    verify: async () => till.journal.brokenChain(),
  });
  stops.push(() => control.close());
  await till.start();
  probes.life.listening(server.url);
  return { url: server.url, broken: async () => till.journal.health().failure };
}

function told(link: HttpLink): HubSettings {
  const settings = link.settings();
  if (settings === null) throw new Error("a till opens only once its hub has been heard");
  return settings;
}

/** Read anew each time: when the hub changes, the till shows it without a restart. */
function settingsOf(home: Home, link: HttpLink, config: BoxConfig): TerminalSettings {
  return {
    merchantId: home.merchant_id,
    storeId: home.store_id,
    terminalId: home.terminal_id,
    merchantCopy: config.merchant_copy,
    amountMaxFen: config.amount_max,
    // A till of a chain takes what its hub takes; people learn on a box of their own.
    training: false,
    newsSilenceMs: 10_000,
    get issuer() {
      return { ...told(link).issuer, terminalNo: home.terminal_id };
    },
    get provider() {
      return told(link).provider;
    },
    get livemode() {
      return told(link).livemode;
    },
    get receiptBase() {
      return told(link).receiptBase;
    },
    get timing() {
      return told(link).timing;
    },
  };
}

function announce(
  options: TerminalStartOptions,
  till: { readonly url: string; readonly home: Home; readonly settings: HubSettings },
): void {
  const { url, home, settings } = till;
  const { issuer, livemode } = settings;
  if (options.json === true)
    return console.log(
      JSON.stringify({
        url,
        display_url: `${url}/display`,
        hub_url: home.hub_url,
        terminal_id: home.terminal_id,
        livemode,
        pid: process.pid,
      }),
    );
  const demo = livemode ? "" : " · 演示 · 非真实交易";
  const lines = [
    `出票 Chupiao ${version} · ${issuer.merchantName} ${issuer.storeName} · ${home.terminal_id}${demo}`,
    `收银台 till        ${url}/`,
    `顾客屏 display     ${url}/display`,
    `中心 hub           ${home.hub_url}`,
  ];
  console.log(lines.join("\n"));
}
