/**
 * What the operating system tells in files: /proc and /sys, or a tree that looks like them (`CHUPIAO_SYSTEM_ROOT`, setting
 * `probes.system_root`), with which a cable is pulled without a cable. What isn't there is null: this system doesn't tell.
 */
import { readdirSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";

export interface SystemFiles {
  /** Null: the real system. */
  readonly root: string | null;
  /** `path` as on a real system, e.g. /proc/net/route. */
  text(path: string): string | null;
  list(path: string): readonly string[];
  /** IPv4 addresses by interface, loopback included. */
  addresses(): ReadonlyMap<string, readonly Address[]>;
}

export interface Address {
  readonly address: string;
  readonly netmask: string;
}

/** Of a tree only: no file of /proc lists addresses in a form that is worth imitating. */
export const addressesPath = "/etc/chupiao/addresses.json";

export function systemFiles(root: string | null): SystemFiles {
  const text = (path: string): string | null => {
    try {
      return readFileSync(root === null ? path : join(root, path), "utf8");
    } catch {
      return null;
    }
  };
  const list = (path: string): readonly string[] => {
    try {
      return readdirSync(root === null ? path : join(root, path)).toSorted();
    } catch {
      return [];
    }
  };
  const addresses = (): ReadonlyMap<string, readonly Address[]> =>
    root === null ? realAddresses() : new Map(Object.entries(parsed(text(addressesPath))));
  return { root, text, list, addresses };
}

function parsed(text: string | null): Readonly<Record<string, readonly Address[]>> {
  try {
    return JSON.parse(text ?? "{}") as Readonly<Record<string, readonly Address[]>>;
  } catch {
    // Caught while it was being written: the next look finds it whole.
    return {};
  }
}

function realAddresses(): ReadonlyMap<string, readonly Address[]> {
  const found = new Map<string, readonly Address[]>();
  for (const [name, list] of Object.entries(networkInterfaces()))
    found.set(
      name,
      (list ?? [])
        .filter((one) => one.family === "IPv4")
        .map(({ address, netmask }) => ({ address, netmask })),
    );
  return found;
}
