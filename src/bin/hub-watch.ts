/** A hub has the keys, so it asks Alipay the harmless question for all its terminals, and tells them what it saw. */
import type { AlipayConfig } from "../adapters/provider/alipay/config.ts";
import { alipayProbe } from "../adapters/provider/alipay/probe.ts";
import { realWorld } from "../adapters/world/real.ts";
import type { Hub } from "../hub/hub.ts";
import type { Log } from "../ports/log.ts";

export interface HubWatch {
  readonly alipay: AlipayConfig;
  readonly everyMs: number;
  readonly hub: Pick<Hub, "observed">;
  readonly log: Log;
}

/** Begins at once; gives the way to end it. After an answer that didn't come it asks more often. */
export function watchProvider({ alipay, everyMs, hub, log }: HubWatch): () => Promise<void> {
  // Which card it leaves by is the hub's own business.
  const path = async (): Promise<string> => "hub";
  const probe = alipayProbe(alipay, { nowMs: realWorld.nowMs, everyMs, path });
  let stopped = false;
  let callOff = (): void => {};
  const look = async (): Promise<number> => {
    const evidence = await probe.look();
    const call = evidence.map(({ fact }) => fact).find((fact) => fact.kind === "provider_call");
    if (!stopped && call !== undefined) hub.observed(call);
    return call?.unknown === null ? probe.everyMs : probe.everyMsInTrouble;
  };
  const begin = (): void => {
    look()
      .catch((error: unknown) => {
        log("error", "probe_failed", { error: String(error) });
        return probe.everyMs;
      })
      // One look that went wrong isn't the last: without them no silence of the provider is ever proven.
      .then((nextMs) => {
        if (!stopped) callOff = realWorld.after(nextMs, begin);
      })
      .catch((error: unknown) => log("error", "probe_ended", { error: String(error) }));
  };
  begin();
  return async () => {
    stopped = true;
    callOff();
    await probe.close();
  };
}
