/** Which probes a till has: by its settings, by where hub and provider are, and by what stands for the system. Wiring only. */
import { alipayProbe } from "../adapters/provider/alipay/probe.ts";
import type { AlipayConfig } from "../adapters/provider/alipay/config.ts";
import { checkOwnVersion, checkPages, checkRuntime } from "../adapters/probe/check/checks.ts";
import { selfCheckProbe } from "../adapters/probe/check/self-check-probe.ts";
import { computerProbe } from "../adapters/probe/computer/computer-probe.ts";
import { bootedAtMs } from "../adapters/probe/computer/boot.ts";
import { openSignOfLife, type SignOfLife } from "../adapters/probe/computer/sign-of-life.ts";
import { dnsProbe } from "../adapters/probe/network/dns-probe.ts";
import { farProbe, webSpot } from "../adapters/probe/network/far-probe.ts";
import { type HubAsked, hubProbe, pathTo } from "../adapters/probe/network/hub-probe.ts";
import { interfaceProbe } from "../adapters/probe/network/interface-probe.ts";
import { isLoopback, type Line, spotOf } from "../adapters/probe/network/line.ts";
import { pathReader, type ReadPaths } from "../adapters/probe/network/paths.ts";
import { routerProbe } from "../adapters/probe/network/router-probe.ts";
import type { Spot } from "../adapters/probe/network/touch.ts";
import { type SystemFiles, systemFiles } from "../adapters/probe/system.ts";
import { realWorld } from "../adapters/world/real.ts";
import type { Probe } from "../ports/probe.ts";
import type { BoxConfig } from "./config.ts";
import { pagesFolder } from "./pages.ts";
import { sandboxFeed, type SandboxNet, type SandboxNews } from "./sandbox-process.ts";
import { version } from "./version.ts";

/** What a box watches outside itself. */
export interface Watch {
  /** Null on a terminal: its hub has the keys. */
  readonly alipay: AlipayConfig | null;
  readonly net: SandboxNet | null;
  /** Of the sandbox, for where the settings name no other. */
  readonly sandboxFeed: string | null;
}

export const watchOf = (alipay: AlipayConfig, sandbox: SandboxNews | null): Watch => ({
  alipay,
  // A sandbox of an older version, which is taken up as it is, has no network.
  net: sandbox?.net ?? null,
  sandboxFeed: sandbox === null ? null : sandboxFeed(sandbox),
});

export interface Probes {
  readonly list: readonly Probe[];
  readonly life: SignOfLife;
  /** When this computer was started, epoch ms. */
  readonly bootedAtMs: number;
  close(): Promise<void>;
}

export interface ProbeParts {
  readonly data: string;
  readonly config: BoxConfig;
  /** Of whoever holds the keys; null on a terminal whose hub is elsewhere. */
  readonly alipay: AlipayConfig | null;
  /** Stand-ins of router, name server and internet; null with a real network. */
  readonly net: SandboxNet | null;
  /** Null where the hub is in this very process. */
  readonly hub: { readonly url: string; readonly asked: HubAsked } | null;
}

/** All that a till watches besides its sales, papers and records. */
export function openProbes(parts: ProbeParts): Probes {
  const { data, config } = parts;
  const system = systemOf(config, parts.net);
  const life = openSignOfLife(data, Date.now);
  const computer = computerProbe({ folder: data, system, life, nowMs: Date.now });
  const network = networkProbes(parts);
  const selfCheck = selfCheckProbe(
    {
      runtime_version: () => checkRuntime(process.versions),
      version: () => checkOwnVersion(version, config.wanted_version),
      pages: () => checkPages(pagesFolder),
    },
    Date.now,
  );
  return {
    list: [...network.list, computer, selfCheck],
    life,
    bootedAtMs: bootedAtMs(system, Date.now()),
    close: async () => {
      computer.close();
      await network.close();
    },
  };
}

/** The real system, or the tree that stands for it: by the environment, the settings, or the sandbox. */
const systemOf = ({ probes }: BoxConfig, net: SandboxNet | null): SystemFiles =>
  systemFiles(process.env["CHUPIAO_SYSTEM_ROOT"] ?? probes.system_root ?? net?.system_root ?? null);

/** The ways into the network that this computer has. */
export const pathsOf = (config: BoxConfig): ReadPaths => pathReader(systemOf(config, null));

type NetworkParts = Omit<ProbeParts, "data">;

export function networkProbes(parts: NetworkParts): Pick<Probes, "list" | "close"> {
  const { net, alipay, hub } = parts;
  const system = systemOf(parts.config, net);
  const config = parts.config.probes;
  const line: Line = {
    paths: pathReader(system),
    real: system.root === null,
    nowMs: Date.now,
  };
  const far = farOf(alipay, hub);
  const answers = alipay === null ? null : answerProbe(alipay, line, config);
  const hosts = far.spots.map((one) => one.host);
  // Where all that matters stands on this computer, the network has no part in it.
  const onlyHere = line.real && hosts.every(isLoopback);
  const router = config.router ?? net?.router ?? null;
  const dns = config.dns ?? net?.dns ?? null;
  const name = config.dns_name ?? net?.dns_name ?? far.name;
  const internet = spotsOf(config.internet.length > 0 ? config.internet : (net?.internet ?? []));
  const allPaths = config.all_paths;
  const list: (Probe | null)[] = [
    onlyHere ? null : interfaceProbe(line),
    onlyHere && router === null ? null : routerProbe(line, system, router && spotsOf(router)),
    name === null || (onlyHere && dns === null)
      ? null
      : dnsProbe(line, { name, servers: dns, allPaths }),
    internet.length === 0
      ? null
      : farProbe(line, {
          target: "internet",
          spots: internet,
          tls: false,
          allPaths,
          everyMs: 15_000,
        }),
    hub === null ? null : hubProbe(line, hub.asked, new URL(hub.url).hostname, realWorld),
    // In clear there is only the sandbox, whose answer is asked for anyway.
    alipay === null || !far.tls
      ? null
      : farProbe(line, {
          target: "provider",
          spots: far.spots,
          tls: true,
          allPaths,
          everyMs: 30_000,
        }),
    answers,
  ];
  return { list: list.filter((one) => one !== null), close: async () => answers?.close() };
}

const answerProbe = (alipay: AlipayConfig, line: Line, config: BoxConfig["probes"]) =>
  alipayProbe(alipay, {
    nowMs: Date.now,
    everyMs: config.provider_every_s * 1000,
    path: () => pathTo(line, new URL(alipay.gateway).hostname),
  });

/** Whom this till depends on: the provider, or the hub before it. */
function farOf(alipay: ProbeParts["alipay"], hub: ProbeParts["hub"]) {
  const address = alipay?.gateway ?? hub?.url ?? null;
  if (address === null) return { spots: [], tls: false, name: null };
  const { spots, tls } = webSpot(address);
  const { hostname } = new URL(address);
  const isNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith("[");
  return { spots, tls, name: isNumber || isLoopback(hostname) ? null : hostname };
}

const spotsOf = (texts: readonly string[]): readonly Spot[] =>
  texts.map((text) => spotOf(text)).filter((one) => one !== null);
