/**
 * The link of a terminal to the hubs of its shop: each call is one request to one of them, and it listens to the news of
 * all. What the real one (adapters/link/http) promises holds: a pay that never left says so, and news are told again or
 * said to be missing.
 */
import type { Hub } from "../../hub/hub.ts";
import type {
  EpochAsk,
  HubNews,
  Link,
  PayIntent,
  PayReply,
  ProviderHealth,
} from "../../ports/link.ts";
import type { HubNode } from "../parties/hub.ts";
import type { Life } from "../world/machine.ts";
import type { Timeline } from "../world/timeline.ts";
import { call, CallFailed } from "./call.ts";
import type { Path } from "./path.ts";

const timeoutMs = 10_000;
const payAgainTimeoutMs = 25_000;
const retryMs = 500;
const retryMsMax = 5_000;

export interface LinkParts {
  readonly hubs: readonly HubNode[];
  readonly path: Path;
  readonly time: Timeline;
  readonly life: Life;
}

export interface SimulatedLink extends Link {
  /** News of a hub of the shop; `from` that it doesn't listen to is as silent as in the real one. */
  hear(from: HubNode, news: HubNews): void;
}

export function simulatedLink(parts: LinkParts): SimulatedLink {
  return new LinkOverPath(parts);
}

class LinkOverPath implements SimulatedLink {
  readonly #parts: LinkParts;
  readonly #listeners = new Set<(news: HubNews) => void>();
  /** The hubs that it listens to, each in the life in which it found it. */
  readonly #heard = new Map<HubNode, Life>();
  /** When each news that is still on its way was told. */
  readonly #onTheWay = new Map<symbol, number>();
  #wholeMs = -Infinity;
  #isAway = false;
  #failures = 0;

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  async pay(intent: PayIntent): Promise<PayReply> {
    const { time } = this.#parts;
    const calledMs = time.nowMs;
    const aged = (): PayIntent => ({ ...intent, ageMs: intent.ageMs + time.nowMs - calledMs });
    try {
      const limitMs = intent.again ? payAgainTimeoutMs : timeoutMs;
      return await this.#ask(intent.orderNo, (hub) => hub.pay(aged()), limitMs);
    } catch (error) {
      if (error instanceof CallFailed && error.why === "never_left")
        return { kind: "refused", reason: "hub_not_reached" };
      throw error;
    }
  }

  withdraw(merchantId: string, orderNo: string): ReturnType<Link["withdraw"]> {
    return this.#ask(orderNo, (hub) => hub.withdraw(merchantId, orderNo));
  }

  attempt(merchantId: string, orderNo: string): ReturnType<Link["attempt"]> {
    return this.#ask(orderNo, (hub) => hub.attempt(merchantId, orderNo));
  }

  ask(
    merchantId: string,
    orderNo: string,
    what: Parameters<Link["ask"]>[2],
  ): ReturnType<Link["ask"]> {
    return this.#ask(orderNo, (hub) => hub.ask(merchantId, orderNo, what));
  }

  refund(intent: Parameters<Link["refund"]>[0]): ReturnType<Link["refund"]> {
    return this.#ask(intent.orderNo, (hub) => hub.refund(intent));
  }

  refundState(merchantId: string, requestNo: string): ReturnType<Link["refundState"]> {
    return this.#ask(null, (hub) => hub.refundState(merchantId, requestNo));
  }

  refunds(merchantId: string, orderNo: string): ReturnType<Link["refunds"]> {
    return this.#ask(orderNo, (hub) => hub.refunds(merchantId, orderNo));
  }

  refundsEndedAfter(
    ...given: Parameters<Link["refundsEndedAfter"]>
  ): ReturnType<Link["refundsEndedAfter"]> {
    return this.#ask(null, (hub) => hub.refundsEndedAfter(...given));
  }

  putReceipt(...[merchantId, receipt]: Parameters<Link["putReceipt"]>): Promise<void> {
    return this.#ask(receipt.content.orderNo, (hub) => hub.putReceipt(merchantId, receipt));
  }

  highestReceipt(terminalId: string): ReturnType<Link["highestReceipt"]> {
    return this.#ask(null, (hub) => hub.highestReceipt(terminalId));
  }

  grantEpoch(ask: EpochAsk): ReturnType<Link["grantEpoch"]> {
    return this.#ask(null, (hub) => hub.grantEpoch(ask));
  }

  holdEpoch(ask: EpochAsk): ReturnType<Link["holdEpoch"]> {
    return this.#ask(null, (hub) => hub.holdEpoch(ask));
  }

  history(saleId: string): ReturnType<Link["history"]> {
    return this.#ask(null, (hub) => hub.history(saleId));
  }

  health(): ProviderHealth {
    if (this.#isAway)
      return { state: "hub_away", lastAnswerMs: null, failuresInARow: this.#failures };
    return (
      this.#parts.hubs[0]?.hub?.health() ?? {
        state: "not_asked",
        lastAnswerMs: null,
        failuresInARow: 0,
      }
    );
  }

  onNews(_terminalId: string, listener: (news: HubNews) => void): () => void {
    this.#listeners.add(listener);
    for (const hub of this.#parts.hubs) this.#listen(hub, retryMs);
    return () => this.#listeners.delete(listener);
  }

  unheardMs(): number {
    const { hubs, path, life } = this.#parts;
    const nowMs = life.world.monotonicMs();
    if (!path.isCut && hubs.every((one) => this.#isHeard(one)))
      this.#wholeMs = Math.min(nowMs, ...this.#onTheWay.values());
    return nowMs - this.#wholeMs;
  }

  hear(from: HubNode, news: HubNews): void {
    if (!this.#isHeard(from)) return;
    const id = Symbol(news.kind);
    this.#onTheWay.set(id, this.#parts.life.world.monotonicMs());
    this.#deliver(from, from.life, news, () => this.#onTheWay.delete(id));
  }

  #isHeard(hub: HubNode): boolean {
    return hub.hub !== null && hub.life !== null && this.#heard.get(hub) === hub.life;
  }

  /** On the way to the terminal; a poll whose answer got lost is asked again, and gets the same news. */
  #deliver(from: HubNode, hubLife: Life | null, news: HubNews, arrived: () => void): void {
    const { path, time, life } = this.#parts;
    const { afterMs } = path.send("back", subjectOf(news));
    const waitMs = afterMs ?? path.chance.whole(retryMs, retryMsMax);
    time.after(waitMs, () => {
      const isHeard = life.alive && this.#isHeard(from) && from.life === hubLife;
      if (isHeard && afterMs === null) return this.#deliver(from, hubLife, news, arrived);
      arrived();
      if (isHeard) this.#tell(news);
    });
  }

  #tell(news: HubNews): void {
    for (const listener of this.#listeners) listener(news);
  }

  /** Finds the hub, and looks now and then whether it is still there; news of the time between may have been missed. */
  #listen(hub: HubNode, waitMs: number): void {
    const { path, life } = this.#parts;
    if (path.isCut || hub.hub === null) this.#heard.delete(hub);
    else if (!this.#isHeard(hub) && hub.life !== null) {
      this.#heard.set(hub, hub.life);
      this.#tell({ kind: "missed" });
    }
    const nextMs = this.#heard.has(hub) ? retryMsMax : Math.min(waitMs * 2, retryMsMax);
    life.world.after(nextMs, () => this.#listen(hub, nextMs));
  }

  async #ask<T>(
    orderNo: string | null,
    serve: (hub: Hub) => Promise<T>,
    limitMs: number = timeoutMs,
  ): Promise<T> {
    const { hubs, path, time, life } = this.#parts;
    const up = hubs.filter((one) => one.hub !== null);
    const node = up.length === 0 ? hubs[0] : up.length === 1 ? up[0] : path.chance.pick(up);
    try {
      const answer = await call<T>({
        time,
        path,
        life,
        isServerUp: () => node?.hub !== undefined && node.hub !== null,
        timeoutMs: limitMs,
        subject: orderNo,
        serve: () => {
          const hub = node?.hub ?? null;
          return hub === null ? Promise.reject(new Error("the hub is down")) : serve(hub);
        },
      });
      this.#isAway = false;
      this.#failures = 0;
      return answer;
    } catch (error) {
      this.#isAway = !(error instanceof CallFailed && error.why === "refused");
      this.#failures += 1;
      throw error;
    }
  }
}

function subjectOf(news: HubNews): string | null {
  switch (news.kind) {
    case "attempt":
      return news.attempt.orderNo;
    case "refund":
      return news.refund.orderNo;
    case "receipt_opened":
    case "missed":
    case "provider_call":
      return null;
  }
}
