/** `chupiao hub start`: one hub for many terminals. Ledger, provider, receipts, notifications and the link. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isLoopback } from "../adapters/link/http/address.ts";
import { type HubServer, startHubServer } from "../adapters/link/http/hub-server.ts";
import type { HubSettings } from "../adapters/link/http/messages.ts";
import { keysAt } from "../adapters/link/keys.ts";
import { type EnrolledTerminal, openRegistry } from "../adapters/link/registry.ts";
import { realWorld } from "../adapters/world/real.ts";
import type { PaymentTiming } from "../core/payment/timing.ts";
import type { Log } from "../ports/log.ts";
import type { Provider } from "../ports/provider.ts";
import { type BoxConfig, refuseTraining } from "./config.ts";
import { startControl } from "./control.ts";
import { hubControl, hubDesk } from "./hub-desk.ts";
import { type HubPart, openHubPart } from "./hub-part.ts";
import { InputError } from "./output.ts";
import { watchProvider } from "./hub-watch.ts";
import { openOutside } from "./outside.ts";
import { tieToProvider } from "./provider-tie.ts";
import type { Part } from "./recover.ts";
import { oursToEnd } from "./sandbox-process.ts";
import { begin, headOf, stayUntilStopped } from "./stay.ts";
import { type Stop, stopEach } from "./stops.ts";
import { version } from "./version.ts";

export interface HubStartOptions {
  readonly data: string;
  readonly port: string;
  readonly host: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly insecureLan?: boolean;
  readonly publicUrl?: string;
  readonly alipayConfig?: string;
  readonly logLevel: string;
  readonly json?: boolean;
}

/** A hub that runs on its ledger: started anew after a disk error or the death of the ledger's thread. */
interface HubRun extends Part {
  readonly url: string;
}

export async function startHub(options: HubStartOptions): Promise<void> {
  const tls = tlsOf(options);
  const head = await headOf(options, false);
  const { data, log, config, port } = head;
  refuseTraining(config);
  const running = stayUntilStopped<HubRun>();
  // A sandbox doesn't know the authority of the hub's own certificate; then queries find out.
  const notifyUrl = tls === null ? `http://127.0.0.1:${port}/notify/alipay` : null;
  const { alipayConfig } = options;
  const onSandbox = (pid: number): void => void (running.sandbox = { pid });
  const outside = await openOutside({ data, alipayConfig, notifyUrl, log, onSandbox });
  const { provider, identity, alipay, sandbox } = outside;
  const ties = { data, identity, training: false };
  const given = { data, config, provider, tls, port, host: options.host, log };
  const publicUrl = options.publicUrl ?? null;
  const everyMs = config.probes.provider_every_s * 1000;
  const startAgain = async (): Promise<HubRun> => {
    const part = await openHubPart({ data, config, provider, log, ledgerHasOwnThread: true });
    const stops: Stop[] = [() => part.stop()];
    const stop = (): Promise<void> => stopEach(stops.toReversed());
    const broken = async (): Promise<string | null> => (await part.ledger.health()).failure;
    try {
      await tieToProvider(ties, { ledger: part.ledger, till: null }, realWorld.nowMs());
      const url = await serve({ ...given, part, publicUrl }, stops);
      stops.push(watchProvider({ alipay, everyMs, hub: part.hub, log }));
      return { url, stop, broken };
    } catch (error) {
      await stop();
      throw error;
    }
  };
  const { url } = await begin(running, startAgain, head);
  running.sandbox = oursToEnd(sandbox);
  announce(options, { url, data, config, sandboxUrl: sandbox?.control ?? null });
  log("info", "hub_started", { url, livemode: provider.livemode });
}

interface Serving {
  readonly data: string;
  readonly config: BoxConfig;
  readonly provider: Provider;
  readonly part: HubPart;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly log: Log;
}

async function serve(given: Serving, stops: Stop[]): Promise<string> {
  const { data, config, provider, part, tls, host, port, log } = given;
  const { hub, ledger, timing } = part;
  const world = realWorld;
  const registry = await openRegistry({ ledger, world, merchantId: config.merchant.id });
  const keys = keysAt(join(data, "hub-key.pem"));
  const receiptBase = receiptBaseOf(given);
  const settings = (terminal: EnrolledTerminal): HubSettings =>
    settingsFor(terminal, { config, provider, timing, receiptBase });
  await hub.start();
  const server: HubServer = await startHubServer({
    host,
    port,
    tls,
    counter: hub,
    link: { hub, ledger, registry, keys, settings, world, log },
    version,
    log,
  });
  stops.push(() => server.close());
  const { url } = server;
  const { livemode, name } = provider;
  const running = { url, version, pid: process.pid, livemode, provider: name };
  const desk = hubDesk({ ledger, registry, config, seen: () => server.seen(), running });
  const control = await startControl(hubControl(data), desk);
  stops.push(() => control.close());
  return url;
}

/** Where a customer's phone opens a receipt. In a demo on one computer that computer itself does. */
function receiptBaseOf({ config, provider, publicUrl, host, port, tls }: Serving): string | null {
  if (publicUrl !== null) return publicUrl.replace(/\/+$/, "");
  if (config.receipt_base !== undefined) return config.receipt_base;
  return provider.livemode || !isLoopback(host) || tls !== null ? null : `http://${host}:${port}`;
}

function settingsFor(
  { merchantId, store, terminalId }: EnrolledTerminal,
  hub: {
    readonly config: BoxConfig;
    readonly provider: Provider;
    readonly timing: PaymentTiming;
    readonly receiptBase: string | null;
  },
): HubSettings {
  const { merchant } = hub.config;
  const { queryPlan, afterChecksMs } = hub.timing;
  return {
    merchantId,
    storeId: store.id,
    terminalId,
    issuer: {
      merchantName: merchant.name,
      merchantNo: merchant.no,
      storeName: store.name,
      storeNo: store.id,
      address: store.address,
      phone: store.phone,
    },
    provider: hub.provider.name,
    livemode: hub.provider.livemode,
    receiptBase: hub.receiptBase,
    timing: { ...hub.timing, queryPlan: [...queryPlan], afterChecksMs: [...afterChecksMs] },
    version,
  };
}

/** Payment codes must not cross a network in clear: without TLS a hub listens on this computer only. */
function tlsOf(options: HubStartOptions): Serving["tls"] {
  const { tlsCert, tlsKey, host, insecureLan = false } = options;
  if (tlsCert !== undefined && tlsKey !== undefined)
    return { cert: readFileSync(tlsCert, "utf8"), key: readFileSync(tlsKey, "utf8") };
  if (tlsCert !== undefined || tlsKey !== undefined)
    throw new InputError("bad_request", {
      zh: "--tls-cert 和 --tls-key 要一起给。",
      en: "--tls-cert and --tls-key go together.",
    });
  if (!isLoopback(host) && !insecureLan)
    throw new InputError("tls_needed", {
      zh: `在 ${host} 上明文监听会让网络上的人看到付款码。请给 --tls-cert 和 --tls-key；或在可信的局域网、或 https 反向代理之后加 --insecure-lan。`,
      en: `Listening on ${host} in clear would show payment codes to the network. Give --tls-cert and --tls-key, or --insecure-lan on a network that you trust or behind an https proxy.`,
    });
  return null;
}

function announce(
  options: HubStartOptions,
  hub: {
    readonly url: string;
    readonly data: string;
    readonly config: BoxConfig;
    readonly sandboxUrl: string | null;
  },
): void {
  const enrol = `npx chupiao hub enrol --data ${hub.data} --terminal T02`;
  const told = { url: hub.url, sandbox_url: hub.sandboxUrl, enrol, pid: process.pid };
  if (options.json === true) return console.log(JSON.stringify(told));
  const demo = hub.sandboxUrl === null ? "" : " · 演示 · 非真实交易";
  const lines = [
    `出票中心 Chupiao hub ${version} · ${hub.config.merchant.name}${demo}`,
    `地址 address      ${hub.url}`,
    ...(hub.sandboxUrl === null ? [] : [`沙盒 sandbox      ${hub.sandboxUrl}/`]),
    `登记收银机 enrol   ${enrol}`,
  ];
  console.log(lines.join("\n"));
}
