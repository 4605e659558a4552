/**
 * What the hub must hear of a sale that people decided here: that it ended, that it was given up, that the goods left.
 * Nothing is ticked off by having been sent: it is owed until the hub's own copy of the attempt shows it.
 */
import type { Attempt } from "../core/payment/attempt.ts";
import type { SaleState } from "../core/payment/sale.ts";
import { isLive } from "../core/payment/states.ts";
import type { SaleRecord } from "../ports/journal.ts";
import type { Link } from "../ports/link.ts";
import type { Terminal } from "./terminal.ts";

interface Owed {
  readonly attempt: Attempt;
  readonly what: Parameters<Link["ask"]>[2];
}

const endedUnpaid: Readonly<Record<SaleState, boolean>> = {
  open: false,
  paid: false,
  unpaid: true,
  paid_otherwise: true,
  abandoned: true,
};

/** Oldest attempt first; empty once the hub knows it all. */
export function owedToHub({ sale, attempts }: SaleRecord): readonly Owed[] {
  // What never reached the hub has nothing there that could be told.
  const known = attempts.filter((one) => one.state !== "created" && one.unpaidEnd !== "never_sent");
  if (sale.state === "open") {
    const open = known.filter((one) => !one.goodsLeft && one.state !== "paid");
    return sale.goodsLeft === null
      ? []
      : open.map((attempt) => ({ attempt, what: "goods_left" as const }));
  }
  if (!endedUnpaid[sale.state]) return [];
  return known.flatMap((attempt) => {
    const toReverse = isLive(attempt) && attempt.state !== "reversing";
    return [
      ...(toReverse ? [{ attempt, what: "reverse" as const }] : []),
      ...(attempt.saleEnded ? [] : [{ attempt, what: "sale_ended" as const }]),
    ];
  });
}

export class Telling {
  readonly #terminal: Terminal;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Tells what is owed of this sale now. What doesn't reach the hub stays owed; whoever watches asks again. */
  tell(saleId: string): Promise<void> {
    const known = this.#underWay.get(saleId);
    if (known !== undefined) return known;
    const record = this.#terminal.book.record(saleId);
    const owed = record === null ? [] : owedToHub(record);
    if (owed.length === 0) return Promise.resolve();
    const told = this.#tellAll(owed).finally(() => this.#underWay.delete(saleId));
    this.#underWay.set(saleId, told);
    return told;
  }

  async #tellAll(owed: readonly Owed[]): Promise<void> {
    const { link, log } = this.#terminal.deps;
    for (const { attempt, what } of owed) {
      const { merchantId, orderNo, saleId } = attempt;
      try {
        const truth = await link.ask(merchantId, orderNo, what);
        if (truth !== null) await this.#terminal.learn(truth);
        else if (what === "sale_ended") await this.#unknownThere(saleId, orderNo);
      } catch (error) {
        log("warn", "hub_not_reached", { orderNo, what, error: String(error) });
        return;
      }
    }
  }

  /** A hub that doesn't have this order can't accept its money either. */
  async #unknownThere(saleId: string, orderNo: string): Promise<void> {
    await this.#terminal.book.change(saleId, (record) => {
      const attempts = record.attempts.map((one) =>
        one.orderNo === orderNo ? { ...one, saleEnded: true } : one,
      );
      return { record: { ...record, attempts }, events: [], result: null };
    });
  }
}
