/** The terminal's link to a hub in another process: `Link` over signed HTTP. */
import type { z } from "zod";
import { isLinkRefusal } from "../../../core/link/refusals.ts";
import type {
  EpochAsk,
  HubNews,
  Link,
  PayIntent,
  PayReply,
  ProviderHealth,
} from "../../../ports/link.ts";
import type { Log } from "../../../ports/log.ts";
import type { World } from "../../../ports/world.ts";
import type { KeyPair } from "../keys.ts";
import { type Caller, HubRefused, newCaller, NotTheHub } from "./calls.ts";
import {
  type Cursor,
  type HubSettings,
  type Message,
  MESSAGES,
  newsWaitMsMax,
  payAgainTimeoutMs,
} from "./messages.ts";
import type { NewsAnswer } from "./newsstand.ts";
import { NeverLeft, openTransport, type Transport, type TransportOptions } from "./transport.ts";

export interface HttpLinkOptions extends TransportOptions {
  readonly keys: KeyPair;
  /** The hub's public key, pinned at enrolment. */
  readonly hubKey: string;
  readonly world: World;
  readonly log: Log;
  /** As it was last known, from an earlier start; null at the first. */
  readonly settings: HubSettings | null;
  /** Called when the hub tells other settings than before, so that they can be kept. */
  readonly onSettings?: (settings: HubSettings) => void;
  /** Shorter than the messages' own, for tests. */
  readonly timeoutMs?: number;
}

export interface HttpLink extends Link {
  /** What the hub last said about itself and this terminal; null when it never has. */
  settings(): HubSettings | null;
  /** Asks the hub for its settings. Rejects like any call. */
  hello(): Promise<HubSettings>;
  /** The hub's time, epoch ms. */
  hubTimeMs(): number;
  /** Null while the hub answers; else why the last call failed. */
  away(): string | null;
  close(): void;
}

type NewsAsk = z.input<(typeof MESSAGES)["news"]["ask"]>;

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error("an odd exception");

const retryMs = 500;
const retryMsMax = 5_000;

/** Throws in plain words where the address can't or mustn't be used; doesn't wait for the hub. */
export function openHttpLink(options: HttpLinkOptions): HttpLink {
  return new HubOverHttp(options, openTransport(options));
}

class HubOverHttp implements HttpLink {
  readonly #options: HttpLinkOptions;
  readonly #transport: Transport;
  readonly #caller: Caller;
  readonly #listeners = new Set<(news: HubNews) => void>();
  #poll = new AbortController();
  #closed = false;
  #settings: HubSettings | null;
  #failures = 0;
  #away: string | null = null;
  #listening = false;
  /** When the last poll that brought all the news was asked, monotonic; null: none yet. */
  #wholeMs: number | null = null;

  constructor(options: HttpLinkOptions, transport: Transport) {
    this.#options = options;
    this.#transport = transport;
    this.#settings = options.settings;
    const { keys, hubKey, world } = options;
    this.#caller = newCaller({ transport, keys, hubKey, world });
  }

  settings(): HubSettings | null {
    return this.#settings;
  }

  hubTimeMs(): number {
    return this.#caller.timeMs();
  }

  away(): string | null {
    return this.#away;
  }

  async hello(): Promise<HubSettings> {
    const settings = await this.#call(MESSAGES.hello, () => ({}));
    if (JSON.stringify(settings) !== JSON.stringify(this.#settings)) {
      this.#settings = settings;
      this.#options.onSettings?.(settings);
    }
    return settings;
  }

  /** Never rejects where it is proven that nothing was sent: then the till can say so at once. */
  async pay(intent: PayIntent): Promise<PayReply> {
    const { world, log } = this.#options;
    const calledMs = world.monotonicMs();
    const ask = () => ({
      intent: { ...intent, ageMs: intent.ageMs + world.monotonicMs() - calledMs },
      livemode: this.#settings?.livemode ?? false,
    });
    const timeoutMs = intent.again ? payAgainTimeoutMs : MESSAGES.pay.timeoutMs;
    try {
      return await this.#call(MESSAGES.pay, ask, timeoutMs);
    } catch (error) {
      const { orderNo } = intent;
      if (error instanceof NeverLeft) {
        log("warn", "pay_never_left", { orderNo, error: error.message });
        return { kind: "refused", reason: "hub_not_reached" };
      }
      if (!(error instanceof HubRefused) || !error.nothingDone) throw error;
      log("error", "pay_refused_by_hub", { orderNo, refusal: error.refusal });
      if (error.refusal === "settings_changed") await this.hello().catch(() => null);
      if (!isLinkRefusal(error.refusal)) return { kind: "refused", reason: "till_too_old" };
      const stopping = error.refusal === "stopping";
      return { kind: "refused", reason: stopping ? "hub_not_reached" : "hub_refused" };
    }
  }

  withdraw(merchantId: string, orderNo: string): ReturnType<Link["withdraw"]> {
    return this.#call(MESSAGES.withdraw, () => ({ merchantId, orderNo }));
  }

  attempt(merchantId: string, orderNo: string): ReturnType<Link["attempt"]> {
    return this.#call(MESSAGES.attempt, () => ({ merchantId, orderNo }));
  }

  ask(
    merchantId: string,
    orderNo: string,
    what: Parameters<Link["ask"]>[2],
  ): ReturnType<Link["ask"]> {
    return this.#call(MESSAGES.ask, () => ({ merchantId, orderNo, what }));
  }

  /** Refused in a word that this till doesn't know: whether nothing was done of it the hub's own books say. */
  async refund(intent: Parameters<Link["refund"]>[0]): ReturnType<Link["refund"]> {
    const reply = await this.#call(MESSAGES.refund, () => intent);
    if (reply.kind !== "refused" || reply.reason !== "till_too_old") return reply;
    const taken = await this.refundState(intent.merchantId, intent.requestNo);
    return taken === null ? reply : { kind: "accepted", refund: taken };
  }

  refundState(merchantId: string, requestNo: string): ReturnType<Link["refundState"]> {
    return this.#call(MESSAGES.refundState, () => ({ merchantId, requestNo }));
  }

  refunds(merchantId: string, orderNo: string): ReturnType<Link["refunds"]> {
    return this.#call(MESSAGES.refunds, () => ({ merchantId, orderNo }));
  }

  /** A hub of an older version isn't away: it takes payments as ever. */
  async refundsEndedAfter(
    ...[merchantId, terminalId, after]: Parameters<Link["refundsEndedAfter"]>
  ): ReturnType<Link["refundsEndedAfter"]> {
    const ask = () => ({ merchantId, terminalId, after });
    const isOld = (error: Error): boolean => error instanceof NotTheHub && error.isUnknownThere;
    return this.#call(MESSAGES.refundsEndedAfter, ask, undefined, isOld).catch((error: unknown) => {
      if (isOld(asError(error))) return null;
      throw error;
    });
  }

  async putReceipt(...[merchantId, receipt]: Parameters<Link["putReceipt"]>): Promise<void> {
    await this.#call(MESSAGES.putReceipt, () => ({ merchantId, receipt }));
  }

  highestReceipt(terminalId: string): ReturnType<Link["highestReceipt"]> {
    return this.#call(MESSAGES.highestReceipt, () => ({ terminalId }));
  }

  grantEpoch(ask: EpochAsk): ReturnType<Link["grantEpoch"]> {
    return this.#call(MESSAGES.grantEpoch, () => ask);
  }

  holdEpoch(ask: EpochAsk): ReturnType<Link["holdEpoch"]> {
    return this.#call(MESSAGES.holdEpoch, () => ask);
  }

  history(saleId: string): ReturnType<Link["history"]> {
    return this.#call(MESSAGES.history, () => ({ saleId }));
  }

  health(): ProviderHealth {
    if (this.#away !== null)
      return { state: "hub_away", lastAnswerMs: null, failuresInARow: this.#failures };
    return this.#caller.health() ?? { state: "not_asked", lastAnswerMs: null, failuresInARow: 0 };
  }

  /** An answer brings whatever was told before its poll was asked, unless it says that some was missed. */
  unheardMs(): number {
    return this.#wholeMs === null ? Infinity : this.#options.world.monotonicMs() - this.#wholeMs;
  }

  /** A hub tells a terminal only its own news, whatever id is asked for. */
  onNews(_terminalId: string, listener: (news: HubNews) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#listening) void this.#listen();
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#poll.abort();
    this.#transport.close();
  }

  async #call<Ask, Answer>(
    message: Message<Ask, Answer>,
    ask: () => Ask,
    timeoutMs: number = message.timeoutMs,
    saysNothing: (error: Error) => boolean = () => false,
  ): Promise<Answer> {
    try {
      const limit = Math.min(timeoutMs, this.#options.timeoutMs ?? timeoutMs);
      const answer = await this.#caller.call(message, ask, { timeoutMs: limit });
      this.#heard(null);
      return answer;
    } catch (error) {
      if (saysNothing(asError(error))) throw error;
      this.#heard(asError(error));
      // The waiting poll can't know yet that the hub is away: a fresh one finds out, and finds it again.
      if (this.#away !== null) this.#poll.abort();
      throw error;
    }
  }

  #heard(error: Error | null): void {
    if (error === null || (error instanceof HubRefused && error.refusal !== "revoked")) {
      if (this.#away !== null) this.#options.log("info", "hub_back", { failures: this.#failures });
      this.#failures = 0;
      this.#away = null;
    } else {
      this.#failures += 1;
      if (this.#away !== error.message)
        this.#options.log("warn", "hub_away", { error: error.message });
      this.#away = error.message;
    }
  }

  /** One poll after the other; each confirms the news of the one before. */
  async #listen(): Promise<void> {
    this.#listening = true;
    let cursor: Cursor | null = null;
    let pauseMs = retryMs;
    while (!this.#closed) {
      const after: Cursor | null = cursor;
      // Once the hub was away the first thing wanted is a sign of life.
      const waitMs = this.#away === null ? newsWaitMsMax : 0;
      this.#poll = new AbortController();
      const { signal } = this.#poll;
      const askedMs = this.#options.world.monotonicMs();
      try {
        const ask = (): NewsAsk => ({ after, waitMs });
        const told: NewsAnswer = await this.#caller.call(MESSAGES.news, ask, { signal });
        this.#heard(null);
        pauseMs = retryMs;
        if (told.cursor.epoch !== after?.epoch) await this.hello();
        for (const news of told.news) this.#tell(news);
        cursor = told.cursor;
        if (told.news.every(({ kind }) => kind !== "missed")) this.#wholeMs = askedMs;
      } catch (error) {
        if (this.#closed) return;
        if (!signal.aborted) {
          this.#heard(asError(error));
        }
        await this.#pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, retryMsMax);
      }
    }
  }

  #tell(news: HubNews): void {
    for (const listener of this.#listeners) {
      try {
        listener(news);
      } catch (error) {
        this.#options.log("error", "news_listener_failed", { error: String(error) });
      }
    }
  }

  #pause(ms: number): Promise<void> {
    const { world } = this.#options;
    return new Promise((resolve) => {
      world.after(ms * (0.5 + world.random() / 2), resolve);
    });
  }
}
