/** The till's ways into the network, one for each interface of its own: cable, Wi-Fi, 4G. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ReachFailure } from "../../../core/diagnosis/evidence.ts";
import type { SystemFiles } from "../system.ts";
import {
  bsdRoutes,
  type DefaultRoute,
  linuxRoutes,
  wifiSignalDbm,
  windowsRoutes,
} from "./routes.ts";

export interface NetPath {
  /** The interface's name as the system calls it: eth0, wlan0, "Wi-Fi". */
  readonly name: string;
  readonly kind: "cable" | "wifi" | "mobile";
  /** Null: it is up and has an address. */
  readonly failure: Extract<ReachFailure, "down" | "no_address"> | null;
  /** Our own address on it. */
  readonly address: string | null;
  readonly gateway: string | null;
  /** Of its default route; null: it has none. The smallest is used. */
  readonly metric: number | null;
  readonly signalDbm: number | null;
}

export interface Paths {
  /** The one that is used first comes first. */
  readonly all: readonly NetPath[];
  /** Whether this system tells its routes. */
  readonly routesKnown: boolean;
}

/** The routes of a system without /proc cost a process: asked once in this time. */
const routesKeptMs = 60_000;

export type ReadPaths = () => Promise<Paths>;

export function pathReader(
  system: SystemFiles,
  { platform = process.platform, monotonicMs = () => performance.now() } = {},
): ReadPaths {
  const onLinux = system.root !== null || platform === "linux";
  let kept: { readonly atMs: number; readonly routes: readonly DefaultRoute[] | null } | null =
    null;
  const routes = async (): Promise<readonly DefaultRoute[] | null> => {
    if (onLinux) {
      const text = system.text("/proc/net/route");
      return text === null ? null : linuxRoutes(text);
    }
    if (kept === null || monotonicMs() - kept.atMs > routesKeptMs)
      kept = { atMs: monotonicMs(), routes: await askedRoutes(platform) };
    return kept.routes;
  };
  return async () => {
    const found = await routes();
    const list = onLinux ? linuxPaths(system, found ?? []) : otherPaths(system, found ?? []);
    const all = list.toSorted((one, other) => rank(one) - rank(other));
    return { all, routesKnown: found !== null };
  };
}

const rank = ({ metric }: NetPath): number => metric ?? Number.MAX_SAFE_INTEGER;

/** Cards of this computer, and whatever carries a default route. Bridges and virtual pairs lead nowhere by themselves. */
function linuxPaths(system: SystemFiles, routes: readonly DefaultRoute[]): readonly NetPath[] {
  const addresses = system.addresses();
  const wireless = system.text("/proc/net/wireless") ?? "";
  return system
    .list("/sys/class/net")
    .filter((name) => name !== "lo")
    .filter(
      (name) =>
        system.list(`/sys/class/net/${name}`).includes("device") ||
        routes.some((route) => route.device === name),
    )
    .map((name) => {
      const at = `/sys/class/net/${name}`;
      // Reading `carrier` of an interface that is switched off fails.
      const carrier = system.text(`${at}/carrier`)?.trim() ?? "0";
      const state = system.text(`${at}/operstate`)?.trim() ?? "unknown";
      const up = carrier === "1" && state !== "down" && state !== "lowerlayerdown";
      const [own] = addresses.get(name) ?? [];
      const route = routes.find((one) => one.device === name);
      const isWifi = system.list(at).some((one) => one === "wireless" || one === "phy80211");
      return {
        name,
        kind: isWifi ? "wifi" : /^(?:ww|ppp|usb)/.test(name) ? "mobile" : "cable",
        failure: !up ? "down" : own === undefined ? "no_address" : null,
        address: up ? (own?.address ?? null) : null,
        gateway: route?.gateway ?? null,
        metric: route?.metric ?? null,
        signalDbm: wifiSignalDbm(wireless, name),
      } as const;
    });
}

/** Elsewhere only interfaces with an address are listed: one that is gone is down. */
function otherPaths(system: SystemFiles, routes: readonly DefaultRoute[]): readonly NetPath[] {
  const found: NetPath[] = [];
  for (const [name, [own, ...more]] of system.addresses()) {
    // 169.254: nobody gave it an address.
    if (own === undefined || /^(lo\d*$|Loopback)/i.test(name)) continue;
    const isOurs = (address: string | null): boolean =>
      [own, ...more].some((one) => one.address === address);
    const route = routes.find((one) => one.device === name || isOurs(one.localAddress));
    const noAddress = own.address.startsWith("169.254.");
    found.push({
      name,
      kind: /wi-?fi|wlan|无线/i.test(name) ? "wifi" : "cable",
      failure: noAddress ? "no_address" : null,
      address: noAddress ? null : own.address,
      gateway: route?.gateway ?? null,
      metric: route?.metric ?? null,
      signalDbm: null,
    });
  }
  return found;
}

const run = promisify(execFile);

async function askedRoutes(platform: NodeJS.Platform): Promise<readonly DefaultRoute[] | null> {
  const options = { timeout: 3_000, windowsHide: true };
  try {
    if (platform === "win32")
      return windowsRoutes((await run("route", ["print", "-4"], options)).stdout);
    return bsdRoutes((await run("netstat", ["-rn", "-f", "inet"], options)).stdout);
  } catch {
    return null;
  }
}
