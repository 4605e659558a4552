/** The hub: holds the provider, drives attempts and refunds to their end, keeps the ledger and the electronic receipts. */
import type { ProviderCall } from "../core/diagnosis/evidence.ts";
import type { Attempt } from "../core/payment/attempt.ts";
import type { AttemptEvent } from "../core/payment/events.ts";
import type { Refund } from "../core/payment/refund.ts";
import { attemptMovedBy, takenUpBy } from "../core/payment/moments.ts";
import { isContradicted } from "../core/payment/states.ts";
import { parseReceiptNumber } from "../core/receipt/number.ts";
import type { Receipt } from "../core/receipt/receipt.ts";
import type { EndedMark, LedgerWrite, StoredEvent } from "../ports/ledger.ts";
import type {
  EpochAsk,
  EpochGrant,
  HubNews,
  Link,
  PayIntent,
  PayReply,
  ProviderHealth,
  RefundIntent,
  RefundReply,
  WithdrawReply,
} from "../ports/link.ts";
import type { ReceiptMoney } from "../ports/till.ts";
import { createNewsroom, type HubDeps, type HubTools, type Newsroom } from "./deps.ts";
import { Driver } from "./driver.ts";
import { Epochs } from "./epochs.ts";
import { Follower } from "./follow.ts";
import { createHealthMeter, type HealthMeter } from "./health.ts";
import { Intake } from "./intake.ts";
import { Refunds } from "./refunds.ts";
import { Spans } from "./spans.ts";
import { type SteadyWorld, steadyWorld } from "./steady.ts";
import { Timer } from "./timer.ts";

const askEvents = {
  query: { kind: "query_asked" },
  stop: { kind: "stop_asked" },
  reverse: { kind: "reverse_asked" },
  goods_left: { kind: "goods_left" },
  sale_ended: { kind: "sale_ended" },
} as const satisfies Record<Parameters<Link["ask"]>[2], AttemptEvent>;

/** Nobody sees less, and the two clocks are never read at quite the same moment. */
const seenMsMin = 1_000;

/** Refunds in one answer. */
const refundsPage = 50;

const highestKey = (terminalId: string): string => `receipt_highest_${terminalId}`;

export class Hub implements Link {
  readonly #deps: HubTools;
  readonly #clock: SteadyWorld;
  readonly #spans: Spans;
  readonly #newsroom: Newsroom;
  readonly #meter: HealthMeter;
  readonly #driver: Driver;
  readonly #refunds: Refunds;
  readonly #epochs: Epochs;
  readonly #intake: Intake;
  readonly #timer: Timer;
  readonly #follower: Follower;

  constructor(given: HubDeps) {
    this.#clock = steadyWorld(given.world, given.log);
    this.#spans = new Spans();
    const ledger = this.#spans.watched(given.ledger);
    const deps = { ...given, world: this.#clock, ledger, spans: this.#spans };
    this.#deps = deps;
    this.#newsroom = createNewsroom(deps.log);
    this.#meter = createHealthMeter(deps.world, ({ about, call, elsewhere }) =>
      this.#newsroom.publish(about.terminalId, { kind: "provider_call", call, elsewhere }),
    );
    this.#driver = new Driver(deps, this.#newsroom, this.#meter);
    this.#refunds = new Refunds(deps, this.#newsroom, this.#meter);
    this.#epochs = new Epochs(deps);
    this.#intake = new Intake(deps, this.#driver, this.#newsroom, this.#epochs);
    this.#timer = new Timer(deps, this.#driver, this.#refunds);
    this.#follower = new Follower(deps, this.#spans, this.#timer);
  }

  /** Takes up what a crash left behind, then starts the timers: a row that is due is not asked about as it was left. */
  async start(): Promise<void> {
    if (this.#deps.sole) {
      await this.#takeUp();
      // Hubs that share a ledger would have to be set all at once.
      this.#follower.begin();
    }
    this.#timer.start();
  }

  /**
   * Every attempt whose end isn't proven: how long it has lived nobody knows any more, whatever the clock says now; and
   * every refund that has no end. And what was written before the clock was set back, and waits for that future.
   */
  async #takeUp(): Promise<void> {
    const { world, ledger, timing } = this.#deps;
    const nowMs = world.nowMs();
    const interrupted = await ledger.interrupted();
    const waiting = await ledger.attemptsDueAfter(0);
    this.#spans.noteAttempts(waiting);
    const refunds = await ledger.refundsDueAfter(0);
    this.#spans.noteRefunds(refunds);
    const known = new Set(interrupted.map((one) => one.orderNo));
    const eventOf = (one: Attempt): AttemptEvent | null =>
      known.has(one.orderNo) ? null : takenUpBy(one, timing, nowMs);
    await Promise.all([
      ...interrupted.map((one) => this.#driver.apply(one, { kind: "restart" }, "hub")),
      ...waiting.map((one) => {
        const event = eventOf(one);
        return event === null ? null : this.#driver.apply(one, event, "hub");
      }),
      ...refunds.map((one) => this.#refunds.apply(one, { kind: "restart" }, "hub")),
    ]);
  }

  async stop(): Promise<void> {
    await this.#timer.stop();
  }

  async pay(intent: PayIntent): Promise<PayReply> {
    this.#follower.look();
    return this.#tellsIn(await this.#intake.pay(intent));
  }

  async withdraw(merchantId: string, orderNo: string): Promise<WithdrawReply> {
    return this.#tellsIn(await this.#intake.withdraw(merchantId, orderNo));
  }

  async attempt(merchantId: string, orderNo: string): Promise<Attempt | null> {
    const found = await this.#deps.ledger.attempt(merchantId, orderNo);
    return found === null ? null : this.#told(found);
  }

  /** What is told bears the wall clock's time: only in here anything counts by ours, which may have parted from it. */
  #told(attempt: Attempt): Attempt {
    const behindMs = this.#clock.wallMs() - this.#clock.nowMs();
    return Math.abs(behindMs) < seenMsMin ? attempt : attemptMovedBy(attempt, behindMs);
  }

  #tellsIn<Said extends PayReply | WithdrawReply | HubNews>(said: Said): Said {
    return "attempt" in said ? { ...said, attempt: this.#told(said.attempt) } : said;
  }

  async ask(
    merchantId: string,
    orderNo: string,
    what: keyof typeof askEvents,
  ): Promise<Attempt | null> {
    const attempt = await this.#deps.ledger.attempt(merchantId, orderNo);
    if (attempt === null) return null;
    const actor = `terminal ${attempt.terminalId}`;
    return this.#told(await this.#driver.apply(attempt, askEvents[what], actor));
  }

  refund(intent: RefundIntent): Promise<RefundReply> {
    this.#follower.look();
    return this.#refunds.accept(intent);
  }

  refundState(merchantId: string, requestNo: string): Promise<Refund | null> {
    return this.#deps.ledger.refund(merchantId, requestNo);
  }

  refunds(merchantId: string, orderNo: string): Promise<readonly Refund[]> {
    return this.#deps.ledger.refundsOfOrder(merchantId, orderNo);
  }

  refundsEndedAfter(
    merchantId: string,
    terminalId: string,
    after: EndedMark,
  ): Promise<readonly Refund[]> {
    return this.#deps.ledger.refundsEndedAfter(merchantId, terminalId, after, refundsPage);
  }

  /** A receipt that the customer has opened already is told again: the terminal may have missed that news. */
  async putReceipt(merchantId: string, receipt: Receipt): Promise<void> {
    const { ledger, log } = this.#deps;
    const { number, saleId } = receipt;
    const put = { kind: "put_receipt", merchantId, receipt } as const;
    const result = await ledger.commit([put, ...raisedHighest(receipt)], []);
    if (result !== "committed") {
      // The link on the first paper stays good; asking again would change nothing.
      log("error", "incident", { name: result, number, saleId });
      return;
    }
    if (receipt.openedAtMs !== null) return;
    const stored = await ledger.receiptByToken(receipt.token);
    const atMs = stored?.receipt.openedAtMs ?? null;
    if (atMs === null) return;
    const news = { kind: "receipt_opened", saleId, number, atMs } as const;
    this.#newsroom.publish(receipt.content.issuer.terminalNo, news);
  }

  async highestReceipt(terminalId: string): Promise<number> {
    return Number((await this.#deps.ledger.setting(highestKey(terminalId))) ?? 0);
  }

  grantEpoch(ask: EpochAsk): Promise<EpochGrant> {
    return this.#epochs.grant(ask);
  }

  holdEpoch(ask: EpochAsk): Promise<boolean> {
    return this.#epochs.hold(ask);
  }

  history(saleId: string): Promise<readonly StoredEvent[]> {
    return this.#deps.ledger.events(saleId);
  }

  health(): ProviderHealth {
    return this.#meter.health();
  }

  /** What the hub itself saw of the provider between the sales: news for every terminal. */
  observed(call: ProviderCall): void {
    this.#newsroom.publishToAll({ kind: "provider_call", call, elsewhere: null });
  }

  unheardMs(): number {
    return 0;
  }

  onNews(terminalId: string, listener: (news: HubNews) => void): () => void {
    return this.#newsroom.listen(terminalId, (news) => listener(this.#tellsIn(news)));
  }

  /**
   * Handles a provider's notification. True only when it was verified and its attempt is durable in its new state:
   * only then may the provider be told `success`.
   */
  async notified(form: Readonly<Record<string, string>>): Promise<boolean> {
    const { provider, ledger, log } = this.#deps;
    const notification = provider.readNotification(form);
    if (notification === null) {
      log("warn", "notification_refused", {});
      return false;
    }
    const attempt = await ledger.attemptByOrder(notification.orderNo);
    if (attempt === null) {
      log("warn", "notification_of_unknown_order", { orderNo: notification.orderNo });
      return false;
    }
    const event = { kind: "notified", notification } as const;
    const { result } = await this.#driver.tryApply(attempt, event, "provider");
    return result !== "stale";
  }

  /** The document behind an electronic receipt's address; null for an address that never was. */
  async electronicReceipt(token: string): Promise<Receipt | null> {
    return (await this.#deps.ledger.receiptByToken(token))?.receipt ?? null;
  }

  async receiptMoney(token: string): Promise<ReceiptMoney> {
    const { ledger } = this.#deps;
    const found = await ledger.receiptByToken(token);
    if (found === null) return { refunds: [], isContradicted: false };
    const { merchantId, receipt } = found;
    const { orderNo } = receipt.content;
    const attempt = await ledger.attempt(merchantId, orderNo);
    return {
      refunds: await ledger.refundsOfOrder(merchantId, orderNo),
      isContradicted: attempt !== null && isContradicted(attempt),
    };
  }

  /** The customer pressed the button. A mere look doesn't count: link previews look too. */
  async receiptOpened(token: string): Promise<Receipt | null> {
    const { ledger, world } = this.#deps;
    const found = await ledger.receiptByToken(token);
    if (found === null || found.receipt.openedAtMs !== null) return found?.receipt ?? null;
    const receipt: Receipt = { ...found.receipt, openedAtMs: world.wallMs() };
    const { saleId } = receipt;
    const said = {
      stream: saleId,
      saleId,
      atMs: world.wallMs(),
      actor: "customer",
      kind: "receipt_opened",
      detail: { number: receipt.number },
    };
    await ledger.commit([{ kind: "put_receipt", merchantId: found.merchantId, receipt }], [said]);
    const terminalId = receipt.content.issuer.terminalNo;
    this.#newsroom.publish(terminalId, {
      kind: "receipt_opened",
      saleId,
      number: receipt.number,
      atMs: receipt.openedAtMs ?? 0,
    });
    return receipt;
  }
}

/** What a terminal that lost its journal goes on above; kept in the receipt's own commit. */
function raisedHighest({ number, content }: Receipt): readonly LedgerWrite[] {
  const counter = parseReceiptNumber(number)?.counter;
  if (counter === undefined) return [];
  return [{ kind: "raise_setting", key: highestKey(content.issuer.terminalNo), value: counter }];
}
