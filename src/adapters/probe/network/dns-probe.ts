/** Do the name servers know the provider's name, and how fast? Asks them itself, so that no cache answers for them. */
import { getServers } from "node:dns";
import { Resolver } from "node:dns/promises";
import type { ReachFailure } from "../../../core/diagnosis/evidence.ts";
import type { Probe } from "../../../ports/probe.ts";
import { isLoopback, type Line, lookFar } from "./line.ts";
import type { Touch } from "./touch.ts";

export interface DnsOptions {
  /** The provider's host, or the hub's. */
  readonly name: string;
  /** "192.168.1.1" or "127.0.0.1:5353"; null: the system's. */
  readonly servers: readonly string[] | null;
  readonly allPaths: boolean;
}

const timeoutMs = 1_500;

const FAILURE_OF_CODE: Readonly<Record<string, ReachFailure>> = {
  ENOTFOUND: "no_name",
  ENODATA: "no_name",
  ETIMEOUT: "timeout",
  ECANCELLED: "timeout",
  ECONNREFUSED: "refused",
  ENETUNREACH: "no_route",
  EHOSTUNREACH: "no_route",
  ENONAME: "no_name",
};

export function dnsProbe(line: Line, options: DnsOptions): Probe {
  return {
    name: "dns",
    everyMs: 10_000,
    everyMsInTrouble: 2_000,
    look: () => {
      const servers = options.servers ?? getServers();
      // A name server on this computer passes on what others say: only the route of those would tell of a path.
      const host = servers.every((one) => isLoopback(one.replace(/:\d+$/, ""))) ? "127.0.0.1" : "";
      return lookFar(line, "dns", host, options.allPaths, (localAddress) =>
        ask(options.name, servers, localAddress),
      );
    },
  };
}

type Seen = Pick<Touch, "ms" | "failure">;

/** One after the other, as the system does; the first that answers counts. */
async function ask(
  name: string,
  servers: readonly string[],
  localAddress: string | null,
): Promise<Seen> {
  let seen: Seen = { ms: null, failure: "no_name" };
  for (const server of servers.slice(0, 3)) {
    seen = await askOne(name, server, localAddress);
    if (seen.failure === null) return seen;
  }
  return seen;
}

async function askOne(name: string, server: string, localAddress: string | null): Promise<Seen> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  const startedMs = performance.now();
  // The library's own deadline is only a hint to it.
  const timer = setTimeout(() => resolver.cancel(), timeoutMs + 250);
  try {
    resolver.setServers([server]);
    if (localAddress !== null) resolver.setLocalAddress(localAddress);
    await resolver.resolve4(name);
    return { ms: performance.now() - startedMs, failure: null };
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    return { ms: null, failure: FAILURE_OF_CODE[code] ?? "bad_answer" };
  } finally {
    clearTimeout(timer);
  }
}
