/** The hub's half of a box, or the heart of a hub process: ledger, provider, timers. Wiring only. */
import { join } from "node:path";
import { openLedger, type SqliteLedger } from "../adapters/store/sqlite/ledger.ts";
import { realWorld } from "../adapters/world/real.ts";
import { alipayRefundTiming, type RefundTiming } from "../core/payment/refund-step.ts";
import { alipayTiming, compress, divideMs, type PaymentTiming } from "../core/payment/timing.ts";
import { Hub } from "../hub/hub.ts";
import type { Log } from "../ports/log.ts";
import type { Provider } from "../ports/provider.ts";
import type { BoxConfig } from "./config.ts";
import { InputError } from "./output.ts";
import { stopEach } from "./stops.ts";

export interface HubParts {
  readonly data: string;
  readonly config: BoxConfig;
  readonly provider: Provider;
  readonly log: Log;
  /**
   * In one box journal and ledger wait for the same disk on behalf of the same till: a thread of its own for the ledger
   * would cost 22 MB and two messages a commit, and save nothing. A hub process gives it one.
   */
  readonly ledgerHasOwnThread: boolean;
}

export interface HubPart {
  readonly hub: Hub;
  readonly ledger: SqliteLedger;
  readonly timing: PaymentTiming;
  stop(): Promise<void>;
}

export const ledgerPath = (data: string): string => join(data, "ledger.db");

/** The hub isn't started yet: `hub.start()` takes up what a crash left behind. */
export async function openHubPart(parts: HubParts): Promise<HubPart> {
  const { data, config, provider, log } = parts;
  checkFactor(config, provider);
  const timing = timingOf(config, provider);
  const ledger = await openLedger(ledgerPath(data), { inThread: !parts.ledgerHasOwnThread });
  const refundTiming = refundTimingOf(config, provider);
  const world = realWorld;
  const hub = new Hub({ world, ledger, provider, timing, refundTiming, log, sole: true });
  return {
    hub,
    ledger,
    timing,
    stop: () => stopEach([() => hub.stop(), () => ledger.close()]),
  };
}

/** A compressed plan gives up before the real provider can have made up its mind. */
function checkFactor({ time_factor: factor }: BoxConfig, provider: Provider): void {
  if (factor === 1 || !provider.livemode) return;
  throw new InputError("config_wrong", {
    zh: `time_factor ${factor} 只能配沙箱使用；正式密钥下请设为 1。`,
    en: `time_factor ${factor} is for the sandbox only: set it to 1 with live keys.`,
  });
}

/** A compressed plan still waits for real calls: their time-out and the lease over them are the provider's own. */
function timingOf(config: BoxConfig, provider: Provider): PaymentTiming {
  const timing = compress(alipayTiming, config.time_factor);
  return {
    ...timing,
    confirmPaid: config.confirm_paid,
    callTimeoutMs: provider.callTimeoutMs,
    leaseMarginMs: alipayTiming.leaseMarginMs,
  };
}

export function refundTimingOf(
  { time_factor: factor }: Pick<BoxConfig, "time_factor">,
  { callTimeoutMs }: Pick<Provider, "callTimeoutMs">,
): RefundTiming {
  const { queryAfterMs, leaseMarginMs, retryMsMax } = alipayRefundTiming;
  return {
    queryAfterMs: divideMs(queryAfterMs, factor),
    callTimeoutMs,
    leaseMarginMs,
    retryMsMax: divideMs(retryMsMax, factor),
  };
}
