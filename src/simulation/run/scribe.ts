/**
 * Writes down what happens, for the auditor, for the coverage table and, where a run is to be told afterwards, for
 * people. What it hands to the auditor comes from the provider's book, the paper, the logs and the screens.
 */
import type { Attempt } from "../../core/payment/attempt.ts";
import type { Refund } from "../../core/payment/refund.ts";
import type { JobState } from "../../core/printing/job.ts";
import type { JournalWrite, MoneyRow } from "../../ports/journal.ts";
import type { LedgerWrite, StreamEvent } from "../../ports/ledger.ts";
import type { Log } from "../../ports/log.ts";
import type { Notification } from "../../sandbox/model/gateway/notifications.ts";
import type { Trade } from "../../sandbox/model/gateway/trades.ts";
import type {
  OrderFact,
  PaperFact,
  RefundFact,
  ShownFact,
  TradeFact,
  Violation,
} from "../auditor/facts.ts";
import { Watch } from "../auditor/watch.ts";
import type { Shown } from "../people/eyes.ts";
import type { PrintedPaper } from "../printer/printer.ts";
import { Coverage } from "../report/coverage.ts";
import type { JournalEars } from "../stores/journal.ts";
import { type Life, startMs } from "../world/machine.ts";
import { type StoryLine, tellEvent } from "../report/story.ts";

export class Scribe {
  clock: { readonly nowMs: number } = { nowMs: 0 };
  readonly coverage = new Coverage();
  readonly orders = new Map<string, OrderFact>();
  readonly trades = new Map<string, TradeFact>();
  readonly papers: PaperFact[] = [];
  readonly shownFacts: ShownFact[] = [];
  readonly attempts = new Map<string, Attempt>();
  readonly refunds = new Map<string, Refund>();
  /** By order or request number: how far the hub's time was off when it wrote the row. */
  readonly hubOffMs = new Map<string, number>();
  readonly money = new Map<string, MoneyRow>();
  /** Null: nobody will want to read it. */
  readonly story: StoryLine[] | null;
  violation: Violation | null = null;
  onNotify: (notification: Notification) => void = () => {};
  readonly #watch: Watch;
  /** By sale: its orders that were refused for good and booked all the same. */
  readonly #liedAbout = new Map<string, string[]>();
  readonly #lastShown = new Map<string, string>();
  readonly #lastOrderOfTill = new Map<string, string>();
  readonly #jobOfSale = new Map<string, JobState>();

  constructor(lateMoney: ConstructorParameters<typeof Watch>[0], keepsStory: boolean) {
    this.#watch = new Watch(lateMoney);
    this.story = keepsStory ? [] : null;
  }

  get trueMs(): number {
    return startMs + this.clock.nowMs;
  }

  tell(
    who: string,
    what: string,
    about: { saleId?: string | null; orderNo?: string | null } = {},
  ): void {
    if (this.story === null) return;
    const orderNo = about.orderNo ?? null;
    const saleId = about.saleId ?? this.orders.get(orderNo ?? "")?.saleId ?? null;
    this.story.push({ atMs: this.clock.nowMs, who, what, saleId, orderNo });
  }

  readonly log = (machine: string, _life: Life): Log =>
    this.story === null
      ? () => {}
      : (level, event, fields) => {
          const orderNo = typeof fields["orderNo"] === "string" ? fields["orderNo"] : null;
          this.tell(`${machine} log`, `${level} ${event} ${JSON.stringify(fields)}`, { orderNo });
        };

  /** A fault met something: counted by the state in which it met it. */
  struck(kind: string, orderNo: string | null, terminalId: string | null = null): void {
    if (kind === "gateway_refused_but_booked" && orderNo !== null) this.#lied(orderNo);
    const about = orderNo ?? (terminalId === null ? null : this.#lastOrderOfTill.get(terminalId));
    const attempt = about ? (this.attempts.get(about)?.state ?? "created") : null;
    const saleId = about ? this.orders.get(about)?.saleId : undefined;
    const job = saleId === undefined ? null : (this.#jobOfSale.get(saleId) ?? null);
    this.coverage.count(kind, attempt, job);
    this.tell("fault", kind, { orderNo: about ?? null });
  }

  journalEars(terminalId: string): JournalEars {
    return {
      asked: (writes) => {
        for (const write of writes)
          if (write.kind === "attempt" && !this.orders.has(write.attempt.orderNo))
            this.#order(terminalId, write.attempt);
      },
      durable: (writes, events) => this.#journalDurable(terminalId, writes, events),
    };
  }

  #order(terminalId: string, attempt: Attempt): void {
    const { orderNo, saleId, amountFen } = attempt;
    const order = { orderNo, saleId, amountFen, atMs: this.trueMs };
    this.orders.set(orderNo, order);
    this.#lastOrderOfTill.set(terminalId, orderNo);
    this.#watch.order(order);
  }

  #journalDurable(
    terminalId: string,
    writes: readonly JournalWrite[],
    events: readonly StreamEvent[],
  ): void {
    for (const write of writes) {
      if (write.kind === "job" && write.job.saleId !== null)
        this.#jobOfSale.set(write.job.saleId, write.job.state);
      if (write.kind === "money") {
        const key = `${terminalId} ${write.row.key}`;
        if (!this.money.has(key)) this.money.set(key, write.row);
      }
      // From when the hub has it, its row is the one that counts.
      if (write.kind === "refund" && !this.hubOffMs.has(write.refund.requestNo))
        this.refunds.set(write.refund.requestNo, write.refund);
    }
    this.#tellEvents(`till ${terminalId}`, events);
  }

  ledgerDurable(writes: readonly LedgerWrite[], events: readonly StreamEvent[]): void {
    const offMs = (events[0]?.atMs ?? this.trueMs) - this.trueMs;
    for (const write of writes) {
      switch (write.kind) {
        case "insert_attempt":
        case "update_attempt":
          this.attempts.set(write.attempt.orderNo, write.attempt);
          this.hubOffMs.set(write.attempt.orderNo, offMs);
          break;
        case "insert_refund":
        case "update_refund":
          this.refunds.set(write.refund.requestNo, write.refund);
          this.hubOffMs.set(write.refund.requestNo, offMs);
          this.#check(
            this.#watch.refund(
              refundFact(write.refund, this.attempts.get(write.refund.orderNo), this.trueMs),
            ),
          );
          break;
        case "withdraw_order":
        case "put_receipt":
        case "put_setting":
        case "raise_setting":
        case "swap_setting":
          break;
      }
    }
    for (const { kind, detail } of events) {
      if (!kind.startsWith("attempt_")) continue;
      const isKnown = detail["to"] === "paid" || detail["latePayment"] !== undefined;
      if (isKnown) this.#check(this.#watch.known(String(detail["orderNo"]), this.trueMs));
    }
    this.#tellEvents("hub", events);
  }

  #tellEvents(who: string, events: readonly StreamEvent[]): void {
    if (this.story === null) return;
    for (const event of events)
      this.tell(who, tellEvent(event), {
        saleId: event.saleId,
        orderNo: typeof event.detail["orderNo"] === "string" ? event.detail["orderNo"] : null,
      });
  }

  trade(trade: Trade): void {
    const fact: TradeFact = {
      orderNo: trade.outTradeNo,
      status: trade.status,
      closedBy: trade.closedBy,
      totalFen: trade.totalFen,
      paidAtMs: trade.paidAtMs,
      refundedFen: trade.refundedFen,
      refunds: trade.refunds,
      atMs: this.trueMs,
    };
    this.trades.set(fact.orderNo, fact);
    this.tell(
      "provider's book",
      `${fact.status} refunded ${fact.refundedFen} ${fact.closedBy ?? ""}`,
      {
        orderNo: fact.orderNo,
      },
    );
    this.#check(this.#watch.trade(fact));
  }

  paper(printerId: string, { n, lines, atMs }: PrintedPaper): void {
    const fact = { printerId, n, lines, atMs: startMs + atMs };
    this.papers.push(fact);
    this.tell(printerId, `paper ${n}: ${lines.join(" | ")}`);
    this.#check(this.#watch.paper(fact));
  }

  #lied(orderNo: string): void {
    const saleId = this.orders.get(orderNo)?.saleId ?? "";
    this.#liedAbout.set(saleId, [...(this.#liedAbout.get(saleId) ?? []), orderNo]);
  }

  readonly shown: Shown = (seen, believed) => {
    // The provider's own proof was false: nobody can be blamed for it before the late money is known.
    const lies = this.#liedAbout.get(seen.saleId) ?? [];
    const deceivedAbout = lies.filter((orderNo) => believed.includes(orderNo));
    const place = `${seen.saleId} ${seen.where}`;
    const words = `${seen.orderNo} ${seen.name} ${seen.mayCharge} ${deceivedAbout}`;
    if (this.#lastShown.get(place) === words) return;
    this.#lastShown.set(place, words);
    const fact = { ...seen, deceivedAbout, atMs: this.trueMs };
    this.shownFacts.push(fact);
    this.tell("shown", `${seen.where}: ${seen.name}${seen.mayCharge ? ", may charge" : ""}`, seen);
    this.#check(this.#watch.shown(fact));
  };

  #check(violation: Violation | null): void {
    this.violation ??= violation;
  }
}

/** Also a refund that a person asked for is of late money where its attempt says so. */
export const refundFact = (
  refund: Refund,
  attempt: Attempt | undefined,
  atMs: number,
): RefundFact => ({
  saleId: refund.saleId,
  orderNo: refund.orderNo,
  requestNo: refund.requestNo,
  amountFen: refund.amountFen,
  latePayment: refund.latePayment || attempt?.latePayment?.decision === "refund",
  state: refund.state,
  atMs,
});
