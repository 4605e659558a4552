/** Does each path's router answer? By a TCP connect, and where it says nothing to that, by whether it answers ARP. */
import type { Evidence } from "../../../core/diagnosis/evidence.ts";
import type { Probe } from "../../../ports/probe.ts";
import type { SystemFiles } from "../system.ts";
import { isLoopback, type Line, loopbackPath, reach, usable } from "./line.ts";
import type { NetPath } from "./paths.ts";
import { arpKnows } from "./routes.ts";
import { type Spot, type Touch, touch } from "./touch.ts";

const timeoutMs = 1_000;
/** Web page, DNS, secure web page: a home router answers or refuses at least one. */
const usualPorts: readonly number[] = [80, 53, 443];

type Seen = Pick<Touch, "ms" | "failure">;

/** `spots`: instead of the system's routers, for a router that answers elsewhere only; null: the system's. */
export function routerProbe(
  line: Line,
  system: SystemFiles,
  spots: readonly Spot[] | null = null,
): Probe {
  /** The port on which a router has answered, so that the next look is one connect. */
  const ports = new Map<string, number>();
  return {
    name: "router",
    everyMs: 10_000,
    everyMsInTrouble: 1_000,
    async look(): Promise<readonly Evidence[]> {
      const paths = await line.paths();
      const good = usable(paths);
      if (spots !== null) {
        const here = line.real && spots.every((one) => isLoopback(one.host));
        const name = here ? loopbackPath : good[0]?.name;
        return name === undefined
          ? []
          : [
              reach(
                line.nowMs(),
                "router",
                name,
                await first(spots.map((spot) => () => ask(spot))),
              ),
            ];
      }
      const routed = good.filter((one) => one.gateway !== null);
      if (routed.length === 0 && good.length > 0 && paths.routesKnown)
        return good
          .slice(0, 1)
          .map(({ name }) =>
            reach(line.nowMs(), "router", name, { ms: null, failure: "no_route" }),
          );
      return Promise.all(
        routed.map(async (path) =>
          reach(line.nowMs(), "router", path.name, await askRouter(path, system, ports)),
        ),
      );
    },
  };
}

async function askRouter(
  { gateway, address }: NetPath,
  system: SystemFiles,
  ports: Map<string, number>,
): Promise<Seen> {
  const host = gateway ?? "";
  const known = ports.get(host);
  if (known !== undefined) return ask({ host, port: known }, address);
  for (const port of usualPorts) {
    const seen = await ask({ host, port }, address);
    if (seen.failure === null) {
      ports.set(host, port);
      return seen;
    }
  }
  // Some routers say nothing to anybody, but every one has to answer ARP. That is no measure of time.
  const arp = arpKnows(system.text("/proc/net/arp") ?? "", host);
  return { ms: null, failure: arp === true ? null : "timeout" };
}

/** A refusal proves that it is there just as well. */
async function ask(spot: Spot, localAddress: string | null = null): Promise<Seen> {
  const seen = await touch(spot, { timeoutMs, localAddress });
  const there = seen.failure === null || seen.failure === "refused" || seen.failure === "reset";
  return { ms: seen.ms, failure: there ? null : seen.failure };
}

async function first(asks: readonly (() => Promise<Seen>)[]): Promise<Seen> {
  let seen: Seen = { ms: null, failure: "timeout" };
  for (const one of asks) {
    seen = await one();
    if (seen.failure === null) return seen;
  }
  return seen;
}
