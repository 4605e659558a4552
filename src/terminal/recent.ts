/**
 * Sales since the last full round and of the days before it, also the settled ones: a success found late, a roll-back or
 * a refund may have been told while nobody listened. And older ones of which a refund has ended since. Asked about in the
 * background, one after the other; the hub's silence, or a failing disk, ends the round until it is taken up again.
 */
import type { EndedMark } from "../ports/ledger.ts";
import { isOnlyThis } from "../ports/link.ts";
import type { Terminal } from "./terminal.ts";

/** Beyond this the provider's own daily list is the judge: the bills of two days have been read by then. */
const recentMs = 3 * 86_400_000;
const pageSize = 50;
/** How many of the newest receipts are brought to the hub again; a repeat changes nothing. */
const receiptsAgain = 50;

/**
 * How far the last round got that went to its end: when it began, by this till's clock, and the last end of a refund
 * that it was told of, by the hub's. The earlier of the two counts, since either clock may have been wrong for a while.
 */
interface Round {
  readonly beganMs: number;
  readonly endedMs: number;
}
const roundKey = "recent_round";
const noRound: Round = { beganMs: 0, endedMs: 0 };

export class Recent {
  readonly #terminal: Terminal;
  /** The sale after which the round goes on; null: from the newest. */
  #after: string | null = null;
  #due: "sales" | "refunds" | "nothing" = "nothing";
  /** Rounds asked for so far: one that is under way when the next is asked for begins anew. */
  #asked = 0;
  #beganMs = 0;
  #underWay: Promise<void> | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Begins a new round, in the background. */
  look(): void {
    this.#due = "sales";
    this.#asked += 1;
    this.#after = null;
    this.#beganMs = this.#terminal.deps.world.nowMs();
    void this.goOn();
  }

  /** Takes up a round that was ended before its time; nothing where none is due. */
  goOn(): Promise<void> {
    if (this.#due === "nothing") return Promise.resolve();
    const { log } = this.#terminal.deps;
    this.#underWay ??= this.#goRound()
      .catch((error: unknown) => log("warn", "hub_not_reached", { error: String(error) }))
      .finally(() => (this.#underWay = null));
    return this.#underWay;
  }

  async #goRound(): Promise<void> {
    const asked = this.#asked;
    const isStill = (): boolean => asked === this.#asked;
    if (this.#due === "sales") await this.#sales(isStill);
    if (isStill()) this.#due = "refunds";
    const endedMs = isStill() ? await this.#olderSales(isStill) : 0;
    if (!isStill()) return this.#goRound();
    this.#due = "nothing";
    if (endedMs !== null) await this.#keep({ beganMs: this.#beganMs, endedMs });
  }

  async #sales(isStill: () => boolean): Promise<void> {
    const { journal } = this.#terminal.deps;
    // What the hub finds out late it finds within days of the sale, whether or not this till was on.
    const sinceMs = Math.min(this.#lastRound()?.beganMs ?? Infinity, this.#beganMs) - recentMs;
    let count = 0;
    for (;;) {
      const page = journal.sales(pageSize, this.#after);
      for (const { sale, receipt } of page) {
        count += 1;
        const isOld = sale.createdAtMs < sinceMs;
        if (isOld && count > receiptsAgain) return;
        if (receipt !== null && count <= receiptsAgain) await this.#bring(sale.id);
        if (!isOld) await this.#ask(sale.id);
        if (!isStill()) return;
        this.#after = sale.id;
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
   * Of which a refund has ended since the last round and the days before it: here or elsewhere, at the provider or by
   * the hub's own last look. However old the sale is, and however long the till was off. Gives the last of those ends;
   * null where the hub can't tell, which the next round asks again.
   */
  async #olderSales(isStill: () => boolean): Promise<number | null> {
    const { link, settings } = this.#terminal.deps;
    const last = this.#lastRound() ?? noRound;
    const sinceMs = Math.min(last.beganMs, last.endedMs, this.#beganMs) - recentMs;
    const known = new Set<string>();
    let after: EndedMark = { endedAtMs: Math.max(0, sinceMs), requestNo: "" };
    let lastMs = last.endedMs;
    for (;;) {
      const { merchantId, terminalId } = settings;
      const page = await this.#told(link.refundsEndedAfter(merchantId, terminalId, after));
      if (page === null) return null;
      for (const { saleId, requestNo, endedAtMs } of page) {
        if (!known.has(saleId)) await this.#ask(saleId);
        if (!isStill()) return lastMs;
        known.add(saleId);
        lastMs = endedAtMs ?? lastMs;
        after = { endedAtMs: lastMs, requestNo };
      }
      if (page.length === 0) return lastMs;
    }
  }

  /** The last that went to its end. */
  #lastRound(): Round | null {
    const kept = this.#terminal.deps.journal.setting(roundKey);
    return kept === null ? null : (JSON.parse(kept) as Round);
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
  async #keep(round: Round): Promise<void> {
    const { journal, log } = this.#terminal.deps;
    const value = JSON.stringify(round);
    await journal
      .commit([{ kind: "setting", key: roundKey, value }], [])
      .catch((error: unknown) => log("warn", "round_not_kept", { error: String(error) }));
  }
}
