/**
 * Sales of the last days, also the settled ones: a success found late, a roll-back or a refund may have been told while
 * nobody listened. Asked about in the background, one after the other; the first that fails ends the round.
 */
import type { Terminal } from "./terminal.ts";

/** Beyond this the provider's own daily list is the judge: the bills of two days have been read by then. */
const recentMs = 3 * 86_400_000;
const pageSize = 50;
/** How many of the newest receipts are brought to the hub again; a repeat changes nothing. */
const receiptsAgain = 50;

export class Recent {
  readonly #terminal: Terminal;
  /** The sale after which the round goes on; null: from the newest. */
  #after: string | null = null;
  #isDue = false;
  /** Rounds asked for so far: one that is under way when the next is asked for begins anew. */
  #asked = 0;
  #underWay: Promise<void> | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Begins a new round, in the background. */
  look(): void {
    this.#isDue = true;
    this.#asked += 1;
    this.#after = null;
    void this.goOn();
  }

  /** Takes up a round that the hub's silence ended; nothing where none is due. */
  goOn(): Promise<void> {
    if (!this.#isDue) return Promise.resolve();
    const { log } = this.#terminal.deps;
    this.#underWay ??= this.#round()
      .catch((error: unknown) => log("warn", "hub_not_reached", { error: String(error) }))
      .finally(() => (this.#underWay = null));
    return this.#underWay;
  }

  async #round(): Promise<void> {
    const { journal, world } = this.#terminal.deps;
    const sinceMs = world.nowMs() - recentMs;
    const asked = this.#asked;
    let count = 0;
    for (;;) {
      const page = journal.sales(pageSize, this.#after);
      for (const { sale, receipt } of page) {
        count += 1;
        const isOld = sale.createdAtMs < sinceMs;
        if (isOld && count > receiptsAgain) return this.#end();
        if (receipt !== null && count <= receiptsAgain) await this.#bring(sale.id);
        if (!isOld) await this.#ask(sale.id);
        if (asked !== this.#asked) return this.#round();
        this.#after = sale.id;
      }
      if (page.length < pageSize) return this.#end();
    }
  }

  /** Also those that became void before the newest. The hub tells again of one that was opened meanwhile. */
  async #bring(saleId: string): Promise<void> {
    for (const receipt of this.#terminal.deps.journal.receipts(saleId))
      if (!(await this.#terminal.receiptsAtHub.put(receipt)))
        throw new Error("the hub takes no receipt");
  }

  async #ask(saleId: string): Promise<void> {
    const { link } = this.#terminal.deps;
    for (const attempt of this.#terminal.book.record(saleId)?.attempts ?? []) {
      if (attempt.state === "created" || attempt.unpaidEnd === "never_sent") continue;
      // Known, and not to be taken here: the sales before it are asked about all the same.
      if (!this.#terminal.isUntaken(saleId)) await this.#terminal.learnIfThere(attempt);
      const { merchantId, orderNo } = attempt;
      for (const refund of await link.refunds(merchantId, orderNo))
        await this.#terminal.learnRefund(refund);
    }
  }

  #end(): void {
    this.#isDue = false;
  }
}
