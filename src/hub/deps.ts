import type { PaymentTiming } from "../core/payment/timing.ts";
import type { RefundTiming } from "../core/payment/refund-step.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { HubNews } from "../ports/link.ts";
import type { Log } from "../ports/log.ts";
import type { Provider } from "../ports/provider.ts";
import type { World } from "../ports/world.ts";
import type { Spans } from "./spans.ts";
import type { SteadyWorld } from "./steady.ts";

export interface HubDeps {
  readonly world: World;
  readonly ledger: Ledger;
  readonly provider: Provider;
  readonly timing: PaymentTiming;
  readonly refundTiming: RefundTiming;
  readonly log: Log;
  /** True when no other hub works on this ledger: what is found in flight at start was ours and is lost. */
  readonly sole: boolean;
}

/** What the parts of a hub share: all of them go by its own clock, and say when they are at work by it. */
export interface HubTools extends HubDeps {
  readonly world: SteadyWorld;
  readonly spans: Pick<Spans, "during">;
}

/** Tells every terminal that listens; a listener that throws is its own problem. */
export interface Newsroom {
  publish(terminalId: string, news: HubNews): void;
  /** To every terminal that listens. */
  publishToAll(news: HubNews): void;
  listen(terminalId: string, listener: (news: HubNews) => void): () => void;
}

export function createNewsroom(log: Log): Newsroom {
  const listeners = new Map<string, Set<(news: HubNews) => void>>();
  const publish: Newsroom["publish"] = (terminalId, news) => {
    for (const listener of listeners.get(terminalId) ?? []) {
      try {
        listener(news);
      } catch (error) {
        log("error", "news_listener_failed", {
          terminalId,
          kind: news.kind,
          error: String(error),
        });
      }
    }
  };
  return {
    publish,
    publishToAll: (news) => {
      for (const terminalId of listeners.keys()) publish(terminalId, news);
    },
    listen: (terminalId, listener) => {
      const set = listeners.get(terminalId) ?? new Set();
      set.add(listener);
      listeners.set(terminalId, set);
      return () => set.delete(listener);
    },
  };
}
