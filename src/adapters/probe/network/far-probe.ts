/** Internet, hub and provider by a connect: is the way there, and how long is it? */
import type { Evidence, Target } from "../../../core/diagnosis/evidence.ts";
import type { Probe } from "../../../ports/probe.ts";
import { type Line, lookFar } from "./line.ts";
import { type Spot, type Touch, touch } from "./touch.ts";

export interface FarOptions {
  readonly target: Extract<Target, "internet" | "hub" | "provider">;
  /** In this order; the first that answers counts. */
  readonly spots: readonly Spot[];
  readonly tls: boolean;
  readonly allPaths: boolean;
  readonly everyMs: number;
}

const timeoutMs = 3_000;

export function farProbe(line: Line, options: FarOptions): Probe {
  const { target, spots, allPaths } = options;
  return {
    name: target,
    everyMs: options.everyMs,
    everyMsInTrouble: 2_000,
    look: (): Promise<readonly Evidence[]> =>
      lookFar(line, target, spots[0]?.host ?? "", allPaths, (localAddress) =>
        askFirst(options, localAddress),
      ),
  };
}

async function askFirst(
  { spots, tls }: FarOptions,
  localAddress: string | null,
): Promise<Pick<Touch, "ms" | "failure">> {
  let seen: Pick<Touch, "ms" | "failure"> = { ms: null, failure: "timeout" };
  for (const spot of spots) {
    // A refused connect of a far server is no service, whoever refused it.
    seen = await touch(spot, { timeoutMs, localAddress, tls });
    if (seen.failure === null) return seen;
  }
  return { ms: null, failure: seen.failure };
}

/** Host and port of an http(s) address. */
export function webSpot(address: string): Pick<FarOptions, "spots" | "tls"> {
  const { protocol, hostname, port } = new URL(address);
  const tls = protocol === "https:";
  return { spots: [{ host: hostname, port: port === "" ? (tls ? 443 : 80) : Number(port) }], tls };
}
