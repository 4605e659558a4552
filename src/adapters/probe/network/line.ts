/** What the network's probes have in common: the ways into the network, and the shape of what they saw. */
import type { Evidence, Reach, ReachFailure, Target } from "../../../core/diagnosis/evidence.ts";
import type { NetPath, Paths, ReadPaths } from "./paths.ts";
import type { Spot, Touch } from "./touch.ts";

export interface Line {
  readonly paths: ReadPaths;
  /** True with the real system: then loopback is this computer and no network. */
  readonly real: boolean;
  readonly nowMs: () => number;
}

export const isLoopback = (host: string): boolean => /^(127\.|::1$|\[::1\]$|localhost$)/.test(host);

/** "192.168.1.1:80"; null where it is no address with a port. */
export function spotOf(text: string, defaultPort: number | null = null): Spot | null {
  const [, host = "", port] = /^([\w.-]{1,253})(?::(\d{1,5}))?$/.exec(text) ?? [];
  const number = port === undefined ? defaultPort : Number(port);
  return host === "" || number === null || number > 65_535 ? null : { host, port: number };
}

/** A path that is only this computer itself. */
export const loopbackPath = "lo";

export const usable = ({ all }: Paths): readonly NetPath[] =>
  all.filter((one) => one.failure === null);

/** A rounded time and a fault, as evidence. */
export function reach(
  nowMs: number,
  target: Target,
  path: string,
  seen: { readonly ms: number | null; readonly failure: ReachFailure | null },
): Evidence {
  const ms = seen.ms === null ? null : Math.round(seen.ms * 10) / 10;
  const fact: Reach = { kind: "reach", target, path, ms, failure: seen.failure };
  return { atMs: nowMs, fact };
}

/**
 * The paths on which something far away is asked for: the one in use, or all that have an address. A system decides by
 * the destination which card a packet leaves by, so on the others an answer would often fail for no fault of theirs.
 */
export function farPaths(paths: Paths, allPaths: boolean): readonly NetPath[] {
  const good = usable(paths);
  const routed = good.filter((one) => one.metric !== null);
  const first = routed[0] ?? (paths.routesKnown ? undefined : good[0]);
  if (allPaths) return routed.length > 0 ? routed : good.slice(0, 1);
  return first === undefined ? [] : [first];
}

/** Asks at each far path; where there is none, that is the answer, without asking. */
export async function lookFar(
  line: Line,
  target: Target,
  host: string,
  allPaths: boolean,
  ask: (localAddress: string | null) => Promise<Pick<Touch, "ms" | "failure">>,
): Promise<readonly Evidence[]> {
  if (line.real && isLoopback(host))
    return [reach(line.nowMs(), target, loopbackPath, await ask(null))];
  const paths = await line.paths();
  const far = farPaths(paths, allPaths);
  const noRoute = { ms: null, failure: "no_route" } as const;
  if (far.length === 0) {
    const onTheSpot = usable(paths)[0];
    // Without a default route what stands in the shop itself (a hub, say) may still be reached.
    const seen = onTheSpot === undefined ? noRoute : await ask(onTheSpot.address);
    const name = onTheSpot?.name ?? paths.all[0]?.name;
    return name === undefined ? [] : [reach(line.nowMs(), target, name, seen)];
  }
  return Promise.all(
    far.map(async ({ name, address }) => reach(line.nowMs(), target, name, await ask(address))),
  );
}
