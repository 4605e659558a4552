/** A cashier: serves one customer after the other, whatever breaks, and never gives up on a request she has made. */
import { randomUUID } from "node:crypto";
import type { SaleView } from "../../core/till/view.ts";
import type { Chance } from "../chance.ts";
import { Away, isTrouble, pause, Refused } from "../shop/calls.ts";
import type { Shop } from "../shop/shop.ts";
import { JOURNEYS } from "./journeys.ts";
import type { Till } from "./till.ts";
import type { Tray } from "./tray.ts";

const patienceMs = 20_000;
const lookEveryMs = 60;

export class Cashier {
  readonly shop: Shop;
  readonly till: Till;
  readonly tray: Tray;
  readonly chance: Chance;
  /** Of the gateway's list of amounts that provoke something. */
  readonly provoking: readonly number[];
  #goesHome = false;
  served = 0;

  constructor(parts: Pick<Cashier, "shop" | "till" | "tray" | "chance" | "provoking">) {
    this.shop = parts.shop;
    this.till = parts.till;
    this.tray = parts.tray;
    this.chance = parts.chance;
    this.provoking = parts.provoking;
  }

  /** Until she is sent home. Rejects only with what is a mistake of ours. */
  async work(): Promise<void> {
    while (!this.#goesHome) {
      try {
        await this.chance.draw(JOURNEYS).run(this);
        this.served += 1;
      } catch (error) {
        if (!(error instanceof Away) && !(error instanceof Refused)) throw error;
        await pause(lookEveryMs);
      }
    }
  }

  goHome(): void {
    this.#goesHome = true;
  }

  amountFen(): number {
    const isProvoking = this.chance.percent(25);
    return isProvoking ? this.chance.pick(this.provoking) : this.chance.between(1, 20_000);
  }

  async code(wallet = "lin"): Promise<string> {
    const issued = await this.shop.control<{ code: string }>("POST", "/control/codes", { wallet });
    return issued.code;
  }

  /** Sends the same request again until it is answered: its key finds the same sale. */
  async insist<T>(ask: (key: string) => Promise<T>): Promise<T> {
    const key = randomUUID();
    const endsAtMs = performance.now() + patienceMs;
    for (;;) {
      try {
        return await ask(key);
      } catch (error) {
        if (!isTrouble(error) || performance.now() > endsAtMs) throw error;
        await pause(lookEveryMs);
      }
    }
  }

  /** Looks at the sale until it holds, or for so long; answers the question about a paper meanwhile. */
  async follow(
    saleId: string,
    holds: (sale: SaleView) => boolean,
    limitMs: number,
  ): Promise<SaleView | null> {
    const endsAtMs = performance.now() + limitMs;
    while (performance.now() < endsAtMs && !this.#goesHome) {
      const sale = await this.till.sale(saleId).catch(awayIsNull);
      if (sale !== null && holds(sale)) return sale;
      if (sale !== null) await answerQuestions(this.till, this.tray, sale).catch(awayIsNull);
      await pause(lookEveryMs);
    }
    return null;
  }
}

const awayIsNull = (error: unknown): null => {
  if (isTrouble(error)) return null;
  throw error;
};

/** 票打出来了吗？ She looks into the tray and says what lies there. */
export async function answerQuestions(till: Till, tray: Tray, sale: SaleView): Promise<void> {
  const { receipt } = sale;
  for (const job of receipt?.jobs ?? []) {
    if (job.state !== "doubtful" || receipt === null) continue;
    await till.answer(job.id, await tray.holds(receipt.number, job.copy));
  }
  for (const job of sale.slips) if (job.state === "doubtful") await till.answer(job.id, true);
}
