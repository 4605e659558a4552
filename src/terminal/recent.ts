/**
 * Sales since the last mark and of the days before it, also the settled ones: a success found late, a roll-back or a
 * refund may have been told while nobody listened. And first the older ones of which a refund has ended since. Asked about
 * in the background, one after the other; the hub's silence, or a failing disk, ends the round until it is taken up again.
 */
import type { Refund } from "../core/payment/refund.ts";
import type { EndedMark } from "../ports/ledger.ts";
import { isOnlyThis } from "../ports/link.ts";
import {
  clockSeen,
  earliestMs,
  heardUntil,
  type Mark,
  type Moment,
  refundsSinceMs,
  type Round,
  roundAfter,
  salesSinceMs,
  type WallClock,
} from "./rounds.ts";
import type { Terminal } from "./terminal.ts";

const pageSize = 50;
/** How many of the newest receipts are brought to the hub again; a repeat changes nothing. */
const receiptsAgain = 50;

const markKey = "recent_round";

/** Where a round is, so that it goes on from there. */
interface UnderWay {
  readonly round: Round;
  /** The last ended refund that was asked about; null: none yet. */
  ended: EndedMark | null;
  /** `unknown`: the hub can't tell. */
  refunds: "due" | "done" | "unknown";
  /** The sale that is being asked about or was last, and the last that is done with. */
  at: string | null;
  after: string | null;
  /** How many sales it has come by. */
  passed: number;
}

const starting = (round: Round): UnderWay => ({
  round,
  ended: null,
  refunds: "due",
  at: null,
  after: null,
  passed: 0,
});

export class Recent {
  readonly #terminal: Terminal;
  #underWay: UnderWay | null = null;
  /** Asked for while one is under way. */
  #next: Round | null = null;
  #running: Promise<void> | null = null;
  /** The last round found out all that it asked for. */
  #isWhole = false;
  /** The mark is moved to it once everything of before was heard. */
  #moment: Moment | null = null;
  #markedMs = 0;
  #clock: WallClock | null = null;
  /** The last end of a refund that is kept here, by the hub's clock. */
  #endedMs = 0;
  /** News that are being taken in. */
  #takenIn = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Something may have been missed until now: it is asked about, in the background. */
  look(): void {
    const nowMs = earliestMs(this.#seeClock());
    this.#moment = null;
    if (this.#underWay === null) this.#underWay = starting({ beganMs: nowMs, sales: "all" });
    else this.#next = roundAfter(this.#underWay.round, this.#underWay.at, nowMs);
    void this.goOn();
  }

  /** Takes up a round that was ended before its time; nothing where none is due. */
  goOn(): Promise<void> {
    if (this.#underWay === null) return Promise.resolve();
    const { log } = this.#terminal.deps;
    this.#running ??= this.#go()
      .catch((error: unknown) => log("warn", "hub_not_reached", { error: String(error) }))
      .finally(() => (this.#running = null));
    return this.#running;
  }

  /** Until they are kept, or it is known that they aren't, nobody can say that everything was heard. */
  async takeIn(news: () => Promise<void>): Promise<void> {
    this.#takenIn += 1;
    try {
      await news();
    } finally {
      this.#takenIn -= 1;
    }
  }

  refundKept({ endedAtMs }: Refund): void {
    this.#endedMs = Math.max(this.#endedMs, endedAtMs ?? 0);
  }

  /** To be called now and then: while everything is heard, the next round needn't go further back than that. */
  async keepUp(): Promise<void> {
    const { link } = this.#terminal.deps;
    const clock = this.#seeClock();
    const now = { wallMs: earliestMs(clock), monotonicMs: clock.seen.monotonicMs };
    const { moment, isProven } = heardUntil(this.#moment, {
      now,
      markedMs: this.#markedMs,
      unheardMs: link.unheardMs(),
      isAllKept: this.#isWhole && this.#underWay === null && this.#takenIn === 0,
    });
    this.#moment = isProven ? null : moment;
    if (moment === null || !isProven) return;
    const endedMs = Math.max(this.#endedMs, this.#last()?.endedMs ?? 0);
    await this.#keep({ beganMs: moment.wallMs, endedMs });
  }

  #seeClock(): WallClock {
    const { world } = this.#terminal.deps;
    const now = { wallMs: world.nowMs(), monotonicMs: world.monotonicMs() };
    this.#clock = clockSeen(this.#clock, now);
    return this.#clock;
  }

  async #go(): Promise<void> {
    for (;;) {
      const way = this.#underWay;
      if (way === null) return;
      if (way.refunds === "due") await this.#olderSales(way);
      const { sales } = way.round;
      if (sales !== "none") await this.#sales(way, sales === "all" ? null : sales.until);
      this.#isWhole = way.refunds === "done";
      const endedMs = Math.max(way.ended?.endedAtMs ?? 0, this.#last()?.endedMs ?? 0);
      if (this.#isWhole) await this.#keep({ beganMs: way.round.beganMs, endedMs });
      this.#underWay = this.#next === null ? null : starting(this.#next);
      this.#next = null;
    }
  }

  async #sales(way: UnderWay, until: string | null): Promise<void> {
    const { journal } = this.#terminal.deps;
    const sinceMs = salesSinceMs(this.#last(), way.round.beganMs);
    for (;;) {
      const page = journal.sales(pageSize, way.after);
      for (const { sale, receipt } of page) {
        const isOld = sale.createdAtMs < sinceMs;
        if (isOld && way.passed >= receiptsAgain) return;
        way.at = sale.id;
        if (receipt !== null && way.passed < receiptsAgain) await this.#bring(sale.id);
        if (!isOld) await this.#ask(sale.id);
        way.after = sale.id;
        way.passed += 1;
        if (sale.id === until) return;
      }
      if (page.length < pageSize) return;
    }
  }

  /** Also those that became void before the newest. The hub tells again of one that was opened meanwhile. */
  async #bring(saleId: string): Promise<void> {
    for (const receipt of this.#terminal.deps.journal.receipts(saleId))
      if ((await this.#terminal.receiptsAtHub.put(receipt)) === "hub_away")
        throw new Error("the hub takes no receipt");
  }

  /**
   * Of which a refund has ended since the last mark and the days before it: here or elsewhere, at the provider or by the
   * hub's own last look. However old the sale is, and however long the till was off. Where the hub can't tell, the next
   * round asks again.
   */
  async #olderSales(way: UnderWay): Promise<void> {
    const { link, settings } = this.#terminal.deps;
    const { merchantId, terminalId } = settings;
    const last = this.#last();
    const known = new Set<string>();
    const sinceMs = refundsSinceMs(last, way.round.beganMs);
    for (;;) {
      const after = way.ended ?? { endedAtMs: sinceMs, requestNo: "" };
      const page = await this.#told(link.refundsEndedAfter(merchantId, terminalId, after));
      for (const { saleId, requestNo, endedAtMs } of page ?? []) {
        if (!known.has(saleId)) await this.#ask(saleId);
        known.add(saleId);
        way.ended = { endedAtMs: endedAtMs ?? after.endedAtMs, requestNo };
      }
      if (page === null) way.refunds = "unknown";
      if (page?.length === 0) way.refunds = "done";
      if (way.refunds !== "due") return;
    }
  }

  #last(): Mark | null {
    const kept = this.#terminal.deps.journal.setting(markKey);
    return kept === null ? null : (JSON.parse(kept) as Mark);
  }

  async #ask(saleId: string): Promise<void> {
    const { link } = this.#terminal.deps;
    for (const attempt of this.#terminal.book.record(saleId)?.attempts ?? []) {
      if (attempt.state === "created" || attempt.unpaidEnd === "never_sent") continue;
      const { merchantId, orderNo } = attempt;
      // Known, and not to be taken here: the sales before it are asked about all the same.
      const isAsked = !this.#terminal.isUntaken(saleId);
      const truth = isAsked ? await this.#told(link.attempt(merchantId, orderNo)) : null;
      if (truth !== null) await this.#terminal.learn(truth);
      for (const refund of (await this.#told(link.refunds(merchantId, orderNo))) ?? [])
        await this.#terminal.learnRefund(refund);
    }
  }

  /** Null too where the hub refuses just this, or can't be understood: that keeps no other sale from being asked about. */
  async #told<T>(answer: Promise<T>): Promise<T | null> {
    return answer.catch((error: unknown) => {
      if (!isOnlyThis(error)) throw error;
      this.#terminal.deps.log("warn", "hub_told_nothing", { error: String(error) });
      return null;
    });
  }

  /** Not kept, the next round asks about more than it must, and that is all. */
  async #keep(mark: Mark): Promise<void> {
    const { journal, log, world } = this.#terminal.deps;
    this.#markedMs = world.monotonicMs();
    const value = JSON.stringify(mark);
    await journal
      .commit([{ kind: "setting", key: markKey, value }], [])
      .catch((error: unknown) => log("warn", "round_not_kept", { error: String(error) }));
  }
}
